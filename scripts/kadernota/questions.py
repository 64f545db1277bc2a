"""Query files in, questions out: the header is the documentation, the parameters are typed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kadernota.guard import mistake
from kadernota.header import header
from kadernota.model import File, Place, Problem
from kadernota.names import KN, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

HEADER = {"title", "question", "parameters", "columns"}
PARAMETER = {"name", "type", "default", "description"}
TYPES = {"date", "gYear", "integer", "decimal", "boolean", "string"}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One thing to fill in: a variable of the query, with its type and what it means."""

    name: str
    datatype: str  # an XSD datatype, or empty when a thing is asked for
    cls: str  # the class of that thing
    default: str
    help: str

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
    parameters: tuple[Parameter, ...]
    columns: tuple[str, ...]
    sparql: str


def questions(files: Iterable[File]) -> tuple[tuple[Question, ...], tuple[Problem, ...]]:
    """All questions, by name, and what is wrong with those that cannot be read."""
    found, problems = [], []
    for file in files:
        try:
            found.append(question(file))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            message = f"Herstel de kop van deze vraag (de regels met #+): {error}."
            problems.append(Problem(Place(file.path), "", message, "vraag:kop"))
        except SyntaxError as error:
            line, column, message = mistake(error, file.content.decode("utf-8", "replace"))
            problems.append(Problem(Place(file.path, line, column), "", message, "vraag:sparql"))
    return tuple(found), tuple(problems)


def question(file: File) -> Question:
    """One query file as a question; raises ValueError or SyntaxError when it is malformed."""
    text = file.content.decode("utf-8")
    top = header(text)
    _only(top, HEADER, "vraag")
    parameters = tuple(_parameter(p) for p in top.get("parameters", []))
    found = Question(
        name=PurePosixPath(file.path).stem,
        title=_two(top, "title"),
        text=_two(top, "question"),
        parameters=parameters,
        columns=tuple(top["columns"]),
        sparql=text,
    )
    selected = ox.Store().query(text)
    if not isinstance(selected, ox.QuerySolutions):
        raise ValueError("alleen SELECT")
    names = [v.value for v in selected.variables]
    if list(found.columns) != names:
        raise ValueError(f"columns moet {names} zijn, zoals SELECT")
    if lost := [p.name for p in parameters if p.name not in names]:
        raise ValueError(f"zet {lost} ook achter SELECT")
    return found


def _only(found: Mapping[str, Any], allowed: set[str], what: str) -> None:
    if unknown := sorted(set(found) - allowed):
        raise ValueError(f"een {what} kent geen {', '.join(unknown)}")


def _two(found: Mapping[str, Any], key: str) -> Mapping[str, str]:
    return {language: found[key][language] for language in ("nl", "en")}


def _parameter(found: Mapping[str, Any]) -> Parameter:
    _only(found, PARAMETER, "parameter")
    prefix, _, local = found["type"].partition(":")
    if not local or (prefix == "xsd" and local not in TYPES) or prefix not in {"xsd", "kn"}:
        raise ValueError(f"onbekend type {found['type']}")
    return Parameter(
        name=found["name"],
        datatype=XSD + local if prefix == "xsd" else "",
        cls=KN + local if prefix == "kn" else "",
        default=found.get("default", ""),
        help=found.get("description", ""),
    )
