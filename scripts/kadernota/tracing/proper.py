"""Dutch text in, the proper names and abbreviations in it out."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

WORD = re.compile(r"\w+(?:[-’'.&]\w+)*-?", re.UNICODE)
NOTE = re.compile(r"(?<=[A-Za-z]{2})\d$")  # the number of a footnote, stuck to a word
SENTENCE_END = re.compile(r"[.!?:•]\s*[‘“\"(]*$|[‘“(]$")
# Small words that may stand inside a name: Ministerie van Justitie en Veiligheid.
INSIDE = frozenset(
    ["van", "de", "het", "der", "den", "en", "in", "voor", "op", "aan", "te", "’s", "'s"]
)


class _Word(NamedTuple):
    said: str
    word: str  # without the number of a footnote
    first: bool  # of its sentence
    apart: bool  # more than white space stands before it
    short: bool  # an abbreviation


def names(texts: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Each name with the number of the text it stands in.

    A name is a run of words with a capital, small words between them included. The first word of
    a sentence counts only when it is an abbreviation, or has a capital inside a sentence elsewhere.
    """
    all_texts = tuple(texts)
    known = {w.said for text in all_texts for w in _words(text) if not w.first and _capital(w.said)}
    for i, text in enumerate(all_texts):
        for run in _runs(text, known):
            yield i, run


def _runs(text: str, known: set[str]) -> Iterator[str]:
    run: list[str] = []
    for w in _words(text):
        named = w.short or (_capital(w.word) and (not w.first or w.word in known))
        if run and w.apart:
            yield from _closed(run)
            run = []
        if named or (run and w.word in INSIDE):
            run.append(w.word)
        elif run:
            yield from _closed(run)
            run = []
    yield from _closed(run)


def _closed(run: list[str]) -> Iterator[str]:
    while run and run[-1] in INSIDE:
        run = run[:-1]
    if run:
        yield " ".join(run)


@lru_cache(maxsize=1 << 14)
def _words(text: str) -> tuple[_Word, ...]:
    return tuple(_read(text))


def _read(text: str) -> Iterator[_Word]:
    end = 0
    for found in WORD.finditer(text):
        word, apart = NOTE.sub("", found[0]), bool(text[end : found.start()].strip())
        end = found.end()
        yield _Word(found[0], word, _is_first(text, found.start()), apart, _abbreviation(word))


def _is_first(text: str, at: int) -> bool:
    before = text[:at].rstrip()
    return not before or bool(SENTENCE_END.search(before))


def _capital(word: str) -> bool:
    return word[0].isupper()


def _abbreviation(word: str) -> bool:
    """Capitals beyond the first letter, or a digit and a capital: RIEC, 3RO, IPTA-project."""
    head = word.split("-", maxsplit=1)[0]
    capitals = sum(c.isupper() for c in head)
    return capitals >= 2 or (capitals == 1 and any(c.isdigit() for c in head))


def words(text: str) -> set[str]:
    """The words of a text whatever their capitals; a word with a hyphen counts as its parts."""
    found = (NOTE.sub("", word).casefold().split("-") for word in WORD.findall(text))
    return {part for word in found for part in word if part}


def parts(name: str) -> list[str]:
    """The names that small words join: `Delft en Den Haag` is two."""
    joined = "|".join(map(re.escape, INSIDE))
    return [part for part in re.split(rf"\s+(?:{joined})\s+(?:(?:{joined})\s+)*", name) if part]
