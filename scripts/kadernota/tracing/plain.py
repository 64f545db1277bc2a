"""Plain text in, its blocks in order out; kinds are told from the layout, as well as that can be.

Official plain text has no marks: an empty paragraph is a line with a no-break space, an item is
indented or has a bullet, a cell is a line of its own, and footnotes come last, under a number.
What cannot be told: a short paragraph from a heading, the first cell of a table from a heading,
the lines of a signature or a short table from cells or paragraphs, and what is in a cell from the
cell. A person may correct that in the register; reading the text again leaves it corrected.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

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
    from collections.abc import Iterable, Iterator, Sequence

NUMBERED = re.compile(r"\d{1,2}\. [A-Z]")
ENDING = tuple(".;:,!?)")
LONGEST = 15  # words in a heading

Line = tuple[str, str]  # as it stands there, and normalised


def blocks(text: str) -> Iterator[Block]:
    """The blocks of a plain text: what stands between empty paragraphs, then the footnotes."""
    lines = [(raw, normal(raw)) for raw in text.splitlines()]
    notes = _notes_from([found for _, found in lines])
    for group in _groups(lines[:notes]):
        yield from _group(group)
    for _, found in lines[notes:]:
        if not MARKER.fullmatch(note := unnumbered(found)):
            yield Block(NOTE, note)


def _groups(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """The lines between two empty paragraphs; a numbered heading needs none before it."""
    group: list[Line] = []
    for raw, found in lines:
        gap = bool(raw.strip(" \t")) and not found
        if gap or (NUMBERED.match(found) and not _indented(raw)):
            yield group
            group = []
        if not MARKER.fullmatch(found):
            group.append((raw, unbulleted(found)))
    yield group


def _group(group: Sequence[Line]) -> Iterator[Block]:
    """A heading with text, or a table when many lines are short."""
    short = [found for raw, found in group if not _indented(raw) and not found.endswith(ENDING)]
    table = len(short) > 2 or (len(short) == 2 and len(group) > 3)
    for i, (raw, found) in enumerate(group):
        if _indented(raw):
            yield Block(ITEM, found)
        elif i == 0 and not found.endswith(ENDING) and len(found.split()) <= LONGEST:
            yield Block(HEADING, found)
        else:
            yield Block(CELL if table else PARAGRAPH, found)


def _indented(raw: str) -> bool:
    return raw.startswith("    ") or raw.lstrip(" ").startswith("•")


def _notes_from(lines: Sequence[str]) -> int:
    """Where the footnotes start: the last lines that count 1, 2, 3 ... up to the end."""
    numbers = [(i, int(found)) for i, found in enumerate(lines) if found.isdecimal()]
    start = next((k for k in range(len(numbers) - 1, -1, -1) if numbers[k][1] == 1), None)
    if start is None:
        return len(lines)
    tail = numbers[start:]
    in_order = [n for _, n in tail] == list(range(1, len(tail) + 1))
    return tail[0][0] if in_order else len(lines)
