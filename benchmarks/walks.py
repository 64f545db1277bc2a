"""A page of the handbook in, the same page with what really happens out: its walk, done again.

A walk is made of blocks. In `console` stand commands, each after a dollar sign, with what they say.
A `diff` says how a file is edited; a `yaml` block shows a whole file. Both begin with its path.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = ROOT / "tests" / "mini"
PAGES = sorted((ROOT / "site" / "templates").glob("handboek--*.md.j2"))
BLOCK = re.compile(r"^```(console|diff|yaml)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TITLE = re.compile(r"^# (.+?) \{: #begin_ \}$", re.MULTILINE)
# The same commit on every computer: nothing of its owner, and one day.
GIT = ("git", "-c", "user.name=Adviseur", "-c", "user.email=adviseur@example.org")
DAY = "2024-05-13T12:00:00+00:00"
OURS = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "NO_COLOR": "1"}
OURS |= {"GIT_AUTHOR_DATE": DAY, "GIT_COMMITTER_DATE": DAY, "COLUMNS": "100"}


class Lost(Exception):  # noqa: N818 - it says where a walk leads nowhere
    """A step of a walk that cannot be done; the text says which."""


@dataclass
class Walk:
    """A walk through a copy of the example; `steps` are the commands and the edits so far."""

    folder: Path
    command: Callable[[list[str], Path], str]
    steps: int = 0
    here: Path = field(init=False)

    def __post_init__(self) -> None:
        shutil.copytree(EXAMPLE, self.folder, ignore=shutil.ignore_patterns("build"))
        (self.folder / ".gitignore").write_text("build/\n")
        self.here = self.folder
        for words in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-qm", "Begin"]):
            outside([*GIT, *words], self.folder)

    def again(self, page: str) -> str:
        """The page, with in its blocks what happens now."""
        return BLOCK.sub(self._block, page)

    def _block(self, found: re.Match[str]) -> str:
        kind, body = found[1], found[2]
        make = {"console": self._console, "diff": self._edited, "yaml": self._shown}[kind]
        return f"```{kind}\n{make(body)}```"

    def _console(self, body: str) -> str:
        said = ""
        for line in re.findall(r"^\$ (.+)$", body, re.MULTILINE):
            self.steps += 1
            said += f"$ {line}\n{self._run(shlex.split(line))}"
        return said.replace("\r\n", "\n")

    def _run(self, words: list[str]) -> str:
        if words[0] == "cd":
            self.here /= words[1]
            return ""
        if words[0] == "git":
            return outside([*GIT, *words[1:]], self.here)
        if words[0] != "kadernota":
            raise Lost(f"unknown command: {words[0]}")
        return self.command(words[1:], self.here)

    def _edited(self, body: str) -> str:
        path, *lines = body.splitlines()
        text = (self.here / path).read_text()
        self.steps += 1
        for hunk in "\n".join(lines).split("\n\n"):
            old, new = ("".join(f"{x[1:]}\n" for x in hunk.splitlines() if x[0] in signs)
                        for signs in (" -", " +"))  # fmt: skip
            if text.count(old) != 1:
                raise Lost(f"{path} has {text.count(old)} times:\n{old}")
            text = text.replace(old, new)
        (self.here / path).write_text(text)
        return body

    def _shown(self, body: str) -> str:
        path = body.splitlines()[0].removeprefix("# ")
        return f"# {path}\n{(self.here / path).read_text()}"


def outside(words: list[str], folder: Path) -> str:
    """What a command says, in a shell of its own."""
    pipe = subprocess.PIPE
    done = subprocess.run(
        words, cwd=folder, env=os.environ | OURS, text=True, stdout=pipe, stderr=subprocess.STDOUT,
        check=False,
    )  # fmt: skip
    return done.stdout


def kadernota(words: list[str], folder: Path) -> str:
    """What our command says, as a user starts it."""
    return outside([sys.executable, "-m", "kadernota", *words], folder)


def title(page: str) -> str:
    """What the page is called."""
    found = TITLE.search(page)
    return found[1] if found else ""


def name(page: Path) -> str:
    """The last part of the address of a page."""
    return page.name.removeprefix("handboek--").removesuffix(".md.j2")
