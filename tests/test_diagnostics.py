"""What an editor says of mistakes: the real YAML language server on every fault, in Dutch."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from conftest import MINI
from editor import EDITOR_SETTINGS, Editor, needs_server
from faults import faults
from hypothesis import given, settings
from kadernota import write
from kadernota.authoring.workspace import FOLDER
from kadernota.model import File
from kadernota.pipeline import schemas
from kadernota.sources import read
from test_agreement_generated import EDITOR as SCHEMAS
from test_agreement_generated import UNSHRUNK, batch
from yaml12 import Schemas

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = needs_server

# Where the server sees another YAML than the specification, or none at all.
OTHER_YAML = {
    "invoer--alias.yaml": "the server says that an anchor is not used; YAML has nothing against it",
    "invoer--leeg-bestand.yaml": "the server looks at nothing in an empty file",
    "invoer--oude-regeleinden.yaml": "a carriage return ends a line in YAML, not for the server",
    "invoer--tab.yaml": "the server lets a tab stand where YAML wants spaces",
}


@pytest.fixture(scope="module")
def made() -> tuple[File, ...]:
    return tuple(f for f in schemas(read(MINI)) if isinstance(f, File))


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory, made: tuple[File, ...]) -> Iterator[Editor]:
    folder = tmp_path_factory.mktemp("mini")
    write.refresh(made, folder / FOLDER)
    with Editor(folder, EDITOR_SETTINGS) as found:
        yield found


@pytest.fixture(scope="module")
def files(made: tuple[File, ...]) -> dict[str, str]:
    """Every fault that is text in a folder that exists, under a name of its own."""
    folders = {f.path.removesuffix(".json") for f in made}
    found = {}
    for fault in faults():
        top, *inner = fault.path.split("/")
        if top == "data" and len(inner) == 2 and inner[0] in folders and inner[1].endswith(".yaml"):
            name = fault.name.replace("/", "--")
            found[f"data/{inner[0]}/{name}"] = fault.content.decode("utf-8", "replace")
    return found


@pytest.fixture(scope="module")
def found(editor: Editor, files: dict[str, str]) -> dict[str, list[dict[str, Any]]]:
    return editor.problems(files)


def test_the_server_judges_every_fault_as_the_schema_does(
    found: dict[str, list[dict[str, Any]]], files: dict[str, str], made: tuple[File, ...]
) -> None:
    library = Schemas(made)
    different = {
        path.split("/")[2]
        for path, problems in found.items()
        if library.accepts(path.split("/")[1], files[path].encode()) != (not problems)
    }

    assert len(files) > 240
    assert set(OTHER_YAML) == different


@given(files=batch(change=True))
@settings(UNSHRUNK, max_examples=4)
def test_the_server_judges_generated_files_as_the_schema_does(
    editor: Editor, files: dict[str, tuple[str, str]]
) -> None:
    found = editor.problems({path: text for path, (text, _) in files.items()})

    assert {p: SCHEMAS.accepts(p.split("/")[1], files[p][0].encode()) for p in files} == {
        path: not problems for path, problems in found.items()
    }


def messages(schema: Any) -> Iterator[str]:
    """Every message in a schema, at any depth."""
    if isinstance(schema, dict):
        if "errorMessage" in schema:
            yield schema["errorMessage"]
        schema = list(schema.values())
    if isinstance(schema, list):
        for inner in schema:
            yield from messages(inner)


def test_what_the_server_says_of_the_shape_is_ours(
    found: dict[str, list[dict[str, Any]]], made: tuple[File, ...]
) -> None:
    """Of YAML itself it says what its parser says, in English."""
    ours = {message for file in made for message in messages(json.loads(file.content))}
    said = {
        problem["message"]
        for problems in found.values()
        for problem in problems
        if problem["source"] != "YAML"
    }

    assert len(said) > 100
    assert set() == said - ours


NORM, MILESTONE = (
    (MINI / "data" / path).read_text()
    for path in ("normen/camera-hoogstens-een-jaar.yaml", "mijlpalen/eindevaluatie.yaml")
)
DATE = "Schrijf de datum als jaar-maand-dag, bijvoorbeeld 2023-10-01."
BOTH = "bron:\n  - bron/kadernota-2023-2026#thema-2\n  - bron/kadernota-2023-2026#thema-2"
# What stands in a file and what is put in its place; where that is told, and how.
IN_NORM = [
    ("naam: Een camera mag er hoogstens een jaar hangen\n", "", (0, 0),
     ["Geef met 'naam:' precies één naam."]),
    ("naam:", "naaam:", (0, 0),
     ["Zet hier alleen sleutels van 'norm': naam, nota, kracht, signaalwoorden, beschrijving,"
      " betreft, toelichting, duiding, bron.", "Geef met 'naam:' precies één naam."]),
    ("normkrachten/bindend", "normkrachten/plicht", (2, 8),
     ["Kies uit de lijst: normkrachten/bindend, normkrachten/informatief,"
      " normkrachten/richtinggevend, normkrachten/tenzij."]),
    ("kadernotas/2023-2026", "kadernotas/2027", (1, 6),
     ["Verwijs naar een ding dat bestaat, uit data/kadernotas/."]),
    ("nota: kadernotas/2023-2026", "nota: [kadernotas/2023-2026, kadernotas/2019-2022]", (1, 6),
     ["Noem bij 'nota:' één kadernota die in data/kadernotas/ staat."]),
    ("bron: bron/kadernota-2023-2026#thema-2", BOTH, (8, 2),
     ["Noem bij 'bron:' elke waarde één keer."]),
    ("Een camera", "INVULLEN", (0, 6),
     ["Vul hier één regel in, zonder INVULLEN, onzichtbare tekens of wit aan begin of eind."]),
]  # fmt: skip
IN_MILESTONE = [
    ("jaar: 2027", "uiterlijk: 31-12-2027", (3, 11), [DATE]),
    ("jaar: 2027", "uiterlijk: 2027-02-29", (3, 11), [DATE]),
    ("jaar: 2027", "uiterlijk:", (3, 10), [DATE]),
    ("jaar: 2027", "jaar: 27", (3, 6), ["Schrijf het jaar met vier cijfers, bijvoorbeeld 2023."]),
]


@pytest.mark.parametrize(("text", "mistakes"), [(NORM, IN_NORM), (MILESTONE, IN_MILESTONE)])
def test_a_mistake_is_told_in_dutch_where_it_stands(
    editor: Editor, text: str, mistakes: list[tuple[str, str, tuple[int, int], list[str]]]
) -> None:
    folder = "normen" if text == NORM else "mijlpalen"
    path = f"data/{folder}/goed.yaml"
    assert {path: []} == editor.problems({path: text})
    for right, wrong, place, expected in mistakes:
        assert right in text
        problems = editor.problems({path: text.replace(right, wrong, 1)})[path]
        first = problems[0]["range"]["start"]

        assert expected == [p["message"] for p in problems]
        assert place == (first["line"], first["character"])
