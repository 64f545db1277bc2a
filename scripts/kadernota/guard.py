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


def refusal(sparql: str) -> str:
    """Why this query is not run, in Dutch; empty when it only reads."""
    words = (m["word"].upper() for m in TOKEN.finditer(sparql) if m["word"])
    found = next((word for word in words if word in REFUSED), None)
    return f"Haal {found} weg: {REFUSED[found]}." if found else ""
