"""Pages in, the same pages out with what a program reads in their head.

The head goes along in the front matter, so that every site builder can put it there as it is. Its
text is HTML: all that comes from data is escaped here, and nowhere else.
"""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any

import yaml
from markupsafe import Markup

from kadernota.linking import schema_org
from kadernota.linking.addresses import CATALOG, GLOSSARY, ORIGIN, beside, home
from kadernota.publishing.things import page_address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from kadernota.asking.questions import Question
    from kadernota.publishing.views import Views

    Makers = Mapping[str, Callable[[], bytes]]

LARGEST = 65536  # bytes of data in a page; of more, the page only says where they are
SEARCH = "opensearch.xml"
DATA = {  # the pages about many things at once, and the file that has these
    "index.md": CATALOG,
    "catalogus.md": CATALOG,
    "herkomst.md": ORIGIN,
    "begrippen/index.md": GLOSSARY,
    "model.md": "downloads/ontologie",
    "lijsten.md": "downloads/lijsten",
    "regels/index.md": "downloads/shapes",
}
MEDIA = {
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "csv": "text/csv",
    "json": "application/sparql-results+json",
}


def headed(
    made: Makers, views: Views, questions: tuple[Question, ...]
) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Every page, with its head."""
    asked = {f"vragen/{q.name}.md": q for q in questions}
    for path, make in made.items():
        if path.endswith(".md"):
            yield path, partial(_with_head, path, make, made, views, asked)


def _with_head(
    path: str,
    make: Callable[[], bytes],
    made: Makers,
    views: Views,
    asked: Mapping[str, Question],
) -> bytes:
    start, meta, rest = make().split(b"---\n", 2)
    about = _about(path, views, asked)
    found = yaml.load(meta, yaml.CSafeLoader)
    lines = [
        *_links(path, made, views),
        script(schema_org.page(page_address(path), found, about, views)),
    ]
    if (own := made.get(path.removesuffix(".md") + ".jsonld")) and len(data := own()) <= LARGEST:
        lines.append(script(json.loads(data)))
    head = json.dumps("\n".join(lines), ensure_ascii=False)  # a text of JSON is one of YAML too
    return b"---\n".join((start, meta + f"kop: {head}\n".encode(), rest))


def _about(path: str, views: Views, asked: Mapping[str, Question]) -> dict[str, Any] | None:
    """What the page is about, when that is something with an address."""
    address = path.removesuffix(".md")
    if path in asked:
        return schema_org.answer(asked[path], views)
    if path in {"catalogus.md", "downloads.md"}:
        return schema_org.catalog(views, asked.values())
    if path == "begrippen/index.md":
        return schema_org.glossary(views)
    found = views.find(address)
    return schema_org.thing(found, views) if found else None


def _links(path: str, made: Makers, views: Views) -> Iterator[str]:
    """Where the same is found as data, and where this page is found for good."""
    page, settings = page_address(path), views.loaded.settings
    whole = DATA.get(path, path.removesuffix(".md"))
    for form, media in MEDIA.items():
        if f"{whole}.{form}" in made:
            href = beside(page, f"{whole}.{form}")
            # Two words: of `alternate` alone the theme thinks that it is this site in a language.
            yield Markup('<link rel="alternate describedby" type="%s" href="%s">') % (media, href)
    if not settings.site:  # the site builder does it when it knows where the site stands
        yield Markup('<link rel="canonical" href="%s">') % (home(settings) + page)
    if SEARCH in made:
        yield Markup(
            '<link rel="search" type="application/opensearchdescription+xml" href="%s" title="%s">'
        ) % (beside(page, SEARCH), settings.name)


def script(data: object) -> str:
    """Data as a script that does nothing; what would end it is written in another way."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return f'<script type="application/ld+json">{text}</script>'
