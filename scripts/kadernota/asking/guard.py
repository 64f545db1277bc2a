"""Free SPARQL in, a refusal out when it would do more than read this graph."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container

# As SPARQL itself cuts a text up: what stands in a string, a comment or an address is no command,
# and everything else is looked at. A local name does not begin with a point, nor end with one.
TOKEN = re.compile(
    r'"""(?:[^\\]|\\.)*?"""|\'\'\'(?:[^\\]|\\.)*?\'\'\''
    r'|"(?:[^"\\\n\r]|\\.)*"|\'(?:[^\'\\\n\r]|\\.)*\''
    r'|<[^<>"{}|^`\s]*>|(?P<note>#[^\n\r]*)|[?$]\w+|@[A-Za-z]+(?:-[A-Za-z0-9]+)*'
    r"|(?P<prefix>[\w-]*):(?:[\w:%](?:[\w.:%-]*[\w:%-])?)?|(?P<word>\w+)|(?P<mark>[^\s\w])",
    re.DOTALL,
)
ONLY_QUESTIONS = "deze opdracht verandert gegevens; hier kun je alleen vragen stellen"
REFUSED = {
    "SERVICE": "SERVICE vraagt gegevens van elders op",
    "FROM": "FROM haalt andere gegevens binnen; alle gegevens staan al klaar",
    **dict.fromkeys(
        ("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD"),
        ONLY_QUESTIONS,
    ),
}
# Beyond these the store runs out of stack and takes the whole program with it.
LONGEST, DEEPEST = 3000, 60

ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
SPOT = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
REASONS = {
    "Prefix not found": "dit voorvoegsel is niet aangekondigd met PREFIX",
    "Duplicated variable": "achter SELECT staat twee keer dezelfde variabele",
    "variable that is unbound": "achter SELECT staat een variabele die hier geen waarde krijgt",
    "IRI parsing failed": "dit adres is niet volledig of bevat een teken dat er niet in hoort",
}


def refusal(sparql: str, allowed: Container[str] = ()) -> str:
    """Why this query is not run, in Dutch; empty when it only reads.

    `allowed` words of REFUSED do no harm where the store has graphs of its own to choose from.
    """
    found = refused(sparql, allowed)
    return found[1] if found else ""


def refused(sparql: str, allowed: Container[str] = ()) -> tuple[int, str] | None:
    """Where the first thing stands for which this query is not run, and what to do about it."""
    # A parser may also read \\u0053ERVICE; ours does not today, but the next one might.
    plain = ESCAPE.sub(lambda m: chr(min(int(m[1] or m[2], 16), sys.maxunicode)), sparql)
    found = _refused(sparql, allowed)
    return found or (_refused(plain, allowed) if plain != sparql else None)


def _refused(sparql: str, allowed: Container[str]) -> tuple[int, str] | None:
    length = depth = 0
    for m in TOKEN.finditer(sparql):
        if (word := _command(m)) and word not in allowed:
            return m.start(), f"Haal {word} weg: {REFUSED[word]}."
        length += not m["note"]
        depth += (m["mark"] or "-") in "({[<"
        depth -= (m["mark"] or "-") in ")}]>"
        if length > LONGEST:
            return m.start(), "Maak de vraag korter: dit zijn te veel woorden en tekens."
        if depth > DEEPEST:
            return m.start(), "Zet minder haken in elkaar."
    return None


def _command(m: re.Match[str]) -> str:
    """The refused word that this token is; the parser also sees one glued to a number or `true`."""
    for text in (m["word"] or "", m["prefix"] or ""):
        if "SERVICE" in text.upper():
            return "SERVICE"
    word = (m["word"] or "").upper()
    return word if word in REFUSED else ""


def mistake(error: SyntaxError, sparql: str) -> tuple[int, int, str]:
    """Line, column and remedy of a mistake in SPARQL.

    What the parser expected is left out: it names the first of many words, hardly ever the right.
    """
    said = str(error.msg)
    found = SPOT.match(said)
    if not found:
        return 1, 1, "Herstel de SPARQL: de vraag klopt niet als geheel."
    line, column = int(found[1]), int(found[2])
    rest = "\n".join([sparql.split("\n")[line - 1][column - 1 :], *sparql.split("\n")[line:]])
    word = next(iter(re.findall(r"\w+|\S", rest)), "")
    at = f"bij '{word[:30]}' gaat het mis" if word else "de vraag houdt te vroeg op of klopt niet"
    reason = next((dutch for english, dutch in REASONS.items() if english in said), at)
    return line, column, f"Herstel de SPARQL bij regel {line}, kolom {column}: {reason}."


def unable(error: Exception) -> str:
    """What to do about a mistake that shows only while the query runs."""
    what = next((word for word in str(error).split() if word.startswith("<")), "iets")
    return f"Herstel de SPARQL: de vraag gebruikt {what}, en dat kan hier niet."
