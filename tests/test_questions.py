"""Each question gives the answer that was derived by hand from the adopted text."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
import yaml
from conftest import ROOT
from kadernota.asking.ask import CannotAnswer, ask, resolve, store
from kadernota.asking.formats import short
from kadernota.asking.questions import Question, questions
from kadernota.names import KN, LISTS

if TYPE_CHECKING:
    from kadernota.model import Loaded, Sources

ANSWERS = ROOT / "tests" / "answers"
WITHOUT: dict[str, str] = {}  # question -> why it has no answer by hand


@dataclass(frozen=True)
class Case:
    """One expected answer: the question, what is filled in, and the columns compared."""

    name: str
    question: str
    values: dict[str, str]
    columns: list[str]
    ordered: bool
    rows: list[tuple[str, ...]]


def cases() -> list[Case]:
    found = []
    for path in sorted(ANSWERS.glob("*.yaml")):
        about = yaml.load(path.read_text(), Loader=yaml.BaseLoader)
        with path.with_suffix(".csv").open(newline="") as file:
            header, *rows = list(csv.reader(file))
        columns = about.get("kolommen", header)
        at = [header.index(c) for c in columns]
        found.append(
            Case(
                path.stem,
                about["vraag"],
                about.get("parameters") or {},
                columns,
                about["volgorde"] == "ja",
                [tuple(row[i] for i in at) for row in rows],
            )
        )
    return found


CASES = cases()


@pytest.fixture(scope="session")
def graph(loaded: Loaded) -> ox.Store:
    return store(loaded)


@pytest.fixture(scope="session")
def asked(sources: Sources) -> dict[str, Question]:
    found, problems = questions(sources.queries)
    assert () == problems
    return {q.name: q for q in found}


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_a_question_gives_the_answer_derived_by_hand(
    case: Case, graph: ox.Store, loaded: Loaded, asked: dict[str, Question]
) -> None:
    answer = ask(graph, loaded, asked[case.question], case.values)
    at = [answer.columns.index(c) for c in case.columns]
    base = loaded.settings.base
    rows = [
        tuple(short(row[i], "").removeprefix(base).removeprefix(LISTS) for i in at)
        for row in answer.rows
    ]
    if not case.ordered:
        rows, expected = sorted(set(rows)), sorted(set(case.rows))
    else:
        expected = case.rows

    assert expected == rows


def test_every_question_has_an_answer_by_hand(asked: dict[str, Question]) -> None:
    assert len(asked) >= 60
    assert set(asked) == {c.question for c in CASES} | set(WITHOUT)


def test_every_answer_says_from_which_passages_it_was_derived(loaded: Loaded) -> None:
    lacking = []
    for path in sorted(ANSWERS.glob("*.yaml")):
        about = yaml.load(path.read_text(), Loader=yaml.BaseLoader)
        for passage in about.get("afgeleid-uit") or ["(niets)"]:
            if loaded.settings.base + passage not in loaded.asserted.index:
                lacking.append((path.name, passage))

    assert [] == lacking


def test_asking_twice_gives_the_same_answer(loaded: Loaded, asked: dict[str, Question]) -> None:
    first, second = store(loaded), store(loaded)
    for q in asked.values():
        assert ask(first, loaded, q, {}) == ask(second, loaded, q, {})


def test_every_question_is_ordered_and_reads_as_sparql_without_our_tools(
    asked: dict[str, Question],
) -> None:
    for q in asked.values():
        assert "ORDER BY" in q.sparql
        ox.Store().query(q.sparql)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("extremisme", "extremisme-en-maatschappelijk-ongenoegen"),
        ("Ondermijning", "ondermijning"),
        ("ondermijning-2019-2022", "ondermijning-2019-2022"),
        ("speerpunten/zorg-en-veiligheid", "zorg-en-veiligheid"),
        ("DIGITALE criminaliteit", "digitale-criminaliteit"),
        ("https://w3id.org/kadernota/id/gm0637/speerpunten/ondermijning", "ondermijning"),
    ],
)
def test_a_thing_is_found_by_what_people_type(typed: str, meant: str, loaded: Loaded) -> None:
    found = resolve(typed, KN + "Speerpunt", loaded)

    assert f"{loaded.settings.base}speerpunten/{meant}" == found


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("xq", "'xq' is hier niet bekend"),
        ("ministerie van", "'ministerie van' kan meer dan één ding zijn"),
        ("ondermijnning", "'ondermijnning' is hier niet bekend"),
    ],
)
def test_an_ambiguous_or_unknown_value_lists_the_candidates(
    typed: str, said: str, loaded: Loaded
) -> None:
    cls = KN + ("Partner" if "ministerie" in typed else "Speerpunt")
    with pytest.raises(CannotAnswer) as refused:
        resolve(typed, cls, loaded)
    message = str(refused.value)

    assert message.startswith(said)
    assert "\n  " in message
