"""Every link of the built site leads somewhere: in pages, styles, the sitemap and the data."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import cached_property
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import pyoxigraph as ox
import pytest
from lxml import etree, html

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BASE = "https://w3id.org/kadernota/id/gm0637/"
FORMS = {".ttl": ox.RdfFormat.TURTLE, ".jsonld": ox.RdfFormat.JSON_LD}
ASKED = re.compile(r"""(?:@import\s+|url\()\s*['"]?([^'")\s;]+)""")
REFRESH = re.compile(r"(?i)url\s*=\s*(.+)")
Link = tuple[str, str]  # the file that it stands in, and where it leads


@dataclass
class Site:
    """A built site: its files, and the anchors of its pages."""

    root: Path
    anchors: dict[str, set[str]] = field(default_factory=dict)

    @cached_property
    def files(self) -> set[str]:
        found = (p for p in self.root.rglob("*") if p.is_file())
        return {p.relative_to(self.root).as_posix() for p in found}

    def tree(self, path: str) -> Any:
        return html.fromstring((self.root / path).read_bytes())

    def has(self, file: str, link: str) -> bool:
        """Whether a link in this file leads to a file, and to a place in it when it names one."""
        parts = urlsplit(link.removeprefix(BASE) if link.startswith(BASE) else link)
        if parts.scheme or parts.netloc:
            return well_formed(link)
        folder = "" if link.startswith(BASE) else dirname(file)
        path = unquote(parts.path)
        to = normpath(join(folder, path)) if path or link.startswith(BASE) else file
        if to.startswith(("..", "/")):
            return False
        page = "index.html" if to == "." else f"{to}/index.html"
        target = next((p for p in (to, page) if p in self.files), None)
        if target is None or not parts.fragment or not target.endswith(".html"):
            return target is not None
        return unquote(parts.fragment) in self.places(target)

    def places(self, page: str) -> set[str]:
        if page not in self.anchors:
            self.anchors[page] = set(self.tree(page).xpath("//@id | //a/@name"))
        return self.anchors[page]

    def dead(self, links: Iterator[Link]) -> set[Link]:
        return {(file, link) for file, link in links if not self.has(file, link)}


def well_formed(link: str) -> bool:
    """Whether an address elsewhere can be one; nobody is asked."""
    if link.startswith("data:image/"):
        return True
    parts = urlsplit(link)
    return parts.scheme in {"http", "https"} and "." in parts.netloc and not re.search(r"\s", link)


def in_pages(site: Site) -> Iterator[Link]:
    for file in sorted(site.files):
        if file.endswith(".html"):
            yield from in_page(site, file)


def in_page(site: Site, file: str) -> Iterator[Link]:
    """All that a browser, or a program that reads the page, could follow."""
    tree = site.tree(file)
    # The page of an unknown address can stand anywhere, so it counts from the top.
    own = "index.html" if file == "404.html" else file
    found = [str(link) for link in tree.xpath("//@href | //@src | //@action | //@poster | //@data")]
    found += [s.split()[0] for some in tree.xpath("//@srcset") for s in str(some).split(",")]
    for content in tree.xpath("//meta[@http-equiv='refresh']/@content"):
        found += REFRESH.findall(str(content))
    for style in tree.xpath("//style/text() | //@style"):
        found += ASKED.findall(str(style))
    for text in tree.xpath("//script[@type='application/ld+json']/text()"):
        found += values(json.loads(text))
    for link in found:
        yield own, link.removeprefix("/") if file == "404.html" else link


def values(said: Any) -> Iterator[str]:
    """The addresses in JSON-LD that are ours."""
    if isinstance(said, str) and said.startswith(BASE):
        yield said
    inner = said.values() if isinstance(said, dict) else said if isinstance(said, list) else ()
    for one in inner:
        yield from values(one)


def in_styles(site: Site) -> Iterator[Link]:
    for file in sorted(site.files):
        if file.endswith(".css"):
            text = re.sub(r"/\*.*?\*/", "", (site.root / file).read_text(), flags=re.DOTALL)
            for link in ASKED.findall(text):
                yield file, link


def in_data(site: Site) -> Iterator[Link]:
    """The addresses of things in the data beside the pages; those of vocabularies are elsewhere."""
    for file in sorted(site.files):
        form = FORMS.get(file[file.rfind(".") :])
        if form and not file.startswith("downloads/"):
            for quad in ox.parse((site.root / file).read_bytes(), format=form):
                for term in (quad.subject, quad.object):
                    if isinstance(term, ox.NamedNode):
                        yield file, term.value


def in_sitemap(site: Site) -> Iterator[Link]:
    tree = etree.parse(str(site.root / "sitemap.xml"))
    for loc in tree.iterfind(".//{*}loc"):
        yield "sitemap.xml", str(loc.text)


def in_llms(site: Site) -> Iterator[Link]:
    for link in re.findall(r"\]\((.+?)\)", (site.root / "llms.txt").read_text()):
        yield "llms.txt", link


@pytest.fixture(scope="module")
def site(built_site: Path) -> Site:
    return Site(built_site)


KINDS = {
    "pages": (in_pages, 50_000),
    "styles": (in_styles, 1),
    "data": (in_data, 40_000),
    "the sitemap": (in_sitemap, 1_000),
    "llms.txt": (in_llms, 100),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_link_leads_somewhere(kind: str, site: Site) -> None:
    look, least = KINDS[kind]
    links = list(look(site))

    assert len(links) >= least
    assert set() == site.dead(iter(links))


def test_every_page_is_in_the_sitemap(site: Site) -> None:
    named = {link.removeprefix(BASE) for _, link in in_sitemap(site)}
    moved = {
        f for f in site.files if f.endswith(".html") and b"refresh" in (site.root / f).read_bytes()
    }
    pages = {f.removesuffix("index.html") for f in site.files - moved if f.endswith("index.html")}

    assert set() == named ^ (pages - {"beheer/"})


PAGE = """<!doctype html><html lang="nl"><head><title>x</title>
<link rel="alternate" href="{alternate}"><style>a {{ background: url("{style}") }}</style>
<script type="application/ld+json">{{"url": "{said}"}}</script></head>
<body><h1 id="hier">x</h1><a href="{href}">x</a><img src="{src}" srcset="a.png 1x, {srcset} 2x">
</body></html>"""
RIGHT = {
    "alternate": "b.ttl", "style": "a.png", "said": f"{BASE}a/#hier", "href": "../a/?x=1#hier",
    "src": "a.png", "srcset": "a.png",
}  # fmt: skip
WRONG = [
    ("alternate", "c.ttl"), ("style", "b.png"), ("said", f"{BASE}a/#daar"), ("href", "#daar"),
    ("href", "../../a/"), ("href", "https://x y.nl/"), ("href", "javascript:alert(1)"),
    ("src", "b.png"), ("srcset", "c.png"), ("said", f"{BASE}c"),
]  # fmt: skip


@pytest.mark.parametrize(("where", "link"), WRONG)
def test_a_link_that_leads_nowhere_is_found(where: str, link: str, tmp_path: Path) -> None:
    folder = tmp_path / "a"
    folder.mkdir()
    (folder / "a.png").touch()
    (folder / "b.ttl").write_text(f"<{BASE}a> <{BASE}a> <{BASE}a/#hier> .")
    (folder / "index.html").write_text(PAGE.format(**RIGHT))
    assert set() == Site(tmp_path).dead(in_pages(Site(tmp_path)))
    assert set() == Site(tmp_path).dead(in_data(Site(tmp_path)))
    (folder / "index.html").write_text(PAGE.format(**RIGHT | {where: link}))

    assert {("a/index.html", link)} == Site(tmp_path).dead(in_pages(Site(tmp_path)))


def test_an_address_in_data_that_leads_nowhere_is_found(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text(f"<{BASE}a> <{BASE}p> <{BASE}b#c> .")

    assert {("a.ttl", f"{BASE}a"), ("a.ttl", f"{BASE}b#c")} == Site(tmp_path).dead(
        in_data(Site(tmp_path))
    )
