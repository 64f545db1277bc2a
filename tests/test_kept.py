"""A check that keeps what did not change says, at each step, what a check from scratch says."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import pytest
from conftest import MINI
from faults import faults
from hypothesis import given, seed, settings
from hypothesis import strategies as st
from kadernota.checking.reach import reaches
from kadernota.checking.reason import reason
from kadernota.model import File, Loaded, Report, Sources
from kadernota.pipeline import check, load_with_holes
from kadernota.serve.follow import Follower
from kadernota.serve.kept import Kept
from kadernota.serve.recheck import Findings
from kadernota.serve.session import overlaid
from kadernota.sources import read
from kadernota.triples import Triples

if TYPE_CHECKING:
    from collections.abc import Callable

    import pyoxigraph as ox

FAULTS = faults()
Edit = tuple[str, int, int]


@cache
def mini() -> Sources:
    return read(MINI)


def cold(sources: Sources) -> tuple[Loaded | None, Report]:
    loaded = load_with_holes(sources)
    if not isinstance(loaded, Loaded):
        return None, Report(loaded, {}, {})
    return None if loaded.mistakes else loaded, check(loaded, sources.adopted)


def assert_the_same(kept: tuple[Loaded | None, Report], sources: Sources) -> None:
    ours, report = kept
    loaded, record = cold(sources)

    assert record == report
    assert loaded == ours
    if loaded and ours:
        for name in ("asserted", "inferred", "closed"):
            want, got = getattr(loaded, name), getattr(ours, name)

            assert want.items == got.items
            assert [*want.index.items()] == [*got.index.items()]
            assert want.inverse == got.inverse


def worded(file: File, at: int) -> File:
    """The file with other words somewhere, or with a line less: right, wrong, or no YAML at all."""
    lines = file.content.decode("utf-8", "replace").split("\n")
    n = at % len(lines)
    lines[n : n + 1] = [[], [lines[n] + " en meer"], [lines[n], lines[n]], [lines[n][:-1]]][at % 4]
    return File(file.path, "\n".join(lines).encode())


def renamed(file: File, at: int) -> File:
    folder, _, name = file.path.rpartition("/")
    return File(f"{folder}/{'abcde'[at % 5]}-{name}", file.content)


def settled(sources: Sources) -> Sources:
    """The same with another name of the municipality."""
    content = sources.settings.content.replace(b"naam: ", b"naam: X", 1)
    return replace(sources, settings=File(sources.settings.path, content))


STEPS: dict[str, Callable[[Sources, File, File, int], Sources]] = {
    "words": lambda now, file, _, at: overlaid(now, [worded(file, at)]),
    "two": lambda now, file, other, at: overlaid(now, [worded(file, at), worded(other, at + 1)]),
    "fault": lambda now, _, __, at: FAULTS[at % len(FAULTS)].into(now),
    "gone": lambda now, file, _, __: overlaid(now, [], [file.path]),
    "renamed": lambda now, file, _, at: overlaid(now, [renamed(file, at)], [file.path]),
    "copied": lambda now, file, _, at: overlaid(now, [renamed(file, at)]),
    "settings": lambda now, _, __, ___: settled(now),
}


def edited(sources: Sources, start: Sources, edit: Edit) -> Sources:
    """One step of an author: other words, a mistake, a file gone, renamed, copied or put back."""
    kind, one, at = edit
    data = sources.data or start.data
    file, other = data[one % len(data)], data[at % len(data)]
    if kind in STEPS:
        return STEPS[kind](sources, file, other, at)
    first = {f.path: f for f in start.data}
    return start if kind == "back" else overlaid(sources, [first.get(file.path, file)])


# Most steps mend, or after a few of them all would be broken.
KINDS = ["words"] * 3 + ["fault"] * 3 + ["mended"] * 4 + ["back"] * 2
KINDS += ["gone", "renamed", "copied", "two", "settings"]
EDITS = st.lists(
    st.tuples(st.sampled_from(KINDS), st.integers(0, 999), st.integers(0, 999)),
    min_size=10,
    max_size=12,
)


@pytest.mark.parametrize("share", range(5))  # 500 steps or more, shared among the cores
def test_each_step_of_editing_is_as_a_check_from_scratch(share: int) -> None:
    @seed(share)
    @settings(max_examples=10, deadline=None, derandomize=False, database=None)
    @given(edits=EDITS)
    def each_step(edits: list[Edit]) -> None:
        kept, sources = Kept(), mini()
        kept.check(sources)
        for edit in edits:
            sources = edited(sources, mini(), edit)
            assert_the_same(kept.check(sources), sources)

    each_step()


@pytest.mark.parametrize("start", range(3))
def test_each_step_of_editing_the_real_data_is_as_a_check_from_scratch(
    start: int, sources: Sources
) -> None:
    chance = random.Random(start)  # noqa: S311 - no secret
    kept, now = Kept(), sources
    kept.check(now)
    for _ in range(8):
        edit = chance.choice(KINDS), chance.randrange(9999), chance.randrange(9999)
        now = edited(now, sources, edit)
        assert_the_same(kept.check(now), now)


def test_what_follows_is_kept_up_to_date_as_if_all_were_derived_anew(loaded: Loaded) -> None:
    chance = random.Random(1)  # noqa: S311 - no secret
    follower = Follower(loaded.asserted, loaded.inferred, loaded.ontology, loaded.rules)
    given: set[ox.Triple] = {*loaded.asserted.items}
    inferred = {*loaded.inferred.items}
    away: list[ox.Triple] = []
    for size in (1, 5, 40, 300, 5, 40):
        gone = chance.sample(sorted(given, key=str), size)
        come = away[: len(away) // 2]
        lost, new = follower.change(gone, come)
        given, away = (given - {*gone}) | {*come}, [*away[len(come) :], *gone]
        inferred = (inferred - lost) | new

        assert {*reason(Triples.of(given), loaded.ontology, loaded.rules).items} == inferred


def test_the_verdict_of_a_core_rule_rests_on_a_thing_and_what_it_leads_to(loaded: Loaded) -> None:
    findings = Findings(loaded.shapes, reaches(loaded.shapes), set())

    assert findings.local
    assert 1 == findings.steps


def test_another_base_address_starts_afresh() -> None:
    kept, other = Kept(), mini()
    kept.check(other)
    content = other.settings.content.replace(b"https://", b"https://elders.", 1)
    other = replace(other, settings=File(other.settings.path, content))

    assert content != mini().settings.content
    assert_the_same(kept.check(other), other)


def test_sources_that_cannot_be_read_do_not_spoil_what_is_kept() -> None:
    kept = Kept()
    kept.check(mini())
    broken = replace(mini(), settings=File(mini().settings.path, b"naam: [\n"))

    assert_the_same(kept.check(broken), broken)
    assert_the_same(kept.check(mini()), mini())
