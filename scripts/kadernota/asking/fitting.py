"""Typed words in, how well each thing and each question of the index fits out.

The weight of a word is its rarity (Sparck Jones 1972) in whole bits, so that it is the same number
in every language.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kadernota.asking.lexicon import Lexicon
from kadernota.asking.phrase import ASKING, EMPTY
from kadernota.asking.spelling import stem, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kadernota.asking.phrase import Typed

YEARS = re.compile(r" \(([0-9-]+)\)$")  # of what belongs to another memorandum
TITLE, TEXT, COLUMNS = 100, 80, 50  # how much a word of a question counts, by where it stands
OTHER, ABOUT = 60, 30  # a word of another name of the thing, a word of what is told about it
TOPIC, ASKED = 14, 8  # tenths: a question has fewer words than all things to be rare among
WHOLE = 120  # of 100: nothing was typed but this name
WEAK = 55  # a word that is surer than this says which thing is meant


@dataclass(frozen=True, slots=True)
class Fit:
    """How a thing fits: its score, the words that stand in its name, and how much of that it is."""

    thing: int
    score: int
    used: frozenset[int]
    covered: int  # of 100


class Fitting:
    """The index, ready to be looked through."""

    def __init__(self, index: Mapping[str, Any]) -> None:
        self.things: Sequence[Sequence[Any]] = index["things"]
        self.questions: Sequence[Sequence[Any]] = index["questions"]
        self.names = [[_stems(n) for n in _called(t)] for t in self.things]
        self.about = [set(t[4].split()) for t in self.things]
        self.asked = [_fields(q) for q in self.questions]
        self.in_names: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self.in_about: dict[str, list[int]] = defaultdict(list)
        common: Counter[str] = Counter()
        for at, names in enumerate(self.names):
            for number, name in enumerate(names):
                for one in name:
                    self.in_names[one].append((at, number))
            common.update({one for name in names for one in name})
            for one in self.about[at]:
                self.in_about[one].append(at)
        self.rare = {one: _bits(len(self.things), n) for one, n in common.items()}
        askable = Counter(one for fields in self.asked for one in fields)
        self.asks = {
            one: _bits(len(self.questions), n) * (ASKED if one in ASKING else TOPIC) // 10
            for one, n in askable.items()
        }
        stems = {*self.in_names, *self.in_about, *askable}
        self.lexicon = Lexicon.of(stems, [[stem(w) for w in r.split()] for r in index["rings"]])

    def fits(self, given: Sequence[Typed]) -> list[Fit]:
        """Every thing that has one of the words, as they stand in the index."""
        named: dict[int, dict[int, dict[int, dict[str, int]]]] = {}
        told: dict[int, dict[int, int]] = {}
        for at, one in enumerate(given):
            for term, sure in () if one.asks else one.meant.items():
                for thing, name in self.in_names.get(term, ()):
                    row = named.setdefault(thing, {}).setdefault(name, {}).setdefault(at, {})
                    row[term] = sure
                for thing in self.in_about.get(term, ()):
                    row2 = told.setdefault(thing, {})
                    row2[at] = max(row2.get(at, 0), sure)
        weights = [self._weight(one) for one in given]
        found = (
            self._fit(thing, named.get(thing, {}), told.get(thing, {}), weights)
            for thing in sorted(named.keys() | told.keys())
        )
        return list(found)

    def _fit(
        self,
        thing: int,
        named: Mapping[int, Mapping[int, Mapping[str, int]]],
        told: Mapping[int, int],
        weights: Sequence[int],
    ) -> Fit:
        best, used, covered = 0, frozenset[int](), 0
        surest: dict[int, int] = {}
        for name in sorted(named):
            score, hit = 0, dict[str, int]()
            for at, terms in named[name].items():
                sure = max(terms.values())
                score += weights[at] * sure
                surest[at] = max(surest.get(at, 0), sure)
                for term, value in terms.items():
                    hit[term] = max(hit.get(term, 0), value)
            whole = sum(self.rare[term] for term in self.names[thing][name])
            part = sum(self.rare[term] * sure for term, sure in hit.items()) // whole
            score = score * (45 + 55 * part // 100) // 100
            if part == 100 and len(named[name]) == len(weights):
                score = score * WHOLE // 100
            if score > best:
                strong = {a for a, terms in named[name].items() if max(terms.values()) > WEAK}
                best, used, covered = score, frozenset(strong), part
        for at, weight in enumerate(weights):
            if at not in used:
                other = max(surest.get(at, 0) * OTHER, told.get(at, 0) * ABOUT) // 100
                best += weight * other
        return Fit(thing, best, used, covered)

    def wants(self, question: int, given: Sequence[Typed]) -> list[int]:
        """How much each typed word asks for this question."""
        fields, found = self.asked[question], []
        for one in given:
            value = 0
            for term, sure in one.meant.items():
                if term in fields:
                    value = max(value, self.asks[term] * sure * fields[term] // 100)
            found.append(value)
        return found

    def _weight(self, one: Typed) -> int:
        """The rarity of the word itself, or else of the commonest that is most surely meant."""
        if one.stem in self.rare:
            return self.rare[one.stem]
        sure = max(one.meant.values(), default=0)
        found = [self.rare.get(term, 4) for term, value in one.meant.items() if value == sure]
        return min(found, default=0)


def _bits(of: int, number: int) -> int:
    """How rare: the bits of how many there are for each that has it."""
    return (of // number).bit_length()


def _called(thing: Sequence[Any]) -> list[str]:
    """What it is called: its name, its other names, what its address says; without its years."""
    at = thing[0].replace("#", "/").rpartition("/")[2]
    name, years = YEARS.sub("", thing[1]), YEARS.search(thing[1])
    at = at.removesuffix(f"-{years[1]}") if years else at
    return [name, at, *(thing[3].split("|") if thing[3] else [])]


def _stems(text: str) -> tuple[str, ...]:
    given = words(text)
    said = [w for w in given if w not in EMPTY] or given
    return tuple(sorted({stem(w) for w in said}))


def _fields(question: Sequence[Any]) -> dict[str, int]:
    """The words of a question with how much each counts."""
    found: dict[str, int] = {}
    for text, counts in ((question[3], COLUMNS), (question[1], TEXT), (question[2], TITLE)):
        found.update(dict.fromkeys(_stems(text), counts))
    return found
