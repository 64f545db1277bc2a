"""A session in, what a browser sees of it out: pages, with what is wrong on top, and files."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from html import escape
from threading import RLock
from time import time_ns
from typing import TYPE_CHECKING

from kadernota.serve.banner import banner, doorway
from kadernota.serve.rendered import NoTheme, Theme
from kadernota.serve.showcase import HTML, Showcase
from kadernota.sources import ENGINE

if TYPE_CHECKING:
    from pathlib import Path

    from watchfiles import Change

    from kadernota.serve.session import Session, State

# What an editor leaves for a moment, and what we write ourselves.
PASSING = re.compile(
    r"(?:^|/)(?:\.[^/]*|build|4913|[^/]*(?:~|\.sw[a-z]|\.tmp|\.nieuw|\.oud))(?:/|$)"
)
PARTS = ("data", "ontology", "shapes", "queries", "site")
SCRIPT = """<script>
(()=>{{const mark="{mark}",events=new EventSource("/_live/events");
events.onmessage=e=>{{if(e.data!==mark){{events.close();location.reload()}}}};
addEventListener("pagehide",()=>events.close())}})()
</script>"""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a browser gets: a page as text, another file as bytes, or another address to go to."""

    content: str | bytes
    status: int = 200
    kind: str = HTML
    elsewhere: str = ""


class Live:
    """The site of a session; made again, page by page, when the graph is another."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.edits = False  # whether pages lead to a form
        self.born = time_ns()
        self._lock = RLock()
        self._theme: Theme | None = None
        self._showcase: Showcase | None = None

    @property
    def mark(self) -> str:
        """Another mark, another state; also after a new start."""
        return f"{self.born}-{self.session.number}"

    def refresh(self) -> bool:
        """Read again after a change on disk; whether that made a difference."""
        return self.session.refresh()

    def folders(self) -> list[Path]:
        """What to watch."""
        root = self.session.root
        engine = [ENGINE / part for part in PARTS if not (root / part).is_dir()]
        return [root, *(folder for folder in engine if folder.is_dir())]

    def matters(self, change: Change, path: str) -> bool:
        """Whether a file that changed can be one that people wrote."""
        del change
        for top in (self.session.root, ENGINE):
            inner = path.removeprefix(f"{top}/")
            if inner != path:
                known = inner.partition("/")[0] in PARTS or "/" not in inner
                return known and not PASSING.search(inner)
        return False

    def static(self, path: str) -> str | None:
        """Where a file of the theme is on disk."""
        with self._lock:
            return self._theme.own.get(path) if self._theme else None

    def shown(self, path: str) -> Shown:
        """What stands at this address; a page that cannot be made says why, and that is all."""
        with self._lock:
            try:
                case = self._case()
                return self._found(path, case) if case else self._bare(path, "", 503)
            except NoTheme as error:
                return self._bare(path, f"Herstel mkdocs.yml: {error}", 500)
            except Exception as error:
                where = f"{type(error).__name__}: {error}"
                return self._bare(path, f"Deze bladzijde kan niet worden gemaakt. {where}", 500)

    def imagined(self, state: State, path: str) -> str | None:
        """A page of a state that is not on disk; None when it can not be made."""
        if state.loaded is None or state.loaded.mistakes:
            return None
        with self._lock, suppress(NoTheme):
            theme = self._theme or Theme(state.sources)
            self._theme = theme
            return Showcase(state.loaded, state, theme).page(path)
        return None

    def _found(self, path: str, case: Showcase) -> Shown:
        page = case.page(path)
        if page is not None:
            if path and not path.endswith(("/", ".html")):
                return Shown(b"", elsewhere=f"/{path}/")
            return Shown(self._dressed(page, path))
        if found := case.file(path):
            return Shown(found.content, kind=found.kind)
        return Shown(self._dressed(case.book.missing(), path), status=404)

    def _case(self) -> Showcase | None:
        state, loaded = self.session.good, self.session.loaded
        if state is None or loaded is None:
            return None
        if self._theme is None:
            self._theme = Theme(state.sources)
        if self._showcase is None or self._showcase.loaded is not loaded:
            self._showcase = Showcase(loaded, state, self._theme)
        return self._showcase

    def _dressed(self, page: str, path: str) -> str:
        """The page with what is wrong on top, and the script that waits for a change."""
        state = self.session.now
        address = path.removesuffix("index.html").strip("/")
        if self.edits:
            files = {file.path for file in state.sources.data}
            page = re.sub(r"<body[^>]*>", rf"\g<0>{doorway(address, files)}", page, count=1)
        notice = banner(state.report, address, state is not self.session.good)
        top = re.search(r"<body[^>]*>", page)
        at = top.end() if top else 0
        script = SCRIPT.format(mark=self.mark)
        return page[:at] + notice + page[at:].replace("</body>", script + "</body>", 1)

    def _bare(self, path: str, said: str, status: int) -> Shown:
        """A page without the theme, for when there is nothing better to show."""
        text = escape(said or "Er is nog geen goede versie om te tonen.")
        page = (
            '<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>Kadernota</title>'
            '</head><body style="font-family:system-ui;margin:0">'
            f'<main style="padding:1rem"><h1>Nog niet te zien</h1><p>{text}</p></main></body>'
            "</html>"
        )
        return Shown(self._dressed(page, path), status=status)
