"""Many mistakes at once: each is reported, and nothing that only follows from another."""

from __future__ import annotations

from functools import cache, reduce

from conftest import MINI
from faults import Fault, faults
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from kadernota.checking.certain import near
from kadernota.checking.reach import reaches
from kadernota.model import Loaded, Sources
from kadernota.names import KNSH
from kadernota.pipeline import check, load, load_with_holes
from kadernota.sources import read

FAULTS = [f for f in faults() if f.head["breaks"].startswith(("invoer:", "knsh:"))]
# What a fault says when it is alone is tested with the faults: this rule, in this file, no more.
ALONE = {f.name: (f.path, f.head["breaks"]) for f in FAULTS}


@cache
def mini() -> Sources:
    return read(MINI)


@cache
def rules_that_wait() -> tuple[set[str], set[str]]:
    """The rules that wait for the form, and those that compare things from afar."""
    loaded = load(mini())
    assert isinstance(loaded, Loaded)
    every = reaches(loaded.shapes)
    sure = near(every, loaded.ontology, loaded.rules)
    wait = {"knsh:" + rule.removeprefix(KNSH) for rule in every if rule not in sure}
    return wait, {"knsh:" + rule.removeprefix(KNSH) for rule, r in every.items() if r.afar}


def together(chosen: list[Fault]) -> set[tuple[str, str]]:
    sources = reduce(lambda before, fault: fault.into(before), chosen, mini())
    found = load_with_holes(sources)
    problems = check(found).problems if isinstance(found, Loaded) else found
    return {(p.place.file, p.rule) for p in problems}


def places(fault: Fault) -> set[str]:
    """The files that a fault adds or takes the place of, without their ending."""
    taken = fault.head.get("replaces")
    return {fault.path.rpartition(".")[0], *([f"data/{taken}"] if taken else [])}


def hidden(fault: Fault, chosen: list[Fault]) -> bool:
    """Whether a fault is about a thing in a file that has a mistake in form."""
    broken = (f for f in chosen if f.head["breaks"].startswith("invoer:"))
    gone = {spot.removeprefix("data/").encode() for f in broken for spot in places(f)}
    return any(address in fault.content for address in gone)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(FAULTS), min_size=2, max_size=6, unique_by=lambda f: f.name))
def test_of_many_mistakes_each_is_reported_and_nothing_else(chosen: list[Fault]) -> None:
    spots = [spot for fault in chosen for spot in places(fault)]
    assume(len(spots) == len(set(spots)))
    wait, compare = rules_that_wait()
    found, each = together(chosen), {ALONE[f.name] for f in chosen}
    more = found - each
    assume("invoer:dubbel-ding" not in {rule for _, rule in more})  # they describe one thing
    form = any(rule.startswith("invoer:") for _, rule in each)
    clash = set() if form else {(file, rule) for file, rule in more if rule in compare}
    must = {ALONE[f.name] for f in chosen if not hidden(f, chosen)}

    assert set() == more - clash
    assert set() == {(file, rule) for file, rule in must - found if not (form and rule in wait)}


def test_a_rule_mistake_is_told_beside_a_mistake_in_form() -> None:
    chosen = [f for f in FAULTS if f.name in {"invoer/tab.yaml", "begrippen/zonder-definitie.yaml"}]

    assert {ALONE[f.name] for f in chosen} == together(chosen)
    assert 2 == len(chosen)
