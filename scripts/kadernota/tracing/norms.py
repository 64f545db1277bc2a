"""Signal words and norms: where a text binds or permits, and which norm says so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kadernota.names import ALIAS, KN, NAME, TYPE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kadernota.tracing.trace import Trace
    from kadernota.triples import Triples


def signals(ontology: Triples) -> dict[str, str]:
    """The forms of each signal word, lower case, with the concept: `moeten` is `moet`."""
    found = {}
    for concept in ontology.subjects(TYPE, KN + "Signaalwoord"):
        for term in (*ontology.objects(concept, NAME), *ontology.objects(concept, ALIAS)):
            if isinstance(term, ox.Literal) and term.language == "nl":
                found[term.value] = concept
    return found


def found(text: str, forms: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Each signal word in a text: the concept, and the form in which it stands there."""
    pattern = "|".join(sorted(map(re.escape, forms), key=len, reverse=True))
    seen = set()
    for match in re.finditer(rf"(?<![\w-])(?:{pattern})(?![\w-])", text, re.IGNORECASE):
        form = match[0].casefold()
        if form not in seen:
            seen.add(form)
            yield forms[form], form


def told(graph: Triples, trace: Trace) -> set[tuple[str, str]]:
    """Which signal word is covered for which passage."""
    return {
        (passage, signal)
        for norm in graph.subjects(TYPE, KN + "Norm")
        for signal in graph.values(norm, KN + "signaalwoord")
        for passage in trace.passages(norm, KN + "signaalwoord")
    }
