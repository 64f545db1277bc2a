"""The pages in, what leads programs to them out: a sitemap, a search, and llms.txt."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from kadernota.linking.addresses import home
from kadernota.linking.heads import SEARCH
from kadernota.publishing.datasets import datasets
from kadernota.publishing.reference import meaning
from kadernota.publishing.summary import summary
from kadernota.publishing.things import page_address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kadernota.asking.questions import Question
    from kadernota.model import Settings, Version
    from kadernota.publishing.views import Views

SITEMAP = "sitemap.xml"
ASK, FIELD = "vraag.md", "zoek"  # the page on which people search, and what it calls their words


def files(
    made: Mapping[str, object], views: Views, questions: tuple[Question, ...]
) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """What stands at the top of the site, each with what makes it."""
    settings, version = views.loaded.settings, views.loaded.version
    pages = [page_address(path) for path in made if path.endswith(".md")]
    yield SITEMAP, lambda: sitemap(pages, settings, version).encode()
    yield "llms.txt", lambda: llms(views, questions, set(made)).encode()
    if ASK in made:
        yield SEARCH, lambda: opensearch(views).encode()
    if settings.site:  # without it there is no place that a robot could look at
        yield "robots.txt", partial(bytes, _robots(settings.site))


def _robots(site: str) -> bytes:
    return f"User-agent: *\nSitemap: {site}{SITEMAP}\n".encode()


def sitemap(pages: Iterable[str], settings: Settings, version: Version | None) -> str:
    """Every page, and the commit's time as that of the last change (sitemaps.org, 0.9)."""
    changed = f"<lastmod>{version.time}</lastmod>" if version else ""
    lines = [f"<url><loc>{escape(home(settings) + p)}</loc>{changed}</url>" for p in sorted(pages)]
    return "\n".join(
        (
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
            *lines,
            "</urlset>\n",
        )
    )


def opensearch(views: Views) -> str:
    """The search of the site, for the address bar of a browser (OpenSearch 1.1)."""
    settings, said = views.loaded.settings, summary(views)
    name, site = settings.name, home(settings)
    where = f"{site}{page_address(ASK)}?{FIELD}={{searchTerms}}"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">\n'
        f"<ShortName>{escape(said.place[:16].rstrip())}</ShortName>\n"
        f"<LongName>{escape(name[:48].rstrip())}</LongName>\n"
        f"<Description>{escape(said.about)}</Description>\n"
        "<InputEncoding>UTF-8</InputEncoding>\n"
        "<Language>nl</Language>\n"
        f'<Image type="image/svg+xml">{escape(site)}assets/logo.svg</Image>\n'
        f'<Url type="text/html" method="get" template={quoteattr(where)}/>\n'
        "</OpenSearchDescription>\n"
    )


def llms(views: Views, questions: tuple[Question, ...], paths: set[str]) -> str:
    """The site in Markdown for language models, as llmstxt.org has it."""
    settings, site = views.loaded.settings, home(views.loaded.settings)
    parts = [
        f"# {settings.name}",
        f"> {summary(views).about}",
        "Elk gegeven noemt het stuk van de kadernota waarop het rust. De teksten zijn eigen"
        " woorden; namen, datums en cijfers zijn precies overgenomen. Wat de kadernota niet zegt,"
        " staat hier ook niet. De gegevens vallen onder CC0 1.0.",
        f"Elk ding heeft een vast adres onder {settings.base}. Met `.ttl` of `.jsonld` erachter"
        " geeft het de gegevens.",
        _section("Vragen met hun antwoord", _questions(questions, site)),
        _section("Gegevens", _data(views, questions, site)),
        _section("Wat er staat", _folders(views, site)),
        _section("Optional", _more(paths, site)),
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


def _section(title: str, lines: Iterable[str]) -> str:
    found = "\n".join(lines)
    return f"## {title}\n\n{found}" if found else ""


def _questions(questions: Iterable[Question], site: str) -> Iterator[str]:
    for q in questions:
        yield f"- [{q.title['nl']}]({site}vragen/{q.name}.csv): {q.text['nl']}"


def _data(views: Views, questions: Iterable[Question], site: str) -> Iterator[str]:
    for dataset in datasets(views, questions):
        if dataset.key != "antwoorden":
            for file in dataset.files:
                yield f"- [{file.title}]({site}{file.path}): {file.form.name}. {dataset.about}"


def _folders(views: Views, site: str) -> Iterator[str]:
    for folder, form in sorted(views.folders.items()):
        if views.things(folder):
            yield f"- [{folder}]({site}{folder}/): {meaning(views.loaded, form.cls)}"


def _more(paths: set[str], site: str) -> Iterator[str]:
    for path, title, about in (
        ("vraag.md", "Vraag het", "Vragen stellen in de browser, ook in SPARQL."),
        ("model.md", "Het model", "Wat elke klasse en eigenschap betekent."),
        ("regels/index.md", "De regels", "Waaraan de gegevens voldoen."),
        ("catalogus.md", "De catalogus", "Alle bestanden, beschreven."),
        ("over.md", "Over deze site", "Waar de gegevens vandaan komen."),
    ):
        if path in paths:
            yield f"- [{title}]({site}{page_address(path)}): {about}"
