"""Graph and shapes in, problems out: pySHACL decides, we say where it was written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kadernota.model import Place, Places, Problem, Severity, Term, Triples
from kadernota.names import KNSH, RDF, SH, TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pyoxigraph as ox
    import rdflib

SEVERITIES = {"Violation": Severity.ERROR, "Warning": Severity.WARNING, "Info": Severity.INFO}


def rules(shapes: Triples) -> tuple[str, ...]:
    """Every rule: each named shape that says how severe breaking it is."""
    return tuple(s for s, about in sorted(shapes.index.items()) if SH + "severity" in about)


def validate(
    data: Triples, shapes: Triples, places: Places, keys: Mapping[str, str]
) -> tuple[Problem, ...]:
    """What the shapes object to; `keys` gives the YAML key of a property, for the message."""
    import pyshacl  # noqa: PLC0415 - half a second that only this stage should cost
    import rdflib  # noqa: PLC0415

    _, report, _ = pyshacl.validate(
        _graph(data.items), shacl_graph=_graph(shapes.items), inference="none", advanced=False
    )
    sh = rdflib.Namespace(SH)
    if not isinstance(report, rdflib.Graph):
        raise TypeError("pySHACL gave no report")
    found = {
        _problem(report, node, shapes, places, keys) for node in report.objects(None, sh.result)
    }
    return tuple(sorted(found))


def _problem(
    report: rdflib.Graph,
    node: rdflib.term.Node,
    shapes: Triples,
    places: Places,
    keys: Mapping[str, str],
) -> Problem:
    def get(name: str) -> str:
        import rdflib  # noqa: PLC0415

        return str(report.value(node, rdflib.URIRef(SH + name)) or "")

    subject, path, value = get("focusNode"), get("resultPath"), get("value")
    place = places.find(subject, path, value) or Place("kadernota.yaml")
    # The report's own message may have lost its language; the shape still has it.
    shape = next(s for s in (get("sourceConstraint"), get("sourceShape")) if s.startswith(KNSH))
    return Problem(
        place=place,
        key=keys.get(path, ""),
        message=shapes.one(shape, SH + "message"),
        rule="knsh:" + shape.removeprefix(KNSH),
        severity=SEVERITIES[get("resultSeverity").removeprefix(SH)],
    )


def idle(data: Triples, shapes: Triples) -> tuple[str, ...]:
    """Node shapes that found nothing to check: a rule that matches nothing proves nothing."""
    return tuple(
        shape
        for shape in sorted(shapes.subjects(TYPE, SH + "NodeShape"))
        if (targets := shapes.values(shape, SH + "targetClass"))
        and not any(data.subjects(TYPE, cls) for cls in targets)
    )


def _graph(triples: Iterable[ox.Triple]) -> rdflib.Graph:
    import rdflib  # noqa: PLC0415

    graph = rdflib.Graph(bind_namespaces="none")
    for t in triples:
        graph.add((_term(t.subject), _term(t.predicate), _term(t.object)))
    return graph


def _term(term: Term) -> rdflib.term.Node:
    import pyoxigraph as ox  # noqa: PLC0415
    import rdflib  # noqa: PLC0415

    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    if not isinstance(term, ox.Literal):
        raise TypeError(f"no RDF 1.1 term: {term}")
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    plain = term.datatype.value in {RDF + "langString", "http://www.w3.org/2001/XMLSchema#string"}
    return rdflib.Literal(
        term.value, datatype=None if plain else rdflib.URIRef(term.datatype.value)
    )
