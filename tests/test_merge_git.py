"""The same with git itself: two branches, one partner, and the set-up that `make` does."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from conftest import MINI, ROOT

if TYPE_CHECKING:
    from pathlib import Path

PARTNER = "data/partners/jongerenwerk.yaml"
ROLE = "  {0}:\n    rol: Aanspreekpunt voor {0}\n    volgnummer: {1}\n    voor: speerpunten/jeugd\n"
END = "    voor: overleggen/veiligheidsoverleg\n"
CLEAN = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C"}
WHO = {f"GIT_{who}_{what}": "x" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}


class Repository:
    """A clone of the smallest knowledge base, in a folder of its own or at the top."""

    def __init__(self, top: Path, inside: str = "") -> None:
        self.top, self.root = top, top / inside
        shutil.copytree(MINI, self.root)
        for name in (".gitattributes", "Makefile"):
            shutil.copy(ROOT / name, self.root)
        command = self.root / "bin" / "kadernota"
        command.parent.mkdir()
        command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m kadernota "$@"\n')
        command.chmod(0o755)
        self.git("init", "--quiet", "--initial-branch=main")
        self.commit()

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        env = os.environ | CLEAN | WHO | {"PYTHONPATH": str(ROOT / "scripts")}
        return subprocess.run(
            words, cwd=self.root, env=env, capture_output=True, text=True, check=False
        )

    def git(self, *words: str) -> str:
        done = self.run("git", *words)
        assert 0 == done.returncode, done.stderr
        return done.stdout

    def set_up(self) -> None:
        done = self.run("make", "driver", "BIN=bin")
        assert (0, "") == (done.returncode, done.stderr)

    def commit(self) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message=x")

    def edit(self, old: str, new: str, path: str = PARTNER) -> None:
        text = (self.root / path).read_text()
        assert old in text
        (self.root / path).write_text(text.replace(old, new, 1))

    def branch(self, name: str) -> None:
        self.git("switch", "--quiet", "--create", name, "main")

    def merge(self, path: str = PARTNER) -> tuple[int, str]:
        """Merge `theirs` into `ours`: how it ended, and what is in the file."""
        self.git("switch", "--quiet", "ours")
        done = self.run("git", "merge", "--quiet", "--no-edit", "theirs")
        found = self.root / path
        return done.returncode, found.read_text() if found.exists() else ""


@pytest.fixture
def repo(tmp_path: Path) -> Repository:
    found = Repository(tmp_path / "clone")
    found.set_up()
    return found


def both(repo: Repository, ours: tuple[str, str], theirs: tuple[str, str]) -> None:
    for name, pair in (("ours", ours), ("theirs", theirs)):
        repo.branch(name)
        repo.edit(*pair)
        repo.commit()


@pytest.mark.parametrize("inside", ["", "beleid"])
def test_two_branches_that_add_roles_to_one_partner_merge(tmp_path: Path, inside: str) -> None:
    repo = Repository(tmp_path / "clone", inside)
    repo.set_up()
    before = (repo.root / PARTNER).read_text()
    both(
        repo,
        (END, END + ROLE.format("ouders", 3)),
        (END, END + ROLE.format("buren", 4)),
    )
    code, text = repo.merge()

    assert 0 == code
    assert text == before.replace(END, END + ROLE.format("ouders", 3) + ROLE.format("buren", 4))
    assert "" == repo.git("status", "--porcelain")
    assert 0 == repo.run("bin/kadernota", "check").returncode


def test_only_the_number_on_which_two_branches_disagree_is_a_conflict(repo: Repository) -> None:
    before = (repo.root / PARTNER).read_text()
    both(
        repo,
        (f"volgnummer: 2\n{END}", f"volgnummer: 3\n{END}"),
        (f"volgnummer: 2\n{END}", f"volgnummer: 4\n{END}"),
    )
    code, text = repo.merge()

    assert 1 == code
    assert text == before.replace(
        f"    volgnummer: 2\n{END}",
        "<<<<<<< deze kant\n    volgnummer: 3\n=======\n    volgnummer: 4\n"
        f">>>>>>> andere kant\n{END}",
    )
    assert repo.git("status", "--porcelain", PARTNER).startswith("UU ")


def test_a_file_renamed_on_one_side_and_edited_on_the_other_is_both(repo: Repository) -> None:
    repo.branch("ours")
    done = repo.run("bin/kadernota", "rename", "partners/jongerenwerk", "jeugdwerk")
    assert 0 == done.returncode, done.stderr
    repo.commit()
    repo.branch("theirs")
    repo.edit(END, END + ROLE.format("buren", 4))
    repo.commit()
    code, text = repo.merge("data/partners/jeugdwerk.yaml")

    assert 0 == code
    assert ROLE.format("buren", 4) in text
    assert not (repo.root / PARTNER).exists()
    assert 0 == repo.run("bin/kadernota", "check").returncode


def test_two_branches_that_rename_two_things_merge(repo: Repository) -> None:
    for name, old, new in (
        ("ours", "partners/jongerenwerk", "jeugdwerk"),
        ("theirs", "begrippen/overlast", "hinder"),
    ):
        repo.branch(name)
        assert 0 == repo.run("bin/kadernota", "rename", old, new).returncode
        repo.commit()
    code, text = repo.merge("omleidingen.yaml")

    assert 0 == code
    assert text.endswith(
        "\n\nbegrippen/overlast: begrippen/hinder\npartners/jongerenwerk: partners/jeugdwerk\n"
    )
    assert 0 == repo.run("bin/kadernota", "check").returncode


def test_a_file_deleted_on_one_side_and_edited_on_the_other_is_left_to_people(
    repo: Repository,
) -> None:
    repo.branch("ours")
    repo.git("rm", "--quiet", PARTNER)
    repo.commit()
    repo.branch("theirs")
    repo.edit(END, END + ROLE.format("buren", 4))
    repo.commit()
    code, text = repo.merge()

    assert 1 == code
    assert ROLE.format("buren", 4) in text


@pytest.mark.parametrize("how", ["not set up", "gone", "fails", "cannot read a side"])
def test_otherwise_git_merges_the_lines_as_it_always_did(tmp_path: Path, how: str) -> None:
    repo = Repository(tmp_path / "clone")
    if how != "not set up":
        repo.set_up()
    broken = "  - [\n" if how == "cannot read a side" else ""
    before = (repo.root / PARTNER).read_text()
    both(repo, ("naam: Jong", f"{broken}naam: jong"), (END, END + ROLE.format("buren", 4)))
    command = repo.root / "bin" / "kadernota"
    if how == "gone":
        command.unlink()
    elif how == "fails":
        command.write_text("#!/bin/sh\nexit 1\n")
    code, text = repo.merge()

    assert 0 == code
    assert text == broken + before.replace("naam: Jong", "naam: jong").replace(
        END, END + ROLE.format("buren", 4)
    )


def test_a_conflict_of_lines_is_marked_as_well(tmp_path: Path) -> None:
    repo = Repository(tmp_path / "clone")
    repo.set_up()
    both(repo, ("naam: ", "naam: A"), ("naam: ", "naam: B"))
    (repo.root / "bin" / "kadernota").write_text("#!/bin/sh\nexit 1\n")
    code, text = repo.merge()

    assert 1 == code
    assert text.startswith("<<<<<<< deze kant\nnaam: A")
    assert "\n=======\nnaam: B" in text


def test_outside_git_there_is_nothing_to_set_up(tmp_path: Path) -> None:
    shutil.copy(ROOT / "Makefile", tmp_path)
    env = os.environ | CLEAN | {"GIT_CEILING_DIRECTORIES": str(tmp_path.parent)}
    done = subprocess.run(
        ["make", "--no-print-directory", "driver"],
        cwd=tmp_path,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (0, "", "") == (done.returncode, done.stdout, done.stderr)
