"""Every rule that a message can name is explained: why, what is wrong, what is right."""

from __future__ import annotations

import ast
import json
import re

import pytest
from conftest import MINI, ROOT
from kadernota.checking.claims import MESSAGES
from kadernota.checking.meanings import MEANINGS
from kadernota.checking.rulebook import FAULTS, Rulebook
from kadernota.cli import main
from kadernota.engine import engine
from kadernota.sources import read

CODE = sorted((ROOT / "scripts" / "kadernota").rglob("*.py"))
RULE = re.compile(r"(?:invoer|vraag|motor|bron):[a-z-]+")
KIND = re.compile(r"(?:invoer|vraag|motor|bron|bewijs):")


@pytest.fixture(scope="module")
def book() -> Rulebook:
    sources = read(MINI)
    motor, _ = engine(sources)
    assert motor
    keys = {term.path: key for key, term in motor.words.keys.items()}
    return Rulebook(motor.shapes, motor.words.ontology, keys, sources.examples)


def named() -> set[str]:
    """Every rule that the code names, as it stands there in full."""
    strings = {
        node.value
        for path in CODE
        if path.stem != "meanings"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return {text for text in strings if RULE.fullmatch(text)} | {f"bewijs:{r}" for r in MESSAGES}


def test_every_rule_that_the_code_names_is_explained_and_no_other() -> None:
    assert named() == set(MEANINGS)


def test_the_code_puts_no_rule_together_but_those_of_proof() -> None:
    made = [
        f"{path.name}:{node.lineno}"
        for path in CODE
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.JoinedStr)
        and isinstance(first := node.values[0], ast.Constant)
        and KIND.match(str(first.value))
    ]

    assert ["claims.py"] == [name.partition(":")[0] for name in made]


def test_every_rule_says_why_and_shows_what_is_wrong_and_what_is_right(book: Rulebook) -> None:
    told = [book.explain(rule) for rule in book.ids]

    assert 240 <= len(told)
    assert [] == [r.rule for r in told if not (r.asks and r.examples)]
    assert [] == [r.rule for r in told if not all(e.why and e.wrong for e in r.examples)]
    assert [] == [r.rule for r in told if not any(e.right for e in r.examples)]


def test_every_fault_is_an_example(book: Rulebook) -> None:
    faults = [f for f in book.files if f.path.startswith(FAULTS)]
    shown = [e for rule in book.ids for e in book.explain(rule).examples]

    assert len(faults) <= len(shown)


def test_what_is_right_is_not_what_is_wrong(book: Rulebook) -> None:
    same = [
        rule
        for rule in book.ids
        for e in book.explain(rule).examples
        if [x.text.strip() for x in e.wrong if x.marked] == [line.strip() for line in e.right]
    ]

    assert [] == same


def test_without_faults_every_rule_is_still_there(book: Rulebook) -> None:
    bare = Rulebook(book.shapes, book.ontology, book.keys, ())

    assert book.ids == bare.ids
    assert all(bare.explain(rule).asks for rule in bare.ids)


def test_the_command_explains_a_rule(capsys: pytest.CaptureFixture[str]) -> None:
    assert 0 == main(["--map", str(MINI), "regel", "knsh:Partner-bijdrage"])
    said = capsys.readouterr().out

    assert said.startswith("knsh:Partner-bijdrage  (fout, over 'bijdragen:')\nSchrijf onder ")
    assert "\nWaarom: Wie niets bijdraagt, is geen partner.\nFout, in data/partners/" in said
    assert "\nGoed:\n    bijdragen:\n      straat:\n" in said
    assert said.endswith("\nOp de site: regels/partner/#Partner-bijdrage\n")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("invoer:datm", "Bedoelde je invoer:datum?"),
        ("knsh:Partner-bijdragen", "Bedoelde je knsh:Partner-bijdrage?"),
        ("naam", "Bedoelde je invoer:naam, bewijs:naam of vraag:naam?"),
        ("zzzzz", "Zonder naam noemt 'kadernota regel' ze allemaal."),
        ("", "Zonder naam noemt 'kadernota regel' ze allemaal."),
    ],
)
def test_a_rule_that_does_not_exist_is_a_wrong_command(
    words: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert 2 == main(["--map", str(MINI), "regel", words])
    assert capsys.readouterr().err == f"De regel '{words}' bestaat niet. {said}\n"


def test_a_rule_may_be_named_without_its_kind(capsys: pytest.CaptureFixture[str]) -> None:
    assert 0 == main(["--map", str(MINI), "regel", "partner-bijdrage"])
    assert capsys.readouterr().out.startswith("knsh:Partner-bijdrage ")


def test_without_a_name_all_rules_are_listed(
    book: Rulebook, capsys: pytest.CaptureFixture[str]
) -> None:
    assert 0 == main(["--map", str(MINI), "regel"])
    listed = capsys.readouterr().out

    assert list(book.ids) == [line.split("  ")[0] for line in listed.splitlines() if line]
    assert 0 == main(["--map", str(MINI), "regel", "--json"])
    assert list(book.ids) == [r["rule"] for r in json.loads(capsys.readouterr().out)]
