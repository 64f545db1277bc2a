"""The words that point at one passage of a text and no other: a text fragment.

The matching follows https://wicg.github.io/scroll-to-text-fragment/#find-a-range-from-a-text-directive.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

EDGE = 5


@dataclass(frozen=True, slots=True)
class Context:
    """Words that must stand right before and right after; empty where they are not needed."""

    before: str = ""
    after: str = ""
    since: str = ""


def link(start: str, end: str, context: Context) -> str:
    """The fragment for an address: `:~:text=before-,start,end,-after`.

    With `since` the range runs from these words of an earlier passage to the end of this one:
    some passages (a cell that says the same as three others) are found in no other way.
    """
    before, after = context.before, context.after
    if context.since:
        return f":~:text={_coded(context.since)},{_coded(end or start)}"
    parts = [f"{_coded(before)}-" if before else "", _coded(start), _coded(end)]
    return ":~:text=" + ",".join(filter(None, [*parts, f"-{_coded(after)}" if after else ""]))


def _coded(words: str) -> str:
    """Percent-encoded, the hyphen too: in a fragment it means something."""
    return quote(words, safe="").replace("-", "%2D")


def fragments(texts: Sequence[str]) -> list[Context]:
    """For each text the least context with which its first and last words are found there alone."""
    book = _Book(texts)
    return [book.context(i) for i in range(len(texts))]


class _Book:
    """All passages as one text in which whole words can be looked up."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.words = [text.split() for text in texts]
        folded = [" ".join(words).casefold() for words in self.words]
        self.starts, at = [], 0
        for text in folded:
            self.starts.append(at)
            at += len(text) + 1
        self.text = "\n".join(folded)

    def context(self, i: int) -> Context:
        for found in self._contexts(i):
            if self._spots(i, found) == [self.starts[i]]:
                return found
        return self._since(i)

    def _since(self, i: int) -> Context:
        """The nearest passage before this one whose first words stand nowhere else."""
        for j in range(i - 1, -1, -1):
            if self._spots(j, Context()) == [self.starts[j]]:
                return Context(since=" ".join(self.words[j][:EDGE]))
        return Context()

    def _contexts(self, i: int) -> Iterator[Context]:
        """From no context to ever more of it, the words before first."""
        before = self.words[i - 1] if i else []
        after = self.words[i + 1] if i + 1 < len(self.words) else []
        yield Context()
        for n in range(1, EDGE + 1):
            yield Context(" ".join(before[-n:]))
        for n in range(1, EDGE + 1):
            yield Context("", " ".join(after[:n]))
        for n in range(1, EDGE + 1):
            yield Context(" ".join(before[-EDGE:]), " ".join(after[:n]))

    def _spots(self, i: int, context: Context) -> list[int]:
        """Where the first words stand between their context, followed later by the last words."""
        words = self.words[i]
        start = _pattern(words[:EDGE])
        ahead = _pattern(context.before.split()) + r"\s" if context.before else r"(?<!\w)"
        tail = r"(?!\w)"
        if context.after and len(words) <= EDGE:
            tail = r"\s" + _pattern(context.after.split()) + r"(?!\w)"
        found = re.finditer(f"(?:{ahead})(?=({start}{tail}))", self.text)
        return [m.start(1) for m in found]


def _pattern(words: Sequence[str]) -> str:
    return r"\s".join(re.escape(word.casefold()) for word in words)
