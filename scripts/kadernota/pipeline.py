"""The stages in order; this page is the architecture."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from kadernota.asking import formats
from kadernota.authoring import menu, schema
from kadernota.authoring.options import options
from kadernota.checking import idle, readable, report
from kadernota.checking.certain import Holes, certain, near
from kadernota.checking.reach import reaches
from kadernota.checking.reason import reason
from kadernota.checking.validate import problems, rules, validate
from kadernota.engine import engine
from kadernota.linking import discovery
from kadernota.linking.linked import linked
from kadernota.model import File, Loaded, Problem, Report, Sources
from kadernota.publishing import browser, cms, downloads, pages
from kadernota.publishing.summary import summary
from kadernota.publishing.views import Views
from kadernota.reading.assemble import assemble
from kadernota.reading.form import Vocabulary, terms
from kadernota.reading.settings import settings
from kadernota.ready import Ready, closed, ready
from kadernota.weigh import weigh, weigh_partly

if TYPE_CHECKING:
    from collections.abc import Callable

    from kadernota.asking.questions import Question

ANSWERS = ("csv", "json")  # the forms in which the site has each answer


@dataclass(frozen=True, slots=True)
class Built:
    """What a build makes before the site builder runs."""

    files: tuple[File, ...]
    answers: tuple[File, ...]
    pages: tuple[File, ...]
    theme: tuple[File, ...]
    config: File  # for the site builder


def load(sources: Sources) -> Loaded | tuple[Problem, ...]:
    """Sources in; the closed graph out, or the mistakes in form that come before it."""
    loaded = load_with_holes(sources)
    return loaded.mistakes or loaded if isinstance(loaded, Loaded) else loaded


def load_with_holes(sources: Sources) -> Loaded | tuple[Problem, ...]:
    """The same, with the mistakes in the files under data/ as holes in the graph."""
    given = ready(sources)
    if not isinstance(given, Ready):
        return given
    authored = assemble(sources, given.config, given.motor.words)
    inferred = reason(authored.asserted, given.motor.words.ontology, given.motor.rules)
    return closed(sources, given, authored, inferred)


def check(loaded: Loaded, text: File | None = None) -> Report:
    """The closed graph in; what does not hold, and how much there was to look at, out.

    With the adopted text at hand the graph is also held against that. With holes in the graph only
    what is certain is said, after the mistakes that made the holes.
    """
    found = validate(loaded.closed, loaded.shapes)
    if loaded.mistakes:
        every = near(reaches(loaded.shapes), loaded.ontology, loaded.rules)
        stated, base = loaded.asserted.index, loaded.settings.base
        holes = Holes(stated, stated.keys(), loaded.stubs, base)
        sure = problems(certain(found, every, holes), loaded.shapes, loaded.places, loaded.keys)
        waiting = len(rules(loaded.shapes)) - len(every)
        return weigh_partly(loaded.mistakes, sure, waiting, loaded.shapes, loaded.files)
    looked = idle.demands(loaded.shapes)
    claims = {
        "leeg": idle.claims(looked, idle.witnesses(looked, loaded.closed), loaded.closed),
        "leesbaar": readable.claims(loaded.asserted.items),
    }
    return weigh(loaded, found, claims, text)


def schemas(
    sources: Sources, loaded: Loaded | None = None
) -> tuple[File, ...] | tuple[Problem, ...]:
    """Sources in; a JSON Schema per folder out, that knows the shape and what exists now.

    What was loaded of the same sources need not be read again.
    """
    if loaded:
        words = Vocabulary(loaded.ontology, terms(sources.context), loaded.forms)
        base, parsed = loaded.settings.base, loaded.documents
        return schema.schemas(words, options(sources.data, words, base, parsed))
    motor, problems = engine(sources)
    if motor is None:
        return problems
    config, problems = settings(sources.settings)
    if config is None:
        return problems
    return schema.schemas(motor.words, options(sources.data, motor.words, config.base))


def manage(loaded: Loaded, sources: Sources) -> list[File]:
    """The CMS in which people propose changes, when there is a forge for it."""
    motor, _ = engine(sources)
    if motor is None or loaded.forge is None:
        return []
    found = options(sources.data, motor.words, loaded.settings.base)
    return cms.pages(loaded, found, loaded.forge, sources.cms)


def site(
    loaded: Loaded, found: Report, questions: tuple[Question, ...], sources: Sources
) -> dict[str, Callable[[], bytes]]:
    """The closed graph in; the files that become the site out, each with what makes it."""
    views = pages.site(loaded, found, questions, sources.site, sources.examples)

    def answer(name: str, form: str) -> bytes:
        return formats.text(views.answer(name), form, "").encode()

    made: dict[str, Callable[[], bytes]] = {
        **dict(pages.pages(views, sources.site)),
        **dict(downloads.each(loaded)),
        **{f"downloads/{path}": make for path, make in downloads.whole(loaded)},
        **{f"vragen/{q.name}.{f}": partial(answer, q.name, f) for q in questions for f in ANSWERS},
        **dict(browser.files(views.views, questions)),
    }
    return linked(made, views, questions, sources.context)


def tools(loaded: Loaded, sources: Sources) -> list[File]:
    """What the site has for those who write: a schema per folder, and the CMS if there is one."""
    made = [f for f in schemas(sources, loaded) if isinstance(f, File)]
    shown = [File(f"downloads/schema/{f.path}", f.content) for f in made]
    return [*shown, *manage(loaded, sources)]


def build(
    loaded: Loaded, found: Report, questions: tuple[Question, ...], sources: Sources
) -> Built:
    """The closed graph in; everything that lands in build/ before the site builder runs, out."""
    made = [File(path, make()) for path, make in site(loaded, found, questions, sources).items()]
    shown = (*made, *tools(loaded, sources))
    paths = {f.path for f in shown}
    csvs = {f"vragen/{q.name}.csv" for q in questions}
    return Built(
        files=(
            File("1-graph.ttl", downloads.turtle(loaded.asserted.items)),
            File("2-inferred.ttl", downloads.turtle(loaded.inferred.items)),
            File("3-report.md", report.as_markdown(found).encode()),
        ),
        answers=tuple(
            File(f.path.removeprefix("vragen/"), f.content) for f in made if f.path in csvs
        ),
        pages=shown,
        # the template of the sitemap too: what the site builder makes of its own would win
        theme=(*menu.theme(sources.site), *(f for f in made if f.path == discovery.SITEMAP)),
        config=menu.built(sources.site, loaded.settings, summary(Views(loaded)), paths),
    )
