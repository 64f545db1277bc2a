"""What libyaml objects to and the lines of the file in, the place to mend and how, out.

libyaml says where it could not go on; an author must know where she went wrong. A colon that is
not there or a space too many shows only on the next line, or makes two lines one value.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kadernota.letters import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

KEY = re.compile(r"(?: |- )*(?P<key>[^\s:#-][^\s:]*):(?: |$)")
WORD = re.compile(r" *(?P<word>[a-z][a-z0-9-]*)(?= |$)")
STUCK = re.compile(r" *(?P<word>[a-z][a-z0-9-]*):(?=[^ /])")  # no space after it; no web address
ITEM = re.compile(r" *-(?: |$)")
SHORT = re.compile(r"(?P<before>(?: |- )*(?:[a-z0-9-]+: +)?)'[a-z]{1,2}[ -]")
APOSTROPHE = "Zet dubbele aanhalingstekens om de hele waarde: ze begint met een apostrof."

# What libyaml says, and what an author can do about it; the first that matches is shown.
REMEDIES = (
    ("mapping values are not allowed", "Zet de waarde tussen dubbele aanhalingstekens: er staat een"
     " dubbele punt met een spatie in."),
    ("could not find expected ':'", "Zet achter de sleutel een dubbele punt en een spatie."),
    ("did not find expected key", "Laat de regel even ver inspringen als de andere sleutels; zet"
     " een waarde met een bijzonder teken vooraan tussen dubbele aanhalingstekens."),
    ("did not find expected '-' indicator", "Laat elk streepje van de lijst even ver inspringen."),
    ("block sequence entries are not allowed", "Zet de lijst op een nieuwe regel onder de sleutel,"
     " twee spaties ingesprongen."),
    ("unexpected end of stream", "Sluit de tekst af: er ontbreekt een aanhalingsteken of haakje."),
    ("did not find expected ',' or", "Sluit de lijst of de accolades af, of schrijf de lijst met"
     " streepjes onder elkaar."),
    ("scanning an alias", "Begin elke regel van een lijst met een streepje en een spatie, niet met"
     " een sterretje."),
    ("cannot start any token", "Zet de waarde tussen dubbele aanhalingstekens: ze begint met een"
     " teken dat in YAML iets anders betekent."),
    ("unknown escape character", "Gebruik enkele aanhalingstekens, of haal de schuine streep weg."),
)  # fmt: skip
REMEDY = "Herstel de vorm van deze regel; kijk naar inspringing, dubbele punt en aanhalingstekens."


class Spot(NamedTuple):
    """A line and a column, both from zero as libyaml counts."""

    line: int
    column: int


class Mishap(NamedTuple):
    """Where the mistake is, and what to do about it."""

    spot: Spot
    remedy: str


def mishap(said: str, spot: Spot, began: Spot, lines: list[str]) -> Mishap:
    """The mistake behind what libyaml said; `began` is where it began to read what failed."""
    found = _apostrophe((began.line, spot.line), lines)
    if found:
        return found
    if "mapping values are not allowed" in said:
        found = _two_in_one(spot, lines)
    elif "could not find expected ':'" in said:
        found = _no_colon(began.line, lines)
    elif "did not find expected key" in said:
        item = ITEM.match(lines[spot.line])
        found = _loose(spot.line, lines) if item else _slanted(spot.line, lines)
    return found or Mishap(spot, next((r for part, r in REMEDIES if part in said), REMEDY))


def _two_in_one(spot: Spot, lines: list[str]) -> Mishap | None:
    """A second colon on a line is text; the first one belongs to a key that ended up in a value."""
    own = KEY.match(lines[spot.line])
    if own is None or own.end("key") < spot.column:
        return None
    above = next(_above(spot.line, lines), None)
    if above is None:
        return None
    alone = WORD.fullmatch(lines[above].rstrip()) or STUCK.match(lines[above])
    return _no_colon(above, lines) if alone else _slanted(spot.line, lines)


def _no_colon(at: int, lines: list[str]) -> Mishap | None:
    """A key without a colon, or without a space after it: the first word of its line."""
    if stuck := STUCK.match(lines[at]):
        return Mishap(Spot(at, stuck.end()), f"Zet een spatie achter '{stuck['word']}:'.")
    if word := WORD.match(lines[at]):
        return Mishap(Spot(at, word.end("word")), f"Zet een dubbele punt achter '{word['word']}'.")
    above = next(_above(at, lines), None)
    if above is not None and ITEM.match(lines[above]):
        column = len(lines[at]) - len(lines[at].lstrip())
        return Mishap(Spot(at, column), "Zet een streepje en een spatie voor deze regel.")
    return None


def _apostrophe(at: Iterable[int], lines: list[str]) -> Mishap | None:
    """A value such as 's-Gravenhage: to YAML a quotation mark, to us a letter that is not there."""
    for line in at:
        if found := SHORT.match(lines[line]):
            return Mishap(Spot(line, found.end("before")), APOSTROPHE)
    return None


def _loose(at: int, lines: list[str]) -> Mishap | None:
    """A line of a list that stands elsewhere than the others, or under no key."""
    above = next(_above(at, lines), None)
    column = lines[at].index("-")
    if above is None or not ITEM.match(lines[above]):
        return Mishap(Spot(at, column), "Zet boven deze lijst de sleutel waar ze bij hoort.")
    like = lines[above].index("-")
    way = f"{like} spaties inspringen" if like else "vooraan op de regel beginnen"
    return Mishap(Spot(at, column), f"Laat dit streepje {way}, zoals op regel {above + 1}.")


def _slanted(at: int, lines: list[str]) -> Mishap | None:
    """A key that stands under none: the nearest place where it could."""
    own = KEY.match(lines[at])
    ways: dict[int, int] = {}  # how far in a key can stand here, and the last line that does so
    for above in _above(at, lines):
        key = KEY.match(lines[above])
        if key and key.start("key") < min(ways, default=len(lines[above])):
            ways[key.start("key")] = above
    if own is None or not ways:
        return None
    now = own.start("key")
    best = min(ways, key=lambda column: (abs(column - now), -column))
    like = KEY.match(lines[ways[best]])
    if like is None or best == now:
        return None
    way = f"{best} spaties inspringen" if best else "vooraan op de regel beginnen"
    example = f"zoals '{shown(like['key'])}:' op regel {ways[best] + 1}"
    return Mishap(Spot(at, now), f"Laat '{shown(own['key'])}:' {way}, {example}.")


def _above(at: int, lines: list[str]) -> Iterator[int]:
    """The lines above this one that say something, the nearest first."""
    return (i for i in range(at - 1, -1, -1) if lines[i].strip() and lines[i].lstrip()[0] != "#")
