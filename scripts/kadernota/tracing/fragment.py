"""The words that point at one passage of a text and no other: a text fragment.

The matching follows https://wicg.github.io/scroll-to-text-fragment/#find-a-range-from-a-text-directive.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

EDGE = 5  # words kept of the start and of the end, and the most that stand around a passage
QUOTES = str.maketrans("‘’‚‛“”„‟«»", '\'\'\'\'""""""')
RUN = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Context:
    """Words that must stand right before and right after; empty where they are not needed."""

    before: str = ""
    after: str = ""
    since: str = ""


@dataclass(frozen=True, slots=True)
class Directive:
    """The parts of a text directive, in its order: `prefix-,start,end,-suffix`."""

    prefix: str
    start: str
    end: str
    suffix: str


def directive(start: str, end: str, context: Context) -> Directive:
    """What a passage with these first and last words is looked up by.

    A browser looks for the end after the start, so words that are in both count for the start.
    With `since` the range runs from these words of an earlier passage to the end of this one:
    some passages (a cell that says the same as three others) are found in no other way.
    """
    if context.since:
        return Directive("", context.since, end or start, context.after)
    first, last = start.split(), end.split()
    shared = next((n for n in range(len(last) - 1, 0, -1) if first[-n:] == last[:n]), 0)
    return Directive(context.before, start, " ".join(last[shared:]), context.after)


def link(start: str, end: str, context: Context) -> str:
    """The fragment for an address: `:~:text=prefix-,start,end,-suffix`."""
    d = directive(start, end, context)
    prefix, suffix = d.prefix and f"{_coded(d.prefix)}-", d.suffix and f"-{_coded(d.suffix)}"
    return ":~:text=" + ",".join(filter(None, [prefix, _coded(d.start), _coded(d.end), suffix]))


def _coded(words: str) -> str:
    """Percent-encoded, the hyphen too: in a fragment it means something."""
    return quote(words, safe="").replace("-", "%2D")


def edges(words: Sequence[str]) -> tuple[str, str]:
    """The first words, and the last ones of a text that has more."""
    return " ".join(words[:EDGE]), " ".join(words[-EDGE:]) if len(words) > EDGE else ""


def fragments(texts: Sequence[str]) -> list[Context]:
    """For each text the least context with which its first and last words are found there alone."""
    book = _Book(texts)
    return [book.context(i) for i in range(len(texts))]


class _Book:
    """All passages as one text in which words are looked up as a browser does, or less strictly.

    Case and accents make no difference. Words may run on from one passage into the next, since
    a page may break its lines elsewhere: what is alone here is alone under the stricter rules.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self.words = [text.split() for text in texts]
        folded = [_folded(text) for text in texts]
        self.text = " ".join(folded)
        self.starts, at = [], 0
        for text in folded:
            self.starts.append(at)
            at += len(text) + 1
        self.ends = [start + len(text) for start, text in zip(self.starts, folded, strict=True)]
        self.runs: dict[str, list[int]] = defaultdict(list)
        for run in RUN.finditer(self.text):
            self.runs[run[0]].append(run.start())
        self.alone: dict[int, bool] = {}

    def context(self, i: int) -> Context:
        """The first of ever more context with which passage `i` is found, and nothing else."""
        return next((c for c in self._contexts(i) if self._finds(i, c)), Context())

    def _contexts(self, i: int) -> Iterator[Context]:
        """The words before first, then those after, then both, then an earlier passage."""
        before = self.words[i - 1][-EDGE:] if i else []
        after = self.words[i + 1][:EDGE] if i + 1 < len(self.words) else []
        least = range(1, EDGE + 1)
        yield Context()
        yield from (Context(" ".join(before[-n:])) for n in least)
        yield from (Context("", " ".join(after[:n])) for n in least)
        yield from (Context(" ".join(before), " ".join(after[:n])) for n in least)
        if (since := self._alone_before(i)) is not None:
            start, _ = edges(self.words[since])
            yield from (Context("", " ".join(after[:n]), start) for n in (0, *least))

    def _alone_before(self, i: int) -> int | None:
        """The nearest passage before this one whose first words stand nowhere else."""
        return next((j for j in range(i - 1, -1, -1) if self._alone(j)), None)

    def _alone(self, i: int) -> bool:
        if i not in self.alone:
            start, _ = edges(self.words[i])
            self.alone[i] = len(list(islice(self._spots("", _folded(start), ""), 2))) == 1
        return self.alone[i]

    def _finds(self, i: int, context: Context) -> bool:
        """Whether the only match begins where it must, and ends where passage `i` ends."""
        d = directive(*edges(self.words[i]), context)
        prefix, start, end, suffix = map(_folded, (d.prefix, d.start, d.end, d.suffix))
        spots = list(islice(self._spots(prefix, start, "" if end else suffix), 2))
        if len(spots) != 1:
            return False
        at, after = spots[0]
        stop = self._end(end, suffix, after) if end else after
        return stop == self.ends[i] and (bool(context.since) or at == self.starts[i])

    def _spots(self, prefix: str, words: str, suffix: str) -> Iterator[tuple[int, int]]:
        """Where words stand, right after the prefix and right before the suffix."""
        for at in self._after(prefix) if prefix else self._places(words, whole=not suffix):
            if self.text.startswith(words, at) and self._closed(at + len(words), suffix):
                yield at, at + len(words)

    def _after(self, prefix: str) -> Iterator[int]:
        for at in self._places(prefix, whole=False):
            yield from self._next(at + len(prefix))

    def _end(self, words: str, suffix: str, after: int) -> int | None:
        """Where the first of these words after a place end; none when a browser may pass it by."""
        passed = after
        for at in self._places(words, after, whole=not suffix):
            if at < passed:
                return None
            passed = at + len(words)
            if self._closed(passed, suffix):
                return passed
        return None

    def _closed(self, at: int, suffix: str) -> bool:
        """Whether words may end here: before the suffix, or else where a word ends."""
        if not suffix:
            return self._edge(at)
        ends = (n + len(suffix) for n in self._next(at) if self.text.startswith(suffix, n))
        return any(map(self._edge, ends))

    def _next(self, at: int) -> Sequence[int]:
        """Where the text goes on: white space may be passed over."""
        return (at, at + 1) if self.text.startswith(" ", at) else (at,)

    def _edge(self, at: int) -> bool:
        """Whether a word may begin or end here; inside a run of letters it cannot."""
        return not RUN.fullmatch(self.text[max(at - 1, 0) : at + 1]) or at in {0, len(self.text)}

    def _places(self, words: str, after: int = 0, *, whole: bool) -> Iterator[int]:
        """Where these words begin, in order; not `whole` when the last may be part of a longer one.

        They are looked up by the rarest run of letters in them, a hundred times as fast.
        """
        runs = [run for run in RUN.finditer(words) if whole or run.end() < len(words)]
        if runs:
            rarest = min(runs, key=lambda run: len(self.runs[run[0]]))
            places = self.runs[rarest[0]]
            first = bisect_left(places, after + rarest.start())
            starts = (place - rarest.start() for place in islice(places, first, None))
        else:
            found = re.compile(f"(?={re.escape(words)})").finditer(self.text, after)
            starts = (m.start() for m in found)
        for at in starts:
            if at >= after and self.text.startswith(words, at) and self._edge(at):
                yield at


def _folded(text: str) -> str:
    """Text as a browser compares it: without case, accents or the shape of quotation marks."""
    return " ".join(map(_bare, text.split()))


def _bare(word: str) -> str:
    letters = unicodedata.normalize("NFKD", word.translate(QUOTES)).casefold()
    return "".join(c for c in letters if not unicodedata.combining(c) and not c.isspace())
