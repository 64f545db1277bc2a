"""Documents against their forms: every mistake in form, with its place and its remedy."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING

from kadernota.model import Field, Form, Problem
from kadernota.names import XSD
from kadernota.tree import Node, Scalar, Sequence, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Set

    from kadernota.documents import Document
    from kadernota.model import Place

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
WEB = re.compile(r"https://[^\s<>\"{}|\\^`]+")
OTHER_DATE = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})")
OTHER_NUMBER = re.compile(r"-?\d{1,3}(?:\.\d{3})*(?:,\d+)?%?|-?\d+(?:,\d+)?%?")

# Lexical form and remedy per datatype; a date is also looked up in the calendar.
LITERALS = {
    "date": (r"\d{4}-\d{2}-\d{2}", "Schrijf de datum als jaar-maand-dag, bijvoorbeeld 2023-10-01."),
    "gYear": (r"\d{4}", "Schrijf het jaar met vier cijfers, bijvoorbeeld 2023."),
    "integer": (r"-?(0|[1-9]\d*)", "Schrijf een geheel getal zonder punten, bijvoorbeeld 5894."),
    "decimal": (r"-?(0|[1-9]\d*)(\.\d+)?", "Schrijf een getal met een punt als decimaalteken,"
                " bijvoorbeeld 7.5 of 5894."),
    "duration": (r"P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+S)?)?",
                 "Schrijf de duur als P1Y (een jaar), P3M (drie maanden) of P10D (tien dagen)."),
    "boolean": (r"true|false", "Schrijf true of false."),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    """What may be referred to: things by path, list values by path, keys of the context."""

    forms: Mapping[str, Form]
    folders: Mapping[str, str]
    things: Set[str]
    choices: Set[str]
    keys: Set[str]
    unread: Set[str]

    def has(self, address: str) -> bool:
        """Whether the thing exists, or may exist in a file that could not be read."""
        whole = address.partition("#")[0]
        return address in self.things or not self.unread.isdisjoint(
            {whole, whole.partition("/")[0]}
        )


def review(document: Document, known: Known) -> Iterator[Problem]:
    """Every mistake in form in one YAML document."""
    yield from _table(document.tree, known.forms[document.cls], known)


def _table(table: Table, form: Form, known: Known) -> Iterator[Problem]:
    for key, value in table.entries:
        field = form.field(key.text)
        if field is None:
            yield _unknown_key(key, form, known)
        elif field.kind == "nested":
            yield from _nested(key, value, field, known)
        else:
            yield from _values(key, value, field, known)


def _unknown_key(key: Scalar, form: Form, known: Known) -> Problem:
    near = get_close_matches(key.text, [f.key for f in form.fields], n=1, cutoff=0.6)
    if near:
        message = f"Verander '{key.text}:' in '{near[0]}:'."
    elif key.text in known.keys:
        message = f"Haal '{key.text}:' weg: die sleutel hoort niet bij '{form.label}'."
    else:
        message = f"Haal '{key.text}:' weg; bij '{form.label}' kan: {_listed(form)}."
    return Problem(key.place, key.text, message, "invoer:onbekende-sleutel")


def _listed(form: Form) -> str:
    return ", ".join(f.key for f in form.fields)


def _nested(key: Scalar, value: Node, field: Field, known: Known) -> Iterator[Problem]:
    if not isinstance(value, Table):
        message = f"Schrijf onder '{key.text}:' per onderdeel een eigen sleutel, geen streepjes."
        yield Problem(value.place, key.text, message, "invoer:vorm")
        return
    for name, part in value.entries:
        if not SLUG.fullmatch(name.text):
            message = f"Noem dit onderdeel '{slug(name.text)}': kleine letters, cijfers, streepjes."
            yield Problem(name.place, name.text, message, "invoer:naam")
        if not isinstance(part, Table):
            message = f"Schrijf onder '{name.text}:' de sleutels van dit onderdeel."
            yield Problem(part.place, name.text, message, "invoer:vorm")
        elif field.value_class in known.forms:
            yield from _table(part, known.forms[field.value_class], known)


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
            if found := _wrong(item.text, field, known):
                yield Problem(item.place, key.text, found[1], found[0])


def _wrong(text: str, field: Field, known: Known) -> tuple[str, str] | None:
    """The rule broken and the remedy, or None when the value has the right form."""
    if field.kind == "literal":
        return wrong_literal(text, field.datatype)
    if field.kind == "external" and not WEB.fullmatch(text):
        return "invoer:webadres", "Schrijf een volledig webadres dat begint met https://."
    if field.kind == "term" and text not in known.keys:
        return "invoer:verwijzing", f"Noem een sleutel die bestaat.{near_miss(text, known.keys)}"
    if field.kind == "choice" and text not in known.choices:
        return "invoer:verwijzing", _choose(text, field, known)
    if field.kind == "reference" and not known.has(text):
        return "invoer:verwijzing", _refer(text, known)
    return None


def _choose(text: str, field: Field, known: Known) -> str:
    folder = known.folders.get(field.value_class, "")
    options = sorted(c for c in known.choices if c.partition("/")[0] == folder)
    return f"Kies uit de lijst: {', '.join(options)}.{near_miss(text, options)}"


def _refer(text: str, known: Known) -> str:
    if text.startswith("data/") or text.endswith((".yaml", ".ttl")):
        path = text.removeprefix("data/").removesuffix(".yaml").removesuffix(".ttl")
        return f"Schrijf '{shown(path)}': zonder data/ en zonder .yaml."
    missing = f"Verwijs naar een ding dat bestaat; '{shown(text)}' bestaat niet."
    return missing + near_miss(text, known.things)


def near_miss(text: str, options: Set[str] | list[str]) -> str:
    near = get_close_matches(text, options, n=1, cutoff=0.6)
    if not near:
        tail = text.rsplit("/", 1)[-1]
        same = sorted(o for o in options if o.rsplit("/", 1)[-1] == tail)
        near = same[:1]
    return f" Bedoelde je {near[0]}?" if near else ""


def wrong_literal(text: str, datatype: str) -> tuple[str, str] | None:
    """Rule and remedy when the text is not a value of this XSD datatype."""
    kind = datatype.removeprefix(XSD)
    if kind not in LITERALS:
        return None
    pattern, remedy = LITERALS[kind]
    if not re.fullmatch(pattern, text):
        return f"invoer:{_dutch(kind)}", remedy + _other_notation(text, kind)
    if kind == "date":
        try:
            date.fromisoformat(text)
        except ValueError:
            return "invoer:datum", f"Kies een dag die bestaat; {text} staat niet op de kalender."
    return None


def _dutch(kind: str) -> str:
    return {"date": "datum", "gYear": "jaar", "duration": "duur", "boolean": "ja-nee"}.get(
        kind, "getal"
    )


def _other_notation(text: str, kind: str) -> str:
    if kind == "date" and (m := OTHER_DATE.fullmatch(text)):
        return f" Bedoelde je {m[3]}-{int(m[2]):02}-{int(m[1]):02}?"
    whole = kind == "decimal" or "," not in text
    if kind in {"integer", "decimal"} and whole and OTHER_NUMBER.fullmatch(text):
        return f" Bedoelde je {text.rstrip('%').replace('.', '').replace(',', '.')}?"
    return ""


def slug(text: str) -> str:
    """The text as an address part: lower case letters, digits, hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or "naam"


def shown(text: str) -> str:
    """A value as it can stand in a one-line message."""
    flat = " ".join(text.split())
    return flat if len(flat) <= 60 else flat[:57] + "..."
