"""What stands on the disk is read or named: nothing is left out without a word."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import MINI, ROOT
from kadernota.checking.report import whole
from kadernota.model import File
from kadernota.pipeline import load
from kadernota.reading.settings import settings
from kadernota.sources import read

if TYPE_CHECKING:
    from collections.abc import Callable

    from kadernota.model import Problem


@pytest.fixture
def mini(tmp_path: Path) -> Path:
    return Path(shutil.copytree(MINI, tmp_path / "mini"))


def mistakes(root: Path) -> list[str]:
    found = load(read(root))
    return [said(p) for p in found] if isinstance(found, tuple) else []


def said(p: Problem) -> str:
    return f"{p.place.file}:{p.place.line}:{p.place.column}  {p.key}  {whole(p)}"


def link(path: Path, to: str) -> None:
    path.symlink_to(to)


def instead(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.touch()


STRANGE: dict[str, tuple[Callable[[Path], object], str]] = {
    "a link to nothing": (
        lambda d: link(d / "partners" / "x.yaml", "nergens"),
        "data/partners/x.yaml:1:1    Zet het bestand terug waar deze koppeling naar wijst",
    ),
    "a link to itself": (
        lambda d: link(d / "partners" / "x.yaml", "x.yaml"),
        "data/partners/x.yaml:1:1    Zet het bestand terug waar deze koppeling naar wijst",
    ),
    "a folder that is a link": (
        lambda d: link(d / "zelf", "."),
        "data/zelf:1:1    Vervang deze koppeling door een gewone map.",
    ),
    "a folder where a file is expected": (
        lambda d: (d / "partners" / "x.yaml").mkdir(),
        "data/partners/x.yaml:1:1    Maak hiervan een bestand",
    ),
    "a pipe": (
        lambda d: os.mkfifo(d / "partners" / "x.yaml"),
        "data/partners/x.yaml:1:1    Vervang dit door een gewoon bestand.",
    ),
    "a file where a folder is expected": (
        lambda d: instead(d / "kanalen"),
        "data/kanalen:1:1    Zet dit bestand in een map onder data/",
    ),
    "a name that is no UTF-8": (
        lambda d: (d / "partners" / os.fsdecode(b"a\xffb.yaml")).touch(),
        "data/partners/a\\udcffb.yaml:1:1    Geef dit bestand de naam 'a-b.yaml'.",
    ),
    "a name with a line break": (
        lambda d: (d / "partners" / "a\nb.yaml").touch(),
        "data/partners/a\\u000ab.yaml:1:1    Geef dit bestand de naam 'a-b.yaml'.",
    ),
    "no files": (shutil.rmtree, "data:1:1    Zet onder data/ ten minste één bestand"),
    "a file instead of data": (
        instead,
        "data:1:1    Maak hiervan een map die jij mag lezen.",
    ),
    "a folder with a wrong name, whatever is in it": (
        lambda d: (d / "partners").rename(d / "partner"),
        "data/partner/jongerenwerk.yaml:1:1    Zet dit in een map die bestaat; data/partner/",
    ),
    "its own ontology without anything": (
        lambda d: (d.parent / "ontology").mkdir(),
        "ontology/context.jsonld:1:1    Zet dit bestand terug",
    ),
    "its own shapes without anything": (
        lambda d: (d.parent / "shapes").mkdir(),
        "shapes:1:1    Zet hier minstens één .ttl-bestand, of verwijder deze map.",
    ),
}


@pytest.mark.parametrize(("make", "expected"), STRANGE.values(), ids=STRANGE)
def test_something_strange_on_the_disk_is_one_mistake(
    make: Callable[[Path], object], expected: str, mini: Path
) -> None:
    make(mini / "data")
    (found,) = mistakes(mini)

    assert found.startswith(expected)
    assert found.isprintable()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_closed_file_is_one_mistake(mini: Path) -> None:
    (mini / "data" / "partners" / "jongerenwerk.yaml").chmod(0)
    (found,) = mistakes(mini)

    assert found.startswith("data/partners/jongerenwerk.yaml:1:1    Geef jezelf leesrecht")


def test_hidden_files_are_no_data(mini: Path) -> None:
    (mini / "data" / ".git").mkdir()
    (mini / "data" / ".git" / "x").touch()
    (mini / "data" / "partners" / ".x.yaml.swp").touch()

    assert [] == mistakes(mini)


def replaced(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


ENGINE: dict[str, tuple[str, str, str, str]] = {
    "Turtle": (
        "ontology/kn.ttl",
        " a owl:Class ;",
        " a owl:Class ;;; x",
        "Herstel de Turtle op deze plek: ",
    ),
    "JSON": (
        "ontology/context.jsonld",
        '"naam":',
        '"naam"',
        "Herstel dit bestand van het programma",
    ),
    "a rule": (
        "ontology/rules/scm-sco.ru",
        "INSERT",
        "INSRT",
        "Herstel dit bestand van het programma",
    ),
    "a shape": ("shapes/partner.ttl", " a sh:NodeShape ;", " a sh:NodeShape", "Herstel de Turtle"),
    "a constraint": ("shapes/beleid.ttl", "WHERE {", "WHERE {{", "Herstel de SPARQL"),
}


@pytest.mark.parametrize(("file", "old", "new", "expected"), ENGINE.values(), ids=ENGINE)
def test_a_mistake_in_our_own_files_has_a_place_too(
    file: str, old: str, new: str, expected: str, mini: Path
) -> None:
    for folder in ("ontology", "shapes"):
        shutil.copytree(ROOT / folder, mini / folder)
    path = mini / file
    if not path.exists():
        path = sorted(path.parent.glob("*.ru"))[0]
    replaced(path, old, new)
    (found,) = mistakes(mini)

    assert found.startswith(f"{path.relative_to(mini)}:")
    assert expected in found


SETTINGS = {
    "": "1:1    Vul dit bestand, of verwijder het.",
    "naam: [a]": "1:1  naam  Geef 'naam:' één waarde, geen lijst.",
    "name: x": "1:1  name  Haal 'name:' weg; hier kan: naam, code, basis, nota, site.",
    "code: A B": "1:7  code  Schrijf de code met kleine letters en cijfers",
    "basis: https://x": "1:8  basis  Laat 'basis:' beginnen met https:// en eindigen",
    "basis: https://x y/": "1:8  basis  Laat 'basis:' beginnen",
    "basis: https:///": "1:8  basis  Laat 'basis:' beginnen",
    "basis: https://[/": "1:8  basis  Laat 'basis:' beginnen",
    "basis: https://x.nl/#/": "1:8  basis  Laat 'basis:' beginnen",
    "basis: https://x.nl/?a/": "1:8  basis  Laat 'basis:' beginnen",
    "site: http://x.nl/": "1:7  site  Laat 'site:' beginnen met https:// en eindigen",
    "site: https://x.nl/a": "1:7  site  Laat 'site:' beginnen",
    "site: [https://x.nl/]": "1:1  site  Geef 'site:' één waarde, geen lijst.",
}
RIGHT = {"naam": "x", "code": "gm0000", "basis": "https://x.nl/", "nota": "kadernotas/2023"}


@pytest.mark.parametrize(("text", "expected"), SETTINGS.items())
def test_wrong_settings_are_one_mistake(text: str, expected: str) -> None:
    given = text.partition(":")[0]
    rest = {k: v for k, v in RIGHT.items() if k != given} if text else {}
    lines = [text, *(f"{k}: {v}" for k, v in rest.items())]
    found, (problem,) = settings(File("kadernota.yaml", "\n".join(lines).encode()))

    assert found is None
    assert said(problem).startswith(f"kadernota.yaml:{expected}")


def test_where_the_site_stands_may_be_known_or_not() -> None:
    text = "\n".join(f"{k}: {v}" for k, v in RIGHT.items())
    without, _ = settings(File("kadernota.yaml", text.encode()))
    found, _ = settings(File("kadernota.yaml", f"{text}\nsite: https://y.nl/z/".encode()))

    assert without is not None
    assert found is not None
    assert ("", "https://y.nl/z/") == (without.site, found.site)


def test_a_missing_setting_is_one_mistake() -> None:
    text = "\n".join(f"{k}: {v}" for k, v in RIGHT.items() if k != "basis")
    _, (problem,) = settings(File("kadernota.yaml", text.encode()))

    assert "kadernota.yaml:1:1  basis  Voeg 'basis:' toe, met één waarde." == said(problem)


def test_the_memorandum_that_holds_now_must_be_among_the_data(mini: Path) -> None:
    replaced(mini / "kadernota.yaml", "kadernotas/2023-2026", "kadernotas/2027-2030")

    assert [
        "kadernota.yaml:4:7  nota  Verwijs naar een ding dat bestaat;"
        " 'kadernotas/2027-2030' bestaat niet. Bedoelde je kadernotas/2023-2026?"
    ] == mistakes(mini)


def test_a_file_that_is_gone_is_one_mistake_however_many_refer_to_it(mini: Path) -> None:
    (mini / "data" / "bron" / "kadernota-2023-2026.yaml").unlink()
    (found,) = mistakes(mini)

    assert "'bron/kadernota-2023-2026' bestaat niet." in found
    assert found.endswith(" andere plekken.")
