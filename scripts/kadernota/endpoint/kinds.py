"""The kinds of answer, and the media types in which each can be given."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Mapping

_JSON, _XML = ox.QueryResultsFormat.JSON, ox.QueryResultsFormat.XML
# Of types that are equally welcome, the first. CSV and TSV say nothing of yes or no.
BOOLEANS = {
    "application/sparql-results+json": _JSON,
    "application/json": _JSON,
    "application/sparql-results+xml": _XML,
    "application/xml": _XML,
}
SOLUTIONS = {
    **BOOLEANS,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
GRAPHS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}
DATASETS = {
    "application/n-quads": ox.RdfFormat.N_QUADS,
    "application/trig": ox.RdfFormat.TRIG,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}


def content_type(media: str) -> str:
    """The type with its encoding, where that is not part of the type."""
    return f"{media}; charset=utf-8" if media.startswith("text/") else media


def several(types: Mapping[str, object]) -> str:
    """The types as words, for who asked for another."""
    return ", ".join(types)
