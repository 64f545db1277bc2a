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
from kadernota.asking.questions import questions
from kadernota.cli import main
from kadernota.model import File, Loaded
from kadernota.pipeline import check, load, manage, site
from kadernota.publishing.cms import NEED, PASSAGE, VERSION, absent
from kadernota.sources import read
from managed import FORGE, INSTALLED, WHY, pages, with_forge

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kadernota.model import Sources


@pytest.fixture(scope="module")
def made(sources: Sources, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return pages(with_forge(sources, tmp_path_factory.mktemp("leeg")))


@pytest.fixture(scope="module")
def config(made: dict[str, bytes]) -> dict[str, Any]:
    found = yaml.safe_load(made["beheer/config.yml"])
    assert isinstance(found, dict)
    return found


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


def words(found: dict[str, Any], above: str = "") -> Iterator[str]:
    for key, value in found.items():
        if isinstance(value, dict):
            yield from words(value, f"{above}{key}.")
        else:
            yield above + key


@pytest.mark.skipif(not INSTALLED, reason=WHY)
def test_the_cms_speaks_dutch_to_those_who_write(made: dict[str, bytes]) -> None:
    locales = ROOT / "node_modules" / "@sveltia" / "cms" / "locales"
    english = json.loads((locales / "en-US.json").read_text())
    theirs = json.loads((locales / "nl.json").read_text())
    script = made["beheer/sveltia/locales/nl.js"].decode()
    dutch = json.loads(script.removeprefix("export default ").removesuffix(";\n"))
    ours = json.loads((ROOT / "beheer" / "woorden.json").read_text())
    # What only who sets it up sees, and what is about files of a kind that our data have not.
    others = re.compile(r"config\.|.*(folder|asset|file_|replace_|remove_|bunny)")
    missing = set(words(english)) - set(words(dutch))

    assert [] == sorted(key for key in missing if not others.match(key))
    assert set() == set(words(ours)) & set(words(theirs))
    assert theirs["validation"] == dutch["validation"]


def test_the_page_of_a_thing_leads_to_its_form(sources: Sources, tmp_path: Path) -> None:
    managed = with_forge(sources, tmp_path)
    found = load(managed)
    assert isinstance(found, Loaded)
    files = site(found, check(found), questions(managed.queries)[0], managed)
    link = 'href="../../beheer/index.html#/collections/partners/entries/riec"'

    assert link in files["partners/riec.md"]().decode()
    assert "beheer/" not in files["gebieden/zoetermeer.md"]().decode()
    assert "beheer/" not in files["bron/kadernota-2023-2026.md"]().decode()


def test_without_a_forge_no_page_speaks_of_changing(loaded: Loaded, sources: Sources) -> None:
    files = site(loaded, check(loaded), questions(sources.queries)[0], sources)

    assert "beheer/" not in files["partners/riec.md"]().decode()


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
        "beheer.yaml:1:1  Voer 'npm install @sveltia/cms@0.221.1' uit in de map van dit bestand:"
        " het beheer heeft precies die versie nodig. Wil je geen beheer, verwijder dan dit"
        " bestand.  [invoer:beheer]"
    ) == first
    assert "1 fout in 1 bestand." == last
    assert not (root / "build" / "5-pages").exists()
    assert 0 == main(["check"])


@pytest.mark.skipif(not INSTALLED, reason=WHY)
def test_the_cms_beside_the_data_goes_before_the_one_of_the_engine(tmp_path: Path) -> None:
    own = tmp_path / "node_modules" / "@sveltia" / "cms"
    own.mkdir(parents=True)
    (own / "package.json").write_text('{"version": "0.1.0"}')
    sources = with_forge(read(MINI), tmp_path)

    assert NEED == getattr(absent(sources), "message", "")
    shutil.rmtree(own.parent)
    assert absent(with_forge(read(MINI), tmp_path)) is None


def test_the_version_is_the_one_that_npm_brings() -> None:
    pinned = json.loads((ROOT / "package.json").read_text())["devDependencies"]

    assert VERSION == pinned["@sveltia/cms"]
