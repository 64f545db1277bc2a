"""A data portal can read what there is: no rule of DCAT-AP-NL is broken, and VoID counts."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pyshacl
import pytest
from conftest import MINI, ROOT
from kadernota.asking.questions import questions
from kadernota.linking.catalog import catalog
from kadernota.model import Loaded, Sources
from kadernota.pipeline import load
from kadernota.publishing.downloads import turtle
from kadernota.publishing.views import Views
from kadernota.sources import read
from rdflib import DCAT, DCTERMS, FOAF, RDF, SH, Graph, URIRef
from test_pages import files_of

if TYPE_CHECKING:
    from rdflib.term import Node

PROFILE = ROOT.parent / "shared" / "standaarden" / "dcat-ap-nl-3.0.0"
VOID = "http://rdfs.org/ns/void#"
BASE = "https://w3id.org/kadernota/id/gm0637/catalogus"
MUNICIPALITY = URIRef("https://identifier.overheid.nl/tooi/id/gemeente/gm0637")
# Recommended, and left out: a static site has no service to ask a file of.
LEFT_OUT = {(DCAT.Distribution, DCAT.accessService)}


def catalog_of(sources: Sources) -> Graph:
    loaded = load(sources)
    assert isinstance(loaded, Loaded)
    made = catalog(Views(loaded), questions(sources.queries)[0])
    return Graph().parse(data=turtle(made), format="turtle")


@pytest.fixture(scope="module")
def found(sources: Sources) -> Graph:
    return catalog_of(sources)


@pytest.fixture(scope="module")
def files(sources: Sources) -> dict[str, bytes]:
    return files_of(sources)


@pytest.fixture(scope="module")
def profile() -> Graph:
    """Every shape of the profile; the two about optionality say nothing that can be broken."""
    if not PROFILE.is_dir():
        pytest.skip("the shapes of DCAT-AP-NL are not beside this repository")
    shapes = Graph()
    for path in sorted(PROFILE.glob("*SHACL*.ttl")):
        shapes.parse(path)
    return shapes


def results(data: Graph, shapes: Graph) -> Counter[tuple[Node | None, Node | None, Node | None]]:
    """What the profile says: how bad, of which class, about which property."""
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none", advanced=True)
    assert isinstance(report, Graph)
    return Counter(
        (
            report.value(one, SH.resultSeverity),
            class_of(report.value(one, SH.focusNode), data),
            report.value(one, SH.resultPath),
        )
        for one in report.subjects(RDF.type, SH.ValidationResult)
    )


def class_of(node: Node | None, data: Graph) -> Node | None:
    """What VoID calls it as well is a data set of the catalogue."""
    return next((t for t in data.objects(node, RDF.type) if VOID not in str(t)), None)


def test_the_catalogue_breaks_no_rule_of_the_profile(found: Graph, profile: Graph) -> None:
    said = results(found, profile)

    assert {(SH.Warning, *about) for about in LEFT_OUT} == set(said)
    assert len(set(found.subjects(RDF.type, DCAT.Distribution))) == sum(said.values())


def test_what_the_profile_demands_is_missed_when_it_is_not_there(
    found: Graph, profile: Graph
) -> None:
    dropped = [
        (DCAT.Catalog, DCAT.contactPoint),
        (DCAT.Dataset, DCTERMS.creator),
        (DCAT.Dataset, DCAT.landingPage),
        (DCAT.Distribution, DCTERMS.license),
        (FOAF.Agent, FOAF.name),
    ]
    poorer = Graph() + found
    for cls, path in dropped:
        for one in found.subjects(RDF.type, cls):
            poorer.remove((one, path, None))
    lost = {(about[1], about[2]) for about in results(poorer, profile)} - LEFT_OUT

    assert set(dropped) == lost


def test_every_file_of_the_catalogue_is_on_the_site(found: Graph, files: dict[str, bytes]) -> None:
    urls = [str(url) for url in found.objects(None, DCAT.downloadURL)]
    paths = [url.removeprefix("https://w3id.org/kadernota/id/gm0637/") for url in urls]

    assert len(paths) == len(set(paths)) >= 64 + 10
    assert [] == [path for path in paths if path not in files]
    for short, media in (
        ("ttl", "text/turtle"),
        ("csv", "text/csv"),
        ("nq", "application/n-quads"),
    ):
        kinds = {
            str(found.value(found.value(None, DCAT.downloadURL, URIRef(url)), DCAT.mediaType))
            for url in urls
            if url.endswith(f".{short}")
        }
        assert {f"https://www.iana.org/assignments/media-types/{media}"} == kinds


def test_the_publisher_is_the_municipality_under_the_name_that_the_data_give(found: Graph) -> None:
    assert {MUNICIPALITY} == set(found.objects(None, DCTERMS.publisher))
    assert "Gemeente Zoetermeer" == str(found.value(MUNICIPALITY, FOAF.name))


def test_the_counts_of_each_graph_are_those_of_the_file_that_has_it(
    found: Graph, files: dict[str, bytes]
) -> None:
    graphs = set(found.objects(URIRef(f"{BASE}#kennisbank"), URIRef(f"{VOID}subset")))
    assert 4 == len(graphs)
    for graph in graphs:
        dump = str(found.value(graph, URIRef(f"{VOID}dataDump")))
        triples = Graph().parse(data=files[dump.partition("gm0637/")[2]], format="turtle")
        counted = found.value(graph, URIRef(f"{VOID}triples"))
        assert counted is not None
        assert len(triples) == counted.toPython(), graph  # type: ignore[attr-defined]


def test_the_smallest_knowledge_base_has_a_catalogue_too(profile: Graph) -> None:
    said = results(catalog_of(read(MINI)), profile)

    assert {(SH.Warning, *about) for about in LEFT_OUT} == set(said)
