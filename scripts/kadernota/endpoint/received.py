"""A request in, what it asks out; what the protocol does not allow is refused in Dutch.

The protocol: SPARQL 1.1 Protocol, section 2; SPARQL 1.1 Graph Store HTTP Protocol, section 4.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

import pyoxigraph as ox

from kadernota.endpoint.wire import DEFAULT, EVERYTHING
from kadernota.letters import shown

if TYPE_CHECKING:
    from collections.abc import Iterable

FIELDS = 100  # in one address or form
FORM, QUERY = "application/x-www-form-urlencoded", "application/sparql-query"
UPDATES = {"update", "using-graph-uri", "using-named-graph-uri"}
ONLY_READ = "Stel een vraag; wijzigen kan hier niet. Deze dienst leest alleen."


class Refused(Exception):  # noqa: N818 - it is the answer to a wrong request
    """The request cannot be answered; the words say, in Dutch, what to do."""

    def __init__(self, status: HTTPStatus, words: str, headers: dict[str, str] | None = None):
        super().__init__(words)
        self.status, self.words, self.headers = status, words, headers or {}


def wrong(words: str, status: HTTPStatus = HTTPStatus.BAD_REQUEST) -> Refused:
    return Refused(status, words)


@dataclass(frozen=True, slots=True)
class Operation:
    """A query with its dataset: the graphs of the request, or None for those of the store."""

    sparql: str
    default: tuple[str, ...] | None
    named: tuple[str, ...] | None


Fields = tuple[tuple[str, str], ...]


def fields(raw: bytes) -> Fields:
    """The names and values of an address or form, in UTF-8; raises Refused."""
    try:
        found = parse_qsl(
            raw.decode(), keep_blank_values=True, errors="strict", max_num_fields=FIELDS
        )
    except UnicodeDecodeError:
        raise wrong("Geef de vraag als UTF-8: er staat een teken in een andere codering.") from None
    except ValueError:
        raise wrong(f"Geef hooguit {FIELDS} parameters.") from None
    return tuple(found)


def operation(method: str, kind: str, address: bytes, body: bytes) -> Operation | None:
    """What is asked; None when there is no query. Raises Refused.

    `kind` is the Content-Type, `address` what stands behind the question mark.
    """
    given = fields(address)
    if method == "POST":
        given += _posted(kind, body)
    names = [name for name, _ in given]
    if UPDATES & set(names):
        raise wrong(ONLY_READ, HTTPStatus.FORBIDDEN)
    if names.count("query") > 1:
        raise wrong("Stel één vraag tegelijk: 'query' staat er meer dan eens.")
    if "query" not in names:
        if method == "POST":
            raise wrong("Zet de vraag in SPARQL bij 'query'.")
        return None
    default, named = _graphs("default-graph-uri", given), _graphs("named-graph-uri", given)
    chosen = bool(default or named)
    return Operation(dict(given)["query"], default if chosen else None, named if chosen else None)


def _posted(kind: str, body: bytes) -> Fields:
    media, _, rest = kind.lower().partition(";")
    media, charset = media.strip(), rest.partition("charset=")[2].partition(";")[0].strip(' "')
    if media == "application/sparql-update":
        raise wrong(ONLY_READ, HTTPStatus.FORBIDDEN)
    if media not in {FORM, QUERY} or charset not in {"", "utf-8"}:
        raise wrong(
            f"Stuur de vraag als {QUERY} of {FORM}, in UTF-8.", HTTPStatus.UNSUPPORTED_MEDIA_TYPE
        )
    if media == FORM:
        return fields(body)
    try:
        return (("query", body.decode()),)
    except UnicodeDecodeError:
        raise wrong("Geef de vraag als UTF-8: er staat een teken in een andere codering.") from None


def _graphs(name: str, given: Fields) -> tuple[str, ...]:
    return tuple(address(value, name) for key, value in given if key == name)


def address(value: str, name: str) -> str:
    """The address of a graph; raises Refused for what is none."""
    try:
        return ox.NamedNode(value).value
    except ValueError:
        said = shown(value)[:100]
        raise wrong(f"Geef bij '{name}' een volledig adres van een graaf, niet '{said}'.") from None


def graph(query: bytes, known: Iterable[str]) -> str:
    """Which graph is asked for: DEFAULT, an address, or EVERYTHING. Raises Refused."""
    given = fields(query)
    asked = [value for name, value in given if name == "graph"]
    plain = sum(name == "default" for name, _ in given)
    if len(asked) + plain > 1:
        raise wrong("Vraag één graaf tegelijk: 'default', of één keer 'graph'.")
    if not asked:
        return DEFAULT if plain else EVERYTHING
    wanted = address(asked[0], "graph")
    if wanted not in known:
        said = "\n".join(f"  {name}" for name in known)
        raise wrong(f"Deze graaf is er niet. Kies één van:\n{said}", HTTPStatus.NOT_FOUND)
    return wanted
