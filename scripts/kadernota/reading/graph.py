"""Documents in, the asserted graph out: JSON-LD does the mapping, we add address and class."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kadernota.model import Form, Place, Places
from kadernota.names import LISTS
from kadernota.reading.tree import Node, Scalar, Sequence, Table
from kadernota.triples import Triples

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kadernota.model import File
    from kadernota.reading.documents import Document
    from kadernota.reading.form import Term


def to_triples(
    documents: Iterable[Document], forms: Mapping[str, Form], context: File, base: str
) -> Iterator[ox.Triple]:
    """What the YAML says, as JSON-LD reads it with the project's context and this base."""
    entries = json.loads(context.content)["@context"] | {"@base": base}
    nodes = [
        {"@id": d.address, "@type": d.cls, **_json(d.tree, d.address, forms[d.cls], forms)}
        for d in documents
    ]
    text = json.dumps({"@context": entries, "@graph": nodes}).encode()
    for quad in ox.parse(text, format=ox.RdfFormat.JSON_LD):
        yield quad.triple


def _json(table: Table, address: str, form: Form, forms: Mapping[str, Form]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in table.entries:
        field = form.field(key.text)
        if field and field.kind == "nested" and isinstance(value, Table):
            inner = forms[field.value_class]
            found[key.text] = {
                f"{address}#{name.text}": {
                    "@type": field.value_class,
                    **_json(part, address, inner, forms),
                }
                for name, part in value.entries
                if isinstance(part, Table)
            }
        else:
            found[key.text] = _plain(value)
    return found


def _plain(node: Node) -> Any:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [_plain(item) for item in node.items]
    return {key.text: _plain(value) for key, value in node.entries}


def places(documents: Iterable[Document], keys: Mapping[str, Term], base: str) -> Places:
    """Where each statement stands: subject, subject with key, and subject with key and value."""
    spots = [
        spot
        for d in documents
        for spot in _spots(d.tree, base + d.address, Place(d.path), keys, base)
    ]
    return Places(
        by_subject={s: place for s, path, _, place in spots if not path},
        by_key={(s, path): place for s, path, value, place in spots if path and not value},
        by_value={(s, path, value): place for s, path, value, place in spots if value},
    )


def _spots(
    table: Table, subject: str, place: Place, keys: Mapping[str, Term], base: str
) -> Iterator[tuple[str, str, str, Place]]:
    """Subject, property and value with their place; a key has no value, a subject no property."""
    yield subject, "", "", place
    for key, value in table.entries:
        term = keys[key.text]
        yield subject, term.path, "", key.place
        if term.nested and isinstance(value, Table):
            for name, part in value.entries:
                if isinstance(part, Table):
                    inner = f"{subject.partition('#')[0]}#{name.text}"
                    yield subject, term.path, inner, name.place
                    yield from _spots(part, inner, name.place, keys, base)
            continue
        for item in value.items if isinstance(value, Sequence) else (value,):
            if isinstance(item, Scalar):
                yield subject, term.path, _value(item.text, term, keys, base), item.place


def _value(text: str, term: Term, keys: Mapping[str, Term], base: str) -> str:
    """The value in the graph that this text has become."""
    if term.coercion == "@vocab":
        return keys[text].path if text in keys else LISTS + text
    if term.coercion == "@id":
        return text if text.startswith("https://") else base + text
    return text


def load(files: Iterable[File]) -> Triples:
    """The triples of the engine's own Turtle files; a mistake there is a bug, so it raises.

    Blank nodes (of lists) get canonical names, so that two runs are the same (RDFC-1.0).
    """
    parsed = (q for f in files for q in ox.parse(f.content, format=ox.RdfFormat.TURTLE))
    dataset = ox.Dataset(parsed)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return Triples.of(quad.triple for quad in dataset)
