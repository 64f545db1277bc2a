"""Where everything comes from is said in PROV-O and ELI, in a graph of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kadernota.asking.ask import free, store
from kadernota.model import Version
from kadernota.names import DCT, GRAPH_PROVENANCE, PROV, TYPE
from kadernota.tracing.provenance import ELI, provenance

if TYPE_CHECKING:
    from kadernota.model import Loaded

COMMIT = Version("0123456789abcdef0123456789abcdef01234567", "2026-11-24T12:00:00+00:00", False)
GRAPH = f"""PREFIX prov: <{PROV}>
SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{GRAPH_PROVENANCE}> {{ ?thing a prov:Entity }} }}"""


def test_every_thing_was_made_by_the_encoding_from_the_text_or_a_document(loaded: Loaded) -> None:
    found = provenance(replace(loaded, version=COMMIT))
    base = loaded.settings.base
    text = base + "bron/kadernota-2023-2026"
    things = {s.partition("#")[0] for s in loaded.asserted.index if s.startswith(base)} - {text}

    for thing in things:
        assert [base + "herkomst#vastlegging"] == found.values(thing, PROV + "wasGeneratedBy")
        sources = found.values(thing, PROV + "wasDerivedFrom")
        documents = found.values(thing, PROV + "hadPrimarySource")
        excuse = thing.startswith(base + "uitzonderingen/")
        assert excuse or sources == [text] or documents, thing


def test_the_encoding_used_an_expression_of_the_regulation_at_a_commit(loaded: Loaded) -> None:
    found = provenance(replace(loaded, version=COMMIT))
    base = loaded.settings.base
    activity, state = base + "herkomst#vastlegging", base + "herkomst#versie"
    text = base + "bron/kadernota-2023-2026"

    assert {text, state} == set(found.values(activity, PROV + "used"))
    assert ELI + "LegalExpression" in found.values(text, TYPE)
    assert [base + "kadernotas/2023-2026"] == found.values(text, ELI + "realizes")
    assert [f"git:{COMMIT.commit}"] == found.values(state, DCT + "identifier")
    assert [COMMIT.time] == found.values(activity, PROV + "endedAtTime")


def test_outside_git_no_commit_is_claimed_and_changes_are_said(loaded: Loaded) -> None:
    state = loaded.settings.base + "herkomst#versie"
    without = provenance(replace(loaded, version=None))
    changed = provenance(replace(loaded, version=replace(COMMIT, changed=True)))

    assert state not in without.index
    assert "met wijzigingen" == changed.one(state, DCT + "description")


def test_questions_see_the_provenance_only_when_they_ask_for_its_graph(loaded: Loaded) -> None:
    graph = store(loaded)
    inside = free(graph, GRAPH)
    outside = free(graph, f"ASK {{ ?thing a <{PROV}Entity> }}")

    assert int(inside.rows[0][0].value) > 700  # type: ignore[union-attr]
    assert not outside
