"""The reader of strict YAML: any bytes give a tree or one mistake, and what it reads is right."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import yaml
from conftest import ROOT
from hypothesis import example, given, settings
from hypothesis import strategies as st
from kadernota.model import File
from kadernota.reading.strict import parse
from kadernota.reading.tree import Node, Scalar, Sequence

SUITE = ROOT.parent / "shared" / "standaarden" / "yaml-test-suite" / "src"
# What libyaml lets pass although the suite calls it wrong: a list in [ ] that is not indented.
HARMLESS = {"9C9N"}
MARKS = [*list("\t\0\r\n\n\n  :-#|>\"'[]{},&*!?%@`\\.~<="), ": ", " #", "- ", "\n  ", "\r\n"]
WORDS = [
    "naam",
    "é",
    "e\u0301",
    "\u200b",
    "\ufeff",
    "\ufffd",
    "\u2028",
    "\x85",
    "---",
    "<<",
    "1e400",
]


def one_tree_or_one_mistake(content: bytes) -> None:
    tree, problems = parse(File("data/x/y.yaml", content))
    if tree is not None:
        assert () == problems
        return
    (problem,) = problems
    lines = content.decode("utf-8", "replace").split("\n")

    assert problem.message
    assert (problem.message + problem.place.file).isprintable()
    assert problem.rule.startswith("invoer:")
    assert 1 <= problem.place.line <= len(lines)
    assert 1 <= problem.place.column <= len(lines[problem.place.line - 1]) + 1


@given(st.binary(max_size=60))
@example(b"\xff\xfen\0")
@example(b"naam: \xe9")
def test_any_bytes_give_a_tree_or_one_mistake_in_the_file(content: bytes) -> None:
    one_tree_or_one_mistake(content)


@settings(max_examples=600)
@given(st.lists(st.sampled_from(MARKS + WORDS), max_size=30).map("".join))
@example("naam: x\n" + "  " * 20)
@example('a: "\\uD800"')
@example("a: |\n  x\n b: c")
def test_text_that_looks_like_yaml_gives_a_tree_or_one_mistake_in_the_file(text: str) -> None:
    one_tree_or_one_mistake(text.encode())


@pytest.mark.parametrize(
    "text", ["a: " + "[" * 500_000, "- " * 500_000, "a: " + "{a: " * 100_000, "\0" * 500_000]
)
def test_endless_input_ends_at_once(text: str) -> None:
    one_tree_or_one_mistake(text.encode())


def test_line_endings_make_no_difference() -> None:
    text = "naam: Plein\nbeschrijving: |\n  Eerste regel.\n  Tweede regel.\n"
    tree, _ = parse(File("x.yaml", text.encode()))

    assert tree
    assert (tree, ()) == parse(File("x.yaml", text.replace("\n", "\r\n").encode()))


def plain(node: Node) -> Any:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {key.text: plain(value) for key, value in node.entries}


def visible(text: str) -> str:
    """The suite writes white space as signs."""
    text = re.sub("—*»", "\t", text.replace("␣", " ").replace("←", "\r").replace("⇔", "\ufeff"))
    return text.removesuffix("∎\n").replace("↵", "")


def cases() -> list[tuple[str, str, dict[str, str]]]:
    found = []
    for path in sorted(SUITE.glob("*.yaml")):
        case: dict[str, str] = {}
        for i, part in enumerate(yaml.load(path.read_text(), Loader=yaml.BaseLoader)):
            case = {k: v for k, v in case.items() if k != "fail"} | part
            found.append((f"{path.stem}-{i}", path.stem, case))
    return found


def says(found: Any, expected: Any) -> bool:
    """Whether the text that we keep is how the suite's value is written."""
    if isinstance(expected, dict):
        return (
            isinstance(found, dict)
            and found.keys() == expected.keys()
            and all(says(found[k], v) for k, v in expected.items())
        )
    if isinstance(expected, list):
        return len(found) == len(expected) and all(map(says, found, expected))
    if isinstance(expected, bool) or expected is None:
        return bool(found.lower() == json.dumps(expected))
    if isinstance(expected, str):
        return bool(found == expected.strip("\n"))
    return bool(float(found) == expected)


@pytest.mark.skipif(not SUITE.is_dir(), reason="the YAML test suite is not on this machine")
@pytest.mark.parametrize(("stem", "case"), [c[1:] for c in cases()], ids=[c[0] for c in cases()])
def test_what_is_read_is_what_the_yaml_test_suite_says(stem: str, case: dict[str, str]) -> None:
    text = visible(case["yaml"])
    one_tree_or_one_mistake(text.encode())
    tree, _ = parse(File("x.yaml", text.encode()))
    if tree is None or stem in HARMLESS:
        return

    assert "true" != case.get("fail")
    assert says(plain(tree), json.loads(case["json"]))
