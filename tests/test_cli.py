"""What the command says and with which code it ends, as its users meet it."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import MINI, ROOT
from kadernota.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable

Run = "Callable[..., tuple[int, str, str]]"


@pytest.fixture
def run(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., tuple[int, str, str]]:
    def go(*words: str, cwd: Path = ROOT) -> tuple[int, str, str]:
        monkeypatch.chdir(cwd)
        try:
            code = main(words)
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        said = capsys.readouterr()
        return code, said.out, said.err

    return go


@pytest.fixture
def mini(tmp_path: Path) -> Path:
    """A copy of the smallest knowledge base, to make mistakes in."""
    return Path(shutil.copytree(MINI, tmp_path / "mini"))


def test_check_says_how_much_it_checked(run: Callable[..., tuple[int, str, str]]) -> None:
    code, out, err = run("check")

    assert (0, "") == (code, out)
    assert err.startswith("Gecontroleerd: ")
    assert err.endswith(" regels: geen fouten.\n")


def test_check_from_a_folder_inside_and_with_map(
    run: Callable[..., tuple[int, str, str]], mini: Path
) -> None:
    assert 0 == run("check", cwd=mini / "data" / "partners")[0]
    assert 0 == run("--map", str(mini), "check", cwd=mini.parent)[0]


def test_a_mistake_is_one_line_that_an_editor_can_open(
    run: Callable[..., tuple[int, str, str]], mini: Path
) -> None:
    partner = next((mini / "data" / "partners").glob("*.yaml"))
    partner.write_text(partner.read_text().replace("naam:", "naaam:", 1))
    code, _, err = run("check", cwd=mini)
    first = err.splitlines()[0]

    assert 1 == code
    assert first.startswith(
        f"data/partners/{partner.name}:1:1  naaam  Verander 'naaam:' in 'naam:'."
    )


def test_json_is_for_machines(run: Callable[..., tuple[int, str, str]], mini: Path) -> None:
    code, out, _ = run("check", "--json", cwd=mini)
    assert (0, True) == (code, json.loads(out)["passed"])
    (mini / "data" / "partners" / "Fout.yaml").write_text("naam: x\n")
    code, out, _ = run("check", "--json", cwd=mini)

    assert 1 == code
    assert ["invoer:bestandsnaam"] == [p["rule"] for p in json.loads(out)["problems"]]


def test_the_question_of_the_readme_gives_exactly_twelve_partners(
    run: Callable[..., tuple[int, str, str]],
) -> None:
    words = ("ask", "partners-per-speerpunt", "--speerpunt", "extremisme", "--format", "csv")
    code, out, _ = run(*words)
    rows = list(csv.DictReader(io.StringIO(out)))

    assert 0 == code
    assert 12 == len(rows)
    assert {"true"} == {row["direct"] for row in rows}
    assert not any("william" in row["partner"] for row in rows)
    _, more, _ = run(*words, "--ook-indirect")
    assert {row["partner"] for row in rows} < {
        row["partner"] for row in csv.DictReader(io.StringIO(more))
    }


@pytest.mark.parametrize("form", ["table", "csv", "json", "md"])
def test_every_format_is_the_same_twice(
    form: str, run: Callable[..., tuple[int, str, str]]
) -> None:
    words = ("ask", "partners-per-speerpunt", "--format", form)

    assert run(*words) == run(*words)


def test_ask_lists_its_questions(run: Callable[..., tuple[int, str, str]]) -> None:
    code, out, _ = run("ask", "--list")

    assert 0 == code
    assert len(out.splitlines()) == len(list((ROOT / "queries").glob("*.rq")))


def test_free_sparql_reads_and_nothing_else(run: Callable[..., tuple[int, str, str]]) -> None:
    count = "SELECT (COUNT(?p) AS ?n) WHERE { ?p a <https://w3id.org/kadernota/def#Partner> }"
    assert "n\r\n27\r\n" == run("ask", "--query", count, "--format", "csv")[1]
    assert "ja\n" == run("ask", "--query", "ASK { ?s ?p ?o }")[1]
    code, out, err = run("ask", "--query", "SELECT * { SERVICE <https://x/> { ?s ?p ?o } }")
    assert (2, "") == (code, out)
    assert err.startswith("Haal SERVICE weg")
    code, _, err = run("ask", "--query", "SELECT * { ?s ?p }")
    assert 2 == code
    assert err.startswith("Herstel de SPARQL bij regel 1")


def test_waarom_gives_rule_and_stated_facts(run: Callable[..., tuple[int, str, str]]) -> None:
    code, out, _ = run("waarom", "partners/riec", "werktAan", "speerpunten/ondermijning")

    assert 0 == code
    assert "data/partners/riec.yaml:" in out
    assert "Regel " in out
    assert 2 == run("waarom", "partners/halt", "werktAan", "speerpunten/ondermijning")[0]
    assert 2 == run("waarom", "partners/haltt", "werktAan", "speerpunten/ondermijning")[0]


def test_new_writes_a_file_from_the_shape_and_never_overwrites(
    run: Callable[..., tuple[int, str, str]], mini: Path
) -> None:
    assert 0 == run("new", "partners", "kinderopvang-de-ark", cwd=mini)[0]
    made = mini / "data" / "partners" / "kinderopvang-de-ark.yaml"
    text = made.read_text()
    assert "naam: Kinderopvang de ark" in text
    code, _, err = run("new", "partners", "kinderopvang-de-ark", cwd=mini)
    assert 2 == code
    assert "bestaat al" in err
    assert text == made.read_text()
    assert 2 == run("new", "partner", "x", cwd=mini)[0]
    assert 2 == run("new", "partners", "Met Hoofdletters", cwd=mini)[0]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("chek",), "'chek' kan hier niet; kies uit: 'check'"),
        (("check", "--alles"), "Dit ken ik niet: --alles."),
        (("ask", "bestaat-niet"), "'bestaat-niet' kan hier niet; kies uit: "),
        (("ask", "partners-per-speerpunt", "--speerpunt"), "Geef een waarde achter --speerpunt."),
        (("ask", "partners-per-speerpunt", "--speerpunt", "xyz"), "'xyz' is hier niet bekend."),
        (("waarom", "partners/riec"), "Geef nog op: eigenschap, ding."),
        (("--map", "/bestaat/niet", "check"), "Geef met --map een map waarin kadernota.yaml staat"),
    ],
)
def test_a_wrong_command_says_in_dutch_what_to_do_and_ends_with_2(
    words: tuple[str, ...], said: str, run: Callable[..., tuple[int, str, str]]
) -> None:
    code, out, err = run(*words)

    assert (2, "") == (code, out)
    assert said in err


def test_help_is_dutch(run: Callable[..., tuple[int, str, str]]) -> None:
    for words in (("--help",), ("ask", "--help"), ("ask", "partners-per-speerpunt", "--help")):
        code, out, _ = run(*words)
        assert 0 == code
        assert out.startswith("gebruik: kadernota")
        for english in ("usage", "options", "optional", "positional", "show this"):
            assert english not in out


@pytest.mark.parametrize("shell", ["bash", "zsh", "tcsh"])
def test_shell_completion_knows_the_questions(
    shell: str, run: Callable[..., tuple[int, str, str]]
) -> None:
    code, out, _ = run("--completion", shell)

    assert 0 == code
    assert "partners-per-speerpunt" in out
