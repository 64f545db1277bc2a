"""Everything that has a name in, per name the addresses of what is called that out."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kadernota.names import ALIAS, LISTS, NAME
from kadernota.reading.tree import Scalar, Sequence, Table
from kadernota.triples import value_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from collections.abc import Sequence as List

    from kadernota.reading.documents import Document
    from kadernota.reading.form import Vocabulary
    from kadernota.reading.tree import Node
    from kadernota.reading.turtle import TurtleFile

NAMES = (NAME, ALIAS)


def called(
    docs: Iterable[Document], turtles: Iterable[TurtleFile], words: Vocabulary, base: str
) -> Mapping[str, List[str]]:
    """The addresses by name, without regard to capitals: things, their parts, values of lists."""
    keys = {key for key, term in words.keys.items() if term.path in NAMES}
    found: dict[str, list[str]] = defaultdict(list)
    for name, address in (
        *(pair for doc in docs for pair in _in_table(doc.tree, doc.address, doc.address, keys)),
        *(
            (t.object.value, value_of(t.subject).removeprefix(base))
            for parsed in turtles
            for t in parsed.triples
            if t.predicate.value in NAMES and isinstance(t.object, ox.Literal)
        ),
        *(
            (value_of(name), iri.removeprefix(LISTS))
            for iri in words.ontology.index
            if iri.startswith(LISTS)
            for path in NAMES
            for name in words.ontology.objects(iri, path)
        ),
    ):
        if address not in found[name.casefold()]:
            found[name.casefold()].append(address)
    return found


def _in_table(table: Table, address: str, whole: str, keys: set[str]) -> Iterator[tuple[str, str]]:
    """The names of a thing and of the parts in it, each with its address."""
    for key, value in table.entries:
        if key.text in keys:
            yield from ((text, address) for text in _texts(value))
        elif isinstance(value, Table):
            for name, part in value.entries:
                if isinstance(part, Table):
                    yield from _in_table(part, f"{whole}#{name.text}", whole, keys)


def _texts(value: Node) -> Iterator[str]:
    for item in value.items if isinstance(value, Sequence) else (value,):
        if isinstance(item, Scalar):
            yield item.text
