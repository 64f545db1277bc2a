"""Free SPARQL in, a refusal out when it would do more than read this graph."""

from __future__ import annotations

import re

TOKEN = re.compile(
    r'"""(?:[^\\]|\\.)*?"""|\'\'\'(?:[^\\]|\\.)*?\'\'\'|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\''
    r"|<[^<>\"{}|^`\\\s]*>|#[^\n]*|[?$]\w+|@\w+|(?P<name>[\w-]*:[\w.%-]*)|(?P<word>[A-Za-z]\w*)",
    re.DOTALL,
)
REFUSED = {
    "SERVICE": "SERVICE vraagt gegevens van elders op",
    "FROM": "FROM haalt andere gegevens binnen; alle gegevens staan al klaar",
    **dict.fromkeys(
        ("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD"),
        "deze opdracht verandert gegevens; hier kun je alleen vragen stellen",
    ),
}


SPOT = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)


def mistake(error: SyntaxError) -> tuple[int, int, str]:
    """Line, column and remedy of a mistake in SPARQL, from what the parser said."""
    said = str(error.msg)
    found = SPOT.match(said)
    if not found:
        return error.lineno or 1, error.offset or 1, f"Herstel de SPARQL: {said}."
    line, column = int(found[1]), int(found[2])
    detail = found[3].replace("expected one of", "hier kan:").replace("expected", "hier hoort")
    return line, column, f"Herstel de SPARQL bij regel {line}, kolom {column} ({detail})."


def refusal(sparql: str) -> str:
    """Why this query is not run, in Dutch; empty when it only reads."""
    words = (m["word"].upper() for m in TOKEN.finditer(sparql) if m["word"])
    found = next((word for word in words if word in REFUSED), None)
    return f"Haal {found} weg: {REFUSED[found]}." if found else ""
