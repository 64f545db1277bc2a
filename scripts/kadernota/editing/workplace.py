"""A session and its site in, a knowledge base that the form can change out."""

from __future__ import annotations

from threading import RLock
from typing import TYPE_CHECKING

from kadernota import sources as disk
from kadernota import write
from kadernota.authoring.rename import uses
from kadernota.comparing.changed import Kind
from kadernota.comparing.changes import changes
from kadernota.engine import engine
from kadernota.reading.settings import settings

if TYPE_CHECKING:
    from kadernota.change import Change
    from kadernota.engine import Engine
    from kadernota.model import File, Problem, Settings, Sources
    from kadernota.reading.documents import Document
    from kadernota.serve.live import Live
    from kadernota.serve.session import State

WORDS = {Kind.NEW: "Erbij", Kind.GONE: "Niet meer"}


class Workplace:
    """The knowledge base of one session.

    The words and the name are those of the start: who changes the engine starts again.
    """

    def __init__(self, live: Live, motor: Engine, config: Settings) -> None:
        self.live, self.session = live, live.session
        self.motor, self.config = motor, config
        self._lock = RLock()
        self._last: tuple[int, File, State] | None = None

    @property
    def sources(self) -> Sources:
        return self.session.sources

    @property
    def documents(self) -> tuple[Document, ...]:
        loaded = self.session.now.loaded
        return loaded.documents if loaded else ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        return self.session.problems

    def checked(self, file: File) -> tuple[Problem, ...]:
        return self._imagined(file).report.problems

    def _imagined(self, file: File) -> State:
        """The state with this file; the last one is kept, because more is asked of the same."""
        with self._lock:
            if not self._last or self._last[:2] != (self.session.number, file):
                self._last = self.session.number, file, self.session.imagined((file,))
            return self._last[2]

    def without(self, path: str) -> tuple[Problem, ...]:
        return self.session.check((), (path,)).problems

    def uses(self, address: str) -> tuple[Problem, ...]:
        loaded = self.session.now.loaded
        return uses(self.sources, loaded, address) if loaded else ()

    def follows(self, file: File) -> tuple[str, ...]:
        before, after = self.session.loaded, self._imagined(file).loaded
        if before is None or after is None or after.mistakes:
            return ()
        found = changes(before, after).follows
        return tuple(f"{WORDS[each.kind]}: {each.sentence}" for each in found)

    def content(self, path: str) -> bytes | None:
        return disk.now(self.session.root / path)

    def plain(self, path: str) -> bool:
        return disk.plain(self.session.root, path)

    def save(self, change: Change) -> None:
        write.together(self.session.root, (change,))
        self.session.refresh()

    def page(self, file: File) -> bytes | None:
        address = file.path.removeprefix("data/").removesuffix(".yaml")
        page = self.live.imagined(self._imagined(file), address)
        return page.encode() if page else None


def workplace(live: Live) -> Workplace | tuple[Problem, ...]:
    """The knowledge base of this session, or why nothing in it can be edited."""
    motor, problems = engine(live.session.sources)
    if motor is None:
        return problems
    config, problems = settings(live.session.sources.settings)
    return Workplace(live, motor, config) if config else problems
