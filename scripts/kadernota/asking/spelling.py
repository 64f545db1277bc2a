"""Text in, words out that are equal when a Dutch reader takes them for the same word.

`find.js` does the same in the browser; a test holds the two together. A published stemmer is not
used: those for Python and for JavaScript differ, and Snowball's Dutch keeps 'jaar' from 'jaren'.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

JOINED = re.compile("[\u0300-\u036f'’`]")  # accents, once loose, and the apostrophe of "thema's"
WORD = re.compile("[a-z0-9]+")
TWICE = re.compile(r"([a-z])\1+")
SOUNDS = (
    ("sch", "sg"), ("ch", "g"), ("ij", "y"), ("ei", "y"), ("ou", "au"), ("ie", "i"), ("ck", "k"),
    ("qu", "kw"), ("ph", "f"), ("th", "t"), ("dt", "t"), ("c", "k"), ("z", "s"), ("v", "f"),
    ("x", "ks"),
)  # fmt: skip


def words(text: str) -> list[str]:
    """The words of a text: lower case, without accents, "thema's" as one word."""
    flat = unicodedata.normalize("NFD", text).lower()
    return WORD.findall(JOINED.sub("", flat))


@lru_cache(maxsize=1 << 14)
def stem(word: str) -> str:
    """What a word has in common with its other forms: plural, verb, who does it."""
    if len(word) < 4 or not word.isalpha():
        return word
    found = _single(word)
    found = _without(found, "en", 3) or _without(found, "e", 3) or found
    found = _hard(found)
    found = _single(found)
    found = _without(found, "ing", 4) or _without(found, "er", 5) or found
    if len(found) > 3 and found[-1] == "t" and found[-2] in "fgklmnpr":
        found = found[:-1]
    return TWICE.sub(r"\1", _hard(found))


def plain(word: str) -> str:
    """The word without the -s of more than one: what it starts and ends with can be compared."""
    return TWICE.sub(r"\1", _single(word))


def sound(found: str) -> str:
    """How a stem is heard: what sounds the same is often written for one another."""
    for written, heard in SOUNDS:
        found = found.replace(written, heard)
    return TWICE.sub(r"\1", found[:-1] + "t" if found.endswith("d") else found)


def distance(one: str, other: str, most: int) -> int:
    """How many letters are wrong, missing, too many or swapped; more than `most` is most + 1.

    Optimal string alignment: the restricted edit distance of Damerau (1964).
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        before, last = last, row
    return min(last[-1], most + 1)


def _single(word: str) -> str:
    """Without the -s of a plural: after a consonant, or after a, o and y (camera's)."""
    ends = len(word) > 3 and word[-1] == "s" and word[-2] not in "eiujs"
    return word[:-1] if ends else word


def _without(word: str, end: str, left: int) -> str:
    """The word without this end, if enough is left of it."""
    return word[: -len(end)] if word.endswith(end) and len(word) - len(end) >= left else ""


def _hard(word: str) -> str:
    """As it is written at the end of a word: huiz(en) is huis, handhav(en) is handhaaf."""
    return word[:-1] + {"z": "s", "v": "f"}.get(word[-1], word[-1])
