"""Markdown in, the page as the built site has it out: mkdocs' own steps, for one page at a time."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING, cast

from mkdocs.commands.build import get_context
from mkdocs.config import load_config
from mkdocs.exceptions import Abort
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page

from kadernota.authoring import menu
from kadernota.sources import BUILDER, whose

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from mkdocs.config.defaults import MkDocsConfig

    from kadernota.model import Sources

SEARCH = "search/search_index.json"
Entry = tuple[str, str, str]  # address, title and text of something to find


class NoTheme(Exception):  # noqa: N818 - its text is for people
    """The settings of the site cannot be read; the text says why."""


class Theme:
    """The settings of a site, its theme in memory, and the files that the theme brings."""

    def __init__(self, sources: Sources) -> None:
        self.given = menu.given(sources.site)
        self.config = _config(sources.root, self.given)
        plugins = self.config.plugins
        plugins.on_startup(command="build", dirty=False)
        self.config = plugins.on_config(self.config)
        plugins.on_pre_build(config=self.config)
        self.env = self.config.theme.get_env()
        own = Files([])
        own.add_files_from_theme(self.env, self.config)
        self.env = plugins.on_env(self.env, config=self.config, files=own) or self.env
        self.own = {file.dest_uri: str(file.abs_src_path) for file in own}

    def index(self, entries: Iterable[Entry]) -> str:
        """What the search of the theme looks in."""
        for name, plugin in self.config.plugins.items():
            if name.endswith("search"):
                index = type(plugin.search_index)(**plugin.config)
                index.entries = [{"location": a, "title": t, "text": x} for a, t, x in entries]
                return str(index.generate_search_index(None))
        return "{}"


class Book:
    """The pages of one state of the knowledge base, as the theme shows them."""

    def __init__(self, theme: Theme, paths: Iterable[str], own: Mapping[str, Any]) -> None:
        self.theme = theme
        config = theme.config
        config.update(own)
        self.files = Files([File.generated(config, path, content="") for path in paths])
        self.files = config.plugins.on_files(self.files, config=config)
        self.nav = get_navigation(self.files, config)
        self.nav = config.plugins.on_nav(self.nav, config=config, files=self.files)
        self.pages = [f.page or Page(None, f, config) for f in self.files.documentation_pages()]

    def page(self, path: str, markdown: bytes) -> str:
        """The page of this Markdown file, as HTML."""
        file = self.files.src_uris[path]
        file.content_string = markdown.decode()
        page, config = file.page or Page(None, file, self.theme.config), self.theme.config
        plugins = config.plugins
        page = plugins.on_pre_page(page, config=config, files=self.files)
        page.read_source(config)
        page.markdown = plugins.on_page_markdown(
            cast("str", page.markdown), page=page, config=config, files=self.files
        )
        page.render(config, self.files)
        page.content = plugins.on_page_content(
            cast("str", page.content), page=page, config=config, files=self.files
        )
        return self._shown(page, self.theme.config)

    def _shown(self, page: Page, config: MkDocsConfig) -> str:
        page.active = True
        try:
            context = get_context(self.nav, self.files, config, page)
            context = config.plugins.on_page_context(
                context, page=page, config=config, nav=self.nav
            )
            template = self.theme.env.get_template(page.meta.get("template", "main.html"))
            output = template.render(context)
            return str(config.plugins.on_post_page(output, page=page, config=config))
        finally:
            page.active = False

    def missing(self) -> str:
        """The page for an address where nothing is."""
        config = self.theme.config
        context = get_context(self.nav, self.files, config, base_url="/")
        context = config.plugins.on_template_context(
            context, template_name="404.html", config=config
        )
        output = self.theme.env.get_template("404.html").render(context)
        return str(config.plugins.on_post_template(output, template_name="404.html", config=config))


def _config(root: Path, given: Mapping[str, Any]) -> MkDocsConfig:
    own = {}
    if given:
        own["theme"] = given["theme"] | {"custom_dir": str(whose(root, menu.THEME) / menu.THEME)}
    said: list[str] = []
    log = logging.getLogger("mkdocs")
    log.addHandler(listener := _Listener(said))
    log.propagate = False
    try:
        # Pages come from memory: any folder will do where they would be.
        return load_config(
            str(whose(root, BUILDER) / BUILDER), docs_dir=str(Path(__file__).parent), **own
        )
    except Abort as error:
        raise NoTheme("\n".join(said) or str(error)) from None
    finally:
        log.removeHandler(listener)
        log.addHandler(logging.NullHandler())


class _Listener(logging.Handler):
    def __init__(self, said: list[str]) -> None:
        super().__init__(logging.ERROR)
        self.said = said

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())
