"""An answer in, text out: a table for the screen, Markdown, CSV or JSON for machines."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kadernota.asking.ask import Answer
from kadernota.names import LISTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kadernota.triples import Term

WIDEST = 60


def text(answer: Answer, form: str, base: str) -> str:
    """The answer in one of the forms: table, md, csv or json."""
    if form == "csv":
        return csv_text(answer)
    if form == "json":
        return json_text(answer)
    shown = readable(answer)
    return markdown(shown, base) if form == "md" else table(shown, base)


def readable(answer: Answer) -> Answer:
    """A thing by its name where that stands beside its address: `partnerNaam` for `partner`."""
    kept = [i for i, c in enumerate(answer.columns) if f"{c}Naam" not in answer.columns]
    rows = tuple(tuple(row[i] for i in kept) for row in answer.rows)
    names = (answer.columns[i] for i in kept)
    columns = tuple(
        c.removesuffix("Naam") if c.removesuffix("Naam") in answer.columns else c for c in names
    )
    return replace(answer, columns=columns, rows=rows)


def any_text(found: Answer | ox.QueryBoolean | tuple[ox.Triple, ...], form: str, base: str) -> str:
    """What a free query gave; without a form, yes or no in words and triples as N-Triples."""
    if isinstance(found, Answer):
        return text(found, form, base)
    if isinstance(found, ox.QueryBoolean):
        if form == "json":
            return json.dumps({"head": {}, "boolean": bool(found)}) + "\n"
        word = "ja" if found else "nee"
        one = Answer(("antwoord",), ((ox.Literal(word),),))
        return text(one, form, base) if form in {"csv", "md"} else f"{word}\n"
    if not form:
        return "".join(f"{t} .\n" for t in sorted(found, key=str))
    return text(statements(found), form, base)


def statements(triples: Iterable[ox.Triple]) -> Answer:
    """Triples as rows."""
    columns = ("onderwerp", "eigenschap", "waarde")
    rows = ((t.subject, t.predicate, t.object) for t in sorted(triples, key=str))
    return Answer(columns, tuple(rows))


def table(answer: Answer, base: str) -> str:
    """Columns in line, things by their short address; at most WIDEST characters a column."""
    if not answer.rows:
        return "Geen resultaten.\n"
    rows = [answer.columns, *([short(t, base) for t in row] for row in answer.rows)]
    cells = [[_cut(" ".join(cell.split())) for cell in row] for row in rows]
    widths = [max(len(row[i]) for row in cells) for i in range(len(answer.columns))]
    lines = ["  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)) for row in cells]
    lines.insert(1, "  ".join("-" * w for w in widths))
    counted = "1 rij" if len(answer.rows) == 1 else f"{len(answer.rows)} rijen"
    return "\n".join(line.rstrip() for line in lines) + f"\n({counted})\n"


def markdown(answer: Answer, base: str) -> str:
    """A Markdown table with every value escaped."""
    rows = [answer.columns, *([short(t, base) for t in row] for row in answer.rows)]
    lines = ["| " + " | ".join(escape(cell) for cell in row) + " |" for row in rows]
    lines.insert(1, "|" + " --- |" * len(answer.columns))
    return "\n".join(lines) + "\n"


def csv_text(answer: Answer) -> str:
    """CSV as the SPARQL 1.1 results format has it: plain values, full addresses."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(answer.columns)
    for row in answer.rows:
        writer.writerow("" if term is None else short(term, "") for term in row)
    return out.getvalue()


def json_text(answer: Answer, more: Mapping[str, Any] | None = None) -> str:
    """SPARQL 1.1 query results in JSON; `more` stands beside what that format has."""
    bindings = [
        {c: binding(t) for c, t in zip(answer.columns, row, strict=True) if t is not None}
        for row in answer.rows
    ]
    results = {"head": {"vars": list(answer.columns)}, "results": {"bindings": bindings}}
    return json.dumps({**results, **(more or {})}, ensure_ascii=False, indent=2) + "\n"


def binding(term: Term) -> dict[str, Any]:
    """A term as that format has it."""
    if isinstance(term, ox.Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: binding(part) for name, part in parts.items()}}
    if not isinstance(term, ox.Literal):
        kind = "uri" if isinstance(term, ox.NamedNode) else "bnode"
        return {"type": kind, "value": term.value}
    found = {"type": "literal", "value": term.value}
    if term.language:
        found["xml:lang"] = term.language
    elif not term.datatype.value.endswith("#string"):
        found["datatype"] = term.datatype.value
    return found


def short(term: Term | None, base: str) -> str:
    """The text of a term; with a base, addresses under it lose it."""
    if term is None:
        return ""
    value = str(term) if isinstance(term, ox.Triple) else term.value
    if base and isinstance(term, ox.Literal) and term.datatype.value.endswith("#boolean"):
        return {"true": "ja", "false": "nee"}.get(value, value)
    return value.removeprefix(base).removeprefix(LISTS) if base else value


def _cut(text: str) -> str:
    return text if len(text) <= WIDEST else text[: WIDEST - 1] + "…"


def escape(text: str) -> str:
    """A text on one line of Markdown, in which it means nothing."""
    flat = " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;")
    return "".join("\\" + c if c in r"\`*_{}[]()#|!" else c for c in flat)
