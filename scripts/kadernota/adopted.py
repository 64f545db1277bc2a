"""An adopted text in (plain text, HTML or XML), its passages in order out: the smallest blocks."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from kadernota import letters
from kadernota.model import File, Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element

HEADING, PARAGRAPH, ITEM, CELL, NOTE = "kop", "alinea", "lijstonderdeel", "tabelcel", "voetnoot"

# What an element makes of the text in it; the names of HTML and of the official XML (CVDR, STOP).
KINDS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6", "kop", "tussenkop", "opschrift"), HEADING),
    **dict.fromkeys(("intitule", "officieletitel", "regelingopschrift", "titel", "title"), HEADING),
    **dict.fromkeys(("li",), ITEM),
    **dict.fromkeys(("td", "th", "entry"), CELL),
    **dict.fromkeys(("noot.al", "noot", "footnote"), NOTE),
}
INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdo",
        "cite",
        "code",
        "em",
        "extref",
        "extioref",
        "i",
        "inf",
        "intref",
        "intioref",
        "mark",
        "nadruk",
        "nootref",
        "q",
        "small",
        "span",
        "strong",
        "strike",
        "sub",
        "sup",
        "u",
        "label",
        "nr",
        "noot.nr",
        "nootnummer",
        "ondertekenaar",
    ]
)
SKIPPED = frozenset(
    ["head", "script", "style", "nav", "meta", "template", "noscript", "button", "form"]
)
MARKER = re.compile(r"[•\-–—*]?\s*(?:\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)°]|[•\-–—*])?")
NUMBERED = re.compile(r"\d{1,2}\. [A-Z]")
ENDING = tuple(".;:,!?)")


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


def blocks(file: File) -> tuple[Block, ...] | Problem:
    """The passages of an adopted text, or why it cannot be read."""
    ending = file.path.rpartition(".")[2].casefold()
    if ending in {"html", "htm", "xhtml", "xml"}:
        found = _markup(file, "xml" if ending == "xml" else "html")
        if isinstance(found, Problem):
            return found
    else:
        try:
            found = tuple(_plain(file.content.decode("utf-8-sig")))
        except UnicodeDecodeError:
            return letters.text(file)[1] or Problem(Place(file.path), "", "", "")
    if not found:
        message = "Geef de vastgestelde tekst zelf: in dit bestand staat geen tekst."
        return Problem(Place(file.path), "", message, "bron:leeg")
    return found


def _markup(file: File, kind: str) -> tuple[Block, ...] | Problem:
    from lxml import etree, html  # noqa: PLC0415 - only this command needs it, and it is large

    try:
        if kind == "html":
            parser = html.HTMLParser(encoding="utf-8", remove_comments=True, no_network=True)
            root = html.document_fromstring(file.content, parser=parser)
        else:
            strict = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
            root = etree.fromstring(file.content, strict)
    except etree.ParserError:
        return ()
    except etree.XMLSyntaxError as error:
        line, column = error.position
        message = "Herstel dit bestand: dit is geen goede XML."
        return Problem(Place(file.path, line, max(column, 1)), "", message, "bron:vorm")
    return tuple(_ordered(_walked(root)))


def _ordered(found: Iterable[Block]) -> Iterator[Block]:
    """Footnotes that stand inside the text come after it, as a reader meets them."""
    notes = []
    for block in found:
        if block.kind == NOTE:
            notes.append(block)
        elif not MARKER.fullmatch(block.text):
            yield block
    yield from (note for note in notes if not re.fullmatch(r"\d+|" + MARKER.pattern, note.text))


def _walked(root: _Element) -> Iterator[Block]:
    """Runs of text between two block elements; the nearest ancestor that says a kind gives it."""
    pending: list[str] = []

    def flush(kind: str) -> Iterator[Block]:
        if text := normal("".join(pending)):
            yield Block(kind, text)
        pending.clear()

    def visit(element: _Element, kind: str) -> Iterator[Block]:
        name = _name(element)
        if name in SKIPPED:
            return
        block = name not in INLINE and name != ""
        inner = KINDS.get(name, kind)
        if inner == NOTE and kind != NOTE and name not in {"noot.al", "footnote"}:
            yield from _note(element, pending)
            return
        if name == "br":
            pending.append(" ")
        elif block:
            yield from flush(kind)
        pending.append(element.text or "")
        for child in element:
            yield from visit(child, inner)
            pending.append(child.tail or "")
        if block and name != "br":
            yield from flush(inner)

    yield from visit(root, PARAGRAPH)


def _note(element: _Element, pending: list[str]) -> Iterator[Block]:
    """A footnote inside a sentence: its number stays there, its text becomes a passage."""
    for child in element.iter():
        name = _name(child)
        if name in {"noot.nr", "nootnummer"}:
            pending.append("".join(child.itertext()))
        elif name in {"noot.al", "al"} and (text := normal("".join(child.itertext()))):
            yield Block(NOTE, text)


def _name(element: _Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2].casefold() if isinstance(tag, str) else ""


def _plain(text: str) -> Iterator[Block]:
    """Plain text has no marks: kinds are told from the layout, and can be corrected by hand."""
    lines = [(line, normal(line)) for line in text.splitlines()]
    notes = _notes_from([found for _, found in lines])
    group: list[tuple[str, str]] = []
    for i, (raw, found) in enumerate(lines):
        gap = bool(raw.strip(" \t")) and not found
        if gap or i == notes or (NUMBERED.match(found) and not _indented(raw)):
            yield from _group(group)
            group = []
        if i >= notes:
            if found and not found.isdigit():
                yield Block(NOTE, MARKER.sub("", found, count=1).strip() or found)
        elif found and not MARKER.fullmatch(found):
            group.append((raw, found.removeprefix("• ")))
    yield from _group(group)


def _group(group: list[tuple[str, str]]) -> Iterator[Block]:
    """The lines between two gaps: a heading with text, or a table when many lines are short."""
    short = [found for raw, found in group if not _indented(raw) and not found.endswith(ENDING)]
    table = len(short) > 2 or (len(short) == 2 and len(group) > 3)
    for i, (raw, found) in enumerate(group):
        if _indented(raw):
            yield Block(ITEM, found)
        elif i == 0 and not found.endswith(ENDING) and len(found.split()) <= 15:
            yield Block(HEADING, found)
        else:
            yield Block(CELL if table else PARAGRAPH, found)


def _indented(raw: str) -> bool:
    return raw.startswith("    ") or raw.lstrip(" ").startswith("•")


def _notes_from(lines: list[str]) -> int:
    """Where the footnotes start: the last lines that count 1, 2, 3 ... up to the end."""
    numbers = [(i, int(found)) for i, found in enumerate(lines) if found.isdecimal()]
    start = next((k for k in range(len(numbers) - 1, -1, -1) if numbers[k][1] == 1), None)
    if start is None:
        return len(lines)
    tail = numbers[start:]
    in_order = [n for _, n in tail] == list(range(1, len(tail) + 1))
    return tail[0][0] if in_order else len(lines)
