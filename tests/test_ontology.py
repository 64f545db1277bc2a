"""Every term is declared, explained, used by data and by a rule or a question."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox
from kadernota.names import KN, LISTS, OWL, RDF, RDFS, SKOS, TYPE
from kadernota.reading.form import terms
from kadernota.triples import value_of

if TYPE_CHECKING:
    from kadernota.model import Loaded, Sources

KINDS = [OWL + k for k in ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")]


def declared(loaded: Loaded) -> set[str]:
    return {
        s
        for s in loaded.ontology.index
        if s.startswith(KN) and set(KINDS) & set(loaded.ontology.values(s, TYPE))
    }


def served(loaded: Loaded, terms_: set[str]) -> set[str]:
    """The terms, and those that the axioms of these terms need to derive anything."""
    found, size = set(terms_), -1
    axioms = {RDFS + "subPropertyOf", RDFS + "subClassOf", OWL + "inverseOf"}
    while size != len(found):
        size = len(found)
        for t in loaded.ontology.items:
            subject, obj = value_of(t.subject), value_of(t.object)
            if t.predicate.value in axioms and obj in found:
                found.add(subject)
            if t.predicate.value == OWL + "inverseOf" and subject in found:
                found.add(obj)
            if t.predicate.value == OWL + "propertyChainAxiom" and subject in found:
                found.update(chain(loaded, obj))
    return found


def chain(loaded: Loaded, node: str) -> list[str]:
    members = []
    while node and not node.endswith("#nil"):
        members.append(loaded.ontology.one(node, RDF + "first"))
        node = loaded.ontology.one(node, RDF + "rest")
    return members


def used_by_data(loaded: Loaded) -> set[str]:
    everything = (*loaded.asserted.items, *loaded.inferred.items)
    lists = [t for t in loaded.ontology.items if value_of(t.subject).startswith(LISTS)]
    found = {t.predicate.value for t in (*everything, *lists)}
    found |= {value_of(t.object) for t in (*everything, *lists) if t.predicate.value == TYPE}
    return {term for term in found if term.startswith(KN) and term != KN}


def used_by_engine(loaded: Loaded, sources: Sources) -> set[str]:
    """Terms named in a shape or a question."""
    found = {value_of(o) for t in loaded.shapes.items for o in (t.predicate, t.object)}
    for file in sources.queries:
        found |= {KN + name for name in re.findall(r"\bkn:(\w+)", file.content.decode())}
    return {term for term in found if term.startswith(KN) and term != KN}


# Terms about terms: the engine itself reads them, data never do.
ABOUT = {KN + "map", KN + "herkomst", KN + "Herkomst"}


def test_every_term_is_used_by_data_and_by_a_shape_or_a_question(
    loaded: Loaded, sources: Sources
) -> None:
    terms_ = declared(loaded) - ABOUT

    assert [] == sorted(terms_ - used_by_data(loaded))
    assert [] == sorted(terms_ - served(loaded, used_by_engine(loaded, sources)))


def test_nothing_undeclared_is_used(loaded: Loaded, sources: Sources) -> None:
    assert [] == sorted(used_by_data(loaded) - declared(loaded))
    assert [] == sorted(used_by_engine(loaded, sources) - declared(loaded))
    keys = {t.path for t in terms(sources.context).values() if t.path.startswith(KN)}
    assert [] == sorted(keys - declared(loaded))


def test_every_term_has_a_label_and_a_definition_in_two_languages(loaded: Loaded) -> None:
    lacking = [
        (term, predicate)
        for term in sorted(declared(loaded))
        for predicate in (RDFS + "label", SKOS + "definition")
        if {"nl", "en"}
        != {getattr(o, "language", "") for o in loaded.ontology.objects(term, predicate)}
    ]

    assert [] == lacking


def test_no_two_terms_share_a_label(loaded: Loaded) -> None:
    for kinds in (KINDS[:1], KINDS[1:3]):
        seen: dict[str, str] = {}
        for term in sorted(declared(loaded)):
            if set(kinds) & set(loaded.ontology.values(term, TYPE)):
                label = loaded.ontology.one(term, RDFS + "label")
                assert seen.setdefault(label, term) == term


def test_the_ontology_infers_nothing_by_domain_or_range(loaded: Loaded) -> None:
    used = {t.predicate.value for t in loaded.ontology.items}

    assert used.isdisjoint({RDFS + "domain", RDFS + "range", OWL + "equivalentClass"})


def test_every_list_value_has_a_list_a_name_and_a_definition(loaded: Loaded) -> None:
    onto = loaded.ontology
    for value in onto.subjects(TYPE, SKOS + "Concept"):
        assert onto.values(value, SKOS + "inScheme") == [value.rpartition("/")[0]]
        for predicate in (SKOS + "prefLabel", SKOS + "definition"):
            assert {"nl", "en"} == {
                getattr(o, "language", "") for o in onto.objects(value, predicate)
            }


def test_every_prefix_means_the_same_everywhere(sources: Sources) -> None:
    declared_in = re.compile(r"(?:@prefix|PREFIX)\s+([\w-]*):\s*<([^>]*)>", re.IGNORECASE)
    meanings: dict[str, set[str]] = {}
    for file in (
        *sources.ontology,
        *sources.shapes,
        *sources.queries,
        *sources.rules,
        *sources.data,
    ):
        if file.path.endswith((".ttl", ".rq", ".ru")):
            for prefix, iri in declared_in.findall(file.content.decode()):
                meanings.setdefault(prefix, set()).add(iri)

    assert {} == {p: iris for p, iris in meanings.items() if len(iris) > 1 and p}


def test_every_object_property_links_things_and_every_other_property_holds_text(
    loaded: Loaded,
) -> None:
    for t in loaded.asserted.items:
        kinds = loaded.ontology.values(t.predicate.value, TYPE)
        if OWL + "ObjectProperty" in kinds:
            assert isinstance(t.object, ox.NamedNode), t
        elif OWL + "DatatypeProperty" in kinds:
            assert isinstance(t.object, ox.Literal), t
