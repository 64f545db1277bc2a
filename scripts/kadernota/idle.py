"""Rules and data in, for each rule whether it had anything to check: else it proves nothing."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

from kadernota.claims import Claim
from kadernota.names import KNSH, SH, TYPE
from kadernota.validate import rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kadernota.model import Loaded

PRESENCE = {SH + name for name in ("minCount", "qualifiedMinCount")}


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
        yield Claim(bool(things), said=rule.removeprefix(KNSH))
