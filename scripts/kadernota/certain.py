"""A graph with holes in, the findings that no mending of the holes can take away out.

A mistake in form leaves a hole: of that file only the address and the class of its thing are
known. A finding is certain when the files with mistakes could say anything at all without making
it go away. So it is about a thing whose file is in order, and its rule reads only that thing and
what the thing points to: nothing that the words of another thing can add to (`reach.foreign`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kadernota.model import Report
from kadernota.names import TYPE
from kadernota.patterns import ANY
from kadernota.reach import foreign, reaches
from kadernota.validate import problems, rules

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kadernota.model import Loaded
    from kadernota.reach import Reach
    from kadernota.validate import Result


def certain(found: Iterable[Result], loaded: Loaded) -> Report:
    """The mistakes in form, and the results that hold whatever the files with mistakes will say."""
    rules_near = near(loaded)
    sure = {
        r for r in found if r.shape in rules_near and _clear(r.focus, rules_near[r.shape], loaded)
    }
    broken = problems(sure, loaded.shapes, loaded.places, loaded.keys)
    every = len(rules(loaded.shapes))
    return Report(
        problems=tuple(sorted((*loaded.mistakes, *broken))),
        counts={"bestanden": loaded.files, "regels": every, "wachten": every - len(rules_near)},
        claims={},
    )


def near(loaded: Loaded) -> dict[str, Reach]:
    """The rules that look only at the thing itself and at what it points to; the others wait."""
    elsewhere = foreign(loaded.ontology, loaded.rules) | {ANY}
    return {
        rule: reach
        for rule, reach in reaches(loaded.shapes).items()
        if not reach.afar
        and elsewhere.isdisjoint(reach.properties)
        and all(step < 2 for step, _ in reach.reads)
    }


def _clear(thing: str, reach: Reach, loaded: Loaded) -> bool:
    """Whether all that a rule reads about a thing is known."""
    stated = loaded.asserted.index
    if thing not in stated or thing in loaded.stubs:
        return False
    further = {name for step, name in reach.reads if step}
    if not further:
        return True
    values = (o.value for os in stated[thing].values() for o in os if isinstance(o, ox.NamedNode))
    inside = [value for value in values if value.startswith(loaded.settings.base)]
    if further != {TYPE} and not loaded.stubs.isdisjoint(inside):
        return False
    return all(value in stated for value in inside)
