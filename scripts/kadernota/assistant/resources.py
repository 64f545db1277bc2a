"""An IRI in, the thing as Markdown and as JSON-LD out; and the list of all things."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from kadernota.asking.ask import CannotAnswer
from kadernota.asking.wording import name
from kadernota.letters import shown
from kadernota.publishing import downloads

if TYPE_CHECKING:
    from collections.abc import Callable

    from kadernota.assistant.clerk import Clerk
    from kadernota.model import Loaded


class Things:
    """The things of a knowledge base, each under its own IRI."""

    def __init__(self, loaded: Loaded, clerk: Clerk) -> None:
        self.loaded = loaded
        self.clerk = clerk

    @property
    def base(self) -> str:
        return self.loaded.settings.base

    @cached_property
    def named(self) -> tuple[tuple[str, str], ...]:
        """Every thing that has a page of its own, with what people call it."""
        found = (t for t in self.loaded.asserted.index if t.startswith(self.base) and "#" not in t)
        return tuple((iri, name(iri, self.loaded)) for iri in sorted(found))

    @cached_property
    def _files(self) -> dict[str, Callable[[], bytes]]:
        return dict(downloads.each(self.loaded))

    def read(self, iri: str) -> dict[str, str]:
        """The thing by media type; raises CannotAnswer for an IRI that is no thing of ours."""
        address = iri.removeprefix(self.base)
        make = self._files.get(f"{address}.jsonld") if iri.startswith(self.base) else None
        if make is None:
            raise CannotAnswer(
                f"Het adres '{shown(iri)}' bestaat hier niet. Neem een adres dat search geeft."
            )
        return {
            "text/markdown": self.clerk.described(address).text,
            "application/ld+json": make().decode(),
        }
