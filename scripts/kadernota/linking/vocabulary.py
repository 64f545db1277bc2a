"""The knowledge base in, the vocabulary it is written in out: ontology, shapes, lists, context."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kadernota.linking.addresses import ENGINE, ORIGIN
from kadernota.names import KNSH, LISTS, OWL, SH, SOURCE
from kadernota.publishing import downloads
from kadernota.publishing.downloads import json_ld, turtle
from kadernota.tracing import register
from kadernota.tracing.provenance import provenance
from kadernota.triples import Triples, value_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import pyoxigraph as ox

    from kadernota.model import File, Loaded

    Makers = Iterator[tuple[str, Callable[[], bytes]]]

PREFIXES = downloads.PREFIXES | {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "knsh": KNSH,
    "owl": OWL,
    "schema": "https://schema.org/",
    "sh": SH,
    "vann": "http://purl.org/vocab/vann/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "void": "http://rdfs.org/ns/void#",
}


def files(loaded: Loaded, context: File) -> Makers:
    """What the data are written in, and where they come from, each with what makes it."""
    yield from both("downloads/ontologie", lambda: loaded.ontology.items)
    yield from both("downloads/shapes", lambda: loaded.shapes.items)
    yield from both("downloads/lijsten", lambda: lists(loaded))
    yield "downloads/context.jsonld", partial(bytes, context.content)
    yield "downloads/afgeleid.ttl", lambda: turtle(loaded.inferred.items)
    yield from both(ORIGIN, lambda: origin(loaded))


def both(path: str, made: Callable[[], Iterable[ox.Triple]]) -> Makers:
    """The same graph as Turtle and as JSON-LD."""
    yield f"{path}.ttl", lambda: _turtle(Triples.of(made()).items)
    yield f"{path}.jsonld", lambda: json_ld(Triples.of(made()).items)


def _turtle(triples: tuple[ox.Triple, ...]) -> bytes:
    """With the prefixes that are used, and no others."""
    text = "".join(map(str, triples))
    return turtle(triples, {short: iri for short, iri in PREFIXES.items() if f"<{iri}" in text})


def lists(loaded: Loaded) -> list[ox.Triple]:
    """The closed lists with their values, and the documents they were taken from, in SKOS."""
    onto = loaded.ontology
    ours = [subject for subject in onto.index if subject.startswith(LISTS)]
    sources = {document for subject in ours for document in onto.values(subject, SOURCE)}
    return [t for subject in (*ours, *sorted(sources)) for t in onto.about(subject)]


def origin(loaded: Loaded) -> list[ox.Triple]:
    """How these data were made: the activity, the commit, the engine, and the text that was read.

    The origin of each thing is not here: it is in the whole graph of origin, and beside its page.
    """
    base, memorandum = loaded.settings.base, loaded.settings.memorandum
    own = {ENGINE, base + memorandum, base + register.address(memorandum)}
    return [
        t
        for t in provenance(loaded).items
        if (about := value_of(t.subject)) in own or about.startswith(f"{base}{ORIGIN}#")
    ]
