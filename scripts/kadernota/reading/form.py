"""Shapes and context in, one form per class out: which keys, in which order, of what kind."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kadernota.model import Field, Form
from kadernota.names import MAP, RDF, RDFS, SH, TYPE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kadernota.model import File
    from kadernota.triples import Triples


@dataclass(frozen=True, slots=True)
class Term:
    """What the JSON-LD context says of one YAML key: property, coercion, language, container."""

    key: str
    path: str
    coercion: str
    language: str
    nested: bool


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What can be written: the ontology, the keys, and the form of each class."""

    ontology: Triples
    keys: Mapping[str, Term]
    forms: Mapping[str, Form]


def terms(context: File) -> dict[str, Term]:
    """The keys that an author can write, from the JSON-LD context; prefixes are no keys."""
    entries = json.loads(context.content)["@context"]

    def expand(name: str) -> str:
        prefix, colon, local = name.partition(":")
        return entries[prefix] + local if colon and isinstance(entries.get(prefix), str) else name

    return {
        key: Term(
            key=key,
            path=expand(entry["@id"]),
            coercion=expand(entry.get("@type", "")),
            language=entry.get("@language", ""),
            nested=entry.get("@container") == "@id",
        )
        for key, entry in entries.items()
        if isinstance(entry, dict)
    }


def forms(shapes: Triples, ontology: Triples, keys: Mapping[str, Term]) -> dict[str, Form]:
    """The form of each class that a node shape targets, by class."""
    by_path = {term.path: term for term in keys.values()}
    found = {}
    for shape in shapes.subjects(TYPE, SH + "NodeShape"):
        properties = shapes.values(shape, SH + "property")
        if not properties:
            continue
        for cls in shapes.values(shape, SH + "targetClass"):
            found[cls] = Form(
                cls=cls,
                folder=ontology.one(cls, MAP),
                label=ontology.one(cls, RDFS + "label"),
                fields=tuple(_fields(shapes, properties, by_path)),
            )
    return dict(sorted(found.items()))


def _fields(shapes: Triples, properties: list[str], by_path: Mapping[str, Term]) -> list[Field]:
    """Property shapes on one path make one field; those without a name only add constraints."""
    grouped: dict[str, list[str]] = {}
    for prop in properties:
        grouped.setdefault(shapes.one(prop, SH + "path"), []).append(prop)
    fields = [
        _field(shapes, path, group, by_path[path])
        for path, group in grouped.items()
        if path in by_path
    ]
    return sorted(fields, key=lambda f: (f.order, f.key))


def _field(shapes: Triples, path: str, group: list[str], term: Term) -> Field:
    def first(name: str) -> str:
        return next((v for p in group if (v := shapes.one(p, SH + name))), "")

    def said(name: str) -> str:
        having = (p for p in group if not name or shapes.one(p, SH + name))
        return next((shapes.one(p, SH + "message") for p in having), "")

    pattern = first("pattern")
    return Field(
        key=term.key,
        path=path,
        order=int(first("order") or 0),
        name=first("name") or term.key,
        help=first("description"),
        required=int(first("minCount") or 0) > 0,
        single=first("maxCount") == "1",
        kind=_kind(term, first("class"), pattern),
        datatype=term.coercion if term.coercion.startswith("http") else "",
        value_class=first("class"),
        classes=tuple(c for p in group for c in _classes(p, shapes)),
        pattern=pattern,
        least=first("minInclusive"),
        above=first("minExclusive"),
        message=said("order") or said(""),
        missing=said("minCount"),
        many=said("maxCount"),
    )


def _classes(prop: str, shapes: Triples) -> Iterator[str]:
    """The classes that a value may have, also when the shape gives them as alternatives."""
    yield from shapes.values(prop, SH + "class")
    rest = shapes.one(prop, SH + "or")
    while first := shapes.one(rest, RDF + "first"):
        yield from shapes.values(first, SH + "class")
        rest = shapes.one(rest, RDF + "rest")


def _kind(term: Term, cls: str, pattern: str) -> str:
    if term.nested:
        return "nested"
    if term.coercion == "@vocab":
        return "choice" if cls else "term"
    if term.coercion == "@id":
        return "external" if pattern.startswith("^https://") else "reference"
    return "text" if term.language else "literal"
