"""A problem and the lines of its file in, the line with the place marked out."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from kadernota.reading.locate import TOKEN

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kadernota.model import Problem, Sources

    Lines = Callable[[str], Sequence[str]]  # the lines of a file by its path; none of an unread one

# What stands at a place in YAML: a quoted value, a key, or a plain value up to a comment.
YAML = re.compile(
    r""""(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|(?P<key>[^\s#][^#]*?)(?=:(?:\s|$))|\S.*?(?=\s+\#|\s*$)"""
)
IN_BRACKETS = re.compile(r"(?:^|: |- )\s*[\[{][^\]}]*$")
WORD = re.compile(r"\w+")
# One character is wrong, not the word that it stands in.
POINTS = {"invoer:codering", "invoer:tab", "invoer:yaml", "invoer:opmerking", "invoer:turtle"}
POINTS |= {"vraag:sparql", "motor:vorm", "bron:vorm"}
# The file is wrong as a whole, or something is not in it.
WHOLE = {
    "invoer:plek",
    "invoer:bestandsnaam",
    "invoer:leeg",
    "invoer:onleesbaar",
    "invoer:dubbel-ding",
}
WIDEST = 100  # cells of a line that is shown; of a longer one a part
ABOUT = 40  # cells before the place that are shown then
MARK, CUT = "^", "…"


def lines(sources: Sources) -> Lines:
    """The lines of each file that people wrote, to be shown with what is wrong in them."""
    files = (
        sources.settings,
        *([sources.redirects] if sources.redirects else []),
        *([sources.searchwords] if sources.searchwords else []),
        *sources.data,
        sources.context,
        *sources.ontology,
        *sources.rules,
        *sources.shapes,
        *sources.queries,
    )
    contents = {file.path: file.content for file in files}

    def of(path: str) -> Sequence[str]:
        text = contents.get(path, b"").decode("utf-8", "surrogateescape")
        return [line.removesuffix("\r") for line in text.split("\n")] if text else ()

    return of


def span(problem: Problem, text: Sequence[str]) -> tuple[int, int] | None:
    """The columns that are wrong, from 1 and up to but without the last; None for a whole file."""
    place = problem.place
    if problem.rule in WHOLE or place.line > len(text):
        return None
    line, at = text[place.line - 1], place.column - 1
    if problem.rule in POINTS:
        return place.column, place.column + _character(line, at)
    token = _token(place.file, line, at)
    top = place.line == place.column == 1
    if top and (not problem.key or token != problem.key) and not problem.rule.startswith("invoer:"):
        return None  # said of the thing: what is lacking stands nowhere
    return place.column, place.column + max(len(token), 1)


def _token(path: str, line: str, at: int) -> str:
    if path.endswith(".ttl"):
        found = TOKEN.match(line, at)
    elif path.endswith(".yaml") or line.startswith("#+"):
        found = YAML.match(line, at)
        if found and IN_BRACKETS.search(line[:at]):
            return re.split(r"\s*[,\]}]", found[0])[0]
    else:
        found = WORD.match(line, at)
    return found[0] if found else ""


def _character(line: str, at: int) -> int:
    """The length of one character as people count: a letter with the accents that follow it."""
    end = at + 1
    while end < len(line) and unicodedata.combining(line[end]):
        end += 1
    return end - at


def excerpt(problem: Problem, text: Sequence[str]) -> tuple[str, str, str] | None:
    """Line number, line and marks, of equal width; None when there is no line to show."""
    if not (found := span(problem, text)):
        return None
    number, line = problem.place.line, text[problem.place.line - 1]
    start, end = (column - 1 for column in found)
    before, marked, after = visible(line[:start]), visible(line[start:end]), visible(line[end:])
    if width(before) + width(marked) + width(after) > WIDEST:
        before = _last(before, ABOUT)
        marked = _first(marked, WIDEST - ABOUT)
        after = _first(after, WIDEST - width(before) - width(marked))
    marks = " " * width(before) + MARK * max(width(marked), 1)
    return str(number), before + marked + after, marks


def visible(text: str) -> str:
    """A line as it can be shown: with a sign for what cannot be seen."""
    return "".join(map(_sign, text))


def _sign(c: str) -> str:
    if c == "\t":
        return "→"
    if "\udc80" <= c <= "\udcff":  # a byte that is no UTF-8
        return f"\\x{ord(c) - 0xDC00:02x}"
    if c.isprintable() and not unicodedata.category(c).startswith("M"):
        return c
    return f"\\u{ord(c):04x}" if ord(c) < 0x10000 else f"\\U{ord(c):08x}"


def width(text: str) -> int:
    """How many cells of a terminal a text takes."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _first(text: str, cells: int) -> str:
    """The beginning of a text, in so many cells."""
    if width(text) <= cells:
        return text
    kept = text[: max(cells - 1, 0)]
    while kept and width(kept) > cells - 1:
        kept = kept[:-1]
    return kept + CUT


def _last(text: str, cells: int) -> str:
    """The end of a text, in so many cells."""
    return _first(text[::-1], cells)[::-1]
