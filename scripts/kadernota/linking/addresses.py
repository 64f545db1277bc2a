"""Settings in, the addresses out with which the site speaks of itself to the world."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    return "../" * address.count("/") + path or "./"


def page_of(path: str) -> str:
    """Where a page stands in the site: `a/b.md` becomes `a/b/`, the front page nothing."""
    whole = path.removesuffix(".md").removesuffix("index").rstrip("/")
    return f"{whole}/" if whole else ""
