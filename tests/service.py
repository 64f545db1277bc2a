"""A service as others meet it: on a port of this computer, over HTTP."""

from __future__ import annotations

import json
import socket
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from http.client import HTTPConnection
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from kadernota.endpoint.described import service
from kadernota.endpoint.limits import Limits
from kadernota.endpoint.listening import door, server
from kadernota.endpoint.protocol import Protocol
from kadernota.endpoint.routing import app

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyoxigraph as ox
    from kadernota.endpoint.named import Catalogue

BOUNDS = Limits(workers=2)
# No answer to this comes within any limit of time, and hardly any memory is needed for it.
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n_ ?o }"
# This fills any memory before the first row comes.
HEAVY = "SELECT DISTINCT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?a"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode()

    @property
    def kind(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]

    def rows(self) -> list[dict[str, str]]:
        """The solutions of SPARQL results in JSON, as plain values."""
        found = json.loads(self.content)["results"]["bindings"]
        return [{name: term["value"] for name, term in row.items()} for row in found]


@dataclass(frozen=True)
class Running:
    """A service that listens, and what may be sent to it."""

    port: int
    protocol: Protocol

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    @property
    def sparql(self) -> str:
        return f"{self.address}sparql"

    def send(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Answer:
        """One request as it stands; an underscore in the name of a header is a hyphen."""
        line = HTTPConnection("127.0.0.1", self.port, timeout=120)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            line.request(method, path, body, named)
            got = line.getresponse()
            found = {name.lower(): value for name, value in got.getheaders()}
            return Answer(got.status, found, got.read())
        finally:
            line.close()

    def get(self, path: str, **headers: str) -> Answer:
        return self.send("GET", path, None, **headers)

    def ask(self, sparql: str, accept: str = "", **fields: str | list[str]) -> Answer:
        """A query by GET."""
        given = urlencode({"query": sparql, **fields}, doseq=True)
        headers = {"Accept": accept} if accept else {}
        return self.get(f"/sparql?{given}", **headers)

    def raw(self, data: bytes) -> bytes:
        """Whatever bytes; what comes back until the other side is done."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=30) as line:
            found = b""
            with suppress(OSError):  # it may hang up before we are done
                line.sendall(data)
                line.shutdown(socket.SHUT_WR)
            with suppress(OSError):
                while part := line.recv(65536):
                    found += part
            return found


@contextmanager
def running(
    store: ox.Store, limits: Limits = BOUNDS, catalogue: Catalogue | None = None
) -> Iterator[Running]:
    """The service over this store, until the test is done with it."""
    entry = door("127.0.0.1", 0)
    assert entry is not None
    port = entry.getsockname()[1]
    served = service("Proef", f"http://127.0.0.1:{port}/", store)
    protocol = Protocol(served, limits, catalogue)
    made = server(app(protocol), limits)
    thread = threading.Thread(target=made.run, kwargs={"sockets": [entry]}, daemon=True)
    thread.start()
    while not made.started and thread.is_alive():
        time.sleep(0.01)
    assert thread.is_alive()
    try:
        yield Running(port, protocol)
    finally:
        made.should_exit = True
        thread.join(60)


def bounded(**bounds: Any) -> Limits:
    return replace(BOUNDS, **bounds)
