"""A question and values in, SPARQL that any SPARQL service can answer out.

The values stand at the beginning of the pattern, as VALUES: what a person copies, what the page in
the browser asks and what the command line asks is one text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kadernota.asking.guard import TOKEN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kadernota.triples import Term


def opening(sparql: str) -> int:
    """Where the pattern of the query begins: behind its first brace that is in no expression."""
    depth = 0
    for token in TOKEN.finditer(sparql):
        mark = token["mark"] or ""
        depth += (mark == "(") - (mark == ")")
        if mark == "{" and not depth:
            return token.end()
    raise ValueError("a query has a pattern")


def filled(sparql: str, terms: Mapping[str, Term]) -> str:
    """The query with a value for each of these variables."""
    at = opening(sparql)
    lines = "".join(f"\n  VALUES ?{name} {{ {term} }}" for name, term in terms.items())
    return sparql[:at] + lines + sparql[at:]
