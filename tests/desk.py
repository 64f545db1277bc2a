"""Someone at work in the CMS, in a real browser: what tests do there and what is stored."""

from __future__ import annotations

from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler
from typing import TYPE_CHECKING, Any

import gitlab
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page, Route

PHONE, DESKTOP = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
# The test backend of the CMS: a folder in the browser itself.
FOLDER = (
    "(await navigator.storage.getDirectory())"
    ".getDirectoryHandle('sveltia-cms-test', {create: true})"
)
PUT = f"""async (files) => {{
  const root = await {FOLDER};
  for (const [path, text] of files) {{
    let folder = root;
    const parts = path.split('/');
    for (const part of parts.slice(0, -1))
      folder = await folder.getDirectoryHandle(part, {{create: true}});
    const out = await (await folder.getFileHandle(parts.at(-1), {{create: true}})).createWritable();
    await out.write(text);
    await out.close();
  }}
}}"""
GET = f"""async (path) => {{
  let found = await {FOLDER};
  const parts = path.split('/');
  try {{
    for (const part of parts.slice(0, -1)) found = await found.getDirectoryHandle(part);
    return await (await (await found.getFileHandle(parts.at(-1))).getFile()).text();
  }} catch {{ return null; }}
}}"""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        del format, args


@dataclass
class Desk:
    """The browser, and every address that it asked for elsewhere."""

    page: Page
    address: str
    elsewhere: list[str] = field(default_factory=list)
    forge: gitlab.GitLab | None = None

    def guard(self, route: Route) -> None:
        url = route.request.url
        if self.forge and url.startswith(gitlab.ADDRESS):
            self.forge.answer(route)
        elif url.startswith((self.address, "blob:", "data:")):
            route.continue_()
        else:
            self.elsewhere.append(url)
            route.abort()

    def begin(self, files: dict[str, str]) -> None:
        self.page.goto(self.address + "beheer/LEESMIJ")  # the same origin, without the CMS
        self.page.evaluate(PUT, list(files.items()))
        self.page.goto(self.address + "beheer/index.html")
        self.page.get_by_role("button", name="Werken met een testrepository").click()
        expect(self.page.get_by_text("Achtergronden").first).to_be_visible()

    def open(self, path: str) -> None:
        self.page.goto(f"{self.address}beheer/index.html#/collections/{path}")
        expect(self.page.get_by_role("button", name="Opslaan")).to_be_visible()

    def field(self, key: str) -> Locator:
        """A field, scrolled to: those far below are only made when they come near."""
        found = self.page.locator(f'section[data-key-path="{key}"]')
        self.page.mouse.move(300, 500)
        for step in range(200):
            self.page.wait_for_timeout(50 if step % 100 else 500)
            if found.count():
                break
            # Down from where we are, and once more from the top: what was added takes a moment.
            self.page.mouse.wheel(0, -(10**6) if step == 100 else 300)
        found.scroll_into_view_if_needed()
        return found

    def fill(self, key: str, text: str) -> None:
        self.field(key).locator("input[type=text], textarea").first.fill(text)

    def choose(self, key: str, words: str, option: str) -> None:
        self.field(key).get_by_role("combobox").click()
        self.page.get_by_role("searchbox").last.fill(words)
        self.page.get_by_role("option", name=option).first.click()

    def save(self) -> None:
        self.page.get_by_role("button", name="Opslaan").click()

    def stored(self, path: str) -> Any:
        return self.page.evaluate(GET, path)

    def saved(self, path: str, before: Any) -> str:
        """What is stored after saving, as soon as that is something else."""
        self.save()
        for _ in range(100):
            if (now := self.stored(path)) not in {before, None}:
                return str(now)
            self.page.wait_for_timeout(50)
        raise AssertionError(self.page.inner_text("body"))
