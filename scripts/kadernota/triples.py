"""Statements as a value: a set of triples in a stable order, with an index."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Iterable

Term = ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple
Pattern = tuple[str, str, str]  # of a rule: subject, predicate, object; ?x is a variable


@dataclass(frozen=True)
class Triples:
    """A set of triples with an index by subject, in a stable order."""

    items: tuple[ox.Triple, ...]

    @classmethod
    def of(cls, triples: Iterable[ox.Triple]) -> Triples:
        return cls(tuple(sorted(set(triples), key=str)))

    @cached_property
    def index(self) -> dict[str, dict[str, list[Term]]]:
        found: dict[str, dict[str, list[Term]]] = {}
        for t in self.items:
            found.setdefault(value_of(t.subject), {}).setdefault(t.predicate.value, []).append(
                t.object
            )
        return found

    @cached_property
    def inverse(self) -> dict[str, list[tuple[str, str]]]:
        found: dict[str, list[tuple[str, str]]] = {}
        for t in self.items:
            if isinstance(t.object, ox.NamedNode):
                pair = (value_of(t.subject), t.predicate.value)
                found.setdefault(t.object.value, []).append(pair)
        return found

    def objects(self, subject: str, predicate: str) -> list[Term]:
        return self.index.get(subject, {}).get(predicate, [])

    def values(self, subject: str, predicate: str) -> list[str]:
        return [value_of(o) for o in self.objects(subject, predicate)]

    def one(self, subject: str, predicate: str, language: str = "nl") -> str:
        """The value, in the language asked for if there is one; empty when there is none."""
        objects = self.objects(subject, predicate)
        for o in objects:
            if isinstance(o, ox.Literal) and o.language == language:
                return o.value
        return value_of(objects[0]) if objects else ""

    def subjects(self, predicate: str, obj: str) -> list[str]:
        return [s for s, p in self.inverse.get(obj, []) if p == predicate]

    def subjects_of(self, predicate: str) -> list[str]:
        """What has this property, whatever its value."""
        return sorted(s for s, about in self.index.items() if predicate in about)


def value_of(term: Term) -> str:
    """The text of a literal or the address of a thing."""
    return str(term) if isinstance(term, ox.Triple) else term.value
