"""One of two knowledge bases that are compared, its addresses as they are called afterwards."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kadernota.comparing.changed import Item
from kadernota.comparing.moves import moved
from kadernota.names import KN, SOURCE
from kadernota.publishing.notation import ordinal
from kadernota.publishing.things import Value, target
from kadernota.publishing.views import NESTED, Views
from kadernota.tracing import register
from kadernota.triples import value_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kadernota.model import Field, Form, Loaded

PASSAGE = KN + "passage"


class Side:
    """A knowledge base with what moved out of it; holds no state but caches."""

    def __init__(self, loaded: Loaded, found: Mapping[str, str]) -> None:
        self.loaded, self.found = loaded, found
        self.graph = loaded.asserted
        self.views = Views(loaded)
        self.origin = {new: old for old, new in found.items()}
        self.subjects = {found.get(iri, iri) for iri in self.graph.index}

    @cached_property
    def stated(self) -> set[ox.Triple]:
        return set(self.translated(self.graph.items))

    @cached_property
    def derived(self) -> dict[ox.Triple, ox.Triple]:
        """What follows in our own words: as it is called afterwards, and as it is called here."""
        items = [t for t in self.loaded.inferred.items if t.predicate.value.startswith(KN)]
        return dict(zip(self.translated(items), items, strict=True))

    def translated(self, items: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
        for t in items:
            subject, obj = moved(t.subject, self.found), moved(t.object, self.found)
            if isinstance(subject, ox.Literal):
                raise TypeError(f"no statement: {t}")
            yield ox.Triple(subject, t.predicate, obj) if self.found else t

    def here(self, iri: str) -> str:
        """The address on this side."""
        return self.origin.get(iri, iri)

    def address(self, iri: str) -> str:
        return self.here(iri).removeprefix(self.loaded.settings.base)

    def fields(self, iri: str) -> tuple[Field, ...]:
        return self.form(iri).fields if iri in self.subjects else ()

    def form(self, iri: str) -> Form:
        return self.views.form(self.here(iri))

    def items(self, iri: str, path: str, kind: str = "") -> tuple[Item, ...]:
        """The values of one key."""
        objects = self.graph.objects(self.here(iri), path)
        return tuple(Item(moved(o, self.found), self.views.value(o, kind)) for o in objects)

    def parts(self, iri: str) -> Iterator[str]:
        """The parts of a thing: by key, and then by number."""
        for field in self.fields(iri):
            if field.kind == NESTED:
                inner = self.graph.values(self.here(iri), field.path)
                number = {i: ordinal(self.graph.one(i, KN + "volgnummer")) for i in inner}
                yield from (self.found.get(i, i) for i in sorted(inner, key=lambda i: number[i]))

    def shown(self, iri: str) -> Value:
        """What people call it, with its page; a citation has no name but what it is for."""
        here = self.here(iri)
        page = target(self.address(iri))
        if here in self.views.citing:
            keys = ", ".join(item.shown.text for item in self.items(iri, KN + "eigenschap"))
            return Value(f"van {keys}", target(self.address(iri.partition("#")[0])))
        if stop := self.views.stops.get(here):
            return Value(stop.name, stop.target, official=stop.official)
        return Value(self.views.name(here) + self.views.period(here), page)

    def cited(self) -> set[str]:
        """The passages of the adopted text on which something rests."""
        passages = {value_of(t.object) for t in self.stated if t.predicate.value == PASSAGE}
        return {value_of(t.object) for t in self.stated if t.predicate.value == SOURCE} & passages

    def passages(self, chosen: Iterable[str]) -> tuple[Item, ...]:
        """Passages in the order of the text."""
        ordered = register.in_order(self.graph, map(self.here, chosen))
        return tuple(Item(term, self.views.value(term)) for term in map(ox.NamedNode, ordered))
