"""The knowledge base in, what there is to take away out: data sets, each in several forms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kadernota.names import KN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kadernota.asking.questions import Question
    from kadernota.publishing.views import Views

IANA = "https://www.iana.org/assignments/media-types/"
EU = "http://publications.europa.eu/resource/authority/file-type/"
W3 = "https://www.w3.org/TR/"
MODEL = KN
DCAT = "https://docs.geostandaarden.nl/dcat/dcat-ap-nl30/"
SBB = "https://docs.geostandaarden.nl/nl-sbb/nl-sbb/"
PACKAGE = "https://specs.frictionlessdata.io/data-package/"
SHACL, JSON_LD = f"{W3}shacl/", f"{W3}json-ld11/"


@dataclass(frozen=True, slots=True)
class Form:
    """A form of data: what it is called, its media type, and its name in the lists of the EU."""

    name: str
    media: str
    listed: str


@dataclass(frozen=True, slots=True)
class Distribution:
    """One file of a data set: its place in the catalogue, where it is, and what it keeps to."""

    key: str
    path: str
    title: str
    form: Form
    schema: str


@dataclass(frozen=True, slots=True)
class Dataset:
    """Something to take away: what it is, the page that tells about it, and its files."""

    key: str
    title: str
    about: str
    page: str
    keywords: tuple[str, ...]
    schema: str
    files: tuple[Distribution, ...]


FORMS = {
    "ttl": Form("Turtle", "text/turtle", "RDF_TURTLE"),
    "jsonld": Form("JSON-LD", "application/ld+json", "JSON_LD"),
    "nq": Form("N-Quads", "application/n-quads", "RDF_N_QUADS"),
    "trig": Form("TriG", "application/trig", "RDF_TRIG"),
    "csv": Form("CSV", "text/csv", "CSV"),
    "json": Form("JSON", "application/json", "JSON"),
}
GRAPHS = {  # by the last word of its name: what a graph holds, and the file of it
    "gegeven": ("Wat mensen hebben vastgelegd", "downloads/kadernota.ttl"),
    "afgeleid": ("Wat daaruit volgt", "downloads/afgeleid.ttl"),
    "ontologie": ("Het model", "downloads/ontologie.ttl"),
    "herkomst": ("De herkomst", "downloads/herkomst.ttl"),
}


def datasets(views: Views, questions: Iterable[Question]) -> tuple[Dataset, ...]:
    """All there is to take away."""
    asked = tuple(questions)
    found = (_whole(views), _answers(views, asked), _concepts(views), _model(), _origin())
    return tuple(one for one in found if one.files)


def _whole(views: Views) -> Dataset:
    about = "Alles wat in de kadernota staat, als gegevens die met elkaar verbonden zijn."
    words = ("veiligheid", "veiligheidsbeleid", "openbare orde", "gemeentelijk beleid")
    paths = [f"downloads/kadernota.{form}" for form in ("ttl", "jsonld", "nq", "trig")]
    files = tuple(_files("kennisbank", paths, MODEL))
    return Dataset("kennisbank", views.loaded.settings.name, about, "", words, MODEL, files)


def _answers(views: Views, asked: tuple[Question, ...]) -> Dataset:
    files = [
        Distribution(
            f"antwoord-{q.name}", f"vragen/{q.name}.csv", q.title["nl"], FORMS["csv"], PACKAGE
        )
        for q in asked
    ]
    if asked:
        path, title = "vragen/datapackage.json", "Wat in elk bestand staat (Frictionless)"
        files.insert(0, Distribution("antwoorden-pakket", path, title, FORMS["json"], PACKAGE))
    return Dataset(
        "antwoorden",
        f"Antwoorden: {views.loaded.settings.name}",
        "Het antwoord op elke vaste vraag, als tabel.",
        "vragen/",
        ("veiligheidsbeleid", "tabellen"),
        PACKAGE,
        tuple(files),
    )


def _concepts(views: Views) -> Dataset:
    paths = ["begrippen.ttl", "begrippen.jsonld"] if views.things("begrippen") else []
    return Dataset(
        "begrippen",
        f"Begrippen: {views.loaded.settings.name}",
        "Wat de woorden in de kadernota betekenen, als begrippenkader in SKOS.",
        "begrippen/",
        ("begrippen", "veiligheidsbeleid"),
        SBB,
        tuple(_files("begrippenkader", paths, SBB)),
    )


def _model() -> Dataset:
    paths = ["downloads/ontologie.ttl", "downloads/ontologie.jsonld"]
    files = [*_files("ontologie", paths, f"{W3}owl2-overview/")]
    files += _files("regels", ["downloads/shapes.ttl", "downloads/shapes.jsonld"], SHACL)
    files += _files("lijsten", ["downloads/lijsten.ttl", "downloads/lijsten.jsonld"], SBB)
    files += _files("context", ["downloads/context.jsonld"], JSON_LD)
    return Dataset(
        "model",
        "Het model van een kadernota",
        "De klassen, eigenschappen, lijsten en regels waarmee een kadernota is beschreven.",
        "model/",
        ("ontologie", "datamodel", "kadernota"),
        f"{W3}owl2-overview/",
        tuple(files),
    )


def _origin() -> Dataset:
    return Dataset(
        "vastlegging",
        "Herkomst van de gegevens",
        "Waar elk gegeven vandaan komt, en van welke versie.",
        "herkomst/",
        ("herkomst", "provenance"),
        f"{W3}prov-o/",
        tuple(_files("vastlegging", ["downloads/herkomst.ttl"], f"{W3}prov-o/")),
    )


def _files(name: str, paths: Iterable[str], schema: str) -> Iterator[Distribution]:
    for path in paths:
        form = path.rpartition(".")[2]
        file = path.rpartition("/")[2]
        yield Distribution(f"{name}-{form}", path, file, FORMS[form], schema)
