"""Views, answers and templates in, the files of the site out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kadernota.model import File
from kadernota.site import TEMPLATES, Page, Site

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kadernota.ask import Answer
    from kadernota.model import Loaded, Report, Sources
    from kadernota.questions import Question

ASSETS, WRITTEN = "site/assets/", "site/pages/"


def pages(
    loaded: Loaded,
    report: Report,
    questions: tuple[Question, ...],
    answers: Mapping[str, Answer],
    sources: Sources,
) -> Iterator[File]:
    """Every file of the site: pages from templates, pages written by hand, assets."""
    templates = {
        f.path.removeprefix(TEMPLATES): f.content.decode()
        for f in sources.site
        if f.path.startswith(TEMPLATES)
    }
    site = Site(loaded, report, {q.name: q for q in questions}, answers, templates)
    for page in _all(site):
        yield File(page.path, site.render(page).encode())
    for file in sources.site:
        if file.path.startswith(ASSETS):
            yield File(f"assets/{file.path.removeprefix(ASSETS)}", file.content)
        elif file.path.startswith(WRITTEN):
            yield File(file.path.removeprefix(WRITTEN), file.content)


def _all(site: Site) -> Iterator[Page]:
    """The pages, in a stable order."""
    for name in site.templates:
        if name.endswith(".md.j2") and "/" not in name and not name.startswith("_"):
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


def _own(site: Site, kind: str, name: str) -> str:
    """The template of this one, or the one for any."""
    own = f"{kind}/{name}.md.j2"
    return own if own in site.templates else f"{kind}/_any.md.j2"
