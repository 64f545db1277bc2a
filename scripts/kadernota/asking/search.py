"""Plain words in, the questions and things that they may mean out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kadernota.asking.ask import handles_of, label

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kadernota.asking.questions import Question
    from kadernota.model import Loaded


@dataclass(frozen=True, slots=True)
class Hit:
    """A question (`vraag`) by its name, or a thing (`ding`) by its address."""

    kind: str
    id: str
    label: str
    values: Mapping[str, str]
    score: float


Entry = tuple[str, str, str, frozenset[str]]


def index(loaded: Loaded, questions: Iterable[Question]) -> tuple[Entry, ...]:
    """What can be found: kind, id and label, with the words that lead there."""
    base = loaded.settings.base
    things = [t for t in loaded.asserted.index if t.startswith(base) and "#" not in t]
    return (
        *(("vraag", q.name, q.title["nl"], _words(q.title["nl"], q.text["nl"])) for q in questions),
        *(
            ("ding", t.removeprefix(base), label(t, loaded.closed), _words(*handles_of(t, loaded)))
            for t in things
        ),
    )


class Finder:
    """Finds by the share of words that are the same."""

    def __init__(self, entries: tuple[Entry, ...]) -> None:
        self.entries = entries

    def find(self, text: str, limit: int = 10) -> tuple[Hit, ...]:
        """The best first; of those that are as good, in alphabetical order."""
        wanted = _words(text)
        found = [
            Hit(kind, name, called, {}, len(wanted & words) / len(wanted | words))
            for kind, name, called, words in self.entries
            if wanted & words
        ]
        return tuple(sorted(found, key=lambda h: (-h.score, h.id))[:limit])


def _words(*texts: str) -> frozenset[str]:
    return frozenset(word for text in texts for word in text.casefold().replace("/", " ").split())
