"""Bytes of a file in, its text out: UTF-8 in which every character can be seen."""

from __future__ import annotations

import re
import unicodedata

from kadernota.model import File, Place, Problem

# Controls, direction marks, zero-width and private characters: they change what stands there
# without showing it. The last two of every plane are no characters at all.
NO_CHARACTERS = "".join(
    chr(plane + end) for plane in range(0, 0x110000, 0x10000) for end in (0xFFFE, 0xFFFF)
)
HIDDEN = (
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ue000-\uf8ff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff"
    f"\uffa0\ufff0-\ufffb\U000e0000-\U0010ffff{NO_CHARACTERS}]"
)
UNSEEN = re.compile(rf"{HIDDEN}|\r(?!\n)")
FIXED = re.compile("(?m)^(?: |- )*(?:[a-z0-9-]+:|-)? *(?=[\u00a0\u2007\u202f])")  # reads as text
LOST = "\ufffd"
MARK = re.compile(r"(?m)^<{7,} ")  # git could not choose between two versions
CHOOSE = "Kies één van beide kanten; haal de andere weg, en ook de regels met <<<<<<<, ======= en"
CHOOSE += " >>>>>>>."


def text(file: File) -> tuple[str, Problem | None]:
    """The text of a file, and the first character that does not belong in it."""
    try:
        found = file.content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = file.content[: error.start].decode("utf-8")
        message = "Bewaar dit bestand als UTF-8: hier staat een teken in een andere codering."
        return "", _problem(file.path, before, len(before), message)
    if found.startswith("\ufeff"):
        message = "Bewaar dit bestand als UTF-8 zonder BOM (het onzichtbare teken aan het begin)."
        return found, _problem(file.path, found, 0, message)
    if odd := odd_character(found):
        return found, _problem(file.path, found, odd[0], odd[1])
    if not found.isascii() and (fixed := FIXED.search(found)):
        message = "Vervang deze vaste spatie door een gewone spatie."
        return found, _problem(file.path, found, fixed.end(), message)
    if "<<<<<<< " in found and (mark := MARK.search(found)):
        return found, Problem(
            spot(file.path, found, mark.start()), "", CHOOSE, "invoer:samenvoegen"
        )
    return found, None


def odd_character(found: str) -> tuple[int, str] | None:
    """Where the first character stands that nobody can see, and what to do about it."""
    if unseen := UNSEEN.search(found):
        return unseen.start(), f"Haal dit onzichtbare teken weg (U+{ord(unseen[0]):04X})."
    if (at := found.find(LOST)) >= 0:
        return at, "Typ dit teken opnieuw: het is bij het bewaren verloren gegaan."
    if not unicodedata.is_normalized("NFC", found):
        normal = unicodedata.normalize("NFC", found)
        at = next((i for i, (a, b) in enumerate(zip(found, normal, strict=False)) if a != b), 0)
        return at, "Typ deze letter opnieuw: letter en accent staan er als twee losse tekens."
    return None


def seen(found: str) -> str:
    """The same text with a plain letter for each character that keeps it from being read."""
    found = UNSEEN.sub("x", found.replace(LOST, "x").replace("\t", "x"))
    if unicodedata.is_normalized("NFC", found):
        return found
    return "".join("x" if unicodedata.combining(c) else c for c in found)


def remedy(value: str) -> str:
    """What to do about a value of which a part cannot be seen; empty when all can."""
    if value.isascii() and value.isprintable() and value[:1] != " " != value[-1:]:
        return ""  # nearly every value: nothing to look for
    if value != value.strip():
        return "Haal het wit aan het begin of het einde van deze waarde weg."
    if re.search(r"[\r\t]", value):
        return "Vervang de tab of het regeleinde in deze waarde door een spatie."
    odd = odd_character(value)
    return odd[1] if odd else ""


def spot(path: str, found: str, offset: int) -> Place:
    """The place of a character in a text."""
    start = found.rfind("\n", 0, offset) + 1
    return Place(path, found.count("\n", 0, offset) + 1, offset - start + 1)


def visible(found: str) -> str:
    """The text with what cannot be printed written out, so that a message stays one line."""
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in found)


def shown(found: str) -> str:
    """A value as it can stand in a one-line message."""
    flat = visible(" ".join(found.split()))
    return flat if len(flat) <= 60 else flat[:57] + "..."


def _problem(path: str, found: str, offset: int, message: str) -> Problem:
    return Problem(spot(path, found, offset), "", message, "invoer:codering")
