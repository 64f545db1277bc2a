"""An official publication (HTML, or XML as CVDR and STOP have it) in, its blocks in order out.

CVDR: `regeling-tekst`, `kop` with `label`, `nr` and `titel`, `al`, `lijst`, `li nr="a."`, `table`,
`noot` with `noot.nr` and `noot.al`. STOP says the same with capitals: `Kop`, `Al`, `LiNummer`.
HTML: `li`, `td` and `h1`, and classes where HTML has no element: `voet noot`, `tussenkop`, `ol`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from kadernota.model import Place, Problem
from kadernota.tracing.block import (
    CELL,
    HEADING,
    ITEM,
    MARKER,
    NOTE,
    PARAGRAPH,
    Block,
    normal,
    unbulleted,
    unnumbered,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

    from kadernota.model import File

# What an element makes of the text in it, and what a class does where HTML has no such element.
KINDS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6", "caption", "title"), HEADING),
    **dict.fromkeys(("kop", "tussenkop", "intitule", "regelingopschrift"), HEADING),
    **dict.fromkeys(("td", "th", "entry"), CELL),
    **dict.fromkeys(("noot", "footnote"), NOTE),
    "li": ITEM,
}
HEADING_CLASS = re.compile(r".*kop\d*")
NOTE_CLASSES = frozenset({"noot", "voetnoot", "footnote"})
# The text of these goes on in the sentence around it; a note waits until that sentence has ended.
INLINE = frozenset([
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "br", "cite", "code", "contact", "cursief",
    "data", "dfn", "em", "extioref", "extref", "font", "i", "inf", "ins", "intioref", "intref",
    "kbd", "mark", "nadruk", "noot", "noot.nr", "nootnummer", "nootref", "onderstreept", "q", "s",
    "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "vet",
    "wbr",
])  # fmt: skip
# As those, but a word by itself: `<nr>1.</nr><titel>Inleiding</titel>` is one heading.
PARTS = frozenset([
    "achternaam", "br", "label", "nr", "nummer", "opschrift", "subtitel", "titel", "voornaam",
])  # fmt: skip
# What is no text of the regulation; the numbers of a list are among it.
SKIPPED = frozenset([
    "aside", "button", "del", "footer", "head", "input", "li.nr", "lidnr", "lidnummer", "linummer",
    "meta", "metadata", "nav", "noscript", "script", "select", "style", "svg", "template",
    "textarea", "verwijderdetekst",
])  # fmt: skip
SKIPPED_CLASSES = frozenset(["inhoudsopgave", "note-close", "ol", "toc", "verberg"])
NOTE_NUMBERS = frozenset({"noot.nr", "nootnummer"})
# Where the text of a publication stands, most precise first; else it is all there is.
CONTENT = (
    ".//*[@id='broodtekst']",
    ".//{*}main",
    *(f".//{{*}}Regeling{kind}" for kind in ("Compact", "Klassiek", "Tijdelijkdeel", "Vrijetekst")),
    ".//{*}body",
)


def blocks(file: File, kind: str) -> list[Block] | Problem:
    """The blocks of an HTML or XML file, the footnotes last, or why it cannot be read."""
    try:
        root = _html(file) if kind == "html" else _xml(file)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        return _problem(file, line, column, "Herstel dit bestand: dit is geen goede XML.")
    if root is None or isinstance(root, Problem):
        return root or []
    found = (root.find(path) for path in CONTENT)
    return _Walk().over(next((e for e in found if e is not None), root))


def _html(file: File) -> _Element | Problem | None:
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True
    )
    root = etree.fromstring(file.content, parser)
    # The parser mends what it can, but stops in silence where the nesting gets too deep.
    for entry in parser.error_log:
        if entry.level == etree.ErrorLevels.FATAL:
            message = "Maak dit bestand minder diep genest; het is niet helemaal te lezen."
            return _problem(file, entry.line, entry.column, message)
    return root


def _xml(file: File) -> _Element | Problem:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    root = etree.fromstring(file.content, parser)
    if (entity := next(root.iter(etree.Entity), None)) is not None:
        message = f"Vervang '{entity.text}' door de tekst waar het voor staat."
        return _problem(file, entity.sourceline or 1, 1, message)
    return root


def _problem(file: File, line: int, column: int, message: str) -> Problem:
    return Problem(Place(file.path, max(line, 1), max(column, 1)), "", message, "bron:vorm")


@dataclass(frozen=True, slots=True)
class _Open:
    """An element that has begun: what it makes of its text, and what happens when it ends."""

    kind: str
    edge: bool = False  # a passage ends where it begins and where it ends
    note: bool = False  # its text is gathered apart
    word: bool = False  # what follows is another word


class _Walk:
    """Gathers the text between two edges of blocks; the innermost element with a kind gives it."""

    def __init__(self) -> None:
        self.text: list[Block] = []
        self.notes: list[Block] = []
        self.open = [_Open(PARAGRAPH)]
        self.pending: list[list[str]] = [[]]

    def over(self, root: _Element) -> list[Block]:
        """Without recursion: a publication may be nested deeper than Python likes."""
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            if event == "end":
                self._leave("" if element is root else element.tail or "")
            elif self._is_text(element):
                self._enter(element)
            else:
                self.open.append(_Open(self.open[-1].kind))
                walk.skip_subtree()
        self._flush()
        return [*self.text, *self.notes]

    def _is_text(self, element: _Element) -> bool:
        """Whether what stands in an element is text of the regulation, here."""
        name, classes = _name(element), _classes(element)
        if self.open[-1].kind == NOTE:
            if name in NOTE_NUMBERS:  # it stands in the sentence
                self.pending[-2] += map(str, element.itertext())
                return False
            if "nootnum" in classes:  # it stood there already
                return False
        hidden = element.get("hidden") is not None or element.get("aria-hidden") == "true"
        named = name in SKIPPED or classes & SKIPPED_CLASSES or element.get("role") == "navigation"
        return not hidden and not named

    def _enter(self, element: _Element) -> None:
        name, outer = _name(element), self.open[-1].kind
        edge = name not in INLINE | PARTS
        kind = NOTE if outer == NOTE else _kind(element, edge=edge) or outer
        note = kind == NOTE != outer
        if edge:
            self._flush()
        if note:
            self.pending.append([])
        self.open.append(_Open(kind, edge, note, name in PARTS))
        self.pending[-1].append(element.text or "")

    def _leave(self, tail: str) -> None:
        ended = self.open[-1]
        if ended.edge or ended.note:
            self._flush()
        if ended.note:
            self.pending.pop()
        self.open.pop()
        self.pending[-1] += (" ", tail) if ended.word else (tail,)

    def _flush(self) -> None:
        """What was gathered is one passage; a marker alone is none."""
        text, kind = normal("".join(self.pending[-1])), self.open[-1].kind
        self.pending[-1].clear()
        if kind == ITEM:
            text = unbulleted(text)
        if kind == NOTE:
            text = unnumbered(text)
        if not MARKER.fullmatch(text):
            (self.notes if kind == NOTE else self.text).append(Block(kind, text))


def _kind(element: _Element, *, edge: bool) -> str:
    """What an element makes of its text; nothing when it leaves that to what is around it."""
    if (kind := KINDS.get(_name(element))) or not edge:
        return kind or ""
    classes = _classes(element)
    if classes & NOTE_CLASSES:
        return NOTE
    return HEADING if any(map(HEADING_CLASS.fullmatch, classes)) else ""


def _name(element: _Element) -> str:
    return str(element.tag).rpartition("}")[2].casefold()


def _classes(element: _Element) -> set[str]:
    return set((element.get("class") or "").split())
