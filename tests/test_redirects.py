"""`omleidingen.yaml`: an old address goes on to work: on the site, in the graph, in a question."""

from __future__ import annotations

import shutil
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from conftest import MINI, ROOT
from kadernota.asking import ask
from kadernota.asking.questions import questions
from kadernota.cli import main
from kadernota.model import File, Loaded, Sources
from kadernota.pipeline import build, check, load
from kadernota.publishing import downloads
from kadernota.publishing.pages import moved as page_at
from kadernota.serve.live import Live
from kadernota.serve.session import Session
from kadernota.sources import REDIRECTS, read

if TYPE_CHECKING:
    from playwright.sync_api import Browser

OLD, NEW = "partners/straathoekwerk", "partners/jongerenwerk"


def with_redirects(text: str) -> Sources:
    return replace(read(MINI), redirects=File(REDIRECTS, text.encode()))


@pytest.fixture(scope="module")
def moved() -> Loaded:
    found = load(with_redirects(f"# verhuisd\n{OLD}: {NEW}\n"))
    assert isinstance(found, Loaded), found
    return found


def test_without_the_file_there_are_none() -> None:
    loaded = load(read(MINI))
    assert isinstance(loaded, Loaded)

    assert {} == loaded.redirects


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"{OLD}: partners/jongerenwrk\n", f"1:{len(OLD) + 3} Verwijs naar een ding dat bestaat; "
         "'partners/jongerenwrk' bestaat niet. Bedoelde je partners/jongerenwerk?"),
        (f"{NEW}: begrippen/overlast\n", f"1:1 Haal deze omleiding weg: '{NEW}' bestaat zelf."),
        (f"partners/a: {OLD}\n{OLD}: {NEW}\n",
         f"1:13 Leid direct om naar '{NEW}'; '{OLD}' is zelf een oud adres."),
        ("partners/a: partners/a\n",
         "1:13 Leid om naar een ding dat bestaat; 'partners/a' leidt naar zichzelf."),
        (f"partners/a:\n  - {NEW}\n", "2:3 Schrijf achter 'partners/a:' één nieuw adres."),
        (f"{OLD}: {NEW}#straat\n",
         f"1:{len(OLD) + 3} Leid om naar een heel ding; haal # weg en wat erachter staat."),
        (f"{OLD}#a: {NEW}\n", "1:1 Schrijf vooraan het oude adres van een heel ding,"
         " bijvoorbeeld partners/oude-naam."),
        (f"../x: {NEW}\n", "1:1 Schrijf vooraan het oude adres van een heel ding,"
         " bijvoorbeeld partners/oude-naam."),
        (f"partner/a: {NEW}\n", "1:1 Noem een map die bestaat; data/partner/ kent niemand."),
        (f"{OLD}: {NEW}\n{OLD}: {NEW}\n",
         f"2:1 Verwijder één van beide: '{OLD}:' staat ook op regel 1."),
        ("", "1:1 Vul dit bestand, of verwijder het."),
    ],
)  # fmt: skip
def test_a_mistake_is_said_with_its_place_and_remedy(text: str, said: str) -> None:
    found = load(with_redirects(text))
    assert not isinstance(found, Loaded)
    told = [
        f"{p.place.file} {p.place.line}:{p.place.column} {p.message} {p.hint}".rstrip()
        for p in found
    ]

    assert [f"{REDIRECTS} {said}"] == told


def test_a_reference_to_an_old_address_is_told_the_new_one() -> None:
    sources = with_redirects(f"{OLD}: {NEW}\n")
    data = tuple(
        File(f.path, f.content.replace(f"- {NEW}\n".encode(), f"- {OLD}#straat\n".encode()))
        for f in sources.data
    )
    found = load(replace(sources, data=data))
    assert not isinstance(found, Loaded)

    assert {f"Schrijf het nieuwe adres; '{OLD}' heet nu anders."} == {p.message for p in found}
    assert {f"{NEW}#straat"} == {p.suggestion for p in found}


def test_the_graph_says_which_address_replaces_which(moved: Loaded) -> None:
    base = moved.settings.base
    found = ask.free(
        ask.store(moved),
        f"PREFIX dct: <http://purl.org/dc/terms/> ASK {{ GRAPH ?g {{"
        f" <{base}{OLD}> dct:isReplacedBy <{base}{NEW}> }} }}",
    )
    plain = load(read(MINI))
    assert isinstance(plain, Loaded)

    assert found
    assert plain.asserted.items == moved.asserted.items


def test_the_old_turtle_says_the_same_of_the_thing_and_where_it_went(moved: Loaded) -> None:
    base = moved.settings.base
    made = {path: make() for path, make in downloads.each(moved) if path.startswith("partners/")}
    old, new = (
        {q.triple for q in ox.parse(made[f"{a}.ttl"], format=ox.RdfFormat.TURTLE)}
        for a in (OLD, NEW)
    )
    way = ox.NamedNode("http://purl.org/dc/terms/isReplacedBy")

    assert new
    assert old - new == {ox.Triple(ox.NamedNode(base + OLD), way, ox.NamedNode(base + NEW))}
    assert f"{OLD}.jsonld" in made


def test_every_old_address_has_a_page_in_the_site() -> None:
    sources = with_redirects(f"{OLD}: {NEW}\n")
    loaded = load(sources)
    assert isinstance(loaded, Loaded)
    asked, _ = questions(sources.queries)
    made = build(loaded, check(loaded), asked, sources)
    page = next(f for f in made.pages if f.path == f"{OLD}/index.html").content.decode()

    assert '<a href="../../partners/jongerenwerk/">Jongerenwerk Voorbeeldstad</a>' in page
    assert not any(f.path == f"{OLD}.md" for f in made.pages)


def test_the_site_on_this_computer_has_it_too(tmp_path: Path) -> None:
    root = Path(shutil.copytree(MINI, tmp_path / "mini"))
    shutil.copy(ROOT / "mkdocs.yml", root)
    shutil.copytree(ROOT / "site", root / "site")
    (root / REDIRECTS).write_text(f"{OLD}: {NEW}\n")
    live = Live(Session(root))
    found = [live.shown(path) for path in (f"{OLD}/", f"{OLD}/index.html")]

    assert page_at(NEW, "Jongerenwerk Voorbeeldstad") == found[0].content == found[1].content
    assert {(200, "text/html")} == {(f.status, f.kind.partition(";")[0]) for f in found}


def test_the_page_leads_on_without_javascript(browser: Browser, tmp_path: Path) -> None:
    for path, text in (
        (f"{OLD}/index.html", page_at(NEW, "Jongeren & werk <b>")),
        (f"{NEW}/index.html", b"<title>Er</title>"),
    ):
        (tmp_path / path).parent.mkdir(parents=True)
        (tmp_path / path).write_bytes(text)
    handler = partial(SimpleHTTPRequestHandler, directory=str(tmp_path))
    with (
        ThreadingHTTPServer(("127.0.0.1", 0), handler) as server,
        browser.new_context(java_script_enabled=False) as context,
    ):
        Thread(target=server.serve_forever).start()
        page = context.new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/{OLD}/")
        page.wait_for_url(f"**/{NEW}/")
        title = page.title()
        server.shutdown()

    assert "Er" == title


@pytest.mark.parametrize("command", ["ask", "waarom"])
def test_asking_by_an_old_address_gives_the_same_answer_and_a_note(
    command: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    mini = Path(shutil.copytree(MINI, tmp_path / "mini"))
    (mini / REDIRECTS).write_text(f"{OLD}: {NEW}\n")
    monkeypatch.chdir(mini)

    def said(address: str) -> tuple[int, str, str]:
        if command == "ask":
            code = main(["ask", "speerpunten-van-partner", "--partner", address])
        else:
            code = main(["waarom", address, "werktAan", "speerpunten/jeugd"])
        found = capsys.readouterr()
        return code, found.out, found.err

    code, out, err = said(OLD)

    assert (0, f"{OLD} heet nu {NEW}.\n") == (code, err)
    assert (0, out, "") == said(NEW)
    assert out
