"""What changed between two knowledge bases: things, facts, consequences; frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kadernota.publishing.things import Value
    from kadernota.triples import Term


class Kind(StrEnum):
    """What happened to a thing."""

    NEW = "nieuw"
    GONE = "weg"
    RENAMED = "hernoemd"
    ALTERED = "gewijzigd"


@dataclass(frozen=True, slots=True)
class Item:
    """One value of a property: the term as it is called afterwards, and how people read it."""

    term: Term
    shown: Value


@dataclass(frozen=True, slots=True)
class Fact:
    """One property of a thing that changed, with all its values before and after."""

    key: str
    path: str
    name: str
    before: tuple[Item, ...]
    after: tuple[Item, ...]

    @property
    def gone(self) -> tuple[Item, ...]:
        kept = {item.term for item in self.after}
        return tuple(item for item in self.before if item.term not in kept)

    @property
    def new(self) -> tuple[Item, ...]:
        kept = {item.term for item in self.before}
        return tuple(item for item in self.after if item.term not in kept)


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed, or a part of one: its facts that did, and its parts that did."""

    kind: Kind
    iri: str
    address: str
    earlier: str  # the address that it had, where that was another
    label: str
    shown: Value  # its name, with its page if it still has one
    facts: tuple[Fact, ...]
    parts: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Consequence:
    """What the rules derive now and did not before, or the other way round."""

    kind: Kind
    statement: ox.Triple
    sentence: str


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that changed; empty when people only wrote the same in another way."""

    things: tuple[Change, ...]
    follows: tuple[Consequence, ...]
    cited: tuple[Item, ...]  # passages of the adopted text on which something rests only now
    uncited: tuple[Item, ...]  # and those on which nothing rests any more

    def of(self, kind: Kind) -> tuple[Change, ...]:
        return tuple(change for change in self.things if change.kind is kind)
