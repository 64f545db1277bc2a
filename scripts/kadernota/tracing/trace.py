"""The asserted graph in, for each statement the passages it rests on out."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kadernota.names import KN, SKOS, SOURCE, TYPE
from kadernota.triples import value_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kadernota.model import Loaded

# What the makers say themselves: explanations, interpretations, and how the data hang together.
OURS = {SKOS + "note", KN + "duiding", KN + "gelezenAls", KN + "volgnummer", SOURCE, TYPE}
OUR_CLASSES = {KN + "Bronpassage", KN + "Bronvermelding", KN + "Uitzondering"}


class Trace:
    """Which passages each statement of a knowledge base rests on.

    A citation for one key goes before that of the thing, that of a part before that of its whole.
    """

    def __init__(self, loaded: Loaded) -> None:
        self.graph = loaded.asserted
        self.added = set(loaded.ontology.subjects_of(KN + "herkomst"))
        nested = {
            f.path for form in loaded.forms.values() for f in form.fields if f.kind == "nested"
        }
        self.wholes = {
            value_of(t.object): value_of(t.subject)
            for t in self.graph.items
            if t.predicate.value in nested
        }

    def passages(self, subject: str, path: str) -> tuple[str, ...]:
        """The passages behind the values of one key; none when they come from elsewhere."""
        if path in self.added or path in self.graph.values(subject, KN + "nietInBron"):
            return ()
        for citation in self.graph.values(subject, KN + "bronvermelding"):
            if path in self.graph.values(citation, KN + "eigenschap"):
                return tuple(self.graph.values(citation, SOURCE))
        return self._own(subject)

    def _own(self, subject: str) -> tuple[str, ...]:
        while subject:
            if found := self.graph.values(subject, SOURCE):
                return tuple(found)
            subject = self.wholes.get(subject, "")
        return ()

    @cached_property
    def statements(self) -> tuple[tuple[ox.Triple, tuple[str, ...]], ...]:
        """What the memorandum is said to say, each with its passages."""
        return tuple(self._statements())

    def _statements(self) -> Iterator[tuple[ox.Triple, tuple[str, ...]]]:
        for subject, about in self.graph.index.items():
            if OUR_CLASSES.intersection(value_of(c) for c in about.get(TYPE, ())):
                continue
            node = ox.NamedNode(subject)
            for path, values in about.items():
                if path not in OURS and (found := self.passages(subject, path)):
                    for value in values:
                        yield ox.Triple(node, ox.NamedNode(path), value), found

    @cached_property
    def by_passage(self) -> dict[str, list[ox.Triple]]:
        """The statements that rest on each passage."""
        found: dict[str, list[ox.Triple]] = defaultdict(list)
        for statement, passages in self.statements:
            for passage in passages:
                found[passage].append(statement)
        return found
