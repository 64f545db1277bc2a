"""What people call a thing in, its address out; of any class."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from kadernota.asking.ask import CannotAnswer, choose, handles_of, of_now
from kadernota.hints import near_miss
from kadernota.letters import shown

if TYPE_CHECKING:
    from kadernota.model import Loaded


class Handles:
    """All things of a knowledge base by address, by name and by the names they also have."""

    def __init__(self, loaded: Loaded) -> None:
        self.loaded = loaded

    @cached_property
    def known(self) -> dict[str, list[str]]:
        """The things by what someone may type for them, in lower case."""
        found: dict[str, list[str]] = {}
        for thing in self.loaded.asserted.index:
            if thing.startswith(self.loaded.settings.base) and "#" not in thing:
                for handle in handles_of(thing, self.loaded):
                    found.setdefault(handle, []).append(thing)
        return found

    def at(self, text: str) -> str:
        """The thing with this address or this name; empty when there is none or more than one."""
        base, index = self.loaded.settings.base, self.loaded.asserted.index
        short = text.removeprefix(base)
        whole = base + self.loaded.redirects.get(short, short)
        return whole if whole in index else of_now(self._named(text), self.loaded)

    def meant(self, text: str) -> str:
        """The same; raises CannotAnswer with what it may be when that is not one thing."""
        if found := self.at(text):
            return found
        if candidates := self._named(text):
            raise CannotAnswer(
                choose(f"'{shown(text)}' kan meer dan één ding zijn", candidates, self.loaded)
            )
        hint = near_miss(" ".join(text.split()).casefold(), self.known).text
        raise CannotAnswer(f"'{shown(text)}' bestaat niet. {hint}".rstrip())

    def _named(self, text: str) -> list[str]:
        return self.known.get(" ".join(text.split()).casefold(), [])
