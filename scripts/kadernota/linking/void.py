"""The graphs in, what is in them out: VoID, for programs that want to know before they load."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kadernota.asking.ask import graphs
from kadernota.linking.addresses import CATALOG, home
from kadernota.names import DCT, TYPE, XSD
from kadernota.publishing.datasets import GRAPHS
from kadernota.triples import value_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kadernota.publishing.datasets import Dataset
    from kadernota.publishing.views import Views
    from kadernota.triples import Triples

    Said = tuple[str, str, ox.NamedNode | ox.Literal]

VOID = "http://rdfs.org/ns/void#"
SD = "http://www.w3.org/ns/sparql-service-description#"


def described(views: Views, offered: Iterable[Dataset]) -> Iterator[Said]:
    """The whole with its files, its size and its words, and each named graph by itself."""
    me, site = f"{views.base}{CATALOG}#kennisbank", home(views.loaded.settings)
    memorandum = ox.NamedNode(views.base + views.loaded.settings.memorandum)
    yield me, TYPE, ox.NamedNode(VOID + "Dataset")
    yield me, VOID + "uriSpace", ox.Literal(views.base)
    yield me, VOID + "exampleResource", memorandum
    yield me, VOID + "rootResource", memorandum
    for dataset in offered:
        for file in dataset.files if dataset.key == "kennisbank" else ():
            yield me, VOID + "dataDump", ox.NamedNode(site + file.path)
    stated = views.loaded.asserted
    yield from _counts(me, stated)
    for word in sorted({_space(t.predicate.value) for t in stated.items}):
        yield me, VOID + "vocabulary", ox.NamedNode(word)
    for graph, triples in graphs(views.loaded).items():
        title, path = GRAPHS[graph.rpartition("/")[2]]
        yield me, VOID + "subset", ox.NamedNode(graph)
        yield graph, TYPE, ox.NamedNode(VOID + "Dataset")
        yield graph, TYPE, ox.NamedNode(SD + "Graph")
        yield graph, DCT + "title", ox.Literal(title, language="nl")
        yield graph, VOID + "dataDump", ox.NamedNode(site + path)
        yield from _counts(graph, triples)


def _counts(me: str, triples: Triples) -> Iterator[Said]:
    found = {
        "triples": len(triples.items),
        "distinctSubjects": len(triples.index),
        "properties": len({t.predicate.value for t in triples.items}),
        "classes": len({value_of(t.object) for t in triples.items if t.predicate.value == TYPE}),
    }
    for word, count in found.items():
        yield me, VOID + word, ox.Literal(str(count), datatype=ox.NamedNode(XSD + "integer"))


def _space(iri: str) -> str:
    """What comes before the last part of an address: the vocabulary that a word is from."""
    return re.sub(r"[^/#]+$", "", iri)
