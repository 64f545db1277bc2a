"""The engine's own files in, its words, shapes and rules out, or what is wrong with those files."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from kadernota.asking.guard import mistake
from kadernota.checking.reason import rule
from kadernota.checking.validate import SEVERITIES, rules, select
from kadernota.model import Place, Problem
from kadernota.names import SH
from kadernota.reading import form, graph
from kadernota.reading.locate import spots
from kadernota.reading.turtle import mistake as turtle_mistake

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kadernota.model import File, Rule, Sources
    from kadernota.triples import Triples

REMEDY = "Herstel dit bestand van het programma"
WRONG = (SyntaxError, ValueError, LookupError, TypeError, AttributeError)


@dataclass(frozen=True, slots=True)
class Engine:
    """What every knowledge base is read, completed and checked with."""

    words: form.Vocabulary
    shapes: Triples
    rules: tuple[Rule, ...]


class Own(NamedTuple):
    """The files of the engine itself."""

    context: File
    ontology: tuple[File, ...]
    rules: tuple[File, ...]
    shapes: tuple[File, ...]


def engine(sources: Sources) -> tuple[Engine | None, tuple[Problem, ...]]:
    """The engine, or what is wrong with its files."""
    return _engine(Own(sources.context, sources.ontology, sources.rules, sources.shapes))


@lru_cache(maxsize=4)
def _engine(sources: Own) -> tuple[Engine | None, tuple[Problem, ...]]:
    """As long as the files are the same, so is the engine."""
    try:
        ontology, shapes = graph.load(sources.ontology), graph.load(sources.shapes)
        keys = form.terms(sources.context)
        forms = form.forms(shapes, ontology, keys)
        derive = tuple(rule(file) for file in sources.rules)
    except WRONG:
        if problems := tuple(_broken(sources)):
            return None, problems
        raise
    if problems := tuple(_unclear(shapes, sources.shapes)):
        return None, problems
    return Engine(form.Vocabulary(ontology, keys, forms), shapes, derive), ()


def _broken(sources: Own) -> Iterator[Problem]:
    """The files that cannot be read, each with its first mistake."""
    for file in (*sources.ontology, *sources.shapes):
        try:
            list(ox.parse(file.content, format=ox.RdfFormat.TURTLE))
        except SyntaxError as error:
            yield turtle_mistake(file.path, file.content.decode("utf-8", "replace"), error)
    try:
        form.terms(sources.context)
    except json.JSONDecodeError as error:
        yield _problem(Place(sources.context.path, error.lineno, error.colno), "dit is geen JSON")
    except WRONG:
        yield _problem(Place(sources.context.path), "geef elke sleutel een @id met een voorvoegsel")
    for file in sources.rules:
        try:
            rule(file)
        except SyntaxError as error:
            line, column, message = mistake(error, file.content.decode())
            yield Problem(Place(file.path, line, column), "", message, "motor:vorm")
        except WRONG:
            yield _problem(Place(file.path), "een regel is één INSERT met een titel erboven")


def _unclear(shapes: Triples, files: Iterable[File]) -> Iterator[Problem]:
    """Rules that cannot be asked, or that would have nothing to say."""
    for shape in rules(shapes):
        if not _says(shape, shapes):
            yield _problem(_place(shape, files), "geef de regel een sh:severity en een sh:message")
    for shape in shapes.subjects_of(SH + "sparql"):
        for constraint in shapes.values(shape, SH + "sparql"):
            sparql = select(constraint, shapes)
            try:
                ox.Store().query(sparql)
            except SyntaxError as error:
                message = mistake(error, sparql)[2]
                yield Problem(_place(constraint, files), "sh:select", message, "motor:vorm")


def _says(shape: str, shapes: Triples) -> bool:
    severity = shapes.one(shape, SH + "severity").removeprefix(SH)
    return severity in SEVERITIES and bool(shapes.one(shape, SH + "message"))


def _place(subject: str, files: Iterable[File]) -> Place:
    found = (spots(f.path, f.content.decode(), "").subjects.get(subject) for f in files)
    return next((place for place in found if place), Place("shapes"))


def _problem(place: Place, reason: str) -> Problem:
    return Problem(place, "", f"{REMEDY}: {reason}.", "motor:vorm")
