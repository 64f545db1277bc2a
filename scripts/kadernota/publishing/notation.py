"""Literals in, Dutch notation out: 5.894, 7,5, 11 april 2023, 10 dagen, ja."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyoxigraph as ox

MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
UNITS = {
    "Y": ("jaar", "jaar"),
    "M": ("maand", "maanden"),
    "W": ("week", "weken"),
    "D": ("dag", "dagen"),
    "H": ("uur", "uur"),
}


def dutch(literal: ox.Literal) -> str:
    """A literal as a Dutch reader writes it; what has no notation of its own stays as it is."""
    kind = literal.datatype.value.rpartition("#")[2]
    makers = {"decimal": number, "date": date, "duration": duration, "boolean": yes_or_no}
    maker = makers.get(kind)
    return maker(literal.value) if maker else literal.value


def number(text: str) -> str:
    """`5894` becomes `5.894`, `7.5` becomes `7,5`."""
    sign = "-" if text.startswith("-") else ""
    whole, _, part = text.lstrip("+-").partition(".")
    grouped = sign + f"{int(whole or 0):,}".replace(",", ".")
    return f"{grouped},{part}" if part else grouped


def date(text: str) -> str:
    """`2023-04-11` becomes `11 april 2023`."""
    year, month, day = text[:10].split("-")
    return f"{int(day)} {MONTHS[int(month) - 1]} {year}"


def duration(text: str) -> str:
    """`P10D` becomes `10 dagen`."""
    found = []
    for count, sign in re.findall(r"(\d+)([YMWDH])", text):
        one, more = UNITS[sign]
        found.append(f"{count} {one if count == '1' else more}")
    return " en ".join(found)


def yes_or_no(text: str) -> str:
    """A boolean in words."""
    return "ja" if text in {"true", "1"} else "nee"


def ordinal(text: str) -> float:
    """A sequence number to sort by; what has none comes last."""
    return int(text) if text.isdigit() else float("inf")
