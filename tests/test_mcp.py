"""An assistant asks by the Model Context Protocol, with the SDK's own client in another process."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import partial
from http.client import HTTPConnection
from typing import TYPE_CHECKING, Any

import pytest
from assistants import Assistant, assistant, wire, words
from conftest import MINI, ROOT
from jsonschema import Draft202012Validator
from kadernota import api
from kadernota.asking.ask import CannotAnswer
from kadernota.assistant.clerk import Clerk
from kadernota.commands import assisting
from mcp import MCPError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BASE = "https://w3id.org/kadernota/id/gm0000/"
FIVE = {"questions", "ask", "search", "describe", "explain"}


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("mcp") / "log.txt"


@pytest.fixture(scope="module")
def asks(log: Path) -> Iterator[Assistant]:
    with assistant(MINI, log) as found:
        yield found
    assert "" == log.read_text()


def test_it_offers_five_tools_in_dutch_that_change_nothing(asks: Assistant) -> None:
    tools = asks.portal.call(asks.client.list_tools).tools

    assert FIVE == {t.name for t in tools}
    for tool in tools:
        assert tool.title
        assert tool.description
        assert tool.annotations
        assert tool.annotations.read_only_hint
        assert not tool.annotations.destructive_hint
        for schema in (tool.input_schema, tool.output_schema):
            assert schema
            Draft202012Validator.check_schema(schema)
        assert {"de", "je", "met", "een"} & set(tool.description.casefold().split()), tool.name


def test_the_tools_are_the_functions_for_programs(asks: Assistant) -> None:
    tools = asks.portal.call(asks.client.list_tools).tools

    assert {t.name for t in tools} == {n for n in vars(api.KnowledgeBase) if n[0] != "_"}


def test_the_server_says_how_to_use_it(asks: Assistant) -> None:
    said = asks.client.instructions

    assert said
    assert "kennisbank van Mini" in said
    assert "url" in said


def test_the_schema_has_pick_lists(asks: Assistant) -> None:
    tools = {t.name: t for t in asks.portal.call(asks.client.list_tools).tools}
    given = tools["ask"].input_schema["properties"]
    values = given["values"]["properties"]

    assert "partners-per-speerpunt" in given["question"]["enum"]
    assert ["speerpunten/jeugd", "speerpunten/jeugd-2019-2022"] == values["speerpunt"]["enum"]
    assert "boolean" == values["ookIndirect"]["type"]
    assert ("string", "date") == (values["datum"]["type"], values["datum"]["format"])


def test_the_questions_have_their_choices_one_at_a_time(asks: Assistant) -> None:
    every = asks.data("questions")["questions"]
    (one,) = asks.data("questions", question="partners-per-speerpunt")["questions"]

    assert {q.name for q in api.open(MINI).questions()} == {q["name"] for q in every}
    assert "Jeugd" == one["parameters"][0]["choices"]["speerpunten/jeugd"]
    assert "  - speerpunten/jeugd: Jeugd\n" in asks.text("questions", question=one["name"])


# The table of partners in the example: "Jongeren opzoeken op straat" is the first of two points.
def test_an_answer_carries_its_sources(asks: Assistant) -> None:
    found = asks.data("ask", question="partners-per-speerpunt", values={"speerpunt": "jeugd"})
    (row,) = found["rows"]
    direct, indirect = found["reasons"][0]

    assert ("Jongeren opzoeken op straat", True) == (row["rol"], row["direct"])
    assert (1, 0) == (found["total"], found["offset"])
    assert {f"{BASE}partners/jongerenwerk", f"{BASE}speerpunten/jeugd"} == {
        s["thing"] for s in found["sources"]
    }
    passage = next(s for s in found["sources"] if s["passage_name"] == "Partners, lijstonderdeel 5")
    assert "#:~:text=Jongeren%20opzoeken%20op%20straat" in passage["url"]
    assert "werktDirectAan" in direct["predicate"]
    assert "werktIndirectAan" in indirect["predicate"]
    assert "because" not in direct


def test_the_same_is_told_in_words(asks: Assistant) -> None:
    said = asks.text("ask", question="partners-per-speerpunt", values={"speerpunt": "jeugd"})

    assert "| Jeugd | nee | Jongerenwerk Voorbeeldstad | Jongeren opzoeken op straat | ja |" in said
    assert "- rij 1: Jongerenwerk Voorbeeldstad – werkt direct aan – Jeugd\n" in said
    assert "\nBronnen:\n- Jongerenwerk Voorbeeldstad\n" in said
    assert "Partners, lijstonderdeel 5 (Partners): <https://" in said


def test_what_was_derived_can_be_explained_in_one_flag_or_one_call(asks: Assistant) -> None:
    given = {"question": "partners-per-speerpunt", "values": {"speerpunt": "jeugd"}}
    (reason, _), = asks.data("ask", **given, why=True)["reasons"]  # fmt: skip
    short = asks.data("ask", **given)["reasons"][0][0]
    asked = {key: short[key] for key in ("subject", "predicate", "object")}

    assert reason == asks.data("explain", **asked)["reason"]
    assert "data/partners/jongerenwerk.yaml:12" == reason["because"][1]["sources"][0]["file"]
    assert "    - Partners, lijstonderdeel 5 (Partners): <https://" in asks.text("explain", **asked)


def test_every_question_gives_an_answer_that_fits_its_schema(asks: Assistant) -> None:
    for question in api.open(MINI).questions():
        found = asks.data("ask", question=question.name, why=True)  # the client holds it to that

        assert len(found["rows"]) == len(found["reasons"]) == min(25, found["total"])


def test_a_long_answer_comes_in_parts(asks: Assistant) -> None:
    whole = asks.data("ask", question="wat-staat-in-passage", limit=200)
    parts = [
        asks.data("ask", question="wat-staat-in-passage", limit=7, offset=at)
        for at in range(0, whole["total"], 7)
    ]

    assert 25 < whole["total"] <= 200
    assert whole["rows"] == [row for part in parts for row in part["rows"]]
    for part in parts:
        shown = {v for row in part["rows"] for v in row.values()}
        assert {s["thing"] for s in part["sources"]} <= shown


def test_searching_leads_to_a_thing_and_to_a_question(asks: Assistant) -> None:
    things = asks.data("search", text="veiligheidsoverleg")["hits"]
    questions = asks.data("search", text="partners per speerpunt")["hits"]

    first = [(h["kind"], h["id"]) for h in things[:3]]
    assert ("ding", "overleggen/veiligheidsoverleg") in first
    assert ("vraag", "partners-per-speerpunt") in {(h["kind"], h["id"]) for h in questions}
    assert "Niets gevonden.\n" == asks.text("search", text="qqqqq")


def test_a_thing_is_described_with_what_it_rests_on(asks: Assistant) -> None:
    found = asks.data("describe", thing="Veiligheidsoverleg")

    assert (f"{BASE}overleggen/veiligheidsoverleg", "overleg") == (found["iri"], found["kind"])
    assert "Partners, alinea 1" in {s["passage_name"] for s in found["sources"]}
    assert 0 == found["left_out"]
    assert "- frequentie: jaarlijks\n" in asks.text("describe", thing="Veiligheidsoverleg")


def test_of_what_all_things_name_the_rest_is_counted() -> None:
    kb = api.open(ROOT)
    found = Clerk(kb).reply("describe", {"thing": "kadernotas/2023-2026"})
    mentions = len(kb.describe("kadernotas/2023-2026").mentions)

    assert mentions > 100 == len(found.data["mentions"])
    assert mentions - 100 == found.data["left_out"]
    assert f"- en nog {mentions - 100}\n" in found.text


def test_what_cannot_be_answered_is_an_answer_that_says_what_to_do(asks: Assistant) -> None:
    given = {"question": "partners-per-speerpunt", "values": {"speerpunt": "jeugt"}}
    found = asks.call("ask", **given)

    assert found.is_error
    assert found.structured_content is None
    assert asks.text("ask", **given).startswith("'jeugt' is hier niet bekend. Kies één van:")


def test_each_thing_is_a_resource_under_its_own_iri(asks: Assistant) -> None:
    cursor, found = None, []
    while True:
        page = asks.portal.call(partial(asks.client.list_resources, cursor=cursor))
        found += page.resources
        if not (cursor := page.next_cursor):
            break
    files = list((MINI / "data").rglob("*.yaml"))
    (goal,) = (r for r in found if str(r.uri) == f"{BASE}speerpunten/jeugd")
    text, linked = asks.portal.call(asks.client.read_resource, str(goal.uri)).contents

    assert "Jeugd" == goal.title
    assert len(found) == len({str(r.uri) for r in found}) >= len(files)
    assert ("text/markdown", "application/ld+json") == (text.mime_type, linked.mime_type)
    assert text.text.startswith("# Jeugd\n")  # type: ignore[union-attr]
    assert f"{BASE}speerpunten/jeugd" in json.dumps(json.loads(linked.text))  # type: ignore[union-attr]


def test_a_resource_that_is_not_ours_is_refused(asks: Assistant) -> None:
    for uri in (BASE + "speerpunten/weg", "file:///etc/passwd", "https://example.org/"):
        with pytest.raises(MCPError) as refused:
            asks.portal.call(asks.client.read_resource, uri)

        assert "bestaat hier niet" in refused.value.message


def test_it_ends_when_nobody_asks_any_more() -> None:
    with wire(MINI) as found:
        found.call("search", text="jeugd")

        assert (0, b"", b"") == found.close()


def test_a_hundred_calls_leave_no_trace() -> None:
    calls: list[tuple[str, dict[str, Any]]] = [
        ("ask", {"question": "partners-per-speerpunt", "values": {"speerpunt": "jeugd"}}),
        ("ask", {"question": "wat-staat-in-passage", "why": True}),
        ("describe", {"thing": "partners/jongerenwerk"}),
        ("search", {"text": "camera op het plein"}),
        ("ask", {"question": "weg"}),
    ]
    with wire(MINI) as found:
        first = [found.call(name, **given) for _ in range(10) for name, given in calls]
        before = found.memory()
        then = [found.call(name, **given) for _ in range(20) for name, given in calls]
        after = found.memory()

    assert first[:5] * 20 == then
    assert after - before < 3000  # kB, of 100 calls; a kept answer is 40


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mcp_types", None)
    monkeypatch.delitem(sys.modules, "kadernota.assistant.mcp_server", raising=False)
    with pytest.raises(CannotAnswer, match=r'pip install "kadernota\[mcp\]"'):
        assisting.action(None, None, (), None)  # type: ignore[arg-type]


def test_with_mistakes_in_the_files_it_does_not_start(tmp_path: Path) -> None:
    (tmp_path / "kadernota.yaml").write_text("naam: Mini\n")
    done = subprocess.run(
        [sys.executable, *words(tmp_path)], input=b"", capture_output=True, timeout=60, check=False
    )

    assert (1, b"") == (done.returncode, done.stdout)
    assert b"kadernota.yaml:1" in done.stderr


def test_over_http_it_answers_only_this_computer() -> None:
    port = "8765"
    process = subprocess.Popen(
        [sys.executable, *words(MINI, "--poort", port)], stderr=subprocess.PIPE
    )

    def listed(**more: str) -> tuple[int, bytes]:
        connection = HTTPConnection("127.0.0.1", int(port), timeout=30)
        asked = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "tools/list"})
        kinds = {"Content-Type": "application/json"}
        kinds["Accept"] = "application/json, text/event-stream"
        connection.request("POST", "/mcp", asked, kinds | more)
        answer = connection.getresponse()
        found = answer.status, answer.read()
        connection.close()
        return found

    try:
        assert process.stderr
        assert f"http://127.0.0.1:{port}/mcp" in process.stderr.readline().decode()
        code, body = listed()
        assert 200 == code
        assert FIVE == {t["name"] for t in json.loads(body)["result"]["tools"]}
        assert 421 == listed(Host="evil.example")[0]
        assert 403 == listed(Origin="https://evil.example")[0]
    finally:
        process.terminate()
        process.communicate(timeout=30)
