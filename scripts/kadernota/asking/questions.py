"""Query files in, questions out: the header is the documentation, the parameters are typed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kadernota.asking.audience import AUDIENCES
from kadernota.asking.guard import mistake, refused
from kadernota.letters import shown, spot
from kadernota.model import File, Place, Problem
from kadernota.names import KN, XSD
from kadernota.reading.header import header
from kadernota.reading.tree import Node, Scalar, Sequence, Table
from kadernota.reading.values import SLUG, slug, wrong_literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Set

HEADER = ("title", "question", "audience", "words", "parameters", "columns")
PARAMETER = ("name", "type", "default", "description")
TYPES = ("date", "gYear", "integer", "decimal", "boolean", "string")
TAKEN = {"format", "json", "waarom", "help", "h"}  # flags that every question has


@dataclass(frozen=True, slots=True)
class Parameter:
    """One thing to fill in: a variable of the query, with its type and what it means."""

    name: str
    datatype: str  # an XSD datatype, or empty when a thing is asked for
    cls: str  # the class of that thing
    default: str
    help: str
    place: Place

    @property
    def flag(self) -> str:
        """The name on the command line: `ookIndirect` becomes `ook-indirect`."""
        return re.sub(r"(?<=[a-z0-9])([A-Z])", r"-\1", self.name).lower()


@dataclass(frozen=True, slots=True)
class Question:
    """A named question: the words, what can be filled in, and the SPARQL that answers it."""

    name: str
    title: Mapping[str, str]
    text: Mapping[str, str]
    audience: str  # one of AUDIENCES
    words: tuple[str, ...]  # by which it is found as well
    parameters: tuple[Parameter, ...]
    columns: tuple[str, ...]
    sparql: str


class _Refused(Exception):  # noqa: N818 - never leaves this module
    def __init__(self, problem: Problem) -> None:
        self.problem = problem


def questions(files: Iterable[File]) -> tuple[tuple[Question, ...], tuple[Problem, ...]]:
    """All questions, by name, and what is wrong with those that cannot be read."""
    found, problems = [], []
    for file in files:
        try:
            found.append(_question(file))
        except _Refused as refusal:
            problems.append(refusal.problem)
    return tuple(found), tuple(problems)


def unknown_classes(asked: Iterable[Question], classes: Set[str]) -> tuple[Problem, ...]:
    """Parameters that ask for a thing of a class that the ontology does not have."""
    return tuple(
        _wrong(
            p.place, "type", f"Noem een klasse die bestaat, niet kn:{p.cls.removeprefix(KN)}."
        ).problem
        for question in asked
        for p in question.parameters
        if p.cls and p.cls not in classes
    )


def _wrong(place: Place, key: str, message: str, rule: str = "vraag:kop") -> _Refused:
    return _Refused(Problem(place, key, message, rule))


def _question(file: File) -> Question:
    top, problems = header(file)
    if top is None:
        raise _Refused(problems[0])
    name = PurePosixPath(file.path).stem
    if not SLUG.fullmatch(name):
        raise _wrong(
            Place(file.path), "", f"Geef dit bestand de naam '{slug(name)}.rq'.", "vraag:naam"
        )
    given = _fields(top, HEADER, top.place)
    columns = _items(given, "columns", top.place)
    sparql = file.content.decode()
    selected = _selected(file.path, sparql)
    if [c.text for c in columns] != selected:
        place = columns[0].place if columns else top.place
        message = f"Schrijf achter 'columns:' wat achter SELECT staat: [{', '.join(selected)}]."
        raise _wrong(place, "columns", message)
    parameters = given.get("parameters")
    return Question(
        name=name,
        title=_two(given, "title", top.place),
        text=_two(given, "question", top.place),
        audience=_audience(given, top.place),
        words=_words(given, top.place),
        parameters=_parameters(parameters, selected) if parameters else (),
        columns=tuple(selected),
        sparql=sparql,
    )


def _audience(given: Mapping[str, Node], place: Place) -> str:
    options = ", ".join(AUDIENCES)
    if "audience" not in given:
        raise _wrong(place, "audience", f"Voeg 'audience:' toe, met één van: {options}.")
    value = _text(given, "audience", place)
    if value.text not in AUDIENCES:
        raise _wrong(value.place, "audience", f"Kies achter 'audience:' uit: {options}.")
    return value.text


def _words(given: Mapping[str, Node], place: Place) -> tuple[str, ...]:
    """What people also call it when they look for it, in Dutch; a question need not have any."""
    items = _items(given, "words", place) if "words" in given else []
    said = tuple(item.text for item in items)
    if twice := next((i for n, i in enumerate(items) if i.text in said[:n]), None):
        raise _wrong(twice.place, "words", f"Noem '{shown(twice.text)}' één keer.")
    return said


def _selected(path: str, sparql: str) -> list[str]:
    """What stands behind SELECT; refuses a query that does more than read, or cannot be read."""
    if found := refused(sparql):
        raise _wrong(spot(path, sparql, found[0]), "", found[1], "vraag:sparql")
    try:
        query = ox.Store().query(sparql)
    except SyntaxError as error:
        line, column, message = mistake(error, sparql)
        raise _wrong(Place(path, line, column), "", message, "vraag:sparql") from None
    if not isinstance(query, ox.QuerySolutions):
        raise _wrong(Place(path), "", "Begin de vraag met SELECT.", "vraag:sparql")
    return [v.value for v in query.variables]


def _parameters(node: Node, selected: list[str]) -> tuple[Parameter, ...]:
    if not isinstance(node, Sequence):
        raise _wrong(node.place, "parameters", "Zet elke parameter achter een streepje.")
    found: dict[str, Parameter] = {}
    for item in node.items:
        parameter, place = _parameter(item)
        if parameter.name not in selected:
            raise _wrong(place, "name", f"Zet ?{parameter.name} ook achter SELECT.")
        if parameter.flag in found or parameter.flag in TAKEN:
            raise _wrong(place, "name", "Geef deze parameter een naam die nog vrij is.")
        found[parameter.flag] = parameter
    return tuple(found.values())


def _parameter(node: Node) -> tuple[Parameter, Place]:
    """The parameter, and where its name stands."""
    given = _fields(node, PARAMETER, node.place)
    name, kind = (_text(given, key, node.place) for key in ("name", "type"))
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9]*", name.text):
        raise _wrong(name.place, "name", "Noem de parameter met alleen letters en cijfers.")
    prefix, _, local = kind.text.partition(":")
    if prefix not in {"xsd", "kn"} or not local or (prefix == "xsd" and local not in TYPES):
        options = ", ".join(f"xsd:{t}" for t in TYPES)
        raise _wrong(kind.place, "type", f"Kies uit: kn:Klasse, {options}.")
    datatype = XSD + local if prefix == "xsd" else ""
    default = _text(given, "default", node.place) if "default" in given else Scalar("", node.place)
    if default.text and (wrong := wrong_literal(default.text, datatype)):
        raise _wrong(default.place, "default", wrong.whole)
    words = _text(given, "description", node.place).text if "description" in given else ""
    cls = KN + local if prefix == "kn" else ""
    return Parameter(name.text, datatype, cls, default.text, words, kind.place), name.place


def _fields(node: Node, allowed: tuple[str, ...], place: Place) -> dict[str, Node]:
    if not isinstance(node, Table):
        raise _wrong(place, "", f"Schrijf hier sleutels met waarden: {', '.join(allowed)}.")
    for key, _ in node.entries:
        if key.text not in allowed:
            message = f"Haal '{shown(key.text)}:' weg; hier kan: {', '.join(allowed)}."
            raise _wrong(key.place, key.text, message)
    return {key.text: value for key, value in node.entries}


def _text(given: Mapping[str, Node], key: str, place: Place) -> Scalar:
    value = given.get(key)
    if value is None:
        raise _wrong(place, key, f"Voeg '{key}:' toe, met één waarde.")
    if not isinstance(value, Scalar):
        raise _wrong(value.place, key, f"Geef '{key}:' één waarde.")
    return value


def _items(given: Mapping[str, Node], key: str, place: Place) -> list[Scalar]:
    value = given.get(key, Sequence((), place))
    items = value.items if isinstance(value, Sequence) else (value,)
    if not items or not all(isinstance(item, Scalar) for item in items):
        raise _wrong(value.place, key, f"Schrijf '{key}:' als een lijst: [een, twee].")
    return [item for item in items if isinstance(item, Scalar)]


def _two(given: Mapping[str, Node], key: str, place: Place) -> dict[str, str]:
    if key not in given:
        raise _wrong(place, key, f"Voeg '{key}:' toe, met daaronder 'nl:' en 'en:'.")
    both = _fields(given[key], ("nl", "en"), given[key].place)
    return {language: _text(both, language, given[key].place).text for language in ("nl", "en")}
