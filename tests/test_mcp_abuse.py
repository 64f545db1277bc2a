"""Whatever an assistant sends, it gets one clear answer, and the next one gets the right one."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import pytest
from assistants import Wire, wire
from conftest import MINI

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

GOOD: dict[str, Any] = {"question": "partners-per-speerpunt", "values": {"speerpunt": "jeugd"}}
LONG = "x" * 1_000_000
DEEP: Any = "x"
for _ in range(60):
    DEEP = {"a": DEEP}


@pytest.fixture(scope="module")
def line() -> Iterator[Wire]:
    with wire(MINI) as found:
        yield found
        code, out, err = found.close()
    assert (0, b"") == (code, out)
    assert b"Traceback" not in err


@pytest.fixture(scope="module")
def right(line: Wire) -> dict[str, Any]:
    found = line.call("ask", **GOOD)
    assert "Jongeren opzoeken op straat" in json.dumps(found)
    return found


@pytest.fixture(autouse=True)
def nothing_changed(line: Wire, right: dict[str, Any]) -> Iterator[None]:
    """After each of these the same question still has the same answer."""
    yield
    assert right == line.call("ask", **GOOD)


def of(**values: object) -> dict[str, Any]:
    return {"question": "partners-per-speerpunt", "values": values}


HOSTILE: dict[str, tuple[str, dict[str, Any], str]] = {
    "a question that is SPARQL": ("ask", {"question": "SELECT * { ?s ?p ?o }"}, "bestaat niet"),
    "a way out of the folder": ("ask", {"question": "../../../etc/passwd"}, "bestaat niet"),
    "a value that closes the pattern": ("ask", of(speerpunt="} UNION { ?s ?p ?o"), "niet bekend"),
    "a value that closes the address": ("ask", of(speerpunt="x> } #"), "niet bekend"),
    "a service elsewhere": (
        "ask",
        of(speerpunt="SERVICE <https://example.org/> { ?s ?p ?o }"),
        "niet bekend",
    ),
    "a truth that is a query": ("ask", of(ookIndirect="true) . ?s ?p ?o ."), "Schrijf true of"),
    "a template": ("ask", of(speerpunt="{{ 7 * 7 }}{% raw %}"), "niet bekend"),
    "a parameter that is not there": ("ask", of(__class__="x"), "geen parameter"),
    "a parameter with a dash": ("ask", of(**{"--map": "/"}), "geen parameter"),
    "a list for a value": ("ask", of(speerpunt=["jeugd"]), "één waarde"),
    "an object for a value": ("ask", of(speerpunt={"$ne": ""}), "één waarde"),
    "values that are no object": ("ask", {**GOOD, "values": "jeugd"}, "een object"),
    "values that go deep": ("ask", of(speerpunt=DEEP), "één waarde"),
    "a million characters": ("describe", {"thing": LONG}, "korter"),
    "a million characters to look for": ("search", {"text": LONG}, "korter"),
    "a million characters to fill in": ("ask", of(speerpunt=LONG), "korter"),
    "a question of a million characters": ("ask", {"question": LONG}, "korter"),
    "an explanation of a million": (
        "explain",
        {"subject": LONG, "predicate": LONG, "object": LONG},
        "korter",
    ),
    "a character that ends a text": ("describe", {"thing": "partners/\x00jongeren"}, "onzichtbare"),
    "a character that turns the text": ("search", {"text": "jeugd\u202egduej"}, "onzichtbare"),
    "an escape sequence": ("search", {"text": "\x1b[2J\x1b]0;weg\x07"}, "onzichtbare"),
    "rows before the first": ("ask", {**GOOD, "offset": -1}, "van 0 tot en met"),
    "more rows than there may be": ("ask", {**GOOD, "limit": 10**9}, "van 1 tot en met 200"),
    "a number that is a truth": ("ask", {**GOOD, "limit": True}, "een heel getal"),
    "a number that is a text": ("search", {"text": "jeugd", "limit": "10"}, "een heel getal"),
    "a number without end": ("search", {"text": "jeugd", "limit": 10**400}, "van 1 tot en met"),
    "a truth that is a number": ("ask", {**GOOD, "why": 1}, "true of false"),
    "an argument that is not there": ("search", {"text": "x", "self": 1}, "Er is geen 'self'"),
    "nothing at all": ("ask", {}, "Vul 'question' in"),
    "nothing in words": ("describe", {"thing": None}, "Vul 'thing' in"),
    "a file": ("describe", {"thing": "file:///etc/passwd"}, "bestaat niet"),
    "a thing elsewhere": ("describe", {"thing": "https://example.org/x"}, "bestaat niet"),
    "a property that is a query": (
        "explain",
        {"subject": "partners/jongerenwerk", "predicate": "x> ?o } #", "object": "speerpunten"},
        "bestaat niet",
    ),
    "a tool that is not there": ("__init__", {}, "De tool '__init__' bestaat niet"),
    "a tool that writes": ("delete", {"thing": "speerpunten/jeugd"}, "De tool 'delete' bestaat"),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_arguments_get_one_clear_answer(case: str, line: Wire) -> None:
    tool, given, said = HOSTILE[case]
    found = line.call(tool, **given)
    text = found["content"][0]["text"]

    assert found["isError"]
    assert said in text
    assert len(text) < 2000
    assert all(c.isprintable() or c == "\n" for c in text)
    assert "structuredContent" not in found


LINES = {
    "no JSON": b"{",
    "no UTF-8": b'{"jsonrpc":"2.0","id":90,"method":"tools/list\xff\xfe"}',
    "nothing": b"",
    "a number": b"7",
    "a batch": b'[{"jsonrpc":"2.0","id":91,"method":"tools/list"}]',
    "another version": b'{"jsonrpc":"1.0","id":92,"method":"tools/list"}',
    "a list of arguments": b'{"jsonrpc":"2.0","id":97,"method":"tools/call","params":[]}',
    "no method": b'{"jsonrpc":"2.0","id":93}',
    "half a pair": b'{"jsonrpc":"2.0","id":94,"method":"tools/call","params":'
    b'{"name":"search","arguments":{"text":"\\ud800"}}}',
    "deep": b'{"jsonrpc":"2.0","id":95,"method":"tools/list","params":'
    + b"[" * 9000
    + b"]" * 9000
    + b"}",
    "long": b'{"jsonrpc":"2.0","id":96,"method":"' + b"x" * 5_000_000 + b'"}',
}  # fmt: skip


@pytest.mark.parametrize("kind", LINES)
def test_a_line_that_is_no_request_does_not_keep_the_next_from_its_answer(
    kind: str, line: Wire
) -> None:
    line.send(LINES[kind])

    assert "tools" in line.ask("tools/list")["result"]


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("resources/read", {"uri": "file:///etc/passwd"}),
        ("resources/read", {"uri": "https://w3id.org/kadernota/id/gm0000/../../../etc/passwd"}),
        ("resources/read", {"uri": "https://w3id.org/kadernota/id/gm0000/"}),
        ("resources/read", {"uri": "speerpunten/jeugd"}),
        ("resources/read", {"uri": 7}),
        ("resources/read", {}),
        ("resources/list", {"cursor": "-1"}),
        ("resources/list", {"cursor": "9" * 5000}),
        ("resources/list", {"cursor": "٣"}),
        ("tools/call", {"name": "search", "arguments": "text"}),
        ("tools/call", {"arguments": {}}),
        ("resources/subscribe", {"uri": "https://w3id.org/kadernota/id/gm0000/"}),
        ("sampling/createMessage", {}),
        ("shutdown", {}),
    ],
)
def test_a_request_that_cannot_be_is_an_error_of_the_protocol(
    method: str, params: object, line: Wire
) -> None:
    found = line.ask(method, params)

    assert "result" not in found
    assert found["error"]["code"] < 0
    assert "Traceback" not in json.dumps(found)
    assert "/etc/passwd" not in json.dumps(found).replace("file:///etc/passwd", "").replace(
        "gm0000/../../../etc/passwd", ""
    )


def test_text_from_the_data_means_nothing_in_the_markdown(tmp_path: Path) -> None:
    """Who writes in a file cannot make a table, a link or a heading of an answer."""
    for file in MINI.rglob("*"):
        if file.is_file():
            copy = tmp_path / file.relative_to(MINI)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(file.read_bytes())
    role = tmp_path / "data" / "partners" / "jongerenwerk.yaml"
    odd = "Jongeren [hier](https://example.org) | <b>niet</b> `x` opzoeken"
    role.write_text(role.read_text().replace("rol: Jongeren opzoeken op straat", f"rol: '{odd}'"))
    with wire(tmp_path) as found:
        text = found.call("ask", **GOOD)["content"][0]["text"]
        row = found.call("ask", **GOOD)["structuredContent"]["rows"][0]

    assert odd == row["rol"]
    assert r"Jongeren \[hier\]\(https://example.org\) \| &lt;b>niet&lt;/b> \`x\` opzoeken" in text


def test_nothing_is_written(line: Wire) -> None:
    def state() -> str:
        files = sorted(p for p in MINI.rglob("*") if p.is_file())
        return hashlib.sha256(b"".join(p.read_bytes() for p in files)).hexdigest() + str(files)

    before = state()
    for tool, given, _ in HOSTILE.values():
        line.call(tool, **given)

    assert before == state()
