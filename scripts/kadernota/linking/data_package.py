"""The answers in, a Frictionless data package over their CSV files out.

Columns get their type from the terms in the answer, and a key where one holds. The hash of each
file is there, so that who copied it can see whether it is whole.
"""

from __future__ import annotations

import hashlib
import json
import re
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kadernota.asking.formats import csv_text
from kadernota.linking.addresses import CATALOG, home, municipality
from kadernota.linking.catalog import called
from kadernota.names import FOAF, XSD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from kadernota.asking.ask import Answer
    from kadernota.asking.questions import Question
    from kadernota.publishing.site import Site
    from kadernota.publishing.views import Views
    from kadernota.triples import Term

PATH = "vragen/datapackage.json"
SPDX, DEED = "CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/"
TYPES = {
    "boolean": "boolean",
    "date": "date",
    "dateTime": "datetime",
    "decimal": "number",
    "double": "number",
    "duration": "duration",
    "gYear": "year",
    "gYearMonth": "yearmonth",
    "integer": "integer",
}


def files(site: Site, questions: tuple[Question, ...]) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """The description of the package, beside the files; none without questions."""
    if questions:
        yield PATH, lambda: _json(package(site, questions))


def package(site: Site, questions: Iterable[Question]) -> dict[str, Any]:
    """The package: whose it is, what it was made from, and each file with its columns."""
    views, settings = site.views, site.views.loaded.settings
    made = {"created": views.loaded.version.time} if views.loaded.version else {}
    publisher = {"title": called(views), "path": municipality(settings), "role": "publisher"}
    return {
        "profile": "tabular-data-package",
        "name": f"{settings.code}-antwoorden",
        "id": f"{settings.base}{CATALOG}#antwoorden",
        "title": f"Antwoorden: {settings.name}",
        "description": "Het antwoord op elke vaste vraag, als tabel.",
        "homepage": f"{home(settings)}vragen/",
        **made,
        "licenses": [{"name": SPDX, "path": DEED, "title": "CC0 1.0"}],
        "sources": [_source(views)],
        "contributors": [publisher],
        "resources": [resource(q, site.answer(q.name)) for q in questions],
    }


def _source(views: Views) -> dict[str, str]:
    """The memorandum, and where it was published when the data say so."""
    memorandum = views.loaded.settings.memorandum
    page = views.loaded.asserted.one(views.base + memorandum, FOAF + "page")
    return {"title": views.thing(memorandum).name, "path": page or views.base + memorandum}


def resource(question: Question, answer: Answer) -> dict[str, Any]:
    """One file: what it answers, its columns, and the key that holds for it."""
    content = csv_text(answer).encode()
    columns = dict(zip(answer.columns, zip(*answer.rows, strict=True), strict=False))
    asked = {p.name: p.datatype for p in question.parameters}
    schema: dict[str, Any] = {
        "fields": [
            _field(name, columns.get(name, ()), asked.get(name, "")) for name in answer.columns
        ]
    }
    if found := key(columns):
        schema["primaryKey"] = list(found)
    return {
        "profile": "tabular-data-resource",
        "name": question.name,
        "title": question.title["nl"],
        "description": question.text["nl"],
        "path": f"{question.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": schema,
    }


def _field(name: str, values: Sequence[Term | None], asked: str) -> dict[str, Any]:
    """One column; what can be filled in and was not has the type that the question gives it."""
    words = re.sub(r"(?<=[a-z0-9])([A-Z])", r" \1", name).lower()
    return {"name": name, "title": words.capitalize(), **_kind([v for v in values if v], asked)}


def _kind(values: Sequence[Term], asked: str) -> dict[str, str]:
    """The one type of all values in a column; text where they differ."""
    if values and all(isinstance(v, ox.NamedNode) for v in values):
        return {"type": "string", "format": "uri"}
    found = {v.datatype.value if isinstance(v, ox.Literal) else "" for v in values} or {asked}
    kind = found.pop().removeprefix(XSD) if len(found) == 1 else ""
    return {"type": TYPES.get(kind, "string")}


def key(columns: dict[str, tuple[Term | None, ...]]) -> tuple[str, ...]:
    """The fewest columns with addresses, never empty, that tell every row from the others."""
    full = [
        name for name, terms in columns.items() if all(isinstance(t, ox.NamedNode) for t in terms)
    ]
    for size in range(1, len(full) + 1):
        for some in combinations(full, size):
            rows = list(zip(*(map(str, columns[name]) for name in some), strict=True))
            if len(set(rows)) == len(rows):
                return some
    return ()


def _json(content: object) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()
