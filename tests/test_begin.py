"""A second municipality begins with three answers, and its site has no word of ours."""

from __future__ import annotations

import gzip
import json
import os
import pty
import re
import subprocess
import sys
from html import unescape
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT
from kadernota.cli import main
from kadernota.letters import shown
from kadernota.names import ALIAS, NAME
from kadernota.triples import value_of
from test_pages import Page, broken

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kadernota.model import Loaded

FLAGS = ("--naam", "Voorbeeldstad", "--code", "gm9999", "--periode", "2027-2030")


@pytest.fixture
def run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., tuple[int, str]]:
    """A command in an empty folder (or one in it): its code, and what it says to people."""

    def go(*words: str, within: str = ".") -> tuple[int, str]:
        monkeypatch.chdir(tmp_path / within)
        try:
            code = main(words)
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        said = capsys.readouterr()
        return code, said.out + said.err

    return go


def paths(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def test_three_answers_make_a_knowledge_base_that_passes(
    run: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    assert (
        0,
        "Gemaakt: 9 bestanden in voorbeeldstad, zonder fouten.\n"
        "Vul eerst aan: voorbeeldstad/data/kadernotas/2027-2030.yaml\n"
        "Draai daarna: cd voorbeeldstad && kadernota check\n",
    ) == run("begin", *FLAGS)
    code, said = run("check", within="voorbeeldstad")

    assert 0 == code
    assert "De kadernota is nog niet vastgesteld" in said
    assert "geen fouten" in said


def test_what_it_writes_is_known_and_nothing_is_made_up(
    run: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    run("begin", *FLAGS, "--basis", "https://voorbeeld.nl/id/")
    made = tmp_path / "voorbeeldstad"
    said = (made / "data" / "kadernotas" / "2027-2030.yaml").read_text()

    assert (
        "naam: Veiligheidsbeleid Voorbeeldstad\ncode: gm9999\n"
        "basis: https://voorbeeld.nl/id/\nnota: kadernotas/2027-2030\n"
    ) == (made / "kadernota.yaml").read_text()
    assert [
        "data/documenten/ontwerp-2027-2030.yaml",
        "data/gebieden/voorbeeldstad.yaml",
        "data/kadernotas/2027-2030.yaml",
    ] == [p for p in paths(made) if p.startswith("data/")]
    assert "begin: 2027-01-01\neinde: 2030-12-31\n" in said
    assert "\n# vastgesteld-op: De dag waarop dit is vastgesteld.\n" in said


@pytest.mark.parametrize(
    "name",
    ["'s-Hertogenbosch", "Súdwest-Fryslân", "Bergen (NH.)", "Ee", "Noord/Zuid: de stad"[:10]],
)
def test_a_name_is_kept_as_it_is_whatever_yaml_thinks_of_it(
    name: str, run: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    code, said = run("begin", "plek", "--naam", name, *FLAGS[2:])

    assert 0 == code, said
    assert 0 == run("check", within="plek")[0]


LETTERS = "Schrijf de naam van de gemeente met letters, bijvoorbeeld Voorbeeldstad."
DIGITS = "Schrijf de code als gm met vier cijfers, bijvoorbeeld gm9999."
YEARS = "Schrijf de periode als twee jaren, bijvoorbeeld 2027-2030."
ADDRESS = "Laat --basis beginnen met https:// en eindigen met een schuine streep."


@pytest.mark.parametrize(
    ("flag", "given", "said"),
    [
        ("--naam", "", LETTERS),
        ("--naam", "12", LETTERS),
        ("--naam", "a: b", LETTERS),
        ("--naam", "Gemeente Ee", "Laat het woord gemeente weg. Bedoelde je Ee?"),
        ("--code", "9999", f"{DIGITS} Bedoelde je gm9999?"),
        ("--code", "GM0001", f"{DIGITS} Bedoelde je gm0001?"),
        ("--code", "gm٩٩٩٩", DIGITS),
        ("--code", "pv20", DIGITS),
        ("--periode", "2027 t/m 2030", f"{YEARS} Bedoelde je 2027-2030?"),
        ("--periode", "27-30", YEARS),
        ("--periode", "2030-2027", "Laat het laatste jaar 0 tot 19 jaar na het eerste vallen."),
        ("--basis", "http://x.nl/", ADDRESS),
        ("--basis", "https://x.nl/#", ADDRESS),
    ],
)
def test_a_wrong_answer_says_what_to_do_and_nothing_is_written(
    flag: str, given: str, said: str, run: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    words = {**dict(zip(FLAGS[::2], FLAGS[1::2], strict=True)), flag: given}

    code, found = run("begin", *(word for pair in words.items() for word in pair))

    assert (2, f"{flag} '{shown(given)}': {said}\n") == (code, found)
    assert [] == list(tmp_path.iterdir())


def test_all_wrong_and_missing_answers_are_told_at_once(
    run: Callable[..., tuple[int, str]],
) -> None:
    code, said = run("begin", "--code", "1")

    assert 2 == code
    assert [
        "--code '1': Schrijf de code als gm met vier cijfers, bijvoorbeeld gm9999.",
        "Geef ook --naam en --periode.",
    ] == said.splitlines()


def test_nothing_is_overwritten_and_then_nothing_is_written(
    run: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    (tmp_path / "hier").mkdir()
    (tmp_path / "hier" / "LEESMIJ.md").write_text("van mij")

    assert (2, "hier/LEESMIJ.md bestaat al; er is niets veranderd.\n") == run(
        "begin", "hier", *FLAGS
    )
    assert ["hier/LEESMIJ.md"] == paths(tmp_path)
    assert "van mij" == (tmp_path / "hier" / "LEESMIJ.md").read_text()


def test_what_cannot_be_written_whole_is_not_written_at_all(
    run: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    (tmp_path / "hier").mkdir()
    (tmp_path / "hier" / "data").write_text("geen map")
    code, said = run("begin", "hier", *FLAGS)

    assert 1 == code
    assert "er staat een bestand waar een map hoort" in said
    assert ["hier/data"] == paths(tmp_path)


def test_a_folder_with_only_a_repository_in_it_will_do(
    run: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    (tmp_path / "hier" / ".git").mkdir(parents=True)
    code, said = run("begin", ".", *FLAGS, within="hier")

    assert 0 == code
    assert "Draai daarna: kadernota check\n" in said


def test_a_knowledge_base_does_not_begin_inside_another(
    run: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    run("begin", *FLAGS)
    before = paths(tmp_path)
    code, said = run("begin", "nieuw", *FLAGS, within="voorbeeldstad/data")

    assert 2 == code
    assert said.startswith(f"Kies een map buiten {tmp_path}/voorbeeldstad, want daar staat al een")
    assert before == paths(tmp_path)


def test_for_a_machine_it_names_the_files(
    run: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    code, said = run("begin", "hier", *FLAGS, "--json")
    found = json.loads(said)

    assert 0 == code
    assert paths(tmp_path / "hier") == sorted(found["files"])
    assert "data/kadernotas/2027-2030.yaml" == found["first"]


def talk(folder: Path, answers: str) -> tuple[int, str]:
    """The command on a terminal, with somebody who types these answers."""
    ours, theirs = pty.openpty()
    os.write(ours, answers.encode())
    env = os.environ | {"PYTHONPATH": str(ROOT / "scripts"), "NO_COLOR": "1"}
    done = subprocess.Popen(
        [sys.executable, "-m", "kadernota", "begin"],
        cwd=folder, env=env, stdin=theirs, stdout=theirs, stderr=theirs,
    )  # fmt: skip
    os.close(theirs)
    said = b""
    while True:
        try:
            said += (more := os.read(ours, 4096))
        except OSError:  # the other end was closed
            break
        if not more:
            break
    os.close(ours)
    return done.wait(), said.decode().replace("\r\n", "\n")


def test_on_a_terminal_it_asks_again_until_the_answer_will_do(tmp_path: Path) -> None:
    code, said = talk(tmp_path, "Voorbeeldstad\n9999\ngm9999\n2027-2030\n")

    assert 0 == code, said
    assert 2 == said.count("Wat is de code (gm en vier cijfers)?")
    assert "Bedoelde je gm9999?" in said
    assert (tmp_path / "voorbeeldstad" / "kadernota.yaml").is_file()


def test_who_stops_answering_gets_nothing(tmp_path: Path) -> None:
    code, said = talk(tmp_path, "Voorbeeldstad\n\x04")

    assert 2 == code
    assert said.endswith("Er is niets gemaakt: niet alle vragen zijn beantwoord.\n")
    assert [] == list(tmp_path.iterdir())


def test_once_adopted_a_rule_without_anything_to_look_at_fails(
    run: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    run("begin", *FLAGS)
    nota = tmp_path / "voorbeeldstad" / "data" / "kadernotas" / "2027-2030.yaml"
    nota.write_text(
        nota.read_text().replace("# vastgesteld-op: De", "vastgesteld-op: 2027-02-01\n#")
    )
    code, said = run("check", within="voorbeeldstad")

    assert 1 == code
    assert "[bewijs:leeg]" in said


WALK = {
    "speerpunten/veilige-wijk": {
        "beschrijving: INVULLEN": "beschrijving: De gemeente wil dat bewoners zich veilig voelen.",
        "veiligheidsvelden/INVULLEN": "veiligheidsvelden/veilige-woon-en-leefomgeving",
    },
    "effectindicatoren/veilige-wijk": {
        "speerpunten/INVULLEN": "speerpunten/veilige-wijk",
        "statussen/INVULLEN": "statussen/nog-niet-vastgesteld",
        "beschrijving: INVULLEN": "beschrijving: Hier komt wat de raad wil zien.",
    },
    "partners/buurtvereniging": {
        "partnersoorten/INVULLEN": "partnersoorten/bewoners-en-ondernemers",
        "beschrijving: INVULLEN": "beschrijving: Bewoners die samen hun buurt netjes houden.",
        "naam-van-onderdeel:": "buurtronde:",
        "    rol: INVULLEN": "    rol: Buurtronde lopen\n    voor: speerpunten/veilige-wijk",
    },
}


def filled(folder: Path, run: Callable[..., tuple[int, str]]) -> None:
    """What an adviser does in the first ten minutes."""
    for address, lines in WALK.items():
        assert 0 == run("new", *address.split("/"), within=folder.name)[0]
        path = folder / "data" / f"{address}.yaml"
        text = path.read_text()
        for old, new in lines.items():
            text, n = re.subn(rf"(?m)^((?!#).*){re.escape(old)}", rf"\g<1>{new}", text)
            assert n, (address, old)
        path.write_text(text)


def ours(loaded: Loaded) -> list[str]:
    """Every name in our data, except words that the engine itself has for everybody.

    The handbook and the rules have examples, from a municipality that does not exist: those are
    of the engine.
    """
    engine = "\n".join(
        p.read_bytes().decode("utf-8", "replace")
        for folder in ("ontology", "shapes", "queries", "tests/mini", "tests/faults")
        for p in (ROOT / folder).rglob("*.*")
    ).casefold()
    graph = loaded.asserted
    found = {
        value_of(o)
        for thing in graph.index
        for path in (NAME, ALIAS)
        for o in graph.objects(thing, path)
    }
    bare = {name: re.sub(r" \d+$", "", name).casefold() for name in found}
    return sorted(name for name, plain in bare.items() if not word(plain, engine))


def word(name: str, text: str) -> bool:
    """Whether the name stands in the text as a whole word; most names are not there at all."""
    return name in text and bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text))


@pytest.mark.parametrize("steps", [0, len(WALK)])
def test_the_site_of_another_municipality_has_no_word_of_ours(
    steps: int, run: Callable[..., tuple[int, str]], tmp_path: Path, loaded: Loaded
) -> None:
    run("begin", *FLAGS)
    folder = tmp_path / "voorbeeldstad"
    if steps:
        filled(folder, run)
    code, said = run("build", within="voorbeeldstad")
    assert 0 == code, said
    site = folder / "build" / "6-site"
    kinds = {".html", ".json", ".ttl", ".jsonld", ".nq", ".csv", ".xml", ".svg", ".txt"}
    texts = {p.relative_to(site): p for p in site.rglob("*") if p.suffix in kinds}
    squeezed = [gzip.decompress(p.read_bytes()) for p in site.rglob("*.json.gz")]
    assert len(squeezed) == 2
    whole = "\n".join(unescape(p.read_text()) for p in texts.values())
    whole += "\n".join(text.decode() for text in squeezed)
    names = ours(loaded)

    assert len(names) > 1000
    assert [] == [name for name in names if word(name, whole)]
    assert "637" not in re.findall(r"gm0?(\d+)", whole)
    assert word("Voorbeeldstad", whole)
    assert [] == dead(site)


def dead(site: Path) -> list[str]:
    """The links between the pages of a site that lead nowhere."""
    files = {p.relative_to(site).as_posix(): b"" for p in site.rglob("*") if p.is_file()}
    found = {
        "/" if path == "index.html" else path.removesuffix("index.html"): Page(
            path.removesuffix("index.html"), (site / path).read_text()
        )
        for path in files
        if path.endswith("index.html")
    }
    return list(broken(found, files))
