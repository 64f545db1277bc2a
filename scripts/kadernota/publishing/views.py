"""The closed graph in, what a page can show out: things with their facts, reasons and sources."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kadernota import names
from kadernota.asking import wording
from kadernota.asking.explain import Explainer
from kadernota.publishing.nota import Chapter, Stop, chapters, cited, sources
from kadernota.publishing.notation import dutch
from kadernota.publishing.things import (
    Fact,
    Thing,
    Value,
    alphabetical,
    in_order,
    target,
)
from kadernota.triples import Term, value_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kadernota.model import Form, Loaded

NESTED = "nested"
CITATION = names.KN + "bronvermelding"
HIDDEN = {names.SOURCE, names.TYPE}


class Views:
    """Everything pages ask of the graph; holds no state but caches."""

    def __init__(self, loaded: Loaded) -> None:
        self.loaded = loaded
        self.base = loaded.settings.base
        self.thing = lru_cache(maxsize=None)(self._thing)
        self.things = lru_cache(maxsize=None)(self._things)

    @cached_property
    def explainer(self) -> Explainer:
        return Explainer(self.loaded.asserted, self.loaded.ontology, self.loaded.rules)

    @cached_property
    def folders(self) -> dict[str, Form]:
        return {f.folder: f for f in self.loaded.forms.values() if f.folder}

    @cached_property
    def field_names(self) -> dict[str, str]:
        """What the forms call the properties that come from another vocabulary."""
        named = {f.path: f.name for form in self.loaded.forms.values() for f in form.fields}
        return dict(self.loaded.keys) | named

    @cached_property
    def addresses(self) -> tuple[str, ...]:
        """The address of every thing that has a page of its own."""
        found = (s for s in self.loaded.asserted.index if s.startswith(self.base) and "#" not in s)
        return tuple(sorted(s.removeprefix(self.base) for s in found))

    @cached_property
    def chapters(self) -> tuple[Chapter, ...]:
        """The memorandum in its own order."""
        return chapters(self.loaded)

    @cached_property
    def stops(self) -> dict[str, Stop]:
        return {stop.iri: stop for chapter in self.chapters for stop in chapter.stops}

    @cached_property
    def citing(self) -> dict[str, str]:
        """What a citation belongs to: it has no place of its own on a page."""
        items = self.loaded.asserted.items
        return {
            value_of(t.object): value_of(t.subject) for t in items if t.predicate.value == CITATION
        }

    def _things(self, folder: str) -> tuple[Thing, ...]:
        """The things of one folder, in their own order where they have one."""
        found = [self.thing(a) for a in self.addresses if a.startswith(folder + "/")]
        return tuple(sorted(found, key=in_order))

    def grouped(self, folder: str, key: str) -> list[tuple[Value, tuple[Thing, ...]]]:
        """The things of one folder, per value of this key, most first; what has none comes last."""
        found: dict[Value, list[Thing]] = {}
        for thing in self.things(folder):
            values = thing.all(key)
            found.setdefault(values[0] if values else Value(""), []).append(thing)
        groups = [(value, tuple(things)) for value, things in found.items()]
        return sorted(groups, key=lambda g: (not g[0].text, -len(g[1]), alphabetical(g[0])))

    def find(self, address: str) -> Thing | None:
        """The thing at this address, if there is one."""
        known = self.base + address in self.loaded.asserted.index
        return self.thing(address) if known else None

    def whole(self, thing: Thing) -> Thing:
        """The thing that has the page on which this thing, or part of a thing, stands."""
        return self.thing(thing.address.partition("#")[0])

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
            sources=tuple(sources(self, iri)),
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
                own = tuple(cited(self, iri, field.path))
                yield Fact(field.key, field.name, tuple(values), mark, own)

    def _parts(self, iri: str, form: Form) -> Iterator[tuple[str, str, tuple[Thing, ...]]]:
        for field in form.fields:
            if field.kind != NESTED or field.path in {CITATION, names.KN + "passage"}:
                continue  # citations show at their key, passages in the walk through the text
            inner = self.loaded.asserted.values(iri, field.path)
            if inner:
                things = [self.thing(i.removeprefix(self.base)) for i in inner]
                yield field.key, field.name, tuple(sorted(things, key=in_order))

    def name(self, iri: str) -> str:
        """What people call the thing; what its address says when it has no name."""
        found, address = wording.name(iri, self.loaded), iri.removeprefix(self.base)
        tail = address.rpartition("#")[2].rpartition("/")[2]
        return found if found != address else tail.replace("-", " ").capitalize()

    def period(self, iri: str) -> str:
        """The years of what belongs to another memorandum: the same name occurs in both."""
        closed, current = self.loaded.closed, self.base + self.loaded.settings.memorandum
        memoranda = closed.values(iri, names.KN + "nota")
        if not memoranda or current in memoranda:
            return ""
        years = [closed.one(memoranda[0], names.KN + word)[:4] for word in ("begin", "einde")]
        return f" ({'-'.join(filter(None, years))})"

    def value(self, term: Term, kind: str = "") -> Value:
        """A term as a page shows it."""
        value = value_of(term)
        if isinstance(term, ox.Literal):
            return Value(dutch(term), prose=kind == "text")
        if stop := self.stops.get(value):
            return Value(stop.name, stop.target, official=stop.official)
        value = self.citing.get(value, value)
        if value.startswith(self.base):
            text = self.name(value) + self.period(value)
            return Value(text, target(value.removeprefix(self.base)))
        return self._word(value)

    def _word(self, value: str) -> Value:
        """A term of the model itself: a list value, a class or a property."""
        if value.startswith(names.LISTS):
            path = value.removeprefix(names.LISTS).replace("/", "-")
            return Value(wording.name(value, self.loaded), f"lijsten/#{path}")
        if value.startswith(names.KN):
            label = wording.property_label(value, self.loaded)
            return Value(label, f"model/#{value.removeprefix(names.KN)}")
        if value in self.loaded.keys:
            return Value(self.field_names[value], f"model/#{self.loaded.keys[value]}")
        return Value(value, value)

    def incoming(self, thing: Thing) -> list[tuple[str, str, tuple[Value, ...]]]:
        """What people said elsewhere that points here: by class, and by property."""
        found: dict[tuple[str, str], set[Value]] = {}
        page = thing.iri.partition("#")[0]
        for pointing, path in self.loaded.asserted.inverse.get(thing.iri, []):
            whole = pointing.partition("#")[0]
            if whole == page or path in HIDDEN:
                continue
            subject = self.citing.get(pointing, pointing)
            value = self.value(ox.NamedNode(subject))
            if whole != subject:
                value = Value(f"{self.name(whole)}: {value.text}", value.target)
            key = (self.form(subject).label, self._key_name(subject, path))
            found.setdefault(key, set()).add(value)
        return [(*k, tuple(sorted(v, key=alphabetical))) for k, v in sorted(found.items())]

    def citations(self, thing: Thing) -> list[tuple[str, str, tuple[Value, ...]]]:
        """What one key of a thing or of its parts rests on: its anchor, the key, the places."""
        found = []
        for iri, owner in self._cited.get(thing.iri, ()):
            for path in self.loaded.asserted.values(iri, names.KN + "eigenschap"):
                places = tuple(cited(self, owner, path))
                found.append((iri.partition("#")[2], self._key_name(owner, path), places))
        return sorted(found)

    @cached_property
    def _cited(self) -> dict[str, list[tuple[str, str]]]:
        """The citations with what each belongs to, by the page they are on."""
        found: dict[str, list[tuple[str, str]]] = {}
        for iri, owner in self.citing.items():
            found.setdefault(iri.partition("#")[0], []).append((iri, owner))
        return found

    def _key_name(self, subject: str, path: str) -> str:
        field = self.form(subject).by_path(path)
        return field.name if field else wording.property_label(path, self.loaded)
