"""An answer in, a table as a page shows it out: names instead of addresses, words as headings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kadernota.publishing.things import Value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kadernota.asking.ask import Answer
    from kadernota.asking.questions import Question
    from kadernota.publishing.views import Views
    from kadernota.triples import Term

NAME = "Naam"
Cell = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Headings, rows of cells with one or more values, and what was filled in to get them."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    given: tuple[tuple[str, str], ...]
    total: int


def table(answer: Answer, question: Question, views: Views) -> Table:
    """The answer for a reader: `partner` and `partnerNaam` are one column, a name with a link."""
    rows = [
        {c: value(t, views) for c, t in zip(answer.columns, row, strict=True)}
        for row in answer.rows
    ]
    filled = _filled(question, rows)
    shown = [c for c in answer.columns if not _is_name(c, answer) and c not in filled]
    shown = [c for c in shown if any(row[c].text for row in rows)]
    return Table(
        columns=tuple(words(c) for c in shown),
        rows=tuple(_merged(tuple(_cell(row, c) for c in shown) for row in rows)),
        given=tuple((words(c), text) for c, text in filled.items()),
        total=len(rows),
    )


def value(term: Term | None, views: Views) -> Value:
    """A term of an answer as a page shows it; nothing where there is none."""
    return Value("") if term is None else views.value(term)


def words(column: str) -> str:
    """A column as a heading: `gelezenAls` becomes `Gelezen als`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", column).lower().capitalize()


def _is_name(column: str, answer: Answer) -> bool:
    """Whether the column only says what the address beside it is called."""
    return column.endswith(NAME) and column.removesuffix(NAME) in answer.columns


def _filled(question: Question, rows: list[dict[str, Value]]) -> dict[str, str]:
    """The parameters with a fixed value: said once above the table, not in every row."""
    literal = [p.name for p in question.parameters if p.datatype and p.default]
    return {
        name: rows[0][name].text for name in literal if rows and len({r[name] for r in rows}) == 1
    }


def _cell(row: dict[str, Value], column: str) -> Value:
    found = row[column]
    name = row.get(column + NAME)
    unnamed = found.text == found.target
    return Value(name.text, found.target) if unnamed and name and name.text else found


def _merged(rows: Iterable[tuple[Value, ...]]) -> list[tuple[Cell, ...]]:
    """Neighbours that differ in the last column only are one row, with all those values."""
    done: list[tuple[Cell, ...]] = []
    for row in rows:
        first = tuple((v,) for v in row[:-1])
        if done and len(row) > 1 and done[-1][:-1] == first:
            more = () if row[-1] in done[-1][-1] else row[-1:]
            done[-1] = (*first, (*done[-1][-1], *more))
        else:
            done.append(tuple((v,) for v in row))
    return done
