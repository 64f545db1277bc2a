"""Ontology and shapes in, what the pages about the model itself show out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kadernota.names import DCT, KN, LISTS, MAP, OWL, RDFS, SKOS, TYPE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kadernota.model import Loaded


@dataclass(frozen=True, slots=True)
class Entry:
    """One term, list value or rule: where it is found, what it is called, what it means."""

    key: str
    name: str
    text: str
    more: str = ""


def lists(loaded: Loaded) -> list[tuple[str, str, list[Entry]]]:
    """The closed lists: address, title, and the values with anchor, name and definition."""
    onto = loaded.ontology
    found = []
    for scheme in onto.subjects(TYPE, SKOS + "ConceptScheme"):
        entries = [
            Entry(
                key=value.removeprefix(LISTS).replace("/", "-"),
                name=onto.one(value, SKOS + "prefLabel"),
                text=onto.one(value, SKOS + "definition"),
            )
            for value in onto.subjects(SKOS + "inScheme", scheme)
        ]
        title = onto.one(scheme, DCT + "title")
        found.append((scheme.removeprefix(LISTS), title, sorted(entries, key=lambda e: e.key)))
    return sorted(found)


def rings(loaded: Loaded) -> list[Entry]:
    """The words that people use for one another when they look for something."""
    onto = loaded.ontology
    found = [
        Entry(
            key=word.removeprefix(LISTS).replace("/", "-"),
            name=onto.one(word, SKOS + "prefLabel"),
            text=", ".join(onto.values(word, SKOS + "hiddenLabel")),
        )
        for word in onto.index
        if word.startswith(LISTS + "zoekwoorden/")
    ]
    return sorted(found, key=lambda e: e.key)


def meanings(loaded: Loaded) -> dict[str, str]:
    """What each value of the closed lists means, by its place on the site."""
    found = (entry for _, _, entries in lists(loaded) for entry in entries)
    return {f"lijsten/#{entry.key}": entry.text for entry in found}


def terms(loaded: Loaded, kind: str) -> list[Entry]:
    """The classes (`Class`) or the properties (`ObjectProperty`, ...) of the model."""
    onto = loaded.ontology
    found = [
        Entry(
            key=iri.removeprefix(KN),
            name=onto.one(iri, RDFS + "label"),
            text=onto.one(iri, SKOS + "definition"),
            more=onto.one(iri, MAP),
        )
        for iri in onto.subjects(TYPE, OWL + kind)
        if iri.startswith(KN)
    ]
    return sorted(found, key=lambda e: e.key.casefold())


def borrowed(loaded: Loaded, field_names: Mapping[str, str]) -> list[Entry]:
    """The keys whose property comes from another vocabulary."""
    onto = loaded.ontology
    return [
        Entry(
            key=key,
            name=field_names[path],
            text=onto.one(path, SKOS + "definition"),
            more=path,
        )
        for path, key in sorted(loaded.keys.items(), key=lambda item: item[1])
        if not path.startswith(KN)
    ]


def meaning(loaded: Loaded, cls: str) -> str:
    """What a class stands for, in one sentence."""
    return loaded.ontology.one(cls, SKOS + "definition")
