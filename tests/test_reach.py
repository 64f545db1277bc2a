"""What a rule looks at: the ground on which findings are certain, or still hold after an edit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from kadernota.checking.patterns import ANY, Sight, sights
from kadernota.checking.reach import PAIRS, QUIET, SHAPE_LISTS, SHAPES, foreign, reaches
from kadernota.names import KN, SH, TYPE

if TYPE_CHECKING:
    from kadernota.model import Loaded

HERE = "https://w3id.org/kadernota/shapes#"


def test_every_word_of_shacl_that_a_shape_uses_is_known_to_look_near_or_far(
    loaded: Loaded,
) -> None:
    words = {t.predicate.value for t in loaded.shapes.items if t.predicate.value.startswith(SH)}
    apart = {SH + w for w in ("class", "sparql", "select", "prefixes", "declare", "prefix")}

    assert set() == words - QUIET - PAIRS - SHAPES - SHAPE_LISTS - apart - {SH + "namespace"}


@pytest.mark.parametrize(
    ("rule", "reads"),
    [
        ("Ding-naam", {(0, "http://www.w3.org/2004/02/skos/core#prefLabel")}),
        ("Kadernota-beginVoorEinde", {(0, KN + "begin"), (0, KN + "einde")}),
        ("Ding-speerpunt", {(0, KN + "speerpunt"), (1, TYPE)}),
        ("Speerpunt-nieuw", {(0, KN + "vergelijking"), (0, KN + "volgtOp")}),
        ("Indicator-procent", {(0, KN + "eenheid"), (0, KN + "meting"), (1, KN + "waarde")}),
        ("Indicator-bijVastgesteld", {(0, KN + "bij"), (1, TYPE), (1, KN + "status")}),
    ],
)
def test_a_rule_reads_what_its_shape_names(
    rule: str, reads: set[tuple[int, str]], loaded: Loaded
) -> None:
    found = reaches(loaded.shapes)[HERE + rule]

    assert (frozenset(reads), False) == (found.reads, found.afar)


def test_a_sparql_rule_that_starts_from_another_thing_looks_afar(loaded: Loaded) -> None:
    found = reaches(loaded.shapes)

    assert found[HERE + "Effectindicator-enige"].afar
    assert not found[HERE + "Ding-herkomst"].afar


def test_what_others_say_can_give_a_thing_a_property_along_any_kind_of_axiom(
    loaded: Loaded,
) -> None:
    found = foreign(loaded.ontology, loaded.rules)
    derived = {t.predicate.value for t in loaded.inferred.items}

    assert {KN + "onderdeelVan", KN + "werktAan", KN + "dient", KN + "metingVan"} <= found
    assert TYPE not in found
    assert derived - found  # what a thing says itself also gives it more


def test_every_pattern_of_a_query_is_seen_however_deep_it_stands() -> None:
    query = """PREFIX x: <x:> SELECT $this {
      $this x:a|x:b ?c ; a x:C .
      ?d ^x:e/x:f ?g .
      OPTIONAL { { $this x:h ?i } UNION { ?j x:k* ?l } }
      FILTER NOT EXISTS { $this x:m ?n . FILTER NOT EXISTS { ?o ?p ?q } }
      { SELECT ?r { ?r x:s ?t } }
    }"""
    found = set(sights(query))

    assert {
        Sight("this", frozenset({"x:a", "x:b"}), one=True),
        Sight("this", frozenset({TYPE}), one=True),
        Sight("d", frozenset({"x:e", "x:f"}), one=False),
        Sight("this", frozenset({"x:h"}), one=True),
        Sight("j", frozenset({ANY}), one=False),
        Sight("this", frozenset({"x:m"}), one=True),
        Sight("o", frozenset({ANY}), one=False),
        Sight("r", frozenset({"x:s"}), one=True),
    } == found
