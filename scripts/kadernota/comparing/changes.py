"""Two knowledge bases in, what changed in policy terms out: things, not lines.

A thing that only got another address is renamed; what points to it did not change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kadernota.comparing import consequences
from kadernota.comparing.changed import Change, Changes, Fact, Kind
from kadernota.comparing.moves import moves
from kadernota.comparing.side import Side
from kadernota.names import TYPE
from kadernota.publishing.things import Value, alphabetical
from kadernota.publishing.views import NESTED
from kadernota.triples import value_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Set

    from kadernota.comparing.changed import Item
    from kadernota.model import Loaded
    from kadernota.triples import Term


def changes(before: Loaded, after: Loaded) -> Changes:
    """What changed; nothing when people only wrote the same in another way."""
    found = _Comparison(Side(before, moves(before, after)), Side(after, {}))
    old, new = found.before.cited(), found.after.cited()
    return Changes(
        things=tuple(sorted(found.things(), key=_order)),
        follows=tuple(consequences.between(found.before, found.after)),
        cited=found.after.passages(new - old),
        uncited=found.before.passages(old - new),
    )


def _order(change: Change) -> tuple[str, str, str]:
    return change.label, change.shown.text.casefold(), change.address


class _Comparison:
    """Walks along everything about which a statement changed."""

    def __init__(self, before: Side, after: Side) -> None:
        self.before, self.after = before, after
        changed = {value_of(t.subject) for t in before.stated ^ after.stated}
        self.touched = changed | before.origin.keys()
        self.wholes = {iri.partition("#")[0] for iri in self.touched}

    def things(self) -> Iterator[Change]:
        for iri in self.wholes:
            if change := self.change(iri):
                yield change

    def change(self, iri: str) -> Change | None:
        """What happened to a thing, or to a part of one; None when nothing did."""
        facts = tuple(self.facts(iri)) if iri in self.touched else ()
        parts = tuple(part for inner in self.inner(iri) if (part := self.change(inner)))
        kind, earlier = self.kind(iri)
        if kind is Kind.ALTERED and not (facts or parts):
            return None
        side = self.before if kind is Kind.GONE else self.after
        shown = side.shown(iri)
        return Change(
            kind=kind,
            iri=side.here(iri),
            address=side.address(iri),
            earlier=earlier,
            label=side.form(iri).label,
            shown=Value(shown.text) if kind is Kind.GONE else shown,
            facts=facts,
            parts=parts,
        )

    def kind(self, iri: str) -> tuple[Kind, str]:
        """What happened to its address, and what that was if it was another."""
        if iri not in self.after.subjects:
            return Kind.GONE, ""
        if iri not in self.before.subjects:
            return Kind.NEW, ""
        old, new = self.before.address(iri), self.after.address(iri)
        if "#" in new and old.partition("#")[2] == new.partition("#")[2]:
            return Kind.ALTERED, ""  # its whole is renamed, and it goes along
        return (Kind.ALTERED, "") if old == new else (Kind.RENAMED, old)

    def inner(self, iri: str) -> list[str]:
        """Its parts: those that are there now, then those that are gone."""
        return list(dict.fromkeys((*self.after.parts(iri), *self.before.parts(iri))))

    def facts(self, iri: str) -> Iterator[Fact]:
        """What it says in another way than before; of what is new or gone, all that it says."""
        fields = {f.path: f for side in (self.before, self.after) for f in side.fields(iri)}
        for field in sorted(fields.values(), key=lambda f: (f.order, f.key)):
            if field.kind != NESTED:
                yield from self.fact(iri, field.path, field.key, field.name, field.kind)
        if iri in self.before.subjects & self.after.subjects:
            yield from self.fact(iri, TYPE, "", "soort ding")

    def fact(self, iri: str, path: str, key: str, name: str, kind: str = "") -> Iterator[Fact]:
        before, after = (side.items(iri, path, kind) for side in (self.before, self.after))
        kept = {item.term for item in before} & {item.term for item in after}
        if len(kept) < max(len(before), len(after)):
            yield Fact(key, path, name, _sorted(before, kept), _sorted(after, kept))


def _sorted(items: Iterable[Item], kept: Set[Term]) -> tuple[Item, ...]:
    """What stayed goes first, so that the rest stands out."""
    return tuple(sorted(items, key=lambda i: (i.term not in kept, alphabetical(i.shown))))
