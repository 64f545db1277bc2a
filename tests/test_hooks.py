"""A commit that is not in order is refused by our hooks, with what to do."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import yaml
from conftest import ROOT
from repositories import committed, repository, run, tool

if TYPE_CHECKING:
    from pathlib import Path

PARTNER = "data/partners/jongerenwerk.yaml"


def test_pre_commit_accepts_our_hooks_and_our_own_configuration() -> None:
    for what, file in (("manifest", "hooks"), ("config", "config")):
        done = tool("pre_commit", f"validate-{what}", f".pre-commit-{file}.yaml")

        assert 0 == done.returncode, done.stdout


@pytest.fixture
def hooked(tmp_path: Path) -> Path:
    """A repository with our hooks as others use them, but run by this very interpreter."""
    root = repository(tmp_path)
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    for hook in hooks:
        hook |= {"language": "system", "entry": f"{sys.executable} -m {hook['entry']}"}
        hook["args"] = ["--map", "mini"]
    config = {"repos": [{"repo": "local", "hooks": hooks}]}
    (root.parent / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
    committed(root, "Haken")
    assert 0 == tool("pre_commit", "install", cwd=root.parent).returncode
    return root


def commit(root: Path) -> tuple[int, str]:
    home = {"PRE_COMMIT_HOME": str(root.parents[1] / "haken"), "PYTHONPATH": str(ROOT / "scripts")}
    run(root, "add", "--all")
    words = ["git", "-c", "user.name=Ada", "-c", "user.email=ada@x.nl", "commit", "-m", "Wijzig"]
    done = subprocess.run(
        words, cwd=root, env=os.environ | home, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def test_a_commit_with_a_mistake_is_refused_with_what_to_do(hooked: Path) -> None:
    file = hooked / PARTNER
    file.write_text(file.read_text().replace("speerpunten/jeugd\n", "speerpunten/jeugt\n"))
    code, said = commit(hooked)

    assert 0 != code
    assert f"mini/{PARTNER}:" in said
    assert "Bedoelde je speerpunten/jeugd" in said
    assert "Haken" == run(hooked, "log", "-1", "--format=%s").strip()


def test_a_rule_that_is_broken_refuses_a_commit_as_well(hooked: Path) -> None:
    file = hooked / PARTNER
    file.write_text(file.read_text().replace("\nvolgnummer: 1\n", "\n"))
    code, said = commit(hooked)

    assert 0 != code
    assert "(kadernota fix)" in said.split("Passed")[0]
    assert "knsh:Ding-volgnummerVerplicht" in said


def test_a_commit_that_is_in_order_passes_and_one_without_data_is_not_checked(
    hooked: Path,
) -> None:
    file = hooked / PARTNER
    file.write_text(file.read_text().replace("vrije tijd", "vakantie"))
    code, said = commit(hooked)

    assert 0 == code, said
    assert 2 == said.count("Passed")
    (hooked.parent / "LEESMIJ.md").write_text("Welkom.\n")
    assert 2 == commit(hooked)[1].count("Skipped")


def test_a_commit_of_a_file_that_is_not_neat_is_refused_once_and_then_neat(hooked: Path) -> None:
    file = hooked / PARTNER
    first, rest = file.read_text().split("\n", 1)
    file.write_text(f"{rest}{first}\n")
    code, said = commit(hooked)

    assert 0 != code
    assert "files were modified by this hook" in said
    assert f"{first}\n{rest}" == file.read_text()
