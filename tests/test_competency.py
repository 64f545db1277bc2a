"""What the model can say is asked for: each class and property is in some question."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from kadernota.names import KN, TYPE
from kadernota.triples import value_of

if TYPE_CHECKING:
    from kadernota.model import Loaded, Sources

OWL = "http://www.w3.org/2002/07/owl#"
KINDS = {OWL + kind for kind in ("Class", "ObjectProperty", "DatatypeProperty")}
KINDS.add(OWL + "AnnotationProperty")
# Not named in a question, but asked for from the other side, by the inverse that is named.
INVERSE = {
    "deelnemer": "neemtDeelAan",
    "onderdeel": "onderdeelVan",
    "overleg": "overlegVan",
    "steuntOp": "gebruiktBij",
}
COMMENT = re.compile(r"(?m)(?:^|(?<=\s))#.*$")


@pytest.fixture(scope="module")
def named(sources: Sources) -> set[str]:
    """The terms of the model that a pattern of a question names; words in a comment do not ask."""
    patterns = (COMMENT.sub("", f.content.decode()) for f in sources.queries)
    return {name for text in patterns for name in re.findall(r"\bkn:(\w+)", text)}


@pytest.fixture(scope="module")
def terms(loaded: Loaded) -> set[str]:
    """The classes and properties that the ontology declares."""
    return {
        value_of(t.subject).removeprefix(KN)
        for t in loaded.ontology.items
        if t.predicate.value == TYPE and value_of(t.object) in KINDS
        if value_of(t.subject).startswith(KN)
    }


def test_every_class_and_every_property_is_asked_for(named: set[str], terms: set[str]) -> None:
    assert set() == terms - named - set(INVERSE)


def test_what_is_asked_for_from_the_other_side_has_an_inverse_that_is_named(
    named: set[str], loaded: Loaded
) -> None:
    pairs = {
        frozenset((value_of(t.subject), value_of(t.object)))
        for t in loaded.ontology.items
        if t.predicate.value == OWL + "inverseOf"
    }

    assert set() == named & set(INVERSE)
    assert set(INVERSE.values()) <= named
    assert {frozenset((KN + one, KN + other)) for one, other in INVERSE.items()} <= pairs


def test_a_question_names_only_what_the_model_has(named: set[str], terms: set[str]) -> None:
    assert set() == named - terms
