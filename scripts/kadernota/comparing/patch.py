"""Two graphs in, the way from one to the other out, for a store: RDF Patch or SPARQL Update."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

if TYPE_CHECKING:
    from kadernota.triples import Triples


def _apart(before: Triples, after: Triples) -> tuple[list[str], list[str]]:
    """What must go and what must come, as N-Triples; people's data have no blank nodes."""
    old, new = set(before.items), set(after.items)
    gone, come = (sorted(f"{t} ." for t in each) for each in (old - new, new - old))
    return gone, come


def rdf_patch(before: Triples, after: Triples) -> str:
    """One transaction; the same two graphs give the same patch, its identifier included."""
    gone, come = _apart(before, after)
    rows = [*(f"D {row}" for row in gone), *(f"A {row}" for row in come)]
    number = uuid5(NAMESPACE_URL, "\n".join(rows))
    return "\n".join([f"H id <urn:uuid:{number}> .", "TX .", *rows, "TC ."]) + "\n"


def sparql(before: Triples, after: Triples) -> str:
    """The same as SPARQL Update, for a store that knows no patches."""
    gone, come = _apart(before, after)
    parts = [("DELETE DATA", gone), ("INSERT DATA", come)]
    said = ["\n".join([f"{word} {{", *rows, "}"]) for word, rows in parts if rows]
    return " ;\n".join(said) + "\n" if said else ""
