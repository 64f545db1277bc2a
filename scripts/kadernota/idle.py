"""Rules and data in, for each rule whether it had anything to check: else it proves nothing.

As long as the memorandum has not been adopted its data are still being written: then the rules that
had nothing to check are counted, and do not fail yet.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

from kadernota.claims import Claim
from kadernota.names import KN, KNSH, SH, TYPE
from kadernota.validate import rules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kadernota.model import Loaded

ADOPTED = KN + "vastgesteldOp"
PRESENCE = {SH + name for name in ("minCount", "qualifiedMinCount")}


def unfinished(loaded: Loaded) -> frozenset[str]:
    """The checks that only count for now: none, once the memorandum says when it was adopted."""
    config = loaded.settings
    adopted = loaded.asserted.one(config.base + config.memorandum, ADOPTED)
    return frozenset() if adopted else frozenset({"leeg"})


def claims(loaded: Loaded) -> Iterator[Claim]:
    """Each rule has a thing to look at, and for a rule about a key that may be absent, that key."""
    shapes, data = loaded.shapes, loaded.closed
    classes: dict[str, set[str]] = defaultdict(set)
    for shape in shapes.subjects_of(SH + "targetClass"):
        for held in (shape, *shapes.values(shape, SH + "property")):
            classes[held].update(shapes.values(shape, SH + "targetClass"))
    having: dict[str, set[str]] = defaultdict(set)
    for thing, about in data.index.items():
        for path in about:
            having[path].add(thing)
    members = cache(lambda cls: frozenset(data.subjects(TYPE, cls)))
    for rule in rules(shapes):
        things = set().union(*map(members, sorted(classes[rule])))
        things.update(shapes.values(rule, SH + "targetNode"))
        for target in shapes.values(rule, SH + "targetObjectsOf"):
            things.update(having[target])
        path = shapes.one(rule, SH + "path")
        if path and not PRESENCE & shapes.index[rule].keys():
            things &= having[path]
        yield Claim(bool(things), said=_named(rule, classes[rule], members))


def _named(rule: str, classes: set[str], members: Callable[[str], frozenset[str]]) -> str:
    """The rule; or its class, when there is nothing of that at all: one name for all its rules."""
    whole = min(classes) if len(classes) == 1 else ""
    return rule.removeprefix(KNSH) if not whole or members(whole) else whole.removeprefix(KN)
