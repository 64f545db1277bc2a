"""What a program reads in the head of a page: other forms, the lasting address, and schema.org."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from posixpath import join, normpath
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest
import yaml
from conftest import MINI
from kadernota import write
from kadernota.asking.questions import questions
from kadernota.linking.heads import LARGEST, script
from kadernota.model import File, Loaded, Sources
from kadernota.pipeline import build, check, load
from kadernota.sources import read
from lxml import html
from rdflib import SDO, Graph
from test_pages import files_of, page_address

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BASE = "https://w3id.org/kadernota/id/gm0637/"
THING = {"name", "description", "alternateName", "url", "sameAs"}
WORK = THING | {
    "inLanguage", "license", "dateModified", "isPartOf", "mainEntity", "publisher", "keywords",
}  # fmt: skip
# What schema.org lets a kind of thing say, as far as we say it.
MAY = {
    "CreativeWork": WORK,
    "DataCatalog": WORK | {"dataset"},
    "DataDownload": WORK | {"contentUrl", "encodingFormat"},
    "Dataset": WORK | {"distribution"},
    "DefinedTerm": THING | {"inDefinedTermSet"},
    "DefinedTermSet": WORK | {"hasDefinedTerm"},
    "GovernmentOrganization": THING,
    "Legislation": WORK | {"legislationIdentifier", "legislationDate"},
    "Organization": THING,
    "Place": THING,
    "Thing": THING,
    "WebPage": WORK,
    "WebSite": WORK,
}


@pytest.fixture(scope="module")
def files(sources: Sources) -> dict[str, bytes]:
    return files_of(sources)


def head_of(page: bytes) -> Any:
    """The head of a page as a browser reads it."""
    meta = yaml.safe_load(page.decode().split("---\n", 2)[1])
    return html.document_fromstring(f"<html><head>{meta['kop']}</head><body></body></html>")[0]


def links(page: bytes, rel: str) -> dict[str, str]:
    return {
        str(link.get("type", "")): str(link.get("href"))
        for link in head_of(page).xpath("link")
        if rel in str(link.get("rel")).split()
    }


def scripts(page: bytes) -> list[Any]:
    found = head_of(page).xpath("script")
    assert all("application/ld+json" == s.get("type") for s in found)
    return [json.loads(s.text) for s in found]


@pytest.fixture(scope="module")
def pages(files: dict[str, bytes]) -> dict[str, bytes]:
    return {page_address(path): content for path, content in files.items() if path.endswith(".md")}


def test_the_page_of_each_thing_names_its_data(
    loaded: Loaded, files: dict[str, bytes], pages: dict[str, bytes]
) -> None:
    things = [s for s in loaded.asserted.index if s.startswith(BASE) and "#" not in s]
    assert len(things) > 800
    for iri in things:
        address = iri.removeprefix(BASE)
        found = links(pages[f"{address}/"], "alternate")
        named = {kind: normpath(join(address, "x", "..", href)) for kind, href in found.items()}
        assert {
            "text/turtle": f"{address}.ttl",
            "application/ld+json": f"{address}.jsonld",
        } == named


def test_every_form_that_a_page_names_is_on_the_site(
    files: dict[str, bytes], pages: dict[str, bytes]
) -> None:
    for address, page in pages.items():
        for rel in ("alternate", "search"):
            for href in links(page, rel).values():
                assert normpath(join("" if address == "/" else address, href)) in files, address
    for address in ("model/", "lijsten/", "regels/", "begrippen/", "catalogus/", "herkomst/", "/"):
        assert {"text/turtle", "application/ld+json"} == set(links(pages[address], "alternate"))


def test_a_page_names_the_address_that_lasts(pages: dict[str, bytes]) -> None:
    for address, page in pages.items():
        assert {"": BASE + address.lstrip("/")} == links(page, "canonical")


def said(node: Any) -> Iterator[dict[str, Any]]:
    """Everything that is said something of, with what is inside it."""
    if isinstance(node, dict):
        yield node
    for inner in (
        node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    ):
        yield from said(inner)


def test_what_is_said_in_the_words_of_schema_org_can_be_said_there(
    pages: dict[str, bytes],
) -> None:
    kinds = set()
    for address, page in pages.items():
        about = scripts(page)[0]
        assert "https://schema.org" == about["@context"]
        for node in said(about):
            own = {key for key in node if not key.startswith("@")}
            if own:
                kinds.add(node["@type"])
                assert own <= MAY[node["@type"]], (address, node["@type"], own)
                assert all(node[key] for key in own), address

    assert set(MAY) == kinds
    assert set() == {*MAY, *set().union(*MAY.values())} - set(SDO.__annotations__)


def test_a_page_is_about_the_thing_under_its_own_address(
    loaded: Loaded, pages: dict[str, bytes]
) -> None:
    for iri in loaded.asserted.index:
        if iri.startswith(BASE) and "#" not in iri:
            page = scripts(pages[f"{iri.removeprefix(BASE)}/"])[0]
            assert iri == page["mainEntity"]["@id"]
            assert f"{iri}/" == page["mainEntity"]["url"] == page["url"]


@pytest.mark.parametrize(
    ("address", "kind", "same"),
    [
        ("organisaties/gemeente-delft", "GovernmentOrganization", "/tooi/id/gemeente/gm0503"),
        ("kadernotas/2023-2026", "Legislation", "/cvdr/CVDR698689/"),
        ("begrippen/ransomware", "DefinedTerm", ""),
        ("gebieden/zoetermeer", "Place", ""),
        ("speerpunten/ondermijning", "Thing", ""),
    ],
)
def test_a_thing_has_the_kind_that_comes_closest(
    address: str, kind: str, same: str, pages: dict[str, bytes]
) -> None:
    about = scripts(pages[f"{address}/"])[0]["mainEntity"]

    assert kind == about["@type"]
    assert same in "".join(about.get("sameAs", [])) if same else True


def test_the_memorandum_has_its_number_and_its_day(pages: dict[str, bytes]) -> None:
    about = scripts(pages["kadernotas/2023-2026/"])[0]["mainEntity"]

    assert ("CVDR698689", "2023-04-11") == (
        about["legislationIdentifier"],
        about["legislationDate"],
    )


def triples(data: Any) -> set[Any]:
    """What is said in JSON-LD; pyoxigraph reads it, rdflib compares."""
    text = json.dumps(data).encode()
    quads = ox.parse(text, format=ox.RdfFormat.JSON_LD)
    found = ox.serialize((q.triple for q in quads), format=ox.RdfFormat.N_TRIPLES)
    return set(Graph().parse(data=found, format="nt"))


def test_our_own_words_are_in_the_page_as_they_are_beside_it(
    files: dict[str, bytes], pages: dict[str, bytes]
) -> None:
    inside = {
        address: found[1] for address, page in pages.items() if len(found := scripts(page)) > 1
    }
    assert len(inside) > 800
    for address in ("speerpunten/ondermijning/", "partners/politie-zoetermeer/", "herkomst/"):
        whole = Graph().parse(data=files[f"{address[:-1]}.ttl"], format="turtle")
        assert set(whole) == triples(inside[address])
    assert len(files["bron/kadernota-2023-2026.jsonld"]) > LARGEST
    assert "bron/kadernota-2023-2026/" not in inside


HOSTILE = "</script><script>alert(1)</script><!--<script>\"'& ]]> \u2028 {{ 7*7 }} \U0001f600"


def test_no_text_ends_the_script_that_it_stands_in() -> None:
    shown = script({"name": HOSTILE})

    assert 1 == shown.count("<script") == shown.count("</script")
    assert "<!--" not in shown
    inside = re.fullmatch(r"<script[^>]*>(.*)</script>", shown, re.DOTALL)
    assert inside
    assert {"name": HOSTILE} == json.loads(inside[1])


def hostile() -> Sources:
    """The smallest knowledge base with a name that tries to get out of where it stands."""
    sources = read(MINI)
    name = json.dumps(HOSTILE.replace("\u2028", ""), ensure_ascii=False)
    told = replace(
        sources.settings,
        content=re.sub(
            rb"(?m)^naam: .*$", lambda _: f"naam: {name}".encode(), sources.settings.content
        ),
    )
    data = tuple(
        replace(
            f, content=re.sub(rb"(?m)^naam: .*$", lambda _: f"naam: {name}".encode(), f.content)
        )
        if f.path.startswith(("data/partners/", "data/begrippen/"))
        else f
        for f in sources.data
    )
    return replace(sources, data=data, settings=told)


def built_in(folder: Path, sources: Sources) -> Path:
    loaded = load(sources)
    assert isinstance(loaded, Loaded), loaded
    write.built(build(loaded, check(loaded), questions(sources.queries)[0], sources), folder)
    return folder / "6-site"


def test_a_hostile_name_does_nothing_on_the_built_page(tmp_path: Path) -> None:
    site = built_in(tmp_path, hostile())
    write.site(tmp_path / "mkdocs.yml", site)
    page = next(
        p for p in sorted((site / "partners").rglob("index.html")) if p.parent.name != "partners"
    )
    tree = html.parse(str(page))

    found = [json.loads(s.text) for s in tree.xpath("//head/script[@type='application/ld+json']")]
    assert HOSTILE.replace("\u2028", "") == found[0]["mainEntity"]["name"]
    assert 2 == len(found)
    assert [] == [s.text for s in tree.xpath("//script") if "alert(1)" == (s.text or "").strip()]


@pytest.mark.parametrize("builder", ["mkdocs", "zensical"])
def test_both_builders_put_the_head_in_the_page(builder: str, tmp_path: Path) -> None:
    sources = read(MINI)
    site = built_in(tmp_path, sources)
    if builder == "mkdocs":
        write.site(tmp_path / "mkdocs.yml", site)
    else:
        command = [sys.executable, "-m", "zensical", "build"]
        subprocess.run(command, cwd=tmp_path, capture_output=True, check=True)
    things = [p for p in (site / "begrippen").rglob("index.html") if p.parent.name != "begrippen"]
    assert things
    for page in things:
        head = html.parse(str(page)).getroot().head
        kinds = [str(kind) for kind in head.xpath("link[contains(@rel, 'alternate')]/@type")]
        assert ["text/turtle", "application/ld+json"] == kinds
        about = json.loads(head.xpath("script[@type='application/ld+json']")[0].text)
        assert "DefinedTerm" == about["mainEntity"]["@type"]
        assert [about["url"]] == head.xpath("link[@rel='canonical']/@href")


def test_with_a_known_site_the_addresses_are_its_own(tmp_path: Path) -> None:
    sources = read(MINI)
    told = File("kadernota.yaml", sources.settings.content + b"site: https://v.nl/beleid/\n")
    site = built_in(tmp_path, replace(sources, settings=told))
    write.site(tmp_path / "mkdocs.yml", site)
    head = html.parse(str(site / "over" / "index.html")).getroot().head

    assert ["https://v.nl/beleid/over/"] == head.xpath("link[@rel='canonical']/@href")
    assert "Sitemap: https://v.nl/beleid/sitemap.xml" in (site / "robots.txt").read_text()
    assert "<loc>https://v.nl/beleid/over/</loc>" in (site / "sitemap.xml").read_text()
