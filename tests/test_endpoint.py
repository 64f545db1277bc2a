"""The service speaks the SPARQL 1.1 Protocol and the Graph Store Protocol, and only reads."""

from __future__ import annotations

import csv
import io
import json
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import suppress
from html import unescape
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest
import rdflib
from conftest import MINI
from kadernota.asking import ask
from kadernota.asking.questions import questions
from kadernota.cli import main
from kadernota.endpoint.kinds import BOOLEANS, DATASETS, GRAPHS, SOLUTIONS
from kadernota.endpoint.media import chosen
from kadernota.endpoint.named import Catalogue
from kadernota.endpoint.worker import changing
from kadernota.triples import value_of
from lxml import etree
from service import ENDLESS, HEAVY, Answer, Running, bounded, running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kadernota.asking.questions import Question
    from kadernota.model import Loaded, Sources

# rdflib reads JSON-LD and quads with a class of its own that it no longer wants others to use.
pytestmark = pytest.mark.filterwarnings("ignore:(ConjunctiveGraph|Dataset).* is deprecated")
DATA = """
@prefix : <http://voorbeeld.nl/> .
:jan :naam "Jan"@nl ; :leeftijd 42 .
:piet :naam "Piet, \\"de\\" derde" .
:een { :jan :kent :piet }
:twee { :piet :kent :jan . :piet :kent :piet }
"""
V = "http://voorbeeld.nl/"
PEOPLE = "SELECT ?wie ?naam ?leeftijd { ?wie :naam ?naam OPTIONAL { ?wie :leeftijd ?leeftijd } }"
PEOPLE = f"PREFIX : <{V}> {PEOPLE} ORDER BY ?wie"
KNOWS = f"SELECT ?a ?b {{ ?a <{V}kent> ?b }} ORDER BY ?a ?b"
SAID = {("jan", "Jan", "42"), ("piet", 'Piet, "de" derde', "")}


def small() -> ox.Store:
    store = ox.Store()
    store.load(input=DATA, format=ox.RdfFormat.TRIG)
    return store


@pytest.fixture(scope="module")
def service() -> Iterator[Running]:
    with running(small()) as found:
        yield found


def rows(answer: Answer) -> set[tuple[str, ...]]:
    """The three columns of PEOPLE as a reader of that format sees them, without our address."""
    assert 200 == answer.status, answer.text
    if answer.kind.endswith("json"):
        found = [tuple(r.get(c, "") for c in ("wie", "naam", "leeftijd")) for r in answer.rows()]
    elif answer.kind.endswith("xml"):
        name = "{http://www.w3.org/2005/sparql-results#}"
        found = []
        for result in etree.fromstring(answer.content).iter(f"{name}result"):
            row = {
                b.get("name"): "".join(map(str, b.itertext()))
                for b in result.iter(f"{name}binding")
            }
            found.append(tuple(row.get(c, "") for c in ("wie", "naam", "leeftijd")))
    elif answer.kind == "text/csv":
        found = [tuple(row) for row in csv.reader(io.StringIO(answer.text))][1:]
    else:
        terms = [line.split("\t") for line in answer.text.splitlines()][1:]
        read = [[rdflib.util.from_n3(t) if t else "" for t in row] for row in terms]
        found = [tuple(str(t) for t in row) for row in read]
    return {(wie.removeprefix(V), *rest) for wie, *rest in found}


@pytest.mark.parametrize("media", SOLUTIONS)
def test_solutions_say_the_same_in_every_format(service: Running, media: str) -> None:
    answer = service.ask(PEOPLE, media)

    assert media == answer.kind
    assert SAID == rows(answer)


@pytest.mark.parametrize("media", BOOLEANS)
def test_yes_and_no_are_given_in_json_and_xml(service: Running, media: str) -> None:
    for sparql, expected in ((f"ASK {{ <{V}jan> ?p 42 }}", True), ("ASK { ?s ?p 43 }", False)):
        answer = service.ask(sparql, media)
        if "json" in media:
            found = json.loads(answer.content)["boolean"]
        else:
            (said,) = etree.fromstring(answer.content).iter(
                "{http://www.w3.org/2005/sparql-results#}boolean"
            )
            found = said.text == "true"

        assert (media, expected) == (answer.kind, found)


@pytest.mark.parametrize("media", GRAPHS)
@pytest.mark.parametrize(
    "sparql",
    [f"CONSTRUCT {{ ?a <{V}x> ?b }} {{ ?a <{V}naam> ?b }}", f"DESCRIBE <{V}jan>"],
    ids=["construct", "describe"],
)
def test_triples_say_the_same_in_every_format(service: Running, media: str, sparql: str) -> None:
    answer = service.ask(sparql, media)
    found = {tuple(map(str, t)) for t in rdflib.Graph().parse(answer.content, format=media)}
    expected = {
        "CONSTRUCT": {(f"{V}jan", f"{V}x", "Jan"), (f"{V}piet", f"{V}x", 'Piet, "de" derde')},
        "DESCRIBE": {(f"{V}jan", f"{V}naam", "Jan"), (f"{V}jan", f"{V}leeftijd", "42")},
    }

    assert media == answer.kind
    assert expected[sparql.partition(" ")[0]] == found


JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
WISHES = {
    "": JSON,
    "*/*": JSON,
    "text/*": "text/csv",
    "application/*": JSON,
    XML: XML,
    "text/csv;q=0.5, application/sparql-results+xml;q=0.6": XML,
    f"{JSON};q=0.1, text/csv": "text/csv",
    f"*/*, {JSON};q=0": "application/json",
    f"text/csv;q=0, text/*;q=0.3, {XML};q=0.2": "text/tab-separated-values",
    "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8": "application/xml",
    "TEXT/CSV": "text/csv",
    "text/csv; charset=UTF-8, application/json;q=0.9": "text/csv",
    "text/csv; charset=latin-1": "",
    "text/html": "",
    "*/*;q=0": "",
    "application/pdf, image/*": "",
}


@pytest.mark.parametrize(("accept", "media"), WISHES.items())
def test_the_client_gets_what_it_likes_best_or_nothing_at_all(
    service: Running, accept: str, media: str
) -> None:
    answer = service.ask(PEOPLE, accept)

    assert (200, media) == (200, chosen(accept, SOLUTIONS))
    assert (200, media) == (answer.status, answer.kind) if media else 406 == answer.status
    if not media:
        assert "Vraag met Accept een van deze vormen: application/sparql-res" in answer.text


def test_what_has_no_meaning_in_a_format_is_not_given_in_it(service: Running) -> None:
    for sparql, accept in (
        ("ASK {}", "text/csv"),
        ("ASK {}", "text/turtle"),
        (PEOPLE, "text/turtle"),
        (f"DESCRIBE <{V}jan>", JSON),
    ):
        assert 406 == service.ask(sparql, accept).status


def test_a_query_may_come_in_an_address_in_a_form_or_by_itself(service: Running) -> None:
    form = urlencode({"query": KNOWS, "default-graph-uri": f"{V}een"}).encode()
    plain = f"/sparql?{urlencode({'default-graph-uri': f'{V}een'})}"
    kinds = ("application/x-www-form-urlencoded; charset=UTF-8", "application/sparql-query")
    expected = [{"a": f"{V}jan", "b": f"{V}piet"}]

    assert expected == service.get(f"/sparql?{form.decode()}").rows()
    assert expected == service.send("POST", "/sparql", form, content_type=kinds[0]).rows()
    assert expected == service.send("POST", plain, KNOWS.encode(), content_type=kinds[1]).rows()


EEN, TWEE = [("jan", "piet")], [("piet", "jan"), ("piet", "piet")]
NAMED = KNOWS.replace("{ ?a", "{ GRAPH ?g { ?a").replace("?b }", "?b } }")
DATASETS_ASKED = {
    "the store": (KNOWS, {}, []),
    "one graph": (KNOWS, {"default-graph-uri": [f"{V}een"]}, EEN),
    "two graphs": (KNOWS, {"default-graph-uri": [f"{V}een", f"{V}twee"]}, EEN + TWEE),
    "a graph that is not there": (KNOWS, {"default-graph-uri": [f"{V}nergens"]}, []),
    "all named graphs": (NAMED, {}, EEN + TWEE),
    "one named graph": (NAMED, {"named-graph-uri": [f"{V}twee"]}, TWEE),
    "a default graph leaves no named graphs": (NAMED, {"default-graph-uri": [f"{V}een"]}, []),
    "a named graph leaves no default graph": (PEOPLE, {"named-graph-uri": [f"{V}een"]}, []),
    "FROM": (KNOWS.replace("{", f"FROM <{V}twee> {{", 1), {}, TWEE),
    "FROM NAMED": (NAMED.replace("{", f"FROM NAMED <{V}een> {{", 1), {}, EEN),
    "the request goes before FROM": (
        KNOWS.replace("{", f"FROM <{V}twee> {{", 1),
        {"default-graph-uri": [f"{V}een"]},
        EEN,
    ),
}


@pytest.mark.parametrize(
    ("sparql", "graphs", "expected"), DATASETS_ASKED.values(), ids=DATASETS_ASKED
)
def test_the_dataset_is_that_of_the_request_else_of_the_query_else_of_the_store(
    service: Running, sparql: str, graphs: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    found = service.ask(sparql, **graphs).rows()

    assert expected == [(r["a"].removeprefix(V), r["b"].removeprefix(V)) for r in found]


def test_an_answer_that_still_holds_is_not_sent_again(service: Running) -> None:
    first = service.ask(PEOPLE)
    path = f"/sparql?{urlencode({'query': PEOPLE})}"
    tag = first.headers["etag"]
    for known in (tag, f'"anders", {tag}', "*"):
        again = service.get(path, if_none_match=known)

        assert (304, b"", tag) == (again.status, again.content, again.headers["etag"])
    assert 200 == service.get(path, if_none_match='W/"anders"').status
    assert "no-cache" == first.headers["cache-control"]
    assert "Accept" in first.headers["vary"]


def test_another_question_form_dataset_or_other_data_has_another_tag(service: Running) -> None:
    answers = [
        service.ask(PEOPLE),
        service.ask(PEOPLE, "text/csv"),
        service.ask(KNOWS),
        service.ask(KNOWS, **{"default-graph-uri": f"{V}een"}),
        service.ask(KNOWS, **{"named-graph-uri": f"{V}een"}),
        service.get("/graph?default"),
        service.get("/sparql"),
    ]
    with running(ox.Store()) as other:
        answers += [other.ask(PEOPLE), other.get("/graph?default")]
    tags = [answer.headers["etag"] for answer in answers]

    assert len(set(tags)) == len(tags)


@pytest.mark.parametrize(
    "value", ["NOW()", "rand()", "UUID()", "STRUUID()", "IF(true, Now(), 1)", "1+RAND()"]
)
def test_an_answer_of_chance_or_the_clock_is_not_kept(service: Running, value: str) -> None:
    answer = service.ask(f"SELECT ({value} AS ?x) {{}}")

    assert 200 == answer.status
    assert "etag" not in answer.headers
    assert "no-store" == answer.headers["cache-control"]


def test_a_word_that_only_looks_like_the_clock_changes_nothing() -> None:
    assert not changing('SELECT ?known ?now { ?brand <x:rand> "NOW()" } # RAND()')


def test_a_posted_query_has_no_tag(service: Running) -> None:
    kind = "application/sparql-query"
    answer = service.send("POST", "/sparql", PEOPLE.encode(), content_type=kind)

    assert "etag" not in answer.headers
    assert "no-store" == answer.headers["cache-control"]


@pytest.mark.parametrize("path", ["/sparql", "/sparql?query=ASK%7B%7D", "/graph", "/graph?default"])
def test_the_head_of_an_answer_is_that_answer_without_its_content(
    service: Running, path: str
) -> None:
    whole, head = service.get(path), service.send("HEAD", path)
    for answer in (whole, head):
        answer.headers.pop("date")

    assert (200, b"") == (head.status, head.content)
    assert len(whole.content) == int(head.headers["content-length"])
    assert {k: v for k, v in whole.headers.items() if k != "content-length"} == {
        k: v for k, v in head.headers.items() if k != "content-length"
    }


def test_any_site_may_ask(service: Running) -> None:
    asked = {"origin": "https://elders.example", "access_control_request_method": "POST"}
    before = service.send(
        "OPTIONS", "/sparql", None, access_control_request_headers="content-type", **asked
    )
    answers = [
        service.get("/sparql?query=ASK%7B%7D", origin="https://elders.example"),
        service.get("/sparql?query=ASK%7B", origin="https://elders.example"),
        service.get("/nergens", origin="https://elders.example"),
        before,
    ]

    assert ["*"] * 4 == [a.headers["access-control-allow-origin"] for a in answers]
    assert [200, 400, 404, 200] == [a.status for a in answers]
    assert "POST" in before.headers["access-control-allow-methods"]
    assert "content-type" in before.headers["access-control-allow-headers"].lower()
    assert "access-control-allow-credentials" not in before.headers
    assert "ETag" in answers[0].headers["access-control-expose-headers"]


def test_options_says_what_can_be_done(service: Running) -> None:
    for path, methods in (
        ("/sparql", "GET, HEAD, OPTIONS, POST"),
        ("/graph", "GET, HEAD, OPTIONS"),
    ):
        answer = service.send("OPTIONS", path)

        assert (204, methods) == (answer.status, answer.headers["allow"])


SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")


@pytest.mark.parametrize("media", GRAPHS)
def test_the_service_says_what_it_is(service: Running, media: str) -> None:
    answer = service.get("/sparql", accept=media)
    found = rdflib.Graph().parse(answer.content, format=media)
    me = rdflib.URIRef(service.sparql)
    names = {str(o) for o in found.objects(None, SD.name)}

    assert media == answer.kind
    assert [me] == list(found.objects(me, SD.endpoint))
    assert [SD.SPARQL11Query] == list(found.objects(me, SD.supportedLanguage))
    assert [] == list(found.objects(me, SD.feature))
    assert {f"{V}een", f"{V}twee"} == names
    sizes = {int(str(o)) for o in found.objects(None, rdflib.VOID.triples)}
    assert {3, 1, 2} == sizes


def test_the_page_for_people_has_no_script_and_every_link_on_it_works(service: Running) -> None:
    page = service.get("/sparql", accept="text/html,*/*;q=0.8")
    links = [unescape(link) for link in re.findall(r'href="([^"]*)"', page.text)]

    assert (200, "text/html") == (page.status, page.kind)
    assert "script" not in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert 7 <= len(links)
    for link in links:
        answer = service.get(link)

        assert 200 == answer.status or link == "/vragen", (link, answer.text)


def test_the_front_door_leads_to_the_service(service: Running) -> None:
    assert (303, "/sparql") == (
        service.get("/").status,
        service.get("/").headers["location"],
    )


FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
ERRORS: dict[str, tuple[str, str, str, bytes, int, str]] = {
    "a mistake": (
        "GET", "/sparql?query=SELECT%20*%20%7B%0A%20%3Fs%20%3Fp%20", "", b"", 400,
        "Herstel de SPARQL bij regel 2, kolom 8: de vraag houdt te vroeg op",
    ),
    "an unknown prefix": (
        "GET", "/sparql?query=ASK%7B%3Fs%20%3Fp%20kn%3Aa%7D", "", b"", 400,
        "dit voorvoegsel is niet aangekondigd met PREFIX",
    ),
    "an empty query": ("GET", "/sparql?query=", "", b"", 400, "de vraag houdt te vroeg op"),
    "an unknown function": (
        "GET", "/sparql?query=SELECT(%3Cx:y%3E(1)AS%3Fx)%7B%7D", "", b"", 400, "<x:y>",
    ),
    "SERVICE": (
        "GET", "/sparql?query=ASK%7BSERVICE%3Cx:y%3E%7B%7D%7D", "", b"", 400,
        "Haal SERVICE weg",
    ),
    "an update as a query": (
        "GET", "/sparql?query=CLEAR%20ALL", "", b"", 400, "deze opdracht verandert gegevens",
    ),
    "an update": ("POST", "/sparql", FORM, b"update=CLEAR+ALL", 403, "wijzigen kan hier niet"),
    "an update by GET": ("GET", "/sparql?update=CLEAR+ALL", "", b"", 403, "wijzigen kan hier niet"),
    "a direct update": (
        "POST", "/sparql", "application/sparql-update", b"CLEAR ALL", 403, "wijzigen kan hier niet",
    ),
    "two queries": (
        "GET", "/sparql?query=ASK%7B%7D&query=ASK%7B%7D", "", b"", 400,
        "één vraag tegelijk",
    ),
    "a form without a query": ("POST", "/sparql", FORM, b"", 400, "bij 'query'"),
    "another content type": (
        "POST", "/sparql", "text/plain", b"ASK {}", 415,
        "Stuur de vraag als",
    ),
    "no content type": ("POST", "/sparql", "", b"ASK {}", 415, "Stuur de vraag als"),
    "another encoding": (
        "POST", "/sparql", f"{QUERY}; charset=utf-16", "ASK {}".encode("utf-16"), 415, "in UTF-8",
    ),
    "no UTF-8": ("POST", "/sparql", QUERY, b"ASK { ?s ?p '\xe9' }", 400, "Geef de vraag als UTF-8"),
    "no UTF-8 in an address": ("GET", "/sparql?query=%E9", "", b"", 400, "Geef de vraag als UTF-8"),
    "no address of a graph": (
        "GET", "/sparql?query=ASK%7B%7D&default-graph-uri=een", "", b"", 400,
        "Geef bij 'default-graph-uri' een volledig adres van een graaf, niet 'een'.",
    ),
    "too many fields": ("GET", "/sparql?" + "a=b&" * 200, "", b"", 400, "hooguit 100 parameters"),
    "a long address": (
        "GET", "/sparql?query=" + "a" * 100_000, "", b"", 414,
        "hooguit 100000 bytes",
    ),
    "a long body": ("POST", "/sparql", QUERY, b"#" * 100_001, 413, "hooguit 100000 bytes"),
    "another method": ("PUT", "/sparql?query=ASK%7B%7D", "", b"", 405, "Deze dienst leest alleen"),
    "another address": ("GET", "/sparql/", "", b"", 404, "Begin bij /sparql"),
    "an unknown graph": (
        "GET", f"/graph?graph={V}drie", "", b"", 404,
        f"Deze graaf is er niet. Kies één van:\n  {V}een\n  {V}twee",
    ),
    "half an address of a graph": ("GET", "/graph?graph=een", "", b"", 400, "een volledig adres"),
    "two graphs": ("GET", f"/graph?default&graph={V}een", "", b"", 400, "één graaf tegelijk"),
    "a graph in another format": ("GET", "/graph?default", "", b"", 406, "text/turtle"),
    "put a graph": ("PUT", f"/graph?graph={V}een", "text/turtle", b"", 405, "leest alleen"),
    "add to a graph": ("POST", f"/graph?graph={V}een", "text/turtle", b"", 405, "leest alleen"),
    "remove a graph": ("DELETE", f"/graph?graph={V}een", "", b"", 405, "leest alleen"),
    "patch a graph": ("PATCH", f"/graph?graph={V}een", "", b"", 405, "leest alleen"),
}  # fmt: skip


@pytest.mark.parametrize("given", ERRORS.values(), ids=ERRORS)
def test_what_cannot_be_answered_says_in_dutch_what_to_do(
    service: Running, given: tuple[str, str, str, bytes, int, str]
) -> None:
    method, path, kind, body, status, words = given
    headers = {"content_type": kind} if kind else {}
    if status == 406:
        headers["accept"] = "text/html"
    answer = service.send(method, path, body or None, **headers)

    assert (status, "text/plain") == (answer.status, answer.kind)
    assert words in answer.text
    assert "etag" not in answer.headers
    assert rows(service.ask(PEOPLE)) == SAID


def test_a_graph_can_be_had_as_it_is_in_every_format(service: Running) -> None:
    for media in GRAPHS:
        for name, size in (
            ("default", 3),
            (f"graph={quote(V)}een", 1),
            (f"graph={quote(V)}twee", 2),
        ):
            answer = service.get(f"/graph?{name}", accept=media)

            assert media == answer.kind
            assert size == len(rdflib.Graph().parse(answer.content, format=media))


def test_the_whole_store_can_be_had_with_its_graphs(service: Running) -> None:
    for media in DATASETS:
        answer = service.get("/graph", accept=media)
        found = rdflib.Dataset().parse(answer.content, format=media)
        sizes = Counter(str(g).rpartition("/")[2] for _, _, _, g in found.quads())

        assert media == answer.kind
        assert {"een": 1, "twee": 2} == {name: sizes[name] for name in ("een", "twee")}
        assert 6 == sizes.total()


def test_an_endless_question_ends_and_hinders_no_other(service: Running) -> None:
    del service
    with running(hundred(), bounded(seconds=3, workers=2)) as found:
        late: list[Answer] = []
        thread = threading.Thread(target=lambda: late.append(found.ask(ENDLESS)))
        thread.start()
        meanwhile = [found.ask("SELECT ?s { ?s ?p 7 }").rows() for _ in range(20)]
        thread.join()

        assert [[{"s": f"{V}7"}]] * 20 == meanwhile
        assert 503 == late[0].status
        assert "Maak de vraag lichter: zij duurt langer dan 3 seconden.\n" == late[0].text
        assert "retry-after" not in late[0].headers
        for _ in range(4):  # both processes answer, the new one too
            assert [{"s": f"{V}7"}] == found.ask("SELECT ?s { ?s ?p 7 }").rows()


def test_a_question_cannot_take_all_memory(service: Running) -> None:
    del service
    with running(hundred(), bounded(seconds=100, workers=1, memory=200 << 20)) as found:
        answer = found.ask(HEAVY)

        assert 422 == answer.status
        assert "zij vraagt meer geheugen dan er voor een vraag is" in answer.text
        assert [{"s": f"{V}7"}] == found.ask("SELECT ?s { ?s ?p 7 }").rows()


def test_an_answer_cannot_be_endless(service: Running) -> None:
    del service
    with running(hundred(), bounded(seconds=60, answer=100_000)) as found:
        for sparql in (
            "SELECT * { ?a ?b ?c . ?d ?e ?f }",
            HEAVY.replace("DISTINCT", "").partition("ORDER")[0],
        ):
            answer = found.ask(sparql)

            assert 422 == answer.status
            assert "Vraag minder tegelijk, bijvoorbeeld met LIMIT" in answer.text
        assert 200 == found.ask("SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 9").status


def test_who_comes_when_too_many_wait_is_asked_to_come_back(service: Running) -> None:
    del service
    bounds = bounded(workers=1, waiting=1, seconds=4, patience=60)
    with running(hundred(), bounds) as found:
        answers: list[Answer] = []
        threads = [
            threading.Thread(target=lambda: answers.append(found.ask(ENDLESS))) for _ in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        busy = [a for a in answers if "retry-after" in a.headers]

        assert [503] * 4 == [a.status for a in answers]
        assert 2 == len(busy)
        assert {"Probeer het zo nog eens: er wachten te veel vragen.\n"} == {a.text for a in busy}
        assert 200 == found.ask("ASK {}").status


def test_a_client_that_goes_away_leaves_nothing_running(service: Running) -> None:
    del service
    with running(hundred(), bounded(workers=1, seconds=300, patience=30)) as found:
        path = f"/sparql?{urlencode({'query': ENDLESS})}"
        for _ in range(3):
            with socket.create_connection(("127.0.0.1", found.port)) as line:
                line.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())

        assert 200 == found.ask("ASK {}").status


def test_a_process_that_is_lost_is_replaced(service: Running) -> None:
    del service
    with running(hundred(), bounded(workers=1)) as found:
        (lost,) = found.protocol.pool._all
        lost.process.kill()
        while lost.process.returncode is None:
            time.sleep(0.01)

        assert [200] * 5 == [found.ask("ASK {}").status for _ in range(5)]


def test_a_process_that_answers_can_open_no_file_and_no_connection(service: Running) -> None:
    assert 200 == service.ask("ASK {}").status
    for worker in service.protocol.pool._all:
        lines = Path(f"/proc/{worker.process.pid}/limits").read_text().splitlines()
        bounds = {line[:26].strip(): line[26:].split()[:2] for line in lines}

        assert ["3", "3"] == bounds["Max open files"]  # those that it has: in, out and errors
        assert [str(service.protocol.limits.memory)] * 2 == bounds["Max address space"]


def hundred() -> ox.Store:
    store = ox.Store()
    for i in range(300):
        node = ox.NamedNode(f"{V}{i}")
        store.add(ox.Quad(node, ox.NamedNode(f"{V}nummer"), ox.Literal(i)))
    return store


@pytest.fixture(scope="module")
def asked(sources: Sources) -> tuple[Question, ...]:
    return questions(sources.queries)[0]


@pytest.fixture(scope="module")
def whole(loaded: Loaded, asked: tuple[Question, ...]) -> Iterator[Running]:
    catalogue = Catalogue(loaded, {q.name: q for q in asked})
    with running(ask.store(loaded), catalogue=catalogue) as found:
        yield found


def test_every_named_question_has_the_answer_of_the_command(
    whole: Running, loaded: Loaded, asked: tuple[Question, ...]
) -> None:
    store = ask.store(loaded)
    for question in asked:
        expected = ask.ask(store, loaded, question, {})
        found = whole.get(f"/vragen/{question.name}", accept=JSON)
        keys = [
            {c: value_of(t) for c, t in zip(expected.columns, row, strict=True) if t is not None}
            for row in expected.rows
        ]

        assert 200 == found.status, found.text
        assert Counter(map(str, map(sorted_items, keys))) == Counter(
            map(str, map(sorted_items, found.rows()))
        ), question.name


def sorted_items(row: dict[str, str]) -> list[tuple[str, str]]:
    return sorted(row.items())


def test_a_named_question_takes_values_as_the_command_does(whole: Running) -> None:
    found = whole.get("/vragen/partners-per-speerpunt?speerpunt=ondermijning").rows()
    wider = whole.get("/vragen/partners-per-speerpunt?speerpunt=ondermijning&ook-indirect=true")

    assert {"Belastingdienst", "Ondernemer", "Regionaal Informatie- en Expertise Centrum"} == {
        row["partnerNaam"] for row in found
    }
    assert len(found) < len(wider.rows())


NAMED_ERRORS = {
    "/vragen/partner-per-speerpunt": (404, "Bedoelde je partners-per-speerpunt?"),
    "/vragen/partners-per-speerpunt?speerpunt=ondermeining": (400, "'ondermeining' is hier niet"),
    "/vragen/partners-per-speerpunt?speerpunt=": (400, "Geef een waarde achter 'speerpunt='."),
    "/vragen/partners-per-speerpunt?x=1": (400, "Kies uit: speerpunt, ook-indirect."),
    "/vragen/partners-per-speerpunt?speerpunt=a&speerpunt=b": (400, "Geef 'speerpunt=' één keer"),
    "/vragen/partners-per-speerpunt?ook-indirect=misschien": (400, "'ook-indirect='"),
    "/vragen/partners-per-speerpunt?speerpunt=" + "a" * 400: (400, "hooguit 300 tekens"),
}


@pytest.mark.parametrize(("path", "expected"), NAMED_ERRORS.items())
def test_a_wrong_name_or_value_says_what_can_be_given(
    whole: Running, path: str, expected: tuple[int, str]
) -> None:
    answer = whole.get(path)

    assert (expected[0], "text/plain") == (answer.status, answer.kind)
    assert expected[1] in answer.text
    assert "--" not in answer.text


def test_the_list_of_questions_says_how_to_ask_each(
    whole: Running, asked: tuple[Question, ...]
) -> None:
    listed = json.loads(whole.get("/vragen").content)

    assert [q.name for q in asked] == [entry["naam"] for entry in listed]
    for entry in listed[:5]:
        assert 200 == whole.get(entry["adres"].removeprefix(whole.address[:-1])).status
    one = next(e for e in listed if e["naam"] == "partners-per-speerpunt")
    assert ["speerpunt", "ook-indirect"] == [p["naam"] for p in one["parameters"]]


def test_the_default_graph_holds_what_holds_and_the_other_graphs_are_named(whole: Running) -> None:
    found = whole.get("/sparql", accept="text/turtle")
    names = rdflib.Graph().parse(found.content, format="turtle").objects(None, SD.name)
    where = "https://w3id.org/kadernota/graph/"

    assert {f"{where}{n}" for n in ("gegeven", "afgeleid", "ontologie", "herkomst")} == set(
        map(str, names)
    )


@pytest.fixture
def started() -> Iterator[tuple[subprocess.Popen[str], int]]:
    """The command itself, over the smallest knowledge base."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    words = [sys.executable, "-m", "kadernota", "endpoint", "--map", str(MINI), "--tegelijk", "2"]
    with subprocess.Popen(
        [*words, "--poort", str(port)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        try:
            yield process, port
        finally:
            process.kill()


def test_the_command_says_where_it_is_answers_and_stops_when_told(
    started: tuple[subprocess.Popen[str], int],
) -> None:
    process, port = started
    assert process.stdout
    line = process.stdout.readline()
    children = f"/proc/{process.pid}/task/{process.pid}/children"
    address = f"http://127.0.0.1:{port}/"
    found = None
    while found is None:
        with suppress(OSError):
            client = HTTPConnection("127.0.0.1", port)
            client.request("GET", "/sparql?query=ASK%7B%3Fs%20%3Fp%20%3Fo%7D")
            found = json.loads(client.getresponse().read())
            client.close()
    workers = [int(pid) for pid in Path(children).read_text().split()]
    process.send_signal(signal.SIGINT)
    rest = process.communicate(timeout=60)[0]

    assert f"Stel vragen aan {address}sparql (stoppen met Ctrl-C).\n" == line
    assert found["boolean"] is True
    assert 2 == len(workers)
    assert "" == rest
    assert not any(Path(f"/proc/{pid}").exists() for pid in workers)


def test_a_port_that_is_taken_is_one_clear_mistake(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code = main(["--map", str(MINI), "endpoint", "--poort", str(port)])

    assert 2 == code
    assert f"Kies een andere --poort of --host: 127.0.0.1:{port} is niet vrij." in (
        capsys.readouterr().err
    )


@pytest.mark.parametrize("words", [["--poort", "0"], ["--seconden", "0"], ["--adres", "ftp://x"]])
def test_a_bound_that_cannot_be_is_refused(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        code = main(["--map", str(MINI), "endpoint", *words])
    except SystemExit as stopped:
        code = int(str(stopped.code))

    assert 2 == code
    assert words[0] in capsys.readouterr().err
