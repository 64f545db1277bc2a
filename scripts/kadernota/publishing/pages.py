"""Views, answers and templates in, the files of the site out."""

from __future__ import annotations

from functools import partial
from html import escape
from typing import TYPE_CHECKING

from kadernota.checking.rulebook import Rulebook
from kadernota.publishing.site import TEMPLATES, Page, Site

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kadernota.asking.questions import Question
    from kadernota.model import File, Loaded, Report

ASSETS, WRITTEN = "site/assets/", "site/pages/"


def site(
    loaded: Loaded,
    report: Report,
    questions: tuple[Question, ...],
    files: tuple[File, ...],
    examples: tuple[File, ...] = (),
) -> Site:
    """The views of the knowledge base, with the templates among these files."""
    templates = {
        f.path.removeprefix(TEMPLATES): f.content.decode()
        for f in files
        if f.path.startswith(TEMPLATES)
    }
    book = Rulebook(loaded.shapes, loaded.ontology, loaded.keys, examples)
    return Site(loaded, report, {q.name: q for q in questions}, templates, book)


def pages(site: Site, files: tuple[File, ...]) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Every file of the site with what makes it: from templates, written by hand, assets."""
    listed = tuple(_all(site))
    site.addresses = frozenset(page.address for page in listed)
    for page in listed:
        yield page.path, partial(_rendered, site, page)
    for old, new in site.loaded.redirects.items():
        yield f"{old}/index.html", partial(moved, new, site.views.thing(new).name)
    for file in files:
        if file.path.startswith(ASSETS):
            yield f"assets/{file.path.removeprefix(ASSETS)}", partial(bytes, file.content)
        elif file.path.startswith(WRITTEN):
            yield file.path.removeprefix(WRITTEN), partial(bytes, file.content)


def _rendered(site: Site, page: Page) -> bytes:
    return site.render(page).encode()


def _all(site: Site) -> Iterator[Page]:
    """The pages, in a stable order."""
    for name in site.templates:
        top = name.endswith(".md.j2") and "/" not in name and not name.startswith("_")
        if top and site.wanted(name):
            yield Page(name.removesuffix(".j2").replace("--", "/"), name, {})
    for address in site.views.addresses:
        thing = site.views.thing(address)
        yield Page(f"{address}.md", _own(site, "thing", thing.folder), {"thing": thing})
    for folder, form in site.views.folders.items():
        if things := site.views.things(folder):
            own = _own(site, "folder", folder)
            yield Page(f"{folder}/index.md", own, {"form": form, "things": things})
    for chapter in site.views.chapters:
        yield Page(f"nota/{chapter.slug}.md", "chapter/_any.md.j2", {"chapter": chapter})
    for name, question in site.questions.items():
        yield Page(f"vragen/{name}.md", _own(site, "question", name), {"question": question})
    yield from map(_rules, site.book.pages)


def _rules(name: str) -> Page:
    return Page(f"regels/{name}.md", "rule/_any.md.j2", {"naam": name})


def moved(address: str, name: str) -> bytes:
    """The page at an old address: it leads on, also without JavaScript."""
    to, name = escape(f"../../{address}/"), escape(name)
    page = (
        '<!doctype html>\n<html lang="nl">\n<meta charset="utf-8">\n'
        f"<title>Verhuisd: {name}</title>\n"
        f'<meta http-equiv="refresh" content="0; url={to}">\n'
        f'<link rel="canonical" href="{to}">\n<meta name="robots" content="noindex">\n'
        f'<main><p>Deze pagina is verhuisd naar <a href="{to}">{name}</a>.</p></main>\n</html>\n'
    )
    return page.encode()


def _own(site: Site, kind: str, name: str) -> str:
    """The template of this one, or the one for any."""
    own = f"{kind}/{name}.md.j2"
    return own if own in site.templates else f"{kind}/_any.md.j2"
