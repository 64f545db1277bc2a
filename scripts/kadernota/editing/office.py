"""Every request under /bewerken/ in, its answer out: who may come in, and which page this is."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Protocol

from kadernota.authoring.options import options
from kadernota.editing.amend import Kind
from kadernota.editing.desk import FOLDER, Desk, Item, Sort, link
from kadernota.editing.editor import Editor
from kadernota.editing.exchange import Answered
from kadernota.editing.gate import HOME, SAFE, Refused
from kadernota.editing.judged import TURTLE, Base, Judge
from kadernota.editing.picking import Choices
from kadernota.editing.showing import Showing
from kadernota.names import SKOS
from kadernota.reading.canonical import natural
from kadernota.reading.values import SLUG

if TYPE_CHECKING:
    from kadernota.editing.exchange import Asked
    from kadernota.editing.gate import Gate
    from kadernota.model import Form, Sources

NEW = "_nieuw"
BORROWED = {"kleuren.css": "site/assets/kleuren.css", "logo.svg": "site/assets/logo.svg"}
NOWHERE = Refused(HTTPStatus.NOT_FOUND, "Deze bladzijde is er niet. Begin bij het overzicht.")


class Live(Base, Protocol):
    """The knowledge base, read again whenever a file changes."""

    @property
    def sources(self) -> Sources:
        """What is on disk."""


class Office:
    """One knowledge base, open for editing to one person."""

    def __init__(self, live: Live, gate: Gate) -> None:
        self.live, self.gate = live, gate
        self.room = _Room(live, gate)

    def answer(self, asked: Asked) -> Answered:
        """What this request gets; nothing in it can do more than the page offers."""
        if self.room.sources is not self.live.sources:
            self.room = _Room(self.live, self.gate)
        if refused := self.gate.refuses(asked):
            found = self.room.refused(refused)
        elif cookie := self.gate.welcome(asked):
            found = Answered(303, b"", headers={"Location": HOME, "Set-Cookie": cookie})
        else:
            found = self.room.answer(asked)
        return Answered(found.status, found.body, found.kind, {**SAFE, **found.headers})


class _Room:
    """The pages for the knowledge base as it is now."""

    def __init__(self, live: Live, gate: Gate) -> None:
        self.live, self.sources = live, live.sources
        self.words, self.base = live.motor.words, live.config.base
        self.files = {f.path.removeprefix(FOLDER): f.content for f in self.sources.editing}
        templates = {n: c.decode() for n, c in self.files.items() if n.endswith(".j2")}
        given = {"naam": live.config.name, "bewijs": gate.csrf}
        self.desk = Desk(templates, given)
        self.forms = {f.folder: f for f in self.words.forms.values() if f.folder}
        found = options(self.sources.data, self.words, self.base, live.documents)
        self.choices = Choices(found, self.words)

    def refused(self, refused: Refused) -> Answered:
        return self.desk.page("geweigerd", refused.status, woorden=refused.words)

    def answer(self, asked: Asked) -> Answered:
        match asked.path.removeprefix(HOME).split("/"):
            case [""] if asked.method != "POST":
                return self._overview(asked.words.get("zoek", "").strip())
            case ["_", name] if asked.method != "POST":
                return self._own(name)
            case [folder, ""] if folder in self.forms and asked.method != "POST":
                return self._folder(self.forms[folder])
            case [folder, name] if folder in self.forms:
                return self._thing(asked, self.forms[folder], name)
        return self.refused(NOWHERE)

    def _own(self, name: str) -> Answered:
        """The style and the script of these pages."""
        site = {f.path: f.content for f in self.sources.site}
        content = site.get(BORROWED.get(name, ""), self.files.get(name))
        kind = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
        suffix = PurePosixPath(name).suffix
        if content is None or suffix not in kind:
            return self.refused(NOWHERE)
        return Answered(200, content, f"{kind[suffix]}; charset=utf-8")

    def _thing(self, asked: Asked, form: Form, name: str) -> Answered:
        kind = Kind(form, self.words.forms, self.base)
        judge = Judge(self.live, self.choices, kind)
        pages = Showing(self.desk, judge)
        if name != NEW and not SLUG.fullmatch(name.removesuffix(TURTLE)):
            return self.refused(NOWHERE)
        editor, name = Editor(judge, pages), "" if name == NEW else name
        return editor.post(asked, name) if asked.method == "POST" else editor.get(asked, name)

    def _overview(self, words: str) -> Answered:
        sorts = [self._sort(form) for form in sorted(self.forms.values(), key=lambda f: f.label)]
        found = self.choices.find(words) if words else []
        return self.desk.page(
            "overzicht",
            soorten=sorts,
            zoek=words,
            gevonden=found,
            problemen=self.live.problems,
            bewerkbaar={p.place.file: at for p in self.live.problems if (at := link(p))},
        )

    def _sort(self, form: Form) -> Sort:
        meaning = self.words.ontology.one(form.cls, SKOS + "definition")
        return Sort(form, len(self._files(form.folder)), meaning)

    def _files(self, folder: str) -> list[str]:
        start = f"data/{folder}/"
        return [f.path for f in self.sources.data if f.path.startswith(start)]

    def _folder(self, form: Form) -> Answered:
        items = [
            Item(path.removesuffix(".yaml"), self._title(path, form.folder), path)
            for path in (p.removeprefix(f"data/{form.folder}/") for p in self._files(form.folder))
        ]
        items.sort(key=lambda item: natural(item.title))
        return self.desk.page("map", soort=self._sort(form), dingen=items)

    def _title(self, file: str, folder: str) -> str:
        choice = self.choices.things.get(f"{folder}/{file.removesuffix('.yaml')}")
        return choice.name if choice else file
