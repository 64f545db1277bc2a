"""Files in order in, what each adds to the graph out; of a file that is the same, as before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kadernota.checking import readable
from kadernota.model import Places
from kadernota.reading import graph, turtle
from kadernota.triples import value_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pyoxigraph as ox

    from kadernota.checking.claims import Claim
    from kadernota.model import File
    from kadernota.reading.assemble import Formed
    from kadernota.reading.documents import Document
    from kadernota.reading.form import Vocabulary
    from kadernota.reading.turtle import TurtleFile


@dataclass(frozen=True, slots=True)
class Part:
    """What one file adds: its triples, what they are about, their places, claims of its texts."""

    source: Document | TurtleFile
    triples: tuple[ox.Triple, ...]
    subjects: frozenset[str]
    places: Places
    claims: tuple[Claim, ...]


def parts(
    form: Formed, words: Vocabulary, context: File, base: str, before: Mapping[str, Part]
) -> dict[str, Part]:
    """What each file in order adds, by its path."""
    sources: list[Document | TurtleFile] = [*form.docs, *form.turtles]
    found = {s.path: p for s in sources if (p := before.get(s.path)) and p.source is s}
    fresh = [doc for doc in form.docs if doc.path not in found]
    grouped: dict[str, list[ox.Triple]] = {doc.address: [] for doc in fresh}
    for t in graph.to_triples(fresh, words.forms, context, base) if fresh else ():
        whole = value_of(t.subject).removeprefix(base).partition("#")[0]
        grouped[whole].append(t)
    for doc in fresh:
        spots = graph.places((doc,), words.keys, base)
        found[doc.path] = _part(doc, grouped[doc.address], spots)
    for parsed in form.turtles:
        if parsed.path not in found:
            found[parsed.path] = _part(parsed, parsed.triples, turtle.places((parsed,)))
    return found


def _part(source: Document | TurtleFile, triples: Iterable[ox.Triple], spots: Places) -> Part:
    found = tuple(triples)
    subjects = frozenset(value_of(t.subject) for t in found)
    return Part(source, found, subjects, spots, tuple(readable.claims(found)))


def moved(places: Places, gone: Iterable[Part], come: Iterable[Part]) -> Places:
    """The places without those in the files that went, and with those in the files that came."""
    made = Places(dict(places.by_subject), dict(places.by_key), dict(places.by_value))
    for name in ("by_subject", "by_key", "by_value"):
        found = getattr(made, name)
        for part in gone:
            for key in getattr(part.places, name):
                found.pop(key, None)
        for part in come:
            found.update(getattr(part.places, name))
    return made
