"""Views, answers and templates in, the files of the site out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import jinja2
from markupsafe import Markup

from kadernota.ask import ask, store
from kadernota.markup import Glossary, attribute, escape
from kadernota.model import File, Loaded, Report, Sources
from kadernota.names import KN, LISTS, RDFS, SH, SKOS, TYPE
from kadernota.views import Value, Views, dutch

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kadernota.ask import Answer
    from kadernota.questions import Question

TEMPLATES = "site/templates/"
STATIC = ("site/assets/", "site/pages/")


@dataclass(frozen=True, slots=True)
class Page:
    """Where a page goes, from which template, and what only this page knows."""

    path: str
    template: str
    given: Mapping[str, Any]

    @property
    def top(self) -> str:
        """The way from this page's address back to the top of the site."""
        whole = self.path.removesuffix("index.md").removesuffix(".md")
        return "../" * len([part for part in whole.split("/") if part]) or "./"


def pages(
    loaded: Loaded,
    report: Report,
    questions: tuple[Question, ...],
    answers: Mapping[str, Answer],
    sources: Sources,
) -> Iterator[File]:
    """Every file of the site: pages from templates, pages written by hand, assets."""
    site = _Site(loaded, report, questions, answers, sources)
    for page in site.all():
        yield File(page.path, site.render(page).encode())
    for file in sources.site:
        for folder in STATIC:
            if file.path.startswith(folder):
                yield File(_static(file.path, folder), file.content)


def _static(path: str, folder: str) -> str:
    inside = path.removeprefix(folder)
    return f"assets/{inside}" if folder == STATIC[0] else inside


class _Site:
    """The views of one build, and the templates that show them."""

    def __init__(
        self,
        loaded: Loaded,
        report: Report,
        questions: tuple[Question, ...],
        answers: Mapping[str, Answer],
        sources: Sources,
    ) -> None:
        self.loaded = loaded
        self.views = Views(loaded)
        self.questions = {q.name: q for q in questions}
        self.answers = answers
        self.store = store(loaded)
        self.templates = {
            f.path.removeprefix(TEMPLATES): f.content.decode()
            for f in sources.site
            if f.path.startswith(TEMPLATES)
        }
        self.glossary = Glossary(self._terms())
        self.env = jinja2.Environment(
            loader=jinja2.DictLoader(self.templates),
            autoescape=True,
            finalize=escape,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self.env.globals |= {
            "k": self.views,
            "report": report,
            "settings": loaded.settings,
            "questions": self.questions,
            "answers": answers,
            "nota": self.views.thing(loaded.settings.memorandum),
            "vraag": self.rows,
            "lijsten": self.lists,
            "regels": self.rules,
            "model": self.model,
            "dutch": dutch,
            "json": _json,
        }

    def all(self) -> Iterator[Page]:
        """The pages, in a stable order."""
        for name in self.templates:
            if name.endswith(".md.j2") and "/" not in name and not name.startswith("_"):
                path = name.removesuffix(".j2").replace("--", "/")
                yield Page(path, name, {})
        for address in self.views.addresses:
            thing = self.views.thing(address)
            own = f"thing/{thing.folder}.md.j2"
            template = own if own in self.templates else "thing/_any.md.j2"
            yield Page(f"{address}.md", template, {"thing": thing})
        for folder, form in self.views.folders.items():
            if things := self.views.things(folder):
                given = {"form": form, "things": things}
                own = f"folder/{folder}.md.j2"
                template = own if own in self.templates else "folder/_any.md.j2"
                yield Page(f"{folder}/index.md", template, given)
        for question in self.questions.values():
            given = {"question": question, "answer": self.answers.get(question.name)}
            yield Page(f"vragen/{question.name}.md", "question/_any.md.j2", given)

    def render(self, page: Page) -> str:
        to = page.top

        def link(value: Value, css: str = "") -> Markup:
            if not value.target:
                return escape(value.text)
            href = value.target if value.target.startswith("https://") else to + value.target
            extra = Markup(' class="%s"') % css if css else Markup("")
            return Markup('<a href="%s"%s>%s</a>') % (attribute(href), extra, escape(value.text))

        def prose(text: str, skip: str = "") -> Markup:
            """A text of several lines: terms linked, each line a sentence."""
            return self.glossary.link(text, to, skip)

        def href(address: str) -> Markup:
            return attribute(to + address)

        template = self.env.get_template(page.template)
        return template.render(
            **page.given, page=page, to=to, link=link, prose=prose, href=href, Value=Value
        )

    def rows(self, name: str, **values: str) -> list[dict[str, Value]]:
        """The answer to a named question as rows of values; pages ask like anyone else."""
        given = {k: v for k, v in values.items() if v}
        answer = self.answers.get(name) if not given else None
        answer = answer or ask(self.store, self.loaded, self.questions[name], given)
        return [
            {
                c: Value("") if term is None else self.views.value(term)
                for c, term in zip(answer.columns, row, strict=True)
            }
            for row in answer.rows
        ]

    def _terms(self) -> dict[str, tuple[str, str]]:
        """Each defined term and its other names, with its address and definition."""
        found: dict[str, tuple[str, str]] = {}
        for thing in self.views.things("begrippen"):
            definition = thing.get("definitie")
            for word in (thing.name, *(v.text for v in thing.all("ook-bekend-als"))):
                if len(word) > 2:
                    found.setdefault(word, (thing.target, definition))
        return found

    def lists(self) -> list[tuple[str, str, list[tuple[str, str, str]]]]:
        """The closed lists: address, title, and per value its address, name and definition."""
        onto = self.loaded.ontology
        found = []
        for scheme in onto.subjects(TYPE, SKOS + "ConceptScheme"):
            values = [
                (
                    v.removeprefix(LISTS),
                    onto.one(v, SKOS + "prefLabel"),
                    onto.one(v, SKOS + "definition"),
                )
                for v in onto.subjects(SKOS + "inScheme", scheme)
            ]
            title = onto.one(scheme, "http://purl.org/dc/terms/title")
            found.append((scheme.removeprefix(LISTS), title, sorted(values)))
        return sorted(found)

    def rules(self) -> list[tuple[str, str, str, str]]:
        """The rules: name, path's key, message and severity."""
        shapes = self.loaded.shapes
        return [
            (
                s.rpartition("#")[2],
                self.loaded.keys.get(shapes.one(s, SH + "path"), ""),
                shapes.one(s, SH + "message"),
                shapes.one(s, SH + "severity").rpartition("#")[2],
            )
            for s, about in sorted(shapes.index.items())
            if SH + "severity" in about
        ]

    def model(self, kind: str) -> list[tuple[str, str, str, str]]:
        """Classes (`Class`) or properties (`ObjectProperty`, ...): name, label, definition, map."""
        onto = self.loaded.ontology
        iris = onto.subjects(TYPE, f"http://www.w3.org/2002/07/owl#{kind}")
        return sorted(
            (
                i.removeprefix(KN),
                onto.one(i, RDFS + "label"),
                onto.one(i, SKOS + "definition"),
                onto.one(i, KN + "map"),
            )
            for i in iris
            if i.startswith(KN)
        )


def _json(value: Any) -> Markup:
    """Data for a script element: no `<` can end it."""
    import json  # noqa: PLC0415 - only templates with data need it

    text = json.dumps(value, ensure_ascii=False, sort_keys=True).replace("<", "\\u003c")
    return Markup(text)  # noqa: S704 - escaped on the line above
