"""A page in, what it is about out, in the words of schema.org: for search engines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kadernota.linking.addresses import CATALOG, GLOSSARY, home, municipality
from kadernota.linking.catalog import called
from kadernota.names import ALIAS, FOAF, KN, LISTS, TYPE
from kadernota.publishing.datasets import datasets

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kadernota.asking.questions import Question
    from kadernota.publishing.things import Thing
    from kadernota.publishing.views import Views

Said = dict[str, Any]
LICENSE = "https://creativecommons.org/publicdomain/zero/1.0/"
KINDS = {
    "Begrip": "DefinedTerm",
    "Document": "CreativeWork",
    "Gebied": "Place",
    "Grondslag": "Legislation",
    "Indicator": "Dataset",
    "Kadernota": "Legislation",
    "Organisatie": "Organization",
    "Partner": "Organization",
}
GOVERNMENT = {f"{LISTS}partnersoorten/gemeente", f"{LISTS}partnersoorten/rijksoverheid"}
NUMBERS = (KN + "regelingnummer", KN + "bwbNummer")  # by which others find a law or a memorandum


def thing(thing: Thing, views: Views) -> Said:
    """What a page about one thing is about; a kind that schema.org does not have is a Thing."""
    graph = views.loaded.asserted
    same = graph.values(thing.iri, "https://schema.org/sameAs")
    about = (thing.get("beschrijving") or thing.get("definitie")).strip().replace("\n", " ")
    found: Said = {
        "@type": kind(thing, views),
        "@id": thing.iri,
        "name": thing.name,
        "description": about,
        "alternateName": graph.values(thing.iri, ALIAS),
        "url": home(views.loaded.settings) + thing.target,
    }
    if found["@type"] == "DefinedTerm":
        found["inDefinedTermSet"] = views.base + GLOSSARY
    if found["@type"] == "Legislation":
        numbers = (n for path in NUMBERS for n in graph.values(thing.iri, path))
        found["legislationIdentifier"] = next(numbers, "")
        found["legislationDate"] = graph.one(thing.iri, KN + "vastgesteldOp")
        same = [*same, *graph.values(thing.iri, FOAF + "page")]
    if found["@type"] == "Dataset":
        found |= {"license": LICENSE, "distribution": _downloads(thing, views)}
    return _kept(found | {"sameAs": same})


def kind(thing: Thing, views: Views) -> str:
    """The class of schema.org that comes closest without saying too much."""
    graph = views.loaded.asserted
    own = graph.one(thing.iri, TYPE).removeprefix(KN)
    if KINDS.get(own) == "Organization" and GOVERNMENT & {*graph.values(thing.iri, KN + "soort")}:
        return "GovernmentOrganization"
    return KINDS.get(own, "Thing")


def _downloads(thing: Thing, views: Views) -> list[Said]:
    url = home(views.loaded.settings) + thing.address
    return [
        _download(f"{url}.ttl", "text/turtle"),
        _download(f"{url}.jsonld", "application/ld+json"),
    ]


def _download(url: str, media: str) -> Said:
    return {"@type": "DataDownload", "contentUrl": url, "encodingFormat": media}


def glossary(views: Views) -> Said:
    """The terms as one set."""
    terms = [{"@id": one.iri} for one in views.things(GLOSSARY)]
    name = f"Begrippen: {views.loaded.settings.name}"
    iri = views.base + GLOSSARY
    return {"@type": "DefinedTermSet", "@id": iri, "name": name, "hasDefinedTerm": terms}


def answer(question: Question, views: Views) -> Said:
    """The answer to a question, as a table."""
    url = f"{home(views.loaded.settings)}vragen/{question.name}"
    return {
        "@type": "Dataset",
        "@id": f"{views.base}{CATALOG}#antwoord-{question.name}",
        "name": question.title["nl"],
        "description": question.text["nl"],
        "license": LICENSE,
        "distribution": [_download(f"{url}.csv", "text/csv")],
    }


def catalog(views: Views, questions: Iterable[Question]) -> Said:
    """Everything there is to take away."""
    site, iri = home(views.loaded.settings), views.base + CATALOG
    found = [
        {
            "@type": "Dataset",
            "@id": f"{iri}#{one.key}",
            "name": one.title,
            "description": one.about,
            "license": LICENSE,
            "keywords": list(one.keywords),
            "url": site + one.page,
            "distribution": [_download(site + f.path, f.form.media) for f in one.files],
        }
        for one in datasets(views, questions)
    ]
    name = f"Catalogus: {views.loaded.settings.name}"
    return {"@type": "DataCatalog", "@id": iri, "name": name, "license": LICENSE, "dataset": found}


def site(views: Views) -> Said:
    """The site as a whole, with whose it is."""
    settings = views.loaded.settings
    return {
        "@type": "WebSite",
        "url": home(settings),
        "name": settings.name,
        "inLanguage": "nl",
        "publisher": {
            "@type": "GovernmentOrganization",
            "@id": municipality(settings),
            "name": called(views),
        },
    }


def page(address: str, meta: Mapping[str, str], about: Said | None, views: Views) -> Said:
    """The page itself: where it stands, how it is called, and what it is about."""
    settings, version = views.loaded.settings, views.loaded.version
    return _kept(
        {
            "@context": "https://schema.org",
            "@type": "WebPage",
            "url": home(settings) + address,
            "name": meta.get("title", ""),
            "description": meta.get("description", ""),
            "inLanguage": "nl",
            "license": LICENSE,
            "dateModified": version.time if version else "",
            "isPartOf": site(views),
            "mainEntity": about,
        }
    )


def _kept(said: Said) -> Said:
    """Without what is not known."""
    return {key: value for key, value in said.items() if value}
