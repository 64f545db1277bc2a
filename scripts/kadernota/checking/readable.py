"""Our own texts in, the ones that are too hard to read out.

The figure is Flesch-Douma (W.H. Douma, De leesbaarheid van landbouwbladen, 1960):
206.84 - 0.93 * words per sentence - 77 * syllables per word; 60 to 70 is standard Dutch. The
formula needs some text, so it is taken over all that one file says in our words, from 30 words
on. Short texts have the length of their sentences only. Syllables are hyphenation points (pyphen).
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kadernota.checking.claims import Claim
from kadernota.names import ALIAS, DCT, KN, NAME
from kadernota.triples import value_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyphen

WORDS = 30  # fewer say too little about a text
LOWEST = 50.0
LONGEST = 20  # words in a sentence
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
SENTENCE = re.compile(r"(?<=[.!?])\s+|\n")
# Names, and what is taken from the source as it stands.
TAKEN = {NAME, ALIAS, KN + "staatEr", KN + "gelezenAls", KN + "rol", KN + "citeertitel"}
DESCRIPTION = DCT + "description"


@dataclass(frozen=True, slots=True)
class Score:
    """How readable a text is: its figure, and how many words that rests on."""

    figure: float
    words: int


def score(texts: Iterable[str]) -> Score:
    """The Flesch-Douma figure of texts taken together."""
    sentences = [s for text in texts for s in sentences_of(text)]
    words = [word for sentence in sentences for word in WORD.findall(sentence)]
    if not words:
        return Score(100.0, 0)
    syllables = sum(_syllables(word.casefold()) for word in words)
    per_sentence, per_word = len(words) / len(sentences), syllables / len(words)
    return Score(206.84 - 0.93 * per_sentence - 77 * per_word, len(words))


def sentences_of(text: str) -> list[str]:
    """The sentences of a text; a line is one too."""
    return [part for part in SENTENCE.split(text) if WORD.search(part)]


def longest(text: str) -> int:
    """The number of words in the longest sentence."""
    return max((len(WORD.findall(s)) for s in sentences_of(text)), default=0)


def claims(triples: Iterable[ox.Triple]) -> Iterator[Claim]:
    """No sentence of ours is too long, and no thing with enough text is too hard to read."""
    files: dict[str, list[str]] = defaultdict(list)
    for t in triples:
        path, thing = t.predicate.value, value_of(t.subject)
        if not isinstance(t.object, ox.Literal) or t.object.language != "nl" or path in TAKEN:
            continue
        text = t.object.value
        files[thing.partition("#")[0]].append(text)
        words = longest(text)
        said = f"een zin heeft {words} woorden, hooguit {LONGEST} is goed"
        yield Claim(words <= LONGEST, thing, path, text, said)
    for thing, texts in files.items():
        found = score(texts)
        said = f"de leesbaarheid is {found.figure:.0f}, minstens {LOWEST:.0f} is goed"
        holds = found.words < WORDS or found.figure >= LOWEST
        yield Claim(holds, thing, DESCRIPTION, said=said)


@cache
def _syllables(word: str) -> int:
    return len(_dictionary().positions(word)) + 1


@lru_cache(maxsize=1)
def _dictionary() -> pyphen.Pyphen:
    import pyphen  # noqa: PLC0415 - only a check needs it

    return pyphen.Pyphen(lang="nl_NL")
