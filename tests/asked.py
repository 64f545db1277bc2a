"""The page "Vraag het" for the tests: open it, ask, look at what stands there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

# What the modules of the page are to the tests: the same as to the page itself.
MODULES = """
  const at = (name) => new URL("../assets/vraag/" + name, location.href).href;
  const [{ Asker }, { json }, { Names }, { table }, { filled }] = await Promise.all(
    ["asker.js", "bytes.js", "terms.js", "table.js", "form.js"].map((m) => import(at(m))));
  const index = await json(at("index.json.gz"));
  const names = new Names(index);
  const asker = globalThis.asker ??= new Asker({
    wasm: at("vendor/oxigraph.wasm.gz"), data: at("data.trig.gz"), holds: index.holds });
"""


class Asked:
    """One open page; remembers what goes wrong in it, and every address outside the site."""

    def __init__(self, page: Page, base: str) -> None:
        self.page, self.base = page, base
        self.errors: list[str] = []
        self.elsewhere: list[str] = []
        self.dialogs: list[str] = []
        own = (base, "data:", "blob:" + base)
        page.on("pageerror", lambda e: self.errors.append(str(e)))
        page.on("console", lambda m: self.errors.append(m.text) if m.type == "error" else None)
        page.on(
            "request", lambda r: None if r.url.startswith(own) else self.elsewhere.append(r.url)
        )
        page.on("dialog", self._dialog)

    def _dialog(self, dialog: Any) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def open(self, **given: str) -> None:
        """The page with this in its address."""
        self.page.goto(self.base + "vraag/" + ("?" + urlencode(given) if given else ""))
        self.page.wait_for_selector("body[data-ready]")

    def ask(self, **given: str) -> None:
        """The same, and its answer: a table, a word or a message."""
        self.open(**given)
        self.answered()

    def answered(self) -> None:
        self.page.wait_for_selector("#antwoord > :not(button)")

    @property
    def cells(self) -> list[list[str]]:
        """What stands in the table of the answer, without the column that explains."""
        found: list[list[str]] = self.page.evaluate(
            """[...document.querySelectorAll("#antwoord tbody tr:not(.waarom-uitleg)")].map((tr) =>
              [...tr.cells].slice(0, -1).map((td) => td.innerText.trim()))"""
        )
        return found

    @property
    def message(self) -> str:
        return self.page.locator("#antwoord .fout").inner_text()

    @property
    def answer(self) -> Locator:
        return self.page.locator("#antwoord")

    def run(self, script: str, given: object = None) -> Any:
        """What this script gives that uses the modules of the page."""
        return self.page.evaluate(f"async (given) => {{ {MODULES} {script} }}", given)
