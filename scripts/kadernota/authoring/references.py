"""Files in, the places out where they name a thing, and what to write there when it is renamed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kadernota.reading import locate, strict
from kadernota.reading.canonical import address, scalar
from kadernota.reading.comments import QUOTED
from kadernota.reading.tree import Node, Scalar, Sequence, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kadernota.model import File, Form, Place
    from kadernota.reading.documents import Document

    Rename = Callable[[str], str | None]  # the new address of a thing or part; None: it stays


@dataclass(frozen=True, slots=True, order=True)
class Reference:
    """A place that names a thing: what stands there, and what is to stand there."""

    place: Place
    key: str
    raw: str
    fresh: str


def renaming(pairs: Mapping[str, str]) -> Rename:
    """New addresses by old ones, for the parts of a thing as well."""

    def renamed(old: str) -> str | None:
        whole, sign, part = old.partition("#")
        return pairs[whole] + sign + part if whole in pairs else None

    return renamed


def in_document(
    document: Document, forms: Mapping[str, Form], base: str, renamed: Rename
) -> Iterator[Reference]:
    """Where a document names what is renamed."""
    lines = document.content.decode().split("\n")
    for key, value in _values(document.tree, forms[document.cls], forms):
        if new := renamed(address(value.text, base)):
            yield Reference(value.body or value.place, key, _raw(value, lines), scalar(new))


def _values(table: Table, form: Form, forms: Mapping[str, Form]) -> Iterator[tuple[str, Scalar]]:
    """Every reference in a thing and its parts, with its key."""
    for key, value in table.entries:
        field = form.field(key.text)
        if field and field.kind == "nested" and isinstance(value, Table):
            for _, part in value.entries:
                if isinstance(part, Table):
                    yield from _values(part, forms[field.value_class], forms)
        elif field and field.kind == "reference":
            yield from ((key.text, item) for item in _scalars(value))


def _scalars(node: Node) -> Iterable[Scalar]:
    items = node.items if isinstance(node, Sequence) else (node,)
    return (item for item in items if isinstance(item, Scalar))


def _raw(value: Scalar, lines: list[str]) -> str:
    """How a value was written, with its quotes."""
    quoted = QUOTED.match(lines[value.place.line - 1], value.place.column - 1)
    return quoted[0] if quoted and not value.body else value.text


def in_turtle(file: File, base: str, renamed: Rename) -> Iterator[Reference]:
    """Where Turtle names what is renamed, as a subject or as an object."""
    for iri, raw, place in locate.words(file.path, file.content.decode(), base):
        old = iri.removeprefix(base)
        if iri.startswith(base) and (new := renamed(old)):
            yield Reference(place, "", raw, _turtle(raw, old, new, base))


def _turtle(raw: str, old: str, new: str, base: str) -> str:
    """The new address in the style of the old one: relative, or whole; a prefix is given up."""
    if raw == f"<{old}>":
        return f"<{new}>"
    return f"<{base}{new}>"


def in_settings(file: File, renamed: Rename) -> Iterator[Reference]:
    """Where the settings name what is renamed: the memorandum that holds now."""
    tree, _ = strict.parse(file)
    for key, value in tree.entries if tree else ():
        if key.text == "nota" and isinstance(value, Scalar) and (new := renamed(value.text)):
            lines = file.content.decode().split("\n")
            yield Reference(value.body or value.place, "nota", _raw(value, lines), scalar(new))


def rewritten(content: bytes, references: Iterable[Reference]) -> bytes:
    """The file with each reference written anew, and not a byte else changed."""
    lines = content.decode().split("\n")
    for reference in sorted(references, reverse=True):
        n, at = reference.place.line - 1, reference.place.column - 1
        line = lines[n]
        lines[n] = line[:at] + reference.fresh + line[at + len(reference.raw) :]
    return "\n".join(lines).encode()
