"""A graph with holes in, the findings that no mending of the holes can take away out.

A mistake in form leaves a hole: of that file only the address and the class of its thing are
known. A finding is certain when the files with mistakes could say anything at all without making
it go away. So it is about a thing whose file is in order, and its rule reads only that thing and
what the thing points to: nothing that the words of another thing can add to (`reach.foreign`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kadernota.checking.patterns import ANY
from kadernota.checking.reach import foreign
from kadernota.names import TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Set

    from kadernota.checking.reach import Reach
    from kadernota.checking.record import Result
    from kadernota.model import Rule
    from kadernota.triples import Index, Triples


@dataclass(frozen=True, slots=True)
class Holes:
    """What is known of a knowledge base with mistakes in form.

    `stated` is what files in order say of their things; `known` are those things and the stubs,
    `stubs` the things in files with a mistake: of these only the address and class are known.
    """

    stated: Index
    known: Set[str]
    stubs: Set[str]
    base: str


def certain(found: Iterable[Result], near: Mapping[str, Reach], holes: Holes) -> set[Result]:
    """The results that hold whatever the files with mistakes will say."""
    return {r for r in found if r.shape in near and _clear(r.focus, near[r.shape], holes)}


def near(
    every: Mapping[str, Reach], ontology: Triples, derivations: Iterable[Rule]
) -> dict[str, Reach]:
    """The rules that look only at the thing itself and at what it points to; the others wait."""
    elsewhere = foreign(ontology, derivations) | {ANY}
    return {
        rule: reach
        for rule, reach in every.items()
        if not reach.afar
        and elsewhere.isdisjoint(reach.properties)
        and all(step < 2 for step, _ in reach.reads)
    }


def _clear(thing: str, reach: Reach, holes: Holes) -> bool:
    """Whether all that a rule reads about a thing is known."""
    if thing not in holes.known or thing in holes.stubs:
        return False
    further = {name for step, name in reach.reads if step}
    if not further:
        return True
    about = holes.stated[thing].values()
    values = (o.value for objects in about for o in objects if isinstance(o, ox.NamedNode))
    inside = [value for value in values if value.startswith(holes.base)]
    if further != {TYPE} and not holes.stubs.isdisjoint(inside):
        return False
    return all(value in holes.known for value in inside)
