"""Our rules derive what OWL says, no more and no less; owlrl is the oracle."""

from __future__ import annotations

from typing import TYPE_CHECKING

import owlrl
import pyoxigraph as ox
import rdflib
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from kadernota.asking.explain import Explainer
from kadernota.checking.reason import reason, rule, store_of
from kadernota.names import KN, TYPE
from kadernota.reading.graph import load as load_turtle
from kadernota.sources import read
from kadernota.triples import Triples, value_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kadernota.model import Loaded, Sources

ENGINE = read(ROOT)
ONTOLOGY = load_turtle(ENGINE.ontology)
RULES = tuple(rule(f) for f in ENGINE.rules)


def ours(asserted: Triples) -> set[str]:
    inferred = reason(asserted, ONTOLOGY, RULES)
    return {str(t) for t in (*asserted.items, *inferred.items) if in_our_namespace(t)}


def oracle(asserted: Triples) -> set[str]:
    graph = rdflib.Graph()
    text = "\n".join(f"{t} ." for t in (*asserted.items, *ONTOLOGY.items))
    graph.parse(data=text, format="nt")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    # owlrl also writes triples that RDF does not have, such as a literal as subject.
    lines = (
        f"{s.n3()} {p.n3()} {o.n3()} ." for s, p, o in graph if not isinstance(s, rdflib.Literal)
    )
    closed = ox.parse("\n".join(lines).encode(), format=ox.RdfFormat.N_TRIPLES, lenient=True)
    found = {q.triple for q in closed if in_our_namespace(q.triple)}
    return {str(t) for t in found - set(ONTOLOGY.items)}


def in_our_namespace(t: ox.Triple) -> bool:
    if t.predicate.value == TYPE:
        return value_of(t.object).startswith(KN)
    return t.predicate.value.startswith(KN)


def test_on_the_real_data_our_closure_is_that_of_owlrl(loaded: Loaded) -> None:
    links = Triples.of(t for t in loaded.asserted.items if isinstance(t.object, ox.NamedNode))

    assert oracle(links) == ours(links)


PROPERTIES = sorted(
    s
    for s in ONTOLOGY.index
    if s.startswith(KN)
    and "http://www.w3.org/2002/07/owl#ObjectProperty" in ONTOLOGY.values(s, TYPE)
)
CLASSES = sorted(
    s for s in ONTOLOGY.index if "http://www.w3.org/2002/07/owl#Class" in ONTOLOGY.values(s, TYPE)
)
NODES = [f"https://example.org/{n}" for n in "abcdefgh"]


def triples(links: Iterable[tuple[str, str, str]]) -> Triples:
    return Triples.of(ox.Triple(*map(ox.NamedNode, link)) for link in links)


NODE = st.sampled_from(NODES)
LINKS = st.lists(st.tuples(NODE, st.sampled_from(PROPERTIES), NODE), min_size=1, max_size=14)
TYPES = st.lists(st.tuples(NODE, st.just(TYPE), st.sampled_from(CLASSES)), max_size=4)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(LINKS, TYPES)
def test_on_generated_data_our_closure_is_that_of_owlrl(
    links: list[tuple[str, str, str]], types: list[tuple[str, str, str]]
) -> None:
    asserted = triples([*links, *types])

    assert oracle(asserted) == ours(asserted)


def test_every_derived_statement_can_be_explained_from_stated_ones(loaded: Loaded) -> None:
    explainer = Explainer(loaded.asserted, loaded.ontology, loaded.rules)
    # As the store writes them: 8.0 is 8 there.
    stated = {q.triple for q in store_of((*loaded.asserted.items, *loaded.ontology.items))}
    unexplained = []
    for t in loaded.inferred.items:
        found = explainer.explain(t)
        if found is None or not rests_on(found, stated):
            unexplained.append(t)

    assert [] == unexplained


def rests_on(found: object, stated: set[ox.Triple]) -> bool:
    because = getattr(found, "because", ())
    if not because:
        return getattr(found, "statement", None) in stated
    return all(rests_on(b, stated) for b in because)


def test_a_rule_file_of_another_shape_is_refused(sources: Sources) -> None:
    for text in ("DELETE { ?a ?b ?c } WHERE { ?a ?b ?c }", "INSERT { ?a ?b ?c } WHERE { { } }"):
        try:
            rule(type(sources.rules[0])("x.ru", text.encode()))
        except ValueError:
            continue
        raise AssertionError(text)
