"""One change in a right file, most of them a mistake that people make."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generated import NOTHING
from hypothesis import strategies as st
from kadernota.names import XSD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generated import Maker
    from hypothesis.strategies import DrawFn
    from kadernota.model import Field, Form

# Texts in the place of a value, per kind of field; some are right there, most are not.
WRONG = {
    "date": ("1-10-2023", "2023-02-29", "2023-13-01", "oktober 2023", "2023", "0000-01-01"),
    "gYear": ("23", "12023", "tweeduizend", "2023-01-01", "-2023"),
    "integer": ("1,5", "1.5", "zeven", "1.000.000", "0", "-1", "1000000000000000", "2e"),
    "decimal": ("7,5", "zeven", "-1", "0", "1.234.567", "1000000000000000", "7.5%"),
    "duration": ("P1W", "1 jaar", "P", "PT", "P1Y6M", "p1y"),
    "external": ("http://example.org", "https://", "example.org", "https://a b.nl", "https://a|b"),
    "text": ("INVULLEN", " wit ", "a\u200bb", "", "\ufffd"),
    "pattern": ("CVDR", "gmb-1-x", "zes woorden die hier niet kunnen", "INVULLEN", "x y"),
    "reference": ("partners/bestaat-niet", "data/partners/jongerenwerk.yaml", "Jongerenwerk",
                  "partners/jongerenwerk", "kadernotas/2023-2026", "partnersoorten/onderwijs",
                  "partners/jongerenwerk#", "naam"),
    "term": ("naaam", "kn:naam", "soort", "partners/jongerenwerk"),
}  # fmt: skip
WRONG["choice"] = WRONG["reference"]


def kind(field: Field) -> str:
    """Which texts could stand in the place of a value of this field."""
    if field.kind in WRONG and field.kind != "text":
        return field.kind
    datatype = field.datatype.removeprefix(XSD)
    return datatype if datatype in WRONG else "pattern" if field.pattern else "text"


def tables(
    thing: dict[str, Any], form: Form, maker: Maker
) -> Iterator[tuple[dict[str, Any], Form]]:
    """The thing and all its parts, at any depth."""
    yield thing, form
    for field in form.fields:
        if field.kind == "nested":
            for part in thing.get(field.key, {}).values():
                yield from tables(part, maker.forms[field.value_class], maker)


@st.composite
def changed(draw: DrawFn, maker: Maker, thing: dict[str, Any], form: Form) -> str:
    """Change one thing in place; what was changed, in words."""
    table, inner = draw(st.sampled_from(list(tables(thing, form, maker))))
    field = draw(st.sampled_from([f for f in inner.fields if f.key in table]))
    if draw(st.booleans()):
        return _keys(draw, table, field)
    if field.kind == "nested":
        return _parts(draw, table, field)
    return _values(draw, maker, table, field)


def _keys(draw: DrawFn, table: dict[str, Any], field: Field) -> str:
    how = draw(st.sampled_from(["without", "unknown", "misspelt", "nothing", "nested", "empty"]))
    value = table[field.key]
    if how in {"without", "misspelt"} and len(table) > 1:
        del table[field.key]
    if how in {"unknown", "misspelt"}:
        table[field.key + "x" if how == "misspelt" else "volgordde"] = value
    elif how != "without":
        table[field.key] = {"nothing": NOTHING, "nested": {"a": "b"}, "empty": []}[how]
    return f"{field.key} {how}"


def _values(draw: DrawFn, maker: Maker, table: dict[str, Any], field: Field) -> str:
    how = draw(st.sampled_from(["wrong", "wrong", "wrong in list", "two", "twice", "one in list"]))
    wrong = draw(st.sampled_from(WRONG[kind(field)]))
    first = draw(maker.value(field))
    other = draw(maker.value(field).filter(lambda value: value != first))
    table[field.key] = {
        "wrong": wrong,
        "wrong in list": [first, wrong],
        "two": [first, other],
        "twice": [first, first],
        "one in list": [first],
    }[how]
    return f"{field.key} {how} {wrong!r}"


def _parts(draw: DrawFn, table: dict[str, Any], field: Field) -> str:
    how = draw(st.sampled_from(["capital", "list", "text", "empty", "none", "nameless"]))
    parts = table[field.key]
    name, part = next(iter(parts.items()))
    changes: dict[str, Any] = {
        "capital": {"Groot": part},
        "list": [name],
        "text": {name: "tekst"},
        "empty": {name: {}},
        "none": {},
        "nameless": part,
    }
    table[field.key] = changes[how]
    return f"{field.key} {how}"
