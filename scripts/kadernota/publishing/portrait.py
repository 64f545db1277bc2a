"""A thing in, all that the knowledge base says about it out, as plain values with their sources."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kadernota import names
from kadernota.asking import wording
from kadernota.asking.typed import typed
from kadernota.names import KN
from kadernota.publishing.evidence import Reason, Source, cited, sources, told
from kadernota.publishing.following import derived
from kadernota.triples import value_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kadernota.asking.typed import Value
    from kadernota.publishing.views import Views
    from kadernota.triples import Term

HIDDEN = {names.TYPE, names.SOURCE, wording.CITATION, KN + "passage"}


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement: of `about` (a thing or a part of one) the `key` is `value`.

    A value that is a thing is its address; `value_name` then says what it is called. `sources` is
    only filled where the key has a source of its own, `reason` only where a rule derived it.
    """

    about: str
    about_name: str
    key: str
    label: str
    value: Value
    value_name: str
    derived: bool
    sources: tuple[Source, ...] = ()
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Description:
    """A thing: its facts with those of its parts, what points to it, and what it rests on."""

    iri: str
    address: str
    kind: str
    name: str
    facts: tuple[Fact, ...]
    mentions: tuple[Fact, ...]
    sources: tuple[Source, ...]


def describe(views: Views, iri: str) -> Description:
    """All about a thing that people described, or about a part of one."""
    graph, form = views.loaded.asserted, views.form(iri)
    nested = [f.path for f in form.fields if f.kind == "nested" and f.path not in HIDDEN]
    parts = [value_of(p) for path in nested for p in graph.objects(iri, path)]
    about = [iri, *parts]
    return Description(
        iri=iri,
        address=iri.removeprefix(views.base),
        kind=form.label,
        name=views.name(iri),
        facts=tuple(
            fact for one in about for fact in (*_stated(views, one), *_derived(views, one))
        ),
        mentions=tuple(_mentions(views, iri)),
        sources=tuple(source for one in about for source in sources(views, one)),
    )


def _stated(views: Views, iri: str) -> Iterator[Fact]:
    """What people wrote, in the order of the form."""
    for field in views.form(iri).fields:
        if field.path in HIDDEN:
            continue
        for term in views.loaded.asserted.objects(iri, field.path):
            own = cited(views, iri, field.path)
            yield replace(_fact(views, iri, (field.key, field.name), term), sources=own)


def _derived(views: Views, iri: str) -> Iterator[Fact]:
    for path, term, reason in derived(iri, views):
        called = (path.removeprefix(KN), wording.property_label(path, views.loaded))
        yield replace(_fact(views, iri, called, term), derived=True, reason=told(views, reason))


def _mentions(views: Views, iri: str) -> Iterator[Fact]:
    """What people said elsewhere that points here; of a passage also what rests on it."""
    page = iri.partition("#")[0]
    skipped = {names.TYPE} if iri in views.stops else {names.TYPE, names.SOURCE}
    for pointing, path in views.loaded.asserted.inverse.get(iri, []):
        subject = views.citing.get(pointing, pointing)
        if path not in skipped and subject.partition("#")[0] != page:
            key = views.loaded.keys.get(path, path.removeprefix(KN))
            called = (key, wording.property_label(path, views.loaded))
            yield _fact(views, subject, called, ox.NamedNode(iri))


def _fact(views: Views, iri: str, called: tuple[str, str], term: Term) -> Fact:
    known = isinstance(term, ox.NamedNode) and term.value in views.loaded.closed.index
    return Fact(
        about=iri,
        about_name=views.name(iri),
        key=called[0],
        label=called[1],
        value=typed(term),
        value_name=views.name(value_of(term)) if known else "",
        derived=False,
    )
