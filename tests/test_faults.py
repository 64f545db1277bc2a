"""Every rule has a fault that breaks it, and every fault breaks the one rule it names."""

from __future__ import annotations

from functools import reduce
from pathlib import Path

import pyshacl
import pytest
from conftest import MINI, ROOT
from faults import Fault, faults
from kadernota.checking.record import Result, pyshacl_on, rdflib_graph, with_pyshacl
from kadernota.checking.report import whole
from kadernota.checking.validate import flat, rules, with_store
from kadernota.model import File, Loaded, Sources
from kadernota.names import KNSH, SH
from kadernota.pipeline import check, load
from kadernota.reading.graph import load as load_turtle
from kadernota.sources import read
from kadernota.triples import Triples, value_of

FORM = [f for f in faults() if f.head.get("breaks", "").startswith("invoer:")]
SHAPE = [f for f in faults() if f.head.get("breaks", "").startswith("knsh:")]


@pytest.fixture(scope="session")
def mini() -> Sources:
    return read(MINI)


def test_the_smallest_knowledge_base_breaks_no_rule(mini: Sources) -> None:
    loaded = load(mini)
    assert isinstance(loaded, Loaded), loaded
    report = check(loaded)

    assert () == report.problems


@pytest.mark.parametrize("fault", SHAPE, ids=lambda f: f.name)
def test_a_fault_breaks_the_rule_it_names_and_no_other(fault: Fault, mini: Sources) -> None:
    problems = fault.problems(mini)

    assert [fault.head["breaks"]] == sorted({p.rule for p in problems})
    assert {fault.path} == {p.place.file for p in problems}
    assert set(fault.places) == {(p.place.line, p.place.column) for p in problems}
    assert all(p.message for p in problems)


def test_every_rule_has_a_fault_that_breaks_it(mini: Sources) -> None:
    every = {"knsh:" + r.removeprefix(KNSH) for r in rules(load_turtle(mini.shapes))}

    assert every == {f.head["breaks"] for f in SHAPE}


def test_every_file_under_faults_is_a_fault_that_says_why() -> None:
    assert [] == [f.name for f in faults() if not {"breaks", "because"} <= set(f.head)]
    assert len(FORM) >= 30


@pytest.mark.parametrize("fault", FORM, ids=lambda f: f.name)
def test_bad_input_gives_one_error_with_its_place_and_remedy(fault: Fault, mini: Sources) -> None:
    problems = fault.problems(mini)
    said = [
        f"{p.place.file}:{p.place.line}:{p.place.column}  {p.key}  {whole(p)}" for p in problems
    ]

    assert [fault.head["breaks"]] == [p.rule for p in problems]
    assert [f"{fault.path}:{fault.head['message']}"] == said


@pytest.mark.parametrize("fault", [f for f in faults() if f.right], ids=lambda f: f.name)
def test_what_a_fault_says_is_right_mends_it(fault: Fault, mini: Sources) -> None:
    assert fault.problems(mini)
    assert () == fault.mended().problems(mini)


def test_every_shacl_term_exists(mini: Sources) -> None:
    vocabulary = Path(pyshacl.__file__).parent / "assets" / "shacl.ttl"
    known = load_turtle((File("shacl.ttl", vocabulary.read_bytes()),)).index
    used = {
        term
        for t in load_turtle(mini.shapes).items
        for term in (str(t.predicate.value), str(getattr(t.object, "value", "")))
        if term.startswith(SH)
    }

    assert set() == used - set(known)


def test_every_rule_says_in_two_languages_what_to_do(mini: Sources) -> None:
    shapes = load_turtle(mini.shapes)
    lacking = [
        rule
        for rule in rules(shapes)
        if {"nl", "en"}
        != {getattr(o, "language", "") for o in shapes.objects(rule, SH + "message")}
    ]

    assert [] == lacking


def asked_of_the_store() -> list[Fault]:
    """The faults of rules that are SPARQL: those that pySHACL does not check in a normal run."""
    shapes = load_turtle(read(ROOT).shapes)
    sparql = {"knsh:" + s.removeprefix(KNSH) for s in shapes.subjects_of(SH + "sparql")}
    return [f for f in SHAPE if f.head["breaks"] in sparql]


def both_ways(loaded: Loaded, shapes: Triples) -> tuple[set[Result], set[Result]]:
    ours = with_pyshacl(loaded.closed, flat(shapes)) | with_store(loaded.closed, shapes)
    return ours, with_pyshacl(loaded.closed, shapes)


def alone(rule: str, shapes: Triples) -> Triples:
    """The shapes without the other rules."""
    others = {*rules(shapes)} - {rule}
    own = (t for t in shapes.items if value_of(t.subject) not in others)
    return Triples.of(t for t in own if t.predicate.value != SH + "property")


def test_on_the_real_data_we_find_what_pyshacl_finds(loaded: Loaded) -> None:
    ours, record = both_ways(loaded, loaded.shapes)

    assert record == ours


@pytest.mark.parametrize("fault", asked_of_the_store(), ids=lambda f: f.name)
def test_on_a_fault_of_a_sparql_rule_we_find_what_pyshacl_finds(
    fault: Fault, mini: Sources
) -> None:
    loaded = load(fault.into(mini))
    assert isinstance(loaded, Loaded)
    rule = fault.head["breaks"].replace("knsh:", KNSH)
    shapes = alone(rule, loaded.shapes)
    record = pyshacl_on(loaded.closed.items, rdflib_graph(shapes.items))

    assert {rule} == {result.shape for result in record}
    assert record == with_store(loaded.closed, shapes)


def test_on_all_these_faults_together_we_find_what_pyshacl_finds(mini: Sources) -> None:
    loaded = load(reduce(lambda sources, fault: fault.into(sources), asked_of_the_store(), mini))
    assert isinstance(loaded, Loaded)
    ours, record = both_ways(loaded, loaded.shapes)

    assert 10 < len({result.shape for result in record})
    assert record == ours
