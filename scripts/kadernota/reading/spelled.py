"""A date, number, duration or answer as people spell it in; as it must be written, out.

More than one outcome means that it can be read in more than one way: then a person must choose.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import TYPE_CHECKING

from kadernota.reading.figures import MONTHS, WORDS

if TYPE_CHECKING:
    from collections.abc import Callable

NUMERIC = re.compile(r"(\d{1,2})[-/. ]+(\d{1,2})[-/. ]+(\d{4})")  # in Dutch the day comes first
YEAR_FIRST = re.compile(r"(\d{4})[-/. ]+(\d{1,2})[-/. ]+(\d{1,2})(?:[t ]\d\d:\d\d.*)?")
SOLID = re.compile(r"\d{8}")
WRITTEN = re.compile(r"(?:[a-z]+dag,? )?(\d{1,2})e? ([a-z]{3,9})\.? (\d{4})")
YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
EARLIEST, LATEST = 1500, 2200  # eight digits with another year are read the other way round
NUMBER = re.compile(r"(?:€|eur|euro)?\s*([-+−]?)\s*([\d.,' ]*\d)\s*(?:,-|%|procent|euro)?")
GROUPED = re.compile(r"\d{1,3}([. ']\d{3})+(,\d+)?")
ENGLISH = re.compile(r"\d{1,3}(,\d{3})+\.\d+|\d{1,3}(,\d{3}){2,}")
TENS = ("twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig")
PERIOD = re.compile(r"(\d+(?:,5)?|[a-zé]+) ?(jaar|jaren|jr|maand|maanden|mnd|kwartaal|kwartalen"
                    r"|week|weken|dag|dagen|etmaal|uur|uren|minuut|minuten)\.?")  # fmt: skip
# Per word what it counts in, and how many of those.
UNITS = {
    **dict.fromkeys(("jaar", "jaren", "jr"), ("Y", 1)),
    **dict.fromkeys(("maand", "maanden", "mnd"), ("M", 1)),
    **dict.fromkeys(("kwartaal", "kwartalen"), ("M", 3)),
    **dict.fromkeys(("week", "weken"), ("D", 7)),
    **dict.fromkeys(("dag", "dagen", "etmaal"), ("D", 1)),
    **dict.fromkeys(("uur", "uren"), ("H", 1)),
    **dict.fromkeys(("minuut", "minuten"), ("MIN", 1)),
}
HALVES = {"half": 1, "halve": 1, "anderhalf": 3, "anderhalve": 3}
HALF = {"Y": ("M", 6), "D": ("H", 12), "H": ("MIN", 30)}
ANSWERS = {
    **dict.fromkeys(("ja", "j", "waar", "yes", "y", "true", "1", "aan", "wel"), "true"),
    **dict.fromkeys(("nee", "n", "onwaar", "no", "false", "0", "uit", "niet"), "false"),
}


def readings(text: str, kind: str) -> list[str]:
    """How this text can be read as a value of this XSD datatype, each as it must be written."""
    digits = "".join(str(unicodedata.digit(c, c)) if c.isdigit() else c for c in text)
    plain = " ".join(unicodedata.normalize("NFKC", digits).casefold().split())
    read = READERS.get(kind)
    return list(dict.fromkeys(r for r in read(plain) if r != text)) if read and plain else []


def _dates(text: str) -> list[str]:
    found = []
    if m := NUMERIC.fullmatch(text):
        found = [_date(m[3], m[2], m[1])]
    elif m := YEAR_FIRST.fullmatch(text):
        found = [_date(m[1], m[2], m[3])]
    elif m := WRITTEN.fullmatch(text):
        found = [_date(m[3], str(_month(m[2])), m[1])]
    elif SOLID.fullmatch(text):
        both = (text[:4], text[4:6], text[6:]), (text[4:], text[2:4], text[:2])
        found = [_date(*parts) for parts in both if EARLIEST <= int(parts[0]) <= LATEST]
    return [day for day in found if day]


def _date(year: str, month: str, day: str) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def _month(word: str) -> int:
    """The number of a month by its name or the beginning of it; 0 for no month."""
    fits = [i for i, month in enumerate(MONTHS, 1) if month.startswith(word)]
    return {"mrt": 3, "okt": 10, "oct": 10}.get(word, fits[0] if len(fits) == 1 else 0)


def _years(text: str) -> list[str]:
    days = _dates(text)
    return [day[:4] for day in days] or YEAR.findall(text)


def _integers(text: str) -> list[str]:
    return [n for n in _decimals(text) if "." not in n]


def _decimals(text: str) -> list[str]:
    if (spoken := _count(text)) is not None:
        return [str(spoken)]
    m = NUMBER.fullmatch(text)
    if not m:
        return []
    sign, digits = "-" if m[1] in {"-", "−"} else "", m[2]
    if ENGLISH.fullmatch(digits):
        return [_number(sign, digits.replace(",", ""))]
    if GROUPED.fullmatch(digits):
        return [_number(sign, re.sub(r"[. ']", "", digits).replace(",", "."))]
    plain = re.fullmatch(r"(\d+)(?:[.,](\d+))?", digits)
    return [_number(sign, f"{plain[1]}.{plain[2] or ''}")] if plain else []


def _number(sign: str, digits: str) -> str:
    whole, _, rest = digits.partition(".")
    whole = whole.lstrip("0") or "0"
    rest = rest.rstrip("0")
    found = f"{whole}.{rest}" if rest else whole
    return found if found == "0" else sign + found


def _count(text: str) -> int | None:
    """A number in words: `vijf`, `vijfentwintig`; `een` is one here."""
    if text in WORDS or text == "een":
        return WORDS.get(text, 1)
    for tens, word in enumerate(TENS, 2):
        if text == word:
            return tens * 10
        unit = text.removesuffix(word)
        unit = unit.removesuffix("en") if unit.endswith("en") else unit.removesuffix("ën")
        if unit != text and 1 <= (WORDS.get(unit) or 1 * (unit == "een")) <= 9:
            return tens * 10 + WORDS.get(unit, 1)
    return None


def _durations(text: str) -> list[str]:
    if re.fullmatch(r"p(?=.)(\d+[ymwd])*(t(\d+[hms])+)?", text):
        weeks = re.sub(r"(\d+)w", lambda m: f"{int(m[1]) * 7}d", text)
        return [weeks.upper()]
    parts = re.split(r",? en |, ", text.replace("een half jaar", "half jaar"))
    amounts: dict[str, int] = {}
    for part in parts:
        m = PERIOD.fullmatch(part)
        amount = _amount(m[1], *UNITS[m[2]]) if m else None
        if amount is None or amount[0] in amounts:
            return []
        amounts[amount[0]] = amount[1]
    days = "".join(f"{amounts[u]}{u}" for u in "YMD" if u in amounts)
    hours = "".join(f"{amounts[u]}{u[0]}" for u in ("H", "MIN") if u in amounts)
    return [f"P{days}" + (f"T{hours}" if hours else "")]


def _amount(word: str, unit: str, times: int) -> tuple[str, int] | None:
    """How many of which unit; half of one is counted in a smaller one."""
    halves = int(word[:-2]) * 2 + 1 if word.endswith(",5") else HALVES.get(word)
    if halves is not None:
        if times != 1 or unit not in HALF:
            return None
        smaller, half = HALF[unit]
        return smaller, half * halves
    count = int(word) if word.isdecimal() else _count(word)
    return (unit, count * times) if count else None


def _answers(text: str) -> list[str]:
    return [ANSWERS[text]] if text in ANSWERS else []


READERS: dict[str, Callable[[str], list[str]]] = {
    "date": _dates,
    "gYear": _years,
    "integer": _integers,
    "decimal": _decimals,
    "duration": _durations,
    "boolean": _answers,
}
