"""Statements as a value: a set of triples in a stable order, with an index."""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Iterable, Set

Term = ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple
Pattern = tuple[str, str, str]  # of a rule: subject, predicate, object; ?x is a variable
Index = dict[str, dict[str, list[Term]]]
Inverse = dict[str, list[tuple[str, str]]]
LAST = "\U0010ffff"  # after all that can follow


@dataclass(frozen=True)
class Triples:
    """A set of triples with an index by subject, in a stable order."""

    items: tuple[ox.Triple, ...]

    @classmethod
    def of(cls, triples: Iterable[ox.Triple]) -> Triples:
        return cls(tuple(sorted(set(triples), key=str)))

    @cached_property
    def index(self) -> Index:
        return _index(self.items)

    @cached_property
    def inverse(self) -> Inverse:
        found: dict[str, list[tuple[str, str]]] = {}
        for t in self.items:
            if isinstance(t.object, ox.NamedNode):
                pair = (value_of(t.subject), t.predicate.value)
                found.setdefault(t.object.value, []).append(pair)
        return found

    @cached_property
    def _keys(self) -> list[str]:
        """The order of the items; for finding them again."""
        return [str(t) for t in self.items]

    def __contains__(self, t: ox.Triple) -> bool:
        key = str(t)
        at = bisect_left(self._keys, key)
        return at < len(self._keys) and self._keys[at] == key

    def about(self, subject: str) -> tuple[ox.Triple, ...]:
        """What is said of one subject; its items stand together."""
        start = f"{_shown(subject)} "
        return self.items[bisect_left(self._keys, start) : bisect_left(self._keys, start + LAST)]

    def changed(self, removed: Iterable[ox.Triple], added: Iterable[ox.Triple]) -> Triples:
        """The same set but for these; what was worked out of the rest is kept."""
        keys, items = list(self._keys), list(self.items)
        gone, come = {str(t): t for t in removed}, {str(t): t for t in added}
        for key in gone:
            at = bisect_left(keys, key)
            del keys[at], items[at]
        for key, t in come.items():
            at = bisect_left(keys, key)
            keys.insert(at, key)
            items.insert(at, t)
        found = Triples(tuple(items))
        known: dict[str, object] = {"_keys": keys}
        if "index" in self.__dict__:
            known["index"] = self._index_of(found, {*gone.values(), *come.values()})
        if "inverse" in self.__dict__:
            known["inverse"] = self._inverse_of(gone.values(), come.values())
        found.__dict__.update(known)
        return found

    def _index_of(self, found: Triples, changed: Set[ox.Triple]) -> Index:
        """The index with what is said now of these subjects, in the order of the items."""
        index = self.index | {s: _index(found.about(s)).get(s, {}) for s in map(_subject, changed)}
        return {s: index[s] for s in sorted(index, key=_shown) if index[s]}

    def _inverse_of(self, gone: Iterable[ox.Triple], come: Iterable[ox.Triple]) -> Inverse:
        pairs = [(t, True) for t in come] + [(t, False) for t in gone]
        inverse, fresh = dict(self.inverse), set[str]()
        for t, comes in pairs:
            if isinstance(t.object, ox.NamedNode):
                name, pair = t.object.value, (value_of(t.subject), t.predicate.value)
                if name not in fresh:
                    inverse[name] = list(inverse.get(name, ()))
                    fresh.add(name)
                if comes:
                    insort(inverse[name], pair, key=_pair)
                else:
                    inverse[name].remove(pair)
        for name in fresh:
            if not inverse[name]:
                del inverse[name]
        return inverse

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


def _index(items: Iterable[ox.Triple]) -> Index:
    found: Index = {}
    for t in items:
        about = found.setdefault(value_of(t.subject), {})
        about.setdefault(t.predicate.value, []).append(t.object)
    return found


def _subject(t: ox.Triple) -> str:
    return value_of(t.subject)


def _shown(subject: str) -> str:
    """The subject as it stands in the text of a triple: the items are in that order."""
    return f"<{subject}>" if ":" in subject else f"_:{subject}"


def _pair(pair: tuple[str, str]) -> str:
    return f"{_shown(pair[0])} <{pair[1]}>"
