"""A field in, the JSON Schema of one value of it out: what may be written, and what to do if not.

YAML 1.2 gives a value a type where we read text: 2023 is a number there, and `true` is no word.
So a value is a number or a word within the same bounds. Patterns mean the same in every dialect:
no \\d or \\w, of which one counts letters of all scripts and the other does not.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from kadernota import letters
from kadernota.names import ALIAS, NAME, XSD
from kadernota.reading.values import DIGITS, LITERALS, SLUG, TO_FILL, WEB

if TYPE_CHECKING:
    from kadernota.model import Field

Schema = dict[str, Any]

# A word of letters of any script: here every character beyond ASCII, or the dialects differ.
WORD = {r"[^\W_]": "[0-9A-Za-z\u00a1-\U0010ffff]", r"[\w.-]": "[0-9A-Za-z_.\u00a1-\U0010ffff-]"}
CLEAN = rf"(?![\s\S]*{TO_FILL})(?![\s\S]*(?:{letters.HIDDEN}|{letters.LOST}))"
# Lines in a block may be indented; a value on one line has no white at its ends.
LINES = rf"^{CLEAN}(?=[\s\S]*\S)(?:\S|\S[^\n]*\S|[\s\S]*\n[\s\S]*)$"
LINE = rf"^{CLEAN}(?:\S|\S[^\n]*\S|[^\n]*\S[^\n]*\n+|\n+[^\n]*\S[^\n]*\n*)$"
FILL = f"Vul hier iets in, zonder {TO_FILL}, onzichtbare tekens of wit aan het begin of eind."
ONE_LINE = f"Vul hier één regel in, zonder {TO_FILL}, onzichtbare tekens of wit aan begin of eind."
WEB_ADDRESS = "Schrijf een volledig webadres dat begint met https://."
A_SLUG = "Gebruik kleine letters, cijfers en streepjes."
# A day that the calendar has.
DAY = (
    r"(?!0000)(?:[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    r"|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))"
    r"|(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)"
)
LARGEST = 10**DIGITS
TEXT: Schema = {
    "if": {"type": "boolean"},
    "else": {"type": ["string", "number"], "pattern": LINES, "errorMessage": FILL},
}
NAMED: Schema = {
    "if": {"type": "boolean"},
    "else": {"type": ["string", "number"], "pattern": LINE, "errorMessage": ONE_LINE},
}
PART_NAME: Schema = {"pattern": f"^{SLUG.pattern}$", "errorMessage": A_SLUG}


def value(field: Field) -> Schema:
    """One value of a field that refers to nothing: a text, a date, a number, a web address."""
    kind = field.datatype.removeprefix(XSD)
    if field.kind == "external":
        return _pattern(field, web())
    if kind in LITERALS:
        return _datatype(field, kind)
    if field.pattern:
        return _pattern(field, _words(LINES, field.message))
    return NAMED if field.path in {NAME, ALIAS} else TEXT


def web() -> Schema:
    """A web address."""
    found = WEB.pattern
    for ours, theirs in WORD.items():
        found = found.replace(ours, theirs)
    plain = re.sub(r"\\U([0-9a-f]{8})", lambda m: chr(int(m[1], 16)), found)
    return _words(whole(plain), WEB_ADDRESS)


def base() -> Schema:
    """The web address that all addresses begin with: it ends in a slash."""
    message = "Begin met https:// en eindig met een schuine streep."
    return {"allOf": [web(), _words(r"^[^?#]+/\n*$", message)]}


def whole(pattern: str) -> str:
    """The pattern for all of a text; a block has newlines around it, which we leave out."""
    return rf"^\n*(?:{pattern})\n*$"


def _words(pattern: str, message: str) -> Schema:
    return {"type": ["string"], "pattern": pattern, "errorMessage": message}


def _datatype(field: Field, kind: str) -> Schema:
    pattern, message = LITERALS[kind]
    pattern = whole((DAY if kind == "date" else pattern).replace(r"\d", "[0-9]"))
    if field.least or field.above:
        message = field.message
        pattern = pattern.replace("-?", "")
        if field.above or field.least != "0":
            pattern = pattern.replace("^", r"^(?!\n*0(?:\.0+)?\n*$)", 1)
    typed: Schema = {
        "gYear": {"type": "integer", "minimum": 1000, "maximum": 9999},
        "integer": {"type": "integer", **_bounds(field)},
        "decimal": {"type": "number", **_bounds(field)},
        "boolean": {"type": "boolean"},
    }
    words = _words(pattern, message)
    return {"if": typed[kind], "else": words} if kind in typed else words


def _bounds(field: Field) -> Schema:
    low = {"exclusiveMinimum": int(field.above)} if field.above else {}
    least = {} if low else {"minimum": int(field.least or 1 - LARGEST)}
    return {**low, **least, "exclusiveMaximum": LARGEST}


def _pattern(field: Field, words: Schema) -> Schema:
    """A text that also has the pattern of its shape; digits alone are a number in YAML."""
    if not field.pattern:
        return words
    body = re.fullmatch(r"\^(.*)\$", field.pattern)
    pattern = whole(body[1]) if body else field.pattern
    rule = {"pattern": pattern, "errorMessage": field.message}
    typed = _typed(field.pattern)
    both = {**words, "allOf": [rule]}
    return {"if": typed, "else": both} if typed else both


def _typed(pattern: str) -> Schema:
    """What YAML takes for a number or a boolean among the texts with this pattern."""
    if re.search(pattern, "1.5") and re.search(pattern, "true"):
        return {"type": ["number", "boolean"]}
    digits = any(re.search(pattern, "1" * n) for n in range(1, 65))
    return {"type": "integer", "minimum": 0} if digits else {}
