"""What the command says and with which code it ends, as its users meet it."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
import time
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
    assert "\nGecontroleerd: " in err
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


def test_ask_lists_its_questions_under_who_asks_them(
    run: Callable[..., tuple[int, str, str]],
) -> None:
    code, out, _ = run("ask", "--list")
    groups = [group.splitlines() for group in out.split("\n\n")]

    assert 0 == code
    assert ["Voor inwoners en ondernemers", "Voor raadsleden"] == [who for who, *_ in groups][:2]
    assert {path.stem for path in (ROOT / "queries").glob("*.rq")} == {
        line.split()[0] for _, *lines in groups for line in lines
    }


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
        (("ask", "begripen"), "'wetten-en-hun-nummers'. Bedoelde je begrippen?"),
        (("ask", "partners-per-speerpunt", "--speerpunt"), "Geef een waarde achter --speerpunt."),
        (("ask", "partners-per-speerpunt", "--speerpunt", "xyz"), "'xyz' is hier niet bekend."),
        (("waarom", "partners/riec"), "Geef nog op: eigenschap, ding."),
        (("--map", "/bestaat/niet", "check"), "Geef met --map een map waarin kadernota.yaml staat"),
        (("--map", "x" * 5000, "check"), "Geef met --map een map waarin kadernota.yaml staat"),
        (("--map", "", "check"), "niet '(leeg)'."),
        (("check", "a\nb"), "Dit ken ik niet: a\\u000ab."),
        (("ask", "--query", " "), "Noem een vraag (kadernota ask --list), of geef --query."),
        (("ask", "--list", "--query", "x"), "Kies één van deze, niet allebei: --list, --query."),
        (("ask", "--query", "ASK {}", "partners-per-speerpunt"), "Kies één van deze"),
        (("ask", "--query", "ASK {}", "--json", "--format", "csv"), "Kies --json of --format"),
        (("ask", "partners-per-speerpunt", "--json", "--format", "md"), "Kies --json of --format"),
        (
            ("ask", "partners-per-speerpunt", "--speerpunt", ""),
            "Geef een waarde achter --speerpunt.",
        ),
        (("ask", "partners-per-speerpunt", "--speerpunt", "a\nb"), "'a b' is hier niet bekend."),
        (
            ("ask", "--query", "SELECT * { FILTER(<x:y>(1)) }"),
            "gebruikt <x:y>, en dat kan hier niet.",
        ),
        (("ask", "--query", "SELECT ('\udcff' AS ?x) {}"), "Geef de SPARQL als UTF-8"),
        (("ask", "--query", "ASK " + "{" * 9999), "Zet minder haken in elkaar."),
        (("waarom", "", "", ""), "De eigenschap '' bestaat niet."),
        (("waarom", "", "naam", "x"), "'' bestaat niet."),
        (("new", "", "x"), "De map '' bestaat niet. Kies uit: "),
        (("new", "../data", "x"), "De map '../data' bestaat niet."),
        (("new", "partners", "../x"), "Noem het bestand 'x'"),
        (("serve", "--port", "99999"), "'99999' past niet achter --port."),
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


def test_a_broken_query_file_is_a_mistake_in_the_data_not_in_the_command(
    run: Callable[..., tuple[int, str, str]], mini: Path
) -> None:
    (mini / "queries").mkdir()
    (mini / "queries" / "kapot.rq").write_text("SELECT * {}")

    assert 0 == run("check", cwd=mini)[0]
    assert 0 == run("ask", "--help", cwd=mini)[0]
    code, out, err = run("ask", "kapot", "--wat", "x", cwd=mini)
    assert (1, "") == (code, out)
    assert err.startswith("queries/kapot.rq:1:1  Begin met een kop")
    code, out, _ = run("ask", "kapot", "--json", cwd=mini)
    assert (1, ["vraag:kop"]) == (code, [p["rule"] for p in json.loads(out)["problems"]])


def test_map_stands_before_or_after_the_command_and_the_last_one_counts(
    run: Callable[..., tuple[int, str, str]], mini: Path
) -> None:
    spaced = mini.rename(mini.with_name("met een spatie"))
    for words in (
        ("--map", f"{spaced}/", "check"),
        ("check", f"--map={spaced}"),
        ("--map", "/bestaat/niet", "--map", str(spaced), "check"),
    ):
        assert 0 == run(*words, cwd=spaced.parent)[0]
    assert 0 == run("ask", "--list", "--map", "met een spatie", cwd=spaced.parent)[0]


def test_the_format_may_stand_before_the_question(run: Callable[..., tuple[int, str, str]]) -> None:
    asked = ("partners-per-speerpunt", "--speerpunt", "extremisme")
    after = run("ask", *asked, "--format", "csv")

    assert after == run("ask", "--format", "csv", *asked)
    assert run("ask", "--json", *asked) == run("ask", *asked, "--format", "json")


TRIPLES = "CONSTRUCT { ?s <a:b> 1 } WHERE { ?s a <https://w3id.org/kadernota/def#Kanaal> }"


def test_every_kind_of_query_keeps_to_the_format(
    run: Callable[..., tuple[int, str, str]], mini: Path
) -> None:
    def out(query: str, form: str) -> str:
        code, said, _ = run("ask", "--query", query, "--format", form, cwd=mini)
        assert 0 == code
        return said

    assert "antwoord\r\nja\r\n" == out("ASK {}", "csv")
    assert json.loads(out("ASK {}", "json"))["boolean"]
    rows = list(csv.DictReader(io.StringIO(out(TRIPLES, "csv"))))
    assert ["1"] == [row["waarde"] for row in rows]
    assert 1 == len(json.loads(out(TRIPLES, "json"))["results"]["bindings"])
    assert "kanalen/stadskrant  a:b         1" in out(TRIPLES, "table")
    term = json.loads(out("SELECT (<<( <a:b> <a:c> 'x'@nl )>> AS ?t) {}", "json"))
    assert "triple" == term["results"]["bindings"][0]["t"]["type"]
    _, plain, _ = run("ask", "--query", TRIPLES, cwd=mini)
    assert plain.endswith("> .\n")


def test_new_writes_nothing_where_it_cannot_and_says_why(
    run: Callable[..., tuple[int, str, str]], mini: Path
) -> None:
    shutil.rmtree(mini / "data" / "kanalen")
    (mini / "data" / "kanalen").write_text("x")
    code, _, err = run("new", "kanalen", "krant", cwd=mini)
    assert 1 == code
    assert err.endswith("lukt niet: er staat een bestand waar een map hoort.\n")
    assert "x" == (mini / "data" / "kanalen").read_text()
    code, _, err = run("new", "partners", "x" * 300, cwd=mini)
    assert 1 == code
    assert err.endswith("lukt niet: kies een kortere naam.\n")


def test_what_new_leaves_to_fill_in_is_a_mistake_until_it_is_filled_in(
    run: Callable[..., tuple[int, str, str]], mini: Path
) -> None:
    run("new", "kanalen", "krant", cwd=mini)
    code, _, err = run("check", cwd=mini)

    assert 1 == code
    assert "er staat nog INVULLEN." in err


def kadernota(words: str, folder: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """The command in a shell of its own, for what happens outside Python."""
    line = f'"{sys.executable}" -m kadernota {words}'
    scripts = str(ROOT / "scripts")
    return subprocess.run(
        ["bash", "-c", line],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": scripts} | env,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize(
    ("words", "code", "out", "err"),
    [
        ("check >&-", 0, "", r"\d+ van \d+ regels "),
        ("check 2>&-", 0, "", ""),
        ("check --json >&- 2>&-", 0, "", ""),
        ("ask <&-", 2, "", "Noem een vraag"),
        (
            "ask --query 'SELECT * { ?s ?p ?o }' >/dev/full",
            1,
            "",
            "Schrijven lukt niet: maak ruimte",
        ),
        ("ask --query 'SELECT * { ?s ?p ?o }' | true; exit ${PIPESTATUS[0]}", 0, "", ""),
        ("chek 2>&1 | true; exit ${PIPESTATUS[0]}", 2, "", ""),
        ("ask <<< $'\\xef\\xbb\\xbfASK {}'", 0, "ja\n", ""),
        ("ask <<< $'ASK { ?s ?p \"\\xff\" }'", 2, "", "Geef de SPARQL als UTF-8"),
        ("ask --query 'SELECT (\"é–😀\" AS ?x) {}' --format csv", 0, "x\né–😀\n", ""),
    ],
)
def test_closed_full_and_foreign_streams(
    words: str, code: int, out: str, err: str, mini: Path
) -> None:
    done = kadernota(words, mini, PYTHONIOENCODING="ascii")

    assert (code, out) == (done.returncode, done.stdout)
    assert re.match(err, done.stderr)
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr


def test_a_mistake_counts_even_when_nobody_reads_on(mini: Path) -> None:
    (mini / "data" / "partners" / "jongerenwerk.yaml").write_text("x")
    done = kadernota("check 2>&1 | true; exit ${PIPESTATUS[0]}", mini)

    assert 1 == done.returncode


def test_from_a_folder_that_is_gone_the_command_still_speaks(mini: Path, tmp_path: Path) -> None:
    (tmp_path / "weg").mkdir()
    done = kadernota(f"check; rmdir '{tmp_path}/weg'", tmp_path / "weg")
    assert done.stderr.startswith("Ga naar een map met kadernota.yaml")
    (tmp_path / "weg").mkdir()
    words = f"--version 2>/dev/null; rmdir '{tmp_path}/weg'; '{sys.executable}' -m kadernota"
    done = kadernota(f"{words} --map '{mini}' check", tmp_path / "weg")

    assert (0, "") == (done.returncode, done.stdout)


def test_ctrl_c_ends_an_endless_query(mini: Path) -> None:
    endless = " . ".join(f"?a{i} ?b{i} ?c{i}" for i in range(5))
    words = f"ask --query 'SELECT (COUNT(*) AS ?n) {{ {endless} }}'"
    line = f'exec timeout --signal=INT --kill-after=20 3 "{sys.executable}" -m kadernota {words}'
    started = time.monotonic()
    env = os.environ | {"PYTHONPATH": str(ROOT / "scripts")}
    subprocess.run(["bash", "-c", line], cwd=mini, env=env, capture_output=True, check=False)

    assert time.monotonic() - started < 15
