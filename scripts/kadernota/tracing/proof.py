"""The adopted text and the graph in; whether each says what the other says, out."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kadernota.checking.claims import Claim
from kadernota.names import KN, NAME, TYPE
from kadernota.reading.figures import figures, number
from kadernota.tracing import echo, norms, passages, proper, register
from kadernota.tracing.trace import Trace
from kadernota.triples import value_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kadernota.model import Loaded
    from kadernota.tracing.adopted import Block

ORDER = KN + "volgnummer"
NUMBERED = re.compile(r"(?:\w+ )?(\d{1,2})[.:] ")  # `1. Jaarwisseling`, `Speerpunt 1: Jeugd`
QUOTE = KN + "staatEr"
ISO = re.compile(r"\d{4}-\d\d-\d\d")
COUNTED = {"decimal", "integer", "gYear"}
# Texts that quote or excuse the source, or only register it, are not what the graph says.
SILENT = {KN + c for c in ("Bronafwijking", "Bronpassage", "Uitzondering")}


def claims(loaded: Loaded, blocks: Sequence[Block]) -> dict[str, Iterable[Claim]]:
    """What must hold between the graph and the text, per check, both ways."""
    prover = _Prover(loaded, blocks)
    fits = list(prover.fits())
    if not all(claim.holds for claim in fits):
        return {"register": fits}  # held against another text, the rest would mean nothing
    return {
        "register": fits,
        "cijfer": prover.figures_of_text(),
        "cijfer-gegeven": prover.figures_of_graph(),
        "naam": prover.names_of_text(),
        "naam-gegeven": prover.names_of_graph(),
        "norm": prover.norms_of_text(),
        "norm-gegeven": prover.norms_of_graph(),
        "letterlijk": prover.literal(),
        "eigen-woorden": prover.own_words(),
    }


class _Prover:
    def __init__(self, loaded: Loaded, blocks: Sequence[Block]) -> None:
        self.loaded, self.blocks = loaded, blocks
        self.graph = loaded.asserted
        self.trace = Trace(loaded)
        self.paths = {key: path for path, key in loaded.keys.items()}
        whole = loaded.settings.base + register.address(loaded.settings.memorandum)
        self.passages = register.in_order(self.graph, self.graph.values(whole, KN + "passage"))
        self.text = {p: b.text for p, b in zip(self.passages, blocks, strict=False)}
        self.whole = whole

    def fits(self) -> Iterator[Claim]:
        """The text at hand is the text of the register, passage by passage."""
        found = _afresh(tuple(self.blocks))
        same = len(found) == len(self.passages)
        yield Claim(same, self.whole, KN + "passage")
        yield self._fits(self.whole, register.summed(found))
        for passage, fresh in zip(self.passages, found, strict=False):
            yield self._fits(passage, register.measured(fresh))

    def _fits(self, thing: str, measured: Mapping[str, str]) -> Claim:
        paths = ((self.paths[key], value) for key, value in measured.items())
        wrong = (path for path, value in paths if self.graph.one(thing, path) != value)
        first = next(wrong, "")
        return Claim(not first, thing, first or self.paths["vingerafdruk"])

    def figures_of_text(self) -> Iterator[Claim]:
        """Each figure of a passage stands in a statement that rests on that passage."""
        for passage, text in self.text.items():
            statements = self.trace.by_passage.get(passage, ())
            known = {v for t in statements for v in _values(t.object, loose=True)}
            order = {n for t in statements for n in self.graph.values(value_of(t.subject), ORDER)}
            numbering = NUMBERED.match(text)
            for i, figure in enumerate(figures(text)):
                counts = i == 0 and numbering and numbering[1] == figure.text
                holds = figure.value in known or bool(counts and figure.value in order)
                yield Claim(holds, passage, said=figure.text)

    def figures_of_graph(self) -> Iterator[Claim]:
        """Each figure of a statement stands in one of the passages that it rests on."""
        for t, cited in self.trace.statements:
            values = _values(t.object, loose=False)
            if t.predicate.value == NAME or not values:
                continue
            said = {f.value for p in cited for f in figures(self.text.get(p, ""))}
            said |= {day[:4] for day in said if ISO.fullmatch(day)}
            subject, path, whole = value_of(t.subject), t.predicate.value, value_of(t.object)
            for value in sorted(values):
                yield Claim(value in said, subject, path, whole, value)

    def names_of_text(self) -> Iterator[Claim]:
        """Each name in the text stands in the graph, whole or in the parts that it joins."""
        known = _Words(
            t.object.value
            for t in self.graph.items
            if isinstance(t.object, ox.Literal)
            and not SILENT.intersection(self.graph.values(value_of(t.subject), TYPE))
        )
        texts = [self.text[p] for p in self.text]
        for i, name in proper.names(texts):
            holds = name in known or all(part in known for part in proper.parts(name))
            yield Claim(holds, self.passages[i], said=name)

    def names_of_graph(self) -> Iterator[Claim]:
        """Each word of a name in a statement stands in the text, whatever its capitals."""
        known = proper.words(" ".join(self.text.values()))
        said = [
            (value_of(t.subject), t.predicate.value, t.object.value)
            for t, _ in self.trace.statements
            if isinstance(t.object, ox.Literal) and t.object.language and t.predicate.value != QUOTE
        ]
        for i, name in proper.names([value for _, _, value in said]):
            for word in name.split():
                yield Claim(proper.words(word) <= known, *said[i], word)

    def norms_of_text(self) -> Iterator[Claim]:
        """Each signal word in a passage is named by a norm that rests on that passage."""
        signals = norms.signals(self.loaded.ontology)
        told = norms.told(self.graph, self.trace)
        for passage, text in self.text.items():
            for signal, word in norms.found(text, signals):
                yield Claim((passage, signal) in told, passage, said=word)

    def norms_of_graph(self) -> Iterator[Claim]:
        """Each signal word of a norm stands in one of its passages."""
        signals = norms.signals(self.loaded.ontology)
        for norm in self.graph.subjects(TYPE, KN + "Norm"):
            passages = self.trace.passages(norm, KN + "signaalwoord")
            said = {s for p in passages for s, _ in norms.found(self.text.get(p, ""), signals)}
            for signal in self.graph.values(norm, KN + "signaalwoord"):
                word = self.loaded.ontology.one(signal, NAME)
                path = KN + "signaalwoord"
                yield Claim(signal in said, norm, path, signal, word)

    def literal(self) -> Iterator[Claim]:
        """What an oddity quotes stands so in one of its passages."""
        for oddity in self.graph.subjects(TYPE, KN + "Bronafwijking"):
            passages = self.trace.passages(oddity, QUOTE)
            for quote in self.graph.values(oddity, QUOTE):
                for line in filter(None, quote.splitlines()):
                    holds = any(line in self.text.get(p, "") for p in passages)
                    yield Claim(holds, oddity, QUOTE, quote, line)

    def own_words(self) -> Iterator[Claim]:
        """No text of ours runs along with the adopted text."""
        adopted = echo.Adopted(b.text for b in self.blocks)
        for t in self.graph.items:
            subject, path = value_of(t.subject), t.predicate.value
            if isinstance(t.object, ox.Literal) and t.object.language and subject not in self.text:
                run = adopted.echo(t.object.value)
                yield Claim(not run, subject, path, t.object.value, run)


@lru_cache(maxsize=2)
def _afresh(blocks: tuple[Block, ...]) -> tuple[passages.Passage, ...]:
    """The register as the text at hand would have it."""
    return passages.read(blocks, ()).passages


def _values(term: object, *, loose: bool) -> set[str]:
    """The figures in a value; `loose` also takes the year of a date."""
    if not isinstance(term, ox.Literal):
        return set()
    kind = term.datatype.value.rpartition("#")[2]
    if kind in COUNTED:
        return {number(term.value)}
    if kind == "date":
        return {term.value, term.value[:4]} if loose else {term.value}
    if kind == "duration":
        return {number(n) for n in re.findall(r"\d+", term.value)}
    return {f.value for f in figures(term.value)}


class _Words:
    """Texts in which a name can be looked up as whole words."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.text = "\n".join(texts)
        self.lower = self.text.lower()

    def __contains__(self, name: str) -> bool:
        # A plain word may have its capital from the start of a sentence or a list.
        plain = name[1:].islower()
        text, word = (self.lower, name.lower()) if plain else (self.text, name)
        at = text.find(word)
        while at >= 0:
            end = at + len(word)
            if not any(
                c.isalnum() or c == "_" for c in text[max(at - 1, 0) : at] + text[end : end + 1]
            ):
                return True
            at = text.find(word, at + 1)
        return False
