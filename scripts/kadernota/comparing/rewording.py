"""Two texts in, which words stayed, went and came out; what stayed is shown only near these."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import TYPE_CHECKING

from kadernota.comparing.changed import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

NEAR = 4  # words that stayed, shown on either side of a change
ALIKE = 0.3  # below this, two texts side by side read better than one with marks
LARGEST = 1000  # words of a text that is compared word by word: longer takes too long


@dataclass(frozen=True, slots=True)
class Piece:
    """Words in a row that fared alike: NEW, GONE, or ALTERED for those that stayed."""

    kind: Kind
    text: str


def reworded(old: str, new: str) -> tuple[Piece, ...]:
    """The second text with what went from the first."""
    was, now = old.split(), new.split()
    whole = (Piece(Kind.GONE, " ".join(was)), Piece(Kind.NEW, " ".join(now)))
    if max(len(was), len(now)) > LARGEST:
        return whole
    found = SequenceMatcher(None, was, now, autojunk=False)
    if found.ratio() < ALIKE:
        return whole
    return tuple(_pieces(found.get_opcodes(), was, now))


def _pieces(
    steps: Sequence[tuple[str, int, int, int, int]], was: Sequence[str], now: Sequence[str]
) -> Iterator[Piece]:
    for i, (step, a, b, c, d) in enumerate(steps):
        if step == "equal":
            yield Piece(Kind.ALTERED, _near(now[c:d], first=i == 0, last=i == len(steps) - 1))
        else:
            if a < b:
                yield Piece(Kind.GONE, " ".join(was[a:b]))
            if c < d:
                yield Piece(Kind.NEW, " ".join(now[c:d]))


def _near(words: Sequence[str], *, first: bool, last: bool) -> str:
    """The words next to a change; what lies further off is left out."""
    head, tail = (0 if first else NEAR), (0 if last else NEAR)
    if len(words) <= head + tail + 1:
        return " ".join(words)
    return " ".join([*words[:head], "…", *(words[-tail:] if tail else ())])


def one_side(pieces: Iterable[Piece], kind: Kind) -> str:
    """The first text (GONE) or the second (NEW), as far as the pieces have it."""
    shown = (piece.text for piece in pieces if piece.kind in {kind, Kind.ALTERED})
    return " ".join(text for text, _ in groupby(shown))
