"""The configuration of the CMS: our forms, our lists, our things, and nothing from elsewhere."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from conftest import MINI, ROOT
from jsonschema import Draft7Validator
from kadernota.cli import main
from kadernota.cms import COMMENTS, PASSAGE
from kadernota.controls import PART
from kadernota.model import File, Loaded
from kadernota.pipeline import manage
from kadernota.sources import read
from managed import FORGE, INSTALLED, WHY, pages, with_forge

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kadernota.model import Form, Sources

    Fields = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def made(sources: Sources, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return pages(with_forge(sources, tmp_path_factory.mktemp("leeg")))


@pytest.fixture(scope="module")
def config(made: dict[str, bytes]) -> dict[str, Any]:
    found = yaml.safe_load(made["beheer/config.yml"])
    assert isinstance(found, dict)
    return found


@pytest.fixture(scope="module")
def shown(config: dict[str, Any]) -> dict[str, Fields]:
    return {c["name"]: by_name(c["fields"]) for c in config["collections"]}


def by_name(fields: list[dict[str, Any]]) -> Fields:
    return {field["name"]: field for field in fields}


def test_without_a_forge_there_is_no_cms(sources: Sources, loaded: Loaded) -> None:
    assert (None, ()) == (sources.forge, sources.cms)
    assert [] == manage(loaded, sources)


@pytest.mark.skipif(not INSTALLED, reason=WHY)
@pytest.mark.parametrize("forge", [FORGE, FORGE.replace("github", "gitlab") + "toepassing: a1\n"])
def test_the_configuration_is_as_the_cms_itself_asks(forge: str, tmp_path: Path) -> None:
    schema = json.loads((ROOT / "node_modules/@sveltia/cms/schema/sveltia-cms.json").read_text())
    found = pages(with_forge(read(MINI), tmp_path, forge))["beheer/config.yml"]

    assert [] == [e.message for e in Draft7Validator(schema).iter_errors(yaml.safe_load(found))]


def test_every_change_is_a_proposal_first(config: dict[str, Any]) -> None:
    assert "editorial_workflow" == config["publish_mode"]
    assert not [c["name"] for c in config["collections"] if "publish_mode" in c]


def test_every_folder_is_a_collection_but_the_passages(
    config: dict[str, Any], loaded: Loaded
) -> None:
    wanted = {f.folder: f.label for f in loaded.forms.values() if f.folder and f.cls != PASSAGE}

    assert wanted == {c["name"]: c["label_singular"] for c in config["collections"]}
    for collection in config["collections"]:
        assert f"data/{collection['name']}" == collection["folder"]
        assert ("yaml", collection["name"]) == (collection["extension"], collection["format"])
    labels = [c["label"] for c in config["collections"]]

    assert {"Partners", "Thema's", "Kadernota's", "Bevoegdheden"} < set(labels)


def test_the_fields_are_those_of_the_form_in_its_order(
    shown: dict[str, Fields], loaded: Loaded
) -> None:
    def hold(form: Form, fields: Fields, inside: tuple[str, ...]) -> None:
        around = (*inside, form.cls)
        wanted = [f for f in form.fields if around.count(f.value_class) < 2 or f.kind != "nested"]
        own = [name for name in fields if name not in {PART, COMMENTS}]

        assert [f.key for f in wanted] == own
        for field in wanted:
            made = fields[field.key]

            assert (field.name.casefold(), field.required) == (
                made["label"].casefold(),
                made["required"],
            )
            assert " ".join(field.help.split()) == made.get("hint", "")
            if field.kind == "nested":
                hold(loaded.forms[field.value_class], by_name(made["fields"]), around)

    for form in loaded.forms.values():
        if form.folder in shown:
            hold(form, shown[form.folder], ())


def test_a_closed_list_shows_names_and_keeps_addresses(shown: dict[str, Fields]) -> None:
    option = {"label": "samenwerkingsverband", "value": "partnersoorten/samenwerkingsverband"}

    assert option in shown["partners"]["soort"]["options"]


def test_a_reference_to_one_folder_follows_what_is_there_now(shown: dict[str, Fields]) -> None:
    nota = shown["partners"]["nota"]

    assert ("relation", "kadernotas") == (nota["widget"], nota["collection"])
    assert ("kadernotas/{{slug}}", ["naam"]) == (nota["value_field"], nota["display_fields"])


def test_a_reference_to_parts_or_several_folders_is_chosen_from_a_list(
    shown: dict[str, Fields],
) -> None:
    options = {o["value"] for o in shown["inspanningen"]["samen-met"]["options"]}
    passages = {o["value"] for o in shown["partners"]["bron"]["options"]}

    assert {"partners", "organisaties"} == {value.partition("/")[0] for value in options}
    assert "bron/kadernota-2023-2026#voetnoot-2" in passages


def values(given: dict[str, Any], fields: Fields) -> Iterator[tuple[dict[str, Any], str]]:
    """Each value in a file, with the field of the CMS that shows it."""
    for key, value in given.items():
        field = fields[key]
        if isinstance(value, dict):
            for name, part in value.items():
                yield by_name(field["fields"])[PART], name
                yield from values(part, by_name(field["fields"]))
        else:
            for one in value if isinstance(value, list) else [value]:
                yield field, one.strip("\n")


def fits(field: dict[str, Any], value: str, things: set[str]) -> bool:
    widget = field.get("widget", "string")
    if widget == "relation":
        return value in things and value.startswith(f"{field['collection']}/")
    if widget == "select":
        return value in {option["value"] for option in field["options"]}
    if widget == "datetime":
        return re.fullmatch(r"\d{4}-\d{2}-\d{2}", value) is not None
    typed = field.get("field", field)
    ours = re.sub(r"\\u\{(\w+)\}", lambda m: re.escape(chr(int(m[1], 16))), typed["pattern"][0])
    return re.search(ours.removeprefix("/").removesuffix("/u"), value) is not None


def test_every_value_in_the_data_can_be_shown_and_chosen(
    shown: dict[str, Fields], sources: Sources
) -> None:
    files = [f for f in sources.data if f.path.endswith(".yaml") and "data/bron/" not in f.path]
    things = {f.path.removeprefix("data/").removesuffix(".yaml") for f in files}
    wrong = []
    for file in files:
        given = yaml.load(file.content, Loader=yaml.BaseLoader)
        fields = shown[file.path.split("/")[1]]
        wrong += [
            (file.path, field["name"], value)
            for field, value in values(given, fields)
            if not fits(field, value, things)
        ]

    assert len(files) > 800
    assert [] == wrong


def test_a_wrong_value_gets_the_message_of_its_rule(shown: dict[str, Fields]) -> None:
    year, law = shown["achtergronden"]["jaar"]["field"], shown["grondslagen"]["bwb-nummer"]

    assert not fits(year, "23", set())
    assert "Schrijf het jaar met vier cijfers, bijvoorbeeld 2023." == year["pattern"][1]
    assert not fits(law, "BWBR12", set())
    assert "Schrijf bij 'bwb-nummer:' één nummer als BWBR en zeven cijfers." == law["pattern"][1]


@pytest.mark.parametrize(
    ("settings", "hosts"),
    [
        (FORGE, ["https://api.github.com", "https://github.com"]),
        (FORGE.replace("github", "gitlab"), ["https://gitlab.com"]),
        (FORGE + "adres: https://git.voorbeeld.nl\n", ["https://git.voorbeeld.nl"]),
    ],
)
def test_the_page_may_only_talk_to_the_site_and_the_forge(
    settings: str, hosts: list[str], tmp_path: Path
) -> None:
    page = pages(with_forge(read(MINI), tmp_path, settings))["beheer/index.html"].decode()
    policy = re.search(r'Security-Policy" content="([^"]*)"', page)
    script = re.search(r'<script type="importmap">(.*?)</script>', page)
    assert policy
    assert script
    digest = base64.b64encode(hashlib.sha256(script[1].encode()).digest()).decode()

    assert f"connect-src 'self' blob: data: {' '.join(hosts)};" in policy[1]
    assert f"default-src 'self'; script-src 'self' 'sha256-{digest}';" in policy[1]
    assert not re.findall(r'(?:src|href)="(?!\./)', page)


def test_a_name_on_the_page_means_nothing_in_html(tmp_path: Path) -> None:
    found = with_forge(read(MINI), tmp_path)
    name = found.settings.content.replace(b"naam: Mini", b"naam: <b>M&M</b>")
    named = replace(found, settings=File(found.settings.path, name))
    page = pages(named)["beheer/index.html"].decode()

    assert "<title>&lt;b>M&amp;M&lt;/b>: beheer</title>" in page


def test_a_cms_that_is_not_installed_is_one_error_and_nothing_is_built(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = shutil.copytree(MINI, tmp_path / "mini")
    (root / "beheer.yaml").write_text(FORGE)
    (root / "mkdocs.yml").write_text("site_name: x\n")
    monkeypatch.setattr("kadernota.sources.SVELTIA", "node_modules/@nergens/cms/")

    monkeypatch.chdir(root)

    assert 1 == main(["build"])
    first, *_, last = capsys.readouterr().err.splitlines()

    assert (
        "beheer.yaml:1:1  Voer 'npm ci' uit in de map van het programma: het beheer heeft Sveltia"
        " CMS nodig. Wil je geen beheer, verwijder dan dit bestand.  [invoer:beheer]"
    ) == first
    assert "1 fout in 1 bestand." == last
    assert not (root / "build" / "5-pages").exists()
    assert 0 == main(["check"])
