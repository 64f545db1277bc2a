"""The form without script: the whole round, every mistake beside its field, and nothing lost."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from conftest import MINI
from kadernota.checking.report import whole
from kadernota.editing.office import Office
from kadernota.pipeline import load
from kadernota.sources import read
from living import GATE, Living, Person

if TYPE_CHECKING:
    from pathlib import Path

PARTNER = "/bewerken/partners/jongerenwerk"
FILE = "data/partners/jongerenwerk.yaml"
INVISIBLE = "Jon\u200bgeren"


@pytest.fixture
def base(tmp_path: Path) -> Living:
    shutil.copytree(MINI, tmp_path / "kb")
    return Living(tmp_path / "kb")


@pytest.fixture
def person(base: Living) -> Person:
    return Person(Office(base, GATE))


def on_disk(base: Living, path: str = FILE) -> str:
    return (base.root / path).read_text(encoding="utf-8")


def test_the_overview_leads_to_every_kind_and_a_search_to_every_thing(person: Person) -> None:
    person.go("/bewerken/")
    assert 'href="/bewerken/partners/"' in person.page

    person.go("/bewerken/?zoek=voorbeeldstad+jongerenwerk")
    assert f'href="{PARTNER}"' in person.page

    person.go("/bewerken/partners/")
    assert f'href="{PARTNER}"' in person.page
    assert 'href="/bewerken/partners/_nieuw"' in person.page


def test_a_form_has_its_fields_in_the_order_of_the_shapes_with_label_help_and_need(
    person: Person, base: Living
) -> None:
    person.go(PARTNER)
    form = next(f for f in base.motor.words.forms.values() if f.folder == "partners")
    places = [person.page.index(f'id="g.{field.key}"') for field in form.fields]

    assert sorted(places) == places
    for field in form.fields:
        part = person.page[person.page.index(f'id="g.{field.key}"') :]
        assert field.name[:1].upper() + field.name[1:] in part[:600]
        assert ("verplicht" if field.required else "mag leeg") in part[:700]
        assert field.help[:40] in part[:1400]


def test_opening_and_saving_without_a_change_changes_no_byte(person: Person, base: Living) -> None:
    before = (base.root / FILE).read_bytes()
    person.go(PARTNER).press("verder")

    assert "Er verandert niets." in person.page
    person.press("bewaar")
    assert "Bewaard" in person.page
    assert before == (base.root / FILE).read_bytes()


def test_a_new_partner_with_two_roles_is_one_round(person: Person, base: Living) -> None:
    person.go("/bewerken/partners/_nieuw").press("erbij:bijdragen").press("erbij:bijdragen")
    assert "Voor een veilig" not in person.page
    assert "(kadernotas/2023-2026)" in person.controls["v.nota.0"]  # the one that holds now
    source = "bron/kadernota-2023-2026#partners-4"
    person.press(
        "verder",
        naam__0="Stichting De Brug",
        soort__0="partnersoorten/zorg-en-welzijn",
        volgnummer__0="2",
        beschrijving__0="Helpt jongeren aan werk.\nDat doet de stichting in de wijk.",
        bron__0=source,
        bijdragen__0__rol__0="Helpen bij werk",
        bijdragen__0__volgnummer__0="1",
        bijdragen__0__voor__0="speerpunten/jeugd",
        bijdragen__1__rol__0="Aan tafel zitten",
        bijdragen__1__volgnummer__0="2",
        bijdragen__1__voor__0="overleggen/veiligheidsoverleg",
    )
    assert [] == person.summary
    assert "Klopt dit?" in person.page
    assert not (base.root / "data/partners/stichting-de-brug.yaml").exists()
    person.press("bewaar")

    assert "Bewaard" in person.page
    assert "/bewerken/partners/stichting-de-brug" == person.at
    assert on_disk(base, "data/partners/stichting-de-brug.yaml") == (
        "naam: Stichting De Brug\n"
        "soort: partnersoorten/zorg-en-welzijn\n"
        "nota: kadernotas/2023-2026\n"
        "volgnummer: 2\n"
        "beschrijving: |\n"
        "  Helpt jongeren aan werk.\n"
        "  Dat doet de stichting in de wijk.\n"
        "bijdragen:\n"
        "  helpen-bij-werk:\n"
        "    rol: Helpen bij werk\n"
        "    volgnummer: 1\n"
        "    voor: speerpunten/jeugd\n"
        "  aan-tafel-zitten:\n"
        "    rol: Aan tafel zitten\n"
        "    volgnummer: 2\n"
        "    voor: overleggen/veiligheidsoverleg\n"
        f"bron: {source}\n"
    )
    assert () == base.problems


@pytest.mark.parametrize(
    ("control", "value", "beside"),
    [
        ("beschrijving.0", "", "beschrijving"),
        ("naam.0", "", "naam"),
        ("volgnummer.0", "een", "volgnummer.0"),
        ("volgnummer.0", "1.000", "volgnummer.0"),
        ("nota.0", "kadernotas/2023", "nota.0"),
        ("soort.0", "partnersoorten/vereniging", "soort.0"),
        ("url.0", "www.voorbeeld.nl", "url.0"),
        ("naam.0", INVISIBLE, "naam.0"),
        ("beschrijving.0", f"Begeleidt jongeren.\nOok {INVISIBLE}.", "beschrijving.0"),
        ("beschrijving.0", "Begeleidt\tjongeren.\nOok in de wijk.", "beschrijving.0"),
        ("naam.0", "Cafe\u0301", "naam.0"),
        ("naam.0", "Een\nTwee", "naam.0"),
        ("bijdragen.0._naam", "Op Straat", "bijdragen.0._naam"),
        ("bijdragen.0._naam", "overleg", "bijdragen.1._naam"),
        ("bijdragen.0.rol.0", "", "bijdragen.0.rol"),
        ("bijdragen.1.volgnummer.0", "x", "bijdragen.1.volgnummer.0"),
        ("bijdragen.1.voor.0", "overleggen/niets", "bijdragen.1.voor.0"),
        ("bron.1", "Partners, tabelcel 4 (bron/kadernota-2023-2026#partners-4)", "bron.1"),
        ("beschrijving.0", "woord " * 25 + ".", "beschrijving.0"),
    ],
)
def test_a_mistake_is_beside_its_field_in_the_words_of_check(
    control: str, value: str, beside: str, person: Person, base: Living
) -> None:
    before = on_disk(base)
    person.go(PARTNER).press("verder", **{control.replace(".", "__"): value})

    assert 1 == len(person.summary)
    assert person.summary == person.beside(beside)
    assert value == person.controls[f"v.{control}"]  # what was typed is still there
    assert f'href="#v.{beside}' in person.page
    assert before == on_disk(base)


def test_the_messages_are_those_of_check_on_the_same_file(person: Person, base: Living) -> None:
    person.go(PARTNER).press(
        "verder", volgnummer__0="een", bijdragen__1__voor__0="overleggen/niets"
    )
    text = on_disk(base).replace("volgnummer: 1\nbe", "volgnummer: een\nbe")
    text = text.replace("voor: overleggen/veiligheidsoverleg", "voor: overleggen/niets")
    (base.root / FILE).write_text(text, encoding="utf-8")
    found = load(read(base.root))

    assert isinstance(found, tuple)
    assert {whole(p) for p in found} == set(person.summary)
    assert 2 == len(person.summary)


def other_wrote(base: Living, *changes: tuple[str, str]) -> None:
    """Somebody else changes the file in an editor."""
    text = on_disk(base)
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (base.root / FILE).write_text(text, encoding="utf-8")
    base.again()


def test_who_loses_the_race_keeps_every_word_and_gets_those_of_the_other(
    person: Person, base: Living
) -> None:
    person.go(PARTNER)
    other_wrote(
        base,
        ("Jongeren opzoeken op straat", "Jongeren zoeken"),
        ("in hun vrije tijd", "na school"),
        ("#partners-6", "#partners-7"),
    )
    person.press(
        "verder",
        beschrijving__0="Begeleidt jongeren overdag.",
        bijdragen__1__rol__0="Meepraten",
        bron__3="bron/kadernota-2023-2026#speerpunt-6",
    )

    assert "Iemand anders heeft dit bestand gewijzigd" in person.page
    assert "Begeleidt jongeren overdag." == person.controls["v.beschrijving.0"]  # both: mine stands
    assert "<blockquote>Begeleidt jongeren na school.</blockquote>" in person.page
    assert "Meepraten" == person.controls["v.bijdragen.1.rol.0"]  # only mine
    assert "Jongeren zoeken" == person.controls["v.bijdragen.0.rol.0"]  # only theirs
    sources = {v for n, v in person.controls.items() if n.startswith("v.bron.")}
    assert {"4", "5", "7", "6"} == {v.rpartition("-")[2].rstrip(")") for v in sources}
    person.press("verder").press("bewaar")
    assert "Begeleidt jongeren overdag." in on_disk(base)
    assert "rol: Meepraten" in on_disk(base)
    assert "rol: Jongeren zoeken" in on_disk(base)


def test_what_the_other_wrote_can_be_taken_over_per_field(person: Person, base: Living) -> None:
    person.go(PARTNER)
    other_wrote(base, ("Jongeren opzoeken op straat", "Jongeren zoeken"))
    person.press("verder", bijdragen__0__rol__0="Jongeren vinden")
    assert "Jongeren vinden" == person.controls["v.bijdragen.0.rol.0"]
    person.press("overnemen:bijdragen.straat.rol")

    assert "Jongeren zoeken" == person.controls["v.bijdragen.0.rol.0"]
    person.press("verder")
    assert "Er verandert niets." in person.page or "schrijfwijze" in person.page


def test_the_race_can_be_lost_between_looking_and_saving(person: Person, base: Living) -> None:
    person.go(PARTNER).press("verder", naam__0="Jongerenwerk Stad")
    assert "Klopt dit?" in person.page
    other_wrote(base, ("volgnummer: 1\nbe", "volgnummer: 9\nbe"))
    person.press("bewaar")

    assert "Iemand anders heeft dit bestand gewijzigd" in person.page
    assert "9" == person.controls["v.volgnummer.0"]
    assert "Jongerenwerk Stad" == person.controls["v.naam.0"]
    assert "volgnummer: 9" in on_disk(base)
    assert "Jongerenwerk Stad" not in on_disk(base)


def test_a_file_that_was_removed_meanwhile_is_made_again_only_on_purpose(
    person: Person, base: Living
) -> None:
    person.go(PARTNER)
    (base.root / FILE).unlink()
    base.again()
    person.press("verder", naam__0="Jongerenwerk Stad")

    assert "intussen verwijderd" in person.page
    assert "Jongerenwerk Stad" == person.controls["v.naam.0"]
    assert not (base.root / FILE).exists()
    person.press("verder").press("bewaar")
    assert "naam: Jongerenwerk Stad" in on_disk(base)


def test_a_race_with_a_file_that_is_no_form_any_more_goes_on_as_text(
    person: Person, base: Living
) -> None:
    person.go(PARTNER)
    other_wrote(base, ("volgnummer: 1\nbe", "kleur: rood\nvolgnummer: 1\nbe"))
    person.press("verder", naam__0="Jongerenwerk Stad")

    assert "naam: Jongerenwerk Stad" in person.controls["tekst"]
    assert "+kleur: rood" in person.page
    person.press("verder").press("bewaar")
    assert "naam: Jongerenwerk Stad" in on_disk(base)


def test_a_new_thing_never_takes_the_place_of_another(person: Person, base: Living) -> None:
    before = on_disk(base)
    person.go("/bewerken/partners/_nieuw")
    person.controls["adres"] = "jongerenwerk"
    person.press("verder", naam__0="Nog een jongerenwerk")

    assert ["Kies een ander adres: 'partners/jongerenwerk' bestaat al."] == person.beside("adres")
    person.controls["adres"] = "Ander Adres/../.."
    person.press("verder")
    assert ["Noem het 'ander-adres': kleine letters, cijfers, streepjes."] == person.beside("adres")
    assert "Nog een jongerenwerk" == person.controls["v.naam.0"]
    assert before == on_disk(base)


def test_what_is_taken_away_can_be_put_back(person: Person) -> None:
    before = person.go(PARTNER).controls
    person.press("weg:bijdragen.0")
    assert "Deelname aan het veiligheidsoverleg" == person.controls["v.bijdragen.0.rol.0"]
    person.press("terug")

    assert {**before, "weggehaald": ""} == person.controls
    person.press("weg:bron.1").press("terug")
    assert {**before, "weggehaald": ""} == person.controls


def test_a_rule_over_two_files_asks_to_finish_the_work_and_does_not_stop_it(
    person: Person, base: Living
) -> None:
    """A priority needs an indicator that can only be made when the priority is there."""
    person.go("/bewerken/speerpunten/_nieuw").press(
        "verder",
        naam__0="Veilig wonen",
        volgnummer__0="2",
        beschrijving__0="Iedereen woont veilig.",
        vergelijking__0="vergelijkingen/nieuw",
        veiligheidsveld__0="veiligheidsvelden/fysieke-veiligheid",
        bron__0="bron/kadernota-2023-2026#speerpunt-5",
    )
    assert [] == person.summary
    assert "Daarna nog te doen" in person.page
    assert "effectindicator" in person.page
    person.press("bewaar")
    assert "Kruis aan dat je dit daarna afmaakt" in person.page
    assert not (base.root / "data/speerpunten/veilig-wonen.yaml").exists()
    person.controls["zeker"] = "ja"
    person.press("bewaar")

    assert (base.root / "data/speerpunten/veilig-wonen.yaml").exists()
    assert "Nog te verbeteren: 1" in person.go("/bewerken/").page


def test_what_would_break_another_file_is_not_saved(person: Person, base: Living) -> None:
    norm = base.root / "data/normen/camera-hoogstens-een-jaar.yaml"
    text = norm.read_text(encoding="utf-8")
    text = text.replace("bevoegdheden/cameratoezicht", "partners/jongerenwerk#straat")
    norm.write_text(text, encoding="utf-8")
    base.again()
    before = on_disk(base)
    person.go(PARTNER).press("weg:bijdragen.0").press("verder")

    assert 1 == len(person.summary)
    assert "'partners/jongerenwerk#straat' bestaat niet" in person.summary[0]
    assert 'href="/bewerken/normen/camera-hoogstens-een-jaar"' in person.page
    person.press("bewaar")
    assert before == on_disk(base)


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ("kleur: rood\nnaam: Halt\n", "&#39;kleur:&#39; staat niet in het formulier"),
        ("naam: Halt\nnaam: Halt\n", "Het formulier kan dit bestand pas tonen als de vorm klopt."),
    ],
)
def test_a_file_that_is_no_form_is_shown_and_mended_as_text(
    broken: str, reason: str, person: Person, base: Living
) -> None:
    mended = on_disk(base)
    (base.root / FILE).write_text(broken, encoding="utf-8")
    base.again()
    person.go(PARTNER)

    assert reason in person.page
    assert broken == person.controls["tekst"]
    assert person.summary
    person.controls["tekst"] = mended
    person.press("verder").press("bewaar")
    assert "naam: Jongerenwerk Voorbeeldstad\n" in on_disk(base)
    assert () == base.problems


def test_turtle_is_shown_and_can_not_be_changed_here(person: Person, base: Living) -> None:
    before = on_disk(base, "data/gebieden/gebieden.ttl")
    person.go("/bewerken/gebieden/gebieden.ttl")

    assert "Turtle-bestand" in person.page
    assert "dorpsplein" in person.page
    assert "<form" not in person.page
    person.controls = {"bewijs": GATE.csrf, "tekst": "weg", "geopend": "x"}
    person.press("bewaar")
    assert before == on_disk(base, "data/gebieden/gebieden.ttl")


def test_a_full_disk_or_a_closed_folder_costs_no_word(
    person: Person, base: Living, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(change: object) -> None:
        raise OSError(28, "No space left on device")

    person.go(PARTNER).press("verder", naam__0="Jongerenwerk Stad")
    monkeypatch.setattr(base, "save", full)
    person.press("bewaar")

    assert "maak ruimte vrij, de schijf is vol" in person.page
    assert "Jongerenwerk Stad" == person.controls["v.naam.0"]


def test_what_was_meant_can_be_filled_in_with_one_button(person: Person) -> None:
    person.go("/bewerken/besluiten/vaststelling")
    assert person.controls["v.vastgesteld-op.0"]
    person.controls["v.vastgesteld-op.0"] = "1-10-2023"
    person.press("verder")
    assert 'value="vul:vastgesteld-op.0:2023-10-01"' in person.page
    person.press("vul:vastgesteld-op.0:2023-10-01")

    assert "2023-10-01" == person.controls["v.vastgesteld-op.0"]
    assert [] == person.beside("vastgesteld-op.0")


def test_what_follows_from_a_change_is_told_before_it_is_made(person: Person) -> None:
    person.go(PARTNER).press("weg:bijdragen.0").press("verder")

    assert "Hieruit volgt ook" in person.page
    assert "Niet meer: Jongerenwerk Voorbeeldstad" in person.page


def test_what_something_points_to_is_not_removed(person: Person, base: Living) -> None:
    person.go(PARTNER).press("verwijder")

    assert "Dit kan nog niet" in person.page
    assert 'href="/bewerken/inspanningen/jongerenwerk"' in person.page
    assert "verwijder-echt" not in person.page
    person.press("verwijder-echt")
    assert (base.root / FILE).exists()


def test_what_nothing_points_to_is_removed_after_a_question(person: Person, base: Living) -> None:
    path = base.root / "data/bronafwijkingen/naam-van-het-plein.yaml"
    address = "/bewerken/bronafwijkingen/naam-van-het-plein"
    person.go(address).press("verwijder")
    assert "verwijderen?" in person.page
    assert path.exists()
    before = path.read_bytes()
    path.write_bytes(before + b"toelichting: Intussen gewijzigd.\n")
    base.again()
    person.press("verwijder-echt")
    assert "Iemand anders heeft dit bestand gewijzigd" in person.page
    assert path.exists()
    path.write_bytes(before)
    base.again()
    person.go(address).press("verwijder").press("verwijder-echt")

    assert not path.exists()
    assert "/bewerken/bronafwijkingen/" == person.at


HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7*7 }}</textarea>'


def test_hostile_text_in_the_data_is_only_text(person: Person, base: Living) -> None:
    text = on_disk(base).replace("Begeleidt jongeren in hun vrije tijd.", f"'{HOSTILE}'")
    text = text.replace("naam: Jongerenwerk Voorbeeldstad", f"naam: '{HOSTILE}'")
    (base.root / FILE).write_text(text, encoding="utf-8")
    base.again()
    for address in (PARTNER, "/bewerken/", "/bewerken/partners/", "/bewerken/?zoek=script"):
        assert "<script>alert" not in person.go(address).page
        assert "<img" not in person.page
    person.go(PARTNER)
    assert HOSTILE == person.controls["v.naam.0"]  # and the sum in it is not made
    assert HOSTILE == person.controls["v.beschrijving.0"]
    person.press("verder", volgnummer__0=HOSTILE)
    assert "<script>alert" not in person.page
    assert HOSTILE == person.controls["v.volgnummer.0"]
