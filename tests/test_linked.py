"""Every address of the data leads to a page with that place on it, and to data that speak of it.

The rules for w3id.org are asked of a real Apache; what they lead to is looked up in the built site.
"""

from __future__ import annotations

import http.client
import io
import os
import re
import shutil
import socket
import subprocess
import time
import zipfile
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urldefrag

import pyoxigraph as ox
import pytest
from kadernota.asking.ask import graphs
from kadernota.linking.w3id import UNKNOWN, folders
from kadernota.publishing.views import Views
from lxml import html

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kadernota.model import Loaded

APACHE = shutil.which("apache2") or shutil.which("httpd") or shutil.which("/usr/sbin/apache2")
MODULES = os.environ.get("APACHE_MODULES", "/usr/lib/apache2/modules")
PERMANENT = "https://w3id.org/"
TURTLE, JSON_LD, HTML = "text/turtle", "application/ld+json", "text/html"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
FORMS = {TURTLE: ox.RdfFormat.TURTLE, JSON_LD: ox.RdfFormat.JSON_LD}


@dataclass
class Apache:
    """A server with our rules, as w3id.org has one."""

    port: int

    def leads(self, iri: str, accept: str) -> str:
        """Where somebody is sent who asks for this address."""
        path = urldefrag(iri).url.removeprefix(PERMANENT.rstrip("/"))
        status, to = self.asked(path, accept)
        if status == 301 and to.endswith(f"{path}/"):  # a folder: Apache adds the slash by itself
            status, to = self.asked(f"{path}/", accept)
        assert 303 == status, (iri, accept, status)
        return to

    def asked(self, path: str, accept: str) -> tuple[int, str]:
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        asked.request("GET", path, headers={"Accept": accept, "Host": "w3id.org"})
        answer = asked.getresponse()
        answer.read()
        asked.close()
        return answer.status, str(answer.getheader("Location"))


def conf(root: Path, port: int) -> str:
    wanted = ["authz_core", "dir", "mime", "mpm_event", "rewrite"]
    modules = [f"LoadModule {m}_module {MODULES}/mod_{m}.so" for m in wanted]
    lines = [
        f"ServerRoot {root}", f"PidFile {root}/pid", f"ErrorLog {root}/error.log",
        f"Listen 127.0.0.1:{port}", "ServerName w3id.org", "TypesConfig /dev/null",
        f"DocumentRoot {root}/w3id", f"DefaultRuntimeDir {root}", "Mutex posixsem",
        f"<Directory {root}/w3id>", "AllowOverride All", "Require all granted", "</Directory>",
    ]  # fmt: skip
    return "\n".join([*modules, *lines]) + "\n"


@pytest.fixture(scope="module")
def apache(loaded: Loaded, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Apache]:
    if APACHE is None:
        pytest.skip("there is no Apache here (Debian: apt-get install apache2-bin)")
    root = tmp_path_factory.mktemp("apache")
    root.chmod(0o755)
    for path, text in folders(Views(loaded)).items():
        target = root / "w3id" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (root / "httpd.conf").write_text(conf(root, port))
    command = [APACHE, "-X", "-f", str(root / "httpd.conf")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as server:
        for _ in range(200):
            if server.poll() is not None or answers(port):
                break
            time.sleep(0.05)
        assert server.poll() is None, server.stdout and server.stdout.read()
        yield Apache(port)
        server.terminate()


def answers(port: int) -> bool:
    with socket.socket() as asked:
        return asked.connect_ex(("127.0.0.1", port)) == 0


class Place:
    """The built site on disk: the pages with their anchors, the data with their subjects."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.anchors: dict[str, set[str]] = {}
        self.subjects: dict[str, set[str]] = {}

    def has_page(self, path: str, anchor: str) -> bool:
        if path not in self.anchors:
            file = self.root / path / "index.html"
            tree = html.parse(str(file)) if file.is_file() else None
            found = set(tree.xpath("//@id")) if tree is not None else set()
            self.anchors[path] = found | ({""} if tree is not None else set())
        return anchor in self.anchors[path]

    def speaks_of(self, path: str, iri: str, form: ox.RdfFormat) -> bool:
        if path not in self.subjects:
            file = self.root / path
            quads = ox.parse(file.read_bytes(), format=form) if file.is_file() else ()
            self.subjects[path] = {getattr(q.subject, "value", "") for q in quads}
        return iri in self.subjects[path]


@pytest.fixture(scope="module")
def place(built_site: Path) -> Place:
    return Place(built_site)


def spoken_of(loaded: Loaded, place: Place) -> set[str]:
    """Every address of ours in what is published, in graphs, shapes, catalogue and glossary."""
    found, triples = {*graphs(loaded)}, [*loaded.shapes.items]
    for graph in graphs(loaded).values():
        triples += graph.items
    for path in ("catalogus.ttl", "begrippen.ttl", "herkomst.ttl"):
        quads = ox.parse((place.root / path).read_bytes(), format=ox.RdfFormat.TURTLE)
        triples += [q.triple for q in quads]
    for t in triples:
        terms = (t.subject, t.predicate, t.object)
        found |= {x.value for x in terms if isinstance(x, ox.NamedNode)}
    return {iri for iri in found if iri.startswith(PERMANENT)}


def is_file(iri: str) -> bool:
    """A page or a download of the site, which the catalogue names: no thing, but a file."""
    return bool(re.search(r"(/|\.[a-z]+)$", iri))


KINDS = {  # there is at least one of each, or the test below looks at too little
    "a thing": r"/id/gm0637/partners/[^/#]+$",
    "a part of a thing": r"/id/gm0637/partners/[^/#]+#",
    "a passage": r"/id/gm0637/bron/[^/#]+#",
    "a citation": r"/id/gm0637/[^#]+#bij-",
    "a class": r"/def#[A-Z]",
    "a property": r"/def#[a-z]",
    "the ontology": r"/def#$",
    "a list": r"/def/[^/]+$",
    "a value of a list": r"/def/[^/]+/[^/]+$",
    "a shape": r"/shapes#[A-Z]",
    "a named graph": r"/graph/[a-z]+$",
    "the activity and the version": r"/herkomst#",
    "the engine": r"^https://w3id.org/kadernota$",
    "the catalogue": r"/catalogus$",
    "a data set and a distribution": r"/catalogus#",
    "the glossary": r"/id/gm0637/begrippen$",
}


def test_every_address_leads_to_a_place_on_a_page_and_to_data_that_speak_of_it(
    loaded: Loaded, place: Place, apache: Apache
) -> None:
    asked = {iri for iri in spoken_of(loaded, place) if not is_file(iri)}
    assert [] == [
        kind for kind, form in KINDS.items() if not any(re.search(form, i) for i in asked)
    ]
    whole = {urldefrag(iri).url for iri in asked}
    leads = {(url, accept): apache.leads(url, accept) for url in whole for accept in (HTML, *FORMS)}
    lost = set()
    for iri in asked:
        url, anchor = urldefrag(iri)
        page, shown = urldefrag(leads[url, HTML].removeprefix(UNKNOWN))
        if not place.has_page(page, shown or anchor):  # a browser keeps what stands behind the #
            lost.add((iri, page))
        for accept, form in FORMS.items():
            data = leads[url, accept].removeprefix(UNKNOWN)
            if not place.speaks_of(data, iri, form):
                lost.add((iri, data))

    assert set() == lost


def test_what_is_no_thing_is_found_under_the_permanent_address_too(
    loaded: Loaded, place: Place, apache: Apache
) -> None:
    files = {iri for iri in spoken_of(loaded, place) if is_file(iri)}
    pages = {f"{loaded.settings.base}{path}" for path in ("", "vraag/?zoek=x", "nota/", "matrix")}
    assert len(files) > 80
    for iri in files | pages:
        path = apache.leads(iri, BROWSER).removeprefix(UNKNOWN).partition("?")[0]
        target = place.root / path
        assert (target / "index.html").is_file() or target.is_file(), (iri, path)


@pytest.mark.parametrize(
    ("accept", "found"),
    [
        (BROWSER, "/"),
        ("*/*", "/"),
        ("text/turtle", ".ttl"),
        ("text/turtle, application/rdf+xml;q=0.9, */*;q=0.1", ".ttl"),
        ("text/turtle,application/ld+json;q=0.9,text/html;q=0.3", ".ttl"),
        ("application/ld+json, application/json;q=0.9", ".jsonld"),
        ('application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"', ".jsonld"),
        ("application/json", ".jsonld"),
        ("text/html, text/turtle;q=0.5", "/"),
    ],
)
def test_who_asks_gets_the_first_form_that_it_names(
    accept: str, found: str, apache: Apache, loaded: Loaded
) -> None:
    address = "speerpunten/ondermijning"

    assert f"{UNKNOWN}{address}{found}" == apache.leads(loaded.settings.base + address, accept)


def test_the_rules_lead_to_where_the_site_stands_once_that_is_known(loaded: Loaded) -> None:
    known = replace(loaded, settings=replace(loaded.settings, site="https://v.nl/beleid/"))
    rules = folders(Views(known))
    targets = re.findall(r"^RewriteRule \S+ (\S+)", "\n".join(rules.values()), re.MULTILINE)

    assert {"kadernota/", "kadernota/id/gm0637/"} == {p.rpartition("/")[0] + "/" for p in rules}
    assert len(targets) > 20
    assert {True} == {target.startswith("https://v.nl/beleid/") for target in targets}
    assert "To do" not in "".join(rules.values())
    assert "To do" in "".join(folders(Views(loaded)).values())


def test_the_archive_holds_the_rules(loaded: Loaded, place: Place) -> None:
    with zipfile.ZipFile(io.BytesIO((place.root / "downloads/w3id.zip").read_bytes())) as archive:
        held = {name: archive.read(name).decode() for name in archive.namelist()}

    assert folders(Views(loaded)) == held
