"""The knowledge base in, its catalogue out: DCAT-AP-NL 3.0 with VoID, for data portals.

The profile wants to know the class of what is referred to (a language, a licence, a web page), and
a reader of one file does not look these up; so each has its class here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kadernota.linking.addresses import CATALOG, home, municipality
from kadernota.linking.vocabulary import both
from kadernota.linking.void import described
from kadernota.names import DCT, FOAF, KN, RDFS, SKOS, TYPE, XSD
from kadernota.publishing.datasets import DCAT as PROFILE
from kadernota.publishing.datasets import EU, IANA, datasets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kadernota.asking.questions import Question
    from kadernota.publishing.datasets import Dataset, Distribution
    from kadernota.publishing.views import Views

    Node = ox.NamedNode | ox.Literal
    Said = tuple[str, str, Node]

DCAT = "http://www.w3.org/ns/dcat#"
VCARD = "http://www.w3.org/2006/vcard/ns#"
LISTED = "http://publications.europa.eu/resource/authority/"
DUTCH, PUBLIC = f"{LISTED}language/NLD", f"{LISTED}access-right/PUBLIC"
CC0 = f"{LISTED}licence/CC0"
THEMES = {
    f"{LISTED}data-theme/JUST": "Justitie, rechtsstelsel en openbare veiligheid",
    f"{LISTED}data-theme/GOVE": "Overheid en publieke sector",
}


def files(views: Views, questions: Iterable[Question]) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """The catalogue as data, beside its page."""
    asked = tuple(questions)
    yield from both(CATALOG, lambda: catalog(views, asked))


def catalog(views: Views, questions: Iterable[Question]) -> list[ox.Triple]:
    """The catalogue, its data sets with their files, and what is known of their graphs."""
    offered = datasets(views, questions)
    said = (
        *_catalog(views, offered),
        *_around(views),
        *(one for dataset in offered for one in _dataset(dataset, views)),
        *(one for d in offered for file in d.files for one in _file(file, views)),
        *described(views, offered),
    )
    return [ox.Triple(ox.NamedNode(s), ox.NamedNode(p), o) for s, p, o in said]


def _catalog(views: Views, offered: tuple[Dataset, ...]) -> Iterator[Said]:
    settings = views.loaded.settings
    me, site = views.base + CATALOG, home(settings)
    yield me, TYPE, ox.NamedNode(DCAT + "Catalog")
    yield me, DCT + "title", _dutch(f"Catalogus: {settings.name}")
    yield me, DCT + "description", _dutch(f"De gegevens van {settings.name}, vrij te gebruiken.")
    yield me, FOAF + "homepage", ox.NamedNode(site)
    yield site, TYPE, ox.NamedNode(FOAF + "Document")
    yield from _shared(me, views)
    for dataset in offered:
        yield me, DCAT + "dataset", ox.NamedNode(f"{me}#{dataset.key}")
    yield me, DCAT + "themeTaxonomy", ox.NamedNode(f"{LISTED}data-theme")
    for theme, name in THEMES.items():
        yield theme, SKOS + "prefLabel", _dutch(name)
        yield theme, TYPE, ox.NamedNode(SKOS + "Concept")
        yield theme, SKOS + "inScheme", ox.NamedNode(f"{LISTED}data-theme")


def _dataset(dataset: Dataset, views: Views) -> Iterator[Said]:
    settings, catalog_ = views.loaded.settings, views.base + CATALOG
    me, page = f"{catalog_}#{dataset.key}", home(settings) + dataset.page
    yield me, TYPE, ox.NamedNode(DCAT + "Dataset")
    yield me, DCT + "identifier", ox.Literal(me)
    yield me, DCT + "title", _dutch(dataset.title)
    yield me, DCT + "description", _dutch(dataset.about)
    yield me, DCT + "accessRights", ox.NamedNode(PUBLIC)
    yield me, DCT + "conformsTo", ox.NamedNode(dataset.schema)
    yield me, DCAT + "landingPage", ox.NamedNode(page)
    yield me, FOAF + "page", ox.NamedNode(page)
    yield page, TYPE, ox.NamedNode(FOAF + "Document")
    yield dataset.schema, TYPE, ox.NamedNode(DCT + "Standard")
    yield from _shared(me, views)
    for theme in THEMES:
        yield me, DCAT + "theme", ox.NamedNode(theme)
    for word in dataset.keywords:
        yield me, DCAT + "keyword", _dutch(word)
    for file in dataset.files:
        yield me, DCAT + "distribution", ox.NamedNode(f"{catalog_}#{file.key}")
    if dataset.key == "kennisbank":
        yield from _reach(me, views)
    if views.loaded.version:
        yield me, DCAT + "version", ox.Literal(views.loaded.version.commit)


def _reach(me: str, views: Views) -> Iterator[Said]:
    """For which area and which years the memorandum holds, as far as it says so."""
    graph, memorandum = views.loaded.asserted, views.base + views.loaded.settings.memorandum
    for area in graph.values(memorandum, KN + "gebied"):
        yield me, DCT + "spatial", ox.NamedNode(area)
        yield area, TYPE, ox.NamedNode(DCT + "Location")
        yield area, SKOS + "prefLabel", _dutch(views.name(area))
    years, day = f"{views.base}{CATALOG}#looptijd", ox.NamedNode(XSD + "date")
    yield me, DCT + "temporal", ox.NamedNode(years)
    yield years, TYPE, ox.NamedNode(DCT + "PeriodOfTime")
    for path, word in (("begin", "startDate"), ("einde", "endDate")):
        if date := graph.one(memorandum, KN + path):
            yield years, DCAT + word, ox.Literal(date, datatype=day)


def _file(file: Distribution, views: Views) -> Iterator[Said]:
    me, url = f"{views.base}{CATALOG}#{file.key}", home(views.loaded.settings) + file.path
    media, form = IANA + file.form.media, EU + file.form.listed
    yield me, TYPE, ox.NamedNode(DCAT + "Distribution")
    yield me, DCT + "title", _dutch(file.title)
    yield me, DCAT + "accessURL", ox.NamedNode(url)
    yield me, DCAT + "downloadURL", ox.NamedNode(url)
    yield url, TYPE, ox.NamedNode(RDFS + "Resource")
    yield me, DCAT + "mediaType", ox.NamedNode(media)
    yield media, TYPE, ox.NamedNode(DCT + "MediaType")
    yield me, DCT + "format", ox.NamedNode(form)
    yield form, TYPE, ox.NamedNode(DCT + "MediaTypeOrExtent")
    yield me, DCT + "license", ox.NamedNode(CC0)
    yield me, DCT + "language", ox.NamedNode(DUTCH)
    yield me, DCT + "conformsTo", ox.NamedNode(file.schema)
    yield file.schema, TYPE, ox.NamedNode(DCT + "Standard")
    yield from _changed(me, views)


def _shared(me: str, views: Views) -> Iterator[Said]:
    """What holds for the catalogue and for all that is in it."""
    yield me, DCT + "publisher", ox.NamedNode(municipality(views.loaded.settings))
    yield me, DCT + "creator", ox.NamedNode(municipality(views.loaded.settings))
    yield me, DCAT + "contactPoint", ox.NamedNode(f"{views.base}{CATALOG}#contact")
    yield me, DCT + "language", ox.NamedNode(DUTCH)
    yield me, DCT + "license", ox.NamedNode(CC0)
    yield from _changed(me, views)


def _changed(me: str, views: Views) -> Iterator[Said]:
    if views.loaded.version:
        when = ox.Literal(views.loaded.version.time, datatype=ox.NamedNode(XSD + "dateTime"))
        yield me, DCT + "modified", when


def _around(views: Views) -> Iterator[Said]:
    """The municipality, how to reach it (no more than this site), and the words of others."""
    settings = views.loaded.settings
    publisher, contact = municipality(settings), f"{views.base}{CATALOG}#contact"
    yield publisher, TYPE, ox.NamedNode(FOAF + "Agent")
    yield publisher, FOAF + "name", _dutch(called(views))
    yield contact, TYPE, ox.NamedNode(VCARD + "Kind")
    yield contact, VCARD + "fn", _dutch(settings.name)
    yield contact, VCARD + "hasURL", ox.NamedNode(f"{home(settings)}over/")
    yield f"{home(settings)}over/", TYPE, ox.NamedNode(RDFS + "Resource")
    for iri, cls in (
        (DUTCH, "LinguisticSystem"),
        (CC0, "LicenseDocument"),
        (PUBLIC, "RightsStatement"),
        (PROFILE, "Standard"),
    ):
        yield iri, TYPE, ox.NamedNode(DCT + cls)
    yield f"{LISTED}data-theme", TYPE, ox.NamedNode(SKOS + "ConceptScheme")
    yield f"{LISTED}data-theme", DCT + "title", _dutch("Thema's van datasets")


def called(views: Views) -> str:
    """What the data call the municipality; as long as they do not, what it is called here."""
    official = municipality(views.loaded.settings)
    found = views.loaded.asserted.subjects("https://schema.org/sameAs", official)
    return views.name(found[0]) if found else views.loaded.settings.name


def _dutch(text: str) -> ox.Literal:
    return ox.Literal(text, language="nl")
