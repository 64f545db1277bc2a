"""Held against the adopted text, the graph is whole and true; and each way to bend it shows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from kadernota.checking.claims import CHECKS, judge
from kadernota.names import DCT, KN, TYPE, XSD
from kadernota.pipeline import check
from kadernota.tracing import adopted as reader
from kadernota.tracing import passages, proof, register
from kadernota.tracing.adopted import Block
from kadernota.triples import Triples, value_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from kadernota.model import File, Loaded

DECIMAL = ox.NamedNode(XSD + "decimal")
KNOWN_BY = ("vingerafdruk", "vanafWoorden")  # tells a passage from one that says the same
PROOFS = sorted(CHECKS - {"leeg", "leesbaar"})


@pytest.fixture(scope="session")
def blocks(adopted: File) -> tuple[Block, ...]:
    found = reader.blocks(adopted)
    assert isinstance(found, tuple)
    return found


def bent(loaded: Loaded, edit: Callable[[ox.Triple], ox.Triple | None]) -> Loaded:
    """The knowledge base with some statements changed or gone."""
    kept = [changed for t in loaded.asserted.items if (changed := edit(t))]
    return replace(loaded, asserted=Triples.of(kept))


def rules(loaded: Loaded, blocks: tuple[Block, ...]) -> dict[str, str]:
    """What fails: the check, and what it says."""
    found: dict[str, str] = {}
    for p in judge(loaded, proof.claims(loaded, blocks)).problems:
        rule = p.rule.removeprefix("bewijs:")
        found[rule] = found.get(rule, "") + p.message
    return found


def test_the_graph_holds_against_the_text(loaded: Loaded, adopted: File) -> None:
    report = check(loaded, adopted)

    assert () == report.problems
    assert set(PROOFS) <= report.claims.keys()
    assert all(held == total > 0 for held, total in report.claims.values())


def test_another_text_is_only_said_to_be_another(loaded: Loaded, blocks: tuple[Block, ...]) -> None:
    other = (Block("alinea", "Dit is een andere tekst."), *blocks[1:])

    assert {"register"} == rules(loaded, other).keys()
    assert {"register"} == rules(loaded, blocks[:-1]).keys()


@pytest.mark.parametrize("key", ["eersteWoorden", "laatsteWoorden", "vanafWoorden", "woorden"])
def test_a_register_that_was_changed_by_hand_shows(
    loaded: Loaded, blocks: tuple[Block, ...], key: str
) -> None:
    found = [t for t in loaded.asserted.items if t.predicate.value == KN + key]
    first = min(found, key=str)

    def other(t: ox.Triple) -> ox.Triple:
        return ox.Triple(t.subject, t.predicate, ox.Literal("1")) if t == first else t

    assert {"register"} == rules(bent(loaded, other), blocks).keys()


def test_a_figure_that_is_gone_or_wrong_shows(loaded: Loaded, blocks: tuple[Block, ...]) -> None:
    totals = [
        t
        for t in loaded.asserted.items
        if t.predicate.value == KN + "waarde" and "misdrijven-totaal" in value_of(t.subject)
    ]
    assert 4 == len(totals)
    assert "5.894" in rules(bent(loaded, lambda t: None if t in totals else t), blocks)["cijfer"]

    def raised(t: ox.Triple) -> ox.Triple | None:
        if t in totals:
            return ox.Triple(t.subject, t.predicate, ox.Literal("999", datatype=DECIMAL))
        return t

    assert "999" in rules(bent(loaded, raised), blocks)["cijfer-gegeven"]


def test_a_name_that_is_lost_or_misspelt_shows(loaded: Loaded, blocks: tuple[Block, ...]) -> None:
    def other(t: ox.Triple) -> ox.Triple | None:
        if isinstance(t.object, ox.Literal) and t.object.language and "Magnum" in t.object.value:
            text = t.object.value.replace("Magnum", "Minimum")
            return ox.Triple(t.subject, t.predicate, ox.Literal(text, language="nl"))
        return t

    found = rules(bent(loaded, other), blocks)
    assert "Magnum" in found["naam"]
    assert "Minimum" in found["naam-gegeven"]


def test_a_norm_that_is_lost_or_invented_shows(loaded: Loaded, blocks: tuple[Block, ...]) -> None:
    norms = loaded.asserted.subjects(TYPE, KN + "Norm")

    lost = rules(bent(loaded, lambda t: None if value_of(t.subject) == norms[0] else t), blocks)
    assert "norm" in lost

    signal = ox.NamedNode("https://w3id.org/kadernota/def/signaalwoorden/behoudens")
    extra = ox.Triple(ox.NamedNode(norms[0]), ox.NamedNode(KN + "signaalwoord"), signal)
    more = replace(loaded, asserted=Triples.of((*loaded.asserted.items, extra)))
    assert "behoudens" in rules(more, blocks)["norm-gegeven"]


def test_at_most_that_becomes_as_a_rule_at_most_is_another_policy(
    loaded: Loaded, blocks: tuple[Block, ...]
) -> None:
    """The text changes by three words, the register follows; the norm must follow too."""
    old, new = "mag maximaal een jaar", "mag in de regel maximaal een jaar"
    again = tuple(replace(b, text=b.text.replace(old, new)) for b in blocks)
    before, after = (passages.read(b, ()).passages for b in (blocks, again))
    fresh = {
        (p.fingerprint, p.context.since): register.measured(q)
        for p, q in zip(before, after, strict=True)
        if p != q
    }
    assert fresh
    fresh[register.summed(before)["vingerafdruk"], ""] = register.summed(after)

    def read_again(t: ox.Triple) -> ox.Triple:
        first, since = (loaded.asserted.one(value_of(t.subject), KN + path) for path in KNOWN_BY)
        now = fresh.get((first, since), {})
        key = loaded.keys.get(t.predicate.value)
        if key not in now or not isinstance(t.object, ox.Literal):
            return t
        return ox.Triple(t.subject, t.predicate, ox.Literal(now[key], datatype=t.object.datatype))

    found = rules(bent(loaded, read_again), again)

    assert {"norm"} == found.keys()
    assert "in de regel" in found["norm"]


def test_a_quotation_that_is_not_there_shows(loaded: Loaded, blocks: tuple[Block, ...]) -> None:
    def other(t: ox.Triple) -> ox.Triple | None:
        if t.predicate.value == KN + "staatEr":
            return ox.Triple(t.subject, t.predicate, ox.Literal("kwaakt", language="nl"))
        return t

    assert "kwaakt" in rules(bent(loaded, other), blocks)["letterlijk"]


def test_a_sentence_of_the_text_is_no_sentence_of_ours(
    loaded: Loaded, blocks: tuple[Block, ...]
) -> None:
    sentence = next(b.text for b in blocks if len(b.words) > 20)
    description = next(t for t in loaded.asserted.items if t.predicate.value == DCT + "description")

    def copied(t: ox.Triple) -> ox.Triple | None:
        if t == description:
            return ox.Triple(t.subject, t.predicate, ox.Literal(sentence, language="nl"))
        return t

    assert "eigen-woorden" in rules(bent(loaded, copied), blocks)


def test_an_exception_that_excuses_nothing_shows(loaded: Loaded, blocks: tuple[Block, ...]) -> None:
    exception = next(
        s
        for s in loaded.asserted.subjects(TYPE, KN + "Uitzondering")
        if "naam" in loaded.asserted.values(s, KN + "regel")
    )
    node, path = ox.NamedNode(exception), ox.NamedNode(KN + "uitgezonderd")
    extra = ox.Triple(node, path, ox.Literal("Timboektoe"))
    more = replace(loaded, asserted=Triples.of((*loaded.asserted.items, extra)))

    assert "Timboektoe" in rules(more, blocks)["uitzondering"]
