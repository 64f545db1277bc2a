"""Graph and shapes in, problems out: pySHACL decides, we say where it was written."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kadernota.checking.reason import store_of
from kadernota.checking.record import Result, with_pyshacl
from kadernota.model import Place, Places, Problem, Severity
from kadernota.names import KNSH, SH, TYPE
from kadernota.triples import Term, Triples, value_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

SEVERITIES = {"Violation": Severity.ERROR, "Warning": Severity.WARNING, "Info": Severity.INFO}


def rules(shapes: Triples) -> tuple[str, ...]:
    """Every rule: each named shape that says how severe breaking it is."""
    return tuple(s for s, about in sorted(shapes.index.items()) if SH + "severity" in about)


def validate(data: Triples, shapes: Triples) -> set[Result]:
    """What the shapes object to."""
    return with_pyshacl(data, flat(shapes)) | with_store(data, shapes)


def problems(
    found: Iterable[Result], shapes: Triples, places: Places, keys: Mapping[str, str]
) -> tuple[Problem, ...]:
    """Results as problems; `keys` gives the YAML key of a property, for the message."""
    return tuple(sorted({_problem(result, shapes, places, keys) for result in found}))


def _problem(result: Result, shapes: Triples, places: Places, keys: Mapping[str, str]) -> Problem:
    # A rule that looks at many things at once names the one to mend as its value.
    thing = result.focus
    written = (result.focus, result.path, result.value) in places.by_value
    many = SH + "select" in shapes.index[result.shape] and not written
    if many and result.value in places.by_subject:
        thing = result.value
    place = places.find(thing, result.path, result.value) or Place("kadernota.yaml")
    return Problem(
        place=place,
        key=keys.get(result.path, ""),
        message=shapes.one(result.shape, SH + "message"),
        rule="knsh:" + result.shape.removeprefix(KNSH),
        severity=SEVERITIES[shapes.one(result.shape, SH + "severity").removeprefix(SH)],
    )


@lru_cache(maxsize=4)
def flat(shapes: Triples) -> Triples:
    """The core rules, with each property shape aimed at the classes itself.

    Through `sh:property` pySHACL visits a property shape once per focus node, aimed at a class once
    for all its nodes together: the same results, four times as fast. A test compares the two.
    """
    targets: dict[str, list[ox.Triple]] = {}
    for t in shapes.items:
        if t.predicate.value == SH + "targetClass":
            targets.setdefault(value_of(t.subject), []).append(t)
    found = []
    for t in shapes.items:
        aimed = targets.get(value_of(t.subject), ())
        if t.predicate.value == SH + "property" and aimed:
            found += [_about(t.object, target) for target in aimed]
        elif t.predicate.value != SH + "sparql":
            found.append(t)
    return Triples.of(found)


def _about(subject: Term, t: ox.Triple) -> ox.Triple:
    if not isinstance(subject, ox.NamedNode):
        raise TypeError(f"{subject} is no named property shape")
    return ox.Triple(subject, t.predicate, t.object)


def with_store(data: Triples, shapes: Triples) -> set[Result]:
    """The SPARQL constraints, each asked once of the store for all its focus nodes together.

    pySHACL asks them of rdflib once per focus node: the same, a hundred times slower (compared in a
    test, on the real data and on every fault of such a rule).
    """
    constraints = tuple(sparql(shapes))
    store = store_of(data.items) if constraints else ox.Store()
    return {result for pair in constraints for result in asked(store, *pair, shapes)}


def sparql(shapes: Triples) -> Iterator[tuple[str, str]]:
    """Each SPARQL constraint, after the shape that has it."""
    for shape in shapes.subjects_of(SH + "sparql"):
        for constraint in shapes.values(shape, SH + "sparql"):
            yield shape, constraint


def asked(store: ox.Store, shape: str, constraint: str, shapes: Triples) -> Iterator[Result]:
    """What one SPARQL constraint objects to, of the things that its shape is about."""
    solutions = store.query(select(constraint, shapes))
    if not isinstance(solutions, ox.QuerySolutions):
        raise TypeError(f"{constraint} is no SELECT")
    names = {v.value for v in solutions.variables}
    targeted = _targeted(store, shape, shapes)
    for row in solutions:
        if targeted(row["this"]):
            focus = value_of(row["this"])
            path = value_of(row["path"]) if "path" in names else ""
            value = value_of(row["value"]) if "value" in names else focus
            yield Result(focus, path, value, constraint)


def select(constraint: str, shapes: Triples) -> str:
    """The query of a SPARQL constraint, with its prefixes."""
    prefixes = [
        f"PREFIX {shapes.one(declared, SH + 'prefix')}: <{shapes.one(declared, SH + 'namespace')}>"
        for holder in shapes.values(constraint, SH + "prefixes")
        for declared in shapes.values(holder, SH + "declare")
    ]
    return "\n".join([*prefixes, shapes.one(constraint, SH + "select")])


def _targeted(store: ox.Store, shape: str, shapes: Triples) -> Callable[[Term], bool]:
    """Whether the shape is about a thing: by its class, by name, or as a value of a property."""
    kind = ox.NamedNode(TYPE)
    classes = frozenset(shapes.objects(shape, SH + "targetClass"))
    nodes = frozenset(shapes.objects(shape, SH + "targetNode"))
    paths = [ox.NamedNode(path) for path in shapes.values(shape, SH + "targetObjectsOf")]

    def targeted(thing: Term) -> bool:
        return (
            thing in nodes
            or any(next(store.quads_for_pattern(None, p, thing), None) for p in paths)
            or (
                not isinstance(thing, ox.Literal)
                and any(q.object in classes for q in store.quads_for_pattern(thing, kind, None))
            )
        )

    return targeted
