"""The `#+` lines at the head of a rule or a question in, strict YAML at its place out."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from kadernota import letters
from kadernota.model import File, Place, Problem
from kadernota.reading.strict import parse

if TYPE_CHECKING:
    from kadernota.reading.tree import Table


def header(file: File) -> tuple[Table | None, tuple[Problem, ...]]:
    """What the leading `#+` lines say, or the first thing that is wrong with the file."""
    text, odd = letters.text(file)
    if odd:
        return None, (odd,)
    # Two spaces for the marks keep every key in its own column.
    lines = ["  " + line[2:] for line in takewhile(lambda x: x.startswith("#+"), text.split("\n"))]
    if not lines:
        message = "Begin met een kop: regels met #+ en dan title, question, audience en columns."
        return None, (Problem(Place(file.path), "", message, "vraag:kop"),)
    return parse(File(file.path, "\n".join(lines).encode()))
