"""A row of an answer in, the derived statements that connect its things out, with their reasons."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kadernota.names import KN
from kadernota.triples import value_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kadernota.asking.explain import Explainer, Reason
    from kadernota.model import Loaded
    from kadernota.triples import Term, Triples

RESTATED = ("prp-inv", "prp-spo1")  # the same, turned around or said more generally


def restates(reason: Reason) -> bool:
    """Whether the statement says one other statement in other words."""
    return reason.rule is not None and reason.rule.name.startswith(RESTATED)


def connections(
    row: Sequence[Term | None], loaded: Loaded, explainer: Explainer
) -> tuple[Reason, ...]:
    """Why the things of a row belong together, as far as a rule says so; in their order there."""
    found: list[Reason] = []
    for pair in _pairs(row):
        derived = [t for t in _between(pair, loaded.inferred) if t.predicate.value.startswith(KN)]
        best = (_best(t, row, loaded, explainer) for t in derived)
        found += _telling([reason for reason in best if reason])
    return tuple(found)


def stated(row: Sequence[Term | None], loaded: Loaded) -> tuple[ox.Triple, ...]:
    """What people wrote that connects the things of a row."""
    return tuple(t for pair in _pairs(row) for t in _between(pair, loaded.asserted))


def _pairs(row: Sequence[Term | None]) -> Iterator[tuple[ox.NamedNode, ox.NamedNode]]:
    return combinations(dict.fromkeys(t for t in row if isinstance(t, ox.NamedNode)), 2)


def _between(pair: tuple[ox.NamedNode, ox.NamedNode], graph: Triples) -> Iterator[ox.Triple]:
    for subject, obj in (pair, pair[::-1]):
        for path, objects in graph.index.get(subject.value, {}).items():
            if obj in objects:
                yield ox.Triple(subject, ox.NamedNode(path), obj)


def _best(
    statement: ox.Triple, row: Sequence[Term | None], loaded: Loaded, explainer: Explainer
) -> Reason | None:
    """Of the ways in which the statement follows, the one with most of what the row says.

    A partner with two roles for one priority works on it twice: each row has its own role.
    """
    said = {t for t in row if isinstance(t, ox.Literal)}

    def shared(reason: Reason) -> int:
        things = _things(reason) - {t.value for t in row if isinstance(t, ox.NamedNode)}
        about = (loaded.asserted.index.get(thing, {}) for thing in things)
        return len(said & {o for values in about for objects in values.values() for o in objects})

    return max(explainer.reasons(statement), key=shared, default=None)


def _things(reason: Reason) -> set[str]:
    own = {value_of(reason.statement.subject), value_of(reason.statement.object)}
    return own.union(*map(_things, reason.because))


def _telling(reasons: list[Reason]) -> list[Reason]:
    """Those that combine statements; only without any, each stated one in its nearest restatement.

    A restatement is about the same two things as what it restates, so that is among these too.
    """
    if combined := [r for r in reasons if not restates(r)]:
        return combined
    nearest: dict[ox.Triple, Reason] = {}
    for reason in sorted(reasons, key=_steps):
        nearest.setdefault(_stated(reason).statement, reason)
    return list(nearest.values())


def _stated(reason: Reason) -> Reason:
    """What is restated, all the way back."""
    while restates(reason):
        reason = reason.because[0]
    return reason


def _steps(reason: Reason) -> int:
    return 1 + _steps(reason.because[0]) if restates(reason) else 0
