"""The notebook runs as it stands, and each of its cells gives what the source says."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import nbformat
import pandas as pd
import pytest
from conftest import MINI, ROOT
from kadernota.asking.questions import questions
from kadernota.model import Report
from kadernota.pipeline import site
from nbclient import NotebookClient

if TYPE_CHECKING:
    from pathlib import Path

    from kadernota.model import Loaded, Sources

WRITTEN = ROOT / "site" / "pages" / "notebooks" / "kadernota.ipynb"
BASE = "https://w3id.org/kadernota/id/gm0637/"


def read() -> Any:
    return nbformat.read(WRITTEN, as_version=4)  # type: ignore[no-untyped-call]


def done(root: Path) -> dict[str, Any]:
    """What each code cell shows in this knowledge base, whole, by the id of the cell."""
    book, found = read(), dict[str, Any]()
    code = [cell for cell in book.cells if cell.cell_type == "code" and cell.id != "openen"]
    names = {cell.id: cell.source.splitlines()[-1] for cell in code}
    told = f"import json\nfor _ in ({', '.join(names.values())}):\n    "
    told += "print(_.to_json(orient='split') if hasattr(_, 'to_json') else json.dumps(_))"
    book.cells.append(nbformat.v4.new_code_cell(told))  # type: ignore[no-untyped-call]
    NotebookClient(book, timeout=120, resources={"metadata": {"path": str(root)}}).execute()
    assert all([o.output_type for o in cell.outputs] == ["execute_result"] for cell in code)
    for name, line in zip(names, book.cells[-1].outputs[0].text.splitlines(), strict=True):
        value = json.loads(line)
        found[name] = value if isinstance(value, str) else shaped(value)
    return found


def shaped(value: dict[str, Any]) -> Any:
    """A table or a series, as it was."""
    if "columns" in value:
        return pd.DataFrame(value["data"], value["index"], value["columns"])
    return pd.Series(value["data"], value["index"])


@pytest.fixture(scope="module")
def here() -> dict[str, Any]:
    return done(ROOT)


def test_it_is_kept_without_what_came_out() -> None:
    code = [cell for cell in read().cells if cell.cell_type == "code"]

    assert len(code) > 10
    assert all(cell.outputs == [] and cell.execution_count is None for cell in code)
    nbformat.validate(read())


def test_nothing_in_it_belongs_to_one_municipality() -> None:
    assert "zoetermeer" not in WRITTEN.read_text().lower()


def test_each_cell_of_code_is_looked_at_here(here: dict[str, Any]) -> None:
    looked = ROOT / "tests" / "test_notebook.py"
    names = {name for name in here if f'here["{name}"]' in looked.read_text()}

    assert {*here} == names


def test_the_questions_are_those_that_there_are(here: dict[str, Any]) -> None:
    found = here["vragen"]

    assert {p.stem for p in (ROOT / "queries").glob("*.rq")} == set(found.name)
    assert {"inwoner", "raadslid", "adviseur", "partner", "analist"} == set(found.audience)


# Five priorities of this memorandum, four of the one before.
def test_there_are_nine_priorities_to_choose_from(here: dict[str, Any]) -> None:
    found = here["invullen"]

    assert 9 == len(found)
    assert "Ondermijning" == found["speerpunten/ondermijning"]


# Decision part 1 lists the five, in this order.
def test_the_priorities_stand_in_their_own_order(here: dict[str, Any]) -> None:
    found = here["speerpunten"]

    assert [1, 2, 3, 4, 5] == list(found.volgnummer)
    assert [
        "problematische-jeugd",
        "ondermijning",
        "extremisme-en-maatschappelijk-ongenoegen",
        "digitale-criminaliteit",
        "zorg-en-veiligheid",
    ] == [iri.removeprefix(f"{BASE}speerpunten/") for iri in found.speerpunt]


# The tables of chapter 3: 12, 5, 6, 2 and 7 efforts.
def test_the_efforts_of_each_priority_are_counted(here: dict[str, Any]) -> None:
    assert [12, 5, 6, 2, 7] == list(here["inspanningen"])


# Chapter 5: the tax authority has two roles for "Ondermijning" and none for another priority.
def test_partners_stand_against_priorities(here: dict[str, Any]) -> None:
    found = here["partners"]

    assert 2 == found.loc["Belastingdienst", "Ondermijning"]
    assert 2 == found.loc["Belastingdienst"].sum()


# Table 1: 5.894 crimes in 2019 and 5.820 in 2022; burglaries 200, 188, 130, 96.
def test_the_figures_are_those_of_the_tables(here: dict[str, Any]) -> None:
    found = here["cijfers"]
    years = [2019, 2020, 2021, 2022]

    assert [200, 188, 130, 96] == list(found.loc["Woninginbraak", years])
    assert [5894, 5596, 5326, 5820] == list(found.loc["Misdrijven, totaal", years])
    assert [7.8, 8, 8, 7.8] == list(found.loc["Rapportcijfer veiligheid in de buurt", years])


def test_the_change_is_the_last_year_less_the_first(here: dict[str, Any]) -> None:
    found = here["verandering"]

    assert (-74, -104) == (found["Misdrijven, totaal"], found["Woninginbraak"])


def test_what_an_answer_rests_on_has_a_link(here: dict[str, Any]) -> None:
    found = here["bronnen"]

    assert "Problematische jeugd(groepen)" in set(found.thing_name)
    assert found.url.str.startswith("https://").sum() > 10


def test_each_derived_row_ends_in_a_line_of_a_file(here: dict[str, Any]) -> None:
    found = here["waarom"]

    assert len(found) > 10
    assert found.afgeleid.str.contains(" – werkt ").all()
    assert found.bestand.str.fullmatch(r"data/\w+/[\w-]+\.yaml:\d+").all()


def test_the_mayor_is_found(here: dict[str, Any]) -> None:
    assert "functies/burgemeester" in set(here["zoeken"]["id"])


def test_a_thing_shows_its_facts(here: dict[str, Any]) -> None:
    found = here["ding"]

    assert "Problematische jeugd(groepen)" in set(found.value)


def test_what_cannot_be_says_what_to_do(here: dict[str, Any]) -> None:
    assert here["fouten"].endswith("bestaat niet. Bedoelde je partners-per-speerpunt?")


def test_it_also_runs_for_another_municipality() -> None:
    found = done(MINI)

    assert ["Jeugd"] == list(found["speerpunten"].speerpuntNaam)
    assert {"Jeugd": 1} == dict(found["inspanningen"])
    assert -25 == found["verandering"]["Meldingen bij de gemeente"]


def test_the_site_has_it_to_take_along(loaded: Loaded, sources: Sources) -> None:
    asked, _ = questions(sources.queries)
    made = site(loaded, Report((), {}, {}), asked, sources)

    assert WRITTEN.read_bytes() == made["notebooks/kadernota.ipynb"]()
    assert 'href="../notebooks/kadernota.ipynb" download' in made["downloads.md"]().decode()
