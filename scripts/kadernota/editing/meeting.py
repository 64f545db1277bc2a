"""Two people changed one file: what both wrote in one draft, and where they disagree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kadernota.editing.draft import Part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kadernota.editing.draft import Forms, Row
    from kadernota.model import Field, Form

Values = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Met:
    """What both wrote; `theirs` has, by name of the field, what the other wrote there instead."""

    draft: Part
    theirs: dict[str, Values]


def meet(base: Part, theirs: Part, mine: Part, form: Form, forms: Forms) -> Met:
    """Take from each what only that one changed; where both changed one thing, mine stands.

    What only one of both took away and the other changed, stays.
    """
    differ: dict[str, Values] = {}
    return Met(_part(_Three(base, theirs, mine), form, forms, "", differ), differ)


@dataclass(frozen=True, slots=True)
class _Three:
    base: Part
    theirs: Part
    mine: Part

    def values(self, key: str) -> tuple[Values, Values, Values]:
        base, theirs, mine = (_strings(p.of(key)) for p in (self.base, self.theirs, self.mine))
        return base, theirs, mine

    def parts(self, key: str) -> tuple[dict[str, Part], dict[str, Part], dict[str, Part]]:
        base, theirs, mine = (_named(p.of(key)) for p in (self.base, self.theirs, self.mine))
        return base, theirs, mine


def _strings(rows: tuple[Row, ...]) -> Values:
    return tuple(row for row in rows if isinstance(row, str))


def _named(rows: tuple[Row, ...]) -> dict[str, Part]:
    return {row.name: row for row in rows if isinstance(row, Part)}


def _part(three: _Three, form: Form, forms: Forms, before: str, differ: dict[str, Values]) -> Part:
    rows: dict[str, tuple[Row, ...]] = {}
    for field in form.fields:
        name = before + field.key
        if field.kind == "nested":
            rows[field.key] = _parts(three, field, forms, name, differ)
        else:
            rows[field.key] = _values(three.values(field.key), field, name, differ)
    found = {key: some for key, some in rows.items() if some}
    return Part(three.mine.name or three.theirs.name, found)


def _values(
    three: tuple[Values, Values, Values], field: Field, name: str, differ: dict[str, Values]
) -> Values:
    base, theirs, mine = three
    if theirs in {base, mine}:
        return mine
    if mine == base:
        return theirs
    if field.single:
        differ[name] = theirs
        return mine
    gone = set(base) - set(theirs)
    kept = [value for value in mine if value not in gone]
    return (*kept, *(v for v in theirs if v not in base and v not in kept))


def _parts(
    three: _Three, field: Field, forms: Forms, name: str, differ: dict[str, Values]
) -> tuple[Part, ...]:
    base, theirs, mine = three.parts(field.key)
    inner = forms[field.value_class]
    found: list[Part] = []
    for label, was, other, own in _together(base, theirs, mine):
        before = f"{name}.{label}."
        if other and own:
            none = Part(label, {})
            found.append(_part(_Three(was or none, other, own), inner, forms, before, differ))
        elif kept := other or own:  # one of both took it away, or only one has it
            if was == kept:
                continue
            found.append(kept)
            if was:
                differ[name] = (*differ.get(name, ()), label)
    return tuple(found)


def _together(
    base: dict[str, Part], theirs: dict[str, Part], mine: dict[str, Part]
) -> Iterator[tuple[str, Part | None, Part | None, Part | None]]:
    for label in (*mine, *(label for label in theirs if label not in mine)):
        yield label, base.get(label), theirs.get(label), mine.get(label)
