"""Words of the index in, which of them a typed word can mean out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kadernota.asking.spelling import distance, plain, sound, stem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Meant = dict[str, int]  # how surely a word of the index is meant, of 100
EXACT, RING, HEARD, JOINED = 100, 80, 88, 95
LIKELY, PART = 70, 40  # so likely a mistake, that a part of the word counts no more than this
SHORTEST = 4  # letters that say enough to be a part of a longer word


@dataclass(frozen=True)
class Lexicon:
    """The stems of the index, in order, with the rings of words that are used for one another."""

    stems: tuple[str, ...]
    rings: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, stems: Iterable[str], rings: Sequence[Sequence[str]]) -> Lexicon:
        found: dict[str, tuple[str, ...]] = {}
        for ring in rings:
            for one in ring:
                found[one] = (*found.get(one, ()), *(other for other in ring if other != one))
        return cls(tuple(sorted(set(stems))), found)

    @cached_property
    def known(self) -> frozenset[str]:
        return frozenset(self.stems)

    @cached_property
    def _sounds(self) -> dict[str, str]:
        return {one: sound(one) for one in self.stems}

    def meant(self, word: str) -> Meant:
        """What a typed word can mean: itself, a synonym, a longer or shorter word, or a mistake."""
        own = stem(word)
        found: Meant = {own: EXACT} if own in self.known else {}
        if word.isdigit():
            return found
        _surer(found, dict.fromkeys(filter(self.known.__contains__, self.rings.get(own, ())), RING))
        typed = plain(word)
        _surer(found, {one: sure for one in self.stems if (sure := _part(own, typed, one))})
        if own not in self.known and own not in self.rings:
            near = self._near(own)
            if max(near.values(), default=0) >= LIKELY:
                found = {one: min(sure, PART) for one, sure in found.items()}
            _surer(found, near)
        return found

    def _near(self, own: str) -> Meant:
        """The words that differ by a typing error or in spelling only."""
        heard = sound(own)
        most = 0 if len(heard) < SHORTEST else 1 if len(heard) < 9 else 2
        found: Meant = {}
        for one, other in self._sounds.items():
            if heard[:1] == other[:1] or most == 2:
                wrong = distance(heard, other, most)
                if wrong <= most:
                    found[one] = HEARD - wrong * (18 if len(heard) < 7 else 13)
        return found


def _surer(found: Meant, more: Meant) -> None:
    for one, sure in more.items():
        found[one] = max(found.get(one, 0), sure)


def _part(own: str, typed: str, one: str) -> int:
    """How surely one word is meant when it begins or ends with what was typed, or the reverse."""
    best = 0
    if one == own:
        return best
    short = one + "en" if len(one) == SHORTEST - 1 else one  # a weapon is wap(en)
    for part in (own, typed):
        if len(part) >= SHORTEST and (one.startswith(part) or one.endswith(part)):
            best = max(best, 40 + 45 * len(part) // len(one))
        if len(short) >= SHORTEST and (part.startswith(short) or part.endswith(short)):
            best = max(best, 30 + 50 * len(short) // len(part))
    return best
