"""Graphs in, RDF files to download out: the whole, and each thing with its parts."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kadernota.asking.ask import graphs
from kadernota.names import (
    DCT,
    KN,
    LISTS,
    PROV,
)
from kadernota.tracing.provenance import provenance
from kadernota.triples import value_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kadernota.model import Loaded

PREFIXES = {
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "kn": KN,
    "prov": PROV,
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def turtle(triples: Iterable[ox.Triple], prefixes: Mapping[str, str] = PREFIXES) -> bytes:
    """The triples as Turtle, the same bytes for the same graph."""
    return _serialize(triples, ox.RdfFormat.TURTLE, prefixes)


def json_ld(triples: Iterable[ox.Triple]) -> bytes:
    """The triples as JSON-LD, the same bytes for the same graph."""
    found = json.loads(_serialize(triples, ox.RdfFormat.JSON_LD, PREFIXES))
    return (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode()


def _serialize(
    triples: Iterable[ox.Triple], form: ox.RdfFormat, prefixes: Mapping[str, str]
) -> bytes:
    return ox.serialize(sorted(triples, key=str), format=form, prefixes=dict(prefixes)) or b""


def whole(loaded: Loaded) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """The whole graph: Turtle and JSON-LD of what people stated, N-Quads with the rest too."""
    yield "kadernota.ttl", lambda: turtle(loaded.asserted.items)
    yield "kadernota.jsonld", lambda: json_ld(loaded.asserted.items)
    yield "herkomst.ttl", lambda: turtle(provenance(loaded).items)
    yield "kadernota.nq", lambda: _quads(loaded)
    yield "kadernota.trig", lambda: trig(loaded)


def _quads(loaded: Loaded) -> bytes:
    lines = sorted(
        f"{t} <{graph}> .\n" for graph, triples in graphs(loaded).items() for t in triples.items
    )
    return "".join(lines).encode()


def trig(loaded: Loaded) -> bytes:
    """The same as TriG, each graph under its name: a fifth of the size, and what browsers load."""
    quads = [
        ox.Quad(t.subject, t.predicate, t.object, ox.NamedNode(graph))
        for graph, triples in graphs(loaded).items()
        for t in sorted(triples.items, key=str)
    ]
    return ox.serialize(quads, format=ox.RdfFormat.TRIG, prefixes=PREFIXES) or b""


def each(loaded: Loaded) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Per thing a Turtle and a JSON-LD file, parts included, beside its page."""
    base = loaded.settings.base
    grouped: dict[str, list[ox.Triple]] = {}
    for t in loaded.asserted.items:
        grouped.setdefault(value_of(t.subject).partition("#")[0], []).append(t)
    for old, new in loaded.redirects.items():  # a program that knows the old address goes on
        moved = ox.Triple(*(map(ox.NamedNode, (base + old, DCT + "isReplacedBy", base + new))))
        grouped[base + old] = [moved, *grouped.get(base + new, [])]
    for iri, triples in sorted(grouped.items()):
        if iri.startswith(base) and not iri.startswith(LISTS):
            address = iri.removeprefix(base)
            yield f"{address}.ttl", partial(turtle, triples)
            yield f"{address}.jsonld", partial(json_ld, triples)
