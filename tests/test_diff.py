"""The command `diff`: which versions its words mean, and every form of its answer."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from conftest import ROOT
from kadernota.cli import main
from repositories import committed, repository, run

if TYPE_CHECKING:
    from pathlib import Path

PARTNER = "data/partners/jongerenwerk.yaml"


@pytest.fixture
def mini(tmp_path: Path) -> Path:
    return repository(tmp_path)


class Ask:
    """Runs the command in a folder: its code, and what it said on both streams."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.root, self.capsys = root, capsys

    def __call__(self, *words: str) -> tuple[int, str, str]:
        code = main(["--map", str(self.root), "diff", *words])
        said = self.capsys.readouterr()
        return code, said.out, said.err


@pytest.fixture
def ask(mini: Path, capsys: pytest.CaptureFixture[str]) -> Ask:
    return Ask(mini, capsys)


def edit(root: Path, old: str, new: str, path: str = PARTNER) -> None:
    file = root / path
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def renamed(root: Path, name: str) -> None:
    edit(root, "naam: Jongerenwerk Voorbeeldstad", f"naam: {name}")


def test_without_words_it_tells_what_is_not_committed_yet(ask: Ask, mini: Path) -> None:
    renamed(mini, "Straatwerk")
    code, out, err = ask()

    assert (0, "") == (code, err)
    assert re.fullmatch(r"Van HEAD \(.{7}, .*\) naar de bestanden op schijf:", out.splitlines()[0])
    assert "    naam is nu Straatwerk (was: Jongerenwerk Voorbeeldstad)\n" in out
    assert (code, out, err) == ask("HEAD")


def test_two_names_two_dots_and_three_dots_mean_what_git_means_by_them(
    ask: Ask, mini: Path
) -> None:
    run(mini, "checkout", "--quiet", "-b", "plan")
    renamed(mini, "Straatwerk")
    committed(mini)
    run(mini, "checkout", "--quiet", "main")
    edit(mini, "vrije tijd", "vakantie")
    committed(mini, "Intussen")

    def told(*words: str) -> set[str]:
        said = ask(*words)[1].split("\n\nGewijzigd\n")[1]
        return {line.strip() for line in said.splitlines()[1:]}

    away = "naam is nu Straatwerk (was: Jongerenwerk Voorbeeldstad)"
    back = "beschrijving is nu Begeleidt jongeren in hun vrije tijd. (was: {}.)"
    assert {away, back.format("Begeleidt jongeren in hun vakantie")} == told("main", "plan")
    assert told("main", "plan") == told("main..plan") == told("..plan")
    assert {away} == told("main...plan") == told("...plan")


def test_what_the_command_rename_does_is_no_change_of_policy(ask: Ask, mini: Path) -> None:
    words = ("rename", "partners/jongerenwerk", "partners/straatwerk")
    assert 0 == main(["--map", str(mini), *words])
    ask.capsys.readouterr()
    lines = ask()[1].splitlines()

    assert ["1 hernoemd.", "", "Hernoemd"] == lines[1:4]
    assert ["", "Oude adressen"] == lines[5:7]
    assert 8 == len(lines)


def test_a_version_with_mistakes_in_its_form_is_compared_by_file(ask: Ask, mini: Path) -> None:
    edit(mini, "nota: kadernotas/2023-2026", "nota: kadernotas/2027")
    code, out, _ = ask()

    assert 1 == code
    assert [
        "Niet te vergelijken: herstel eerst de fouten in de bestanden op schijf.",
        "",
        "Fouten in de bestanden op schijf",
    ] == out.splitlines()[1:4]
    assert out.splitlines()[4].startswith(f"  {PARTNER}:4:7 ")
    assert ["Bestanden die verschillen", f"  gewijzigd: {PARTNER}"] == out.splitlines()[-2:]
    assert 1 == ask("--format", "rdf-patch")[0]
    assert "" == ask("--format", "rdf-patch")[1]
    assert 1 == ask("--json")[0]


def test_with_check_it_tells_what_is_reported_now_and_what_is_solved(ask: Ask, mini: Path) -> None:
    edit(mini, "volgnummer: 1\nbeschrijving", "beschrijving")
    missing = "Nieuwe meldingen van check\n  data/partners/jongerenwerk.yaml:1:1 "

    assert missing in ask("--check")[1]
    assert missing not in ask()[1]
    committed(mini)
    assert "\nOpgelost volgens check\n" in ask("HEAD", "HEAD~1", "--check")[1]
    lines = "# Een regel erbij.\n" * 3
    (mini / PARTNER).write_text(lines + (mini / PARTNER).read_text())
    assert "check" not in ask("--check")[1]


def test_json_holds_everything_under_fixed_keys(ask: Ask, mini: Path) -> None:
    renamed(mini, "Straatwerk")
    code, out, _ = ask("--json")
    found = json.loads(out)
    (thing,) = found["things"]
    (fact,) = thing["facts"]

    assert 0 == code
    assert KEYS == {name: list(each) for name, each in keys(found, thing, fact).items()}
    assert {"new": 0, "gone": 0, "renamed": 0, "altered": 1} == found["counts"]
    assert ("altered", "partners/jongerenwerk", "partner") == tuple(
        thing[key] for key in ("kind", "address", "class")
    )
    assert (
        [{"type": "literal", "value": "Straatwerk", "xml:lang": "nl", "text": "Straatwerk"}]
        == fact["added"]
        == fact["after"]
    )
    assert out == ask("--format", "json")[1]


KEYS = {
    "whole": [
        "before", "after", "comparable", "counts", "things", "follows", "cited", "uncited", "rules",
        "redirects", "files", "rewritten", "reported", "solved",
    ],
    "edition": ["name", "commit", "time", "changed", "errors"],
    "thing": ["kind", "iri", "address", "earlier", "class", "name", "facts", "parts"],
    "fact": ["key", "property", "name", "before", "after", "removed", "added"],
}  # fmt: skip


def keys(whole: dict[str, Any], thing: dict[str, Any], fact: dict[str, Any]) -> dict[str, Any]:
    return {"whole": whole, "edition": whole["before"], "thing": thing, "fact": fact}


@pytest.mark.parametrize("form", ["text", "md", "json", "rdf-patch", "sparql"])
def test_every_form_is_the_same_every_time(form: str, ask: Ask, mini: Path) -> None:
    renamed(mini, "Straatwerk")

    assert ask("--format", form) == ask("--format", form)
    assert 0 == ask("--format", form)[0]


def test_the_rules_of_the_game_are_told_apart_from_the_data(ask: Ask, mini: Path) -> None:
    for folder in ("ontology", "shapes", "queries"):
        shutil.copytree(ROOT / folder, mini / folder)
    committed(mini, "Eigen regels")
    edit(mini, '"partner"@nl', '"medespeler"@nl', "ontology/partner.ttl")
    edit(mini, "ten minste één rol", "minstens één rol", "shapes/partner.ttl")
    edit(mini, "# ", "# Ook dit: ", "shapes/organisatie.ttl")
    (mini / "queries" / "partners-per-speerpunt.rq").unlink()
    (mini / "kadernota.yaml").write_text((mini / "kadernota.yaml").read_text() + "\n# Klaar.\n")
    code, out, _ = ask()
    told = [line.split(": ")[0].strip() for line in out.split("veranderd\n")[1].splitlines()]

    assert 0 == code
    assert "\nGeen inhoudelijke wijziging. De regels zijn wel veranderd.\n" in out
    assert [
        "begrip Partner gewijzigd",
        "regel Partner-bijdrage gewijzigd",
        "vraag partners-per-speerpunt weg",
    ] == told


HISTORY = subprocess.run(
    ["git", "log", "-10", "--format=%H", "--", "data"],
    cwd=ROOT, capture_output=True, text=True, check=False,
).stdout.split()  # fmt: skip


@pytest.mark.parametrize("commit", HISTORY)
def test_every_change_in_our_own_history_can_be_told(
    commit: str, capsys: pytest.CaptureFixture[str]
) -> None:
    ask = Ask(ROOT, capsys)
    code, out, err = ask(f"{commit}~1..{commit}")

    assert (0, "") == (code, err)
    assert re.search(r"\n(Geen inhoudelijke wijziging\.|\d+ )", out)


WRONG = {
    ("nergens",): "Noem een versie die git hier kent; 'nergens' is er geen.\n",
    ("HEAD", "mian"): "Noem een versie die git hier kent; 'mian' is er geen. Bedoelde je main?\n",
    ("a..b", "c"): "Geef a..b alleen, of twee versies met een spatie ertussen.\n",
    ("--format", "md", "--json"): "Kies --json of --format, niet allebei.\n",
    ("--site", "voorbeeldstad.nl"): (
        "Geef met --site een volledig webadres dat begint met https://.\n"
    ),
}


@pytest.mark.parametrize(("words", "said"), WRONG.items(), ids=" ".join)
def test_a_wrong_command_is_one_clear_line(words: tuple[str, ...], said: str, ask: Ask) -> None:
    assert (2, "", said) == ask(*words)
