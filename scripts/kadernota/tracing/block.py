"""What an adopted text consists of: blocks, each with its kind and its text in one notation."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from hashlib import sha256

from kadernota import letters

HEADING, PARAGRAPH, ITEM, CELL, NOTE = "kop", "alinea", "lijstonderdeel", "tabelcel", "voetnoot"

BULLET = re.compile(r"^[•▪◦‣∙] ?")
# A block that is only this lists or counts; it says nothing.
MARKER = re.compile(r"[•▪◦‣∙\-–—*]?\s*(?:\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)°]|[•▪◦‣∙\-–—*])?")
COUNTED = re.compile(rf"^{MARKER.pattern} ")


@dataclass(frozen=True, slots=True)
class Block:
    """One passage: what kind it is, and its text with the white space made single."""

    kind: str
    text: str

    @property
    def words(self) -> list[str]:
        return self.text.split()

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the normalised text."""
        return sha256(self.text.encode()).hexdigest()


def normal(text: str) -> str:
    """The text as it is compared: NFC, single spaces, nothing that cannot be seen."""
    return " ".join(letters.UNSEEN.sub("", unicodedata.normalize("NFC", text)).split())


def unbulleted(text: str) -> str:
    """An item without the bullet in front of it."""
    return BULLET.sub("", text)


def unnumbered(text: str) -> str:
    """A footnote without the number or bullet in front of it; nothing when it is only a number."""
    return "" if text.isdecimal() else COUNTED.sub("", text)
