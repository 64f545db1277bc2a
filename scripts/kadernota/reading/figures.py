"""Dutch text in, the figures that stand in it out: numbers, years, amounts, dates, identifiers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

MONTHS = [
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september",
    "oktober", "november", "december",
]  # fmt: skip
COUNTING = [
    "nul", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf",
    "twaalf", "dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien",
    "twintig",
]  # fmt: skip
WORDS = {
    word: number
    for number, words in enumerate(COUNTING)
    for word in (words, words.replace("één", "eén"))
}
FIGURE = re.compile(
    rf"""
    (?P<code>\b[a-z]{{2,}}-\d{{4}}-\d+\b|\b\d{{4}}-\d{{5,}}\b)      # gmb-2023-301788, 2022-096793
    |(?P<iso>\b\d{{4}}-\d\d-\d\d\b)
    |(?P<numeric>\b\d{{1,2}}-\d{{1,2}}-\d{{4}})                     # 27-07-2023
    |(?P<written>\b\d{{1,2}}\ (?:{"|".join(MONTHS)})\ \d{{4}}\b)    # 1 oktober 2023
    |(?P<number>(?<![\w.,])(?:\d{{1,3}}(?:\.\d{{3}})+|\d+)(?:,\d+)?(?!\w)) # 5.894; 7,5; 2023
    |(?P<note>(?<=[A-Za-zë.)])\d(?!\w))                                # the number of a footnote
    |(?P<word>(?<!\w)(?:{"|".join(WORDS)})(?!\w))
    """,
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as it stands in the text, and its value in one notation for all."""

    text: str
    value: str


@lru_cache(maxsize=1 << 14)
def figures(text: str) -> tuple[Figure, ...]:
    """Every figure of a Dutch text; a thousands point is no decimal, a comma is.

    `één` counts as a number, `een` does not: that is an article. `3RO` and `5G` are names.
    """
    found = FIGURE.finditer(text)
    return tuple(Figure(one[0], VALUES[one.lastgroup or ""](one[0])) for one in found)


def number(value: str) -> str:
    """A number in one notation: 162.000 and 162000.00 are both 162000."""
    plain = Decimal(value).normalize()
    return f"{plain:f}"


def _numeric(said: str) -> str:
    day, month, year = said.split("-")
    return _date(day, month, year) or said


def _written(said: str) -> str:
    day, month, year = said.split()
    return _date(day, str(MONTHS.index(month.casefold()) + 1), year) or said


def _date(day: str, month: str, year: str) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


VALUES: dict[str, Callable[[str], str]] = {
    "code": str,
    "iso": str,
    "numeric": _numeric,
    "written": _written,
    "number": lambda said: number(said.replace(".", "").replace(",", ".")),
    "note": number,
    "word": lambda said: str(WORDS[said.casefold()]),
}
