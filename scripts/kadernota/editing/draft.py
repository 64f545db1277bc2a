"""What a person fills in, between the file and the page: a tree in, its controls out, and back.

A draft keeps what a file cannot: empty rows, two parts of one name, a value that is no value yet.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kadernota.model import Place
from kadernota.reading.tree import Node, Scalar, Sequence, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kadernota.model import Field, Form

    Forms = Mapping[str, Form]

NAME = "_naam"  # the control with the name of a part; no key can begin like this
NOWHERE = Place("")
INDEX = re.compile(r"0|[1-9][0-9]{0,3}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Part:
    """A thing or a part of one: its name in the file, and per key the rows under it."""

    name: str
    rows: Mapping[str, tuple[Row, ...]]

    def of(self, key: str) -> tuple[Row, ...]:
        return self.rows.get(key, ())


Row = str | Part


def odd(table: Table, form: Form, forms: Forms) -> Iterator[tuple[Scalar, str]]:
    """What of this file has no place in its form, and why: the page must then show the text."""
    for key, value in table.entries:
        field = form.field(key.text)
        if field is None:
            yield key, f"'{key.text}:' staat niet in het formulier"
        elif field.kind != "nested":
            if not _flat(value):
                yield key, f"onder '{key.text}:' staat geen gewone waarde of lijst"
        elif not isinstance(value, Table):
            yield key, f"onder '{key.text}:' staan geen onderdelen"
        else:
            for name, part in value.entries:
                if isinstance(part, Table):
                    yield from odd(part, forms[field.value_class], forms)
                else:
                    yield name, f"'{name.text}:' is geen onderdeel"


def _flat(value: Node) -> bool:
    items = value.items if isinstance(value, Sequence) else (value,)
    return all(isinstance(item, Scalar) for item in items)


def of(table: Table, form: Form, forms: Forms, name: str = "") -> Part:
    """The draft of a file in which nothing is odd."""
    found: dict[str, tuple[Row, ...]] = {}
    for key, value in table.entries:
        field = form.field(key.text)
        if field and isinstance(value, Table):
            inner = forms[field.value_class]
            parts = ((n.text, p) for n, p in value.entries if isinstance(p, Table))
            found[key.text] = tuple(of(p, inner, forms, n) for n, p in parts)
        else:
            items = value.items if isinstance(value, Sequence) else (value,)
            found[key.text] = tuple(i.text for i in items if isinstance(i, Scalar))
    return Part(name, found)


def pairs(part: Part, before: str = "") -> Iterator[tuple[str, str]]:
    """The controls of the page, each with its name and value: `bijdragen.0.rol.0`."""
    if before:
        yield before + NAME, part.name
    for key, rows in part.rows.items():
        for i, row in enumerate(rows):
            if isinstance(row, Part):
                yield from pairs(row, f"{before}{key}.{i}.")
            else:
                yield f"{before}{key}.{i}", row


def posted(given: Iterable[tuple[str, str]], form: Form, forms: Forms) -> Part:
    """The draft that these controls hold; `strays` says what has no place in it."""
    nest: dict[str, object] = {}
    for name, value in given:
        _put(nest, name.split("."), value)
    return _part(nest, form, forms)


def _put(nest: dict[str, object], path: list[str], value: str) -> None:
    for step in path[:-1]:
        inner = nest.setdefault(step, {})
        if not isinstance(inner, dict):
            return
        nest = inner
    nest.setdefault(path[-1], value)


def _part(nest: Mapping[str, object], form: Form, forms: Forms) -> Part:
    name = nest.get(NAME, "")
    found = {
        field.key: rows
        for field in form.fields
        if isinstance(given := nest.get(field.key), dict) and (rows := _rows(given, field, forms))
    }
    return Part(cleaned(name) if isinstance(name, str) else "", found)


def _rows(given: Mapping[str, object], field: Field, forms: Forms) -> tuple[Row, ...]:
    rows = [given[i] for i in sorted((i for i in given if INDEX.fullmatch(i)), key=int)]
    if field.kind == "nested":
        inner = forms[field.value_class]
        return tuple(_part(row, inner, forms) for row in rows if isinstance(row, dict))
    return tuple(cleaned(row) for row in rows if isinstance(row, str))


def strays(given: Iterable[tuple[str, str]], part: Part) -> tuple[str, ...]:
    """What was typed in controls that the form no longer has: it must not be lost unseen."""
    left = Counter(cleaned(value) for _, value in given)
    left -= Counter(value for _, value in pairs(part))
    return tuple(value for value in left.elements() if value)


def cleaned(value: str) -> str:
    """What was typed, without the white around it that nobody can see.

    A browser ends lines as on paper tape.
    """
    lines = value.replace("\r\n", "\n").split("\n")
    return "\n".join(line.rstrip(" ") for line in lines).strip(" \n")


def filled(part: Part) -> Part:
    """The draft without what was left empty."""
    found = {}
    for key, rows in part.rows.items():
        kept = (filled(row) if isinstance(row, Part) else row for row in rows)
        if some := tuple(row for row in kept if row and row != EMPTY):
            found[key] = some
    return Part(part.name, found)


EMPTY = Part("", {})


def changed(part: Part, name: str, change: Callable[[tuple[Row, ...]], tuple[Row, ...]]) -> Part:
    """The draft with other rows in the field of this name: `bijdragen.0.bron`."""
    key, dot, rest = name.partition(".")
    if not dot:
        return replace(part, rows={**part.rows, key: change(part.of(key))})
    index, _, inner = rest.partition(".")
    rows = tuple(
        changed(row, inner, change) if isinstance(row, Part) and str(i) == index else row
        for i, row in enumerate(part.of(key))
    )
    return replace(part, rows={**part.rows, key: rows})
