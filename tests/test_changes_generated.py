"""Whatever people change: every statement that differs is told once, and a patch makes it so."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from editions import MINIMAL, opened, with_files
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from kadernota.checking.reason import store_of
from kadernota.comparing import patch
from kadernota.comparing.changed import Change, Changes, Kind
from kadernota.comparing.changes import changes
from kadernota.comparing.moves import moves
from kadernota.comparing.side import Side
from kadernota.model import Loaded
from kadernota.names import TYPE
from kadernota.pipeline import load
from rdflib import Dataset, Graph

if TYPE_CHECKING:
    from collections.abc import Iterator

WORDS = st.sampled_from(["jeugd", "wijk", "Éénmaal.", '"zo"', "a\\b", "#1", "straat:", "-"])
EDIT = st.tuples(
    st.integers(0, 99), st.sampled_from(["drop", "last", "text", "copy", "move"]),
    st.integers(0, 9),
    st.lists(WORDS, min_size=1, max_size=5).map(" ".join),
)  # fmt: skip


def after_edit(files: dict[str, str], edit: tuple[int, str, int, str]) -> dict[str, str]:
    """One change that people could make: some leave it readable, some do not."""
    number, what, at, words = edit
    paths = [p for p in sorted(files) if p.endswith(".yaml") and not p.startswith("data/bron/")]
    path = paths[number % len(paths)]
    blocks = re.split(r"(?m)^(?=[a-z])", files[path])[1:]
    block = blocks[at % len(blocks)]
    fresh = f"{path.rpartition('/')[0]}/nieuw-{number}.yaml"
    old, new = (p.removeprefix("data/").removesuffix(".yaml") for p in (path, fresh))
    if what == "drop":
        return files | {path: files[path].replace(block, "")}
    if what == "last":
        return files | {path: files[path].replace(block, "") + block}
    if what == "text":
        line = json.dumps(words, ensure_ascii=False)
        said = re.sub(r"(?m)^( *(?:naam|doel|rol): ).*", lambda m: m[1] + line, block, count=1)
        return files | {path: files[path].replace(block, said)}
    if what == "copy":
        return files | {fresh: files[path]}
    gone = files | {fresh: files[path]}
    del gone[path]
    return {p: re.sub(rf"(?<=[ -]){old}(?=[#\n])", new, text) for p, text in gone.items()}


@pytest.mark.filterwarnings("ignore:Dataset.default_context")  # rdflib's own patch parser
@given(st.lists(EDIT, min_size=1, max_size=4))
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_statement_that_differs_is_told_once_and_the_patch_makes_it_so(
    edits: list[tuple[int, str, int, str]],
) -> None:
    files = {f.path: f.content.decode() for f in MINIMAL.data}
    for edit in edits:
        files = after_edit(files, edit)
    before, after = BEFORE, load(with_files(MINIMAL, files))
    assume(isinstance(after, Loaded))
    assert isinstance(after, Loaded)
    there, back = changes(before, after), changes(after, before)

    assert statements(there) == apart(before, after)
    assert counted(there) == [counted(back)[i] for i in (1, 0, 2, 3)]
    assert patched(before, patch.rdf_patch(before.asserted, after.asserted)) == terms(after)
    assert patched(after, patch.rdf_patch(after.asserted, before.asserted)) == terms(before)
    assert updated(before, patch.sparql(before.asserted, after.asserted)) == {*after.asserted.items}


BEFORE = opened(MINIMAL)


def test_nothing_changed_between_a_knowledge_base_and_itself() -> None:
    assert Changes((), (), (), ()) == changes(BEFORE, BEFORE)
    assert "TX .\nTC .\n" == patch.rdf_patch(BEFORE.asserted, BEFORE.asserted).partition("\n")[2]
    assert "" == patch.sparql(BEFORE.asserted, BEFORE.asserted)


Sided = tuple[set[ox.Triple], set[ox.Triple]]


def statements(found: Changes) -> Sided:
    """What went and what came, as the changes tell it; each only once."""
    gone: list[ox.Triple] = []
    come: list[ox.Triple] = []
    for change in every(found.things):
        node = ox.NamedNode(change.iri)
        for fact in change.facts:
            path = ox.NamedNode(fact.path)
            gone += [ox.Triple(node, path, item.term) for item in fact.gone]
            come += [ox.Triple(node, path, item.term) for item in fact.new]
    assert len(gone) == len(set(gone))
    assert len(come) == len(set(come))
    return set(gone), set(come)


def every(things: tuple[Change, ...]) -> Iterator[Change]:
    for change in things:
        yield change
        yield from every(change.parts)


def apart(before: Loaded, after: Loaded) -> Sided:
    """The same from the graphs; that a thing is there, or is a part, is told by its place."""
    found = moves(before, after)
    old = set(Side(before, found).stated)
    new = set(after.asserted.items)
    return said(old - new), said(new - old)


NESTED = {f.path for form in BEFORE.forms.values() for f in form.fields if f.kind == "nested"}


def said(triples: set[ox.Triple]) -> set[ox.Triple]:
    return {t for t in triples if t.predicate.value not in {TYPE, *NESTED}}


def counted(found: Changes) -> list[int]:
    return [len(found.of(kind)) for kind in (Kind.NEW, Kind.GONE, Kind.RENAMED, Kind.ALTERED)]


def terms(loaded: Loaded) -> set[object]:
    graph = Graph()
    graph.parse(data="\n".join(f"{t} ." for t in loaded.asserted.items), format="nt")
    return set(graph)


def patched(loaded: Loaded, rows: str) -> set[object]:
    """What rdflib makes of the graph with the patch."""
    data = Dataset()
    data.parse(data="\n".join(f"{t} ." for t in loaded.asserted.items), format="nquads")
    data.parse(data=rows, format="patch")
    return {(s, p, o) for s, p, o, _ in data.quads()}


def updated(loaded: Loaded, text: str) -> set[ox.Triple]:
    """What the store makes of the graph with the update."""
    store = store_of(loaded.asserted.items)
    store.update(text)
    return {quad.triple for quad in store}
