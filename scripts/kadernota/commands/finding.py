"""The command that finds: words in, the questions and things that fit out."""

from __future__ import annotations

import json
import shlex
from typing import TYPE_CHECKING

from kadernota.asking import findable
from kadernota.asking.ask import CannotAnswer
from kadernota.asking.find import Finder
from kadernota.commands.opened import opened
from kadernota.letters import shown

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from kadernota.asking.find import Hit
    from kadernota.asking.questions import Question
    from kadernota.commands.screen import Screen
    from kadernota.model import Sources

MOST = 8  # hits on a screen: who has not seen it by then tries other words


def arguments(made: argparse.ArgumentParser) -> None:
    made.add_argument("woorden", nargs="+", help="bijvoorbeeld: wie werkt er aan ondermijning")


def action(
    options: argparse.Namespace, sources: Sources, asked: tuple[Question, ...], screen: Screen
) -> int:
    text = " ".join(options.woorden)
    if not text.strip():
        raise CannotAnswer("Typ achter 'zoek' de woorden waarnaar je zoekt.")
    if (loaded := opened(options, sources, asked, screen)) is None:
        return 1
    hits = Finder(findable.index(loaded, asked)).find(text, MOST)
    if options.json:
        rows = [_row(hit, asked) for hit in hits]
        screen.out(json.dumps(rows, ensure_ascii=False, indent=2) + "\n")
    elif hits:
        screen.out("".join(f"{line}\n" for hit in hits for line in _lines(hit, asked)))
    if not hits:
        screen.say(f"Niets gevonden bij '{shown(text)}'. Probeer een ander woord.")
    return 0 if hits else 1


def _row(hit: Hit, asked: tuple[Question, ...]) -> dict[str, object]:
    row: dict[str, object] = {"soort": hit.kind, "id": hit.id, "naam": hit.label}
    if hit.kind == "vraag":
        row |= {"waarden": dict(hit.values), "opdracht": _command(hit, asked)}
    return row


def _lines(hit: Hit, asked: tuple[Question, ...]) -> Iterator[str]:
    yield hit.label
    yield f"  {_command(hit, asked) if hit.kind == 'vraag' else hit.id}"


def _command(hit: Hit, asked: tuple[Question, ...]) -> str:
    """What to type for this question with these values."""
    question = next(q for q in asked if q.name == hit.id)
    given = [
        word
        for p in question.parameters
        if p.name in hit.values
        for word in (f"--{p.flag}", hit.values[p.name])
    ]
    return shlex.join(["kadernota", "ask", hit.id, *given])
