"""What an author meets in an editor: the real YAML language server, on the real files."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from conftest import ROOT
from editor import EDITOR_SETTINGS, Editor, needs_server
from kadernota import write
from kadernota.authoring.choices import SHARED
from kadernota.authoring.workspace import FOLDER, modeline
from kadernota.model import File, Sources
from kadernota.pipeline import schemas
from yaml12 import read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = needs_server


def schemas_in(folder: Path, sources: Sources) -> None:
    write.refresh((f for f in schemas(sources) if isinstance(f, File)), folder / FOLDER)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, sources: Sources) -> Path:
    found = tmp_path_factory.mktemp("kennisbank")
    schemas_in(found, sources)
    return found


@pytest.fixture(scope="module")
def editor(folder: Path) -> Iterator[Editor]:
    with Editor(folder, EDITOR_SETTINGS) as found:
        yield found


HALT = (ROOT / "data" / "partners" / "halt.yaml").read_text()
NEW = "data/partners/nieuw.yaml"


def labels(items: list[dict[str, Any]]) -> list[str]:
    return [item["label"] for item in items]


def said(item: dict[str, Any]) -> str:
    words = item.get("documentation", "")
    return str(words["value"] if isinstance(words, dict) else words)


def test_no_real_file_has_a_mistake(editor: Editor, sources: Sources) -> None:
    files = {f.path: f.content.decode() for f in (*sources.data, sources.settings)}
    found = editor.problems({p: text for p, text in files.items() if p.endswith(".yaml")})

    assert len(found) > 800
    assert {} == {path: problems for path, problems in found.items() if problems}


def test_an_empty_file_gets_the_keys_in_order_those_that_must_first(editor: Editor) -> None:
    found = labels(editor.completions(NEW, "‸"))

    assert ["nieuw: partner", "naam", "soort", "nota", "volgnummer", "beschrijving"] == found[:6]
    assert ["bijdragen", "ook-bekend-als", "onderdeel-van", "gebieden"] == found[6:10]
    assert "bronvermeldingen" == found[-1]


def test_a_key_that_is_there_is_not_offered_again(editor: Editor) -> None:
    found = labels(editor.completions(NEW, "naam: Halt\n‸"))

    assert "naam" not in found
    assert "soort" in found


def test_a_new_thing_begins_with_all_that_must_be_there(editor: Editor) -> None:
    snippet = editor.completions(NEW, "‸")[0]["insertText"]
    filled = re.sub(r"\$\{\d+:(\w+)\}|\$\d+", r"\1", snippet)
    (thing,) = read(filled.encode())

    assert ["naam", "soort", "nota", "volgnummer", "beschrijving", "bijdragen"] == list(thing)
    assert {"onderdeel": {"rol": None, "volgnummer": None}} == thing["bijdragen"]


def test_a_value_of_a_list_comes_with_its_name_and_meaning(editor: Editor) -> None:
    found = {i["label"]: i for i in editor.completions(NEW, "naam: x\nsoort: ‸")}
    onderwijs = found["partnersoorten/onderwijs"]

    assert 9 == len(found)
    assert "partnersoorten/onderwijs" == onderwijs["insertText"]
    assert "onderwijs: Een organisatie die onderwijs geeft." == said(onderwijs)


@pytest.mark.parametrize(
    "text",
    [
        "deelnemers: ‸",
        "deelnemers: partners/ha‸",
        "deelnemers:\n  - ‸",
        "deelnemers:\n  - partners/politie-zoetermeer\n  - partners/ha‸",
    ],
)
def test_a_reference_is_completed_from_what_exists(editor: Editor, text: str) -> None:
    found = {i["label"]: i for i in editor.completions("data/overleggen/nieuw.yaml", text)}

    assert said(found["partners/halt"]).startswith("Halt: Geeft voorlichting op scholen.")
    assert {"functies", "organisaties", "partners"} == {label.split("/")[0] for label in found}


def test_a_text_offers_no_values_that_yaml_happens_to_have(editor: Editor) -> None:
    assert [] == editor.completions(NEW, "naam: ‸")


def test_what_was_made_a_minute_ago_is_completed(
    editor: Editor, folder: Path, sources: Sources
) -> None:
    text = "deelnemers:\n  - partners/kind‸"
    assert "partners/kinderopvang" not in labels(editor.completions("data/overleggen/x.yaml", text))
    fresh = File("data/partners/kinderopvang.yaml", b"naam: Kinderopvang\n")
    schemas_in(folder, replace(sources, data=(*sources.data, fresh)))
    editor.changed(f"{FOLDER}/{SHARED}")

    assert "partners/kinderopvang" in labels(editor.completions("data/overleggen/x.yaml", text))


@pytest.mark.parametrize(
    ("at", "title", "words"),
    [
        ("na‸am: Halt", "naam", "Hoe dit heet."),
        ("bijdra‸gen:", "bijdragen", "De rollen van deze partner, en waar elke rol voor is."),
        ("voorlichting-op-‸scholen:", "bijdrage", "Een rol van één partner in de samenwerking"),
        ("    vo‸or:", "voor", "Waar dit voor is, bijvoorbeeld een speerpunt"),
        ("so‸ort:", "soort", "Wat voor organisatie of groep dit is."),
    ],
)
def test_a_key_says_what_it_means(editor: Editor, at: str, title: str, words: str) -> None:
    text = HALT.replace(at.replace("‸", ""), at, 1)
    shown = editor.hover(NEW, text)

    assert shown.startswith(f"#### {title}\n\n{words}")


@pytest.mark.parametrize(
    ("at", "first"),
    [
        ("politie-en-‸justitie", "`partnersoorten/politie-en-justitie`: politie en justitie: Een"),
        ("themas/veilige-sch‸olen", "`themas/veilige-scholen`: Veilige scholen"),
    ],
)
def test_a_value_says_what_it_is_before_the_others(editor: Editor, at: str, first: str) -> None:
    shown = editor.hover(NEW, HALT.replace(at.replace("‸", ""), at, 1))

    assert first in shown.partition("\n* ")[2].splitlines()[0]


def test_a_modeline_does_for_any_editor_what_the_workspace_does_for_one(folder: Path) -> None:
    line = modeline("partners") + "\n"
    with Editor(folder, {}) as bare:
        found = bare.problems({NEW: line + HALT, "data/partners/fout.yaml": f"{line}naaam: x\n"})

        assert [] == found[NEW]
        assert "Geef met 'naam:' precies één naam." in {
            p["message"] for p in found["data/partners/fout.yaml"]
        }
        assert (
            []
            == bare.problems({"data/partners/zonder.yaml": "naaam: x\n"})[
                "data/partners/zonder.yaml"
            ]
        )


def test_a_file_of_another_knowledge_base_is_left_alone(editor: Editor) -> None:
    path = "tests/mini/data/partners/jongerenwerk.yaml"

    assert {path: []} == editor.problems({path: "naaam: van een ander\n"})
