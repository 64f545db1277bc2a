"""Turtle files under data/ in, their statements out, each with its place."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kadernota import letters
from kadernota.model import File, Place, Places, Problem
from kadernota.names import TYPE
from kadernota.reading.locate import Spots, spots
from kadernota.reading.strict import EMPTY
from kadernota.triples import value_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@dataclass(frozen=True, slots=True)
class TurtleFile:
    """One parsed Turtle source: its statements in order, and the types of its subjects."""

    path: str
    folder: str
    statements: tuple[tuple[ox.Triple, Place], ...] = ()
    types: dict[str, list[str]] = field(default_factory=dict)
    subjects: dict[str, Place] = field(default_factory=dict)
    keys: dict[tuple[str, str], Place] = field(default_factory=dict)

    @property
    def triples(self) -> Iterator[ox.Triple]:
        return (t for t, _ in self.statements)


@lru_cache(maxsize=1 << 12)
def parse(file: File, base: str) -> tuple[TurtleFile, tuple[Problem, ...]]:
    """The statements of one file, or the first thing that keeps it from being Turtle."""
    folder = file.path.split("/")[1]
    text, odd = letters.text(file)
    if odd:
        return TurtleFile(file.path, folder), (odd,)
    text = text.replace("\r\n", "\n")  # or a long text would depend on the editor
    try:
        parser = ox.parse(text.encode(), format=ox.RdfFormat.TURTLE, base_iri=base)
        triples = [quad.triple for quad in parser]
    except SyntaxError as error:
        return TurtleFile(file.path, folder), (mistake(file.path, text, error),)
    if not triples:
        problem = Problem(Place(file.path), "", EMPTY, "invoer:leeg")
        return TurtleFile(file.path, folder), (problem,)
    types = defaultdict(list)
    for t in triples:
        if t.predicate.value == TYPE:
            types[value_of(t.subject)].append(value_of(t.object))
    where = spots(file.path, text, base)
    statements = tuple(_placed(triples, where, Place(file.path)))
    subjects: dict[str, Place] = {}
    for t, place in statements:
        subject = value_of(t.subject)
        subjects.setdefault(subject, where.subjects.get(subject, place))
    return TurtleFile(file.path, folder, statements, dict(types), subjects, where.keys), ()


def mistake(path: str, text: str, error: SyntaxError) -> Problem:
    """Where the parser stopped, and what to look at there."""
    lines = text.split("\n")
    line = min(error.lineno or 1, len(lines))
    column = min(error.offset or 1, len(lines[line - 1]) + 1)
    reason = "kijk naar punt, puntkomma, haken en aanhalingstekens."
    if "has not been declared" in str(error.msg):
        reason = "dit voorvoegsel is niet aangekondigd met @prefix."
    message = f"Herstel de Turtle op deze plek: {reason}"
    return Problem(Place(path, line, column), "", message, "invoer:turtle")


def _placed(
    triples: Iterable[ox.Triple], where: Spots, top: Place
) -> Iterator[tuple[ox.Triple, Place]]:
    """The parser keeps the order, so the nth object that we see is that of the nth triple."""
    counts: Counter[tuple[str, str]] = Counter()
    top = where.nameless[0] if where.nameless else top
    for t in triples:
        subject, predicate = value_of(t.subject), t.predicate.value
        nth = counts[subject, predicate]
        counts[subject, predicate] += 1
        objects = where.objects.get((subject, predicate), [])
        about = t.object if isinstance(t.object, ox.Triple) else t  # what << >> says something of
        pair = value_of(about.subject), about.predicate.value
        key = where.keys.get(pair) or where.subjects.get(pair[0], top)
        yield t, objects[nth] if nth < len(objects) else key


def places(files: Iterable[TurtleFile]) -> Places:
    """Where each subject, each property of it and each value of that stands."""
    by_subject: dict[str, Place] = {}
    by_key: dict[tuple[str, str], Place] = {}
    by_value: dict[tuple[str, str, str], Place] = {}
    for file in files:
        by_subject.update(file.subjects)
        for t, place in file.statements:
            subject, predicate = value_of(t.subject), t.predicate.value
            by_key.setdefault((subject, predicate), file.keys.get((subject, predicate), place))
            by_value.setdefault((subject, predicate, value_of(t.object)), place)
    return Places(by_subject, by_key, by_value)
