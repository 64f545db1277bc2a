"""Rules in, what each looks at out: which properties, of the thing itself or further away."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kadernota.checking.patterns import ANY, sights
from kadernota.checking.reason import steps
from kadernota.checking.validate import rules, select
from kadernota.names import RDF, SH, TYPE
from kadernota.triples import Term, Triples, value_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kadernota.model import Rule

Read = tuple[int, str]  # how many links away from the thing, and the property that is read there
AFAR = (-1, ANY)
SHAPES = {SH + name for name in ("node", "not", "property", "qualifiedValueShape")}
SHAPE_LISTS = {SH + name for name in ("and", "or", "xone")}
PAIRS = {SH + name for name in ("disjoint", "equals", "lessThan", "lessThanOrEquals")}
# What looks no further than the value itself, or says nothing about data at all.
QUIET = {TYPE} | {
    SH + name
    for name in (
        *("datatype", "nodeKind", "in", "hasValue", "pattern", "flags", "languageIn", "uniqueLang"),
        *("minCount", "maxCount", "minLength", "maxLength", "minInclusive", "maxInclusive"),
        *("minExclusive", "maxExclusive", "qualifiedMinCount", "qualifiedMaxCount"),
        *("name", "description", "order", "group", "message", "severity", "defaultValue"),
        *("path", "targetClass", "targetNode", "targetObjectsOf"),
    )
}


@dataclass(frozen=True)
class Reach:
    """What a rule reads; `afar` when it also looks at what the thing does not point to."""

    reads: frozenset[Read]
    afar: bool

    @cached_property
    def properties(self) -> frozenset[str]:
        return frozenset(name for _, name in self.reads)


def reaches(shapes: Triples) -> dict[str, Reach]:
    """What each rule reads, by its name."""
    return {rule: _reach(rule, shapes) for rule in rules(shapes)}


def _reach(rule: str, shapes: Triples) -> Reach:
    if constraints := shapes.values(rule, SH + "sparql"):
        found = [sight for c in constraints for sight in sights(select(c, shapes))]
        own = all(sight.subject == "this" and sight.one for sight in found)
        reads = frozenset((0, name) for sight in found for name in sight.properties)
        return Reach(reads, not (found and own))
    reads = frozenset(_reads(rule, 0, shapes))
    return Reach(reads - {AFAR}, AFAR in reads)


def _reads(shape: str, start: int, shapes: Triples) -> Iterator[Read]:
    """What a shape reads that is about a node so many links away."""
    path = [name for o in shapes.objects(shape, SH + "path") for name in _steps(o, shapes)]
    for step, name in enumerate(path, start):
        yield (step, name) if name else AFAR
    for name, objects in shapes.index[shape].items():
        if name == SH + "class":
            yield start + len(path), TYPE
        elif name in PAIRS:
            yield from ((start, value_of(o)) for o in objects)
        elif name in SHAPES | SHAPE_LISTS:
            for inner in objects if name in SHAPES else _members(objects, shapes):
                yield from _reads(value_of(inner), start + len(path), shapes)
        elif name not in QUIET:
            yield AFAR


def _steps(path: Term, shapes: Triples) -> Iterator[str]:
    """The properties of a path in order; ANY for what is no plain step forward."""
    for step in [path] if isinstance(path, ox.NamedNode) else _members([path], shapes):
        yield step.value if isinstance(step, ox.NamedNode) else ANY


def _members(lists: list[Term], shapes: Triples) -> Iterator[Term]:
    """The members of RDF lists; what is no list is its own member."""
    for node in lists:
        rest = [node]
        while rest and value_of(rest[0]) != RDF + "nil":
            name = value_of(rest[0])
            yield from shapes.objects(name, RDF + "first") or rest
            rest = shapes.objects(name, RDF + "rest")


def foreign(ontology: Triples, derivations: Iterable[Rule]) -> frozenset[str]:
    """The properties that a thing can have because of what another thing says."""
    made = [*steps(ontology, derivations)]
    found: set[str] = set()
    before = -1
    while before != len(found):
        before = len(found)
        found |= {
            step.head[1]
            for step in made
            if {s for s, *_ in step.body} != {step.head[0]}
            or not found.isdisjoint(name for _, name, _ in step.body)
        }
    return frozenset(found)
