"""The page "Vraag het" in a real browser: the same answers as everywhere, and nobody is harmed."""

from __future__ import annotations

import csv
import gzip
import json
import shutil
import subprocess
from io import StringIO
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
from asked import Asked
from axe_playwright_python.sync_playwright import Axe
from conftest import CHROMIUM, ROOT
from kadernota.asking.ask import ask, store
from kadernota.asking.formats import csv_text, json_text
from kadernota.asking.questions import questions
from kadernota.publishing.browser import choices
from kadernota.publishing.tables import Table, table
from kadernota.publishing.views import Views

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kadernota.asking.questions import Question
    from kadernota.model import Loaded, Sources
    from playwright.sync_api import Browser

pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="install Debian's chromium to look at the site in a browser"
)
EXTREMISM = "speerpunten/extremisme-en-maatschappelijk-ongenoegen"
PHONE, DESKTOP = 360, 1280
FOCUSED = "document.activeElement.id || document.activeElement.innerText"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.fixture
def asked(site: tuple[str, Path], browser: Browser) -> Iterator[Asked]:
    context = browser.new_context(viewport={"width": DESKTOP, "height": 900}, locale="nl-NL")
    found = Asked(context.new_page(), site[0])
    yield found
    context.close()

    assert ([], [], []) == (found.errors, found.elsewhere, found.dialogs)


def plain(made: Table) -> dict[str, Any]:
    """A table as the page in the browser makes it."""
    rows = [[[[v.text, v.target] for v in cell] for cell in row] for row in made.rows]
    return {"columns": list(made.columns), "given": [[*g] for g in made.given], "rows": rows}


def test_every_question_has_the_same_table_as_on_the_pages_of_the_site(
    asked: Asked, loaded: Loaded, sources: Sources
) -> None:
    views, graph = Views(loaded), store(loaded)
    every = questions(sources.queries)[0]
    cases: list[tuple[Question, dict[str, str]]] = [(q, {}) for q in every]
    for q in every:
        for p in q.parameters:
            if p.cls:
                iris = [iri for iri, _ in choices(p.cls, views)]
                cases += [(q, {p.name: iri}) for iri in iris[:: max(1, len(iris) // 3)]]
    expected = [plain(table(ask(graph, loaded, q, given), q, views)) for q, given in cases]

    asked.open()
    found = asked.run(
        """const made = [];
        for (const [name, values] of given) {
          const question = index.questions.find((q) => q.name === name);
          const { sparql } = filled(question, new Map(Object.entries(values)), index, names);
          const answer = await asker.ask(sparql, { most: 1e6 });
          const { columns, given, rows } = table(answer, question, names);
          const cells = rows.map((row) => row.cells.map((c) => c.map((v) => [v.text, v.target])));
          made.push({ columns, given, rows: cells });
        }
        return made;""",
        [(q.name, given) for q, given in cases],
    )

    assert len(cases) > 180
    different = [
        (c[0].name, c[1]) for c, a, b in zip(cases, expected, found, strict=True) if a != b
    ]
    assert different == []


def test_a_council_member_finds_who_works_on_extremism_on_a_phone(
    site: tuple[str, Path], browser: Browser
) -> None:
    context = browser.new_context(viewport={"width": PHONE, "height": 740}, has_touch=True)
    asked = Asked(context.new_page(), site[0])
    asked.page.goto(site[0])
    box = asked.page.get_by_role("search", name="Vraag het").get_by_role("searchbox")
    box.fill("wie werkt er aan extremisme")
    box.press("Enter")
    asked.page.get_by_role("link", name="Welke partners werken aan een speerpunt").first.click()
    asked.answered()

    # Tabel van hoofdstuk 4 en de rijen van het speerpunt: partners met een eigen rol.
    names = {row[1] for row in asked.cells}
    assert {"AIVD", "NCTV", "Jongerenwerk", "Onderwijsinstellingen"} <= names
    address = parse_qs(urlsplit(asked.page.url).query)
    assert address == {"vraag": ["partners-per-speerpunt"], "speerpunt": [EXTREMISM]}
    assert asked.page.evaluate("document.documentElement.scrollWidth") == PHONE
    assert ([], [], []) == (asked.errors, asked.elsewhere, asked.dialogs)
    context.close()


def test_an_answer_can_be_shared_and_gone_back_from(asked: Asked) -> None:
    asked.ask(vraag="partners-per-speerpunt", speerpunt=EXTREMISM, ookIndirect="true")
    before = asked.cells
    assert asked.page.get_by_label("Speerpunt").input_value() == EXTREMISM
    assert any("Sociale Zaken" in row[1] for row in before)

    asked.page.get_by_label("Ook indirect").select_option("false")
    asked.page.get_by_role("button", name="Toon het antwoord").first.click()
    asked.page.wait_for_url("**ookIndirect=false")
    asked.answered()
    assert not any("Sociale Zaken" in row[1] for row in asked.cells)

    asked.page.go_back()
    asked.page.wait_for_function("document.querySelectorAll('#antwoord tbody tr').length === 13")
    assert asked.cells == before


def test_the_form_on_the_page_of_a_question_leads_to_its_answer(asked: Asked) -> None:
    asked.page.goto(asked.base + "vragen/speerpunten-op-datum/")
    asked.page.get_by_label("Datum").fill("2024-05-01")
    asked.page.get_by_role("button", name="Toon het antwoord").click()
    asked.answered()

    assert {row[-2] for row in asked.cells} == {
        "Problematische jeugd(groepen)",
        "Ondermijning",
        "Extremisme en maatschappelijk ongenoegen",
        "Digitale criminaliteit",
        "Zorg en veiligheid",
    }


def test_why_leads_to_the_passage(asked: Asked) -> None:
    asked.ask(vraag="speerpunten-van-partner", partner="partners/aivd")
    asked.page.get_by_role("button", name="Waarom?").first.click()

    told = asked.page.locator(".waarom-uitleg")
    told.wait_for()
    name = "Extremisme en maatschappelijk ongenoegen"
    assert f"AIVD – werkt direct aan – {name}, want:" in told.inner_text()
    assert "Regel:" in told.inner_text()
    # De rol staat in de rij van de AIVD in de tabel van hoofdstuk 5.
    passage = told.get_by_role("link", name="rij AIVD").first
    asked.page.goto(passage.evaluate("(link) => link.href"))
    anchor = asked.page.url.partition("#")[2]
    assert asked.page.locator(f"[id='{anchor}']").count() == 1


def test_your_own_sparql_is_answered_and_can_be_taken_along(asked: Asked) -> None:
    sparql = "SELECT ?a WHERE { VALUES ?a { 1 2.5 true } }"
    asked.ask(sparql=sparql)
    assert asked.cells == [["1"], ["2,5"], ["ja"]]

    with asked.page.expect_download() as csv_file:
        asked.page.get_by_role("button", name="Antwoord als CSV").click()
    with asked.page.expect_download() as json_file:
        asked.page.get_by_role("button", name="Antwoord als JSON").click()

    assert csv_file.value.path().read_text().split() == ["a", "1", "2.5", "true"]
    bindings = json.loads(json_file.value.path().read_text())["results"]["bindings"]
    assert [b["a"]["value"] for b in bindings] == ["1", "2.5", "true"]


def test_the_files_say_what_the_files_of_the_site_say(
    asked: Asked, loaded: Loaded, sources: Sources
) -> None:
    graph = store(loaded)
    asked.open()
    for q in questions(sources.queries)[0][::9]:
        answer = ask(graph, loaded, q, {})
        found = asked.run(
            """const question = index.questions.find((q) => q.name === given);
            const { sparql } = filled(question, new Map(), index, names);
            return [await asker.file(sparql, "csv"), await asker.file(sparql, "json")];""",
            q.name,
        )
        rows = list(csv.reader(StringIO(found[0]["text"])))
        assert rows == list(csv.reader(StringIO(csv_text(answer)))), q.name
        mine, theirs = json.loads(found[1]["text"]), json.loads(json_text(answer))
        assert mine["results"]["bindings"] == theirs["results"]["bindings"], q.name


def test_yes_or_no_statements_and_nothing(asked: Asked) -> None:
    kn = "PREFIX kn: <https://w3id.org/kadernota/def#> "
    asked.ask(sparql=kn + "ASK { ?a a kn:Speerpunt }")
    assert asked.page.locator(".ja-nee").inner_text() == "Ja"

    asked.ask(sparql=kn + "CONSTRUCT { ?a kn:partner ?b } WHERE { ?b kn:werktDirectAan ?a }")
    asked.page.get_by_role("button", name="Teken als netwerk").click()
    picture = asked.page.get_by_role("group", name="Netwerk:")
    picture.wait_for()
    assert picture.get_by_role("link").count() >= 30

    asked.ask(sparql="SELECT ?a WHERE { ?a a <https://example.org/niets> }")
    assert "Het antwoord is leeg" in asked.answer.inner_text()


def test_a_series_is_a_chart_with_the_figures_in_words(asked: Asked) -> None:
    asked.ask(vraag="ontwikkeling-van-indicator", indicator="indicatoren/woninginbraak")
    chart = asked.page.get_by_role("img", name="Woninginbraak")
    chart.wait_for()

    # Tabel 1 van de kadernota, rij woninginbraak.
    said = chart.get_attribute("aria-label") or ""
    assert "2019 200; 2020 188; 2021 130; 2022 96" in said
    assert "begint bij 0" in said


def test_a_runaway_question_is_stopped_and_the_page_goes_on(asked: Asked) -> None:
    asked.open()
    told, ticks = asked.run(
        """let ticks = 0;
        const tick = setInterval(() => ticks += 1, 50);
        await asker.open();
        const told = await asker.ask(given, { seconds: 2 }).catch((error) => error.message);
        clearInterval(tick);
        const { rows } = await asker.ask("SELECT ?a { BIND(7 AS ?a) }");
        return [told + rows[0].a.value, ticks];""",
        ENDLESS,
    )

    assert told.startswith("Deze vraag duurde langer dan 2 seconden en is gestopt.")
    assert told.endswith("7")
    assert ticks >= 20


def test_the_reader_can_stop_a_question(asked: Asked) -> None:
    asked.open(sparql=ENDLESS)
    asked.page.get_by_role("button", name="Stop").click()
    asked.page.wait_for_selector("#antwoord .fout")

    assert asked.message == "U hebt de vraag gestopt."


def test_it_works_without_network_once_it_has_answered(
    site: tuple[str, Path], browser: Browser
) -> None:
    context = browser.new_context()
    asked = Asked(context.new_page(), site[0])
    asked.ask(vraag="partners-per-speerpunt", speerpunt=EXTREMISM)
    before = asked.cells
    asked.page.wait_for_function(
        """async () => (await (await caches.open("vraag-het")).keys())
          .some((r) => r.url.endsWith("vendor/editor.js"))"""
    )
    context.set_offline(True)
    asked.ask(vraag="partners-per-speerpunt", speerpunt=EXTREMISM)
    assert asked.cells == before

    asked.page.get_by_role("button", name="Waarom?").first.click()
    asked.page.locator(".waarom-uitleg").wait_for()
    asked.page.get_by_text("Zelf een vraag schrijven").click()
    asked.page.locator(".cm-editor").wait_for()
    context.close()


def test_the_editor_completes_our_words(asked: Asked) -> None:
    asked.open()
    asked.page.get_by_text("Zelf een vraag schrijven").click()
    asked.page.locator(".cm-editor").wait_for()
    field = asked.page.get_by_role("textbox", name="Vraag in SPARQL")
    field.click()
    asked.page.keyboard.press("Control+a")
    asked.page.keyboard.type("SELECT ?a WHERE { ?a kn:werktInd")
    option = asked.page.get_by_role("option", name="kn:werktIndirectAan")
    option.wait_for()
    asked.page.wait_for_timeout(120)  # the editor takes no answer in its first moments
    asked.page.keyboard.press("Enter")
    assert "kn:werktIndirectAan" in field.inner_text()


def test_the_keyboard_alone_is_enough(asked: Asked) -> None:
    asked.open()
    asked.page.locator("#q").focus()
    asked.page.keyboard.type("partners extremisme")
    asked.page.keyboard.press("Enter")
    assert asked.page.evaluate("document.activeElement.closest('#voorstellen') !== null")
    asked.page.get_by_role("link", name="Welke partners werken").first.focus()
    asked.page.keyboard.press("Enter")
    asked.answered()
    assert asked.page.evaluate("document.activeElement.tagName") == "H2"
    reached = set()
    for _ in range(12):
        asked.page.keyboard.press("Tab")
        reached.add(
            asked.page.evaluate("document.activeElement.id || document.activeElement.innerText")
        )
    assert {"p-speerpunt", "p-ookIndirect", "Toon het antwoord"} <= reached


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_state_of_the_page_is_accessible(
    site: tuple[str, Path], browser: Browser, width: int, scheme: Any
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce"
    )
    asked = Asked(context.new_page(), site[0])
    axe = Axe()
    wrong: list[tuple[str, str, str]] = []

    def look(state: str) -> None:
        found = axe.run(asked.page, options={"resultTypes": ["violations"]}).response["violations"]
        wrong.extend((state, f["id"], f["nodes"][0]["html"][:90]) for f in found)
        if asked.page.evaluate("document.documentElement.scrollWidth") > width:
            wrong.append((state, "wider than the screen", ""))

    asked.open(zoek="extremisme")
    look("found")
    asked.ask(vraag="speerpunten-van-partner", partner="partners/aivd")
    asked.page.get_by_role("button", name="Waarom?").first.click()
    asked.page.locator(".waarom-uitleg").wait_for()
    asked.page.get_by_role("button", name="Teken als netwerk").click()
    asked.page.get_by_role("group", name="Netwerk:").wait_for()
    look("answer, why and network")
    asked.ask(vraag="ontwikkeling-van-indicator", indicator="indicatoren/geweld")
    asked.page.get_by_role("img", name="Geweld").wait_for()
    look("chart")
    asked.ask(sparql="SELECT nonsense")
    asked.page.locator(".cm-editor").wait_for()
    look("mistake and editor")
    context.close()

    assert wrong == []


def test_without_script_the_page_says_where_to_go(site: tuple[str, Path], browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site[0] + "vraag/")

    assert "Voor deze pagina is JavaScript nodig" in page.locator("main").inner_text()
    assert not page.locator("#q").is_visible()
    context.close()


def test_what_comes_from_npm_is_what_npm_has(tmp_path: Path) -> None:
    if not (ROOT / "node_modules" / "ready").exists() or not shutil.which("node"):
        pytest.skip("npm's packages are not here: make node_modules/ready")
    subprocess.run(["node", "site/vendor.mjs", str(tmp_path)], cwd=ROOT, check=True)

    kept = ROOT / "site" / "assets" / "vraag" / "vendor"
    names = {p.name for p in kept.iterdir()}
    assert names == {p.name for p in tmp_path.iterdir()}
    for name in names:
        made, here = ((folder / name).read_bytes() for folder in (tmp_path, kept))
        if name.endswith(".gz"):  # another zlib may press another way
            made, here = gzip.decompress(made), gzip.decompress(here)
        assert made == here, name
