"""A graph in, each file of its site out when it is asked for: what the built site would have."""

from __future__ import annotations

from functools import cached_property
from mimetypes import guess_type
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from kadernota.asking.questions import questions
from kadernota.authoring import menu
from kadernota.names import NAME
from kadernota.pipeline import site, tools
from kadernota.publishing.summary import summary
from kadernota.publishing.views import Views
from kadernota.serve.rendered import SEARCH, Book
from kadernota.triples import value_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kadernota.model import Loaded
    from kadernota.serve.rendered import Entry, Theme
    from kadernota.serve.session import State

HTML = "text/html; charset=utf-8"
KINDS = {
    ".ttl": "text/turtle; charset=utf-8",
    ".jsonld": "application/ld+json",
    ".nq": "application/n-quads; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
}


class Found(NamedTuple):
    """A file of the site: its media type and its bytes."""

    kind: str
    content: bytes


class Showcase:
    """The site of one graph; nothing is made before somebody looks at it."""

    def __init__(
        self,
        loaded: Loaded,
        state: State,
        theme: Theme,
    ) -> None:
        self.loaded, self.sources, self.theme = loaded, state.sources, theme
        asked, _ = questions(state.sources.queries)
        self.files = site(loaded, state.report, asked, state.sources)
        said = summary(Views(loaded))
        own = menu.ours(theme.given, loaded.settings, said, self.files.keys())
        self.book = Book(theme, self.files, own)
        self.pages = {"": "index.md"} | {
            page.url.removesuffix("/"): page.file.src_uri for page in self.book.pages
        }

    def page(self, path: str) -> str | None:
        """The page at this address, as HTML; None when there is none."""
        source = self.pages.get(path.removesuffix("/").removesuffix("index.html").rstrip("/"))
        return None if source is None else self.book.page(source, self.files[source]())

    def file(self, path: str) -> Found | None:
        """The download, picture or other file at this address."""
        if path == SEARCH:
            return Found("application/json", self.theme.index(self._entries()).encode())
        if path.endswith(".md"):
            return None
        make = self.files.get(path) or self.files.get(f"{path.rstrip('/')}/index.html")
        content = make() if make else self._tools.get(path)
        kind = _kind("index.html" if path.endswith("/") else path)
        return None if content is None else Found(kind, content)

    @cached_property
    def _tools(self) -> dict[str, bytes]:
        return {file.path: file.content for file in tools(self.loaded, self.sources)}

    def _entries(self) -> Iterator[Entry]:
        """To find: each thing by its name and its texts. The built site also has other pages."""
        base, stated = self.loaded.settings.base, self.loaded.asserted
        for address in self.pages:
            about = stated.index.get(base + address, {})
            texts = [
                value_of(o)
                for path, objects in about.items()
                for o in objects
                if path != NAME and isinstance(o, ox.Literal) and o.language
            ]
            if about:
                yield f"{address}/", stated.one(base + address, NAME), " ".join(texts)


def _kind(path: str) -> str:
    ending = "." + path.rpartition(".")[2]
    return KINDS.get(ending) or guess_type(path)[0] or "application/octet-stream"
