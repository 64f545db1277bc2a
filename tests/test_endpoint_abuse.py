"""Whoever means harm changes no answer, runs no script, reaches no other address, stops nothing."""

from __future__ import annotations

import gzip
import re
import socket
import threading
from contextlib import ExitStack
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest
from kadernota.asking import ask
from kadernota.asking.questions import questions
from kadernota.endpoint.named import Catalogue
from playwright.sync_api import Error as PlaywrightError
from service import Answer, Running, bounded, running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kadernota.model import Loaded, Sources
    from playwright.sync_api import Browser, Route

V = "http://voorbeeld.nl/"
FORM, QUERY = "application/x-www-form-urlencoded", "application/sparql-query"
COUNT = "SELECT (COUNT(*) AS ?n) (COUNT(DISTINCT ?g) AS ?g_) { %s UNION { GRAPH ?g %s } }"
COUNT = COUNT.replace("%s", "{ ?s ?p ?o }")
SCRIPT = "<script xmlns='http://www.w3.org/1999/xhtml'>kwaad()</script>"
FATAL = {413, 414, 422, 503}  # too long, too heavy or too slow: refused, and nothing else


@dataclass(frozen=True)
class Lure:
    """An address that nobody may ever ask for; it remembers who did."""

    port: int
    visits: list[str]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"


@pytest.fixture(scope="module")
def lure() -> Iterator[Lure]:
    visits: list[str] = []

    class Trap(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            visits.append(self.path)
            self.send_error(404)

        do_POST = do_PUT = do_GET  # noqa: N815 - their names there

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
            del format, args

    with ThreadingHTTPServer(("127.0.0.1", 0), Trap) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Lure(server.server_port, visits)
        server.shutdown()


@pytest.fixture(scope="module")
def service() -> Iterator[Running]:
    store = ox.Store()
    for i in range(200):
        text = "a" * 40 if i else SCRIPT
        store.add(ox.Quad(ox.NamedNode(f"{V}{i}"), ox.NamedNode(f"{V}p"), ox.Literal(text)))
    store.load(input=f"<{V}g> {{ <{V}a> <{V}b> <{V}c> }}", format=ox.RdfFormat.TRIG)
    bounds = bounded(seconds=2, memory=300 << 20, answer=1 << 20, patience=8)
    with running(store, bounds) as found:
        yield found


def unharmed(service: Running, lure: Lure) -> None:
    """It answers as before, from the same data, and went nowhere."""
    assert [{"n": "201", "g_": "1"}] == service.ask(COUNT).rows()
    assert [] == lure.visits


def decent(answer: Answer) -> None:
    """What came back shows nothing of the machine and cannot be run."""
    assert "Traceback" not in answer.text
    assert "root:" not in answer.text
    assert "kwaad" not in {*answer.headers, *answer.headers.values()}
    assert "set-cookie" not in answer.headers
    assert "access-control-allow-credentials" not in answer.headers
    if answer.status not in {204, 303} and answer.content:
        assert "nosniff" == answer.headers["x-content-type-options"]
        assert "default-src 'none'" in answer.headers["content-security-policy"]


NEST = 20_000
DOUBLE = "".join(f"BIND(CONCAT(?v{i}, ?v{i}) AS ?v{i + 1}) " for i in range(45))
# A query with what it may come to; LURE becomes the address where nobody may come.
QUERIES: dict[str, tuple[str, set[int]]] = {
    "service": ("SELECT * { SERVICE <LURE> { ?s ?p ?o } }", {400}),
    "silent service": ("SELECT * { SERVICE SILENT <LURE> { ?s ?p ?o } }", {400}),
    "service of a variable": ("SELECT * { BIND(<LURE> AS ?x) SERVICE ?x { ?s ?p ?o } }", {400}),
    "escaped service": ("SELECT * { \\u0053ERVICE <LURE> { ?s ?p ?o } }", {400}),
    "service behind a number": ("SELECT * { ?s ?p 1SERVICE <LURE> { ?a ?b ?c } }", {400}),
    "service in EXISTS": ("ASK { FILTER EXISTS { SERVICE <LURE> { ?s ?p ?o } } }", {400}),
    "service in a subquery": ("ASK { { SELECT * { SERVICE <LURE> { ?s ?p ?o } } } }", {400}),
    "from elsewhere": ("SELECT * FROM <LUREdata.ttl> { ?s ?p ?o }", {200}),
    "from named elsewhere": ("SELECT * FROM NAMED <LURE> { GRAPH ?g { ?s ?p ?o } }", {200}),
    "from a file": ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", {200}),
    "graph of a file": ("SELECT * { GRAPH <file:///etc/passwd> { ?s ?p ?o } }", {200}),
    "describe elsewhere": ("BASE <LURE> DESCRIBE <x>", {200}),
    "load": ("LOAD <LURE>", {400}),
    "load behind a question": ("ASK {} ; LOAD <LURE>", {400}),
    "insert": ("INSERT DATA { <x:a> <x:b> <x:c> }", {400}),
    "insert behind a prefix": ("PREFIX x: <x:> INSERT DATA { x:a x:b x:c }", {400}),
    "delete": ("DELETE WHERE { ?s ?p ?o }", {400}),
    "clear": ("CLEAR ALL", {400}),
    "drop in a comment that ends": ("ASK {} #\rDROP ALL", {400}),
    "many brackets": ("SELECT * { " + "{" * NEST + "}" * NEST + " }", {400}),
    "many parentheses": ("ASK { FILTER(" + "(" * NEST + "1" + ")" * NEST + ") }", {400}),
    "many exclamation marks": ("ASK { FILTER(" + "!" * 90_000 + "true) }", {400}),
    "many unions": ("ASK { {} " + "UNION {} " * 9000 + " }", {400}),
    "many quotes": ("ASK { ?s ?p " + "'\"" * 40_000 + " }", {400}),
    "an open string": ("ASK { ?s ?p '''" + "\\'" * 40_000, {400, 503}),
    "an open address": ("ASK { ?s ?p <" + "a" * 90_000, {400}),
    "a long address": ("ASK { ?s ?p <x:" + "a" * 90_000 + "> }", {200}),
    "a slow pattern": ('ASK { ?s ?p ?o FILTER REGEX(?o, "(a*)*(a*)*(a|a)*b$") }', {200}),
    "a large pattern": ('ASK { ?s ?p ?o FILTER REGEX(?o, "(((a{99}){99}){99}){99}") }', {200}),
    "a text that doubles": (
        'SELECT (STRLEN(?v45) AS ?n) { BIND("ab" AS ?v0) ' + DOUBLE + "}",
        FATAL,
    ),
    "all to all": ("SELECT * { ?a (<x:p>|!<x:q>)* ?b . ?c (<x:p>|!<x:q>)* ?d }", FATAL),
    "a product": ("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }", FATAL),
    "a product to sort": ("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?d ?g", FATAL),
    "a product in one text": (
        'SELECT (GROUP_CONCAT(?c; separator=",") AS ?x) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }',
        FATAL,
    ),
    "a limit beyond all numbers": ("SELECT * { ?s ?p ?o } LIMIT " + "9" * 50, {400}),
    "an offset beyond all rows": (f"SELECT * {{ ?s ?p ?o }} OFFSET {2**63}", {200}),
    "numbers beyond all": (
        'SELECT (SUBSTR("é", 9e300) AS ?a) (1e308 * 1e308 AS ?b) ("9999999999"^^<x:d> AS ?c) {}',
        {200},
    ),
    "a nul": ("ASK { ?s ?p '\0' }", {200, 400}),
    "a byte order mark": ("\ufeffASK {}", {400}),
    "text from right to left": ("ASK { ?s ?p '\u202ekwaad\u2066' }", {200}),
    "a script that is returned": (f'SELECT ("{SCRIPT}" AS ?x) {{}}', {200}),
    "a script that is a mistake": (f"SELECT {SCRIPT}", {400}),
}


@pytest.mark.parametrize("name", QUERIES)
def test_no_query_does_more_than_read_or_stops_the_service(
    name: str, service: Running, lure: Lure
) -> None:
    sparql, codes = QUERIES[name]
    sparql = sparql.replace("LURE", lure.address)
    body = urlencode({"query": sparql}).encode()
    ways = [service.send("POST", "/sparql", sparql.encode(), content_type=QUERY)]
    if len(body) < service.protocol.limits.request:
        ways.append(service.send("POST", "/sparql", body, content_type=FORM))
        ways.append(service.get(f"/sparql?{body.decode()}"))
    for answer in ways:
        assert answer.status in codes, answer.text[:300]
        decent(answer)
    if "elsewhere" in name or "file" in name:
        assert b'"value"' not in ways[0].content
    unharmed(service, lure)


SEND = dict[str, Any]
# Everything around the query: address, headers, method and body.
REQUESTS: dict[str, tuple[str, str, SEND, set[int]]] = {
    "an update in a form": (
        "POST",
        "/sparql",
        {"body": b"update=CLEAR+ALL", "content_type": FORM},
        {403},
    ),
    "a query with an update": (
        "POST",
        "/sparql?update=CLEAR+ALL",
        {"body": b"ASK {}", "content_type": QUERY},
        {403},
    ),
    "a query and an update": (
        "POST",
        "/sparql",
        {"body": b"query=ASK%7B%7D&update=CLEAR+ALL", "content_type": FORM},
        {403},
    ),
    "the graph of an update": ("GET", "/sparql?query=ASK%7B%7D&using-graph-uri=x:a", {}, {403}),
    "a dataset elsewhere": (
        "GET",
        "/sparql?query=ASK%7B%3Fs%20%3Fp%20%3Fo%7D&default-graph-uri=LURE",
        {},
        {200},
    ),
    "a dataset of a file": (
        "GET",
        "/sparql?query=SELECT*%7B%3Fs%20%3Fp%20%3Fo%7D&default-graph-uri=file:///etc/passwd",
        {},
        {200},
    ),
    "a graph elsewhere": ("GET", "/graph?graph=LURE", {}, {404}),
    "a graph of a file": ("GET", "/graph?graph=file:///etc/passwd", {}, {404}),
    "a graph to put": ("PUT", f"/graph?graph={V}g", {"body": b"<x:a> <x:b> <x:c> ."}, {405}),
    "a graph to delete": ("DELETE", "/graph?default", {}, {405}),
    "another method in a header": (
        "POST",
        f"/graph?graph={V}g",
        {"x_http_method_override": "DELETE"},
        {405},
    ),
    "a delete as a get": (
        "GET",
        f"/graph?graph={V}g&_method=DELETE",
        {"x_http_method": "DELETE"},
        {200},
    ),
    "a header in a value": ("GET", "/graph?graph=x:a%0d%0aSet-Cookie:%20kwaad=1", {}, {400}),
    "a header in an unknown graph": ("GET", "/graph?graph=x:a%0aX-Kwaad:kwaad", {}, {400}),
    "a script in an unknown graph": (
        "GET",
        "/graph?graph=x:%3Cscript%3Ekwaad()%3C/script%3E",
        {},
        {400},
    ),
    "a script in an unknown name": ("GET", "/vragen/%3Cscript%3Ekwaad()%3C%2fscript%3E", {}, {404}),
    "a folder above": ("GET", "/../../../../etc/passwd", {}, {404}),
    "a hidden folder above": ("GET", "/vragen/..%2f..%2f..%2fetc%2fpasswd", {}, {404}),
    "another host as a path": ("GET", "//kwaad.example/sparql", {}, {404}),
    "half a character": ("GET", "/sparql?query=%ff%fe", {}, {400}),
    "half a pair": ("GET", "/sparql?query=ASK%7B%3Fs%20%3Fp%20'%ED%A0%80'%7D", {}, {400}),
    "too long a zero": ("GET", "/sparql?query=%C0%80", {}, {400}),
    "a thousand fields": ("GET", "/sparql?" + "query=ASK%7B%7D&" * 1000, {}, {400}),
    "a packed body": (
        "POST",
        "/sparql",
        {
            "body": gzip.compress(b"#" * 10_000_000),
            "content_type": QUERY,
            "content_encoding": "gzip",
        },
        {400, 415},
    ),
    "two encodings": (
        "POST",
        "/sparql",
        {"body": b"ASK {}", "content_type": f"{QUERY}; charset=utf-16; charset=utf-8"},
        {415},
    ),
    "files in a form": (
        "POST",
        "/sparql",
        {"body": b"--x\r\n\r\nASK {}\r\n--x--", "content_type": "multipart/form-data; boundary=x"},
        {415},
    ),
    "an endless wish": ("GET", "/sparql?query=ASK%7B%7D", {"accept": "a/b;q=0.1," * 5000}, {200}),
    "a senseless wish": (
        "GET",
        "/sparql?query=ASK%7B%7D",
        {"accept": ";;;q==,/,*//*;q=-1"},
        {200, 406},
    ),
    "a weight that is no number": (
        "GET",
        "/sparql?query=ASK%7B%7D",
        {"accept": "*/*;q=nan"},
        {200, 406},
    ),
    "a senseless mark": ("GET", "/sparql?query=ASK%7B%7D", {"if_none_match": '"' * 9000}, {200}),
    "a piece of an answer": ("GET", "/graph?default", {"range": "bytes=0-1,5-6,0-99999"}, {200}),
    "another date": ("GET", "/sparql?query=ASK%7B%7D", {"if_modified_since": "kwaad"}, {200}),
    "another site": (
        "GET",
        "/sparql?query=ASK%7B%7D",
        {"origin": "null", "cookie": "kwaad=1"},
        {200},
    ),
    "a socket": (
        "GET",
        "/sparql",
        {
            "connection": "Upgrade",
            "upgrade": "websocket",
            "sec_websocket_key": "a" * 22 + "==",
            "sec_websocket_version": "13",
        },
        {200, 400, 426},
    ),
}


@pytest.mark.parametrize("name", REQUESTS)
def test_no_address_header_or_body_does_more_than_read(
    name: str, service: Running, lure: Lure
) -> None:
    method, path, words, codes = REQUESTS[name]
    body = words.get("body")
    headers = {key: value for key, value in words.items() if key != "body"}
    answer = service.send(method, path.replace("LURE", quote(lure.address)), body, **headers)

    assert answer.status in codes, answer.text[:300]
    decent(answer)
    unharmed(service, lure)


@pytest.mark.parametrize(
    "header", ["host", "x_forwarded_host", "x_forwarded_proto", "x_original_url", "forwarded"]
)
def test_no_header_changes_what_the_service_says_of_itself(
    header: str, service: Running, lure: Lure
) -> None:
    plain = service.get("/sparql", accept="text/turtle")
    for path in ("/sparql", "/", "/sparql/"):
        answer = service.get(path, accept="text/turtle", **{header: "kwaad.example"})

        assert "kwaad" not in answer.text + str(answer.headers)
        if path == "/sparql":
            assert plain.content == answer.content
            assert plain.headers["etag"] == answer.headers["etag"]
    unharmed(service, lure)


HEAD = b"Host: x\r\nConnection: close\r\n"
# Bytes that are no proper request, and what may come back; 0: it hangs up without a word.
RAW: dict[str, tuple[bytes, set[int]]] = {
    "nothing": (b"", {0}),
    "no HTTP": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(500), {0, 400}),
    "another HTTP": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", {0, 400, 404, 405, 505}),
    "an old HTTP": (b"GET /sparql\r\n\r\n", {0, 400}),
    "no host": (b"GET /sparql HTTP/1.1\r\n\r\n", {400}),
    "two hosts": (b"GET /sparql HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", {400}),
    "a large header": (
        b"GET /sparql HTTP/1.1\r\nX: " + b"a" * 900_000 + b"\r\n\r\n",
        {0, 400, 408, 413, 431},
    ),
    "many headers": (
        b"GET / HTTP/1.1\r\n" + b"X: a\r\n" * 90_000 + b"\r\n",
        {0, 400, 408, 413, 431},
    ),
    "two lengths": (
        b"POST /sparql HTTP/1.1\r\n"
        + HEAD
        + b"Content-Length: 5\r\nContent-Length: 50\r\n\r\nASK{}",
        {400},
    ),
    "no length": (b"POST /sparql HTTP/1.1\r\n" + HEAD + b"Content-Length: -5\r\n\r\n", {400}),
    "a length and pieces": (
        b"POST /sparql HTTP/1.1\r\n"
        + HEAD
        + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n"
        b"0\r\n\r\nDELETE /graph HTTP/1.1\r\n\r\n",
        {400, 415},
    ),
    "bad pieces": (
        b"POST /sparql HTTP/1.1\r\n" + HEAD + b"Transfer-Encoding: chunked\r\n\r\nZZ\r\nASK{}\r\n",
        {0, 400, 408, 413, 431},
    ),
    "endless pieces": (
        b"POST /sparql HTTP/1.1\r\n" + HEAD + b"Content-Type: application/sparql-query\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n" + (b"1000\r\n" + b"#" * 4096 + b"\r\n") * 100,
        {0, 413},
    ),
    "a proxy": (b"GET http://127.0.0.1:LURE/ HTTP/1.1\r\n" + HEAD + b"\r\n", {303, 400, 404}),
    "a tunnel": (b"CONNECT 127.0.0.1:LURE HTTP/1.1\r\n" + HEAD + b"\r\n", {400, 404, 405}),
    "an echo": (b"TRACE /sparql HTTP/1.1\r\nCookie: kwaad\r\n" + HEAD + b"\r\n", {405}),
    "a method of its own": (b"KWAAD /sparql HTTP/1.1\r\n" + HEAD + b"\r\n", {405}),
    "a nul in a header": (b"GET /sparql HTTP/1.1\r\nX: a\0b\r\n" + HEAD + b"\r\n", {400}),
    "a folded header": (
        b"GET /sparql HTTP/1.1\r\n" + HEAD + b"Accept: a\r\n b\r\n\r\n",
        {200, 400, 406},
    ),
    "a body that stops": (
        b"POST /sparql HTTP/1.1\r\n" + HEAD + b"Content-Length: 500\r\n\r\nASK",
        {0, 400, 408, 413, 431},
    ),
}


@pytest.mark.parametrize("name", RAW)
def test_no_bytes_stop_the_service(name: str, service: Running, lure: Lure) -> None:
    data, codes = RAW[name]
    found = service.raw(data.replace(b"LURE", str(lure.port).encode()))
    code = re.match(rb"HTTP/1\.1 (\d{3}) ", found)

    assert (int(code[1]) if code else len(found)) in codes
    assert b"Traceback" not in found
    assert b"kwaad" not in found
    unharmed(service, lure)


def test_who_sends_half_a_question_and_waits_hinders_nobody(service: Running, lure: Lure) -> None:
    head = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
    with ExitStack() as kept:
        lines = [
            kept.enter_context(socket.create_connection(("127.0.0.1", service.port), timeout=30))
            for _ in range(100)
        ]
        for i, line in enumerate(lines):
            line.sendall(head + b"Content-Length: 99\r\n\r\nASK {" if i % 2 else head[: i + 1])
        unharmed(service, lure)

        assert lines[1].recv(12) == b"HTTP/1.1 408"  # when its time is over
    unharmed(service, lure)


def test_many_heavy_questions_at_once_leave_the_service_up(service: Running, lure: Lure) -> None:
    sparql = QUERIES["a product to sort"][0]
    codes: list[int] = []
    threads = [
        threading.Thread(target=lambda: codes.append(service.ask(sparql).status)) for _ in range(12)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert 12 == len(codes)
    assert {*codes} <= FATAL
    unharmed(service, lure)


@pytest.fixture(scope="module")
def asking(loaded: Loaded, sources: Sources) -> Iterator[Running]:
    found = {question.name: question for question in questions(sources.queries)[0]}
    with running(ask.store(loaded), catalogue=Catalogue(loaded, found)) as service:
        yield service


@pytest.mark.parametrize(
    "value",
    [
        "x> } INSERT DATA { <x:a> <x:b> <x:c> } #",
        "https://w3id.org/kadernota/id/x> } SERVICE <LURE> { ?s ?p ?o",
        "?speerpunt",
        "<script>kwaad()</script>",
        "' OR 1=1 --",
        "ondermijning\n} ; DROP ALL",
        "${7*7}{{7*7}}",
        "../../../etc/passwd",
        "a" * 299,
        "\u202e\0\ufeff",
    ],
)
def test_no_value_of_a_named_question_becomes_sparql(
    value: str, asking: Running, lure: Lure
) -> None:
    value = value.replace("LURE", lure.address)
    before = asking.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows()
    for flag in ("speerpunt", "ook-indirect"):
        answer = asking.get(f"/vragen/partners-per-speerpunt?{urlencode({flag: value})}")

        assert (400, "text/plain") == (answer.status, answer.kind)
        decent(answer)
    assert before == asking.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows()
    assert [] == lure.visits


def paths(lure: Lure) -> list[str]:
    """Addresses whose answers hold script, as a text, a property or a mistake."""
    xml = "http://www.w3.org/1999/02/22-rdf-syntax-ns#XMLLiteral"
    shape = "<img src=x onerror=kwaad()><svg onload=kwaad()>"
    found = ["/sparql", "/graph", "/graph?default"]
    for text in (SCRIPT, SCRIPT.replace("kwaad()", f"fetch(`{lure.address}`)"), shape):
        found += [f"/graph?graph={quote(text)}", f"/vragen/{quote(text, safe='')}"]
        for sparql in (
            f'SELECT ("{text}" AS ?x) {{}}',
            f"SELECT ?{{ {text}",
            f'CONSTRUCT {{ <x:a> <http://www.w3.org/1999/xhtmlscript> "{text}"^^<{xml}> }} {{}}',
            f'CONSTRUCT {{ <x:a> <x:b> "{text}" }} {{}}',
        ):
            found.append(f"/sparql?query={quote(sparql, safe='')}")
    return found


@pytest.mark.parametrize(
    "accept", ["", "text/html", "application/xml", "application/rdf+xml", "text/csv"]
)
def test_a_browser_runs_nothing_of_what_a_query_brings_along(
    accept: str, service: Running, browser: Browser, lure: Lure
) -> None:
    called: list[str] = []
    elsewhere: list[str] = []

    def guard(route: Route) -> None:
        if route.request.url.startswith(service.address):
            route.continue_()
        else:
            elsewhere.append(route.request.url)
            route.abort()

    with browser.new_context() as context:
        context.route("**/*", guard)
        context.expose_function("kwaad", lambda: called.append("kwaad"))
        page = context.new_page()
        page.set_extra_http_headers({"Accept": accept} if accept else {})
        for path in paths(lure):
            try:
                page.goto(service.address.rstrip("/") + path)
            except PlaywrightError as error:  # the browser saves it instead
                assert re.search("Download is starting|ERR_ABORTED", str(error))
            else:
                assert 0 == page.locator("script, img, svg[onload]").count()

    assert ([], []) == (called, elsewhere)
    unharmed(service, lure)
