"""Documents against their forms: every mistake in form, with its place and its remedy."""

from __future__ import annotations

import re
from dataclasses import replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

from kadernota.hints import either, near_miss
from kadernota.letters import shown
from kadernota.model import Field, Form, Problem
from kadernota.reading.known import Known, wrong
from kadernota.reading.tree import Node, Scalar, Sequence, Table
from kadernota.reading.values import SLUG, slug

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kadernota.model import Place
    from kadernota.reading.documents import Document

LINE = re.compile(r"(?m)^ *(?:(?P<key>[a-z][a-z-]*):(?: |$)|- (?P<item>[a-z-]+/[a-z0-9#-]+)$)")
FEW = 3  # kinds of thing that share a key; of more it says nothing where it belongs
# Mistakes that hide things: what refers to those is not wrong as well.
HIDING = {
    "invoer:onbekende-sleutel",
    "invoer:vorm",
    "invoer:naam",
    "invoer:inspringing",
    "invoer:adres",
    "invoer:soort",
    "invoer:leeg-knooppunt",
}


def review(document: Document, known: Known) -> Iterator[Problem]:
    """Every mistake in form in one YAML document."""
    form = known.forms[document.cls]
    yield from _table(document.tree, form, known)
    seen: dict[str, Place] = {}
    for name in _parts(document.tree, form, known):
        if name.text in seen:
            message = f"Geef dit onderdeel een eigen naam: '{shown(name.text)}' staat ook op regel"
            message += f" {seen[name.text].line}."
            yield Problem(name.place, name.text, message, "invoer:naam")
        seen.setdefault(name.text, name.place)


def _parts(table: Table, form: Form, known: Known) -> Iterator[Scalar]:
    """The names of all parts, at any depth: together they are the addresses within a file."""
    for key, value in table.entries:
        field = form.field(key.text)
        if field and field.kind == "nested" and isinstance(value, Table):
            for name, part in value.entries:
                yield name
                if isinstance(part, Table):
                    yield from _parts(part, known.forms[field.value_class], known)


def _table(table: Table, form: Form, known: Known) -> Iterator[Problem]:
    slipped = False  # keys with keys of their own that do not belong here: one wrong indentation
    for key, value in table.entries:
        field = form.field(key.text)
        if field is None:
            if not (slipped and isinstance(value, Table)):
                yield _unknown_key(key, value, form, known)
            slipped = slipped or isinstance(value, Table)
        elif field.kind == "nested":
            yield from _nested(key, value, field, known)
        else:
            yield from _values(key, value, field, known)
            yield from _swallowed(key, value, known)


def _unknown_key(key: Scalar, value: Node, form: Form, known: Known) -> Problem:
    text, rule = shown(key.text), "invoer:onbekende-sleutel"
    if near := _meant_key(key.text, form):
        return Problem(
            key.place, key.text, f"Verander '{text}:' in '{near}:'.", rule, suggestion=near
        )
    if isinstance(value, Table):
        message = f"Laat '{text}:' anders inspringen, of haal het weg;"
        message += f" bij '{form.label}' kan: {_listed(form)}."
    elif key.text in known.keys:
        message = f"Haal '{text}:' weg: die sleutel hoort niet bij '{form.label}'."
    else:
        message = f"Haal '{text}:' weg; bij '{form.label}' kan: {_listed(form)}."
    return Problem(key.place, key.text, message, rule, hint=_belongs(key.text, known))


def _meant_key(text: str, form: Form) -> str:
    """The key of this form that is meant: by its name, or but for a typing error."""
    names = {slug(field.name): field.key for field in form.fields}
    keys = [field.key for field in form.fields]
    written = slug(text)
    if written in keys:
        return written
    near = near_miss(text, keys)
    return names.get(written) or near.write or next(iter(get_close_matches(text, keys, n=1)), "")


def _belongs(key: str, known: Known) -> str:
    """Which few kinds of thing do have this key."""
    kinds = [form.label for form in known.forms.values() if form.field(key)]
    few = 0 < len(kinds) <= FEW
    return f"Deze sleutel hoort wel bij {either(repr(kind) for kind in kinds)}." if few else ""


def _listed(form: Form) -> str:
    return ", ".join(f.key for f in form.fields)


def _nested(key: Scalar, value: Node, field: Field, known: Known) -> Iterator[Problem]:
    if not isinstance(value, Table):
        message = f"Schrijf onder '{key.text}:' per onderdeel een eigen sleutel, geen streepjes."
        yield Problem(value.place, key.text, message, "invoer:vorm")
        return
    form = known.forms[field.value_class]
    first, _ = value.entries[0]
    if form.field(first.text) and not any(isinstance(part, Table) for _, part in value.entries):
        message = f"Zet tussen '{key.text}:' en '{first.text}:' de naam van dit onderdeel."
        yield Problem(first.place, key.text, message, "invoer:vorm")
        return
    slipped = False  # keys of the whole among the parts: one wrong indentation, said once
    for name, part in value.entries:
        if isinstance(part, Table):
            if not SLUG.fullmatch(name.text):
                message = (
                    f"Noem dit onderdeel '{slug(name.text)}': kleine letters, cijfers, streepjes."
                )
                yield Problem(name.place, name.text, message, "invoer:naam")
            yield from _table(part, form, known)
        elif name.text not in known.keys:
            message = f"Schrijf onder '{shown(name.text)}:' de sleutels van dit onderdeel."
            yield Problem(part.place, name.text, message, "invoer:vorm")
        elif not slipped:
            slipped = True
            message = f"Laat '{name.text}:' anders inspringen: hier staan de onderdelen van"
            yield Problem(name.place, name.text, f"{message} '{key.text}:'.", "invoer:inspringing")


def _values(key: Scalar, value: Node, field: Field, known: Known) -> Iterator[Problem]:
    items = value.items if isinstance(value, Sequence) else (value,)
    seen: dict[str, Place] = {}
    for item in items:
        if not isinstance(item, Scalar):
            message = f"Geef '{key.text}:' een gewone waarde of een lijst met streepjes."
            yield Problem(item.place, key.text, message, "invoer:vorm")
        elif item.text in seen:
            message = (
                f"Haal '{shown(item.text)}' weg: het staat al op regel {seen[item.text].line}."
            )
            yield Problem(item.place, key.text, message, "invoer:dubbele-waarde")
        else:
            seen[item.text] = item.place
            if found := wrong(item.text, field, known):
                yield found.at(item.place, key.text)


def _swallowed(key: Scalar, value: Node, known: Known) -> Iterator[Problem]:
    """A line of a text that reads as a key or a list item: it would vanish in the text."""
    if not (isinstance(value, Scalar) and value.body):
        return
    for found in LINE.finditer(value.text):
        if found["key"] in known.keys or found["item"] in known.things:
            line = value.body.line + value.text.count("\n", 0, found.start())
            column = value.body.column + len(found[0]) - len(found[0].lstrip(" "))
            what = found["key"] + ":" if found["key"] else found["item"]
            message = (
                f"Laat '{what}' anders inspringen: het staat nu in de tekst van '{key.text}:'."
            )
            message += " Hoort het daar, begin de regel dan met een ander woord."
            place = replace(value.body, line=line, column=column)
            yield Problem(place, found["key"] or key.text, message, "invoer:inspringing")
            return
