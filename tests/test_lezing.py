"""A second reading of the text, made without sight of the encoding, finds its facts in the graph.

Each file under `tests/lezing/` lists the facts of a chapter in the words of that reader. `ding`,
`sleutel` and `waarde` say where the graph holds the fact; what is no fact of the policy says why.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT
from kadernota.names import KN, LISTS, SOURCE, TYPE
from kadernota.tracing import register
from kadernota.triples import value_of

if TYPE_CHECKING:
    from pathlib import Path

    from kadernota.model import Loaded

FILES = sorted((ROOT / "tests" / "lezing").glob("*.csv"))
# The readers found no fact in these: headings, the heads of columns, and what announces.
WITHOUT_FACTS = {
    "hoofdstuk-1-speerpunten-2019-2022",
    "hoofdstuk-1-uitgangspunten-2019-2022",
    *(f"hoofdstuk-1-tabel-{table}-{year}" for table in (1, 2) for year in range(2019, 2023)),
    "leeswijzer-alinea-1",
    "wetstechnische-informatie-gegevens-8",
    "wetstechnische-informatie-grondslag",
    "wetstechnische-informatie-wijzigingen-1",
}
COLUMNS = ["passage", "feit", "ding", "sleutel", "waarde", "oordeel"]


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def said(loaded: Loaded, thing: str, key: str) -> list[str]:
    """The values of a key, as an author writes them."""
    base = loaded.settings.base
    paths = [path for path, name in loaded.keys.items() if name == key]
    found = [v for path in paths for v in loaded.closed.values(base + thing, path)]
    return [loaded.keys.get(v, v.removeprefix(base).removeprefix(LISTS)) for v in found]


def holds(value: str, values: list[str]) -> bool:
    """A fact that a text tells has no value of its own: then the key must be there."""
    return value in values if value else bool(values)


def rests_on(loaded: Loaded, thing: str) -> set[str]:
    """The passages that a thing, what it is part of or one of its parts cites."""
    whole = loaded.settings.base + thing.partition("#")[0]
    parts = (s for s in loaded.asserted.index if s == whole or s.startswith(whole + "#"))
    return {p.partition("#")[2] for s in parts for p in loaded.asserted.values(s, SOURCE)}


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_every_fact_of_the_reading_stands_in_the_graph(path: Path, loaded: Loaded) -> None:
    excepted = {
        p.partition("#")[2]
        for e in loaded.asserted.subjects(TYPE, KN + "Uitzondering")
        if "Bronpassage-verantwoord" in loaded.asserted.values(e, KN + "regel")
        for p in loaded.asserted.values(e, KN + "betreft")
    }
    missing = [
        (row["passage"], row["feit"], row["ding"], row["sleutel"])
        for row in rows(path)
        if not row["oordeel"].startswith("geen-feit: ")
        and not (
            holds(row["waarde"].removeprefix(LISTS), said(loaded, row["ding"], row["sleutel"]))
            and row["passage"] in rests_on(loaded, row["ding"]) | excepted
        )
    ]

    assert [] == missing


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_a_fact_of_the_reading_names_a_passage_of_its_chapter(path: Path, loaded: Loaded) -> None:
    text = loaded.settings.base + register.address(loaded.settings.memorandum)
    known = {p.partition("#")[2] for p in loaded.asserted.values(text, KN + "passage")}

    assert COLUMNS == list(rows(path)[0])
    assert set() == {row["passage"] for row in rows(path)} - known


def test_what_is_cited_was_read(loaded: Loaded) -> None:
    read = {row["passage"] for path in FILES for row in rows(path)}
    cited = {
        value_of(t.object).partition("#")[2]
        for t in loaded.asserted.items
        if t.predicate.value == SOURCE
        and KN + "Bronafwijking" not in loaded.asserted.values(value_of(t.subject), TYPE)
    }

    assert set() == cited - read - WITHOUT_FACTS
    assert set() == WITHOUT_FACTS & read
