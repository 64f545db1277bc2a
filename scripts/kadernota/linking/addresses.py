"""Settings in, the addresses out with which the site speaks of itself to the world."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kadernota.publishing.things import to_top

if TYPE_CHECKING:
    from kadernota.model import Settings

ENGINE = "https://w3id.org/kadernota"
CATALOG, ORIGIN, GLOSSARY = "catalogus", "herkomst", "begrippen"
DOCUMENTS = (GLOSSARY, CATALOG, ORIGIN)  # beside the things: they have a page and data as well
TOOI = "https://identifier.overheid.nl/tooi/id/gemeente/"


def home(settings: Settings) -> str:
    """What absolute addresses begin with; without a known site the permanent ones lead there."""
    return settings.site or settings.base


def municipality(settings: Settings) -> str:
    """The municipality in the register of Dutch governments, by its code."""
    return TOOI + settings.code


def beside(address: str, path: str) -> str:
    """The way from the page at this address (`a/b/`) to a file of the site."""
    return to_top(address).removeprefix("./") + path or "./"
