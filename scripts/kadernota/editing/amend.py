"""A draft and the file it came from in, the canonical text of the two together out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kadernota.editing.draft import NOWHERE, Part, filled
from kadernota.model import File
from kadernota.reading import canonical, comments, strict
from kadernota.reading.tree import Node, Scalar, Sequence, Table

if TYPE_CHECKING:
    from kadernota.editing.draft import Forms, Row
    from kadernota.model import Form


@dataclass(frozen=True, slots=True)
class Kind:
    """What kind of file it is: its form, the forms of its parts, and where addresses begin."""

    form: Form
    forms: Forms
    base: str

    def written(self, found: Table, source: str = "", was: Table | None = None) -> str:
        """The canonical text of a tree, with the comments of the file that it came from."""
        said = comments.comments(source, was) if was else comments.NONE
        return canonical.written(found, self.form, self.forms, self.base, said)


def text(part: Part, source: str, was: Table | None, kind: Kind) -> str:
    """The canonical text of the draft, with the comments that its file already had."""
    return kind.written(tree(filled(part), was), source, was)


def tidied(typed: str, path: str, kind: Kind) -> str:
    """The canonical text of what was typed as text; what is no YAML yet stays as it was typed."""
    found, _ = strict.parse(File(path, typed.encode()))
    return kind.written(found, typed, found) if found else typed


def tree(part: Part, was: Table | None = None) -> Table:
    """The draft as the tree of a file.

    What the file already had keeps its place, because that is where its comments hang.
    """
    old = {key.text: (key, value) for key, value in was.entries} if was else {}
    entries = []
    for name, rows in part.rows.items():
        key, value = old.get(name, (Scalar(name, NOWHERE), None))
        entries.append((key, _node(rows, value)))
    return Table(tuple(entries), was.place if was else NOWHERE)


def _node(rows: tuple[Row, ...], was: Node | None) -> Node:
    parts = [row for row in rows if isinstance(row, Part)]
    if parts:
        return _inner(parts, was if isinstance(was, Table) else None)
    items = was.items if isinstance(was, Sequence) else ()
    old = {item.text: item for item in items if isinstance(item, Scalar)}
    values = tuple(old.pop(row, Scalar(row, NOWHERE)) for row in rows if isinstance(row, str))
    if len(values) == 1 and not isinstance(was, Sequence):
        return values[0]
    return Sequence(values, was.place if isinstance(was, Sequence) else NOWHERE)


def _inner(parts: list[Part], was: Table | None) -> Table:
    old = {name.text: (name, value) for name, value in was.entries} if was else {}
    entries = []
    for part in parts:
        name, value = old.pop(part.name, (Scalar(part.name, NOWHERE), None))
        entries.append((name, tree(part, value if isinstance(value, Table) else None)))
    return Table(tuple(entries), was.place if was else NOWHERE)


def lost(old: str, new: str) -> tuple[str, ...]:
    """The comments that go with what they were about."""
    left = Counter(_comments(old)) - Counter(_comments(new))
    return tuple(left.elements())


def _comments(source: str) -> list[str]:
    read, _ = strict.parse(File("", source.encode()))
    if read is None:
        return []
    found = comments.comments(source, read)
    below = (*found.above.values(), *found.closing.values())
    return [*found.heading, *(line for lines in below for line in lines)]
