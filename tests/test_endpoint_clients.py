"""Programs that people use elsewhere get their answers here too, without being told anything."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError

import pyoxigraph as ox
import pytest
import rdflib
from conftest import ROOT
from kadernota.asking import ask
from playwright.sync_api import expect
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore
from service import Running, running
from SPARQLWrapper import CSV, GET, JSON, JSONLD, POST, POSTDIRECTLY, RDFXML, TSV, TURTLE, XML
from SPARQLWrapper import SPARQLWrapper as Wrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kadernota.model import Loaded
    from playwright.sync_api import Browser, Page, Route

pytestmark = pytest.mark.filterwarnings("ignore:(ConjunctiveGraph|Dataset).* is deprecated")
YASGUI = ROOT / "node_modules" / "@zazuko" / "yasgui" / "build"
KN = "PREFIX kn: <https://w3id.org/kadernota/def#>\n"
PRIORITIES = f"{KN}SELECT ?ding {{ ?ding a kn:Speerpunt }}"
GIVEN = "https://w3id.org/kadernota/graph/gegeven"


@pytest.fixture(scope="module")
def service(loaded: Loaded) -> Iterator[Running]:
    with running(ask.store(loaded)) as found:
        yield found


@pytest.fixture(scope="module")
def things(loaded: Loaded) -> set[str]:
    """The priorities, as their files are named."""
    base = loaded.settings.base
    found = {s for s in loaded.asserted.index if s.startswith(f"{base}speerpunten/")}
    found = {s for s in found if "#" not in s}
    assert f"{base}speerpunten/ondermijning" in found
    return found


def wrapper(service: Running, sparql: str, method: str = GET, form: str = JSON) -> Any:
    found = Wrapper(service.sparql)
    found.setQuery(sparql)
    found.setMethod(method)
    found.setReturnFormat(form)
    return found


@pytest.mark.parametrize("method", [GET, POST, "directly"])
def test_sparqlwrapper_reads_rows(service: Running, things: set[str], method: str) -> None:
    asked = wrapper(service, PRIORITIES, POST if method == "directly" else method)
    if method == "directly":
        asked.setRequestMethod(POSTDIRECTLY)
    found = asked.queryAndConvert()["results"]["bindings"]

    assert things == {row["ding"]["value"] for row in found}


def test_sparqlwrapper_reads_every_form_that_it_knows(service: Running, things: set[str]) -> None:
    tables = {
        form: wrapper(service, PRIORITIES, form=form).queryAndConvert() for form in (CSV, TSV)
    }
    tree = wrapper(service, PRIORITIES, form=XML).queryAndConvert()
    found = tree.getElementsByTagName("uri")
    triples = {
        form: wrapper(
            service, f"{KN}CONSTRUCT WHERE {{ ?s a kn:Speerpunt }}", form=form
        ).queryAndConvert()
        for form in (TURTLE, RDFXML, JSONLD)
    }
    sizes = {
        len(g if isinstance(g, rdflib.Graph) else rdflib.Graph().parse(data=g, format="turtle"))
        for g in triples.values()
    }

    assert things == {node.firstChild.data for node in found}
    for form, table in tables.items():
        assert len(things) == len(table.decode().splitlines()) - 1, form
    assert {len(things)} == sizes
    assert wrapper(service, f"{KN}ASK {{ ?s a kn:Partner }}").queryAndConvert()["boolean"] is True


def test_sparqlwrapper_gets_our_words_for_a_mistake_and_no_update(service: Running) -> None:
    with pytest.raises(QueryBadFormed, match="Herstel de SPARQL bij regel 1"):
        wrapper(service, "SELECT * { ?s ?p ").query()
    update = wrapper(service, "CLEAR ALL", POST)
    with pytest.raises(HTTPError, match="403"):
        update.query()


def test_rdflib_sees_our_store_as_a_graph_of_its_own(service: Running, things: set[str]) -> None:
    graph = rdflib.Graph(SPARQLStore(service.sparql))
    kn = rdflib.Namespace("https://w3id.org/kadernota/def#")
    asked = f"{KN}CONSTRUCT WHERE {{ ?s a kn:Speerpunt }}"

    assert things == {str(s) for s in graph.subjects(rdflib.RDF.type, kn.Speerpunt)}
    assert things == {str(row[0]) for row in graph.query(PRIORITIES)}  # type: ignore[index]
    assert graph.query(f"{KN}ASK {{ ?s a kn:Speerpunt }}").askAnswer
    assert things == {str(s) for s in (graph.query(asked).graph or rdflib.Graph()).subjects()}


def test_rdflib_reads_one_of_our_graphs(service: Running, loaded: Loaded) -> None:
    graph = rdflib.Graph(SPARQLStore(service.sparql), identifier=rdflib.URIRef(GIVEN))
    (row,) = graph.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    stored = ox.Store()
    stored.extend(ox.Quad(t.subject, t.predicate, t.object) for t in loaded.asserted.items)

    assert len(stored) == int(str(row[0]))  # type: ignore[index]


def test_rdflib_cannot_write(service: Running) -> None:
    store = SPARQLUpdateStore(service.sparql, service.sparql)
    before = service.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows()
    with pytest.raises(HTTPError, match="403"):
        store.update("INSERT DATA { <x:a> <x:b> <x:c> }")

    assert before == service.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows()


def curl(*words: str) -> str:
    done = subprocess.run(
        ["curl", "-sS", "--max-time", "60", *words], capture_output=True, check=True
    )
    return done.stdout.decode()


@pytest.mark.skipif(not shutil.which("curl"), reason="curl is not here")
def test_curl_gets_what_it_asks_for(service: Running, things: set[str], tmp_path: Path) -> None:
    given = f"query={PRIORITIES}"
    table = curl("-G", service.sparql, "--data-urlencode", given, "-H", "Accept: text/csv")
    posted = curl(service.sparql, "--data-urlencode", given)
    query = tmp_path / "vraag.rq"
    query.write_text(PRIORITIES)
    kind = "Content-Type: application/sparql-query"
    direct = curl(service.sparql, "--data-binary", f"@{query}", "-H", kind)
    head = curl("-I", "-G", service.sparql, "--data-urlencode", given)
    packed = curl(f"{service.address}graph?graph={GIVEN}", "-H", "Accept: text/turtle")

    assert things == set(table.splitlines()[1:])
    for text in (posted, direct):
        assert things == {r["ding"]["value"] for r in json.loads(text)["results"]["bindings"]}
    assert head.startswith("HTTP/1.1 200 OK")
    assert 10_000 < len(rdflib.Graph().parse(data=packed, format="turtle"))


@pytest.fixture
def yasgui(service: Running, browser: Browser, served: tuple[str, Path]) -> Iterator[Page]:
    """YASGUI on a site of somebody else, with our service as its endpoint."""
    if not YASGUI.is_dir():
        pytest.skip("YASGUI is not here: make node_modules/ready (needs npm)")
    address, folder = served
    for name in ("yasgui.min.js", "yasgui.min.css"):
        shutil.copy(YASGUI / name, folder / name)
    (folder / "index.html").write_text(
        "<!doctype html><meta charset=utf-8><link rel=stylesheet href=yasgui.min.css>"
        "<div id=hier></div>"
        "<script src=yasgui.min.js></script><script>"
        "new Yasgui(document.getElementById('hier'), {requestConfig: {endpoint: "
        f"'{service.sparql}'}}, copyEndpointOnNewTab: false}});</script>"
    )

    def guard(route: Route) -> None:
        if route.request.url.startswith((address, service.address, "data:", "blob:")):
            route.continue_()
        else:
            route.abort()  # it would ask other sites for prefixes

    context = browser.new_context()
    context.route("**/*", guard)
    page = context.new_page()
    page.goto(address)
    yield page
    context.close()


def put(page: Page, sparql: str) -> None:
    """Type a query in the editor of YASGUI and run it."""
    page.locator(".CodeMirror").first.evaluate("(e, q) => e.CodeMirror.setValue(q)", sparql)
    page.locator(".yasqe_queryButton").first.click()


def test_yasgui_on_another_site_shows_our_answers_and_our_mistakes(
    yasgui: Page, things: set[str]
) -> None:
    page = yasgui
    cells = page.locator(".yasr table.dataTable tbody td:last-child")
    put(page, f"{PRIORITIES} ORDER BY ?ding")
    expect(cells.filter(has_text="speerpunten/ondermijning").first).to_be_visible()

    assert things == {a.get_attribute("href") for a in cells.locator("a").all()}

    put(page, f"{KN}CONSTRUCT WHERE {{ ?s a kn:Speerpunt }}")
    expect(page.locator(".yasr").get_by_role("link", name="kn:Speerpunt").first).to_be_visible()

    put(page, "SELECT * { ?s ?p ?o FILTER(<x:y>(?o)) }")
    expect(page.locator(".yasr").get_by_text("de vraag gebruikt <x:y>").first).to_be_visible()
