"""Two sets of sources in, which of the engine's own files say something else out, a line each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kadernota.asking import wording
from kadernota.asking.questions import questions
from kadernota.comparing.changed import Kind
from kadernota.names import KN, KNSH, LISTS, SH
from kadernota.reading import form
from kadernota.triples import value_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kadernota.asking.questions import Parameter
    from kadernota.model import Loaded, Sources
    from kadernota.triples import Term, Triples


@dataclass(frozen=True, slots=True, order=True)
class Rule:
    """Something with which the data are read, checked or asked, and that is not what it was."""

    what: str  # instelling | sleutel | begrip | regel | afleiding | vraag
    kind: Kind
    name: str
    title: str


def between(before: tuple[Sources, Loaded], after: tuple[Sources, Loaded]) -> tuple[Rule, ...]:
    """What changed about the rules of the game; comments and white space do not count."""
    found = [
        *_apart("instelling", _settings(before[1]), _settings(after[1])),
        *_apart("sleutel", _keys(before[0]), _keys(after[0])),
        *_apart("begrip", _terms(before[1]), _terms(after[1])),
        *_apart("regel", _shapes(before[1]), _shapes(after[1])),
        *_apart("afleiding", _derivations(before[1]), _derivations(after[1])),
        *_apart("vraag", _questions(before[0]), _questions(after[0])),
    ]
    return tuple(found)


Described = dict[str, tuple[object, str]]  # per name: all that counts, and a title


def _apart(what: str, before: Described, after: Described) -> Iterator[Rule]:
    for name in sorted(before.keys() | after.keys()):
        if name not in after:
            yield Rule(what, Kind.GONE, name, before[name][1])
        elif name not in before:
            yield Rule(what, Kind.NEW, name, after[name][1])
        elif before[name][0] != after[name][0]:
            yield Rule(what, Kind.ALTERED, name, after[name][1])


def _settings(loaded: Loaded) -> Described:
    s = loaded.settings
    pairs = {"naam": s.name, "code": s.code, "basis": s.base, "nota": s.memorandum}
    return {key: (value, value) for key, value in pairs.items()}


def _keys(sources: Sources) -> Described:
    return {key: (term, term.path) for key, term in form.terms(sources.context).items()}


def _terms(loaded: Loaded) -> Described:
    return {
        iri.removeprefix(LISTS).removeprefix(KN): (said, wording.name(iri, loaded))
        for iri, said in _said(loaded.ontology).items()
    }


def _shapes(loaded: Loaded) -> Described:
    return {
        iri.removeprefix(KNSH): (said, loaded.shapes.one(iri, SH + "message"))
        for iri, said in _said(loaded.shapes).items()
    }


def _derivations(loaded: Loaded) -> Described:
    return {rule.name: ((rule.head, rule.body), rule.title) for rule in loaded.rules}


def _questions(sources: Sources) -> Described:
    asked, _ = questions(sources.queries)
    return {
        q.name: (
            (q.title, q.text, q.audience, q.columns, q.sparql, *map(_asks, q.parameters)),
            q.title["nl"],
        )
        for q in asked
    }


def _asks(parameter: Parameter) -> tuple[str, ...]:
    """What can be filled in, wherever in the file it stands."""
    p = parameter
    return p.name, p.datatype, p.cls, p.default, p.help


def _said(graph: Triples) -> dict[str, frozenset[tuple[str, str]]]:
    """What the files say about each name; a list is what is in it, not how its nodes are called."""
    nodes = {value_of(t.subject) for t in graph.items if isinstance(t.subject, ox.BlankNode)}
    return {
        iri: frozenset((path, _flat(o, graph)) for path, os in about.items() for o in os)
        for iri, about in graph.index.items()
        if iri not in nodes
    }


def _flat(term: Term, graph: Triples) -> str:
    if not isinstance(term, ox.BlankNode):
        return str(term)
    about = graph.index.get(term.value, {})
    inner = (f"{path} {_flat(o, graph)}" for path, os in about.items() for o in os)
    return f"[{'; '.join(sorted(inner))}]"
