"""What was typed in, its words with what each can mean out."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from kadernota.asking.lexicon import EXACT, JOINED
from kadernota.asking.spelling import stem, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kadernota.asking.lexicon import Lexicon, Meant

LONGEST = 24  # words that are looked at; who types more has said it by then
# Words that say nothing of what is asked for.
EMPTY = frozenset(
    words("""
    de het een en of van in op te bij aan met voor door over om tot uit naar als er dat dit
    die deze dan nog ook wel eigenlijk nou nu maar is zijn was waren ben bent wordt worden
    werd heeft hebben had hebt ik je jij u uw mijn ons onze we wij zij ze hij jullie men hun
    zich gaat gaan zo heel toch even graag mij me iets allemaal alle al steeds hier daar
    eens s t m zou zullen zal komt komen per want hem haar jou jouw den der ter ten
    """)
)
# Words that say how it is asked: they choose between questions and are no part of a name.
ASKING = frozenset(
    words("""wie wat waar wanneer waarom welke welk hoe hoeveel hoelang mag mogen kan kunnen
    moet moeten doet doen waarop waarover waaraan waarvoor""")
)
CAPITALS = re.compile("(?<![0-9A-Za-z_])[A-Z]{2,4}(?![0-9A-Za-z_])")
DAY = re.compile(r"(?<![0-9A-Za-z_])([0-9]{4})-([0-9]{2})-([0-9]{2})(?![0-9A-Za-z_])")
MONTHS = words("""januari februari maart april mei juni juli augustus september oktober november
december""")
SPOKEN = re.compile(
    rf"(?<![0-9A-Za-z_])([0-9]{{1,2}}) ({'|'.join(MONTHS)}) ([0-9]{{4}})(?![0-9A-Za-z_])",
    re.IGNORECASE | re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Typed:
    """One typed word; `literal` is the datatype of what it can be as a value."""

    word: str
    meant: Meant
    asks: bool
    literal: str = ""  # date | gYear | integer

    @property
    def stem(self) -> str:
        return stem(self.word)


def typed(text: str, lexicon: Lexicon) -> list[Typed]:
    """The words that say something, in their order."""
    found, loud = list(_words(text)), _loud(text)
    said = [w for w in found if w.word not in EMPTY or w.word in loud] or found
    said = said[:LONGEST]
    given = [w if w.literal == "date" else replace(w, meant=lexicon.meant(w.word)) for w in said]
    for at, (one, other) in enumerate(pairwise(given)):
        both = stem(one.word + other.word)
        if both in lexicon.known and len(both) > len(one.stem):
            given[at] = replace(given[at], meant={**given[at].meant, both: JOINED})
            given[at + 1] = replace(given[at + 1], meant={**given[at + 1].meant, both: JOINED})
    return given


def _loud(text: str) -> set[str]:
    """The abbreviations: OM is no om. Who types nothing but capitals says nothing with them."""
    return set() if text == text.upper() else {w.lower() for w in CAPITALS.findall(text)}


def _words(text: str) -> Iterator[Typed]:
    at = 0
    spoken = SPOKEN.sub(_day, text)
    for day in DAY.finditer(spoken):
        yield from map(_word, words(spoken[at : day.start()]))
        yield Typed(day[0], dict.fromkeys(_parts(day), EXACT), asks=False, literal="date")
        at = day.end()
    yield from map(_word, words(spoken[at:]))


def _parts(day: re.Match[str]) -> list[str]:
    """How a day is written in a name: its numbers, and its month in full."""
    month = MONTHS[int(day[2]) - 1 : int(day[2])] if day[2] != "00" else []
    return [*day.groups(), str(int(day[3])), *map(stem, month)]


def _day(found: re.Match[str]) -> str:
    month = MONTHS.index(found[2].lower()) + 1
    return f"{found[3]}-{month:02}-{int(found[1]):02}"


def _word(word: str) -> Typed:
    year = word.isdigit() and len(word) == 4 and word[:2] in {"19", "20"}
    literal = "gYear" if year else "integer" if word.isdigit() and len(word) < 4 else ""
    return Typed(word, {}, asks=word in ASKING, literal=literal)
