"""A page in, its Markdown out: the templates, and what they can ask."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

import jinja2
from markupsafe import Markup

from kadernota.asking.ask import ask, store
from kadernota.asking.audience import by_audience
from kadernota.checking import readable
from kadernota.checking.excerpt import visible
from kadernota.checking.report import LOOKED_AT
from kadernota.checking.rulebook import address
from kadernota.names import KNSH, SH
from kadernota.publishing import browser, charts, cms, datasets, markup, nota, reference, tables
from kadernota.publishing.compiled import COMPILED
from kadernota.publishing.dictionary import Dictionary
from kadernota.publishing.following import follows
from kadernota.publishing.notation import number
from kadernota.publishing.summary import summary
from kadernota.publishing.things import Value, page_address, to_top
from kadernota.publishing.views import Views
from kadernota.tracing import echo

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyoxigraph as ox

    from kadernota.asking.ask import Answer
    from kadernota.asking.questions import Question
    from kadernota.checking.rulebook import Rulebook
    from kadernota.model import Loaded, Report
    from kadernota.publishing.tables import Table

TEMPLATES = "site/templates/"
CONDITION = re.compile(
    r"\{# alleen als: (.+?) #\}\n"
)  # above a template: when there is such a page


@dataclass(frozen=True, slots=True)
class Page:
    """Where a page goes, from which template, and what only this page knows."""

    path: str
    template: str
    given: Mapping[str, Any]

    @property
    def address(self) -> str:
        return page_address(self.path)

    @property
    def top(self) -> str:
        return to_top(self.address)


class Site:
    """The views of one build, and the templates that show them."""

    def __init__(
        self,
        loaded: Loaded,
        report: Report,
        questions: Mapping[str, Question],
        templates: Mapping[str, str],
        book: Rulebook,
    ) -> None:
        self.loaded = loaded
        self.views = Views(loaded)
        self.questions = questions
        self.templates = templates
        self.book = book
        self.glossary = markup.Glossary(self._terms())
        self.asked = lru_cache(maxsize=None)(self._asked)
        self.addresses: frozenset[str] = frozenset()  # of the pages, once it is known which
        meanings = reference.meanings(loaded)
        self.env = jinja2.Environment(
            loader=jinja2.DictLoader(dict(templates)),
            bytecode_cache=COMPILED,
            autoescape=True,
            finalize=markup.escape,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self.env.filters |= {
            "anker": markup.anchor,
            "kop": _heading,
            "plain": markup.plain,
            "getal": lambda text: int(text.replace(".", "")),
            "punten": lambda count: number(str(count)),
            "regels": markup.lines,
            "zichtbaar": visible,
        }
        self.env.globals |= {
            "k": self.views,
            "report": report,
            "settings": loaded.settings,
            "questions": questions,
            "gevraagd_door": lambda names: by_audience(questions[name] for name in names),
            "beantwoord": lambda: [name for name in questions if self.answer(name).rows],
            "nota": self.views.thing(loaded.settings.memorandum),
            "rust_op": lambda stop: nota.resting(self.views, stop),
            "gelezen_in": lambda stop: nota.read_into(self.views, stop),
            "deze": summary(self.views),
            "heeft": lambda address: address in self.addresses,
            "vraag": self.rows,
            "tabel": self.table,
            "gevolgen_van": lambda thing: follows(thing, self.views),
            "keuzes": lambda cls: browser.pick_list(cls, self.views),
            "lijsten": lambda: reference.lists(loaded),
            "zoekwoorden": lambda: reference.rings(loaded),
            "boek": book,
            "regel_adres": address,
            "model": Dictionary(loaded),
            "zegt": lambda value: meanings.get(value.target, ""),
            "controle": lambda rule: _rule(rule, loaded),
            "grens": {
                "leesbaar": int(readable.LOWEST),
                "zin": readable.LONGEST,
                "gelijk": echo.RUN,
            },
            "geleend": lambda: reference.borrowed(loaded, self.views.field_names),
            "attribuut": markup.attribute,
            "wijzigen": lambda thing: cms.address(thing.place, loaded),
            "aanbod": lambda: datasets.datasets(self.views, questions.values()),
            "grafen": datasets.GRAPHS,
            "versie": loaded.version.commit[:10] if loaded.version else "",
            "betekenis": lambda cls: reference.meaning(loaded, cls),
            "staven": charts.bars,
            "Punt": charts.Point,
            "Value": Value,
        }

    @cached_property
    def store(self) -> ox.Store:
        """The graph to ask; most pages ask nothing."""
        return store(self.loaded)

    def wanted(self, template: str) -> bool:
        """Whether there is anything to show with this template; it says so itself, above it."""
        condition = CONDITION.match(self.templates[template])
        return not condition or bool(self.env.compile_expression(condition[1])())

    def render(self, page: Page) -> str:
        to, seen = page.top, set[str]()

        def link(value: Value, css: str = "") -> Markup:
            if not value.target:
                return markup.escape(value.text)
            external = value.target.startswith("https://")
            href = markup.attribute(value.target if external else to + value.target)
            extra = Markup(' class="%s"') % css if css else Markup("")
            text = markup.escape(value.text)
            return Markup('<a href="%s"%s>%s</a>') % (href, extra, text)

        def prose(text: str, skip: str = "") -> Markup:
            """A text with its terms linked, each the first time on this page."""
            seen.add(skip)
            return self.glossary.link(text, to, seen)

        def href(address: str) -> Markup:
            return markup.attribute(to + address)

        template = self.env.get_template(page.template)
        return template.render(**page.given, page=page, to=to, link=link, prose=prose, href=href)

    def rows(self, name: str, **values: str) -> list[dict[str, Value]]:
        """The answer to a named question as rows of values; pages ask like anyone else."""
        answer = self.answer(name, **values)
        return [
            {c: tables.value(t, self.views) for c, t in zip(answer.columns, row, strict=True)}
            for row in answer.rows
        ]

    def table(self, name: str, **values: str) -> Table:
        """The answer to a named question as a table."""
        answer = self.answer(name, **values)
        return tables.table(answer, self.questions[name], self.views)

    def answer(self, name: str, **values: str) -> Answer:
        """The answer to a named question, asked only once."""
        return self.asked(name, tuple(sorted((k, v) for k, v in values.items() if v)))

    def _asked(self, name: str, values: tuple[tuple[str, str], ...]) -> Answer:
        return ask(self.store, self.loaded, self.questions[name], dict(values))

    def _terms(self) -> dict[str, tuple[str, str]]:
        """Each defined term and its other names, with its address and definition."""
        found: dict[str, tuple[str, str]] = {}
        for thing in self.views.things("begrippen"):
            definition = thing.get("definitie")
            for word in (thing.name, *(v.text for v in thing.all("ook-bekend-als"))):
                if len(word) > 2:
                    found.setdefault(word, (thing.target, definition))
        return found


def _rule(name: str, loaded: Loaded) -> str:
    """What a check looks at, as far as people need a sentence for it."""
    return LOOKED_AT.get(name) or loaded.shapes.one(KNSH + name, SH + "message")


def _heading(text: str) -> str:
    """With a capital, and for the rest as it was: `BOA's` does not become `Boa's`."""
    return text[:1].upper() + text[1:]
