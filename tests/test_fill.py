"""Values stand in the SPARQL itself, so that what is copied gives the same answer elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from kadernota import names
from kadernota.asking.ask import answer, asked, store
from kadernota.asking.fill import filled, opening
from kadernota.asking.questions import questions

if TYPE_CHECKING:
    from kadernota.asking.ask import Answer
    from kadernota.asking.questions import Parameter
    from kadernota.model import Loaded, Sources

A = ox.NamedNode("https://example.org/a")
SAMPLE = 12  # of the things that can be chosen, spread over all
WRITTEN = {
    "date": ("2024-01-01", "2019-06-30"),
    "gYear": ("2024", "1999"),
    "integer": ("1", "2", "77"),
    "boolean": ("true", "false"),
    "string": ("leeftijd", "partners/riec"),
}


def select(graph: ox.Store, sparql: str, **given: ox.NamedNode | ox.Literal) -> Answer:
    found = graph.query(sparql, substitutions={ox.Variable(k): v for k, v in given.items()})
    assert isinstance(found, ox.QuerySolutions)
    return answer(found)


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT ?a { ?a ?b ?c }",
        'SELECT ?a (IF(EXISTS { ?a ?b "{" }, 1, 2) AS ?d) # {\nWHERE { ?a ?b ?c }',
        "PREFIX a: <https://a.example/{> SELECT ?a WHERE { ?a ?b ?c }".replace("{>", "%7B>"),
    ],
)
def test_a_value_goes_at_the_beginning_of_the_pattern(sparql: str) -> None:
    assert sparql[opening(sparql) :] == " ?a ?b ?c }"
    assert filled(sparql, {"a": A}).endswith(f"{{\n  VALUES ?a {{ {A} }} ?a ?b ?c }}")


def test_without_a_value_the_query_is_as_it_was() -> None:
    assert filled("SELECT ?a { ?a ?b ?c }", {}) == "SELECT ?a { ?a ?b ?c }"


@given(st.text())
def test_a_value_is_never_more_than_a_value(text: str) -> None:
    graph = ox.Store()
    graph.extend(ox.Quad(A, A, ox.Literal(words)) for words in (text, text + "x"))

    found = select(graph, filled("SELECT ?a ?c { ?a ?b ?c }", {"c": ox.Literal(text)}))

    assert found.rows == ((A, ox.Literal(text)),)


def test_every_question_gives_what_its_variables_would_when_bound(
    loaded: Loaded, sources: Sources
) -> None:
    """The oracle is the store itself, which can bind variables before it answers."""
    graph, different, compared = store(loaded), [], 0
    for question in questions(sources.queries)[0]:
        for parameter in question.parameters:
            for term in some(parameter, loaded):
                compared += 1
                bound = select(graph, question.sparql, **{parameter.name: term})
                if bound != select(graph, filled(question.sparql, {parameter.name: term})):
                    different.append((question.name, term))

    assert compared > 300
    assert different == []


def some(parameter: Parameter, loaded: Loaded) -> list[ox.NamedNode | ox.Literal]:
    if not parameter.cls:
        words = WRITTEN[parameter.datatype.removeprefix(names.XSD)]
        return [ox.Literal(w, datatype=ox.NamedNode(parameter.datatype)) for w in words]
    things = sorted(set(loaded.closed.subjects(names.TYPE, parameter.cls)))
    return [ox.NamedNode(t) for t in things[:: max(1, len(things) // SAMPLE)]]


def test_what_is_asked_can_be_asked_anywhere(loaded: Loaded, sources: Sources) -> None:
    found = {q.name: q for q in questions(sources.queries)[0]}

    sparql = asked(found["partners-per-speerpunt"], {"speerpunt": "extremisme"}, loaded)

    base = loaded.settings.base
    assert f"VALUES ?speerpunt {{ <{base}speerpunten/extremisme" in sparql
    assert 'VALUES ?ookIndirect { "false"^^<http://www.w3.org/2001/XMLSchema#boolean> }' in sparql
