"""The CMS as people meet it, in a real browser, on a folder of files that only the browser has."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass, field, replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import CHROMIUM, MINI
from kadernota import write
from kadernota.model import File, Loaded
from kadernota.pipeline import check, load
from kadernota.sources import read
from managed import INSTALLED, WHY, pages, with_forge
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kadernota.model import Sources
    from playwright.sync_api import Browser, Locator, Page, Route

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="install Debian's chromium to look in a browser"),
    pytest.mark.skipif(not INSTALLED, reason=WHY),
]
PHONE, DESKTOP = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
# The test backend of the CMS: a folder in the browser itself.
FOLDER = (
    "(await navigator.storage.getDirectory())"
    ".getDirectoryHandle('sveltia-cms-test', {create: true})"
)
BACKEND = re.compile(rb"(?s)^backend:.*?\npublish_mode: \w+\n")
PUT = f"""async (files) => {{
  const root = await {FOLDER};
  for (const [path, text] of files) {{
    let folder = root;
    const parts = path.split('/');
    for (const part of parts.slice(0, -1))
      folder = await folder.getDirectoryHandle(part, {{create: true}});
    const out = await (await folder.getFileHandle(parts.at(-1), {{create: true}})).createWritable();
    await out.write(text);
    await out.close();
  }}
}}"""
GET = f"""async (path) => {{
  let found = await {FOLDER};
  const parts = path.split('/');
  try {{
    for (const part of parts.slice(0, -1)) found = await found.getDirectoryHandle(part);
    return await (await (await found.getFileHandle(parts.at(-1))).getFile()).text();
  }} catch {{ return null; }}
}}"""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        del format, args


@dataclass
class Desk:
    """Someone at work in the CMS, and every address that the browser asked for elsewhere."""

    page: Page
    address: str
    elsewhere: list[str] = field(default_factory=list)

    def guard(self, route: Route) -> None:
        url = route.request.url
        if url.startswith((self.address, "blob:", "data:")):
            route.continue_()
        else:
            self.elsewhere.append(url)
            route.abort()

    def begin(self, files: dict[str, str]) -> None:
        self.page.goto(self.address + "beheer/LEESMIJ")  # the same origin, without the CMS
        self.page.evaluate(PUT, list(files.items()))
        self.page.goto(self.address + "beheer/index.html")
        self.page.get_by_role("button", name="Werken met een testrepository").click()
        expect(self.page.get_by_text("Achtergronden").first).to_be_visible()

    def open(self, path: str) -> None:
        self.page.goto(f"{self.address}beheer/index.html#/collections/{path}")
        expect(self.page.get_by_role("button", name="Opslaan")).to_be_visible()

    def field(self, key: str) -> Locator:
        """A field, scrolled to: those far below are only made when they come near."""
        found = self.page.locator(f'section[data-key-path="{key}"]')
        self.page.mouse.move(300, 500)
        for _ in range(60):
            if found.count():
                break
            self.page.mouse.wheel(0, 300)
            self.page.wait_for_timeout(50)
        found.scroll_into_view_if_needed()
        return found

    def fill(self, key: str, text: str) -> None:
        self.field(key).locator("input[type=text], textarea").first.fill(text)

    def choose(self, key: str, words: str, option: str) -> None:
        self.field(key).get_by_role("combobox").click()
        self.page.get_by_role("searchbox").last.fill(words)
        self.page.get_by_role("option", name=option).first.click()

    def save(self) -> None:
        self.page.get_by_role("button", name="Opslaan").click()

    def stored(self, path: str) -> Any:
        return self.page.evaluate(GET, path)

    def saved(self, path: str, before: Any) -> str:
        """What is stored after saving, as soon as that is something else."""
        self.save()
        for _ in range(100):
            if (now := self.stored(path)) not in {before, None}:
                return str(now)
            self.page.wait_for_timeout(50)
        raise AssertionError(self.page.inner_text("body"))


def texts(sources: Sources) -> dict[str, str]:
    return {f.path: f.content.decode() for f in sources.data}


@pytest.fixture(scope="module")
def mini() -> Sources:
    return read(MINI)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", tmp_path
        server.shutdown()


@pytest.fixture
def desk(browser: Browser, served: tuple[str, Path]) -> Iterator[Desk]:
    address, _ = served
    context = browser.new_context(viewport=DESKTOP, locale="nl-NL")  # type: ignore[arg-type]
    found = Desk(context.new_page(), address)
    context.route("**/*", found.guard)
    yield found
    context.close()

    assert [] == found.elsewhere


def publish(sources: Sources, folder: Path) -> dict[str, bytes]:
    """Put the CMS where it is served; gives its pages."""
    empty = folder / "leeg"
    empty.mkdir()
    made = pages(with_forge(sources, empty))
    files = (File(path.removeprefix("beheer/"), content) for path, content in made.items())
    write.folder(files, folder / "beheer")
    return made


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


def test_the_page_to_log_in_asks_nothing_elsewhere(
    desk: Desk, served: tuple[str, Path], mini: Sources
) -> None:
    publish(mini, served[1])
    desk.page.goto(desk.address + "beheer/index.html")

    expect(desk.page.get_by_role("button", name="Inloggen met een toegangstoken")).to_be_visible()
    expect(desk.page.get_by_role("button", name="lokale repository")).to_be_disabled()
    desk.page.wait_for_load_state("networkidle")


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
