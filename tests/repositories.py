"""The smallest knowledge base in a git repository of its own."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from conftest import MINI, ROOT

if TYPE_CHECKING:
    from pathlib import Path

AUTHOR = ("-c", "user.name=Ada", "-c", "user.email=ada@voorbeeldstad.nl", "-c", "core.hooksPath=")


def run(folder: Path, *words: str) -> str:
    command = ["git", *AUTHOR, *words]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout


def tool(*words: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """A program of the environment that runs the tests."""
    command = [sys.executable, "-m", *words]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


def committed(folder: Path, message: str = "Vastgelegd") -> None:
    run(folder, "add", "--all")
    run(folder, "commit", "--quiet", "--allow-empty", "--message", message)


def repository(folder: Path) -> Path:
    """The knowledge base in a folder of a repository, in one commit."""
    root = folder / "werk" / "mini"
    shutil.copytree(MINI, root, ignore=shutil.ignore_patterns("build"))
    run(root.parent, "init", "--quiet", "--initial-branch=main")
    committed(root.parent)
    return root
