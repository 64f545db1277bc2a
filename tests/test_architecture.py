"""The promises of the code itself: data goes one way, only named modules touch the world."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

CODE = sorted((ROOT / "scripts" / "kadernota").rglob("*.py"))
PACKAGES = {
    ".".join(path.parent.relative_to(ROOT / "scripts").parts)
    for path in CODE
    if path.stem == "__init__"
}
# The packages with their modules, lower stages first: a module may import only what stands before
# it in this list. Without a name: beside the packages.
STAGES = [
    ("", """
        names triples model change letters hints git sources write
    """),
    ("reading", """
        tree mishap strict figures spelled values known settings forge structure documents
        comments canonical redirects searchwords form locate turtle statements graph called assemble
        header
    """),
    ("checking", """
        reason record validate patterns reach certain excerpt cases meaning meanings claims
        rulebook idle readable report machines
    """),
    ("tracing", """
        block plain official adopted fragment pairs passages register update trace
        proper echo norms proof provenance
    """),
    ("asking", """
        guard audience questions fill ask handles typed formats explain connect
        wording because spelling lexicon phrase findable fitting find
    """),
    ("authoring", """
        choices lexical schema workspace seed three dispute merge references tidy
        options rename new menu
    """),
    ("publishing", """
        markup notation things nota views following evidence portrait summary controls cms
        reference dictionary charts tables compiled datasets downloads browser offered
        site pages
    """),
    ("linking", """
        addresses vocabulary void catalog skos data_package w3id schema_org heads
        discovery linked
    """),
    ("", """
        engine ready weigh pipeline api
    """),
    ("comparing", """
        history changed moves side consequences changes yardstick rewording phrases
        comparison briefing outcome comment patch
    """),
    ("serve", """
        parts follow recheck kept session rendered showcase banner live server
    """),
    ("editing", """
        exchange gate draft amend beside picking altered fields meeting edit sheet
        buttons judged desk showing preview removal editor office hatch workplace
    """),
    ("endpoint", """
        limits kinds media wire worker pool received described named welcome answers
        protocol routing listening
    """),
    ("assistant", """
        outcome toolset arguments retold clerk resources mcp_server
    """),
    ("commands", """
        dutch screen opened diff editors command begin joining serving reachable moving fix
        inquiry finding assisting lookup command_line checking registry
    """),
    ("", """
        cli
    """),
]  # fmt: skip
ORDER = [name for _, names in STAGES for name in names.split()]


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
            names = node.module.split(".")
            if names[0] == "kadernota":
                inside = {alias.name for alias in node.names}
                found |= inside if node.module in PACKAGES else {names[-1]}
    return found


@pytest.mark.parametrize("path", CODE, ids=lambda p: p.stem)
def test_a_stage_imports_only_earlier_stages(path: Path) -> None:
    later = ORDER[ORDER.index(path.stem) :] if path.stem in ORDER else []

    assert set() == imports(path) & set(later)


def test_every_module_is_a_stage_of_its_package() -> None:
    found = {(path.parent.name, path.stem) for path in CODE} - {("kadernota", "__main__")}
    named = {(package or "kadernota", n) for package, names in STAGES for n in names.split()}

    assert named == {(package, name) for package, name in found if name != "__init__"}


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
    # The last three: how uvicorn and anyio are started.
    "run": {"write", "git", "server", "reachable", "mcp_server"},
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
