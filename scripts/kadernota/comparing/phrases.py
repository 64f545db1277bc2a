"""Changes in, Dutch lines out: the words that the screen and a comment on a forge share."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from kadernota.comparing.changed import Kind
from kadernota.comparing.rewording import reworded
from kadernota.names import KN, SOURCE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kadernota.comparing.changed import Change, Changes, Fact, Item

MANY = 6  # values that are told one by one
FEW = 2  # values that are told whole, before and after
LONG = 60  # characters of a text that still fits in a sentence
# What says where a statement comes from, and nothing about policy itself.
ORIGIN = {SOURCE, *(KN + name for name in ("aanvullingUit", "eigenschap", "nietInBron"))}


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text: plain, or a name, an address, or words that went or came."""

    text: str
    style: str = ""  # name | address | code | gone | new
    target: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a report, and how deep it lies."""

    depth: int
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it: per thing its lines."""

    title: str
    said: str  # the same, after a number
    things: tuple[tuple[Line, ...], ...]


def sections(found: Changes) -> tuple[Section, ...]:
    """What changed, in the order in which a reader wants to know."""
    altered = found.of(Kind.ALTERED)
    source = [change for change in altered if only_origin(change)]
    groups = (
        ("Nieuw", "nieuw", found.of(Kind.NEW)),
        ("Weg", "weg", found.of(Kind.GONE)),
        ("Hernoemd", "hernoemd", found.of(Kind.RENAMED)),
        ("Gewijzigd", "gewijzigd", [change for change in altered if change not in source]),
        ("Rust op iets anders, zegt hetzelfde", "met alleen een andere bron", source),
    )
    made = (Section(t, said, tuple(tuple(lines(c)) for c in group)) for t, said, group in groups)
    return tuple(section for section in made if section.things)


def only_origin(change: Change) -> bool:
    """Whether it says the same as before, but on another ground."""
    return all(fact.path in ORIGIN for fact in change.facts) and all(map(only_origin, change.parts))


def headline(made: Sequence[Section]) -> str:
    """How much changed, in one line."""
    said = ", ".join(f"{len(section.things)} {section.said}" for section in made)
    return f"{said}." if said else "Geen inhoudelijke wijziging."


def lines(change: Change, depth: int = 0) -> Iterator[Line]:
    """One thing: its name, what is different about it, and then its parts."""
    yield Line(depth, tuple(_head(change, depth)))
    if change.kind is Kind.GONE:
        return
    for fact in change.facts:
        if not (change.kind is Kind.NEW and _known(fact, change)):
            yield from (Line(depth + 1, tuple(spans)) for spans in _fact(fact, change.kind))
    for part in change.parts:
        if not (change.kind is Kind.NEW and only_origin(part)):
            yield from lines(part, depth + 1)


def _head(change: Change, depth: int) -> Iterator[Span]:
    label = change.label if depth else change.label[:1].upper() + change.label[1:]
    happened = {Kind.NEW: "nieuw: ", Kind.GONE: "weg: "}.get(change.kind, "") if depth else ""
    yield Span(f"{happened}{label} ")
    yield Span(change.shown.text, "name", change.shown.target)
    if not depth:
        yield Span(" ")
        yield Span(change.address, "address")
    if change.earlier:
        yield Span(", eerder ")
        yield Span(change.earlier if not depth else change.earlier.partition("#")[2], "code")


def _known(fact: Fact, change: Change) -> bool:
    """What a reader of a new thing has read in its name, or finds on its page."""
    return fact.path in ORIGIN or [change.shown.text] == [i.shown.text for i in fact.after]


def _fact(fact: Fact, kind: Kind) -> Iterator[Iterable[Span]]:
    before, after = fact.before, fact.after
    if kind is Kind.NEW:
        yield (Span(f"{fact.name}: "), *_listed(after))
    elif not before:
        yield (Span(f"{fact.name} is nieuw: "), *_listed(after))
    elif not after:
        yield (Span(f"{fact.name} is weg (was: "), *_listed(before), Span(")"))
    elif len(before) == len(after) == 1 and _long(before[0]) and _long(after[0]):
        yield (Span(f"{fact.name}: "), *_marked(before[0].shown.text, after[0].shown.text))
    elif max(len(before), len(after)) <= FEW:
        now, was = _listed(after), _listed(before)
        yield (Span(f"{fact.name} is nu "), *now, Span(" (was: "), *was, Span(")"))
    else:
        for word, items in (("erbij", fact.new), ("weg", fact.gone)):
            if items:
                yield (Span(f"{fact.name}, {word}: "), *_listed(items))


def _long(item: Item) -> bool:
    return item.shown.prose and len(item.shown.text) > LONG


def _marked(old: str, new: str) -> Iterator[Span]:
    """A text with the words that went and came; the others only near these."""
    styles = {Kind.GONE: "gone", Kind.NEW: "new"}
    pieces = [[Span(p.text, styles.get(p.kind, ""))] for p in reworded(old, new)]
    yield from _between(pieces, Span(" "))


def _listed(items: Sequence[Item]) -> Iterator[Span]:
    """A, B en C; of many only the first. A name with a comma asks for a stronger sign."""
    shown = items if len(items) <= MANY else items[: MANY - 1]
    names = [[Span(i.shown.text, "", i.shown.target)] for i in shown]
    if rest := len(items) - len(shown):
        names.append([Span(f"nog {rest}")])
    comma = any("," in item.shown.text for item in shown)
    yield from _between(names[:-1], Span("; " if comma else ", "))
    if len(names) > 1:
        yield Span("; en " if comma else " en ")
    yield from names[-1]


def _between(groups: Sequence[Sequence[Span]], gap: Span) -> Iterator[Span]:
    for i, group in enumerate(groups):
        yield from group if not i else chain([gap], group)
