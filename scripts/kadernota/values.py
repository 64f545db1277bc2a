"""One value and its field in, the rule that it breaks and the remedy out."""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from kadernota.hints import Hint, meant, near_address, near_miss
from kadernota.letters import shown
from kadernota.model import Problem
from kadernota.names import ALIAS, NAME, XSD

if TYPE_CHECKING:
    from collections.abc import Mapping, Set

    from kadernota.model import Field, Form, Place

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# A host, then what RFC 3987 allows: JSON-LD leaves other addresses out without a word.
WEB = re.compile(
    r"https://[^\W_](?:[\w.-]*[^\W_])?(?::[0-9]{1,5})?(?:[/?](?:{char}|[/?])*)?(?:#(?:{char}|[/?])*)?".replace(
        "{char}",
        r"(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2}"
        r"|[\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef\U00010000-\U0001fffd\U00020000-\U0002fffd])",
    )
)
OTHER_DATE = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})", re.ASCII)
OTHER_NUMBER = re.compile(r"(-?)0*(\d{1,3}(?:\.\d{3})*|\d+)(,\d+)?%?", re.ASCII)
WEEKS = re.compile(r"P(\d{1,4})W", re.ASCII)

# Lexical form and remedy per datatype; a date is also looked up in the calendar.
# More digits than these, and the store compares numbers as text.
LITERALS = {
    "date": (r"\d{4}-\d{2}-\d{2}", "Schrijf de datum als jaar-maand-dag, bijvoorbeeld 2023-10-01."),
    "gYear": (r"(?!0000)\d{4}", "Schrijf het jaar met vier cijfers, bijvoorbeeld 2023."),
    "integer": (r"0|-?[1-9]\d{0,14}", "Schrijf een geheel getal zonder punten, bijvoorbeeld 5894."),
    "decimal": (r"-?(0|[1-9]\d{0,14})(\.\d{1,15})?", "Schrijf een getal met een punt als"
                " decimaalteken, bijvoorbeeld 7.5 of 5894."),
    "duration": (r"P(?=.)([0-9]{1,4}Y)?([0-9]{1,4}M)?([0-9]{1,4}D)?(T(?=.)([0-9]{1,4}H)?"
                 r"([0-9]{1,4}M)?([0-9]{1,4}S)?)?", "Schrijf de duur als P1Y (een jaar), P3M"
                 " (drie maanden) of P10D (tien dagen)."),
    "boolean": (r"true|false", "Schrijf true of false."),
}  # fmt: skip
TO_FILL = "INVULLEN"  # what a new file has where an author must write
MISSING = "Verwijs naar een ding dat bestaat;"
SHORT = 12  # values of a list that are told one by one
HINTS = 50  # looking for what was meant takes long; with this many mistakes it is no typing error
DIGITS = 15
RULES = {"date": "datum", "gYear": "jaar", "duration": "duur", "boolean": "ja-nee"}


class Wrong(NamedTuple):
    """What is wrong with a value: the rule that is broken, what to do, what was probably meant."""

    rule: str
    message: str
    hint: Hint = Hint()

    @property
    def whole(self) -> str:
        """All that there is to say, in one line."""
        return f"{self.message} {self.hint.text}".rstrip()

    def at(self, place: Place, key: str) -> Problem:
        """The same as a problem."""
        return Problem(
            place, key, self.message, self.rule, hint=self.hint.text, suggestion=self.hint.write
        )


@dataclass(frozen=True, slots=True)
class Known:
    """What may be referred to: things by path, list values by path, keys of the context."""

    forms: Mapping[str, Form]
    folders: Mapping[str, str]
    things: Set[str]
    choices: Set[str]
    keys: Mapping[str, str]
    unread: Set[str]
    hints: dict[str, Hint] = dataclass_field(default_factory=dict)  # each worked out only once

    def has(self, address: str) -> bool:
        """Whether the thing exists, or may exist in a file that could not be read."""
        whole = address.partition("#")[0]
        folder, slash, name = whole.partition("/")
        return address in self.things or not self.unread.isdisjoint({whole, folder, slash + name})


def wrong(text: str, field: Field, known: Known) -> Wrong | None:
    """The rule broken and the remedy, or None when the value has the right form."""
    if said := wrong_text(text, field):
        return said
    if field.kind in {"text", "literal"}:
        return wrong_literal(text, field.datatype)
    if field.kind == "external" and not WEB.fullmatch(text):
        return Wrong("invoer:webadres", "Schrijf een volledig webadres dat begint met https://.")
    return _unknown(text, field, known)


def wrong_text(text: str, field: Field) -> Wrong | None:
    """What no value may be: still to fill in, or a name that would break the lists it stands in."""
    if TO_FILL in text:
        return Wrong("invoer:lege-waarde", f"Vul '{field.key}:' in; er staat nog {TO_FILL}.")
    if "\n" in text and field.path in {NAME, ALIAS}:
        return Wrong("invoer:tekst", f"Zet wat achter '{field.key}:' staat op één regel.")
    return None


def _unknown(text: str, field: Field, known: Known) -> Wrong | None:
    """What to do about a reference to nothing; None when it refers to something."""
    if field.kind == "term" and text not in known.keys:
        hint = near_miss(text, known.keys)
        return Wrong("invoer:verwijzing", "Noem een sleutel die bestaat.", hint)
    if field.kind == "choice" and text not in known.choices:
        return _choose(text, field, known)
    if field.kind in {"reference", "nested"} and not known.has(text):
        return refer(text, known)
    return None


def _choose(text: str, field: Field, known: Known) -> Wrong:
    folder = known.folders.get(field.value_class, "")
    options = sorted(c for c in known.choices if c.partition("/")[0] == folder)
    hint = near_address(text, options, {folder})
    if len(options) > SHORT and hint.text:
        return Wrong("invoer:verwijzing", f"Kies een waarde uit de lijst {folder}.", hint)
    return Wrong("invoer:verwijzing", f"Kies uit de lijst: {', '.join(options)}.", hint)


def refer(text: str, known: Known) -> Wrong:
    """What to do about a reference to a thing that does not exist."""
    if text.startswith("data/") or text.endswith((".yaml", ".ttl")):
        path = text.removeprefix("data/").removesuffix(".yaml").removesuffix(".ttl")
        message = f"Schrijf '{shown(path)}': zonder data/ en zonder .yaml."
        return Wrong("invoer:verwijzing", message)
    # Of a file that is gone, the file is missed once, not each of its parts.
    whole = text.partition("#")[0]
    missing = text if whole in known.things else whole or text
    if missing not in known.hints:
        many, folders = len(known.hints) >= HINTS, {*known.folders.values()}
        known.hints[missing] = Hint() if many else near_address(missing, known.things, folders)
    message = f"{MISSING} '{shown(missing)}' bestaat niet."
    return Wrong("invoer:verwijzing", message, known.hints[missing])


def wrong_literal(text: str, datatype: str) -> Wrong | None:
    """Rule and remedy when the text is not a value of this XSD datatype."""
    kind = datatype.removeprefix(XSD)
    if kind not in LITERALS:
        return None
    if not _fits(text, kind):
        long = kind in {"integer", "decimal"} and sum(c.isdigit() for c in text) > DIGITS
        remedy = f"Schrijf een getal van hoogstens {DIGITS} cijfers." if long else LITERALS[kind][1]
        return Wrong(f"invoer:{RULES.get(kind, 'getal')}", remedy, _other_notation(text, kind))
    if kind == "date" and not _exists(text):
        message = f"Kies een dag die bestaat; {text} staat niet op de kalender."
        return Wrong("invoer:datum", message)
    return None


def _fits(text: str, kind: str) -> bool:
    return re.fullmatch(LITERALS[kind][0], text, re.ASCII) is not None


def _exists(day: str) -> bool:
    with suppress(ValueError):
        date.fromisoformat(day)
        return True
    return False


def _other_notation(text: str, kind: str) -> Hint:
    """A hint at the same value as it must be written, when we can tell."""
    found = ""
    if kind == "date" and (m := OTHER_DATE.fullmatch(text)):
        day = f"{m[3]}-{int(m[2]):02}-{int(m[1]):02}"
        found = day if _exists(day) else ""
    elif kind in {"integer", "decimal"} and (m := OTHER_NUMBER.fullmatch(text)):
        found = m[1] + m[2].replace(".", "") + (m[3] or "").replace(",", ".")
    elif kind == "duration" and (m := WEEKS.fullmatch(text)):
        found = f"P{int(m[1]) * 7}D"
    return meant([found] if _fits(found, kind) else [])


def slug(text: str) -> str:
    """The text as an address part: lower case letters, digits, hyphens."""
    text = re.sub(r"\\u[0-9a-f]{4}", "-", text)  # a character that could not be shown
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or "naam"
