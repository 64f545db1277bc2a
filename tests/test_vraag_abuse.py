"""Whoever makes the address, the question or the data: no script runs, nothing else is asked."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from asked import Asked
from conftest import CHROMIUM, MINI, hosted, site_of
from kadernota.model import Loaded
from kadernota.pipeline import load
from kadernota.sources import read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="install Debian's chromium to look at the site in a browser"
)
SCRIPT = "<img src=x onerror=alert(1)>"
SEVEN = "SELECT ?a { BIND(7 AS ?a) }"
NAMES = "SELECT ?a ?b ?c { ?a <http://www.w3.org/2004/02/skos/core#prefLabel> ?b ; ?p ?c }"
QUESTION = "partners-per-speerpunt"


@pytest.fixture(scope="module")
def one(site: tuple[str, Path], browser: Browser) -> Iterator[Asked]:
    """One page for all cases: what one does to it, the next would meet."""
    context = browser.new_context()
    found = Asked(context.new_page(), site[0])
    found.open()
    yield found
    context.close()


def unharmed(asked: Asked) -> None:
    """Nothing ran, nothing was asked elsewhere, and the page still answers."""
    assert ([], [], []) == (asked.errors, asked.elsewhere, asked.dialogs)
    assert asked.page.locator("#vraag-het :is(iframe, script, object)").count() == 0
    assert asked.page.locator("#vraag-het img:not(.cm-editor img)").count() == 0
    assert asked.run(f"return (await asker.ask('{SEVEN}')).rows[0].a.value") == "7"


ADDRESSES = [
    {"zoek": SCRIPT},
    {"zoek": "'\"><svg onload=alert(1)>"},
    {"zoek": "%00\u202e\ud7ff" * 90},
    {"zoek": "a" * 20_000},
    {"zoek": "(((((((((((a+)+)+)+)+)+)+)+)+)+)+$"},
    {"vraag": SCRIPT},
    {"vraag": "__proto__"},
    {"vraag": "constructor"},
    {"vraag": "../../downloads/kadernota.nq"},
    {"vraag": QUESTION, "speerpunt": SCRIPT},
    {"vraag": QUESTION, "speerpunt": "x> } SELECT * WHERE { ?s ?p ?o } #"},
    {"vraag": QUESTION, "speerpunt": "https://example.org/elders"},
    {"vraag": QUESTION, "speerpunt": "__proto__"},
    {"vraag": QUESTION, "speerpunt": "javascript:alert(1)"},
    {"vraag": QUESTION, "ookIndirect": "true } UNION { ?s ?p ?o"},
    {"vraag": "speerpunten-op-datum", "datum": '2024-01-01" } #'},
    {"vraag": "speerpunten-op-datum", "datum": "2024-02-31"},
    {"vraag": "toezeggingen-per-jaar", "jaar": "2024\n} INSERT"},
    {"vraag": "cijfers-uit-tabel", "tabel": "1e9999"},
    {"vraag": "normen-over", "adres": '\\" } SELECT * { ?a ?b ?c } #'},
    {"vraag": "niet-in-bron", "eigenschap": SCRIPT},
]


@pytest.mark.parametrize("given", ADDRESSES, ids=lambda g: " ".join(g.values())[:50])
def test_an_address_that_somebody_made_does_no_harm(one: Asked, given: dict[str, str]) -> None:
    one.open(**given)
    if one.page.locator("#vraag h2").count():
        one.answered()

    unharmed(one)


def test_a_value_that_is_not_known_gives_no_answer_at_all(one: Asked) -> None:
    for speerpunt in ("https://example.org/elders", "x> } #", "__proto__"):
        one.ask(vraag=QUESTION, speerpunt=speerpunt)
        assert one.message.endswith("is hier niet bekend. Kies uit de lijst.")
    one.ask(vraag="speerpunten-op-datum", datum="2024-02-31")
    assert one.message == "Datum: Schrijf een datum als jjjj-mm-dd."


def test_a_text_with_quotes_is_a_text(one: Asked) -> None:
    one.ask(vraag="normen-over", adres='\\" } SELECT * { ?a ?b ?c } #')

    assert "Het antwoord is leeg" in one.answer.inner_text()


QUERIES = {
    "SELECT * { SERVICE <https://example.org/sparql> { ?a ?b ?c } }": "Haal SERVICE weg",
    "SELECT * { SERVICE SILENT <http://127.0.0.1:9/> { ?a ?b ?c } }": "",
    "INSERT DATA { <a:a> <a:b> <a:c> }": "Haal INSERT weg",
    "DELETE WHERE { ?a ?b ?c }": "Haal DELETE weg",
    "LOAD <https://example.org/data.ttl>": "Haal LOAD weg",
    "CLEAR ALL": "Haal CLEAR weg",
    "DROP ALL": "Haal DROP weg",
    "SELECT * FROM <https://example.org/data.ttl> { ?a ?b ?c }": "",
    "SELECT * { ?a ?b ?c": "Herstel de SPARQL bij regel 1",
    f"SELECT ('{SCRIPT}' AS ?a) {{}}": "",
    "SELECT (IRI('javascript:alert(1)') AS ?a) ('x' AS ?aNaam) {}": "",
    "SELECT (IRI('data:text/html,<script>alert(1)</script>') AS ?a) {}": "",
    "SELECT (IRI('https://example.org/\"onmouseover=\"alert(1)') AS ?a) {}": "",
    "CONSTRUCT { <javascript:alert(1)> <javascript:alert(2)> <javascript:alert(3)> } WHERE {}": "",
    "SELECT * " + "{" * 30_000 + "}" * 30_000: "Maak de vraag korter",
    "SELECT (1" + "+1" * 200_000 + " AS ?a) {}": "Maak de vraag korter",
    "SELECT (<https://example.org/functie>(1) AS ?a) {}": "dat kan hier niet",
    "SELECT ?a { BIND(STRDT('2024', <javascript:x>) AS ?a) }": "",
    "SELECT (REPEAT('a', 9) AS ?a) {}": "Herstel de SPARQL",
    "\u0000\ufeff\u202eSELECT": "Herstel de SPARQL",
}


@pytest.mark.parametrize("sparql", QUERIES, ids=lambda q: q[:60])
def test_a_question_that_somebody_made_does_no_harm(one: Asked, sparql: str) -> None:
    before = one.run("await asker.open(); return (await asker.ask(given)).rows[0].n.value", COUNT)
    one.open()
    one.page.evaluate(
        """(sparql) => { document.getElementById("sparql").value = sparql;
          document.getElementById("eigen-vraag").requestSubmit(); }""",
        sparql,
    )
    one.answered()

    if QUERIES[sparql]:
        assert QUERIES[sparql] in one.message
    links = one.answer.locator("a").evaluate_all("(all) => all.map((a) => a.href)")
    assert all(link.startswith(("https://", one.base)) for link in links)
    unharmed(one)
    assert before == one.run("return (await asker.ask(given)).rows[0].n.value", COUNT)


COUNT = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c }"
LABELS = [
    SCRIPT,
    "</script><script>alert(1)</script>",
    "</textarea><svg/onload=alert(1)>",
    '" onfocus="alert(1)" autofocus="',
    "javascript:alert(1)",
    "{{ 7 * 7 }} {% raise %}",
    "[klik](javascript:alert(1)) ![](https://example.org/x.png)",
    "\\u003cscript\\u003e ${alert(1)}",
]


def test_what_stands_in_the_data_is_only_ever_text(tmp_path: Path, browser: Browser) -> None:
    shutil.copytree(MINI, tmp_path / "kb")
    files = sorted((tmp_path / "kb" / "data").glob("*/*.yaml"))
    named = [f for f in files if "\nnaam: " in f"\n{f.read_text()}"]
    used = dict(zip(named, LABELS * 9, strict=False))
    for file, name in used.items():
        lines = file.read_text().splitlines(keepends=True)
        quoted = name.replace("'", "''")
        file.write_text(
            "".join(f"naam: '{quoted}'\n" if x.startswith("naam: ") else x for x in lines)
        )
    sources = read(tmp_path / "kb")
    loaded = load(sources)
    assert isinstance(loaded, Loaded), loaded
    with hosted(site_of(loaded, sources, tmp_path / "build")) as base:
        context = browser.new_context()
        asked = Asked(context.new_page(), base)
        seen = ""
        for name in {*LABELS}:
            asked.open(zoek=name)
            asked.page.wait_for_timeout(30)
            seen += asked.page.locator("#voorstellen").inner_text()
        asked.ask(sparql=NAMES)
        seen += asked.answer.inner_text()
        asked.page.get_by_role("button", name="Teken als netwerk").click()
        for option in asked.run("return index.questions.map((q) => q.name)")[::9]:
            asked.ask(vraag=option)
            seen += asked.page.locator("#vraag-het").inner_text()
        assert all(label in seen for label in set(used.values()))
        unharmed(asked)
        context.close()
