"""Asserted statements and a commit in, where all of it comes from out: PROV-O and ELI.

The register of passages stands for the expression of the regulation that was read. Each thing is
derived from it, has its other documents as primary sources, and was made by one activity: the
encoding, as it stood at a commit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kadernota.names import DCT, FOAF, KN, PROV, RDF, SOURCE, XSD
from kadernota.tracing import register
from kadernota.triples import Triples, value_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kadernota.model import Loaded, Settings, Version

ELI = "http://data.europa.eu/eli/ontology#"
ENGINE = "https://w3id.org/kadernota"
Object = ox.NamedNode | ox.Literal


def provenance(loaded: Loaded) -> Triples:
    """The statements of the provenance graph."""
    asserted, settings, version = loaded.asserted, loaded.settings, loaded.version
    return Triples.of(
        ox.Triple(ox.NamedNode(s), ox.NamedNode(p), o)
        for s, p, o in (
            *_text(asserted, settings),
            *_activity(settings, version),
            *_things(asserted, settings),
            *_moved(loaded.redirects, settings),
        )
    )


def _text(asserted: Triples, settings: Settings) -> Iterator[tuple[str, str, Object]]:
    """The regulation, its expression that was read, and where that is published."""
    work = settings.base + settings.memorandum
    expression = settings.base + register.address(settings.memorandum)
    yield work, RDF + "type", ox.NamedNode(ELI + "LegalResource")
    if expression in asserted.index:
        yield expression, RDF + "type", ox.NamedNode(ELI + "LegalExpression")
        yield expression, RDF + "type", ox.NamedNode(PROV + "Entity")
        yield expression, ELI + "realizes", ox.NamedNode(work)
        fingerprint = asserted.one(expression, KN + "vingerafdruk")
        yield expression, DCT + "identifier", ox.Literal(f"sha256:{fingerprint}")
        for page in asserted.values(work, FOAF + "page"):
            yield page, RDF + "type", ox.NamedNode(ELI + "Format")
            yield page, ELI + "embodies", ox.NamedNode(expression)


def _activity(settings: Settings, version: Version | None) -> Iterator[tuple[str, str, Object]]:
    """The encoding, by the engine, from the text, at a commit."""
    activity = settings.base + "herkomst#vastlegging"
    yield activity, RDF + "type", ox.NamedNode(PROV + "Activity")
    expression = settings.base + register.address(settings.memorandum)
    yield activity, PROV + "used", ox.NamedNode(expression)
    yield activity, PROV + "wasAssociatedWith", ox.NamedNode(ENGINE)
    yield ENGINE, RDF + "type", ox.NamedNode(PROV + "SoftwareAgent")
    if version:
        state = settings.base + "herkomst#versie"
        yield activity, PROV + "used", ox.NamedNode(state)
        yield state, RDF + "type", ox.NamedNode(PROV + "Entity")
        yield state, DCT + "identifier", ox.Literal(f"git:{version.commit}")
        when = ox.Literal(version.time, datatype=ox.NamedNode(XSD + "dateTime"))
        yield activity, PROV + "endedAtTime", when
        if version.changed:
            yield state, DCT + "description", ox.Literal("met wijzigingen", language="nl")


def _moved(redirects: Mapping[str, str], settings: Settings) -> Iterator[tuple[str, str, Object]]:
    """Which address a thing has now that had another."""
    for old, new in redirects.items():
        yield settings.base + old, DCT + "isReplacedBy", ox.NamedNode(settings.base + new)


def _things(asserted: Triples, settings: Settings) -> Iterator[tuple[str, str, Object]]:
    """What each thing was made from, its parts included."""
    activity = ox.NamedNode(settings.base + "herkomst#vastlegging")
    text = settings.base + register.address(settings.memorandum)
    for subject in asserted.index:
        thing = subject.partition("#")[0]
        if not thing.startswith(settings.base) or thing == text:
            continue
        yield thing, RDF + "type", ox.NamedNode(PROV + "Entity")
        yield thing, PROV + "wasGeneratedBy", activity
        for passage in asserted.objects(subject, SOURCE):
            whole = value_of(passage).partition("#")[0]
            yield thing, PROV + "wasDerivedFrom", ox.NamedNode(whole)
        for document in asserted.values(subject, KN + "aanvullingUit"):
            yield thing, PROV + "hadPrimarySource", ox.NamedNode(document)
