"""Glossary and lists keep to NL-SBB, the Dutch profile of SKOS; its warnings too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyshacl
import pytest
from conftest import MINI, ROOT
from kadernota.linking.skos import glossary
from kadernota.linking.vocabulary import lists
from kadernota.model import Loaded
from kadernota.names import KN, LISTS, TYPE
from kadernota.pipeline import load
from kadernota.publishing.downloads import turtle
from kadernota.publishing.views import Views
from kadernota.sources import read
from rdflib import DCTERMS, RDF, SH, SKOS, Graph, Literal, URIRef

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyoxigraph as ox
    from rdflib.term import Node

PROFILE = ROOT.parent / "shared" / "standaarden" / "nl-sbb-1.0.0" / "skos-ap-nl.ttl"
SCHEME = URIRef("https://w3id.org/kadernota/id/gm0637/begrippen")


@pytest.fixture(scope="module")
def profile() -> Graph:
    if not PROFILE.is_file():
        pytest.skip("the shapes of NL-SBB are not beside this repository")
    return Graph().parse(PROFILE)


def graph(triples: Iterable[ox.Triple]) -> Graph:
    return Graph().parse(data=turtle(triples), format="turtle")


@pytest.fixture(scope="module")
def concepts(loaded: Loaded) -> Graph:
    return graph(glossary(Views(loaded)))


@pytest.fixture(scope="module")
def values(loaded: Loaded) -> Graph:
    return graph(lists(loaded))


def results(data: Graph, shapes: Graph) -> set[tuple[Node | None, Node | None, Node | None]]:
    """What the profile says, of what, and about which property."""
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none", advanced=True)
    assert isinstance(report, Graph)
    return {
        (
            report.value(one, SH.resultSeverity),
            report.value(one, SH.focusNode),
            report.value(one, SH.resultPath),
        )
        for one in report.subjects(RDF.type, SH.ValidationResult)
    }


def test_the_glossary_breaks_nothing_and_gets_no_warning(concepts: Graph, profile: Graph) -> None:
    assert set() == results(concepts, profile)


def test_the_lists_break_nothing_and_get_no_warning(values: Graph, profile: Graph) -> None:
    assert set() == results(values, profile)


def test_the_glossary_of_the_smallest_knowledge_base_is_right_too(profile: Graph) -> None:
    mini = load(read(MINI))
    assert isinstance(mini, Loaded)

    assert set() == results(graph(glossary(Views(mini))), profile)


def test_what_the_profile_forbids_is_seen(concepts: Graph, profile: Graph) -> None:
    wrong = Graph() + concepts
    lost, elsewhere = (URIRef(f"{SCHEME}/{word}") for word in ("ransomware", "phishing"))
    wrong.remove((lost, SKOS.definition, None))
    wrong.add((elsewhere, SKOS.inScheme, Literal("begrippen")))
    wrong.remove((SCHEME, DCTERMS.title, None))
    said = {about for about in results(wrong, profile) if about[0] == SH.Violation}

    assert {
        (SH.Violation, lost, SKOS.definition),
        (SH.Violation, elsewhere, SKOS.inScheme),
    } == said
    assert (SH.Warning, SCHEME, DCTERMS.title) in results(wrong, profile)


def test_the_glossary_has_every_concept_with_what_people_wrote(
    loaded: Loaded, concepts: Graph
) -> None:
    written = set(loaded.asserted.subjects(TYPE, KN + "Begrip"))
    shown = {str(s) for s in concepts.subjects(SKOS.inScheme, SCHEME)}
    ransomware = URIRef(f"{SCHEME}/ransomware")
    source = (ROOT / "data/begrippen/ransomware.yaml").read_text()

    assert written == shown
    assert str(concepts.value(ransomware, SKOS.definition)) in source
    assert {(o, SKOS.related, s) for s, o in concepts.subject_objects(SKOS.related)} == set(
        concepts.triples((None, SKOS.related, None))
    )


def test_the_lists_have_every_value_that_the_data_use(loaded: Loaded, values: Graph) -> None:
    known = {str(s) for s in values.subjects(SKOS.inScheme, None)}
    used = {iri for iri in loaded.asserted.inverse if iri.startswith(LISTS)}

    assert len(used) > 50
    assert set() == used - known
