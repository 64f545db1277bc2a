"""A derived statement in, the reasons out: which rule, which statements it used, step by step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kadernota.checking.reason import store_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kadernota.model import Rule
    from kadernota.triples import Pattern, Term, Triples


@dataclass(frozen=True, slots=True)
class Reason:
    """A statement with what it rests on; `rule` is None where people stated it themselves."""

    statement: ox.Triple
    rule: Rule | None
    axioms: tuple[ox.Triple, ...]
    because: tuple[Reason, ...]


class Explainer:
    """Holds the closed graph, and for each derived triple the step in which it first appeared.

    A reason only uses statements of earlier steps, so no statement explains itself.
    """

    def __init__(self, asserted: Triples, ontology: Triples, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rules)
        self.ontology = set(ontology.items)
        self.store = store_of((*asserted.items, *ontology.items))
        self.steps: dict[ox.Triple, int] = dict.fromkeys((q.triple for q in self.store), 0)
        step, before = 0, -1
        while before != len(self.store):
            before = len(self.store)
            for rule in self.rules:
                size = len(self.store)
                self.store.update(rule.update)
                step += 1
                if len(self.store) > size:
                    for quad in self.store:
                        self.steps.setdefault(quad.triple, step)

    def explain(self, statement: ox.Triple) -> Reason | None:
        """Why the statement holds, or None when it does not."""
        return next(self.reasons(statement), None)

    def reasons(self, statement: ox.Triple) -> Iterator[Reason]:
        """Each way in which the statement follows from others; one when people stated it."""
        if self.steps.get(statement) == 0:
            yield Reason(statement, None, (), ())
        if not self.steps.get(statement):
            return
        for rule in self.rules:
            for used in self._uses(rule, statement):
                if all(self.steps[u] < self.steps[statement] for u in used):
                    axioms = tuple(u for u in used if u in self.ontology)
                    because = tuple(r for u in used if u not in axioms and (r := self.explain(u)))
                    yield Reason(statement, rule, axioms, because)

    def _uses(self, rule: Rule, statement: ox.Triple) -> Iterator[tuple[ox.Triple, ...]]:
        bound = _match(rule.head, statement)
        if bound is None:
            return
        query = (
            "SELECT * WHERE { " + " . ".join(" ".join(map(_sparql, p)) for p in rule.body) + " }"
        )
        given = {ox.Variable(name): term for name, term in bound.items()}
        solutions = self.store.query(query, substitutions=given)
        if not isinstance(solutions, ox.QuerySolutions):
            return
        names = [v.value for v in solutions.variables]
        for solution in solutions:
            terms = bound | {n: solution[n] for n in names if solution[n] is not None}
            yield tuple(_fill(p, terms) for p in rule.body)


def _sparql(term: str) -> str:
    return term if term.startswith("?") else f"<{term}>"


def _match(head: Pattern, statement: ox.Triple) -> dict[str, Term] | None:
    """The variables of the head that make it this statement, or None."""
    bound: dict[str, Term] = {}
    terms = (statement.subject, statement.predicate, statement.object)
    for pattern, term in zip(head, terms, strict=True):
        if pattern.startswith("?"):
            bound[pattern[1:]] = term
        elif term != ox.NamedNode(pattern):
            return None
    return bound


def _fill(pattern: Pattern, terms: Mapping[str, Term]) -> ox.Triple:
    subject, predicate, obj = (
        terms[t[1:]] if t.startswith("?") else ox.NamedNode(t) for t in pattern
    )
    if isinstance(subject, ox.Literal) or not isinstance(predicate, ox.NamedNode):
        raise TypeError(f"no statement: {pattern}")
    return ox.Triple(subject, predicate, obj)
