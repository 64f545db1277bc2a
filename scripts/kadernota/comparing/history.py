"""The name of a commit in, its Sources out: as if its files lay in a folder, but none is written.

What the commit lacks (an ontology, shapes, questions, a site) is the engine's own, as of today;
so old data are judged by old rules where these were kept with them.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kadernota import git
from kadernota.letters import shown, visible
from kadernota.model import File
from kadernota.sources import BUILDER, ENGINE, FORGE, REDIRECTS, SETTINGS, Reader, gathered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kadernota.model import Sources, Version

FOLDERS = ("data", "ontology", "shapes", "queries", "site")
HELD = (SETTINGS, REDIRECTS, FORGE, BUILDER, *FOLDERS)
REMEDIES = {
    "tree": "Vervang deze koppeling door een gewone map.",
    "symlink": "Vervang deze koppeling door het bestand zelf; dat staat niet in git.",
    "missing": "Haal dit bestand op (git fetch); git heeft het hier niet.",
}
BROKEN = "Zet het bestand terug waar deze koppeling naar wijst, of verwijder de koppeling."


def sources(root: Path, version: Version, name: str) -> Sources:
    """Everything people wrote, as it was in this commit; raises NoVersion when that was nothing."""
    reader = _Commit(root, version)
    if SETTINGS not in reader.held:
        message = f"Noem een versie waarin {SETTINGS} al bestond; in '{shown(name)}' nog niet."
        raise git.NoVersion(message)
    top = reader.top
    found = gathered(reader, top, reader.file(top, top / SETTINGS), reader.folder(top, "data"))
    return replace(found, root=root, unreadable=tuple(reader.unreadable), version=version)


class _Commit(Reader):
    """Reads from a commit what it holds, and the rest from the engine."""

    def __init__(self, root: Path, version: Version) -> None:
        super().__init__()
        self.top = Path(f"git:{version.commit}")  # no folder on the disk, nor that of the engine
        self.held = {blob.path: blob for blob in git.files(root, version.commit, HELD)}

    def whose(self, root: Path, name: str) -> Path:
        own = name in self.held or any(path.startswith(name + "/") for path in self.held)
        return root if own else ENGINE

    def optional(self, root: Path, name: str) -> File | None:
        return self.file(root, root / name) if name in self.held else None

    def file(self, root: Path, path: Path) -> File:
        if root != self.top:
            return super().file(root, path)
        name = path.relative_to(root).as_posix()
        blob = self.held.get(name, git.Blob(name, b"", "dangling"))
        if blob.broken:
            self.refuse(visible(name), REMEDIES.get(blob.broken, BROKEN))
        return File(visible(name), blob.content)

    def walk(self, root: Path, folder: Path, deep: bool) -> Iterator[Path]:  # noqa: FBT001
        if root != self.top:
            yield from super().walk(root, folder, deep)
            return
        inside = folder.relative_to(root).as_posix() + "/"
        for name in self.held:
            parts = name.removeprefix(inside).split("/")
            hidden = any(part.startswith(".") for part in parts)
            if name.startswith(inside) and not hidden and (deep or len(parts) == 1):
                yield root / name
