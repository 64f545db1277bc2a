"""All of data/ in, one asserted graph out, with the place of each statement and every mistake."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kadernota.model import File, Place, Places, Problem, Settings, Sources
from kadernota.names import LISTS, MAP, TYPE
from kadernota.reading import graph, redirects, searchwords, statements, structure, turtle
from kadernota.reading.called import called
from kadernota.reading.documents import Document, addresses, documents, named, unread
from kadernota.reading.known import MISSING, Known, refer
from kadernota.reading.settings import unknown_memorandum
from kadernota.reading.structure import HIDING
from kadernota.triples import Triples

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kadernota.reading.form import Vocabulary
    from kadernota.reading.turtle import TurtleFile

# The documents that had no mistakes, by what existed when they were reviewed.
Clean = dict[Hashable, set[tuple[str, bytes]]]


@dataclass(frozen=True, slots=True)
class Assembled:
    """What people wrote, as one graph; of a file with a problem it has the address and class."""

    asserted: Triples
    places: Places
    problems: tuple[Problem, ...]
    stubs: frozenset[str]  # the things in files with a problem, as far as their path tells
    files: int
    documents: tuple[Document, ...] = ()


@dataclass(frozen=True, slots=True)
class Formed:
    """The files that are in order, and of those with a problem what their path tells."""

    docs: tuple[Document, ...]
    turtles: tuple[TurtleFile, ...]
    problems: tuple[Problem, ...]
    stubs: Mapping[str, ox.Triple]  # of each thing that we know only by its path: its class


@dataclass(frozen=True, slots=True)
class _Files:
    """The files under data/ that could be read, and what is wrong with the others."""

    docs: tuple[Document, ...]
    turtles: tuple[TurtleFile, ...]
    problems: tuple[Problem, ...]


def assemble(sources: Sources, config: Settings, words: Vocabulary) -> Assembled:
    """Read YAML and Turtle, check their form, and build the graph of what is in order."""
    found = formed(sources, config, words, {})
    triples = [
        *graph.to_triples(found.docs, words.forms, sources.context, config.base),
        *(t for parsed in found.turtles for t in parsed.triples),
        *found.stubs.values(),
    ]
    spots = graph.places(found.docs, words.keys, config.base)
    more = turtle.places(found.turtles)
    spots = Places(
        {**spots.by_subject, **more.by_subject},
        {**spots.by_key, **more.by_key},
        {**spots.by_value, **more.by_value},
    )
    stubs, number = frozenset(found.stubs), len(sources.data)
    return Assembled(Triples.of(triples), spots, found.problems, stubs, number, found.docs)


def formed(sources: Sources, config: Settings, words: Vocabulary, clean: Clean) -> Formed:
    """Read every file and check its form; what is in order, and what is wrong with the rest."""
    files = _files(sources.data, words, config.base)
    twice = _described(files, config.base)
    found = [*_mistakes(files, words, sources, config, clean), *_twice(twice)]
    wrong = {p.place.file for p in found} | {p.file for places in twice.values() for p in places}
    stubs = {config.base + a: cls for path in wrong for a, cls in named(path, words.forms)}
    folders = {form.folder: form.cls for form in words.forms.values()}
    stubs |= {config.base + a: folders[a.partition("/")[0]] for a in twice}
    return Formed(
        docs=tuple(doc for doc in files.docs if doc.path not in wrong),
        turtles=tuple(parsed for parsed in files.turtles if parsed.path not in wrong),
        problems=tuple(sorted({*_once(found)})),
        stubs={s: ox.Triple(*map(ox.NamedNode, (s, TYPE, cls))) for s, cls in stubs.items()},
    )


def _files(data: tuple[File, ...], words: Vocabulary, base: str) -> _Files:
    docs, problems = documents(data, words.forms)
    misnamed = {p.place.file for p in problems}
    parsed = [
        turtle.parse(file, base)
        for file in data
        if file.path.endswith(".ttl") and file.path not in misnamed
    ]
    wrong = [p for _, problems in parsed for p in problems]
    return _Files(docs, tuple(found for found, _ in parsed), (*problems, *wrong))


def _mistakes(
    files: _Files, words: Vocabulary, sources: Sources, config: Settings, clean: Clean
) -> list[Problem]:
    """The mistakes in form of each file; what only follows from another mistake is left out."""
    if not sources.data:
        message = "Zet onder data/ ten minste één bestand; er is niets om te controleren."
        return [Problem(Place("data"), "", message, "invoer:leeg")]
    known = replace(_known(files, words, config.base), moved=redirects.redirects(sources.redirects))
    found = _reviewed(files, known, config.base, clean)
    if hiding := {address for p in found if p.rule in HIDING for address in unread(p)}:
        known = replace(known, unread=known.unread | hiding)
        found = _reviewed(files, known, config.base, clean)
    if not known.has(config.memorandum):
        found.append(unknown_memorandum(sources.settings, refer(config.memorandum, known)))
    if sources.redirects:
        found += redirects.review(sources.redirects, known)
    if sources.searchwords:
        found += searchwords.review(sources.searchwords, known)
    return [*found, *files.problems]


def _reviewed(files: _Files, known: Known, base: str, clean: Clean) -> list[Problem]:
    """The mistakes in each file; of a file without any, only what exists can make it otherwise."""
    fine = clean.setdefault((known.things, known.unread, tuple(known.moved.items())), set())
    found = []
    for doc in files.docs:
        if (doc.path, doc.content) not in fine:
            mistakes = [*structure.review(doc, known)]
            found += mistakes
            if not mistakes:
                fine.add((doc.path, doc.content))
    return [*found, *(p for t in files.turtles for p in statements.review(t, known, base))]


def _once(found: list[Problem]) -> Iterator[Problem]:
    """What many places refer to and does not exist is one mistake, said at the first of them."""
    missing: dict[str, list[Problem]] = defaultdict(list)
    for p in sorted(found):
        if p.message.startswith(MISSING):
            missing[p.message].append(p)
        else:
            yield p
    for first, *others in missing.values():
        n = len(others)
        more = f" Dit staat ook op {n} andere {'plek' if n == 1 else 'plekken'}." if n else ""
        yield replace(first, message=first.message + more)


def _known(files: _Files, words: Vocabulary, base: str) -> Known:
    ontology = words.ontology
    nested = frozenset(term.key for term in words.keys.values() if term.nested)
    things = {address for doc in files.docs for address in addresses(doc, nested)}
    things |= {s.removeprefix(base) for parsed in files.turtles for s in parsed.subjects}
    return Known(
        forms=words.forms,
        folders={c: ontology.one(c, MAP) for c in ontology.index if ontology.one(c, MAP)},
        things=frozenset(things),
        choices=frozenset(
            s.removeprefix(LISTS)
            for s, about in ontology.index.items()
            if s.startswith(LISTS) and TYPE in about and "/" in s.removeprefix(LISTS)
        ),
        keys={key: term.path for key, term in words.keys.items()},
        unread=frozenset(address for p in files.problems for address in unread(p)),
        names=cache(lambda: called(files.docs, files.turtles, words, base)),
    )


def _described(files: _Files, base: str) -> dict[str, list[Place]]:
    """Where each thing is described: its address must belong to one file."""
    spots: dict[str, list[Place]] = defaultdict(list)
    for doc in files.docs:
        spots[doc.address].append(Place(doc.path))
    for parsed in files.turtles:
        for subject, place in parsed.subjects.items():
            own = subject.startswith(f"{base}{parsed.folder}/")
            if own and "#" not in subject:  # a part goes where its whole goes
                spots[subject.removeprefix(base)].append(place)
    return {address: places for address, places in spots.items() if len(places) > 1}


def _twice(described: Mapping[str, list[Place]]) -> list[Problem]:
    return [
        Problem(
            again,
            "",
            f"Beschrijf '{address}' op één plek; het staat ook in {first.file}:{first.line}.",
            "invoer:dubbel-ding",
        )
        for address, (first, *others) in described.items()
        for again in others
    ]
