"""Programs find their way: a sitemap, the search of the site, llms.txt and the model in words."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
from conftest import MINI, ROOT
from kadernota import write
from kadernota.asking.questions import questions
from kadernota.linking.discovery import sitemap
from kadernota.model import File, Loaded, Settings, Sources, Version
from kadernota.names import KN, OWL, RDFS, SKOS, TYPE
from kadernota.pipeline import build, check, load
from kadernota.sources import read
from lxml import etree, html
from test_pages import Page, files_of, pages_of

if TYPE_CHECKING:
    from pathlib import Path

BASE = "https://w3id.org/kadernota/id/gm0637/"
SITEMAPS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"
# One link a line with a note behind it, as llmstxt.org has it.
LINE = re.compile(r"- \[[^\]]+\]\(https://[^)\s]+\): .+")


@pytest.fixture(scope="module")
def files(sources: Sources) -> dict[str, bytes]:
    return files_of(sources)


@pytest.fixture(scope="module")
def pages(files: dict[str, bytes]) -> dict[str, Page]:
    return pages_of(files)


def test_the_sitemap_keeps_to_the_protocol(loaded: Loaded, files: dict[str, bytes]) -> None:
    root = etree.fromstring(files["sitemap.xml"])

    assert f"{SITEMAPS}urlset" == root.tag
    assert 1_000 < len(root) < 50_000  # the most that one file may hold
    assert loaded.version is not None
    for url in root:
        assert f"{SITEMAPS}url" == url.tag
        assert [f"{SITEMAPS}loc", f"{SITEMAPS}lastmod"] == [e.tag for e in url]
        assert str(url[0].text).startswith(BASE)
        assert len(str(url[0].text)) < 2048
        assert loaded.version.time == url[1].text
        assert datetime.fromisoformat(str(url[1].text)).tzinfo
    assert len(root) == len({url[0].text for url in root})


def test_without_git_the_sitemap_has_no_day() -> None:
    settings = Settings("x", "gm0000", "https://x.nl/", "kadernotas/a")

    assert b"lastmod" not in sitemap(["a/"], settings, None).encode()
    made = sitemap(["b/", "a/"], settings, Version("c", "2026-01-02T03:04:05+01:00", changed=False))
    assert ["https://x.nl/a/", "https://x.nl/b/"] == re.findall("<loc>(.*?)</loc>", made)


@pytest.mark.parametrize("builder", ["mkdocs", "zensical"])
def test_the_sitemap_of_the_site_is_ours(builder: str, tmp_path: Path) -> None:
    sources = read(MINI)
    loaded = load(sources)
    assert isinstance(loaded, Loaded)
    built = build(loaded, check(loaded), questions(sources.queries)[0], sources)
    write.built(built, tmp_path)
    if builder == "mkdocs":
        write.site(tmp_path / "mkdocs.yml", tmp_path / "6-site")
    else:
        command = [sys.executable, "-m", "zensical", "build"]
        subprocess.run(command, cwd=tmp_path, capture_output=True, check=True)
    (ours,) = (f.content for f in built.pages if f.path == "sitemap.xml")
    theirs = (tmp_path / "6-site" / "sitemap.xml").read_bytes()

    assert ours.split() == theirs.split()


def test_a_browser_can_search_the_site(files: dict[str, bytes], pages: dict[str, Page]) -> None:
    root = etree.fromstring(files["opensearch.xml"])
    assert f"{OPENSEARCH}OpenSearchDescription" == root.tag
    assert 1 <= len(root.findtext(f"{OPENSEARCH}ShortName") or "") <= 16
    url = root.find(f"{OPENSEARCH}Url")
    assert url is not None
    template = str(url.get("template"))
    parts = urlsplit(template)
    ((name, words),) = parse_qs(parts.query).items()

    assert "text/html" == url.get("type")
    assert ["{searchTerms}"] == words
    page = pages[f"{parts.path.removeprefix(urlsplit(BASE).path)}"]
    assert name in {field.get("name") for field in page.all("input")}


def test_a_model_of_language_finds_the_questions_and_the_data(files: dict[str, bytes]) -> None:
    text = files["llms.txt"].decode()
    title, about, *_ = text.split("\n\n")
    heads = re.findall(r"^## (.+)$", text, re.MULTILINE)
    lines = [line for line in text.splitlines() if line.startswith("- ")]

    assert "# Veiligheidsbeleid Zoetermeer" == title
    assert about.startswith("> ")
    assert ["Vragen met hun antwoord", "Gegevens", "Wat er staat", "Optional"] == heads
    assert 1 == len(re.findall(r"^# ", text, re.MULTILINE))
    assert [] == [line for line in lines if not LINE.fullmatch(line)]
    for path in (ROOT / "queries").glob("*.rq"):
        assert f"({BASE}vragen/{path.stem}.csv)" in text
    assert f"({BASE}downloads/kadernota.ttl)" in text


def test_a_hostile_name_does_not_break_what_is_xml() -> None:
    sources = read(MINI)
    name = b'naam: "A & <b> ]]> \' \\" x"\n'
    told = re.sub(rb"(?m)^naam: .*\n", lambda _: name, sources.settings.content)
    made = files_of(replace(sources, settings=File("kadernota.yaml", told)))

    root = etree.fromstring(made["opensearch.xml"])
    assert "A & <b> ]]> ' \" x" == root.findtext(f"{OPENSEARCH}LongName")


def words_of(loaded: Loaded, kind: str) -> set[str]:
    return {s for s in loaded.ontology.subjects(TYPE, OWL + kind) if s.startswith(KN)}


def test_the_page_of_the_model_says_of_every_word_what_the_ontology_says(
    loaded: Loaded, pages: dict[str, Page]
) -> None:
    onto = loaded.ontology
    tree: Any = html.fromstring(pages["model/"].html)
    kinds = ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")
    every = set[str]().union(*(words_of(loaded, kind) for kind in kinds))
    assert len(every) > 140
    for iri in every:
        (shown,) = tree.xpath(f"//div[@id='{iri.removeprefix(KN)}']")
        text = " ".join(shown.text_content().split())
        for language in ("nl", "en"):
            assert onto.one(iri, SKOS + "definition", language) in text, iri
            assert onto.one(iri, RDFS + "label", language).lower() in text.lower(), iri
        targets = {str(href).rpartition("#")[2] for href in shown.xpath(".//a/@href")}
        near = [RDFS + "subClassOf", RDFS + "subPropertyOf", RDFS + "seeAlso", OWL + "inverseOf"]
        for other in (value for path in near for value in onto.values(iri, path)):
            ours = other.startswith(KN)
            place = other.removeprefix(KN) if ours else loaded.keys.get(other, "")
            assert (place in targets) if place else (other in text), (iri, other)
        assert "Status: in gebruik" in text


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("eenheid", {"Hoort bij: indicator", "Waarde: eenheid"}),
        ("begin", {"Hoort bij: kadernota", "Waarde: xsd:date", "Sleutel in de bestanden: begin:"}),
        ("werktDirectAan", {"Volgt uit de stappen: bijdrage, voor"}),
        ("onderdeel", {"Omgekeerd: onderdeel van"}),
        ("onderdeelVan", {"Ook over meer stappen: ja"}),
    ],
)
def test_the_page_of_the_model_says_what_a_word_is_for(
    word: str, said: set[str], pages: dict[str, Page]
) -> None:
    tree: Any = html.fromstring(pages["model/"].html)
    lines = tree.xpath(f"//div[@id='{word}']//li")
    shown = {" ".join(line.text_content().split()) for line in lines}

    assert said <= shown


def test_the_ontology_has_the_version_of_the_program(loaded: Loaded) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]

    assert [project["version"]] == loaded.ontology.values(KN, OWL + "versionInfo")
