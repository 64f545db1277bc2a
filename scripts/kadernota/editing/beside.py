"""Problems of a file in, each beside the control it is about; what has no control stays on top."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kadernota.editing.draft import NAME, Part, pairs
from kadernota.letters import seen
from kadernota.reading.tree import Scalar, Sequence, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kadernota.editing.draft import Forms
    from kadernota.model import Form, Place, Problem
    from kadernota.reading.tree import Node

KEY = re.compile(r"'([a-z][a-z-]*):'")  # a key as messages name it


@dataclass(frozen=True, slots=True)
class _Spot:
    """A place in the text, the control that made it, and the thing or part it belongs to."""

    place: tuple[int, int]
    control: str
    before: str
    form: Form
    whole: bool = False  # where a thing or a part itself begins


def beside(
    problems: Iterable[Problem], table: Table, part: Part, form: Form, forms: Forms
) -> dict[str, tuple[Problem, ...]]:
    """By name of control or field what is wrong there; under "" what is about the whole."""
    spots = sorted(_spots(table, part, form, forms, ""), key=lambda s: (s.place, not s.whole))
    start = _Spot((0, 0), "", "", form, whole=True)
    found: dict[str, tuple[Problem, ...]] = {}
    for problem in problems:
        at = (problem.place.line, problem.place.column)
        spot = next((s for s in reversed(spots) if s.place <= at), start)
        if at == (1, 1) and problem.key != spot.control:  # where the thing itself begins
            spot = start
        name = _name(problem, spot)
        found[name] = (*found.get(name, ()), problem)
    return found


def by_name(problems: Iterable[Problem], part: Part, form: Form) -> dict[str, tuple[Problem, ...]]:
    """The same when the text is no YAML, and a place says nothing: by what the key names."""
    named = {text: name for name, text in pairs(part) if name.endswith(NAME)}
    found: dict[str, tuple[Problem, ...]] = {}
    for problem in problems:
        name = named.get(problem.key) or (problem.key if form.field(problem.key) else "")
        found[name] = (*found.get(name, ()), problem)
    return found


def _name(problem: Problem, spot: _Spot) -> str:
    """The control or field: by the place, by the key, or by the key that the message names."""
    if not spot.whole or problem.rule == "invoer:naam":
        return spot.control
    named = (problem.key, *KEY.findall(problem.message))
    key = next((key for key in named if spot.form.field(key)), "")
    return spot.before + key if key else spot.control


def _spots(table: Table, part: Part, form: Form, forms: Forms, before: str) -> Iterator[_Spot]:
    for key, value in table.entries:
        name = before + key.text
        field = form.field(key.text)
        yield _Spot(_at(key.place), name, before, form)
        if field and field.kind == "nested" and isinstance(value, Table):
            inner = [row for row in part.of(key.text) if isinstance(row, Part)]
            yield from _parts(value, inner, forms[field.value_class], forms, name)
            continue
        rows = _Rows(row for row in part.of(key.text) if isinstance(row, str))
        for item in _scalars(value):
            control = rows.take(item.text)
            at = _at(item.place)
            yield _Spot(at, f"{name}.{control}" if control >= 0 else name, before, form)


def _parts(table: Table, inner: list[Part], form: Form, forms: Forms, name: str) -> Iterator[_Spot]:
    rows = _Rows(row.name for row in inner)
    for label, value in table.entries:
        i = rows.take(label.text)
        if i >= 0 and isinstance(value, Table):
            before = f"{name}.{i}."
            yield _Spot(_at(label.place), before + NAME, before, form, whole=True)
            yield from _spots(value, inner[i], form, forms, before)
        else:
            yield _Spot(_at(label.place), name, "", form)


class _Rows:
    """The rows of a field in the draft; the file may have them in another order."""

    def __init__(self, rows: Iterable[str]) -> None:
        self.left: dict[str, list[int]] = {}
        for i, row in enumerate(rows):
            self.left.setdefault(seen(row), []).append(i)

    def take(self, text: str) -> int:
        """Which row has this text; -1 when none is left."""
        rows = self.left.get(seen(text))
        return rows.pop(0) if rows else -1


def _scalars(value: Node) -> tuple[Scalar, ...]:
    items = value.items if isinstance(value, Sequence) else (value,)
    return tuple(item for item in items if isinstance(item, Scalar))


def _at(place: Place) -> tuple[int, int]:
    return place.line, place.column
