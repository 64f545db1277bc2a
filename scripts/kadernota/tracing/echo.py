"""An adopted text in; where another text runs along with it, out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

RUN = 10  # words in a row that are no coincidence
WORD = re.compile(r"[^\W_]+")


class Adopted:
    """Every run of ten words of the adopted text."""

    def __init__(self, passages: Iterable[str]) -> None:
        words = _words(" ".join(passages))
        self.runs = {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}

    def echo(self, text: str) -> str:
        """The first words of the first such run in the text; empty when there is none."""
        words = _words(text)
        for i in range(len(words) - RUN + 1):
            if tuple(words[i : i + RUN]) in self.runs:
                return " ".join(words[i : i + 5])
        return ""


def _words(text: str) -> list[str]:
    return [word.casefold() for word in WORD.findall(text)]
