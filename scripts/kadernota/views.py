"""The closed graph in, what a page can show out: things with their facts, reasons and sources."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kadernota import names, wording
from kadernota.explain import Explainer
from kadernota.model import Form, Loaded, Place, Term, value_of

if TYPE_CHECKING:
    from collections.abc import Iterator

NESTED = "nested"
OWN = (names.NAME, names.SOURCE)  # shown in a place of their own, not among the facts


@dataclass(frozen=True, slots=True)
class Value:
    """Something a page shows: text, and the address it links to (in the site, or https)."""

    text: str
    target: str = ""
    prose: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """One property of a thing, with its values; `mark` says when it is not the source's own."""

    key: str
    name: str
    values: tuple[Value, ...]
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Follows:
    """A derived statement, and the lines that say why it holds."""

    value: Value
    why: tuple[str, ...]


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


class Views:
    """Everything pages ask of the graph; holds no state but caches."""

    def __init__(self, loaded: Loaded) -> None:
        self.loaded = loaded
        self.base = loaded.settings.base
        self.thing = lru_cache(maxsize=None)(self._thing)

    @cached_property
    def explainer(self) -> Explainer:
        return Explainer(self.loaded.asserted, self.loaded.ontology, self.loaded.rules)

    @cached_property
    def folders(self) -> dict[str, Form]:
        return {f.folder: f for f in self.loaded.forms.values() if f.folder}

    @cached_property
    def addresses(self) -> tuple[str, ...]:
        """The address of every thing that has a page of its own."""
        things = (s.removeprefix(self.base) for s in self.loaded.asserted.index)
        return tuple(sorted(a for a in things if "#" not in a))

    def things(self, folder: str) -> list[Thing]:
        """The things of one folder, in their own order where they have one."""
        found = [self.thing(a) for a in self.addresses if a.startswith(folder + "/")]
        return sorted(found, key=lambda t: (number(t.get("volgnummer")), t.name.casefold()))

    def _thing(self, address: str) -> Thing:
        iri = self.base + address
        form = self.form(iri)
        facts = tuple(self._facts(iri, form))
        return Thing(
            iri=iri,
            address=address,
            folder=address.partition("/")[0],
            label=form.label,
            name=self.name(iri),
            facts=tuple(f for f in facts if f.key not in {"naam", "bron"}),
            parts=tuple(self._parts(iri, form)),
            sources=tuple(self.value(o) for o in self.loaded.asserted.objects(iri, names.SOURCE)),
            place=self.loaded.places.find(iri),
        )

    def form(self, iri: str) -> Form:
        types = self.loaded.asserted.values(iri, names.TYPE)
        return next(self.loaded.forms[t] for t in types if t in self.loaded.forms)

    def _facts(self, iri: str, form: Form) -> Iterator[Fact]:
        for field in form.fields:
            objects = self.loaded.asserted.objects(iri, field.path)
            if objects and field.kind != NESTED:
                marked = self.loaded.ontology.one(field.path, names.KN + "herkomst")
                mark = wording.name(marked, self.loaded) if marked else ""
                values = [self.value(o, field.kind) for o in objects]
                yield Fact(field.key, field.name, tuple(values), mark)

    def _parts(self, iri: str, form: Form) -> Iterator[tuple[str, str, tuple[Thing, ...]]]:
        for field in form.fields:
            if field.kind != NESTED:
                continue
            inner = self.loaded.asserted.values(iri, field.path)
            if inner:
                things = [self.thing(i.removeprefix(self.base)) for i in inner]
                ordered = sorted(things, key=lambda t: (number(t.get("volgnummer")), t.address))
                yield field.key, field.name, tuple(ordered)

    def name(self, iri: str) -> str:
        found = wording.name(iri, self.loaded)
        return found if found != iri.removeprefix(self.base) else self._spelled(iri)

    def _spelled(self, iri: str) -> str:
        """A name for a thing without one: what its address says."""
        tail = iri.removeprefix(self.base).rpartition("#")[2].rpartition("/")[2]
        return tail.replace("-", " ").capitalize()

    def value(self, term: Term, kind: str = "") -> Value:
        """A term as a page shows it."""
        value = value_of(term)
        if isinstance(term, ox.Literal):
            return Value(dutch(term), prose=kind == "text")
        if value.startswith(self.base):
            return Value(self.name(value), target(value.removeprefix(self.base)))
        if value.startswith(names.LISTS):
            path = value.removeprefix(names.LISTS).replace("/", "-")
            return Value(wording.name(value, self.loaded), f"lijsten/#{path}")
        if value.startswith(names.KN):
            key = value.removeprefix(names.KN)
            return Value(wording.property_label(value, self.loaded), f"model/#{key}")
        if value in self.loaded.keys:
            key = self.loaded.keys[value]
            return Value(wording.property_label(value, self.loaded), f"model/#{key}")
        return Value(value, value)

    def incoming(self, thing: Thing) -> list[tuple[str, tuple[Value, ...]]]:
        """What people said elsewhere that points here, grouped by class and property."""
        found: dict[str, list[Value]] = {}
        for subject, path in self.loaded.asserted.inverse.get(thing.iri, []):
            if path in {names.SOURCE, names.TYPE} and thing.folder != "bron":
                continue
            whole = subject.partition("#")[0]
            if whole == thing.iri:
                continue
            value = self.value(ox.NamedNode(subject))
            if whole != subject:
                value = Value(f"{self.name(whole)}: {value.text}", value.target)
            label = self.form(subject).label
            found.setdefault(f"{label} – {self._key_name(subject, path)}", []).append(value)
        return [(k, tuple(sorted(v, key=lambda x: x.text))) for k, v in sorted(found.items())]

    def _key_name(self, subject: str, path: str) -> str:
        field = self.form(subject).by_path(path)
        return field.name if field else wording.property_label(path, self.loaded)

    def follows(self, thing: Thing) -> list[tuple[str, tuple[Follows, ...]]]:
        """What the rules derive about this thing, beyond turning a statement around."""
        found: dict[str, list[Follows]] = {}
        for path, objects in self.loaded.inferred.index.get(thing.iri, {}).items():
            if not path.startswith(names.KN):
                continue
            for o in objects:
                statement = ox.Triple(ox.NamedNode(thing.iri), ox.NamedNode(path), o)
                reason = self.explainer.explain(statement)
                if reason is None or reason.rule is None or reason.rule.name.startswith("prp-inv"):
                    continue
                lines = tuple(wording.lines(reason, self.loaded)[1:])
                label = wording.property_label(path, self.loaded)
                found.setdefault(label, []).append(Follows(self.value(o), lines))
        return [(k, tuple(sorted(v, key=lambda x: x.value.text))) for k, v in sorted(found.items())]


def number(text: str) -> float:
    """A sequence number to sort by; what has none comes last."""
    return int(text) if text.isdigit() else float("inf")


def dutch(literal: ox.Literal) -> str:
    """A literal in Dutch notation: 5.894, 7,5, 11 april 2023, 10 dagen."""
    kind = literal.datatype.value.rpartition("#")[2]
    maker = {"decimal": _number, "date": _date, "duration": _duration}.get(kind)
    return maker(literal.value) if maker else literal.value


def _number(text: str) -> str:
    whole, _, part = text.partition(".")
    grouped = f"{int(whole):,}".replace(",", ".")
    return f"{grouped},{part}" if part else grouped


MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip


def _date(text: str) -> str:
    year, month, day = text.split("-")
    return f"{int(day)} {MONTHS[int(month) - 1]} {year}"


UNITS = {"Y": ("jaar", "jaar"), "M": ("maand", "maanden"), "W": ("week", "weken")}


def _duration(text: str) -> str:
    found, count = [], ""
    for sign in text.removeprefix("P"):
        if sign.isdigit():
            count += sign
        elif sign == "T":
            continue
        else:
            one, more = UNITS.get(sign, ("dag", "dagen") if sign == "D" else ("uur", "uur"))
            found.append(f"{count} {one if count == '1' else more}")
            count = ""
    return " en ".join(found)
