"""Questions and answers in, plain values for a program out: choices, rows, sources, reasons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kadernota import names
from kadernota.asking.connect import connections
from kadernota.asking.typed import typed
from kadernota.publishing import evidence
from kadernota.publishing.browser import pick_list

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kadernota.asking import ask, questions
    from kadernota.asking.typed import Value
    from kadernota.publishing.evidence import Reason, Source
    from kadernota.publishing.views import Views
    from kadernota.triples import Term

NAME = "Naam"


@dataclass(frozen=True, slots=True)
class Parameter:
    """What can be filled in: `type` is date, gYear, integer, decimal, boolean, string or thing.

    For a thing, `choices` has what it can be: the name by the short address.
    """

    name: str
    type: str
    default: str
    description: str
    choices: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Question:
    """A question that can be asked; `audience` is who would ask it first."""

    name: str
    audience: str
    title: str
    text: str
    parameters: tuple[Parameter, ...]
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows by column, and what they rest on.

    Beside each column with things stands one with their names, such as `partnerNaam`. `sources`
    has what each thing in the rows rests on; `reasons` has, for each row, the derived statements
    that connect its things.
    """

    question: str
    text: str
    parameters: Mapping[str, str]
    columns: tuple[str, ...]
    rows: list[dict[str, Value]]
    sources: tuple[Source, ...]
    reasons: list[tuple[Reason, ...]]


def question(views: Views, asked: questions.Question) -> Question:
    """A question in Dutch, with what can be chosen now."""
    parameters = tuple(_parameter(views, p) for p in asked.parameters)
    return Question(
        asked.name, asked.audience, asked.title["nl"], asked.text["nl"], parameters, asked.columns
    )


def _parameter(views: Views, p: questions.Parameter) -> Parameter:
    choices = dict(pick_list(p.cls, views)) if p.cls else {}
    kind = p.datatype.removeprefix(names.XSD) or "thing"
    return Parameter(p.name, kind, p.default, p.help, choices)


def answer(
    views: Views, asked: questions.Question, given: Mapping[str, str], found: ask.Answer
) -> Answer:
    """An answer with all that it rests on."""
    rows = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
    known = views.loaded.closed.index
    things = {
        c: {t.value for row in rows if isinstance(t := row[c], ox.NamedNode) and t.value in known}
        for c in found.columns
    }
    columns: list[str] = []
    for c in found.columns:
        columns += [c, c + NAME] if things[c] and c + NAME not in found.columns else [c]
    reasons = [connections(row, views.loaded, views.explainer) for row in found.rows]
    return Answer(
        question=asked.name,
        text=asked.text["nl"],
        parameters=dict(given),
        columns=tuple(columns),
        rows=[{c: _value(views, row, c) for c in columns} for row in rows],
        sources=tuple(
            s for t in sorted(set().union(*things.values())) for s in evidence.sources(views, t)
        ),
        reasons=[tuple(evidence.told(views, r) for r in row) for row in reasons],
    )


def _value(views: Views, row: Mapping[str, Term | None], column: str) -> Value:
    """The value in a column; in one that we added, the name of the thing beside it."""
    if column in row:
        return typed(row[column])
    term = row[column.removesuffix(NAME)]
    return views.name(term.value) if isinstance(term, ox.NamedNode) else None
