"""Every page can be read, by everyone, and every link on it leads somewhere."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field, replace
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise
from posixpath import join, normpath
from typing import TYPE_CHECKING

import markdown
import pytest
from conftest import MINI, ROOT
from kadernota import write
from kadernota.asking.ask import ask, store
from kadernota.asking.audience import AUDIENCES
from kadernota.asking.questions import questions
from kadernota.commands.registry import first_question
from kadernota.model import Loaded, Sources
from kadernota.names import KN, SOURCE, TYPE
from kadernota.pipeline import build, check, load
from kadernota.publishing import notation
from kadernota.publishing.charts import Point, bars
from kadernota.publishing.nota import read_into, resting
from kadernota.publishing.tables import table
from kadernota.publishing.views import Views
from kadernota.sources import read
from test_markup import CONFIGS, EXTENSIONS, Seen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FETCHED = {"script": "src", "img": "src", "iframe": "src", "source": "src", "link": "href"}


@dataclass
class Page(HTMLParser):
    """What the tests look at in one page."""

    address: str
    html: str
    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    levels: list[int] = field(default_factory=list)
    elements: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.inside: list[str] = []
        self.feed(self.html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.elements.append((tag, found))
        self.inside.append(tag)
        if found.get("id"):
            self.ids.append(str(found["id"]))
        if tag == "a" and found.get("href") is not None:
            self.links.append(str(found["href"]))
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.texts[self.inside[-1]] = self.texts.get(self.inside[-1], "") + data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def page_address(path: str) -> str:
    """Where mkdocs puts a page: `a/b.md` becomes `a/b/`."""
    return re.sub(r"(^|/)index$", r"\1", path.removesuffix(".md")).rstrip("/") + "/"


def files_of(sources: Sources) -> dict[str, bytes]:
    loaded = load(sources)
    assert isinstance(loaded, Loaded), loaded
    built = build(loaded, check(loaded), questions(sources.queries)[0], sources)
    return {f.path: f.content for f in built.pages}


def pages_of(files: dict[str, bytes]) -> dict[str, Page]:
    """Each page as Python-Markdown renders it, by its address."""
    convert = markdown.Markdown(extensions=EXTENSIONS, extension_configs=CONFIGS)
    found = {}
    for path, content in files.items():
        if path.endswith(".md"):
            body = content.decode().split("---\n", 2)[2]
            found[page_address(path)] = Page(page_address(path), convert.reset().convert(body))
    return found


@pytest.fixture(scope="module")
def files(sources: Sources) -> dict[str, bytes]:
    return files_of(sources)


@pytest.fixture(scope="module")
def pages(files: dict[str, bytes]) -> dict[str, Page]:
    return pages_of(files)


@pytest.fixture(scope="module")
def mini() -> dict[str, bytes]:
    return files_of(read(MINI))


def test_every_thing_has_a_page(loaded: Loaded, pages: dict[str, Page]) -> None:
    assert set() == {f"{a}/" for a in Views(loaded).addresses} - set(pages)


def test_the_readme_shows_what_a_build_says(loaded: Loaded, files: dict[str, bytes]) -> None:
    shown = (ROOT / "README.md").read_text()
    asked = len(list((ROOT / "queries").glob("*.rq")))

    assert f"\n{asked} vragen beantwoord, {len(files)} bestanden voor de site.\n" in shown
    assert f"\nProbeer nu: {first_question(Views(loaded))}\n" in shown


def test_every_folder_and_every_question_has_a_page(loaded: Loaded, pages: dict[str, Page]) -> None:
    folders = {f"{f.folder}/" for f in loaded.forms.values() if f.folder}
    asked = {f"vragen/{p.stem}/" for p in (ROOT / "queries").glob("*.rq")}

    assert set() == (folders | asked) - set(pages)


@pytest.mark.parametrize("of", ["files", "mini"])
def test_a_question_with_an_answer_stands_under_who_asks_it(
    of: str, sources: Sources, request: pytest.FixtureRequest
) -> None:
    text = request.getfixturevalue(of)["vragen/index.md"].decode()
    audience = {q.name: q.audience for q in questions(sources.queries)[0]}
    heads = {words: one for one, words in AUDIENCES.items()}
    groups = [(part.split(" {:")[0], part) for part in text.split("\n## ")[1:]]
    under = {
        name: heads.get(who, who)
        for who, part in groups
        for name in re.findall(r'href="[^"]*?([a-z0-9-]+)/">', part)
    }
    told = {name for name, who in under.items() if who == "Nog zonder antwoord"}

    assert set(audience) == set(under)
    assert [] == [n for n, who in under.items() if n not in told and who != audience[n]]
    assert (of == "mini") == bool(told)


def test_every_class_of_the_data_is_described_on_the_site(loaded: Loaded) -> None:
    named = (ROOT / "site" / "templates" / "_mappen.j2").read_text()

    assert [] == [
        f.folder for f in loaded.forms.values() if f.folder and f'"{f.folder}"' not in named
    ]


def broken(pages: dict[str, Page], files: dict[str, bytes]) -> Iterator[str]:
    """The links that lead nowhere: from which page, and to where."""
    ids = {address: set(page.ids) for address, page in pages.items()}
    for address, page in pages.items():
        for link in page.links:
            if link.startswith("https://"):
                continue
            path, _, anchor = link.partition("#")
            path = path.partition("?")[0]  # what is asked of the page "Vraag het"
            base = "" if address == "/" else address
            whole = normpath(join(base, path)) if path else base.rstrip("/")
            to = "/" if whole in {".", ""} else f"{whole}/"
            exists = to in pages or whole in files
            if not exists or (anchor and anchor not in ids.get(to, set())):
                yield f"{address} -> {link}"


def test_every_link_leads_to_a_page_a_file_or_a_place_on_a_page(
    pages: dict[str, Page], files: dict[str, bytes]
) -> None:
    assert [] == list(broken(pages, files))


def test_a_link_that_leads_nowhere_is_found() -> None:
    page = Page(
        "a/b/", '<h1 id="x">A</h1><a href="../c/">c</a><a href="#y">y</a><a href="#x">x</a>'
    )

    assert ["a/b/ -> ../c/", "a/b/ -> #y"] == list(broken({"a/b/": page}, {}))


def test_the_smallest_knowledge_base_has_no_broken_links_either(mini: dict[str, bytes]) -> None:
    assert [] == list(broken(pages_of(mini), mini))


def test_every_page_can_be_reached_from_the_front_page_and_the_navigation(
    pages: dict[str, Page],
) -> None:
    navigation = (ROOT / "mkdocs.yml").read_text().partition("\nnav:")[2]
    todo = ["/"] + [page_address(p) for p in re.findall(r": (\S+\.md)", navigation)]
    seen = set(todo)
    while todo:
        address = todo.pop()
        for link in pages[address].links:
            whole = normpath(join("" if address == "/" else address, link.partition("#")[0]))
            to = "/" if whole == "." else f"{whole}/"
            if to in pages and to not in seen:
                seen.add(to)
                todo.append(to)

    assert set() == set(pages) - seen


def test_every_page_has_one_title_and_its_headings_skip_no_level(pages: dict[str, Page]) -> None:
    wrong = [
        page.address
        for page in pages.values()
        if page.levels[:1] != [1]
        or page.levels.count(1) != 1
        or any(after > before + 1 for before, after in pairwise(page.levels))
    ]

    assert [] == wrong


def test_no_page_uses_an_address_twice(pages: dict[str, Page]) -> None:
    twice = {p.address: [i for i, n in Counter(p.ids).items() if n > 1] for p in pages.values()}

    assert {} == {address: ids for address, ids in twice.items() if ids}


def test_every_picture_has_a_text(pages: dict[str, Page]) -> None:
    for page in pages.values():
        assert all(img.get("alt") for img in page.all("img")), page.address
        for svg in page.all("svg"):
            assert "img" == svg.get("role"), page.address
            assert set(str(svg.get("aria-labelledby")).split()) <= set(page.ids), page.address


def test_every_table_has_a_caption_scopes_and_a_frame_that_the_keyboard_reaches(
    pages: dict[str, Page],
) -> None:
    for page in pages.values():
        tables = page.all("table")
        frames = [d for d in page.all("div") if d.get("class") == "tabel"]
        assert len(tables) == len(page.all("caption")) == len(frames), page.address
        assert all(th.get("scope") for th in page.all("th")), page.address
        assert all(f.get("tabindex") == "0" and f.get("role") == "region" for f in frames)
        assert {f.get("aria-labelledby") for f in frames} <= set(page.ids), page.address


def outside(html: str) -> list[str]:
    """What a browser would fetch from elsewhere to show this page."""
    return [
        str(attributes[FETCHED[tag]])
        for tag, attributes in Seen(html).elements
        if tag in FETCHED
        and re.match(r"(https?:)?//", str(attributes.get(FETCHED[tag]) or ""))
        and attributes.get("rel") not in {"canonical", "prev", "next"}
    ]


def outside_css(css: str) -> list[str]:
    return re.findall(r"""(?:@import[^;]*|url\(\s*['"]?)(?:https?:)?//[^)'";]*""", css)


def test_no_page_and_no_style_fetches_anything_from_elsewhere(
    pages: dict[str, Page], files: dict[str, bytes]
) -> None:
    assert [] == [link for page in pages.values() for link in outside(page.html)]
    assert [] == [
        link for p, c in files.items() if p.endswith(".css") for link in outside_css(c.decode())
    ]


ASKING = {"type": "module", "src": "../assets/vraag/page.js"}  # all that a page of ours runs


def test_no_page_runs_a_script_or_carries_a_style_of_its_own(pages: dict[str, Page]) -> None:
    for page in pages.values():
        scripts = [ASKING] if page.address == "vraag/" else []
        assert scripts == page.all("script"), page.address
        assert [] == page.all("style") + page.all("iframe"), page.address
        handlers = [a for _, found in page.elements for a in found if a.startswith(("on", "style"))]
        assert [] == handlers, page.address


def test_a_hostile_text_is_shown_and_does_nothing() -> None:
    hostile = '<img src=x onerror=alert(1)> & "x" *y* [z](javascript:alert) {: onclick=x }'
    sources = read(MINI)
    data = tuple(
        replace(f, content=re.sub(rb"(?m)^naam: .*$", f"naam: '{hostile}'".encode(), f.content))
        if f.path.startswith(("data/partners/", "data/begrippen/", "data/speerpunten/"))
        else f
        for f in sources.data
    )
    shown = pages_of(files_of(replace(sources, data=data)))

    for page in shown.values():
        scripts = [ASKING] if page.address == "vraag/" else []
        assert scripts == page.all("img") + page.all("script"), page.address
        assert not [a for _, found in page.elements for a in found if a.startswith("on")]
    assert any(hostile in p.texts.get("h1", "") for p in shown.values())


def test_each_passage_has_a_place_and_leads_to_the_official_text(
    loaded: Loaded, pages: dict[str, Page]
) -> None:
    chapters = Views(loaded).chapters
    assert 620 == sum(len(chapter.stops) for chapter in chapters)
    for chapter in chapters:
        page = pages[chapter.target]
        shown = set(page.links)
        for stop in chapter.stops:
            assert stop.anchor in page.ids
            assert ":~:text=" in stop.official
            assert stop.official in shown


def test_each_source_of_a_thing_leads_to_the_walk_and_to_the_official_text(
    loaded: Loaded, pages: dict[str, Page]
) -> None:
    views = Views(loaded)
    for address in views.addresses:
        links = set(pages[f"{address}/"].links)
        for source in views.thing(address).sources:
            assert source.official in links, (address, source.text)
            assert any(link.endswith(source.target) for link in links), (address, source.text)


def test_the_sources_of_a_thing_stand_in_the_order_of_the_text(loaded: Loaded) -> None:
    views = Views(loaded)
    order = [stop.target for stop in views.stops.values()]
    shown = [[s.target for s in views.thing(address).sources] for address in views.addresses]

    assert any(len(targets) > 9 for targets in shown)
    assert shown == [sorted(targets, key=order.index) for targets in shown]


def test_from_a_passage_every_thing_that_rests_on_it_is_one_click_away(
    loaded: Loaded, pages: dict[str, Page]
) -> None:
    views = Views(loaded)
    for chapter in views.chapters:
        links = {link.removeprefix("../../") for link in pages[chapter.target].links}
        for stop in chapter.stops:
            for _, values in resting(views, stop):
                assert {v.target for v in values} <= links, stop.anchor


def test_the_walk_shows_no_more_of_the_text_than_the_register_holds(
    loaded: Loaded, pages: dict[str, Page]
) -> None:
    for chapter in Views(loaded).chapters:
        quoted = re.findall(r"<q>(.*?)</q>", pages[chapter.target].html)
        assert quoted
        assert all(len(words.split()) <= 11 for words in quoted)  # five, a gap, five


def test_what_a_short_passage_has_at_both_ends_is_said_once(loaded: Loaded) -> None:
    stops = {stop.anchor: stop for stop in Views(loaded).stops.values()}

    for stop in stops.values():
        kept = [word for word in stop.words.split() if word != "…"]
        assert ("…" in stop.words) == (stop.count > len(kept)), stop.anchor
    title = "Speerpunt 3: Extremisme en maatschappelijk ongenoegen"
    assert title == stops["speerpunt-3"].words


def numbers(html: str) -> list[str]:
    """The numbers in the cells of a row, as they are shown."""
    plain = re.sub(r"<small>(.*?)</small>", r"</td><td>\1", unescape(html))
    return re.findall(r"<td[^>]*>\(?([\d.,]+)", plain)


def amount(shown: str) -> float:
    return float(shown.replace(".", "").replace(",", "."))


def test_the_account_adds_up_to_the_whole_text(loaded: Loaded, pages: dict[str, Page]) -> None:
    html, stops = pages["verantwoording/"].html, Views(loaded).stops.values()
    rows = re.findall(r"<tr>(?:(?!</tr>).)*<td.*?</tr>", html, re.DOTALL)
    totals = re.findall(r"<tfoot>.*?</tfoot>", html, re.DOTALL)

    assert 2 * (len(Views(loaded).chapters) + 1) == len(rows)
    for row in rows:
        *_, together = numbers(row)
        encoded, listed = (amount(n) for n in re.findall(r">([\d,]+)%", unescape(row))[:2])
        assert "100" == together
        assert 100 == pytest.approx(encoded + listed)
    wanted = (len(stops), sum(stop.count for stop in stops))
    for whole, total in zip(wanted, totals, strict=True):
        shown, _, encoded, _, listed, _ = map(amount, numbers(total))
        assert whole == shown == encoded + listed


def test_every_exception_is_on_the_account_with_its_reason(
    loaded: Loaded, pages: dict[str, Page]
) -> None:
    shown = text_of(pages["verantwoording/"])
    links = Counter(link.removeprefix("../") for link in pages["verantwoording/"].links)
    for exception in Views(loaded).things("uitzonderingen"):
        assert len(exception.all("regels")) == links[exception.target]
        assert flat(exception.get("reden")) in shown


def test_a_passage_of_which_nothing_is_encoded_says_why(
    loaded: Loaded, pages: dict[str, Page]
) -> None:
    views = Views(loaded)
    for chapter in views.chapters:
        shown = text_of(pages[chapter.target])
        for stop in chapter.stops:
            for kind, values in resting(views, stop):
                if kind == "uitzondering":
                    reasons = [flat(views.thing(v.target[:-1]).get("reden")) for v in values]
                    assert all(reason in shown for reason in reasons), stop.anchor


def flat(text: str) -> str:
    return " ".join(text.split())


def text_of(page: Page) -> str:
    return flat(unescape(re.sub(r"<[^>]+>", "", page.html)))


def places(views: Views, iri: str) -> set[str]:
    """The pages on which a thing, a part of a thing or a passage has its place."""
    if iri in views.stops:
        return {views.stops[iri].target.partition("#")[0]}
    address = iri.removeprefix(views.base).partition("#")[0]
    return {f"{address}/"} if iri.startswith(views.base) else set()


def test_an_oddity_is_shown_on_the_page_of_all_that_it_is_about(
    loaded: Loaded, pages: dict[str, Page]
) -> None:
    views, graph = Views(loaded), loaded.asserted
    oddities = graph.subjects(TYPE, KN + "Bronafwijking")
    assert oddities
    for oddity in oddities:
        target = places(views, oddity).pop()
        about = [*graph.values(oddity, KN + "betreft"), *graph.values(oddity, SOURCE)]
        for address in {"bronafwijkingen/"}.union(*(places(views, iri) for iri in about)):
            links = pages[address].links
            assert any(f"/{link}".endswith(f"/{target}") for link in links), (target, address)


def test_what_we_read_into_the_text_is_marked_as_ours(
    loaded: Loaded, pages: dict[str, Page]
) -> None:
    views, graph = Views(loaded), loaded.asserted
    everywhere = text_of(pages["vragen/duidingen/"])
    things = {s for s in graph.index if graph.values(s, KN + "duiding")}
    assert things
    for thing in things:
        page = pages[places(views, thing).pop()]
        assert "Zo lezen wij het" in page.html
        for reading in map(flat, graph.values(thing, KN + "duiding")):
            assert reading in text_of(page), thing
            assert reading in everywhere, thing
    for chapter in views.chapters:
        shown = text_of(pages[chapter.target])
        for stop in chapter.stops:
            assert all(flat(reading) in shown for _, reading in read_into(views, stop))


def test_a_part_or_a_key_with_a_source_of_its_own_shows_it(
    loaded: Loaded, pages: dict[str, Page]
) -> None:
    views, graph = Views(loaded), loaded.asserted
    for subject in graph.index:
        if "#" in subject and graph.values(subject, SOURCE):
            links = set(pages[places(views, subject).pop()].links)
            assert {views.stops[s].official for s in graph.values(subject, SOURCE)} <= links


def test_a_norm_shows_its_force_and_what_that_means(loaded: Loaded, pages: dict[str, Page]) -> None:
    norms = Views(loaded).things("normen")
    assert norms
    for norm in norms:
        force = norm.get("kracht").capitalize()
        html = unescape(pages[norm.target].html)
        assert re.search(rf'<p class="kracht"><strong>{force}</strong> [A-Z].+?\. <a', html)


def test_every_derived_statement_on_a_page_says_why(pages: dict[str, Page]) -> None:
    html = pages["partners/politie-zoetermeer/"].html

    assert "Werkt indirect aan" in html
    assert html.count("<summary>waarom?</summary><ul>") == html.count('class="waarom"') > 0


def test_the_matrix_has_every_partner_beside_every_priority(pages: dict[str, Page]) -> None:
    page = pages["matrix/"]

    assert 27 == len([th for th in page.all("th") if th["scope"] == "row"])
    assert 27 * 5 == len(page.all("td"))
    named = "Extremisme en maatschappelijk ongenoegen: </span>"
    assert 12 == page.html.count(f'{named}<span class="band band--ja">direct</span>')


def test_the_dashboard_shows_what_is_not_there_yet(pages: dict[str, Page]) -> None:
    html = pages["effectdashboard/"].html

    assert 5 == html.count(">nog niet vastgesteld</a>")
    assert 5 == html.count('href="../besluiten/onderdeel-2-effectindicatoren/#')
    assert "uiterlijk 1 oktober 2023" in html
    assert {"5.894", "7,5", "59%"} <= set(re.findall(r"[\d.,]+%?", html))
    assert 9 == len(pages["effectdashboard/"].all("svg"))


def test_a_bar_is_as_tall_as_its_value_on_an_axis_from_nought() -> None:
    svg = Seen(str(bars("k", "Titel", [Point("2019", "50", "%"), Point("2020", "25", "%")], 100)))
    tall = [float(str(a["height"])) for tag, a in svg.elements if tag == "rect"]

    assert tall[0] == pytest.approx(2 * tall[1])
    assert "Staafgrafiek, de as begint bij 0. 2019: 50%; 2020: 25%." in svg.text


@pytest.mark.parametrize(
    ("make", "given", "wanted"),
    [
        (notation.number, "5894", "5.894"),
        (notation.number, "7.5", "7,5"),
        (notation.number, "-1234567.25", "-1.234.567,25"),
        (notation.date, "2023-04-11", "11 april 2023"),
        (notation.duration, "P10D", "10 dagen"),
        (notation.duration, "P1Y", "1 jaar"),
        (notation.duration, "P1Y6M", "1 jaar en 6 maanden"),
        (notation.duration, "PT1H", "1 uur"),
        (notation.yes_or_no, "false", "nee"),
    ],
)
def test_values_are_written_the_dutch_way(make: object, given: str, wanted: str) -> None:
    assert callable(make)
    assert wanted == make(given)


def test_an_answer_names_things_and_says_once_what_was_filled_in(loaded: Loaded) -> None:
    asked = {q.name: q for q in questions(read(ROOT).queries)[0]}["partners-per-speerpunt"]
    shown = table(ask(store(loaded), loaded, asked, {}), asked, Views(loaded))

    assert ("Speerpunt", "Partner", "Rol", "Direct") == shown.columns
    assert (("Ook indirect", "nee"),) == shown.given


def with_mini(folder: Path) -> Path:
    """A folder in which a site builder can build the smallest knowledge base."""
    sources = read(MINI)
    loaded = load(sources)
    assert isinstance(loaded, Loaded)
    write.built(build(loaded, check(loaded), questions(sources.queries)[0], sources), folder)
    return folder / "6-site"


def test_mkdocs_builds_the_site_in_dutch_and_nothing_comes_from_elsewhere(tmp_path: Path) -> None:
    site = with_mini(tmp_path)
    write.site(tmp_path / "mkdocs.yml", site)
    pages = {p: p.read_text() for p in site.rglob("*.html")}

    assert [] == [link for html in pages.values() for link in outside(html)]
    assert [] == [
        link
        for css in [*site.glob("assets/*.css"), *site.glob("assets/stylesheets/*.css")]
        for link in outside_css(css.read_text())
    ]
    for path, html in pages.items():
        assert '<html lang="nl"' in html, path
        words = "Table of contents|Skip to content|Not found|Made with|Permanent link"
        assert not re.search(words, html), path
        assert 1 == html.count("<h1"), path
    assert (site / "speerpunten").is_dir()


def test_zensical_builds_the_same_configuration(tmp_path: Path, mini: dict[str, bytes]) -> None:
    site = with_mini(tmp_path)
    command = [sys.executable, "-m", "zensical", "build", "--strict"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert 0 == done.returncode, done.stdout + done.stderr
    assert [] == [link for p in site.rglob("*.html") for link in outside(p.read_text())]
    assert {page_address(p) for p in mini if p.endswith(".md")} == {
        f"{p.parent.relative_to(site).as_posix().removeprefix('.')}/"
        for p in site.rglob("index.html")
    }
