"""The form as people meet it, in a real browser: phone, dark, keyboard, no script, a lost race."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from conftest import CHROMIUM, MINI, ROOT
from kadernota.editing.hatch import routes
from kadernota.editing.office import Office
from kadernota.serve import server
from living import GATE, Living
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="install Debian's chromium to look at the form in a browser"
)
PHONE, DESKTOP = 360, 1280
PARTNER, EFFORT = "partners/jongerenwerk", "inspanningen/jongerenwerk"


@dataclass
class Served:
    """A knowledge base with its form on an address of this computer."""

    base: Living
    address: str

    def text(self, thing: str) -> str:
        return (self.base.root / f"data/{thing}.yaml").read_text(encoding="utf-8")

    def other_wrote(self, thing: str, old: str, new: str) -> None:
        path = self.base.root / f"data/{thing}.yaml"
        assert old in self.text(thing)
        path.write_text(self.text(thing).replace(old, new), encoding="utf-8")
        self.base.again()


def serve(root: Path) -> Iterator[Served]:
    door = socket.create_server(("127.0.0.1", 0))
    port = door.getsockname()[1]
    base = Living(root)
    base.live.edits = True
    app = server.app(base.live, lambda: None, routes(Office(base, replace(GATE, port=port))))
    serving = uvicorn.Server(uvicorn.Config(app, log_level="critical", ws="none"))
    thread = threading.Thread(target=serving.run, kwargs={"sockets": [door]}, daemon=True)
    thread.start()
    while not serving.started:
        time.sleep(0.02)
    yield Served(base, f"http://127.0.0.1:{port}/bewerken/")
    serving.should_exit = True
    thread.join()
    door.close()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    shutil.copytree(MINI, tmp_path / "kb")
    yield from serve(tmp_path / "kb")


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The real data, to look at: nothing is saved here."""
    root = tmp_path_factory.mktemp("real")
    shutil.copytree(ROOT / "data", root / "data")
    shutil.copytree(ROOT / "site", root / "site")
    for name in ("kadernota.yaml", "mkdocs.yml"):
        shutil.copy(ROOT / name, root)
    yield from serve(root)


def context(browser: Browser, served: Served, **more: object) -> BrowserContext:
    """A browser of somebody who came with the key."""
    made = browser.new_context(viewport={"width": DESKTOP, "height": 900}, **more)  # type: ignore[arg-type]
    page = made.new_page()
    page.goto(f"{served.address}?sleutel={GATE.key}")
    assert page.url == served.address
    page.close()
    return made


@pytest.fixture(params=["with script", "without script"])
def page(request: pytest.FixtureRequest, browser: Browser, served: Served) -> Iterator[Page]:
    made = context(browser, served, java_script_enabled=request.param == "with script")
    yield made.new_page()
    made.close()


@pytest.fixture
def scripted(browser: Browser, served: Served) -> Iterator[Page]:
    made = context(browser, served)
    yield made.new_page()
    made.close()


def fill(page: Page, **values: str) -> None:
    """Fill in controls; a double `_` stands for the dots in their names."""
    for name, value in values.items():
        control = page.locator(f'[id="v.{name.replace("__", ".")}"]')
        control.fill(value)


def press(page: Page, button: str) -> None:
    """Press a button and wait for the page that comes."""
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=True).click()


def further(page: Page) -> None:
    press(page, "Ga verder")


def beside(page: Page, name: str) -> list[str]:
    found = page.locator(f'[id="m.{name}"] .fouttekst').all_inner_texts()
    return [text.removeprefix("Fout: ") for text in found]


def test_add_a_partner_with_two_roles(page: Page, served: Served) -> None:
    page.goto(f"{served.address}partners/")
    page.get_by_role("link", name="Nieuw: partner").click()
    fill(page, naam__0="Stichting De Brug", volgnummer__0="2")
    page.get_by_label("Zorg en welzijn").check()
    fill(page, beschrijving__0="Helpt jongeren aan werk.")
    for i, (role, target) in enumerate(
        [("Helpen bij werk", "speerpunten/jeugd"), ("Meepraten", "overleggen/veiligheidsoverleg")]
    ):
        with page.expect_navigation():
            page.locator('[value="erbij:bijdragen"]').click()
        part = page.get_by_role("group", name=f"Bijdrage {i + 1}")
        expect(part).to_be_visible()
        part.get_by_label("Rol").first.fill(role)
        part.get_by_label("Volgnummer").fill(str(i + 1))
        part.locator("summary", has_text="Voor").first.click()
        part.locator(f'[id="v.bijdragen.{i}.voor.0"]').fill(target)
    page.locator('[id="g.bron"] > summary').click()
    fill(page, bron__0="bron/kadernota-2023-2026#partners-4")
    further(page)
    expect(page.get_by_role("heading", name="Klopt dit?")).to_be_visible()
    press(page, "Bewaar")

    expect(page.get_by_role("heading", name="Bewaard")).to_be_visible()
    text = served.text("partners/stichting-de-brug")
    assert "  helpen-bij-werk:\n    rol: Helpen bij werk\n    volgnummer: 1\n" in text
    assert "  meepraten:\n    rol: Meepraten\n    volgnummer: 2\n" in text
    assert () == served.base.problems


def test_change_an_effort(page: Page, served: Served) -> None:
    before = served.text(EFFORT)
    page.goto(served.address)
    page.get_by_label("Zoek op naam").fill("jongerenwerk straat")
    page.get_by_role("button", name="Zoek").click()
    page.get_by_role("link", name="Jongerenwerk op straat").click()
    fill(page, beschrijving__0="Jongerenwerkers lopen elke week een ronde.")
    further(page)
    changes = page.locator(".wijzigingen").inner_text()
    assert "beschrijving" in changes
    assert "Weg: Jongerenwerkers zoeken jongeren op straat op." in changes
    assert "Erbij: Jongerenwerkers lopen elke week een ronde." in changes
    press(page, "Bewaar")

    expect(page.get_by_role("heading", name="Bewaard")).to_be_visible()
    old = "Jongerenwerkers zoeken jongeren op straat op."
    assert before.replace(old, "Jongerenwerkers lopen elke week een ronde.") == served.text(EFFORT)


MISTAKES = {
    "naam.0": ("", "naam", "Geef met 'naam:' precies één naam."),
    "volgnummer.0": ("twaalf", "volgnummer.0", "Schrijf een geheel getal"),
    "bijdragen.0.voor.0": ("speerpunten/niets", "bijdragen.0.voor.0", "Verwijs naar een ding dat"),
    "bijdragen.1._naam": ("Het Overleg", "bijdragen.1._naam", "Noem dit onderdeel 'het-overleg'"),
    "bron.1": ("bron/kadernota-2023-2026#partners-4", "bron.1", "Haal 'bron/kadernota"),
    "beschrijving.0": (
        "Jon\u200bgeren.",
        "beschrijving.0",
        "Haal dit onzichtbare teken weg (U+200B)",
    ),
}


@pytest.mark.parametrize("control", MISTAKES)
def test_a_mistake_stands_beside_its_field_and_the_summary_leads_there(
    control: str, page: Page, served: Served
) -> None:
    value, name, message = MISTAKES[control]
    before = served.text(PARTNER)
    page.goto(served.address + PARTNER)
    closed = page.locator(f'details:not([open]):has([id="v.{control}"])')
    while closed.count():
        closed.first.locator("> summary").click()
    page.locator(f'[id="v.{control}"]').fill(value)
    further(page)

    summary = page.get_by_role("alert")
    expect(summary).to_be_visible()
    assert page.title().startswith("Fout: ")
    (said,) = beside(page, name)
    assert said.startswith(message)
    assert value in page.locator(f'[id="v.{control}"]').input_value()
    assert "true" == page.locator(f'[id="v.{control}"]').get_attribute("aria-invalid")
    assert f"m.{name}" in (
        page.locator(f'[id="v.{control}"]').get_attribute("aria-describedby") or ""
    )
    summary.get_by_role("link").first.click()
    expect(page.locator(f'[id="v.{control}"]:focus')).to_be_visible()
    assert before == served.text(PARTNER)


def test_the_summary_gets_the_focus(scripted: Page, served: Served) -> None:
    scripted.goto(served.address + PARTNER)
    fill(scripted, volgnummer__0="x")
    further(scripted)
    scripted.wait_for_load_state()

    expect(scripted.locator("#fouten:focus")).to_be_visible()


def test_who_loses_the_race_loses_nothing(page: Page, served: Served) -> None:
    page.goto(served.address + PARTNER)
    fill(page, naam__0="Jongerenwerk Stad", beschrijving__0="Mijn nieuwe zin.")
    served.other_wrote(PARTNER, "Begeleidt jongeren in hun vrije tijd.", "Zin van een ander.")
    served.other_wrote(PARTNER, "Jongeren opzoeken op straat", "Rol van een ander")
    further(page)

    expect(page.get_by_text("Iemand anders heeft dit bestand gewijzigd terwijl")).to_be_visible()
    assert "Jongerenwerk Stad" == page.locator('[id="v.naam.0"]').input_value()
    assert "Mijn nieuwe zin." == page.locator('[id="v.beschrijving.0"]').input_value()
    expect(page.locator("blockquote", has_text="Zin van een ander.")).to_be_visible()
    assert "Rol van een ander" == page.locator('[id="v.bijdragen.0.rol.0"]').input_value()
    with page.expect_navigation():
        page.locator('[value="overnemen:beschrijving"]').click()
    assert "Zin van een ander." == page.locator('[id="v.beschrijving.0"]').input_value()
    further(page)
    press(page, "Bewaar")
    text = served.text(PARTNER)
    assert all(s in text for s in ("Jongerenwerk Stad", "Zin van een ander.", "Rol van een ander"))


def test_messages_come_while_typing_and_only_where_she_typed(
    scripted: Page, served: Served
) -> None:
    scripted.goto(f"{served.address}partners/_nieuw")
    fill(scripted, volgnummer__0="x")
    scripted.wait_for_selector('[id="m.volgnummer.0"] .fouttekst')

    assert beside(scripted, "volgnummer.0")[0].startswith("Schrijf een geheel getal")
    assert [] == beside(scripted, "beschrijving")
    assert "true" == scripted.locator('[id="v.volgnummer.0"]').get_attribute("aria-invalid")
    fill(scripted, volgnummer__0="3")
    scripted.wait_for_selector('[id="m.volgnummer.0"] .fouttekst', state="detached")
    assert None is scripted.locator('[id="v.volgnummer.0"]').get_attribute("aria-invalid")


def test_what_was_typed_survives_a_crash_of_the_browser_and_of_the_server(
    scripted: Page, served: Served
) -> None:
    scripted.goto(served.address + PARTNER)
    fill(scripted, beschrijving__0="Een zin\nover twee regels.", bijdragen__1__rol__0="Nieuwe rol")
    while not scripted.evaluate("localStorage.length"):
        scripted.wait_for_timeout(50)
    scripted.goto("about:blank")
    scripted.goto(served.address + PARTNER)
    assert "Begeleidt" in scripted.locator('[id="v.beschrijving.0"]').input_value()
    press(scripted, "Ga daarmee verder")
    scripted.wait_for_load_state()

    assert "Een zin\nover twee regels." == scripted.locator('[id="v.beschrijving.0"]').input_value()
    assert "Nieuwe rol" == scripted.locator('[id="v.bijdragen.1.rol.0"]').input_value()
    further(scripted)
    press(scripted, "Bewaar")
    assert "    Een zin\n" not in served.text(PARTNER)
    assert "  Een zin\n  over twee regels.\n" in served.text(PARTNER)
    scripted.goto(served.address + PARTNER)
    assert scripted.locator("#concept").is_hidden()  # saved is saved


def test_a_long_list_is_searched_by_any_part_of_a_name_with_the_keyboard(
    browser: Browser, real: Served
) -> None:
    page = context(browser, real).new_page()
    page.goto(f"{real.address}partners/halt")
    box = page.locator('[id="v.bijdragen.1.voor.0"]')
    assert "combobox" == box.get_attribute("role")
    box.fill("lokaal ondermijning")
    box.fill("wijkaanpak groepen")
    box.press("ArrowDown")
    assert "true" == box.get_attribute("aria-expanded")
    chosen = page.locator(f'[id="{box.get_attribute("aria-activedescendant")}"]')
    name = chosen.inner_text().replace("\n", " ")
    box.press("Enter")

    assert "false" == box.get_attribute("aria-expanded")
    assert box.input_value().replace("(", "").replace(")", "") == name
    box.fill("iets dat niet bestaat")
    assert "false" == box.get_attribute("aria-expanded")
    assert "0 keuzes" == page.locator("#stand").inner_text()
    page.context.close()


def test_the_whole_round_can_be_done_with_the_keyboard(scripted: Page, served: Served) -> None:
    scripted.goto(served.address + PARTNER)
    tab_to(scripted, "v.beschrijving.0")
    scripted.keyboard.press("Control+A")
    scripted.keyboard.type("Getypt zonder muis.")
    tab_to(scripted, "Ga verder")
    scripted.keyboard.press("Enter")
    scripted.wait_for_selector("#nakijken")
    tab_to(scripted, "Bewaar")
    scripted.keyboard.press("Enter")
    scripted.wait_for_selector(".goed")

    assert "beschrijving: Getypt zonder muis.\n" in served.text(PARTNER)


def tab_to(page: Page, wanted: str) -> None:
    """Press tab until the element with this id or these words has the focus."""
    for _ in range(200):
        page.keyboard.press("Tab")
        found = page.evaluate(
            "[document.activeElement.id, document.activeElement.textContent.trim()]"
        )
        if wanted in found:
            return
    raise AssertionError(wanted)


def test_enter_in_a_field_checks_and_takes_nothing_away(scripted: Page, served: Served) -> None:
    scripted.goto(served.address + PARTNER)
    fill(scripted, naam__0="Nieuwe naam")
    scripted.locator('[id="v.naam.0"]').press("Enter")
    scripted.wait_for_load_state()

    assert "Nieuwe naam" == scripted.locator('[id="v.naam.0"]').input_value()
    assert 4 == scripted.locator('[id^="v.bron."]').count()
    assert "Nieuwe naam" not in served.text(PARTNER)


PAGES = [
    "",
    "?zoek=halt",
    "?zoek=niets-van-dit-al",
    "partners/",
    "partners/_nieuw",
    "partners/halt",
    "partners/halt?tekst=1",
    "partners/halt?bewaard=ja",
    "inspanningen/aanpak-bedrijventerreinen",
    "bevoegdheden/cameratoezicht",
    "besluiten/_nieuw",
    "gebieden/gebieden.ttl",
    "bestaat/niet",
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_of_the_form_is_accessible_and_fits_a_phone(
    scheme: str, browser: Browser, real: Served
) -> None:
    page = context(browser, real, color_scheme=scheme).new_page()
    noise: list[str] = []
    page.on("console", lambda m: noise.append(m.text) if "404" not in m.text else None)
    page.on("pageerror", lambda e: noise.append(str(e)))
    page.on("request", lambda r: None if r.url.startswith(real.address) else noise.append(r.url))
    found = []
    for address in PAGES:
        page.set_viewport_size({"width": PHONE, "height": 800})
        page.goto(real.address + address)
        found += looked_at(page, address)

    assert [] == found
    assert [] == noise


def looked_at(page: Page, name: str) -> list[str]:
    """What is wrong with this page for who sees, hears or touches it."""
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    wide = page.evaluate("document.documentElement.scrollWidth")
    result = Axe().run(page)
    found = [
        f"{name}: {v['id']} {v['nodes'][0]['html'][:120]}" for v in result.response["violations"]
    ]
    return found + ([f"{name}: {wide} pixels wide"] if wide > PHONE else [])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_after_a_button_are_accessible_and_fit_a_phone(
    scheme: str, browser: Browser, served: Served
) -> None:
    page = context(browser, served, color_scheme=scheme).new_page()
    page.set_viewport_size({"width": PHONE, "height": 800})
    page.goto(served.address + PARTNER)
    fill(page, volgnummer__0="x", bijdragen__0__voor__0="speerpunten/niets")
    further(page)
    found = looked_at(page, "mistakes")
    fill(page, volgnummer__0="1", bijdragen__0__voor__0="jeugd", naam__0="Andere naam")
    served.other_wrote(PARTNER, "naam: Jongerenwerk Voorbeeldstad", "naam: Derde naam")
    further(page)
    found += looked_at(page, "another wrote")
    with page.expect_navigation():
        page.locator('[value="weg:bron.3"]').click()
    found += looked_at(page, "taken away")
    fill(page, bijdragen__0__voor__0="speerpunten/jeugd")
    further(page)
    found += looked_at(page, "what changes")
    press(page, "Bewaar")
    found += looked_at(page, "saved")

    assert [] == found


def test_the_page_can_be_seen_before_it_is_saved(browser: Browser, real: Served) -> None:
    before = real.text("partners/halt")
    made = context(browser, real)
    page = made.new_page()
    page.goto(f"{real.address}partners/halt")
    fill(page, beschrijving__0="Een zin die er nog niet staat.")
    with made.expect_page() as opened:
        page.get_by_role("button", name="Voorbeeld").click()
    seen = opened.value
    seen.wait_for_load_state()

    expect(seen.locator("h1")).to_contain_text("Halt")
    expect(seen.get_by_text("Een zin die er nog niet staat.")).to_be_visible()
    expect(seen.get_by_text("Dit is nog niet bewaard.")).to_be_visible()
    assert "rgb(11, 59, 82)" == seen.evaluate(
        "getComputedStyle(document.querySelector('.md-header')).backgroundColor"
    )  # in the style of the site
    assert before == real.text("partners/halt")
    assert "Een zin die er nog niet staat." == page.locator('[id="v.beschrijving.0"]').input_value()
    made.close()


def test_after_saving_the_page_of_the_site_says_what_was_saved(
    browser: Browser, tmp_path: Path
) -> None:
    shutil.copytree(MINI, tmp_path / "kb")
    shutil.copytree(ROOT / "site", tmp_path / "kb" / "site")
    shutil.copy(ROOT / "mkdocs.yml", tmp_path / "kb")
    for served in serve(tmp_path / "kb"):
        made = context(browser, served)
        page, site = made.new_page(), made.new_page()
        site.goto(served.address.replace("bewerken/", f"{PARTNER}/"))
        page.goto(site.url)
        page.get_by_role("link", name="Wijzig deze bladzijde").click()
        assert page.url == served.address + PARTNER
        fill(page, beschrijving__0="Een zin die net is bewaard.")
        further(page)
        press(page, "Bewaar")
        expect(site.get_by_text("Een zin die net is bewaard.")).to_be_visible()  # it came by itself
        page.get_by_role("link", name="Bekijk de pagina").click()

        expect(page.get_by_text("Een zin die net is bewaard.")).to_be_visible()
        made.close()
