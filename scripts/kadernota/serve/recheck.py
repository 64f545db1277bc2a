"""What changed in a graph in, what the rules object to now out: only what can differ is asked.

A core rule reads a thing and, for some of its properties, what these lead to (`reach`). So its
verdict on a thing can only differ when a triple of that thing changed, or a triple further on with
a property that some rule reads there. A SPARQL rule is asked again, for all things, when a property
that it names is among the changes.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kadernota.checking.patterns import ANY
from kadernota.checking.reason import store_of
from kadernota.checking.record import pyshacl_on, rdflib_graph, seen, with_pyshacl
from kadernota.checking.validate import asked, flat, sparql
from kadernota.names import RDFS, SH, TYPE
from kadernota.triples import Triples, value_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Set

    from kadernota.checking.reach import Reach
    from kadernota.checking.record import Result

MANY = 400  # things; from here on all of them together are quicker
UNDER = RDFS + "subClassOf"
AIMS = {SH + "targetClass", SH + "targetNode"}
# All that the shape of a SPARQL rule has, apart from its query: nothing for a core rule.
BARE = {TYPE} | {
    SH + name
    for name in (
        *("targetClass", "targetNode", "targetObjectsOf"),
        *("prefixes", "select", "severity", "message"),
    )
}


class Findings:
    """Holds what the rules object to in a graph, with what it takes to say so of the next one."""

    def __init__(self, shapes: Triples, every: Mapping[str, Reach], near: Set[str]) -> None:
        self.shapes, self.every, self.near = shapes, every, near
        self.core = flat(shapes)
        self.aims = _aims(self.core)
        bare = (t for t in self.core.items if t.predicate.value not in AIMS)
        self.core_graph = rdflib_graph(bare)
        self.seen = seen(self.core)
        self.constraints = tuple(sparql(shapes))
        own = [
            reach for rule, reach in every.items() if rule not in {c for _, c in self.constraints}
        ]
        self.further = {name for reach in own for step, name in reach.reads if step}
        self.steps = max((step for reach in own for step, _ in reach.reads), default=0)
        self.local = _local(self.core, {s for s, _ in self.constraints}, own)
        self.under: list[ox.Triple] = []
        self.store = ox.Store()
        self.by_thing: dict[str, set[Result]] = {}
        self.by_constraint: dict[str, set[Result]] = {c: set() for _, c in self.constraints}
        self.due = {c for _, c in self.constraints}

    def change(
        self, data: Triples, removed: Set[ox.Triple], added: Set[ox.Triple], *, holes: bool
    ) -> set[Result]:
        """What the rules object to in the graph as it is now.

        With holes in it only the near rules are asked; the others when it is whole again.
        """
        self._store(data, removed, added)
        touched = {*removed, *added}
        names = {t.predicate.value for t in touched}
        if not self.local or len(touched) > len(data.items) // 2:
            self.by_thing = _grouped(with_pyshacl(data, self.core))
        elif touched:
            self._things(data, touched)
        for shape, constraint in self.constraints:
            if touched and (self._named(shape, constraint) & names or self._any(constraint)):
                self.due.add(constraint)
            if constraint in self.due and (not holes or constraint in self.near):
                found = asked(self.store, shape, constraint, self.shapes)
                self.by_constraint[constraint] = set(found)
                self.due.discard(constraint)
        return {r for rs in (*self.by_thing.values(), *self.by_constraint.values()) for r in rs}

    def _store(self, data: Triples, removed: Set[ox.Triple], added: Set[ox.Triple]) -> None:
        """Keep the store equal to the graph; to it 8.0 and 8 are one: the other is put back."""
        if len(added) > len(data.items) // 2:
            self.store = store_of(data.items)
            return
        for t in removed:
            self.store.remove(ox.Quad(t.subject, t.predicate, t.object))
        again = (
            ox.Triple(t.subject, t.predicate, o)
            for t in removed
            if isinstance(t.object, ox.Literal)
            for o in data.objects(value_of(t.subject), t.predicate.value)
        )
        for t in (*added, *again):
            self.store.add(ox.Quad(t.subject, t.predicate, t.object))

    def _things(self, data: Triples, touched: Set[ox.Triple]) -> None:
        focus = self._focus(data, touched)
        for thing in focus:
            self.by_thing.pop(thing, None)
        focus = {thing for thing in focus if thing in data.index}
        if len(focus) > MANY:
            self.by_thing = _grouped(with_pyshacl(data, self.core))
        elif focus:
            self.by_thing |= _grouped(self._verdicts(data, focus))

    def _verdicts(self, data: Triples, focus: set[str]) -> set[Result]:
        """What the core rules object to in these things: each rule is aimed at them by name.

        The option `focus_nodes` of pySHACL is of no use: it also skips what these things lead to.
        """
        aimed = rdflib_graph(
            ox.Triple(shape, ox.NamedNode(SH + "targetNode"), ox.NamedNode(thing))
            for thing in focus
            for kind in (thing, *data.values(thing, TYPE))
            for shape in self.aims.get(kind, ())
        )
        if not aimed:
            return set()
        self.core_graph += aimed
        try:
            part = (t for t in self._around(data, focus) if t.predicate.value in self.seen)
            return pyshacl_on(part, self.core_graph)
        finally:
            self.core_graph -= aimed

    def _focus(self, data: Triples, touched: Set[ox.Triple]) -> set[str]:
        """The things of which the verdict of a core rule can differ."""
        focus = {value_of(t.subject) for t in touched}
        edge = {value_of(t.subject) for t in touched if t.predicate.value in self.further}
        for _ in range(self.steps):
            edge = {subject for thing in edge for subject, _ in data.inverse.get(thing, ())}
            focus |= edge
        return {thing for thing in focus if ":" in thing}  # a nameless node is no target

    def _around(self, data: Triples, focus: set[str]) -> Iterator[ox.Triple]:
        """All that a core rule reads of these things and of what they lead to."""
        if not self.under:
            self.under = [t for t in data.items if t.predicate.value == UNDER]
        yield from self.under
        edge, done = set(focus), set(focus)
        yield from (t for thing in focus for t in data.about(thing))
        for _ in range(self.steps):
            edge = {
                value_of(o)
                for thing in edge
                for objects in data.index.get(thing, {}).values()
                for o in objects
                if isinstance(o, ox.NamedNode)
            } - done
            done |= edge
            yield from (
                t for thing in edge for t in data.about(thing) if t.predicate.value in self.further
            )

    def _named(self, shape: str, constraint: str) -> set[str]:
        """The properties on which the answer to a constraint depends."""
        reads = {*self.every[constraint].properties, TYPE}
        return reads.union(self.shapes.values(shape, SH + "targetObjectsOf"))

    def _any(self, constraint: str) -> bool:
        return ANY in self.every[constraint].properties


def _aims(core: Triples) -> dict[str, list[ox.NamedNode]]:
    """The shapes that are about a class or about one thing, by the name of that."""
    found: dict[str, list[ox.NamedNode]] = defaultdict(list)
    for t in core.items:
        if t.predicate.value in AIMS and isinstance(t.subject, ox.NamedNode):
            found[value_of(t.object)].append(t.subject)
    return found


def _local(core: Triples, asked: Set[str], own: Iterable[Reach]) -> bool:
    """Whether what a core rule says of a thing rests only on that thing and what it leads to.

    Not so when a rule looks anywhere, or when another thing says what the rule is about.
    """
    others = {SH + "targetObjectsOf", SH + "targetSubjectsOf"}
    for shape, about in core.index.items():
        if not others.isdisjoint(about) and (shape not in asked or about.keys() - BARE):
            return False
        if RDFS + "Class" in core.values(shape, TYPE):  # that aims it at its own members
            return False
    return not any(reach.afar for reach in own)


def _grouped(results: Iterable[Result]) -> dict[str, set[Result]]:
    found: dict[str, set[Result]] = defaultdict(set)
    for result in results:
        found[result.focus].add(result)
    return dict(found)
