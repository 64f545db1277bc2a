"""Things and reasons in, what they rest on out: passages with a link to them, file and line."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from kadernota.asking import wording
from kadernota.names import FOAF, KN
from kadernota.triples import value_of

if TYPE_CHECKING:
    from kadernota.asking import explain
    from kadernota.publishing.views import Views

READING = KN + "duiding"
OUTSIDE = "Uit dit document; de nota zegt het niet."
MODEL = "Een woord van het model, geen ding uit de nota."
NONE = "Hier is geen passage bij vastgelegd."


@dataclass(frozen=True, slots=True)
class Source:
    """One thing on which another rests: a passage, with the address where the text says it.

    `path` is the way to the passage through the headings, `file` is where people wrote the thing
    down (path:line). `note` says, in Dutch, what is the matter when no passage says it.
    """

    thing: str
    thing_name: str
    passage: str
    passage_name: str
    path: str
    url: str
    file: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """A statement in words and why it holds.

    `rule` and `words` say by which rule, and are empty where people stated it themselves; there
    `sources` says where, and `reading` what they read in it that the text does not say.
    """

    sentence: str
    subject: str
    predicate: str
    object: str
    rule: str
    words: str
    reading: str
    sources: tuple[Source, ...]
    because: tuple[Reason, ...]


def sources(views: Views, iri: str) -> tuple[Source, ...]:
    """What a thing or part of a thing rests on: passages first, then other documents."""
    graph, place = views.loaded.asserted, views.loaded.places.find(iri)
    file = f"{place.file}:{place.line}" if place else ""
    if iri in views.stops:
        return (_source(views, iri, iri, file),)
    passages = wording.passages(iri, "", views.loaded)
    return _all(views, iri, [*passages, *graph.values(iri, wording.OTHER)], file)


def cited(views: Views, iri: str, path: str) -> tuple[Source, ...]:
    """What one key of a thing rests on by itself; nothing when it has no source of its own."""
    own, place = wording.cited(iri, path, views.loaded), views.loaded.places.find(iri, path)
    file = f"{place.file}:{place.line}" if place else ""
    return tuple(_source(views, iri, passage, file) for passage in own)


def told(views: Views, reason: explain.Reason) -> Reason:
    """A reason with its sentences, and with the passages of what people stated."""
    t = reason.statement
    words = [reason.rule.title, wording.axiom(reason, views.loaded)] if reason.rule else []
    return Reason(
        sentence=wording.sentence(t, views.loaded),
        subject=value_of(t.subject),
        predicate=t.predicate.value,
        object=value_of(t.object),
        rule=reason.rule.name if reason.rule else "",
        words=" ".join(filter(None, words)),
        reading="" if reason.rule else views.loaded.asserted.one(value_of(t.subject), READING),
        sources=() if reason.rule else _stated(views, reason),
        because=tuple(told(views, b) for b in reason.because),
    )


def _stated(views: Views, reason: explain.Reason) -> tuple[Source, ...]:
    """What a statement of people rests on; it stands on a line of its own."""
    t, loaded = reason.statement, views.loaded
    subject, path = value_of(t.subject), t.predicate.value
    place = loaded.places.find(subject, path, value_of(t.object))
    file = f"{place.file}:{place.line}" if place else ""
    return _all(views, subject, wording.passages(subject, path, loaded), file)


def _all(views: Views, thing: str, passages: list[str], file: str) -> tuple[Source, ...]:
    found = tuple(_source(views, thing, passage, file) for passage in passages)
    if found:
        return found
    note = NONE if thing in views.loaded.asserted.index else MODEL
    return (_source(views, thing, "", file, note),)


def _source(views: Views, thing: str, passage: str, file: str, note: str = "") -> Source:
    graph, stop = views.loaded.asserted, views.stops.get(passage)
    return Source(
        thing=thing,
        thing_name=views.name(thing),
        passage=passage,
        passage_name=views.name(passage) if passage else "",
        path=graph.one(passage, KN + "pad"),
        url=stop.official if stop else graph.one(passage, FOAF + "page"),
        file=file,
        note=note or ("" if stop else OUTSIDE),
    )


def tree(views: Views, reason: explain.Reason) -> dict[str, Any]:
    """A reason as a tree for machines; `source` is its place and passages in words."""
    found = asdict(told(views, reason))
    return _tree(found, reason, views)


def _tree(found: dict[str, Any], reason: explain.Reason, views: Views) -> dict[str, Any]:
    stated = reason.rule is None
    return found | {
        "rule": found["rule"] or None,
        "source": wording.where(reason.statement, views.loaded) if stated else None,
        "because": [
            _tree(inner, b, views)
            for inner, b in zip(found["because"], reason.because, strict=True)
        ],
    }
