"""Git asked, answers out: which commit a name means, and the files that a commit holds."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kadernota.hints import near_miss
from kadernota.letters import shown
from kadernota.model import Version

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

# Messages of git in one language; nothing locked; no network, also where git would fetch.
PLAIN = {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1"}
# What git tells its hooks about the folder that these run in; ours may be another one.
THERE = {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"}
LINK, MODULE = b"120000", b"160000"


class NoVersion(Exception):  # noqa: N818 - it is the answer to a wrong command
    """Git has no such version here; the text says, in Dutch, what to do."""


@dataclass(frozen=True, slots=True)
class Blob:
    """A file of a commit; `broken` says why there is no content: a link, and where it leads."""

    path: str
    content: bytes
    broken: str = ""  # dangling | symlink (leads out of git) | loop | notdir | tree | missing


def version(root: Path) -> Version | None:
    """What git says of this folder; nothing when it is not in a repository, or without git."""
    try:
        commit, _, time = _asked(root, "log", "-1", "--format=%H %cI").partition(" ")
        own = ("data", "kadernota.yaml", "omleidingen.yaml", "zoekwoorden.yaml")
        changed = bool(_asked(root, "status", "--porcelain", "--", *own))
    except NoVersion:
        return None
    return Version(commit, time, changed)


def commit(root: Path, name: str) -> Version:
    """The commit that a branch, a tag or a number means; raises NoVersion when nothing does."""
    _asked(root, "rev-parse", "--git-dir")
    try:
        if name.startswith("-") or "\0" in name:  # an option is no name
            raise NoVersion
        found = _asked(root, "rev-parse", "--verify", "--quiet", name + "^{commit}")
    except NoVersion:
        raise NoVersion(_unknown(root, name)) from None
    time = _asked(root, "show", "--no-patch", "--format=%cI", found)
    return Version(found, time, changed=False)


def fork(root: Path, one: Version, other: Version) -> Version:
    """The last commit that two branches share."""
    try:
        return commit(root, _asked(root, "merge-base", one.commit, other.commit))
    except NoVersion:
        message = "Noem twee versies die uit elkaar zijn gegroeid; deze delen geen begin."
        raise NoVersion(message) from None


def _unknown(root: Path, name: str) -> str:
    refs = _asked(root, "for-each-ref", "--format=%(refname:short)").split()
    if not refs:
        return "Leg eerst een versie vast (git commit); er is er nog geen."
    hint = near_miss(name, refs).text if name else ""
    if not hint and _asked(root, "rev-parse", "--is-shallow-repository") == "true":
        hint = "Haal eerst alle versies op: git fetch --unshallow."
    return f"Noem een versie die git hier kent; '{shown(name)}' is er geen. {hint}".rstrip()


def files(root: Path, commit: str, paths: Sequence[str]) -> tuple[Blob, ...]:
    """The files at these paths, as they are in the commit; paths are relative to `root`."""
    listed = _raw(root, "ls-tree", "-r", "-z", commit, "--", *paths)
    entries = [tuple(line.partition(b"\t")[::2]) for line in listed.split(b"\0") if line]
    wanted = [(head.split(), name) for head, name in entries if not head.startswith(MODULE)]
    # A link is asked for by its path: only so does git follow it.
    asked = [
        b"%s:./%s" % (commit.encode(), name) if mode == LINK and b"\n" not in name else oid
        for (mode, _, oid), name in wanted
    ]
    lines = b"".join(each + b"\n" for each in asked)
    held = _contents(_raw(root, "cat-file", "--batch", "--follow-symlinks", given=lines))
    return tuple(
        Blob(os.fsdecode(name), b"" if broken else content, broken)
        for (_, name), (broken, content) in zip(wanted, held, strict=True)
    )


def _contents(told: bytes) -> Iterator[tuple[str, bytes]]:
    """Each object as `cat-file --batch` tells it: a line that ends in its size, then the bytes."""
    at = 0
    while at < len(told):
        end = told.index(b"\n", at)
        *_, kind, size = told[at:end].split(b" ")
        if size == b"missing":
            yield "missing", b""
            at = end + 1
            continue
        length = int(size)
        yield "" if kind == b"blob" else kind.decode(), told[end + 1 : end + 1 + length]
        at = end + 1 + length + 1


def _asked(root: Path, *words: str) -> str:
    return os.fsdecode(_raw(root, *words)).strip()


def _raw(root: Path, *words: str, given: bytes = b"") -> bytes:
    command = ["git", *words]
    env = {name: value for name, value in os.environ.items() if name not in THERE} | PLAIN
    try:
        done = subprocess.run(
            command, cwd=root, env=env, input=given, capture_output=True, check=False
        )
    except OSError:
        raise NoVersion("Installeer git; zonder git zijn er geen versies.") from None
    if done.returncode:
        said = os.fsdecode(done.stderr).strip().partition("\n")[0]
        if "not a git repository" in said:
            raise NoVersion(
                "Zet deze map eerst in git (git init); zonder git zijn er geen versies."
            )
        where = shown(str(root))
        raise NoVersion(f"Vraag git eerst zelf naar '{where}': {shown(said) or 'git weigert'}.")
    return done.stdout
