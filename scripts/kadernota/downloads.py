"""Graphs in, RDF files to download out: the whole, and each thing with its parts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kadernota.model import File, Loaded
from kadernota.names import (
    GRAPH_ASSERTED,
    GRAPH_INFERRED,
    GRAPH_ONTOLOGY,
    GRAPH_PROVENANCE,
    KN,
    LISTS,
    PROV,
)
from kadernota.provenance import provenance
from kadernota.triples import value_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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


def turtle(triples: Iterable[ox.Triple]) -> bytes:
    """The triples as Turtle, the same bytes for the same graph."""
    return _serialize(triples, ox.RdfFormat.TURTLE)


def json_ld(triples: Iterable[ox.Triple]) -> bytes:
    """The triples as JSON-LD, the same bytes for the same graph."""
    found = json.loads(_serialize(triples, ox.RdfFormat.JSON_LD))
    return (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode()


def _serialize(triples: Iterable[ox.Triple], form: ox.RdfFormat) -> bytes:
    return ox.serialize(sorted(triples, key=str), format=form, prefixes=PREFIXES) or b""


def whole(loaded: Loaded) -> Iterator[File]:
    """The whole graph: Turtle and JSON-LD of what people stated, N-Quads with the rest too."""
    yield File("kadernota.ttl", turtle(loaded.asserted.items))
    yield File("kadernota.jsonld", json_ld(loaded.asserted.items))
    origin = provenance(loaded)
    yield File("herkomst.ttl", turtle(origin.items))
    lines = sorted(
        f"{t} <{graph}> .\n"
        for graph, triples in (
            (GRAPH_ASSERTED, loaded.asserted),
            (GRAPH_INFERRED, loaded.inferred),
            (GRAPH_ONTOLOGY, loaded.ontology),
            (GRAPH_PROVENANCE, origin),
        )
        for t in triples.items
    )
    yield File("kadernota.nq", "".join(lines).encode())


def each(loaded: Loaded) -> Iterator[File]:
    """Per thing a Turtle and a JSON-LD file, parts included, beside its page."""
    base = loaded.settings.base
    grouped: dict[str, list[ox.Triple]] = {}
    for t in loaded.asserted.items:
        grouped.setdefault(value_of(t.subject).partition("#")[0], []).append(t)
    for iri, triples in sorted(grouped.items()):
        if iri.startswith(base) and not iri.startswith(LISTS):
            address = iri.removeprefix(base)
            yield File(f"{address}.ttl", turtle(triples))
            yield File(f"{address}.jsonld", json_ld(triples))
