"""The schemas that editors complete and check our files with."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from conftest import MINI, ROOT
from jsonschema import Draft202012Validator
from kadernota.authoring.choices import SHARED
from kadernota.authoring.lexical import DAY
from kadernota.authoring.options import Options, options
from kadernota.authoring.workspace import mapping, workspace
from kadernota.cli import main
from kadernota.engine import Engine, engine
from kadernota.model import File, Loaded, Sources
from kadernota.names import KN
from kadernota.pipeline import load_with_holes, schemas
from kadernota.reading.settings import settings
from yaml12 import Schemas

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def made(sources: Sources) -> tuple[File, ...]:
    return tuple(f for f in schemas(sources) if isinstance(f, File))


@pytest.fixture(scope="module")
def motor(sources: Sources) -> Engine:
    found, _ = engine(sources)
    assert found
    return found


@pytest.fixture(scope="module")
def known(sources: Sources, motor: Engine) -> Options:
    config, _ = settings(sources.settings)
    assert config
    return options(sources.data, motor.words, config.base)


def test_each_schema_is_one_of_the_dialect_that_it_names(made: tuple[File, ...]) -> None:
    for file in made:
        schema = json.loads(file.content)

        assert "https://json-schema.org/draft/2020-12/schema" == schema["$schema"]
        Draft202012Validator.check_schema(schema)


def test_no_folder_is_forgotten(made: tuple[File, ...], motor: Engine) -> None:
    folders = {f.folder for f in motor.words.forms.values() if f.folder}

    assert {f"{folder}.json" for folder in folders} == {f.path for f in made} - {
        SHARED,
        "kadernota.json",
    }


def test_the_workspace_of_this_project_is_the_one_that_the_forms_give(
    made: tuple[File, ...], motor: Engine
) -> None:
    forms = motor.words.forms.values()
    schemas_named = {path.rpartition("/")[2] for path in mapping(forms)}

    assert {f.path for f in made} - {SHARED} == schemas_named
    for file in workspace(forms):
        assert file.content == (ROOT / file.path).read_bytes()


def test_every_real_file_is_right(made: tuple[File, ...], sources: Sources) -> None:
    validators = Schemas(made)
    wrong = [
        file.path
        for file in sources.data
        if file.path.endswith(".yaml")
        and not validators.accepts(file.path.split("/")[1], file.content)
    ]

    assert [] == wrong
    assert validators.accepts("kadernota", sources.settings.content)


def keys(schema: dict[str, Any], cls: str) -> dict[str, Any]:
    return dict(schema["$defs"][cls]["properties"])


def test_a_key_has_its_name_and_help_and_those_that_must_come_first(
    made: tuple[File, ...], motor: Engine
) -> None:
    partner = json.loads(next(f for f in made if f.path == "partners.json").content)
    form = motor.words.forms[KN + "Partner"]
    found = keys(partner, "Partner")
    must = [f.key for f in form.fields if f.required]

    assert ["naam", "soort"] == must[:2]
    assert must == list(found)[: len(must)]
    assert [f.key for f in form.fields if not f.required] == list(found)[len(must) :]
    assert ["Hoe dit heet. Neem een naam uit de bron precies over."] == [
        found["naam"]["description"]
    ]
    assert all(value["title"] and value["description"] for value in found.values())


def test_every_class_has_a_key_that_must_be_there(motor: Engine) -> None:
    """So that a thing without keys is wrong in an editor as well."""
    assert [] == [
        form.label
        for form in motor.words.forms.values()
        if not any(field.required for field in form.fields)
    ]


def test_a_reference_can_be_to_what_exists_and_of_the_right_class(known: Options) -> None:
    partners = {o.value: o for o in known.of([KN + "Partner"])}
    actors = {o.value for o in known.of([KN + "Actor"])}

    assert "Halt" == partners["partners/halt"].label
    assert partners["partners/halt"].about.startswith("Geeft voorlichting op scholen.")
    assert {v.split("/")[0] for v in partners} == {"partners"}
    assert {v.split("/")[0] for v in actors} == {"functies", "organisaties", "partners"}
    # Things in Turtle and parts count; values of lists are no things.
    everything = {o.value for o in known.of([])}
    assert "gebieden/buytenwegh" in everything
    assert "partners/halt#voorlichting-op-scholen" in everything
    assert not any(v.startswith("partnersoorten/") for v in everything)


def test_what_is_new_can_be_chosen_at_once(sources: Sources) -> None:
    fresh = File("data/partners/kinderopvang.yaml", b"naam: Kinderopvang\n")
    found = schemas(replace(sources, data=(*sources.data, fresh)))
    shared = next(json.loads(f.content) for f in found if isinstance(f, File) and f.path == SHARED)

    assert "partners/kinderopvang" in shared["$defs"]["Organisatie"]["enum"]


def test_what_is_loaded_already_gives_the_same(sources: Sources, made: tuple[File, ...]) -> None:
    broken = File("data/partners/halt.yaml", b"naaam: Halt\n")
    data = tuple(broken if f.path == broken.path else f for f in sources.data)
    for read in (sources, replace(sources, data=data)):
        loaded = load_with_holes(read)
        assert isinstance(loaded, Loaded)

        assert schemas(read) == schemas(read, loaded)
    assert made == schemas(sources)


def test_what_a_broken_file_may_hold_is_not_missed(sources: Sources) -> None:
    broken = File("data/partners/halt.yaml", b"naam: 'Halt\n")
    data = tuple(broken if f.path == broken.path else f for f in sources.data)
    found = schemas(replace(sources, data=data))
    validators = Schemas(f for f in found if isinstance(f, File))

    def accepts(address: str) -> bool:
        text = f"naam: x\nbetreft: {address}\nreden: {'woord ' * 20}\nregels: norm\n"
        return validators.accepts("uitzonderingen", text.encode())

    assert accepts("partners/halt")
    assert accepts("partners/halt#voorlichting-op-scholen")
    assert not accepts("partners/haltt")


def days() -> Iterator[tuple[str, bool]]:
    """Every day from 1895 to 2105, with days beside it that no calendar has."""
    day = date(1895, 1, 1)
    while day.year < 2105:
        yield day.isoformat(), True
        day += timedelta(days=1)
    for year in (*range(1, 10_000, 7), 1900, 2000, 2100, 2400):
        leap = (year % 4 == 0 and year % 100 != 0) or year % 400 == 0
        yield f"{year:04}-02-29", leap
    for wrong in ("0000-01-01", "2023-00-10", "2023-13-01", "2023-04-31", "2023-02-30", "2023-1-1"):
        yield wrong, False


def test_a_day_is_one_that_the_calendar_has() -> None:
    assert [] == [(day, real) for day, real in days() if bool(re.fullmatch(DAY, day)) != real]


@pytest.fixture
def mini(tmp_path: Path) -> Path:
    return Path(shutil.copytree(MINI, tmp_path / "mini"))


@pytest.mark.parametrize("command", [["check"], ["schema"], ["new", "partners", "fris"]])
def test_a_command_lets_editors_know_what_exists_now(
    command: list[str], mini: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(mini)
    partner = (mini / "data" / "partners" / "jongerenwerk.yaml").read_text()
    (mini / "data" / "partners" / "van-net.yaml").write_text(partner)
    main(command)
    shared = json.loads((mini / "build" / "schema" / SHARED).read_text())
    wanted = {"partners/van-net"} | ({"partners/fris"} if command[0] == "new" else set())

    assert wanted <= set(shared["$defs"]["Organisatie"]["enum"])


def test_a_check_with_mistakes_lets_editors_know_as_well(
    mini: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(mini)
    (mini / "data" / "partners" / "van-net.yaml").write_text("naaam: Van net\n")

    assert 1 == main(["check"])
    shared = json.loads((mini / "build" / "schema" / SHARED).read_text())
    assert "partners/van-net" in shared["$defs"]["Organisatie"]["enum"]


def test_a_schema_that_did_not_change_is_left_alone(
    mini: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(mini)
    main(["schema"])
    before = {p.name: p.stat().st_ino for p in (mini / "build" / "schema").iterdir()}
    (mini / "data" / "partners" / "van-net.yaml").write_text("naam: Van net\n")
    main(["schema"])
    after = {p.name: p.stat().st_ino for p in (mini / "build" / "schema").iterdir()}

    assert {SHARED} == {name for name in before | after if before.get(name) != after.get(name)}


def test_a_check_where_nothing_may_be_written_goes_on(
    mini: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(mini)
    (mini / "build").write_text("a file where the folder goes")

    assert 0 == main(["check"])


def test_the_command_says_how_an_editor_finds_the_schemas(
    mini: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(mini)

    assert 0 == main(["schema"])
    said = capsys.readouterr().err
    assert said.startswith("30 bestanden geschreven in build/schema.\n")
    assert said.endswith("# yaml-language-server: $schema=../../build/schema/partners.json\n")
    assert 0 == main(["schema", "--json"])
    assert (
        "data/partners/*.yaml" == json.loads(capsys.readouterr().out)["build/schema/partners.json"]
    )


def test_the_command_without_a_right_to_write_says_so(
    mini: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(mini)
    (mini / "build").write_text("a file where the folder goes")

    assert 1 == main(["schema"])
    assert capsys.readouterr().err.startswith("Schrijven naar ")
