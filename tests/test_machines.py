"""Problems for a forge: what GitHub, GitLab and readers of SARIF are told."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import jsonschema
import pytest
from conftest import MINI
from faults import Fault, faults
from hypothesis import given
from hypothesis import strategies as st
from kadernota.checking.excerpt import lines, span
from kadernota.checking.machines import github, gitlab
from kadernota.cli import main
from kadernota.model import Place, Problem, Severity
from kadernota.sources import read
from sarif import LOG

if TYPE_CHECKING:
    from collections.abc import Sequence

TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)


@pytest.fixture(scope="module")
def wrong(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The smallest knowledge base with a mistake of many kinds."""
    root = Path(shutil.copytree(MINI, tmp_path_factory.mktemp("forge") / "met spatie"))
    partner = root / "data" / "partners" / "jongerenwerk.yaml"
    text = partner.read_text()
    partner.write_text(text.replace("soort:", "sort:").replace("nota: ", "nota: data/"))
    (root / "data" / "partners" / "Hoofdletter.yaml").write_text("naam: x\n")
    (root / "data" / "kanalen" / "krant.yaml").write_text("naam: Krant\n")
    return root


def said(root: Path, form: str, capsys: pytest.CaptureFixture[str], code: int = 1) -> str:
    assert code == main(["--map", str(root), "check", "--format", form])
    return capsys.readouterr().out


def test_sarif_is_as_the_standard_wants_it(wrong: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = json.loads(said(wrong, "sarif", capsys))
    jsonschema.Draft202012Validator(LOG).validate(log)
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]

    assert {"invoer:bestandsnaam", "invoer:onbekende-sleutel", "invoer:verwijzing"} <= {
        r["id"] for r in rules
    }
    assert all(rules[r["ruleIndex"]]["id"] == r["ruleId"] for r in run["results"])
    assert all(r["help"]["text"].endswith(f"Meer: kadernota regel {r['id']}") for r in rules)


def test_sarif_of_what_is_right_has_no_results(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = Path(shutil.copytree(MINI, tmp_path / "mini"))
    log = json.loads(said(root, "sarif", capsys, code=0))
    jsonschema.Draft202012Validator(LOG).validate(log)

    assert [] == log["runs"][0]["results"]


def test_a_fix_of_sarif_gives_the_file_that_was_meant(
    wrong: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (run,) = json.loads(said(wrong, "sarif", capsys))["runs"]
    fixes = [fix for result in run["results"] for fix in result.get("fixes", ())]
    path = wrong / "data" / "partners" / "jongerenwerk.yaml"
    text = path.read_text().split("\n")
    for fix in fixes:
        (change,) = fix["artifactChanges"]
        (replacement,) = change["replacements"]
        assert unquote(change["artifactLocation"]["uri"]).endswith("partners/jongerenwerk.yaml")
        where, new = replacement["deletedRegion"], replacement["insertedContent"]["text"]
        line = text[where["startLine"] - 1]
        text[where["startLine"] - 1] = (
            line[: where["startColumn"] - 1] + new + line[where["endColumn"] - 1 :]
        )

    assert 2 == len(fixes)
    assert (MINI / "data" / "partners" / "jongerenwerk.yaml").read_text() == "\n".join(text)


def replaced(fault: Fault, problem: Problem, text: Sequence[str]) -> Fault:
    """The fault with the suggestion in the place of what is marked."""
    at = span(problem, text)
    assert at
    line = text[problem.place.line - 1]
    new = list(text)
    new[problem.place.line - 1] = line[: at[0] - 1] + problem.suggestion + line[at[1] - 1 :]
    content = "\n".join(new).encode("utf-8", "surrogateescape")
    return Fault(fault.name, fault.path, content, fault.head)


def test_a_suggestion_mends_what_it_is_about() -> None:
    mini, tried = read(MINI), 0
    for fault in faults("invoer"):
        for problem in fault.problems(mini):
            if problem.suggestion:
                text = lines(fault.into(mini))(problem.place.file)
                left = replaced(fault, problem, text).problems(mini)
                same = {(p.rule, p.place) for p in left}
                assert (problem.rule, problem.place) not in same, fault.name
                tried += 1

    assert 12 <= tried


@given(TEXT, TEXT, TEXT)
def test_github_reads_back_what_we_say(file: str, key: str, message: str) -> None:
    problem = Problem(Place(file, 3, 4), key, message, "a:b", Severity.WARNING)
    out = github([problem], lambda _: (), str)
    command = re.fullmatch(r"::warning ([^\r\n]*?)::([^\r\n]*)\n", out)
    assert command
    given_, text = command.groups()
    read_back = {k: plain(v) for k, v in (x.split("=", 1) for x in given_.split(","))}

    assert (file, "3", "4") == (read_back["file"], read_back["line"], read_back["col"])
    assert f"{key} [a:b]".strip() == read_back["title"]
    assert message.rstrip() == plain(text)


def plain(text: str) -> str:
    """As the runner of GitHub reads it: the percent sign comes last."""
    for code, sign in (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        text = text.replace(code, sign)
    return text


def test_gitlab_gets_a_name_per_problem_that_stays_when_lines_are_added(
    wrong: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before: list[dict[str, Any]] = json.loads(said(wrong, "gitlab", capsys))
    path = wrong / "data" / "partners" / "jongerenwerk.yaml"
    path.write_text("# nieuw\n" + path.read_text())
    after = json.loads(said(wrong, "gitlab", capsys))
    keys = {"description", "check_name", "fingerprint", "severity", "location"}

    assert all(keys == set(row) for row in before)
    assert len(before) == len({row["fingerprint"] for row in before})
    assert [r["fingerprint"] for r in before] == [r["fingerprint"] for r in after]
    assert before != after


def test_the_same_mistake_twice_is_two_problems_for_gitlab() -> None:
    twice = [Problem(Place("a", n), "k", "m", "r:r") for n in (1, 2)]
    rows = json.loads(gitlab(twice, lambda _: ("x", "x"), str))

    assert 2 == len({row["fingerprint"] for row in rows})


@pytest.mark.parametrize("form", ["json", "sarif", "github", "gitlab"])
def test_also_a_file_that_cannot_be_read_is_said_in_the_form_asked_for(
    form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = Path(shutil.copytree(MINI, tmp_path / "mini"))
    (root / "data" / "partners" / "weg.yaml").symlink_to("nergens")
    out = said(root, form, capsys)

    assert "invoer:onleesbaar" in out.replace("%3A", ":")


def test_one_form_at_a_time(capsys: pytest.CaptureFixture[str]) -> None:
    assert 2 == main(["--map", str(MINI), "check", "--json", "--format", "sarif"])
    assert "Kies --json of --format, niet allebei.\n" == capsys.readouterr().err


def test_a_person_reads_the_same_beside_the_form_of_a_machine(
    wrong: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["--map", str(wrong), "check", "--format", "github"])
    beside = capsys.readouterr().err
    main(["--map", str(wrong), "check"])

    assert beside == capsys.readouterr().err


def test_a_source_that_nobody_can_mark_is_still_placed() -> None:
    problem = Problem(Place("weg.yaml", 9, 9), "", "m", "r:r")
    (row,) = json.loads(gitlab([problem], lines(read(MINI)), str))

    assert 9 == row["location"]["lines"]["begin"]
