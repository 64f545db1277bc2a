"""Text in, terminal out: the only module that prints."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kadernota.checking import report

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO

    from kadernota.checking.excerpt import Lines
    from kadernota.model import Problem

COLOURS = {"spot": "1", "key": "36", "rule": "2", "bad": "31", "good": "32"}


def prepare() -> None:
    """Make the three streams fit to use: closed ones lead nowhere, files and pipes are UTF-8."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115
        elif isinstance(stream, io.TextIOWrapper):
            errors = "surrogateescape" if name == "stdin" else "backslashreplace"
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors=errors)


class Screen:
    """Answers go to standard output, all else to standard error; colour only on a terminal."""

    def __init__(self, root: Path | None = None, lines: Lines = lambda _: ()) -> None:
        self.root = root or Path()
        self.lines = lines  # of the files that people wrote, to show what is wrong in them
        self.colour = sys.stderr.isatty() and "NO_COLOR" not in os.environ

    def paint(self, kind: str, text: str) -> str:
        return f"\033[{COLOURS[kind]}m{text}\033[0m" if self.colour else text

    def where(self, path: str) -> str:
        """The path as seen from the folder the user stands in, so that editors can open it."""
        try:
            return os.path.relpath(self.root / path)
        except OSError:  # the folder the user stands in is gone
            return str(self.root / path)

    def say(self, text: str, kind: str = "") -> None:
        _write(sys.stderr, (self.paint(kind, text) if kind else text) + "\n")

    def out(self, text: str) -> None:
        _write(sys.stdout, text)

    @property
    def interactive(self) -> bool:
        """Whether there is a person to ask something."""
        return sys.stdin.isatty() and sys.stderr.isatty()

    def ask(self, question: str) -> str | None:
        """What the user answers; nothing when there are no more answers."""
        _write(sys.stderr, self.paint("key", question) + " ")
        line = sys.stdin.readline()
        return line.strip() if line else None

    def problems(self, problems: Iterable[Problem]) -> None:
        for text in report.told(problems, self.lines, self.paint, self.where):
            self.say(text)


def _write(stream: TextIO, text: str) -> None:
    """Write at once; when the reader has gone (`| head`), what we found still counts."""
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
