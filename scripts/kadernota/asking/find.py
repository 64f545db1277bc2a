"""Words in, the questions and things that fit out, best first.

`find.js` does the same in the browser, with the same whole numbers; a test holds them together.
What is much like a better hit counts less (Carbonell and Goldstein 1998): a short list has variety.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from kadernota.asking.fitting import Fitting
from kadernota.asking.phrase import typed
from kadernota.asking.spelling import stem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kadernota.asking.fitting import Fit
    from kadernota.asking.phrase import Typed

FILLS = 3  # how many things of one class a question is offered with
CLEAR, SURE = 58, 75  # of 100: so much of its name says that a thing, or a passage, is meant
LITERAL = 700  # what a date or a number counts for a question that takes it
MORE = 50  # a question that is filled in says more
UNASKED = 82  # of 100: a question about a thing that was only named
# What is left of the score after a better hit with the same question, thing or name.
SAME_QUESTION, SAME_VALUE, SAME_THING, SAME_NAME = 65, 85, 96, 90
LEAST = 30  # of 100 of the best: less is no answer


@dataclass(frozen=True, slots=True)
class Hit:
    """A question with its parameters filled in, or a thing."""

    kind: str  # vraag | ding
    id: str
    label: str
    values: Mapping[str, str]
    score: int


@dataclass(frozen=True, slots=True)
class _Filled:
    """Parameters with their values, what that is worth, and the typed words that it took."""

    values: dict[str, str]
    score: int
    used: frozenset[int]
    pages: bool  # everything filled in can be found by itself
    strict: bool  # what is filled in is in so much that the question must be asked for


class Finder:
    """Finds in an index of `findable.index`."""

    def __init__(self, index: Mapping[str, Any]) -> None:
        self.kinds: Sequence[str] = index["kinds"]
        self.fitting = Fitting(index)

    def find(self, text: str, limit: int = 10) -> tuple[Hit, ...]:
        """What fits these words, best first."""
        given = typed(text, self.fitting.lexicon)
        fits = self.fitting.fits(given)
        hits = [self._thing(fit) for fit in fits if self.fitting.things[fit.thing][5]]
        for at in range(len(self.fitting.questions)):
            hits += self._question(at, given, fits)
        return _varied([hit for hit in hits if hit.score > 0], limit)

    def _thing(self, fit: Fit) -> Hit:
        thing = self.fitting.things[fit.thing]
        return Hit("ding", thing[0], thing[1], {}, fit.score * thing[5] // 100)

    def _question(self, at: int, given: Sequence[Typed], fits: Sequence[Fit]) -> list[Hit]:
        """The question as it is, and with what can be filled in."""
        name, text, _, _, parameters = self.fitting.questions[at]
        wants = self.fitting.wants(at, given)
        topics = {at for at, one in enumerate(given) if wants[at] and not one.asks}
        best: dict[tuple[tuple[str, str], ...], Hit] = {
            (): Hit("vraag", name, text, {}, sum(wants))
        }
        for filled in self._fillings(parameters, given, fits):
            own = sum(want for place, want in enumerate(wants) if place in filled.used)
            rest = sum(wants) - own
            beyond = bool(topics - filled.used)
            if not (beyond if filled.strict else filled.pages or topics):
                continue
            score = max(filled.score, own) + rest
            if beyond or own or not filled.pages:
                score += MORE
            elif not rest:
                score = score * UNASKED // 100
            values = {p: filled.values[p] for p, _ in parameters if p in filled.values}
            key = tuple(values.items())
            if key not in best or best[key].score < score:
                best[key] = Hit("vraag", name, text, values, score)
        return list(best.values())

    def _fillings(
        self, parameters: Sequence[Sequence[str]], given: Sequence[Typed], fits: Sequence[Fit]
    ) -> Iterator[_Filled]:
        """The ways to fill in one parameter, and then the others with what is left."""
        values = [self._values(name, kind, given, fits) for name, kind in parameters]
        for first, found in enumerate(values):
            others = [v for at, v in enumerate(values) if at != first]
            for filled in found[:FILLS]:
                whole = filled
                for other in others:
                    free = (v for v in other if v.used and not v.used & whole.used)
                    whole = _both(whole, next(free, None))
                yield whole

    def _values(
        self, parameter: str, kind: str, given: Sequence[Typed], fits: Sequence[Fit]
    ) -> list[_Filled]:
        """What can be the value of one parameter, best first."""
        at, of_class = self.kinds.index(kind), ":" in kind
        found = []
        for fit in fits:
            address, _, kinds, _, _, counts = self.fitting.things[fit.thing]
            if at in kinds and fit.covered >= (SURE if "#" in address else CLEAR):
                score = fit.score * (counts or 100) // 100
                pages = of_class and counts > 0
                asked = any(given[place].stem == stem(parameter) for place in fit.used)
                strict = not asked and (not of_class or "#" in address)
                found.append(_Filled({parameter: address}, score, fit.used, pages, strict))
        for place, one in enumerate(given):
            if one.literal != kind:
                continue
            used = frozenset({place})
            if kind == "integer":  # "tabel 2": a number says nothing without its name
                if not place or given[place - 1].stem != stem(parameter):
                    continue
                used |= {place - 1}
            value, score = {parameter: one.word}, LITERAL * len(used)
            found.append(_Filled(value, score, used, pages=False, strict=False))
        return sorted(found, key=lambda f: -f.score)


def _both(one: _Filled, other: _Filled | None) -> _Filled:
    if other is None:
        return one
    pages = one.pages and other.pages
    score, used = one.score + other.score, one.used | other.used
    strict = one.strict or other.strict
    return _Filled({**one.values, **other.values}, score, used, pages, strict)


def _varied(hits: list[Hit], limit: int) -> tuple[Hit, ...]:
    """The best hits; each that is like one before it counts less."""
    left, found = hits, list[Hit]()
    while left and len(found) < limit:
        at = max(range(len(left)), key=lambda i: (left[i].score, -i))
        best = left.pop(at)
        if found and best.score * 100 < found[0].score * LEAST:
            break
        found.append(best)
        left = [replace(h, score=h.score * _alike(h, best) // 100) for h in left]
    return tuple(found)


def _alike(hit: Hit, best: Hit) -> int:
    """What is left of 100 of a hit after one that is better."""
    if hit.kind == best.kind and hit.id == best.id:
        return SAME_QUESTION
    if hit.kind == best.kind == "ding":
        return SAME_NAME if hit.label == best.label else 100
    same = SAME_VALUE if hit.kind == best.kind else SAME_THING
    return same if _things(hit) & _things(best) else 100


def _things(hit: Hit) -> set[str]:
    return {hit.id} if hit.kind == "ding" else set(hit.values.values())
