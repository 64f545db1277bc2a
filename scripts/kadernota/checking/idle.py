"""Rules and data in, for each rule whether it had anything to check: else it proves nothing.

As long as the memorandum has not been adopted its data are still being written: then the rules that
had nothing to check are counted, and do not fail yet.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kadernota.checking.claims import Claim
from kadernota.checking.validate import rules
from kadernota.names import KN, KNSH, SH, TYPE
from kadernota.triples import value_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kadernota.model import Loaded
    from kadernota.triples import Term, Triples

ADOPTED = KN + "vastgesteldOp"
PRESENCE = {SH + name for name in ("minCount", "qualifiedMinCount")}


def unfinished(loaded: Loaded) -> frozenset[str]:
    """The checks that only count for now: none, once the memorandum says when it was adopted."""
    config = loaded.settings
    adopted = loaded.asserted.one(config.base + config.memorandum, ADOPTED)
    return frozenset() if adopted else frozenset({"leeg"})


@dataclass(frozen=True, slots=True)
class Demand:
    """What a rule looks for: a thing of one of these classes or with one of these names, and more.

    A rule about a key that may be absent looks for that key as well (`path`).
    """

    classes: frozenset[str]
    nodes: frozenset[str]
    having: frozenset[str]
    path: str

    def met(self, thing: str, about: Mapping[str, list[Term]]) -> bool:
        """Whether this is a thing to look at."""
        here = thing in self.nodes or not self.having.isdisjoint(about)
        if not here and not any(value_of(c) in self.classes for c in about.get(TYPE, ())):
            return False
        return not self.path or self.path in about


def demands(shapes: Triples) -> dict[str, Demand]:
    """What each rule looks for."""
    classes: dict[str, set[str]] = defaultdict(set)
    for shape in shapes.subjects_of(SH + "targetClass"):
        for held in (shape, *shapes.values(shape, SH + "property")):
            classes[held].update(shapes.values(shape, SH + "targetClass"))
    return {
        rule: Demand(
            classes=frozenset(classes[rule]),
            nodes=frozenset(shapes.values(rule, SH + "targetNode")),
            having=frozenset(shapes.values(rule, SH + "targetObjectsOf")),
            path="" if PRESENCE & shapes.index[rule].keys() else shapes.one(rule, SH + "path"),
        )
        for rule in rules(shapes)
    }


def witnesses(demands: Mapping[str, Demand], data: Triples) -> dict[str, str]:
    """Per rule a thing that it can look at; a rule without one is not there."""
    found: dict[str, str] = {}
    todo = dict(demands)
    for thing, about in data.index.items():
        for rule in [rule for rule, demand in todo.items() if demand.met(thing, about)]:
            found[rule] = thing
            del todo[rule]
    return found


def claims(
    demands: Mapping[str, Demand], witnesses: Mapping[str, str], data: Triples
) -> Iterator[Claim]:
    """Each rule has something to look at."""
    for rule, demand in demands.items():
        holds = rule in witnesses
        yield Claim(holds, said=rule.removeprefix(KNSH) if holds else _named(rule, demand, data))


def _named(rule: str, demand: Demand, data: Triples) -> str:
    """The rule; or its class, when there is nothing of that at all: one name for all its rules."""
    whole = min(demand.classes) if len(demand.classes) == 1 else ""
    peopled = not whole or data.subjects(TYPE, whole)
    return rule.removeprefix(KNSH) if peopled else whole.removeprefix(KN)
