"""The register of passages in, the memorandum in its own order out: chapters and their passages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kadernota.names import FOAF, KN, NAME, SOURCE
from kadernota.publishing.things import Value, alphabetical
from kadernota.reading.values import slug
from kadernota.tracing import register
from kadernota.tracing.fragment import Context, link
from kadernota.tracing.passages import STEP, short

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kadernota.model import Loaded
    from kadernota.publishing.views import Views


@dataclass(frozen=True, slots=True)
class Stop:
    """One passage on the walk through the memorandum; `words` is all that we keep of its text."""

    iri: str
    anchor: str
    name: str
    kind: str
    words: str
    official: str
    target: str
    count: int
    depth: int  # of the part that it stands in; a chapter itself is 0


@dataclass(frozen=True, slots=True)
class Chapter:
    """A main part of the memorandum, with its passages in order."""

    slug: str
    title: str
    stops: tuple[Stop, ...]

    @property
    def target(self) -> str:
        return f"nota/{self.slug}/"


def chapters(loaded: Loaded) -> tuple[Chapter, ...]:
    """The chapters of the memorandum that now holds, in the order of its text."""
    graph, settings = loaded.asserted, loaded.settings
    text = settings.base + register.address(settings.memorandum)
    page = graph.one(settings.base + settings.memorandum, FOAF + "page")
    grouped: dict[str, list[Stop]] = {}
    for iri in register.in_order(graph, graph.values(text, KN + "passage")):
        title = graph.one(iri, KN + "pad").partition(STEP)[0] or "Tekst"
        target = f"nota/{slug(short(title))}/"
        grouped.setdefault(title, []).append(_stop(loaded, iri, page, target))
    return tuple(
        Chapter(slug(short(title)), title, tuple(stops)) for title, stops in grouped.items()
    )


def _stop(loaded: Loaded, iri: str, page: str, target: str) -> Stop:
    graph = loaded.asserted

    def one(key: str) -> str:
        return graph.one(iri, KN + key)

    start, end = one("eersteWoorden"), one("laatsteWoorden")
    context = Context(one("woordenErvoor"), one("woordenErna"), one("vanafWoorden"))
    anchor = iri.rpartition("#")[2]
    return Stop(
        iri=iri,
        anchor=anchor,
        name=graph.one(iri, NAME),
        kind=loaded.ontology.one(one("soort"), NAME),
        words=_joined(start, end, int(one("woorden") or 0)),
        official=f"{page}#{link(start, end, context)}" if page else "",
        target=f"{target}#{anchor}",
        count=int(one("woorden") or 0),
        depth=one("pad").count(STEP),
    )


def _joined(start: str, end: str, count: int) -> str:
    """The words that we keep, as a text; what a short passage has at both ends is said once."""
    first, last = start.split(), end.split()
    twice = len(first) + len(last) - count
    if last and twice >= 0 and first[len(first) - twice :] == last[:twice]:
        return " ".join([*first, *last[twice:]])
    return f"{start} … {end}" if end else start


def resting(views: Views, stop: Stop) -> list[tuple[str, tuple[Value, ...]]]:
    """What rests on a passage or is about it, by class; a citation stands for what cites."""
    found: dict[str, set[Value]] = {}
    for subject, path in views.loaded.asserted.inverse.get(stop.iri, []):
        if path in {SOURCE, KN + "betreft"}:
            thing = views.citing.get(subject, subject)
            found.setdefault(views.form(thing).label, set()).add(_placed(views, thing))
    return [(k, tuple(sorted(v, key=alphabetical))) for k, v in sorted(found.items())]


def read_into(views: Views, stop: Stop) -> list[tuple[Value, str]]:
    """What we read in a passage that it does not say: the thing or part, and our reading."""
    graph, found = views.loaded.asserted, set()
    for subject, path in graph.inverse.get(stop.iri, []):
        if path == SOURCE:
            thing = views.citing.get(subject, subject)
            found |= {(_placed(views, thing), text) for text in graph.values(thing, KN + "duiding")}
    return sorted(found, key=lambda pair: (alphabetical(pair[0]), pair[1]))


def _placed(views: Views, thing: str) -> Value:
    """A thing with a link; a part of a thing also says of which."""
    whole, value = thing.partition("#")[0], views.value(ox.NamedNode(thing))
    return value if whole == thing else Value(f"{views.name(whole)}: {value.text}", value.target)


def sources(views: Views, iri: str) -> Iterator[Value]:
    """The passages that a thing rests on, in the order of the text."""
    graph = views.loaded.asserted
    for passage in register.in_order(graph, graph.values(iri, SOURCE)):
        yield views.value(ox.NamedNode(passage))


def cited(views: Views, iri: str, path: str) -> Iterator[Value]:
    """The passages or documents that one key of a thing rests on by itself."""
    graph = views.loaded.asserted
    for citation in graph.values(iri, KN + "bronvermelding"):
        if path in graph.values(citation, KN + "eigenschap"):
            for key in (SOURCE, KN + "aanvullingUit"):
                yield from map(views.value, graph.objects(citation, key))
