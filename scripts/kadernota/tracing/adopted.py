"""An adopted text in (plain text, HTML or XML), its passages in order out: the smallest blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kadernota import letters
from kadernota.model import Place, Problem
from kadernota.tracing import plain
from kadernota.tracing.block import Block

if TYPE_CHECKING:
    from kadernota.model import File

__all__ = ["Block", "blocks"]

ENDINGS = {"html": "html", "htm": "html", "xhtml": "html", "xml": "xml"}
MOST = 10_000  # passages; a memorandum has hundreds


def blocks(file: File) -> tuple[Block, ...] | Problem:
    """The passages of an adopted text, or why it cannot be read."""
    text = _text(file)
    if isinstance(text, Problem):
        return text
    kind = ENDINGS.get(file.path.rpartition(".")[2].casefold(), "")
    if kind:
        from kadernota.tracing import official  # noqa: PLC0415 - only these need lxml, and it is large

        found = official.blocks(file, kind)
        if isinstance(found, Problem):
            return found
    elif text.lstrip("\ufeff \n\r\t").startswith("<"):
        return _refused(file, "Laat de naam van dit bestand op .html of .xml eindigen.")
    else:
        found = list(plain.blocks(text))
    if not found:
        return _refused(file, "Geef de vastgestelde tekst zelf: in dit bestand staat geen tekst.")
    if len(found) > MOST:
        return _refused(file, f"Geef de tekst van één kadernota; dit zijn {len(found)} passages.")
    return tuple(found)


def _text(file: File) -> str | Problem:
    """What a file says, in UTF-8."""
    if file.content.startswith(b"%PDF"):
        return _refused(file, "Geef de tekst als .txt, .html of .xml: dit is een PDF.")
    if b"\0" in file.content:
        return _refused(file, "Geef de tekst als .txt, .html of .xml, in UTF-8: dit is geen tekst.")
    text, odd = letters.text(file)
    if odd and not text:  # any other odd character is passed over
        return odd
    if (at := text.find(letters.LOST)) >= 0:
        message = "Haal de tekst opnieuw op: hier is een teken bij het bewaren verloren gegaan."
        return Problem(letters.spot(file.path, text, at), "", message, "bron:vorm")
    return text


def _refused(file: File, message: str) -> Problem:
    return Problem(Place(file.path), "", message, "bron:vorm")
