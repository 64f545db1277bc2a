"""What W3C asks of a SPARQL 1.1 service that only reads: each test is run, or says why not."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from textwrap import dedent
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
import rdflib
from conftest import ROOT
from kadernota.endpoint.kinds import BOOLEANS, GRAPHS, SOLUTIONS
from lxml import etree
from rdflib.collection import Collection
from rdflib.compare import isomorphic
from service import Answer, Running, bounded, running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SUITE = ROOT.parent / "shared" / "standaarden" / "w3c-sparql11" / "sparql" / "sparql11"
MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = rdflib.Namespace("http://www.w3.org/2011/http#")
CNT = rdflib.Namespace("http://www.w3.org/2011/content#")
UT = rdflib.Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
CODES = {"OK": 200, "Created": 201, "NoContent": 204, "NotFound": 404}
HOST = "http://www.example"
ONE = bounded(workers=1)

pytestmark = [
    pytest.mark.skipif(not SUITE.is_dir(), reason="the W3C test suite is not beside the project"),
    pytest.mark.filterwarnings("ignore:(ConjunctiveGraph|Dataset).* is deprecated"),
]

KINDS = {
    "boolean": {*BOOLEANS},
    "tabular": {*SOLUTIONS},
    "RDF": {*GRAPHS},
    "": {"text/plain"},  # only what is refused
}
WRITES = "it changes the store, and this service only reads; the change must be refused"
# The tests that cannot be run as they stand, each with its reason. Nothing else is left out.
LEFT_OUT = {
    "protocol": dict.fromkeys(
        (
            "update_dataset_default_graph",
            "update_dataset_default_graphs",
            "update_dataset_named_graphs",
            "update_dataset_full",
            "update_post_form",
            "update_post_direct",
            "update_base_uri",
        ),
        WRITES,
    ),
    "http-rdf-update": dict.fromkeys(
        (
            "put__initial_state",
            "put__graph_already_in_store",
            "put__default_graph",
            "delete__existing_graph",
            "delete__nonexistent_graph",
            "post__existing_graph",
            "post__multipart_formdata",
            "post__create__new_graph",
        ),
        WRITES,
    ),
}


@dataclass(frozen=True)
class Asked:
    """A request of the suite with what must come back."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes | None
    codes: frozenset[int]
    kind: str = ""  # boolean, tabular or RDF
    boolean: bool | None = None
    content: str = ""  # Turtle that says the same


@dataclass(frozen=True)
class Case:
    """A test of the suite; `data` are its graphs, by address."""

    name: str
    requests: tuple[Asked, ...]
    data: tuple[tuple[str, bytes], ...] = ()


def manifest(path: Path) -> tuple[rdflib.Graph, list[rdflib.term.Node]]:
    found = rdflib.Graph().parse(path)
    (top,) = found.subjects(rdflib.RDF.type, MF.Manifest)
    entries = found.value(top, MF.entries)
    assert entries
    return found, list(Collection(found, entries))


def local(node: object) -> str:
    return str(node).rpartition("#")[2]


def headers(found: rdflib.Graph, of: rdflib.term.Node | None) -> dict[str, str]:
    listed = found.value(of, HT.headers)
    return {
        str(found.value(h, HT.fieldName)): str(found.value(h, HT.fieldValue))
        for h in (Collection(found, listed) if listed else ())
    }


def asked(found: rdflib.Graph, node: rdflib.term.Node) -> Asked:
    body, answer = found.value(node, HT.body), found.value(node, HT.resp)
    codes: set[int] = set()
    for status in map(local, found.objects(answer, MF.expectedStatus)):
        if wide := re.fullmatch(r"StatusCode(\d)xx", status):
            codes |= set(range(100 * int(wide[1]), 100 * int(wide[1]) + 100))
        else:
            codes.add(CODES[status])
    boolean = found.value(answer, MF.expectedBoolean)
    back = found.value(answer, HT.body)
    return Asked(
        str(found.value(node, HT.methodName)),
        str(found.value(node, HT.absolutePath)).replace("$LOCATION$", f"{HOST}/gsp/new"),
        headers(found, node),
        str(found.value(body, CNT.chars)).encode(str(found.value(body, CNT.characterEncoding)))
        if body
        else None,
        frozenset(codes),
        str(found.value(answer, MF.expectedFormat) or ""),
        None if boolean is None else str(boolean) == "true",
        str(found.value(back, CNT.chars)) if back else "",
    )


def structured(path: Path) -> Iterator[Case]:
    """The tests of a manifest that writes its requests in RDF."""
    found, entries = manifest(path)
    for test in entries:
        listed = found.value(found.value(test, MF.action), HT.requests)
        assert listed
        data = []
        for given in found.objects(test, UT.graphData):
            file = str(found.value(given, UT.graph)).removeprefix("file://")
            content = (path.parent / file.rpartition("/")[2]).read_bytes()
            data.append((str(found.value(given, rdflib.RDFS.label)), content))
        requests = tuple(asked(found, node) for node in Collection(found, listed))
        yield Case(local(test), requests, tuple(data))


def written(path: Path) -> Iterator[Case]:
    """The tests of the older manifest, which writes its requests as text."""
    found, entries = manifest(path)
    for test in entries:
        (text,) = (o for o in map(str, found.objects(test, rdflib.RDFS.comment)) if "####" in o)
        text = text.replace("$HOST$", "www.example").replace("$NEWPATH$", "/gsp/person/new.ttl")
        text = text.replace("/$GRAPHSTORE$", "/gsp").replace("$GRAPHSTORE$", "/gsp")
        parts = (part.partition("\n")[2] for part in text.split("#### ")[1:])
        question, answer = (dedent(part).strip() for part in parts)
        head, _, body = question.partition("\n\n")
        method, where, _ = head.partition("\n")[0].split(" ")
        named = dict(line.split(": ", 1) for line in head.splitlines()[1:])
        named.pop("Host")
        status, _, content = answer.partition("\n\n")
        codes = frozenset({int(status.split(" ")[0])})
        request = Asked(method, where, named, body.encode() or None, codes, content=content)
        yield Case(local(test), (request,))


def suite() -> dict[str, list[Case]]:
    if not SUITE.is_dir():
        return {}
    store = SUITE / "graph-store-protocol"
    return {
        "protocol": list(structured(SUITE / "protocol" / "manifest.ttl")),
        "http-rdf-update": list(written(SUITE / "http-rdf-update" / "manifest.ttl")),
        "graph-store-protocol": [
            *structured(store / "manifest-direct.ttl"),
            *structured(store / "manifest-indirect.ttl"),
        ],
    }


CASES = suite()


def cases(group: str) -> pytest.MarkDecorator:
    found = CASES.get(group, [])
    return pytest.mark.parametrize("case", found, ids=[case.name for case in found])


def send(service: Running, request: Asked, path: str) -> Answer:
    return service.send(request.method, path, request.body, **request.headers)


@cases("protocol")
def test_the_protocol_is_that_of_w3c(case: Case) -> None:
    store = ox.Store()
    for name, content in case.data:
        store.load(input=content, format=ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode(name))
    with running(store, ONE) as service:
        for request in case.requests:
            answer = send(service, request, request.path.replace("/sparql/", "/sparql", 1))
            if case.name in LEFT_OUT["protocol"]:
                assert answer.status == 403
                assert "wijzigen kan hier niet" in answer.text
                return  # what follows asks for what was not written

            assert answer.status in request.codes, answer.text
            assert answer.kind in KINDS[request.kind]
            if request.boolean is not None:
                assert request.boolean == truth(answer)


def truth(answer: Answer) -> bool:
    if "json" in answer.kind:
        return bool(json.loads(answer.content)["boolean"])
    (found,) = etree.fromstring(answer.content).iter("{*}boolean")
    return found.text == "true"


def graph_of(path: str) -> str:
    """The graph that a request is about: named in it, or by the path of the request itself.

    Our graphs have addresses elsewhere, so we only offer the first; the second is the same request
    with that path as its graph (Graph Store HTTP Protocol, section 4).
    """
    _, _, query = path.partition("?")
    return query or f"graph={HOST}{path}"


READING = {"GET", "HEAD"}


def state(case: Case, now: Asked) -> ox.Store:
    """The store that the writing requests before this one should have left."""
    store = ox.Store()
    for request in (*case.requests, now):
        if request.method not in READING or 404 in request.codes:
            continue
        graph = graph_of(request.path)
        content = request.content or "<x:a> <x:b> <x:c> ."
        base = f"{HOST}/gsp"
        if graph == "default":
            store.remove_graph(ox.DefaultGraph())
            store.load(input=content, format=ox.RdfFormat.TURTLE, base_iri=base)
        else:
            name = ox.NamedNode(percent_once(graph.removeprefix("graph=")))
            store.remove_graph(name)
            store.load(input=content, format=ox.RdfFormat.TURTLE, base_iri=base, to_graph=name)
    return store


def percent_once(text: str) -> str:
    return re.sub(r"%([0-9A-Fa-f]{2})", lambda m: chr(int(m[1], 16)), text)


def holds(case: Case, left_out: bool) -> None:
    for request in case.requests:
        with running(state(case, request), ONE) as service:
            answer = send(service, request, f"/graph?{graph_of(request.path)}")
            if request.method not in READING:
                assert answer.status == 405
                assert "wijzigen kan hier niet" in answer.text
                continue
            assert not left_out
            assert answer.status in request.codes
            if request.content:
                got = rdflib.Graph().parse(data=answer.text, format="turtle", publicID="x:")
                wanted = rdflib.Graph().parse(data=request.content, format="turtle", publicID="x:")

                assert "text/turtle; charset=utf-8" == answer.headers["content-type"]
                assert isomorphic(wanted, got)


@cases("http-rdf-update")
def test_a_graph_is_read_as_the_older_tests_of_w3c_want_it(case: Case) -> None:
    holds(case, case.name in LEFT_OUT["http-rdf-update"])


@cases("graph-store-protocol")
def test_a_graph_is_read_as_w3c_wants_it(case: Case) -> None:
    holds(case, left_out=False)


def test_only_tests_that_exist_and_only_write_are_left_out() -> None:
    for group, left_out in LEFT_OUT.items():
        known = {case.name: case for case in CASES[group]}

        assert left_out.keys() <= known.keys()
        for name in left_out:
            assert known[name].requests[0].method in {"PUT", "POST", "DELETE"}


def test_the_suite_is_as_large_as_when_it_was_last_looked_at() -> None:
    sizes = {group: len(found) for group, found in CASES.items()}

    assert {"protocol": 34, "http-rdf-update": 18, "graph-store-protocol": 13} == sizes


# SPARQL 1.1 Service Description, section 3: from what to what each property goes.
SCHEMA: dict[rdflib.term.Node, tuple[rdflib.URIRef, rdflib.URIRef | None]] = {
    SD.endpoint: (SD.Service, None),
    SD.supportedLanguage: (SD.Service, SD.Language),
    SD.resultFormat: (SD.Service, None),
    SD.defaultDataset: (SD.Service, SD.Dataset),
    SD.availableGraphs: (SD.Service, SD.GraphCollection),
    SD.defaultGraph: (SD.Dataset, SD.Graph),
    SD.namedGraph: (SD.GraphCollection, SD.NamedGraph),
    SD.name: (SD.NamedGraph, None),
    SD.graph: (SD.NamedGraph, SD.Graph),
}
INSTANCES: dict[rdflib.term.Node, rdflib.URIRef] = {SD.SPARQL11Query: SD.Language}


@pytest.fixture(scope="module")
def described() -> Iterator[tuple[Running, Answer]]:
    store = ox.Store()
    store.load(input="<x:g> { <x:a> <x:b> <x:c> }", format=ox.RdfFormat.TRIG)
    with running(store) as service:
        yield service, service.get("/sparql", accept="*/*")


def test_service_description_returns_rdf(described: tuple[Running, Answer]) -> None:
    _, answer = described

    assert 200 == answer.status
    assert answer.kind in GRAPHS
    assert rdflib.Graph().parse(answer.content, format=answer.kind)


def test_service_description_has_endpoint_triple(described: tuple[Running, Answer]) -> None:
    service, answer = described
    found = rdflib.Graph().parse(answer.content, format=answer.kind)

    assert [rdflib.URIRef(service.sparql)] == list(found.objects(None, SD.endpoint))


def test_service_description_conforms_to_schema(described: tuple[Running, Answer]) -> None:
    _, answer = described
    found = rdflib.Graph().parse(answer.content, format=answer.kind)
    used = [(s, p, o) for s, p, o in found if str(p).startswith(str(SD))]

    assert {p for _, p, _ in used} == SCHEMA.keys()
    for s, p, o in used:
        domain, target = SCHEMA[p]

        assert (s, rdflib.RDF.type, domain) in found
        assert isinstance(o, rdflib.URIRef)
        assert target is None or target in {INSTANCES.get(o), *found.objects(o, rdflib.RDF.type)}


def test_every_test_of_the_service_description_is_above() -> None:
    _, entries = manifest(SUITE / "service-description" / "manifest.ttl")
    ours = {name.removeprefix("test_service_description_") for name in globals()}

    assert {local(test).replace("-", "_") for test in entries} <= ours
