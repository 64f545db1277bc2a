"""`zoekwoorden.yaml` in, by which other words a thing is found out.

A line is `adres: [woord, twee woorden]`. They are what SKOS calls hidden labels: what people say
or type when they look for the thing, and what no page shows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kadernota.letters import shown
from kadernota.model import Problem
from kadernota.reading import strict
from kadernota.reading.known import refer
from kadernota.reading.tree import Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kadernota.model import File
    from kadernota.reading.known import Known
    from kadernota.reading.tree import Node

RULE = "invoer:zoekwoorden"


def searchwords(file: File | None) -> dict[str, tuple[str, ...]]:
    """The words by address."""
    tree, _ = strict.parse(file) if file else (None, ())
    entries = tree.entries if tree else ()
    return {key.text: tuple(item.text for item in _items(value) or ()) for key, value in entries}


def review(file: File, known: Known) -> Iterator[Problem]:
    """Every mistake in the file: a thing that is not there, no list, the same word twice."""
    tree, problems = strict.parse(file)
    yield from problems
    for key, value in tree.entries if tree else ():
        if "#" in key.text:
            message = "Noem een heel ding; haal # weg en wat erachter staat."
            yield Problem(key.place, key.text, message, RULE)
        elif not known.has(known.moved.get(key.text, key.text)):
            yield refer(key.text, known).at(key.place, key.text)
        items = _items(value)
        if items is None:
            message = "Schrijf de woorden als een lijst: [een, twee]."
            yield Problem(value.place, key.text, message, RULE)
            continue
        seen: set[str] = set()
        for item in items:
            if item.text in seen:
                message = f"Noem '{shown(item.text)}' één keer."
                yield Problem(item.place, key.text, message, RULE)
            seen.add(item.text)


def _items(node: Node) -> list[Scalar] | None:
    items = node.items if isinstance(node, Sequence) else (node,)
    found = [item for item in items if isinstance(item, Scalar)]
    return found if len(found) == len(items) else None
