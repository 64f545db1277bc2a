"""A knowledge base in a folder of its own that can be edited, and a person with a browser."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from kadernota.editing.exchange import Answered, Asked
from kadernota.editing.gate import Gate
from kadernota.editing.workplace import Workplace
from kadernota.engine import engine
from kadernota.reading.settings import settings
from kadernota.serve.live import Live
from kadernota.serve.session import Session

if TYPE_CHECKING:
    from pathlib import Path

    from kadernota.editing.office import Office

GATE = Gate(8000, "sleutel-van-deze-start", "koekje", "bewijs-van-deze-start")
HOST = "127.0.0.1:8000"


class Living(Workplace):
    """The knowledge base in a folder, read again when something was written."""

    def __init__(self, root: Path) -> None:
        live = Live(Session(root))
        motor, _ = engine(live.session.sources)
        config, _ = settings(live.session.sources.settings)
        assert motor
        assert config
        super().__init__(live, motor, config)
        self.root = root

    def again(self) -> None:
        self.session.refresh()


@dataclass
class Person:
    """Somebody at the form without script: fills in controls and presses buttons."""

    office: Office
    at: str = "/bewerken/"
    page: str = ""
    status: int = 0
    controls: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, address: str, body: dict[str, str] | None = None) -> Answered:
        path, _, query = address.partition("#")[0].partition("?")
        headers = {"host": HOST, "cookie": f"{GATE.cookie}={GATE.session}"}
        if method == "POST":
            headers |= {"origin": f"http://{HOST}", "sec-fetch-site": "same-origin"}
            headers |= {"content-type": "application/x-www-form-urlencoded"}
        sent = {name: value.replace("\n", "\r\n") for name, value in (body or {}).items()}
        body_bytes = urlencode(sent).encode()
        return self.office.answer(Asked(method, path, query, headers | self.headers, body_bytes))

    def go(self, address: str) -> Person:
        self._show(self.ask("GET", address), address)
        return self

    def press(self, button: str, **filled: str) -> Person:
        """Press a button; what is filled in has `_` for the dots in names of controls."""
        self.controls |= {f"v.{name.replace('__', '.')}": value for name, value in filled.items()}
        self._show(self.ask("POST", self.at, {**self.controls, "do": button}), self.at)
        return self

    def _show(self, answer: Answered, address: str) -> None:
        if answer.status == 303:
            self.go(answer.headers["Location"])
            return
        self.at, self.status, self.page = (
            address.partition("?")[0],
            answer.status,
            answer.body.decode(),
        )
        reader = _Controls()
        reader.feed(self.page)
        self.controls = reader.found

    def beside(self, name: str) -> list[str]:
        """The messages beside a field or control."""
        found = re.search(
            rf'<div class="fouten" id="m\.{re.escape(name)}">(.*?)</div>', self.page, re.S
        )
        return [unescape(m) for m in re.findall(r"</span> (.*?)</p>", found[1])] if found else []

    @property
    def summary(self) -> list[str]:
        found = re.search(r'<div id="samenvatting">(.*?)</div>\s*</div>', self.page, re.S)
        lines = re.findall(r"<li>(.*?)</li>", found[1], re.S) if found else []
        return [unescape(re.sub(r"<span.*|<[^>]*>", "", line)).strip() for line in lines]


class _Controls(HTMLParser):
    """The controls of a page with what stands in them, as a browser would send them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.area = self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = {name: value or "" for name, value in attrs}
        name, kind = at.get("name", ""), at.get("type", "")
        if tag == "textarea":
            self.area = name
            self.found[name] = ""
        elif tag == "select":
            self.select = name
            self.found[name] = ""
        elif tag == "option" and "selected" in at:
            self.found[self.select] = at["value"]
        elif tag == "input" and name and (kind not in {"radio", "checkbox"} or "checked" in at):
            self.found[name] = at.get("value", "")

    def handle_data(self, data: str) -> None:
        if self.area:
            self.found[self.area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.found[self.area] = self.found[self.area].removeprefix("\n")
            self.area = ""
