"""What a page shows: things, with facts and parts, and the values in these."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kadernota.publishing.notation import ordinal

if TYPE_CHECKING:
    from kadernota.model import Place


@dataclass(frozen=True, slots=True)
class Value:
    """Something a page shows: text, and the address it links to (in the site, or https)."""

    text: str
    target: str = ""
    prose: bool = False
    official: str = ""  # for a passage: where the published text says it


@dataclass(frozen=True, slots=True)
class Fact:
    """One property of a thing, with its values; `mark` says when it is not the source's own."""

    key: str
    name: str
    values: tuple[Value, ...]
    mark: str = ""
    sources: tuple[Value, ...] = ()  # where this key has a source of its own


@dataclass(frozen=True, slots=True)
class Step:
    """A line of an explanation: how deep it lies, and the passages of what people stated."""

    depth: int
    text: str
    passages: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Follows:
    """A derived statement, and why it holds, step by step."""

    value: Value
    why: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing as its page shows it; a part of a thing has the same form."""

    iri: str
    address: str
    folder: str
    label: str
    name: str
    facts: tuple[Fact, ...]
    parts: tuple[tuple[str, str, tuple[Thing, ...]], ...]
    sources: tuple[Value, ...]
    place: Place | None

    @property
    def target(self) -> str:
        return target(self.address)

    @property
    def anchor(self) -> str:
        return self.address.partition("#")[2]

    @property
    def value(self) -> Value:
        """The name of the thing, with a link to it."""
        return Value(self.name, self.target)

    def fact(self, key: str) -> Fact | None:
        return next((f for f in self.facts if f.key == key), None)

    def get(self, key: str) -> str:
        """The first value of a key as text; empty when it is not there."""
        found = self.fact(key)
        return found.values[0].text if found else ""

    def all(self, key: str) -> tuple[Value, ...]:
        found = self.fact(key)
        return found.values if found else ()

    def of(self, key: str) -> tuple[Thing, ...]:
        """The parts under a nested key."""
        return next((things for k, _, things in self.parts if k == key), ())


def target(address: str) -> str:
    """The place in the site of a thing: `partners/riec#rol` becomes `partners/riec/#rol`."""
    page, hash_, anchor = address.partition("#")
    return f"{page}/{hash_}{anchor}"


def page_address(path: str) -> str:
    """Where a page stands in the site: `a/b.md` becomes `a/b/`, the front page nothing."""
    whole = path.removesuffix("index.md").removesuffix(".md").rstrip("/")
    return f"{whole}/" if whole else ""


def to_top(address: str) -> str:
    """The way from the page at this address back to the top of the site."""
    return "../" * address.count("/") or "./"


def in_order(thing: Thing) -> tuple[float, str, str]:
    """By number, then by name."""
    return ordinal(thing.get("volgnummer")), thing.name.casefold(), thing.address


def alphabetical(value: Value) -> tuple[str, str]:
    return value.text.casefold(), value.target
