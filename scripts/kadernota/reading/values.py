"""One value and its datatype in, the rule that it breaks and the remedy out."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from kadernota.hints import Hint, meant
from kadernota.model import Problem
from kadernota.names import ALIAS, NAME, XSD
from kadernota.reading.figures import MONTHS
from kadernota.reading.spelled import readings

if TYPE_CHECKING:
    from kadernota.model import Field, Place

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# A host, then what RFC 3987 allows: JSON-LD leaves other addresses out without a word.
WEB = re.compile(
    r"https://[^\W_](?:[\w.-]*[^\W_])?(?::[0-9]{1,5})?(?:[/?](?:{char}|[/?])*)?(?:#(?:{char}|[/?])*)?".replace(
        "{char}",
        r"(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2}"
        r"|[\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef\U00010000-\U0001fffd\U00020000-\U0002fffd])",
    )
)

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
DIGITS = 15
RULES = {
    "date": "invoer:datum",
    "gYear": "invoer:jaar",
    "duration": "invoer:duur",
    "boolean": "invoer:ja-nee",
}


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


def wrong_text(text: str, field: Field) -> Wrong | None:
    """What no value may be: still to fill in, or a name that would break the lists it stands in."""
    if TO_FILL in text:
        return Wrong("invoer:lege-waarde", f"Vul '{field.key}:' in; er staat nog {TO_FILL}.")
    if "\n" in text and field.path in {NAME, ALIAS}:
        return Wrong("invoer:tekst", f"Zet wat achter '{field.key}:' staat op één regel.")
    return None


def wrong_web(text: str) -> Wrong | None:
    """Rule and remedy when the text is no web address that the graph keeps."""
    if WEB.fullmatch(text):
        return None
    bare = re.sub(r"^<?(?:(?:https?:/*)?//|https?:/?)?|>$", "", text, flags=re.IGNORECASE)
    whole = f"https://{bare}" if "." in bare.partition("/")[0] else ""
    hint = meant([whole] if WEB.fullmatch(whole) else [])
    return Wrong("invoer:webadres", "Schrijf een volledig webadres dat begint met https://.", hint)


def wrong_literal(text: str, datatype: str) -> Wrong | None:
    """Rule and remedy when the text is not a value of this XSD datatype."""
    kind = datatype.removeprefix(XSD)
    if kind not in LITERALS:
        return None
    if not _fits(text, kind):
        long = kind in {"integer", "decimal"} and sum(c.isdigit() for c in text) > DIGITS
        remedy = f"Schrijf een getal van hoogstens {DIGITS} cijfers." if long else LITERALS[kind][1]
        hint = meant(r for r in readings(text, kind) if wrong_literal(r, datatype) is None)
        return Wrong(RULES.get(kind, "invoer:getal"), remedy, hint)
    if kind == "date" and not _exists(text):
        message = f"Kies een dag die bestaat; {text} staat niet op de kalender."
        return Wrong("invoer:datum", message, _calendar(text))
    return None


def _fits(text: str, kind: str) -> bool:
    return re.fullmatch(LITERALS[kind][0], text, re.ASCII) is not None


def _exists(day: str) -> bool:
    with suppress(ValueError):
        date.fromisoformat(day)
        return True
    return False


def _calendar(day: str) -> Hint:
    """A hint at how long this month is, or at day and month that have changed places."""
    year, month = int(day[:4]), int(day[5:7])
    if not (1 <= month <= 12 and year):
        turned = f"{day[:4]}-{day[8:]}-{day[5:7]}"
        return meant([turned] if _exists(turned) else [])
    return Hint(
        f"{MONTHS[month - 1].capitalize()} {year} heeft {monthrange(year, month)[1]} dagen."
    )


def slug(text: str) -> str:
    """The text as an address part: lower case letters, digits, hyphens."""
    text = re.sub(r"\\u[0-9a-f]{4}", "-", text)  # a character that could not be shown
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or "naam"
