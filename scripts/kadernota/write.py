"""Files in, a folder on disk out, whole or not at all: the only module that writes."""

from __future__ import annotations

import errno
import filecmp
import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from kadernota.sources import now

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kadernota.change import Change
    from kadernota.model import File
    from kadernota.pipeline import Built

DISK = {
    errno.ENOSPC: "maak ruimte vrij, de schijf is vol",
    errno.EACCES: "je hebt hier geen recht om te schrijven",
    errno.EPERM: "je hebt hier geen recht om te schrijven",
    errno.EROFS: "deze schijf is alleen om te lezen",
    errno.ENAMETOOLONG: "kies een kortere naam",
    errno.ENOTDIR: "er staat een bestand waar een map hoort",
    errno.EEXIST: "er staat een bestand waar een map hoort",
    errno.EISDIR: "er staat een map waar een bestand hoort",
}
DAWN = "1681171200"  # 11 April 2023: without git, a build still has one fixed date
PENDING = ".wijziging"  # in the knowledge base: what was decided and is not all written yet


class Meanwhile(Exception):  # noqa: N818 - its text is the file that is no longer what it was
    """Somebody changed a file after we read it; nothing was written."""


class SiteFailed(Exception):  # noqa: N818 - its text is what the site builder said
    """The site builder refused the pages; the previous site is still there."""


def refusal(error: OSError) -> str:
    """Why the disk refused, and what to do about it."""
    return DISK.get(error.errno or 0, "het besturingssysteem weigert het")


def folder(files: Iterable[File], target: Path) -> None:
    """Replace the folder by one that holds exactly these files."""
    fresh = target.with_name(target.name + ".nieuw")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    for file in files:
        path = fresh / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
    swap(fresh, target)


def swap(fresh: Path, target: Path) -> None:
    """Put `fresh` in the place of `target`; the old one is only removed afterwards."""
    recover(target)
    old = _old(target)
    if target.exists():
        target.rename(old)
    fresh.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def recover(target: Path) -> None:
    """Put back what a run left aside when it was killed halfway a swap."""
    old = _old(target)
    if old.exists() and not target.exists():
        old.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def _old(target: Path) -> Path:
    return target.with_name(target.name + ".oud")


def file(path: Path, content: bytes) -> None:
    """Write one file; a reader sees the old one or the new one, never half."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(path.name + ".nieuw")
    fresh.write_bytes(content)
    fresh.replace(path)


def refresh(files: Iterable[File], target: Path) -> None:
    """Let the folder hold these files; what did not change is left alone, or editors read it again.

    Two runs at once may do this: each writes beside the file, under a name of its own.
    """
    target.mkdir(parents=True, exist_ok=True)
    for file in files:
        path = target / file.path
        fresh = path.with_name(f"{path.name}.{os.getpid()}")
        fresh.write_bytes(file.content)
        if path.is_file() and filecmp.cmp(fresh, path, shallow=False):
            fresh.unlink()
        else:
            fresh.replace(path)


def together(root: Path, changes: Iterable[Change]) -> None:
    """Make all of these changes or none of them, also when the disk is full or we are killed.

    They are prepared in a folder of their own. Its new name decides; from then on `finish`, now or
    in the next command, does the rest. Raises Meanwhile when a file is not what it was.
    """
    planned = tuple(changes)
    fresh = root / (PENDING + ".nieuw")
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        for change in planned:
            target, kind = root / change.path, "weg" if change.new is None else "nieuw"
            if now(target) != change.old:
                raise Meanwhile(change.path)
            if not os.access(target.parent, os.W_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target))
            path = fresh / kind / change.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(change.new or b"")
        if planned:
            fresh.rename(root / PENDING)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    finish(root)


def finish(root: Path) -> bool:
    """Write what was decided but not yet written; whether there was any."""
    stage = root / PENDING
    if not stage.is_dir():
        return False
    for kind in ("nieuw", "weg"):
        for folder, _, names in os.walk(stage / kind):
            for name in names:
                path = Path(folder, name)
                target = root / path.relative_to(stage / kind)
                if kind == "weg":
                    target.unlink(missing_ok=True)
                else:
                    shutil.move(path, target)
    shutil.rmtree(stage, ignore_errors=True)
    return True


def new_file(path: Path, content: bytes) -> bool:
    """Write a file that does not exist yet; False, and nothing written, when it does."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("xb") as out:
            out.write(content)
    except FileExistsError:
        return False
    return True


def new_files(root: Path, files: Sequence[File]) -> str:
    """Write files that do not exist yet, all or none; the path of one that does exist, or nothing.

    In the order given: what makes the others count comes last.
    """
    if there := next((f.path for f in files if os.path.lexists(root / f.path)), ""):
        return there
    fresh = {p for f in files for p in (root / f.path).parents if not p.exists()}
    made: list[Path] = []
    try:
        for one in files:
            if not new_file(root / one.path, one.content):
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), one.path)
            made.append(root / one.path)
    except BaseException:  # also when the user stops us halfway
        for path in (*reversed(made), *sorted(fresh, reverse=True)):
            with suppress(OSError):
                path.rmdir() if path in fresh else path.unlink()
        raise
    return ""


def built(made: Built, target: Path) -> None:
    """Write what a build made, up to the site itself."""
    for one in (*made.files, made.config):
        file(target / one.path, one.content)
    folder(made.answers, target / "4-answers")
    folder(made.pages, target / "5-pages")
    folder(made.theme, target / "theme")


def site(config: Path, target: Path) -> None:
    """Let mkdocs turn the pages into a site, and only then replace the previous one."""
    fresh = target.with_name(target.name + ".nieuw")
    shutil.rmtree(fresh, ignore_errors=True)
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    command += ["--config-file", str(config), "--site-dir", str(fresh)]
    here = config.parent
    env = os.environ | {
        "SOURCE_DATE_EPOCH": _commit_time(here),
        "NO_MKDOCS_2_WARNING": "1",
        "DISABLE_MKDOCS_2_WARNING": "true",
    }
    done = subprocess.run(command, env=env, cwd=here, capture_output=True, text=True, check=False)
    if done.returncode:
        shutil.rmtree(fresh, ignore_errors=True)
        raise SiteFailed((done.stderr or done.stdout).strip())
    swap(fresh, target)


def _commit_time(root: Path) -> str:
    command = ["git", "log", "-1", "--format=%ct"]
    try:
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    except OSError:
        return DAWN
    return done.stdout.strip() or DAWN
