"""What clients wish of the endpoint with the right rows, and a client that looks at answers."""

from __future__ import annotations

import csv
import io
import json
import random
import threading
import time
from collections import Counter
from dataclasses import dataclass
from hashlib import sha256
from http.client import HTTPConnection
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from kadernota.asking.ask import ask, asked, store
from kadernota.asking.questions import questions
from kadernota.triples import value_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kadernota.model import Loaded, Sources

Rows = Counter[tuple[str, ...]]
HERE = "127.0.0.1"


@dataclass(frozen=True)
class Wish:
    """A request, and the rows that must come back; without rows: this code."""

    path: str
    accept: str
    rows: Rows | None
    code: int = 200


def wishes(sources: Sources, loaded: Loaded) -> list[Wish]:
    """Every named question by name and as SPARQL, in JSON and CSV, and some that are refused.

    The right rows come from the store itself, without the service.
    """
    graph = store(loaded)
    found = [
        Wish("/sparql?query=SELECT", "", None, 400),
        Wish("/sparql?update=CLEAR+ALL", "", None, 403),
        Wish("/vragen/nergens", "", None, 404),
        Wish("/sparql?query=ASK%7B%7D", "text/html", None, 406),
    ]
    for question in questions(sources.queries)[0]:
        right = ask(graph, loaded, question, {})
        rows = Counter(
            tuple("" if term is None else value_of(term) for term in row) for row in right.rows
        )
        address = "/sparql?" + urlencode({"query": asked(question, {}, loaded)})
        for path in (f"/vragen/{question.name}", address):
            found += [Wish(path, accept, rows) for accept in ("application/json", "text/csv")]
    return found


def read_rows(kind: str, content: bytes) -> Rows:
    """The rows of an answer, as a client reads them."""
    if kind.startswith("text/csv"):
        table = csv.reader(io.StringIO(content.decode(), newline=""))
        next(table)
        return Counter(tuple(row) for row in table)
    answer = json.loads(content)
    names = answer["head"]["vars"]
    return Counter(
        tuple(row[name]["value"] if name in row else "" for name in names)
        for row in answer["results"]["bindings"]
    )


class Client(threading.Thread):
    """Asks one thing after another over one connection, until the time is over."""

    def __init__(self, port: int, asked: Sequence[Wish], until: float, number: int) -> None:
        super().__init__(daemon=True)
        self.port, self.asked, self.until, self.number = port, asked, until, number
        self.times: list[float] = []
        self.wrong: list[str] = []
        self.right: dict[str, set[bytes]] = {}  # answers that were looked at before

    def run(self) -> None:
        order = random.Random(self.number)  # noqa: S311 - the same mix each time
        line = HTTPConnection(HERE, self.port, timeout=60)
        while time.perf_counter() < self.until:
            wish = order.choice(self.asked)
            start = time.perf_counter()
            try:
                line.request("GET", wish.path, headers={"Accept": wish.accept or "*/*"})
                answer = line.getresponse()
                content = answer.read()
            except OSError as error:
                self.wrong.append(f"{wish.path[:60]}: {error!r}")
                line.close()
                continue
            self.times.append(time.perf_counter() - start)
            if not self._fits(wish, answer.status, answer.headers["Content-Type"], content):
                self.wrong.append(f"{wish.path[:60]}: {answer.status} {content[:200]!r}")
        line.close()

    def _fits(self, wish: Wish, code: int, kind: str, content: bytes) -> bool:
        if code != wish.code or wish.rows is None:
            return code == wish.code
        known = self.right.setdefault(wish.path + kind, set())
        mark = sha256(content).digest()
        if mark not in known and read_rows(kind, content) == wish.rows:
            known.add(mark)
        return mark in known
