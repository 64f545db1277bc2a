"""A second reading of the text, made without sight of the encoding, finds its facts in the graph.

Each file under `tests/lezing/` lists the facts of a chapter in the words of that reader. `ding`,
`sleutel` and `waarde` say where the graph holds the fact; what is no fact of the policy says why.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT
from kadernota import register
from kadernota.names import KN, LISTS, SOURCE, TYPE
from kadernota.triples import value_of

if TYPE_CHECKING:
    from pathlib import Path

    from kadernota.model import Loaded

FILES = sorted((ROOT / "tests" / "lezing").glob("*.csv"))
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


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_every_fact_of_the_reading_stands_in_the_graph(path: Path, loaded: Loaded) -> None:
    missing = []
    for row in rows(path):
        values = said(loaded, row["ding"], row["sleutel"]) if row["ding"] else []
        found = any(row["waarde"].removeprefix(LISTS) in value for value in values)
        if not found and not row["oordeel"].startswith("geen-feit: "):
            missing.append((row["passage"], row["feit"], row["ding"], row["sleutel"]))

    assert [] == missing


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_a_fact_of_the_reading_names_a_passage_of_its_chapter(path: Path, loaded: Loaded) -> None:
    text = loaded.settings.base + register.address(loaded.settings.memorandum)
    known = {p.partition("#")[2] for p in loaded.asserted.values(text, KN + "passage")}

    assert COLUMNS == list(rows(path)[0])
    assert set() == {row["passage"] for row in rows(path)} - known


def test_the_reading_leaves_no_cited_passage_unread(loaded: Loaded) -> None:
    read = {row["passage"] for path in FILES for row in rows(path)}
    cited = {
        value_of(t.object).partition("#")[2]
        for t in loaded.asserted.items
        if t.predicate.value == SOURCE
        and KN + "Bronafwijking" not in loaded.asserted.values(value_of(t.subject), TYPE)
    }

    assert len(cited - read) <= len(cited) // 20
