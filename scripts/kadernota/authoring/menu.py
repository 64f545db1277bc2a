"""`mkdocs.yml` in, the one of this build out: with our name, and no entry without a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from kadernota.model import File
from kadernota.sources import BUILDER

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Set

    from kadernota.model import Settings
    from kadernota.publishing.summary import Summary

THEME = "site/theme/"
Own = dict[str, Any]
# The theme puts these words in HTML as they are: no sign in them may mean anything there.
SIGNS = str.maketrans({"<": None, ">": None, '"': "”", "'": "’", "&": "en"})
HERE = {"docs_dir": "5-pages", "site_dir": "6-site"}


def given(files: Iterable[File]) -> dict[str, Any]:
    """What `mkdocs.yml` says; nothing when it cannot be read: the site builder says why best."""
    file = next(f for f in files if f.path == BUILDER)
    try:
        found = yaml.load(file.content, yaml.CSafeLoader)
        return {**found, "theme": {**found["theme"]}, "extra": {**(found.get("extra") or {})}}
    except (yaml.YAMLError, ValueError, TypeError, LookupError):
        return {}


def ours(found: Mapping[str, Any], config: Settings, said: Summary, pages: Set[str]) -> Own:
    """What this knowledge base makes of it; a page that comes later is in the menu by itself."""
    known = {"nota": f"{config.memorandum}/", "vastgesteld": bool(said.adopted)}
    return {
        "site_name": config.name.translate(SIGNS),
        "site_description": said.about.translate(SIGNS),
        "extra": found.get("extra", {}) | known,  # what the foot of each page says
        "nav": _kept(found.get("nav"), pages),
        **({"site_url": config.site} if config.site else {}),
    }


def built(files: tuple[File, ...], config: Settings, said: Summary, pages: Set[str]) -> File:
    """How the site builder makes this site, as seen from build/."""
    if not (found := given(files)):
        return next(f for f in files if f.path == BUILDER)
    theme = {"theme": found["theme"] | {"custom_dir": "theme"}}
    whole = found | HERE | theme | ours(found, config, said, pages)
    return File(BUILDER, yaml.safe_dump(whole, allow_unicode=True, sort_keys=False).encode())


def _kept(entry: Any, pages: Set[str]) -> Any:
    """The entries whose page exists; a heading without any is left out as well."""
    if not entry:
        return None
    if isinstance(entry, list):
        return [kept for one in entry if (kept := _kept(one, pages))]
    if isinstance(entry, dict):
        return {title: kept for title, inner in entry.items() if (kept := _kept(inner, pages))}
    return entry if entry in pages or not str(entry).endswith(".md") else None


def theme(files: tuple[File, ...]) -> tuple[File, ...]:
    """The files that change the theme of the site builder."""
    return tuple(
        File(f.path.removeprefix(THEME), f.content) for f in files if f.path.startswith(THEME)
    )
