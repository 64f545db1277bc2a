"""The glossary in, a concept scheme out, as NL-SBB has it: the Dutch profile of SKOS."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kadernota.linking.addresses import GLOSSARY
from kadernota.linking.vocabulary import both
from kadernota.names import DCT, FOAF, KN, RDFS, SKOS, SOURCE, TYPE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kadernota.publishing.views import Views

    Said = tuple[str, str, ox.NamedNode | ox.Literal]

CC0 = "https://creativecommons.org/publicdomain/zero/1.0/"
KEPT = {SKOS + word for word in ("prefLabel", "altLabel", "definition", "note")} | {SOURCE}


def files(views: Views) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """The glossary as data, beside its page; none when there are no concepts."""
    if views.things(GLOSSARY):
        yield from both(GLOSSARY, lambda: glossary(views))


def glossary(views: Views) -> list[ox.Triple]:
    """The concepts of the memorandum with their scheme, and the passages they rest on."""
    scheme = views.base + GLOSSARY
    name = views.loaded.settings.name
    said: list[Said] = [
        (scheme, TYPE, ox.NamedNode(SKOS + "ConceptScheme")),
        (scheme, DCT + "title", ox.Literal(f"Begrippen: {name}", language="nl")),
        (scheme, RDFS + "comment", ox.Literal(_about(views), language="nl")),
        (scheme, DCT + "license", ox.NamedNode(CC0)),
        *_concepts(views, scheme),
        *_sources(views),
    ]
    return [ox.Triple(ox.NamedNode(s), ox.NamedNode(p), o) for s, p, o in said]


def _about(views: Views) -> str:
    return f"Wat de woorden betekenen in: {views.thing(views.loaded.settings.memorandum).name}."


def _concepts(views: Views, scheme: str) -> Iterator[Said]:
    graph = views.loaded.asserted
    for thing in views.things(GLOSSARY):
        yield scheme, SKOS + "hasTopConcept", ox.NamedNode(thing.iri)
        yield thing.iri, TYPE, ox.NamedNode(SKOS + "Concept")
        yield thing.iri, SKOS + "inScheme", ox.NamedNode(scheme)
        yield thing.iri, SKOS + "topConceptOf", ox.NamedNode(scheme)
        for path in sorted(KEPT):
            for o in graph.objects(thing.iri, path):
                if isinstance(o, ox.NamedNode | ox.Literal):
                    yield thing.iri, path, o
        for other in graph.values(thing.iri, KN + "zieOok"):
            yield thing.iri, SKOS + "related", ox.NamedNode(other)
            yield other, SKOS + "related", ox.NamedNode(thing.iri)


def _sources(views: Views) -> Iterator[Said]:
    """What the passages are called, and where the published text has them."""
    graph = views.loaded.asserted
    for thing in views.things(GLOSSARY):
        for passage in graph.values(thing.iri, SOURCE):
            if stop := views.stops.get(passage):
                yield passage, DCT + "title", ox.Literal(stop.name, language="nl")
                yield passage, FOAF + "page", ox.NamedNode(stop.official)
