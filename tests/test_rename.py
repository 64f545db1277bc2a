"""`rename` and `delete`: everywhere at once, or nowhere; and old addresses that go on to work."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import MINI, ROOT
from kadernota import write
from kadernota.authoring.rename import applied, plan
from kadernota.cli import main
from kadernota.model import Loaded, Sources
from kadernota.pipeline import load
from kadernota.sources import read

if TYPE_CHECKING:
    from collections.abc import Callable

Run = tuple[int, str, str]
PARTNER = "partners/jongerenwerk"


@pytest.fixture
def mini(tmp_path: Path) -> Path:
    return Path(shutil.copytree(MINI, tmp_path / "mini"))


@pytest.fixture
def run(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, mini: Path
) -> Callable[..., Run]:
    def go(*words: str) -> Run:
        monkeypatch.chdir(mini)
        try:
            code = main(words)
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        said = capsys.readouterr()
        return code, said.out, said.err

    return go


def files(root: Path) -> dict[str, bytes]:
    return {str(p.relative_to(root)): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def graph(sources: Sources, renamed: dict[str, str] | None = None) -> set[str]:
    """The statements as text, with old addresses, whole, in the place of new ones."""
    loaded = load(sources)
    assert isinstance(loaded, Loaded), loaded
    found = {str(t) for t in loaded.asserted.items}
    for old, new in (renamed or {}).items():
        base = loaded.settings.base
        for end in (">", "#"):
            found = {t.replace(f"<{base}{new}{end}", f"<{base}{old}{end}") for t in found}
    return found


def things(root: Path) -> list[str]:
    loaded = load(read(root))
    assert isinstance(loaded, Loaded)
    base = loaded.settings.base
    return sorted(s.removeprefix(base) for s in loaded.asserted.index if "#" not in s)


@pytest.mark.parametrize("old", [t for t in things(MINI) if not t.startswith("bron/")])
def test_the_graph_is_the_same_but_for_the_address(old: str) -> None:
    before = read(MINI)
    loaded = load(before)
    assert isinstance(loaded, Loaded)
    found = plan(before, loaded, old, f"{old}-nieuw")
    after = applied(before, found.changes)

    assert graph(before) == graph(after, dict(found.pairs))
    again = load(after)
    assert isinstance(again, Loaded)
    back = applied(after, plan(after, again, f"{old}-nieuw", old).changes)
    assert {f.path: f.content for f in before.data} == {f.path: f.content for f in back.data}
    assert before.settings.content == back.settings.content


def test_in_the_real_data_too(sources: Sources, loaded: Loaded) -> None:
    found = plan(sources, loaded, "partners/riec", "riec-haaglanden")
    after = applied(sources, found.changes)

    assert {"partners/riec": "partners/riec-haaglanden"} == dict(found.pairs)
    assert 6 == found.references
    assert graph(sources) == graph(after, dict(found.pairs))


def test_rename_moves_the_file_and_every_reference_and_says_so(
    run: Callable[..., Run], mini: Path
) -> None:
    code, out, err = run("rename", PARTNER, "partners/jeugdwerk")
    left = [p for p, c in files(mini).items() if b"partners/jongerenwerk" in c]

    assert (0, "") == (code, out)
    assert err.startswith(f"Hernoemd: {PARTNER} heet nu partners/jeugdwerk.\n")
    assert "Het oude adres blijft werken: zie omleidingen.yaml.\n" in err
    assert ["omleidingen.yaml"] == left
    assert (mini / "data" / "partners" / "jeugdwerk.yaml").exists()
    assert (mini / "omleidingen.yaml").read_text().endswith(f"\n\n{PARTNER}: partners/jeugdwerk\n")
    assert 0 == run("check")[0]
    assert "advies" not in run("check")[2]


def test_the_files_stay_as_neat_as_they_were(run: Callable[..., Run], mini: Path) -> None:
    """Of an untidy file only the reference changes, byte for byte; quotes and comments too."""
    untidy = mini / "data" / "overleggen" / "veiligheidsoverleg.yaml"
    text = untidy.read_text()
    assert f"- {PARTNER}\n" in text
    text = text.replace(f"- {PARTNER}\n", f'- "{PARTNER}"\n  # over {PARTNER}\n')
    text = text.replace("\n", "\r\n")
    untidy.write_bytes(text.encode())
    _, _, err = run("rename", PARTNER, "jeugdwerk")
    line = 1 + text[: text.index("# over")].count("\n")

    assert text.replace(f'"{PARTNER}"', "partners/jeugdwerk").encode() == untidy.read_bytes()
    assert f"\n  data/overleggen/veiligheidsoverleg.yaml:{line}:10\n" in err


def test_the_memorandum_takes_its_register_and_the_settings_along(
    run: Callable[..., Run], mini: Path
) -> None:
    code, out, _ = run("rename", "--json", "kadernotas/2023-2026", "kadernotas/2023-2027")
    told = json.loads(out)

    assert 0 == code
    assert "bron/kadernota-2023-2027" == told["renamed"]["bron/kadernota-2023-2026"]
    assert "nota: kadernotas/2023-2027\n" in (mini / "kadernota.yaml").read_text()
    assert (mini / "data" / "bron" / "kadernota-2023-2027.yaml").exists()
    assert 0 == run("check")[0]


def test_a_thing_in_turtle_is_renamed_in_its_place(run: Callable[..., Run], mini: Path) -> None:
    turtle = mini / "data" / "gebieden" / "gebieden.ttl"
    was = turtle.read_text()
    assert 0 == run("rename", "gebieden/voorbeeldstad", "gebieden/stad")[0]

    assert was.replace("<gebieden/voorbeeldstad>", "<gebieden/stad>") == turtle.read_text()
    assert 0 == run("check")[0]


def test_turtle_with_prefixes_and_whole_addresses_is_rewritten(
    run: Callable[..., Run], mini: Path
) -> None:
    base = read(mini).settings.content.decode().split("basis: ")[1].split()[0]
    turtle = mini / "data" / "gebieden" / "gebieden.ttl"
    was = turtle.read_text()
    text = f"@prefix g: <{base}gebieden/> .\n" + was.replace(
        "kn:onderdeelVan <gebieden/voorbeeldstad>",
        "kn:onderdeelVan g:voorbeeldstad ; # <gebieden/voorbeeldstad>\n"
        f'    skos:note "<{base}gebieden/voorbeeldstad>"@nl',
    ).replace("<gebieden/voorbeeldstad> a", f"<{base}gebieden/voorbeeldstad> a")
    turtle.write_text(text)
    assert 0 == run("rename", "gebieden/voorbeeldstad", "gebieden/stad")[0]

    assert turtle.read_text() == text.replace("g:voorbeeldstad", f"<{base}gebieden/stad>").replace(
        f"<{base}gebieden/voorbeeldstad> a", f"<{base}gebieden/stad> a"
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("partners/jongerenwrk", "x", "'partners/jongerenwrk' bestaat niet. Bedoelde je"),
        (f"{PARTNER}#straat", "x", "Noem een heel ding, zonder # en wat erachter staat."),
        (PARTNER, "organisaties/x", "Laat het in de map partners/; de map zegt wat voor ding"),
        (PARTNER, "Jeugd Werk", "Noem het 'partners/jeugd-werk': kleine letters,"),
        (PARTNER, PARTNER, f"'{PARTNER}' heet al zo; er is niets veranderd."),
        ("speerpunten/jeugd", "jeugd-2019-2022", "'speerpunten/jeugd-2019-2022' bestaat al."),
        ("bron/kadernota-2023-2026", "x", "Hernoem 'kadernotas/2023-2026'; het bestand met"),
        (PARTNER, "", "Noem het 'partners/naam'"),
    ],
)
def test_what_cannot_be_renamed_is_said_and_nothing_is_written(
    run: Callable[..., Run], mini: Path, old: str, new: str, said: str
) -> None:
    before = files(mini)
    code, _, err = run("rename", old, new)

    assert 2 == code
    assert said in err
    assert before == files(mini)


def test_with_a_mistake_in_the_data_nothing_is_renamed(run: Callable[..., Run], mini: Path) -> None:
    (mini / "data" / "partners" / "fout.yaml").write_text("naaam: x\n")
    before = files(mini)
    code, _, err = run("rename", PARTNER, "jeugdwerk")

    assert 1 == code
    assert "naaam" in err
    assert before == files(mini)


def test_renaming_twice_leads_both_old_addresses_to_the_thing(
    run: Callable[..., Run], mini: Path
) -> None:
    run("rename", PARTNER, "b")
    run("rename", "partners/b", "c")
    both = f"partners/b: partners/c\n{PARTNER}: partners/c\n"
    assert (mini / "omleidingen.yaml").read_text().endswith(both)
    assert 2 == run("rename", "overleggen/veiligheidsoverleg", "partners/b")[0]
    run("rename", "partners/c", "b")

    assert (
        (mini / "omleidingen.yaml")
        .read_text()
        .endswith(f"\npartners/c: partners/b\n{PARTNER}: partners/b\n")
    )
    assert 0 == run("check")[0]


def test_an_old_address_is_not_given_to_another_thing(run: Callable[..., Run], mini: Path) -> None:
    run("rename", "begrippen/overlast", "hinder")
    code, _, err = run("rename", "begrippen/jeugdgroep", "overlast")

    assert 2 == code
    assert "'begrippen/overlast' is een oud adres van 'begrippen/hinder'." in err


def test_delete_refuses_what_is_used_and_says_where(run: Callable[..., Run], mini: Path) -> None:
    before = files(mini)
    code, _, err = run("delete", PARTNER)
    place = "data/overleggen/veiligheidsoverleg.yaml:"

    assert 1 == code
    assert place in err
    assert "Haal deze verwijzing weg, of verwijs naar iets anders." in err
    assert err.endswith(f"{PARTNER} is niet verwijderd: hier wordt er nog naar verwezen.\n")
    assert before == files(mini)


def test_delete_refuses_the_target_of_an_old_address_and_the_memorandum(
    run: Callable[..., Run], mini: Path
) -> None:
    shutil.copy(
        mini / "data" / "begrippen" / "overlast.yaml", mini / "data" / "begrippen" / "x.yaml"
    )
    (mini / "omleidingen.yaml").write_text("begrippen/oud: begrippen/x\n")

    assert "omleidingen.yaml:1:16  begrippen/oud  Haal" in run("delete", "begrippen/x")[2]
    assert "kadernota.yaml:4:7  nota  Haal" in run("delete", "kadernotas/2023-2026")[2]


def test_delete_takes_away_what_nothing_uses(run: Callable[..., Run], mini: Path) -> None:
    loose = mini / "data" / "begrippen" / "los.yaml"
    text = (mini / "data" / "begrippen" / "overlast.yaml").read_text()
    loose.write_text(text.replace("zie-ook: begrippen/jeugdgroep", "zie-ook: begrippen/los"))
    before = files(mini)
    code, out, _ = run("delete", "--json", "begrippen/los")

    assert 0 == code
    assert {"deleted": "data/begrippen/los.yaml", "mentions": []} == json.loads(out)
    assert before.keys() - files(mini).keys() == {"data/begrippen/los.yaml"}


def test_delete_leaves_turtle_to_a_person(run: Callable[..., Run], mini: Path) -> None:
    turtle = mini / "data" / "gebieden" / "gebieden.ttl"
    turtle.write_text(
        turtle.read_text() + "\n<gebieden/los> a kn:Gebied ;\n"
        '    skos:prefLabel "Los"@nl ;\n'
        "    kn:soort <https://w3id.org/kadernota/def/gebiedsoorten/locatie> ;\n"
        "    dct:source <bron/kadernota-2023-2026#speerpunt-6> .\n"
    )
    code, _, err = run("delete", "gebieden/los")

    assert 2 == code
    assert "Haal 'gebieden/los' zelf weg; het staat in data/gebieden/gebieden.ttl:" in err


def test_a_file_that_changed_meanwhile_stops_the_whole_rename(mini: Path) -> None:
    sources = read(mini)
    loaded = load(sources)
    assert isinstance(loaded, Loaded)
    found = plan(sources, loaded, PARTNER, "jeugdwerk")
    edited = mini / "data" / "overleggen" / "veiligheidsoverleg.yaml"
    edited.write_text(edited.read_text() + "# net bijgeschreven\n")
    before = files(mini)
    with pytest.raises(write.Meanwhile):
        write.together(mini, found.changes)

    assert before == files(mini)


def test_no_question_or_page_of_ours_is_listed_that_is_not_there(run: Callable[..., Run]) -> None:
    """The engine's own questions name a memorandum too; that is not for an author to mend."""
    _, out, _ = run("rename", "--json", "kadernotas/2019-2022", "kadernotas/2019")

    assert [] == json.loads(out)["mentions"]
    assert (ROOT / "queries").exists()
