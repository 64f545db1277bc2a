"""Blocks and the passages of an earlier reading in; which block goes on from which passage, out."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from kadernota.tracing.block import Block
    from kadernota.tracing.passages import Passage

ALIKE = 2  # words that an edited passage still begins or ends with


@dataclass(frozen=True, slots=True)
class Pairs:
    """The passage that each block (by position) goes on from, and what happened to it."""

    kept: Mapping[int, Passage]
    moved: Mapping[int, Passage]
    edited: Mapping[int, Passage]

    @property
    def all(self) -> dict[int, Passage]:
        return {**self.kept, **self.moved, **self.edited}


def pairs(found: Sequence[Block], before: Sequence[Passage]) -> Pairs:
    """Equal text in the same order is kept, elsewhere moved; what is left in a gap was edited."""
    old, new = [p.fingerprint for p in before], [b.fingerprint for b in found]
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    kept = {
        c + n: before[a + n] for step, a, b, c, _ in steps if step == "equal" for n in range(b - a)
    }
    moved = _moved(new, before, kept)
    known = {**kept, **moved}
    held = {p.key for p in known.values()}
    edited: dict[int, Passage] = {}
    for _, a, b, c, d in steps:
        gap = [p for p in before[a:b] if p.key not in held]
        edited |= _edited(found, [i for i in range(c, d) if i not in known], gap)
    return Pairs(kept, moved, edited)


def _moved(
    new: Sequence[str], before: Sequence[Passage], kept: Mapping[int, Passage]
) -> dict[int, Passage]:
    """Equal text in another place; of passages that say the same, the first moves first."""
    held = {p.key for p in kept.values()}
    elsewhere: dict[str, list[Passage]] = defaultdict(list)
    for p in reversed(before):
        if p.key not in held:
            elsewhere[p.fingerprint].append(p)
    return {
        i: elsewhere[fingerprint].pop()
        for i, fingerprint in enumerate(new)
        if i not in kept and elsewhere[fingerprint]
    }


def _edited(
    found: Sequence[Block], fresh: Collection[int], gap: Sequence[Passage]
) -> dict[int, Passage]:
    """In order, the passages that begin or end alike; else the only one in the place of another."""
    edited: dict[int, Passage] = {}
    left = list(gap)
    for i in fresh:
        if twin := next((p for p in left if _alike(found[i], p)), None):
            edited[i] = twin
            del left[: left.index(twin) + 1]
    if not edited and len(fresh) == len(gap) == 1:
        (i,), (p,) = fresh, gap
        return {i: p} if found[i].kind == p.kind else {}
    return edited


def _alike(block: Block, passage: Passage) -> bool:
    words, start = block.words, passage.start.split()
    end = passage.end.split() or start
    return words[:ALIKE] == start[:ALIKE] or words[-ALIKE:] == end[-ALIKE:]
