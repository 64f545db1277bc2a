"""Shapes, meanings and examples in; every rule that a message can name, explained, out."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from kadernota.checking.cases import Example, Line, example, fault
from kadernota.checking.meanings import MEANINGS
from kadernota.checking.validate import SEVERITIES, rules
from kadernota.hints import Hint, meant, near_miss
from kadernota.names import KN, KNSH, RDFS, SH

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kadernota.checking.cases import Fault
    from kadernota.model import File
    from kadernota.triples import Triples

FAULTS, MINI = "tests/faults/", "tests/mini/"
SHAPE = "knsh:"
QUOTED = re.compile(r"'([a-z-]+):'")  # the keys in a message
TITLES = {
    "invoer": "Hoe je een bestand opschrijft",
    "bewijs": "Bewijs tegen de vastgestelde tekst",
    "bron": "De vastgestelde tekst zelf",
    "vraag": "Vragen in queries/",
    "motor": "Het programma zelf",
    "ding": "Wat voor veel soorten geldt",
    "handeling": "Wat voor alles geldt dat iemand doet",
}


@dataclass(frozen=True, slots=True)
class Explained:
    """One rule: what it asks, of which key, how bad breaking it is, and how that looks."""

    rule: str
    key: str
    asks: str
    about: str
    severity: str
    examples: tuple[Example, ...]

    @property
    def page(self) -> str:
        return page(self.rule)

    @property
    def anchor(self) -> str:
        return self.rule.partition(":")[2]

    @property
    def address(self) -> str:
        """Where on the site the rule is explained."""
        return address(self.rule)


def page(rule: str) -> str:
    """The page on which a rule is explained: one per class, and one per other kind of rule."""
    kind, _, name = rule.partition(":")
    return name.partition("-")[0].lower() if f"{kind}:" == SHAPE else kind


def address(rule: str) -> str:
    """Where on the site a rule is explained."""
    return f"regels/{page(rule)}/#{rule.partition(':')[2]}"


@dataclass(frozen=True)
class Rulebook:
    """All rules; an explanation is made when somebody asks for it."""

    shapes: Triples
    ontology: Triples
    keys: Mapping[str, str]
    files: tuple[File, ...]  # the faults of the tests and the smallest knowledge base

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Every rule that a message can name."""
        shaped = (SHAPE + shape.removeprefix(KNSH) for shape in rules(self.shapes))
        return (*MEANINGS, *shaped)

    @cached_property
    def pages(self) -> dict[str, list[str]]:
        """The rules per page."""
        found: dict[str, list[str]] = {}
        for rule in self.ids:
            found.setdefault(page(rule), []).append(rule)
        return found

    @cached_property
    def _faults(self) -> dict[str, list[Fault]]:
        found: dict[str, list[Fault]] = {}
        for file in self.files:
            if file.path.startswith(FAULTS):
                made = fault(file)
                found.setdefault(made.rule, []).append(made)
        return found

    @cached_property
    def _mini(self) -> tuple[File, ...]:
        return tuple(f for f in self.files if f.path.startswith(MINI))

    def title(self, name: str) -> str:
        """What a page of rules is called: as its class, or in words of its own."""
        cls = KN + next((r.removeprefix(SHAPE).partition("-")[0] for r in self.pages[name]), "")
        return TITLES.get(name) or self.ontology.one(cls, RDFS + "label") or name

    def explain(self, rule: str) -> Explained:
        """What one rule is about; raises KeyError for a rule that does not exist."""
        shape = KNSH + rule.removeprefix(SHAPE)
        key = self.keys.get(self.shapes.one(shape, SH + "path"), "")
        found = self._faults.get(rule, [])
        asks = self.shapes.one(shape, SH + "message")
        keys = list(filter(None, [key, *QUOTED.findall(asks)]))
        examples = tuple(example(one, self._mini, MINI, keys) for one in found)
        if rule.startswith(SHAPE):
            return Explained(
                rule=rule,
                key=key,
                asks=asks,
                about=self.shapes.one(shape, SH + "description"),
                severity=SEVERITIES[self.shapes.one(shape, SH + "severity").removeprefix(SH)],
                examples=examples,
            )
        said = MEANINGS[rule]
        wrong = tuple(Line(line, marked=True) for line in said.wrong.splitlines())
        own = Example(said.why, "", wrong, tuple(said.right.splitlines()))
        severity = "advies" if rule == "invoer:schrijfwijze" else "fout"
        return Explained(rule, "", said.asks, "", severity, _complete(examples, own) or (own,))

    def find(self, words: str) -> str:
        """The rule that somebody means, with or without what stands before the colon; or none."""
        if words in self.ids:
            return words
        short = [rule for rule in self.ids if rule.partition(":")[2].lower() == words.lower()]
        return short[0] if len(short) == 1 else ""

    def near(self, words: str) -> Hint:
        """Which rule was probably meant."""
        kind, _, name = words.rpartition(":")
        short: dict[str, list[str]] = {}
        for rule in self.ids:
            short.setdefault(rule.partition(":")[2], []).append(rule)
        same = [r for n, found in short.items() if n.lower() == name.lower() for r in found]
        if same:
            return meant(same)
        return near_miss(words, self.ids) if kind else self._by_name(name, short)

    def _by_name(self, name: str, short: Mapping[str, list[str]]) -> Hint:
        near = near_miss(name, short).write
        return meant(short.get(near, []))


def _complete(examples: tuple[Example, ...], own: Example) -> tuple[Example, ...]:
    """The examples, the first with what is right when none of them shows it."""
    if any(example.right for example in examples):
        return examples
    return tuple(replace(e, right=own.right) if not i else e for i, e in enumerate(examples))
