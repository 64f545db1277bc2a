"""The name of a commit in, its Sources out: as if its files lay in a folder, but none is written.

What the commit lacks (an ontology, shapes, questions, a site) is the engine's own, as of today;
so old data are judged by old rules where these were kept with them.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from kadernota import git
from kadernota.letters import shown, visible
from kadernota.model import File, Place, Problem
from kadernota.sources import ENGINE, FORGE, REDIRECTS, SETTINGS, read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kadernota.git import Blob
    from kadernota.model import Sources, Version

CONTEXT = "ontology/context.jsonld"
HELD = (SETTINGS, REDIRECTS, FORGE, "data", "ontology", "shapes", "queries", "site")
REMEDIES = {
    "tree": "Vervang deze koppeling door een gewone map.",
    "symlink": "Vervang deze koppeling door het bestand zelf; dat staat niet in git.",
    "missing": "Haal dit bestand op (git fetch); git heeft het hier niet.",
}
BROKEN = "Zet het bestand terug waar deze koppeling naar wijst, of verwijder de koppeling."


def sources(root: Path, version: Version, name: str) -> Sources:
    """Everything people wrote, as it was in this commit; raises NoVersion when that was nothing."""
    held = {blob.path: blob for blob in git.files(root, version.commit, HELD)}
    if SETTINGS not in held:
        message = f"Noem een versie waarin {SETTINGS} al bestond; in '{shown(name)}' nog niet."
        raise git.NoVersion(message)
    engine = read(ENGINE)
    found = replace(
        engine,
        root=root,
        settings=_file(held[SETTINGS]),
        data=_folder(held, "data"),
        unreadable=tuple(_unreadable(held)),
        version=version,
        adopted=None,
        redirects=_file(held[REDIRECTS]) if REDIRECTS in held else None,
        forge=_file(held[FORGE]) if FORGE in held else None,
        cms=(),  # only a site that is built needs it
    )
    if any(path.startswith("ontology/") for path in held):
        context = held.get(CONTEXT, git.Blob(CONTEXT, b"", "dangling"))
        found = replace(
            found,
            context=_file(context),
            ontology=_folder(held, "ontology", ".ttl"),
            rules=_folder(held, "ontology/rules", ".ru"),
        )
    own = {
        folder: files
        for folder, ending in (("shapes", ".ttl"), ("queries", ".rq"), ("site", ""))
        if (files := _folder(held, folder, ending))
    }
    return replace(found, **own)  # type: ignore[arg-type]  # the keys are those of Sources


def _folder(held: dict[str, Blob], folder: str, ending: str = "") -> tuple[File, ...]:
    """The files in a folder; with an ending only those directly in it that have it."""
    inside = {
        path: PurePosixPath(path).relative_to(folder).parts
        for path in held
        if path.startswith(folder + "/")
    }
    return tuple(
        _file(held[path])
        for path, parts in sorted(inside.items(), key=lambda each: each[1])
        if not any(part.startswith(".") for part in parts)
        and (not ending or (len(parts) == 1 and path.endswith(ending)))
    )


def _file(blob: Blob) -> File:
    return File(visible(blob.path), blob.content)


def _unreadable(held: dict[str, Blob]) -> Iterator[Problem]:
    for blob in held.values():
        if blob.broken:
            remedy = REMEDIES.get(blob.broken, BROKEN)
            yield Problem(Place(visible(blob.path)), "", remedy, "invoer:onleesbaar")
