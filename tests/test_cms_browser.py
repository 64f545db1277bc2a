"""The CMS as people meet it, in a real browser, on a folder of files that only the browser has."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import CHROMIUM, MINI
from desk import DESKTOP, PHONE, PUT, Desk
from kadernota.model import File, Loaded
from kadernota.pipeline import check, load
from kadernota.sources import read
from managed import INSTALLED, WHY, publish, texts
from playwright.sync_api import expect

if TYPE_CHECKING:
    from pathlib import Path

    from kadernota.model import Sources

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="install Debian's chromium to look in a browser"),
    pytest.mark.skipif(not INSTALLED, reason=WHY),
]
BACKEND = re.compile(rb"(?s)^backend:.*?\npublish_mode: \w+\n")


@pytest.fixture(scope="module")
def mini() -> Sources:
    return read(MINI)


def begun(desk: Desk, served: tuple[str, Path], sources: Sources) -> Desk:
    made = publish(sources, served[1])
    config, swapped = BACKEND.subn(b"backend:\n  name: test-repo\n", made["beheer/config.yml"])
    (served[1] / "beheer" / "config.yml").write_bytes(config)
    assert 1 == swapped
    desk.begin(texts(sources))
    return desk


@pytest.fixture
def at_work(desk: Desk, served: tuple[str, Path], mini: Sources) -> Desk:
    return begun(desk, served, mini)


def accepted(sources: Sources, path: str, text: str) -> None:
    """`check` finds no mistake when this file is among the data."""
    kept = (f for f in sources.data if f.path != path)
    files = sorted((*kept, File(path, text.encode())), key=lambda f: f.path)
    loaded = load(replace(sources, data=tuple(files)))

    assert isinstance(loaded, Loaded), loaded
    assert () == check(loaded).problems


PARTNER = "data/partners/jongerenwerk.yaml"
ROLE = """\
  huisbezoek:
    rol: "Huisbezoek: samen met de wijkagent"
    volgnummer: 3
    voor:
      - overleggen/veiligheidsoverleg
      - speerpunten/jeugd
"""


def test_every_file_of_every_folder_opens_in_dutch(
    desk: Desk, served: tuple[str, Path], sources: Sources
) -> None:
    begun(desk, served, sources)
    files = [path.split("/")[1] for path in texts(sources) if path.endswith(".yaml")]
    rows = [row.inner_text().split("\n") for row in desk.page.get_by_role("treeitem").all()]
    counted = {row[-2]: int(row[-1].replace(".", "")) for row in rows if row[-1].isdigit()}

    assert {"Partners", "Thema's", "Bevoegdheden"} < set(counted)
    assert len([f for f in files if f != "bron"]) == sum(counted.values())
    assert "nl" == desk.page.locator("html").get_attribute("lang")
    expect(desk.page.get_by_role("button", name="Nieuw")).to_be_visible()


def add_role(desk: Desk, name: str, number: str) -> str:
    """Add a role to the partner; gives the key of the part in the form."""
    desk.open("partners/entries/jongerenwerk")
    desk.field("bijdragen").get_by_role("button", name="bijdrage").last.click()
    desk.fill("bijdragen.2.onderdeel", name)
    desk.fill("bijdragen.2.rol", "Huisbezoek: samen met de wijkagent")
    desk.fill("bijdragen.2.volgnummer", number)
    return "bijdragen.2"


def test_a_role_that_is_added_is_stored_as_the_canonical_text(at_work: Desk, mini: Sources) -> None:
    before = at_work.stored(PARTNER)
    part = add_role(at_work, "huisbezoek", "3")
    at_work.choose(f"{part}.voor", "speerpunten/jeugd", "(speerpunten/jeugd)")
    at_work.choose(f"{part}.voor", "veiligheidsoverleg", "(overleggen/veiligheidsoverleg)")
    after = at_work.saved(PARTNER, before)

    assert before.replace("bron:\n", ROLE + "bron:\n") == after
    accepted(mini, PARTNER, after)


def test_a_wrong_value_is_said_at_its_field_and_not_stored(at_work: Desk) -> None:
    before = at_work.stored(PARTNER)
    part = add_role(at_work, "Huisbezoek", "1.0")
    at_work.save()

    expect(at_work.field(f"{part}.volgnummer")).to_contain_text(
        "Geef bij 'volgnummer:' één heel getal, 1 of hoger."
    )
    expect(at_work.field(f"{part}.onderdeel")).to_contain_text(
        "Gebruik kleine letters, cijfers en streepjes."
    )
    expect(at_work.page.get_by_role("button", name="Toon de fouten")).to_be_visible()
    assert before == at_work.stored(PARTNER)


def test_a_name_that_is_taken_is_said_and_nothing_is_lost(at_work: Desk) -> None:
    before = at_work.stored(PARTNER)
    part = add_role(at_work, "straat", "3")
    at_work.save()

    expect(at_work.page.get_by_role("alertdialog")).to_contain_text(
        "Geef dit onderdeel een eigen naam: 'straat' staat er al."
    )
    at_work.page.get_by_role("button", name="OK", exact=True).click()

    assert before == at_work.stored(PARTNER)
    at_work.fill(f"{part}.onderdeel", "huisbezoek")
    assert 'huisbezoek:\n    rol: "Huisbezoek: samen' in at_work.saved(PARTNER, before)


def test_a_change_keeps_all_else_and_the_comments(at_work: Desk) -> None:
    before = at_work.stored(PARTNER).replace("soort:", "# nagevraagd in 2024\nsoort:")
    at_work.page.evaluate(PUT, [[PARTNER, before]])
    at_work.page.reload()
    at_work.open("partners/entries/jongerenwerk")
    at_work.fill("beschrijving", "Helpt jongeren.\nOok op straat.")
    after = at_work.saved(PARTNER, before)
    wanted = before.replace(
        "beschrijving: Begeleidt jongeren in hun vrije tijd.\n",
        "beschrijving: |\n  Helpt jongeren.\n  Ook op straat.\n",
    )

    assert wanted == after


def test_a_new_partner_gets_a_file_of_its_own(at_work: Desk, mini: Sources) -> None:
    path = "data/partners/kinderopvang-de-ark.yaml"
    at_work.open("partners/new")
    at_work.fill("naam", "Kinderopvang De Ark")
    at_work.choose("soort", "zorg", "zorg en welzijn")
    at_work.field("nota").get_by_role("radio").last.click()
    at_work.fill("volgnummer", "2")
    at_work.fill("beschrijving", "Vangt kinderen op.")
    at_work.field("bijdragen").get_by_role("button", name="bijdrage").last.click()
    at_work.fill("bijdragen.0.onderdeel", "opvang")
    at_work.fill("bijdragen.0.rol", "Kinderen opvangen")
    at_work.fill("bijdragen.0.volgnummer", "1")
    at_work.choose("bijdragen.0.voor", "speerpunten/jeugd", "(speerpunten/jeugd)")
    at_work.choose("bron", "tabelcel 4", "Partners, tabelcel 4")
    after = at_work.saved(path, None)

    assert (
        "naam: Kinderopvang De Ark\nsoort: partnersoorten/zorg-en-welzijn\n"
        "nota: kadernotas/2023-2026\nvolgnummer: 2\nbeschrijving: Vangt kinderen op.\n"
        "bijdragen:\n  opvang:\n    rol: Kinderen opvangen\n    volgnummer: 1\n"
        "    voor: speerpunten/jeugd\n"
        "bron: bron/kadernota-2023-2026#partners-4\n"
    ) == after
    accepted(mini, path, after)


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_form_fits_the_screen_and_can_be_used_with_aids(
    at_work: Desk, size: dict[str, int]
) -> None:
    at_work.page.set_viewport_size(size)  # type: ignore[arg-type]
    at_work.open("partners/entries/jongerenwerk")
    at_work.field("bijdragen")
    wide = at_work.page.evaluate("document.scrollingElement.scrollWidth")
    found = Axe().run(at_work.page).response["violations"]

    assert size["width"] >= wide
    assert [] == [v["id"] for v in found if v["impact"] in {"serious", "critical"}]
