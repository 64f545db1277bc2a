"""A SPARQL query in, its triple patterns out: what the query can see of a graph."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

ANY = ""  # instead of a property: any of them


@dataclass(frozen=True, slots=True)
class Sight:
    """One triple pattern: its subject, the properties on its path, and whether that is one link."""

    subject: str
    properties: frozenset[str]
    one: bool


@lru_cache(maxsize=512)
def sights(sparql: str) -> tuple[Sight, ...]:
    """Each triple pattern of a query, at any depth.

    From the parsed text, not from the algebra: there rdflib loses a NOT EXISTS in a NOT EXISTS.
    """
    return tuple(_sights(sparql))


def _sights(sparql: str) -> Iterator[Sight]:
    # As slow to import as pySHACL, which brings it.
    from rdflib.plugins.sparql import algebra, parser  # noqa: PLC0415

    head, body = parser.parseQuery(sparql)
    names = partial(algebra.translatePName, prologue=algebra.translatePrologue(head, None))
    body = algebra.traverse(body, visitPost=names)
    body = algebra.traverse(body, visitPost=algebra.translatePath)
    todo: list[Any] = [body]
    while todo:
        part = todo.pop()
        if isinstance(part, dict):
            groups = dict.get(part, "triples", ())  # its own `get` is another
            flat = [term for group in groups for term in group]
            for subject, path in zip(flat[::3], flat[1::3], strict=True):
                properties, one = _path(path)
                yield Sight(str(subject), properties, one)
            todo += part.values()
        elif isinstance(part, Iterable) and not isinstance(part, str):
            todo += part


def _path(path: Any) -> tuple[frozenset[str], bool]:
    """The properties in a path, and whether it is one link: a property, or a choice of them."""
    from rdflib import URIRef  # noqa: PLC0415
    from rdflib.paths import AlternativePath, InvPath, SequencePath  # noqa: PLC0415

    if isinstance(path, URIRef):
        return frozenset({str(path)}), True
    if isinstance(path, AlternativePath | SequencePath):
        parts = [_path(part) for part in path.args]
    elif isinstance(path, InvPath):
        parts = [_path(path.arg)]
    else:  # a variable, all but these, or so many links that there may be none
        return frozenset({ANY}), False
    one = isinstance(path, AlternativePath) and all(one for _, one in parts)
    return frozenset().union(*(names for names, _ in parts)), one
