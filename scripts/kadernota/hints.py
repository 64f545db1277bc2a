"""What somebody wrote in, what was probably meant out."""

from __future__ import annotations

import re
from difflib import SequenceMatcher, get_close_matches
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

MOST = 3  # things that may be meant; more is a list, and a list helps nobody
TYPING_ERROR = 0.8  # as alike as this, and it is one


class Hint(NamedTuple):
    """A question for the author, and what to write when only one thing can be meant."""

    text: str = ""
    write: str = ""


def meant(candidates: Iterable[str]) -> Hint:
    """A hint at one of these; nothing when there are none, or too many."""
    found = list(dict.fromkeys(c for c in candidates if c))
    if not 0 < len(found) <= MOST:
        return Hint()
    return Hint(f"Bedoelde je {either(found)}?", found[0] if len(found) == 1 else "")


def either(words: Iterable[str]) -> str:
    """`a`, `a of b`, `a, b of c`."""
    *first, last = words
    return f"{', '.join(first)} of {last}" if first else last


def near_miss(text: str, options: Iterable[str], start: str = "") -> Hint:
    """A hint at the option most like this text; a likeness that is not great is no fix.

    What all options that count begin with is left out of the comparison.
    """
    own = {o.removeprefix(start): o for o in options if o.startswith(start)}
    given = text.removeprefix(start)
    near = get_close_matches(given, own, n=MOST, cutoff=0.6)
    if not near:  # a part of the name, or its words in another order
        words = {*given.split("-")}
        return Hint(meant(own[o] for o in own if words <= {*o.split("-")}).text)
    alike = [SequenceMatcher(None, option, given).ratio() for option in near]
    best = [own[o] for o, score in zip(near, alike, strict=True) if score == alike[0]]
    hint = meant(best)
    return hint if alike and alike[0] >= TYPING_ERROR else Hint(hint.text)


def near_address(text: str, options: Collection[str], folders: Collection[str]) -> Hint:
    """A hint at an address like this one; the part that is right counts for nothing.

    Of `bron/nota#partnrs` only `partnrs` is compared, and only with the parts of `bron/nota`;
    in a folder that exists, only what is in it.
    """
    whole, hash_, part = text.partition("#")
    if hash_ and whole in options:
        return near_miss(text, options, f"{whole}#") if part else meant([whole])
    folder, slash, name = text.partition("/")
    known = slash and folder in folders
    things = [option for option in options if "#" not in option]
    if (found := near_miss(text, things, f"{folder}/" if known else "")).write:
        return found
    same = sorted(o for o in options if re.split("[/#]", o)[-1] == (name or folder))
    return meant(same) if same else Hint(found.text) if known else Hint()
