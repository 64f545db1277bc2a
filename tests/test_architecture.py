"""The promises of the code itself: data goes one way, only named modules touch the world."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

CODE = sorted((ROOT / "scripts" / "kadernota").glob("*.py"))
# Lower stages first: a module may import only what stands above it in this list.
STAGES = [
    "names", "triples", "model", "change", "tree", "letters", "hints", "strict", "figures",
    "spelled", "values", "known", "settings", "forge", "structure", "documents", "comments",
    "canonical", "choices", "lexical", "schema", "workspace", "seed", "redirects", "three",
    "dispute", "merge", "form", "locate", "turtle", "references", "statements", "graph", "called",
    "assemble", "tidy", "options", "header", "reason", "validate", "patterns", "reach", "certain",
    "guard", "engine", "git", "sources", "history", "block", "plain", "official", "adopted",
    "fragment", "pairs", "passages", "register", "update", "trace", "proper", "echo", "norms",
    "excerpt", "cases", "meaning", "meanings", "claims", "rulebook", "idle", "readable", "proof",
    "provenance", "questions", "ask", "rename", "formats", "explain", "wording", "report",
    "machines", "new", "markup", "notation", "things", "nota", "views", "summary", "changed",
    "moves", "side", "consequences", "changes", "yardstick", "rewording", "phrases", "comparison",
    "briefing", "outcome", "comment", "patch", "controls", "cms", "reference", "charts", "tables",
    "site", "pages", "downloads", "menu", "ready", "weigh", "pipeline", "parts", "follow",
    "recheck", "kept", "session", "rendered", "showcase", "banner", "live", "write", "server",
    "exchange", "gate", "draft", "amend", "beside", "picking", "altered", "fields", "meeting",
    "edit", "sheet", "judged", "desk", "showing", "preview", "removal", "editor", "office",
    "hatch", "workplace", "dutch", "screen", "opened", "diff", "editors", "command", "begin",
    "joining", "serving", "moving", "fix", "inquiry", "lookup", "command_line", "checking",
    "commands", "cli",
]  # fmt: skip


def imports(path: Path) -> set[str]:
    """The modules of ours that this one imports when it runs (not only for its types)."""
    tree = ast.parse(path.read_text())
    typing = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node not in typing and node.module:
            if node.module == "kadernota":
                found |= {alias.name for alias in node.names}
            elif node.module.startswith("kadernota."):
                found.add(node.module.split(".")[1])
    return found


@pytest.mark.parametrize("path", [p for p in CODE if p.stem in STAGES], ids=lambda p: p.stem)
def test_a_stage_imports_only_earlier_stages(path: Path) -> None:
    allowed = set(STAGES[: STAGES.index(path.stem)])

    assert set() == imports(path) - allowed


def test_every_module_is_a_stage() -> None:
    assert set() == {p.stem for p in CODE} - set(STAGES) - {"__init__", "__main__"}


def calls(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            names.add(getattr(node.func, "id", getattr(node.func, "attr", "")))
    return names


WORLD = {
    "print": {"screen"},
    "read_bytes": {"sources"},
    "read_text": set(),
    "glob": set(),
    "rglob": set(),
    "iterdir": {"sources"},
    "write_bytes": {"write"},
    "write_text": set(),
    "open": {"write", "screen"},  # screen: /dev/null, for a reader that went away
    "rmtree": {"write"},
    "rename": {"write"},
    "mkdir": {"write"},
    "run": {"write", "git", "server"},  # server: that is how uvicorn is started
    "urlopen": set(),
}


@pytest.mark.parametrize("call", WORLD)
def test_only_the_named_modules_touch_the_world(call: str) -> None:
    assert WORLD[call] >= {p.stem for p in CODE if call in calls(p)} - {"__main__"}


@pytest.mark.parametrize("path", CODE, ids=lambda p: p.stem)
def test_a_module_can_be_read_in_one_sitting_and_says_what_it_does(path: Path) -> None:
    text = path.read_text()

    assert ast.get_docstring(ast.parse(text))
    assert len(text.splitlines()) <= 220
    assert "global " not in text


def test_the_engine_knows_no_municipality() -> None:
    places = ("zoetermeer", "gm0637", "haaglanden", "buytenwegh")
    kept = [*CODE, *(ROOT / "ontology").rglob("*.*"), *(ROOT / "shapes").glob("*.ttl")]
    kept += (ROOT / "queries").glob("*.rq")
    found = [p.name for p in kept if any(place in p.read_text().lower() for place in places)]

    assert [] == found
