"""The knowledge base as it is on disk now: read and checked again whenever it changes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from threading import RLock
from typing import TYPE_CHECKING

from kadernota.serve.kept import Kept
from kadernota.sources import read

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from kadernota.model import File, Loaded, Problem, Report, Sources


@dataclass(frozen=True, slots=True)
class State:
    """What was on disk at one moment, what that came to, and what was wrong with it.

    There is no graph while there are mistakes in form.
    """

    sources: Sources
    loaded: Loaded | None
    report: Report


class Session:
    """Holds the state now, and the newest of which pages can be shown.

    `good` has a graph: a broken file does not take the site away. What was checked last is kept, so
    that the next check, of a draft or of the disk, only follows what differs from it.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.number = 1  # of the state: another number, another state
        self._lock = RLock()
        self._kept = Kept()
        self.now = self._state(read(root))
        self.good = self._good()

    @property
    def sources(self) -> Sources:
        return self.now.sources

    @property
    def loaded(self) -> Loaded | None:
        """The newest graph without mistakes in form."""
        return self.good.loaded if self.good else None

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All that is wrong now."""
        return self.now.report.problems

    def refresh(self) -> bool:
        """Read the folder again; whether anything has changed."""
        with self._lock:
            fresh = read(self.root)
            if fresh == self.now.sources:
                return False
            self.now = self._state(fresh)
            self.good = self._good() or self.good
            self.number += 1
            return True

    def imagined(self, drafts: Iterable[File], gone: Iterable[str] = ()) -> State:
        """The state with these files instead of what is there; nothing is written."""
        with self._lock:
            return self._state(overlaid(self.sources, drafts, gone))

    def check(self, drafts: Iterable[File], gone: Iterable[str] = ()) -> Report:
        """What would be wrong with these files instead of what is there."""
        return self.imagined(drafts, gone).report

    def checked(self, draft: File) -> tuple[Problem, ...]:
        """The problems with one file instead of what is there."""
        return self.check((draft,)).problems

    def _good(self) -> State | None:
        return self.now if self.now.loaded else None

    def _state(self, sources: Sources) -> State:
        return State(sources, *self._kept.check(sources))


def overlaid(sources: Sources, drafts: Iterable[File], gone: Iterable[str] = ()) -> Sources:
    """The sources with these files under data/ instead of what is there, and without those gone."""
    files = {file.path: file for file in sources.data if file.path not in {*gone}}
    files |= {draft.path: draft for draft in drafts}
    return replace(sources, data=tuple(files[path] for path in sorted(files, key=_order)))


def _order(path: str) -> list[str]:
    """Files stand in the order in which folders are walked: by the parts of their path."""
    return path.split("/")
