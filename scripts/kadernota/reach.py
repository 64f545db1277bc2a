"""Rules in, what each looks at out: which properties, of the thing itself or further away."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kadernota.names import RDF, SH, TYPE
from kadernota.patterns import ANY, sights
from kadernota.reason import store_of
from kadernota.triples import Pattern, Term, Triples, value_of
from kadernota.validate import rules, select

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
    words = store_of(ontology.items)
    steps = [(_own(rule), names) for rule in derivations for names in _bindings(words, rule)]
    found: set[str] = set()
    before = -1
    while before != len(found):
        before = len(found)
        found |= {head for own, (head, *body) in steps if not own or found.intersection(body)}
    return frozenset(found)


def _data(rule: Rule) -> list[Pattern]:
    """What data must say for a rule to apply; the rest of its body is about words."""
    return [p for p in rule.body if p[1][0] == "?" or (p[1] == TYPE and p[2][0] == "?")]


def _own(rule: Rule) -> bool:
    """Whether all that a rule uses of the data is about the thing that it says something of."""
    return {pattern[0] for pattern in _data(rule)} == {rule.head[0]}


def _bindings(words: ox.Store, rule: Rule) -> Iterator[list[str]]:
    """The properties in the head and in the body, for each way that the ontology allows."""
    data = _data(rule)
    about = (p for p in rule.body if p not in data)
    where = " . ".join(" ".join(t if t[0] == "?" else f"<{t}>" for t in p) for p in about)
    solutions = words.query(f"SELECT * WHERE {{ {where} }}")
    if not isinstance(solutions, ox.QuerySolutions):
        raise TypeError("a SELECT gives solutions")
    for row in solutions:
        names = [rule.head[1], *(p[1] for p in data)]
        yield [value_of(row[n[1:]]) if n[0] == "?" else n for n in names]
