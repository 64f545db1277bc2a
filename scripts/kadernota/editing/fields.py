"""A draft and its form in, what the page shows per field out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kadernota.editing.altered import title
from kadernota.editing.draft import NAME, Part
from kadernota.names import ALIAS
from kadernota.names import NAME as LABEL
from kadernota.reading.values import LITERALS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kadernota.editing.picking import Choice, Choices
    from kadernota.editing.sheet import Sheet
    from kadernota.model import Field, Form, Problem

FEW = 9  # values of a closed list that are shown all, each with its meaning


@dataclass(frozen=True, slots=True)
class Control:
    """One control: its name, what stands in it, what is wrong with that, what another wrote."""

    name: str
    value: str
    said: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """One field with its rows; `kind` says which control shows them."""

    field: Field
    name: str
    kind: str  # line | text | radio | select | search | parts
    hint: str
    controls: tuple[Control, ...]
    parts: tuple[Block, ...]
    choices: tuple[Choice, ...]
    said: tuple[Problem, ...]
    path: str  # its name with the names of parts for their numbers
    theirs: tuple[str, ...] | None
    lively: bool = False  # something was just taken away here, or somebody else wrote in it

    @property
    def more(self) -> bool:
        """Whether another row may be added."""
        return not self.field.single

    @property
    def wrong(self) -> bool:
        rows = any(c.said for c in self.controls) or any(p.wrong for p in self.parts)
        return bool(self.said) or rows

    @property
    def open(self) -> bool:
        """Whether to show the rows at once: what may stay empty and is empty, can wait."""
        kept = any(c.value for c in self.controls) or len(self.controls) > 1 or bool(self.parts)
        return self.field.required or kept or self.wrong or self.lively


@dataclass(frozen=True, slots=True)
class Block:
    """A thing or a part of one: its fields, and for a part the control with its name."""

    before: str
    label: str
    title: str
    name: Control
    fields: tuple[Shown, ...]

    @property
    def wrong(self) -> bool:
        return bool(self.name.said) or any(f.wrong for f in self.fields)


class Fields:
    """What the fields of one draft show; `said` is by name of field or control."""

    def __init__(
        self,
        forms: Mapping[str, Form],
        choices: Choices,
        said: Mapping[str, tuple[Problem, ...]],
        sheet: Sheet,
    ) -> None:
        self.forms, self.choices, self.said = forms, choices, said
        self.theirs, self.removed = sheet.theirs, sheet.removed_from

    def block(
        self, part: Part, owners: tuple[Form, ...], before: str = "", path: str = ""
    ) -> Block:
        """The draft of a thing, or of a part of one, as the page shows it."""
        form = owners[-1]
        fields = tuple(self._field(field, part, owners, (before, path)) for field in form.fields)
        name = before + NAME
        return Block(
            before=before,
            label=form.label,
            title=title(part, form),
            name=Control(name, part.name, self.said.get(name, ())),
            fields=fields,
        )

    def _field(
        self, field: Field, part: Part, owners: tuple[Form, ...], before: tuple[str, str]
    ) -> Shown:
        name, path = (start + field.key for start in before)
        rows = part.of(field.key)
        choices = self.choices.of(field, owners)
        parts: tuple[Block, ...] = ()
        if field.kind == "nested":
            around = (*owners[-1:], self.forms[field.value_class])
            inner = [row for row in rows if isinstance(row, Part)]
            parts = tuple(
                self.block(p, around, f"{name}.{i}.", f"{path}.{p.name}.")
                for i, p in enumerate(inner)
            )
        return Shown(
            field=field,
            name=name,
            kind=_kind(field, rows, choices),
            hint=_hint(field),
            controls=tuple(self._controls(field, name, rows)),
            parts=parts,
            choices=choices,
            said=self.said.get(name, ()),
            path=path,
            theirs=self.theirs.get(path),
            lively=path in self.theirs or name == self.removed,
        )

    def _controls(self, field: Field, name: str, rows: tuple[str | Part, ...]) -> Iterator[Control]:
        if field.kind == "nested":
            return
        for i, row in enumerate(rows or ("",)):
            if isinstance(row, str):
                value = self.choices.shown(row) if field.kind == "reference" else row
                yield Control(f"{name}.{i}", value, self.said.get(f"{name}.{i}", ()))


def _hint(field: Field) -> str:
    """How to write a value of this kind, where people may write it in more than one way."""
    kind = field.datatype.rpartition("#")[2]
    return LITERALS[kind][1] if kind in {"date", "duration", "decimal"} else ""


def _kind(field: Field, rows: tuple[str | Part, ...], choices: tuple[Choice, ...]) -> str:
    if field.kind == "nested":
        return "parts"
    if field.kind == "reference":
        return "search"
    if field.kind in {"choice", "term"}:
        return "radio" if field.single and len(rows) < 2 and len(choices) <= FEW else "select"
    several = any(isinstance(row, str) and "\n" in row for row in rows)
    one = field.kind != "text" or field.path in {LABEL, ALIAS}
    return "line" if one and not several else "text"
