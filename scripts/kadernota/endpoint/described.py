"""A service in, its description in RDF out: what it speaks and which graphs it has.

The vocabulary: SPARQL 1.1 Service Description; sizes in VoID.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kadernota.endpoint.kinds import DATASETS, GRAPHS, SOLUTIONS
from kadernota.names import (
    DCT,
    GRAPH_ASSERTED,
    GRAPH_INFERRED,
    GRAPH_ONTOLOGY,
    GRAPH_PROVENANCE,
    TYPE,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"
FORMATS = "http://www.w3.org/ns/formats/"
PREFIXES = {"sd": SD, "void": VOID, "formats": FORMATS, "dct": DCT}
# Those of our formats that W3C has given an address.
KNOWN = {
    "application/sparql-results+json": "SPARQL_Results_JSON",
    "application/sparql-results+xml": "SPARQL_Results_XML",
    "text/csv": "SPARQL_Results_CSV",
    "text/tab-separated-values": "SPARQL_Results_TSV",
    "text/turtle": "Turtle",
    "application/n-triples": "N-Triples",
    "application/rdf+xml": "RDF_XML",
    "application/ld+json": "JSON-LD",
    "application/n-quads": "N-Quads",
    "application/trig": "TriG",
}
WORDS = {
    "": "Alles wat geldt: wat er staat, wat eruit volgt en wat de begrippen zeggen.",
    GRAPH_ASSERTED: "Wat mensen hebben opgeschreven.",
    GRAPH_INFERRED: "Wat daaruit volgt.",
    GRAPH_ONTOLOGY: "De begrippen en eigenschappen.",
    GRAPH_PROVENANCE: "Waar het vandaan komt.",
}


@dataclass(frozen=True, slots=True)
class Service:
    """What is served: quads, the size of each graph (the default one has no name), its address."""

    title: str
    address: str  # ends in a slash
    quads: bytes
    sizes: dict[str, int]
    version: str  # of the quads: other quads, another version

    @property
    def sparql(self) -> str:
        return f"{self.address}sparql"

    @property
    def graphs(self) -> tuple[str, ...]:
        return tuple(name for name in self.sizes if name)


def service(title: str, address: str, store: ox.Store) -> Service:
    """The service over this store, at this address."""
    quads = store.dump(format=ox.RdfFormat.N_QUADS) or b""
    names = sorted(graph.value for graph in store.named_graphs() if isinstance(graph, ox.NamedNode))
    sizes = {"": _size(store, ox.DefaultGraph())}
    sizes |= {name: _size(store, ox.NamedNode(name)) for name in names}
    # The store gives no fixed order.
    version = sha256(b"\n".join(sorted(quads.split(b"\n")))).hexdigest()
    return Service(title, address, quads, sizes, version)


def _size(store: ox.Store, graph: ox.NamedNode | ox.DefaultGraph) -> int:
    return len(list(store.quads_for_pattern(None, None, None, graph)))


def described(served: Service, media: str) -> bytes:
    """The description in one of the formats for graphs."""
    found = ox.serialize(_triples(served), format=GRAPHS[media], prefixes=PREFIXES)
    return found or b""


def _triples(served: Service) -> Iterator[ox.Triple]:
    me, data = ox.NamedNode(served.sparql), ox.NamedNode(f"{served.sparql}#dataset")
    plain = ox.NamedNode(f"{served.sparql}#default")
    yield _said(me, TYPE, ox.NamedNode(SD + "Service"))
    yield _said(me, DCT + "title", ox.Literal(served.title, language="nl"))
    yield _said(me, SD + "endpoint", me)
    yield _said(me, SD + "supportedLanguage", ox.NamedNode(SD + "SPARQL11Query"))
    for media in dict.fromkeys((*SOLUTIONS, *GRAPHS, *DATASETS)):
        if media in KNOWN:
            yield _said(me, SD + "resultFormat", ox.NamedNode(FORMATS + KNOWN[media]))
    yield _said(me, SD + "defaultDataset", data)
    yield _said(me, SD + "availableGraphs", data)
    for cls in ("Dataset", "GraphCollection"):
        yield _said(data, TYPE, ox.NamedNode(SD + cls))
    yield _said(data, SD + "defaultGraph", plain)
    yield from _graph(plain, "", served)
    for number, name in enumerate(served.graphs, 1):
        named = ox.NamedNode(f"{served.sparql}#named-{number}")
        inside = ox.NamedNode(f"{served.sparql}#graph-{number}")
        yield _said(data, SD + "namedGraph", named)
        yield _said(named, TYPE, ox.NamedNode(SD + "NamedGraph"))
        yield _said(named, SD + "name", ox.NamedNode(name))
        yield _said(named, SD + "graph", inside)
        yield from _graph(inside, name, served)


def _graph(node: ox.NamedNode, name: str, served: Service) -> Iterator[ox.Triple]:
    yield _said(node, TYPE, ox.NamedNode(SD + "Graph"))
    size = ox.Literal(served.sizes[name])
    yield _said(node, VOID + "triples", size)
    if name in WORDS:
        yield _said(node, DCT + "description", ox.Literal(WORDS[name], language="nl"))


def _said(subject: ox.NamedNode, path: str, value: ox.NamedNode | ox.Literal) -> ox.Triple:
    return ox.Triple(subject, ox.NamedNode(path), value)
