"""Text in, terminal out: the only module that prints."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kadernota import report

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kadernota.model import Problem

COLOURS = {"spot": "1", "key": "36", "rule": "2", "bad": "31", "good": "32"}


class Screen:
    """Answers go to standard output, all else to standard error; colour only on a terminal."""

    def __init__(self, root: Path | None = None) -> None:
        self.root = root or Path.cwd()
        self.colour = sys.stderr.isatty() and "NO_COLOR" not in os.environ

    def paint(self, kind: str, text: str) -> str:
        return f"\033[{COLOURS[kind]}m{text}\033[0m" if self.colour else text

    def where(self, path: str) -> str:
        """The path as seen from the folder the user stands in, so that editors can open it."""
        return os.path.relpath(self.root / path)

    def say(self, text: str, kind: str = "") -> None:
        print(self.paint(kind, text) if kind else text, file=sys.stderr, flush=True)

    def out(self, text: str) -> None:
        sys.stdout.write(text)
        sys.stdout.flush()

    def problems(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            self.say(report.line(problem, self.paint, self.where))
