"""What changes in the given statements in, what changes in what follows out.

The rules are those of `reason`, made concrete with the words of the ontology. What is added is
followed from there. What is removed first takes along all that it was used for; what can still be
derived another way then comes back (delete and rederive; Gupta, Mumick and Subrahmanian, 1993).
A test compares every step with `reason`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

import pyoxigraph as ox

from kadernota.checking.reason import active, leading, steps, store_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kadernota.model import Rule
    from kadernota.triples import Pattern, Term, Triples

Binding = dict[str, "Term"]
Indexed = dict[ox.NamedNode, dict[Any, set[Any]]]


class _Step(NamedTuple):
    """A step with the terms of the store; a variable is a text."""

    head: tuple[Any, Any, Any]
    body: tuple[tuple[Any, Any, Any], ...]


class Follower:
    """Holds what is given and all that follows, and changes them together."""

    def __init__(self, given: Triples, inferred: Triples, ontology: Triples, rules: Iterable[Rule]):
        self.leading = leading(ontology)
        self.using: dict[ox.NamedNode, list[tuple[_Step, int]]] = defaultdict(list)
        self.making: dict[ox.NamedNode, list[_Step]] = defaultdict(list)
        for step in (
            _Step(_terms(s.head), tuple(map(_terms, s.body))) for s in steps(ontology, rules)
        ):
            self.making[step.head[1]].append(step)
            for i, pattern in enumerate(step.body):
                self.using[pattern[1]].append((step, i))
        self.objects: Indexed = defaultdict(lambda: defaultdict(set))
        self.subjects: Indexed = defaultdict(lambda: defaultdict(set))
        self.given = Counter(self._normal(given.items))
        self.given.update(quad.triple for quad in store_of(ontology.items))
        self.inferred = set(inferred.items)
        for t in (*self.given, *self.inferred):
            self._put(t)

    def change(
        self, removed: Iterable[ox.Triple], added: Iterable[ox.Triple]
    ) -> tuple[set[ox.Triple], set[ox.Triple]]:
        """What no longer follows, and what follows now."""
        gone, come = [*self._normal(removed)], [*self._normal(added)]
        self.given.subtract(gone)
        self.given.update(come)
        lost = self._without({t for t in gone if self.given[t] <= 0})
        touched = {*gone, *come, *lost}
        touched |= self._with(t for t in (*come, *lost) if self.given[t] > 0 or self._follows(t))
        for t in gone:
            if self.given[t] <= 0:
                del self.given[t]
        now = {t for t in touched if self._holds(t) and not self.given[t]}
        out, new = (touched - now) & self.inferred, now - self.inferred
        self.inferred = (self.inferred - out) | new
        return out, new

    def _normal(self, triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
        """Those from which something can follow, as the store writes them (8.0 becomes 8)."""
        for t in active(triples, self.leading):
            if isinstance(t.object, ox.Literal):
                yield from (quad.triple for quad in store_of((t,)))
            else:
                yield t

    def _put(self, t: ox.Triple) -> None:
        self.objects[t.predicate][t.subject].add(t.object)
        self.subjects[t.predicate][t.object].add(t.subject)

    def _drop(self, t: ox.Triple) -> None:
        self.objects[t.predicate][t.subject].discard(t.object)
        self.subjects[t.predicate][t.object].discard(t.subject)

    def _holds(self, t: ox.Triple) -> bool:
        return t.object in self.objects[t.predicate].get(t.subject, ())

    def _without(self, removed: set[ox.Triple]) -> set[ox.Triple]:
        """Take these out with all that was derived from them; all that went."""
        lost: set[ox.Triple] = set()
        todo = [t for t in removed if self._holds(t)]
        while todo:
            t = todo.pop()
            if t not in lost:
                lost.add(t)
                todo += (h for h in self._from(t) if not self.given[h] > 0 and self._holds(h))
        for t in lost:
            self._drop(t)
        return lost

    def _with(self, added: Iterable[ox.Triple]) -> set[ox.Triple]:
        """Put these in with all that follows from them; all that came."""
        new: set[ox.Triple] = set()
        todo = [*added]
        while todo:
            t = todo.pop()
            if not self._holds(t):
                new.add(t)
                self._put(t)
                todo += self._from(t)
        return new

    def _from(self, t: ox.Triple) -> list[ox.Triple]:
        """What follows in one step in which this triple is used."""
        found = []
        for step, i in self.using.get(t.predicate, ()):
            if (start := _match(step.body[i], t, {})) is not None:
                rest = step.body[:i] + step.body[i + 1 :]
                found += [made for b in self._join(rest, start) if (made := _made(step.head, b))]
        return found

    def _follows(self, t: ox.Triple) -> bool:
        """Whether a step still makes this triple."""
        return any(
            start is not None and next(self._join(step.body, start), None) is not None
            for step in self.making.get(t.predicate, ())
            for start in [_match(step.head, t, {})]
        )

    def _join(self, body: tuple[tuple[Any, Any, Any], ...], bound: Binding) -> Iterator[Binding]:
        """Every way to make all patterns hold."""
        if not body:
            yield bound
            return
        # What is bound first, so that nothing is looked through in vain.
        at = next((i for i, p in enumerate(body) if _known(p[0], bound) or _known(p[2], bound)), 0)
        rest = body[:at] + body[at + 1 :]
        for t in self._matching(body[at], bound):
            if (more := _match(body[at], t, bound)) is not None:
                yield from self._join(rest, more)

    def _matching(self, pattern: tuple[Any, Any, Any], bound: Binding) -> list[ox.Triple]:
        s, p, o = pattern
        one, other = _known(s, bound), _known(o, bound)
        if one is not None:
            return [ox.Triple(one, p, term) for term in self.objects[p].get(one, ())]
        if other is not None:
            return [ox.Triple(term, p, other) for term in self.subjects[p].get(other, ())]
        return [ox.Triple(s, p, o) for s, os in self.objects[p].items() for o in os]


def _terms(pattern: Pattern) -> tuple[Any, Any, Any]:
    s, p, o = (text if text[0] == "?" else ox.NamedNode(text) for text in pattern)
    return s, p, o


def _known(part: Any, bound: Binding) -> Any:
    """The term that stands here, if it is known by now."""
    return bound.get(part) if isinstance(part, str) else part


def _match(pattern: tuple[Any, Any, Any], t: ox.Triple, bound: Binding) -> Binding | None:
    """What is bound when the triple fits the pattern; None when it does not."""
    found = dict(bound)
    for part, term in ((pattern[0], t.subject), (pattern[2], t.object)):
        if not isinstance(part, str):
            if part != term:
                return None
        elif found.setdefault(part, term) != term:
            return None
    return found if pattern[1] == t.predicate else None


def _made(head: tuple[Any, Any, Any], bound: Binding) -> ox.Triple | None:
    """The triple that a step makes; a literal says nothing, so then there is none."""
    subject = _known(head[0], bound)
    return (
        None
        if isinstance(subject, ox.Literal)
        else ox.Triple(subject, head[1], _known(head[2], bound))
    )
