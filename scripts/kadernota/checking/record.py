"""Triples and shapes in, what pySHACL, the validator of record, objects to, out."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from kadernota.names import RDF, RDFS, SH, TYPE, XSD
from kadernota.triples import value_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    import rdflib

    from kadernota.triples import Term, Triples


class Result(NamedTuple):
    """One validation result: the focus node, the path, the value and the shape or constraint."""

    focus: str
    path: str
    value: str
    shape: str


def with_pyshacl(data: Triples, shapes: Triples) -> set[Result]:
    """What pySHACL, the validator of record, objects to."""
    named, graph = _prepared(shapes)
    return pyshacl_on((t for t in data.items if t.predicate.value in named), graph)


@lru_cache(maxsize=4)
def _prepared(shapes: Triples) -> tuple[frozenset[str], rdflib.Graph]:
    """As long as the shapes are the same, so is what pySHACL needs of them."""
    return seen(shapes), rdflib_graph(shapes.items)


def seen(shapes: Triples) -> frozenset[str]:
    """The properties that a core rule can see: those that a shape names, and classes."""
    return frozenset({TYPE, RDFS + "subClassOf"}.union(value_of(t.object) for t in shapes.items))


def pyshacl_on(data: Iterable[ox.Triple], shapes: rdflib.Graph) -> set[Result]:
    """What pySHACL objects to in these triples."""
    import pyshacl  # noqa: PLC0415 - half a second that only this stage should cost
    import rdflib  # noqa: PLC0415

    _, report, _ = pyshacl.validate(
        rdflib_graph(data),
        shacl_graph=shapes,
        inference="none",
        advanced=False,
    )
    if not isinstance(report, rdflib.Graph):
        raise TypeError("pySHACL gave no report")

    def get(node: rdflib.term.Node, name: str) -> str:
        return str(report.value(node, rdflib.URIRef(SH + name)) or "")

    return {
        Result(
            get(node, "focusNode"),
            get(node, "resultPath"),
            get(node, "value"),
            # The constraint of a SPARQL rule, else the shape: the one that holds the message.
            next(s for n in ("sourceConstraint", "sourceShape") if (s := get(node, n))),
        )
        for node in report.objects(None, rdflib.URIRef(SH + "result"))
    }


def rdflib_graph(triples: Iterable[ox.Triple]) -> rdflib.Graph:
    import rdflib  # noqa: PLC0415

    graph = rdflib.Graph(bind_namespaces="none")
    term = cache(_term)  # most terms come back many times
    for t in triples:
        graph.add((term(t.subject), term(t.predicate), term(t.object)))
    return graph


def _term(term: Term) -> rdflib.term.Node:
    import rdflib  # noqa: PLC0415

    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    if not isinstance(term, ox.Literal):
        raise TypeError(f"no RDF 1.1 term: {term}")
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    plain = term.datatype.value in {RDF + "langString", XSD + "string"}
    return rdflib.Literal(
        term.value, datatype=None if plain else rdflib.URIRef(term.datatype.value)
    )
