"""All of data/ in, one asserted graph out, with the place of each statement and every mistake."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kadernota import graph, turtle
from kadernota.documents import Document, addresses, documents
from kadernota.model import Place, Places, Problem, Settings, Sources, Triples
from kadernota.names import LISTS, MAP, TYPE
from kadernota.structure import Known, review

if TYPE_CHECKING:
    from kadernota.form import Vocabulary


@dataclass(frozen=True, slots=True)
class Assembled:
    """What people wrote, as one graph; with problems the graph is empty."""

    asserted: Triples
    places: Places
    problems: tuple[Problem, ...]
    files: int


def assemble(sources: Sources, config: Settings, words: Vocabulary) -> Assembled:
    """Read YAML and Turtle, check their form, and build the graph when all of it is in order."""
    docs, problems = documents(sources.data, words.forms)
    broken = {p.place.file for p in problems}
    turtles = []
    for file in sources.data:
        if file.path.endswith(".ttl") and file.path not in broken:
            parsed, wrong = turtle.parse(file, config.base)
            turtles.append(parsed)
            problems += wrong
    known = _known(docs, turtles, problems, words, config.base)
    found = [*problems, *_twice(docs, turtles, config.base)]
    for doc in docs:
        found.extend(review(doc, known))
    for parsed in turtles:
        found.extend(turtle.review(parsed, known, config.base))
    if not docs and not turtles and not found:
        message = "Zet onder data/ ten minste één bestand; er is niets om te controleren."
        found.append(Problem(Place("data"), "", message, "invoer:leeg"))
    if found:
        empty = Triples(())
        return Assembled(empty, Places({}, {}, {}), tuple(sorted(set(found))), len(sources.data))
    triples = [
        *graph.to_triples(docs, words.forms, sources.context, config.base),
        *(t for parsed in turtles for t in parsed.triples),
    ]
    spots = graph.places(docs, words.keys, config.base)
    for parsed in turtles:
        spots = Places(
            {**spots.by_subject, **parsed.subjects}, {**spots.by_key, **parsed.keys}, spots.by_value
        )
    return Assembled(Triples.of(triples), spots, (), len(sources.data))


def _known(
    docs: tuple[Document, ...],
    turtles: list[turtle.TurtleFile],
    problems: tuple[Problem, ...],
    words: Vocabulary,
    base: str,
) -> Known:
    ontology = words.ontology
    nested = frozenset(term.key for term in words.keys.values() if term.nested)
    things = {address for doc in docs for address in addresses(doc, nested)}
    things |= {s.removeprefix(base) for parsed in turtles for s in parsed.subjects}
    # A file that cannot be read still exists: what refers to it is not wrong as well.
    unread = {p.place.file.removeprefix("data/").rpartition(".") for p in problems}
    return Known(
        forms=words.forms,
        folders={c: ontology.one(c, MAP) for c in ontology.index if ontology.one(c, MAP)},
        things=frozenset(things),
        choices=frozenset(
            s.removeprefix(LISTS)
            for s, about in ontology.index.items()
            if s.startswith(LISTS) and TYPE in about and "/" in s.removeprefix(LISTS)
        ),
        keys=frozenset(words.keys),
        unread=frozenset(
            path.partition("/")[0] if extension == "ttl" else path for path, _, extension in unread
        ),
    )


def _twice(
    docs: tuple[Document, ...], turtles: list[turtle.TurtleFile], base: str
) -> list[Problem]:
    """Things that two files describe: the address must belong to one of them."""
    spots: dict[str, list[Place]] = defaultdict(list)
    for doc in docs:
        spots[doc.address].append(Place(doc.path))
    for parsed in turtles:
        for subject, place in parsed.subjects.items():
            spots[subject.removeprefix(base)].append(place)
    return [
        Problem(
            again,
            "",
            f"Beschrijf '{address}' op één plek; het staat ook in {first.file}:{first.line}.",
            "invoer:dubbel-ding",
        )
        for address, (first, *others) in spots.items()
        for again in others
    ]
