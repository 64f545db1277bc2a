"""Values that two sides disagree about: kept apart until the text is written, then both shown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kadernota.reading.canonical import NOWHERE, Writer, scalar
from kadernota.reading.tree import Node, Scalar, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kadernota.model import Field, Form
    from kadernota.reading.comments import Comments

    Entry = tuple[Scalar, Node]

OURS, THEIRS = "deze kant", "andere kant"
# Stands for such a value in the text: no file may hold these characters.
HELD = re.compile(r".*\ue000(\d+)\ue001.*")


@dataclass(frozen=True, slots=True)
class Dispute:
    """What each side has, with its key; None is a side that took it away."""

    ours: Entry | None
    theirs: Entry | None
    field: Field | None
    part: Form | None  # what it is a part by, when it is a part


class Disputes:
    """Holds the disputes of one file, by number."""

    def __init__(self, forms: Mapping[str, Form], ours: Comments, theirs: Comments) -> None:
        self.forms, self.ours, self.theirs = forms, ours, theirs
        self.held: list[Dispute] = []

    def hold(self, dispute: Dispute) -> Scalar:
        """A sign to write in its place; it is sorted as our value would be."""
        self.held.append(dispute)
        value = dispute.ours[1] if dispute.ours else None
        first = value.text.partition("\n")[0] if isinstance(value, Scalar) else ""
        return Scalar(f"{first}\ue000{len(self.held) - 1}\ue001", NOWHERE)

    def shown(self, text: str, marks: int) -> str:
        """The text with both versions in the place of each sign."""
        return "\n".join(row for line in text.split("\n") for row in self._rows(line, marks))

    def _rows(self, line: str, marks: int) -> Iterator[str]:
        found = HELD.fullmatch(line)
        if not found:
            yield line
            return
        dispute, pad = self.held[int(found[1])], line[: len(line) - len(line.lstrip(" "))]
        yield f"{'<' * marks} {OURS}"
        yield from self._version(dispute.ours, dispute, self.ours, pad)
        yield "=" * marks
        yield from self._version(dispute.theirs, dispute, self.theirs, pad)
        yield f"{'>' * marks} {THEIRS}"

    def _version(
        self, entry: Entry | None, dispute: Dispute, said: Comments, pad: str
    ) -> list[str]:
        if entry is None:
            return []
        (key, value), writer = entry, Writer(self.forms, "", said)
        head = f"{pad}{scalar(key.text)}:"
        if dispute.part and isinstance(value, Table):
            writer.lines.append(head)
            writer.table(value, dispute.part, pad + "  ")
        else:
            writer.entry(head, value, dispute.field, pad)
        return writer.lines
