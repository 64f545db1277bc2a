"""What a command of `kadernota` is: its words, its own arguments, and what it runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from kadernota.asking.questions import Question
    from kadernota.commands.screen import Screen
    from kadernota.model import Sources


@dataclass(frozen=True, slots=True)
class Command:
    """One command: what it does in a sentence, what it adds to the parser, what it does.

    `action` returns the exit code: 0, 1 (the data must change) or 2 (the command must change).
    """

    words: str
    action: Callable[[argparse.Namespace, Sources, tuple[Question, ...], Screen], int]
    arguments: Callable[[argparse.ArgumentParser], None] = lambda _: None
    anywhere: bool = False  # needs no knowledge base: its sources are the engine's own files


def port(text: str) -> int:
    """A port number; raises ValueError for what cannot be one."""
    number = int(text)
    if not 0 < number < 2**16:
        raise ValueError(text)
    return number
