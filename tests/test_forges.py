"""What a forge runs for a proposal is what it accepts, and does what it says."""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from conftest import ROOT
from kadernota.comparing.comment import MARK
from repositories import committed, repository, run, tool

if TYPE_CHECKING:
    from pathlib import Path

GITHUB = ROOT / ".github" / "workflows" / "controle.yml"
GITLAB = ROOT / ".gitlab-ci.yml"
PARTNER = "data/partners/jongerenwerk.yaml"
OURS = f"{sys.executable} -m kadernota"
PATHS = {"PYTHONPATH": str(ROOT / "scripts"), "PATH": os.environ["PATH"]}


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text())


@pytest.mark.parametrize(
    ("schema", "path"), [("vendor.github-workflows", GITHUB), ("vendor.gitlab-ci", GITLAB)]
)
def test_a_forge_accepts_what_we_give_it(schema: str, path: Path) -> None:
    done = tool("check_jsonschema", "--builtin-schema", schema, str(path))

    assert 0 == done.returncode, done.stdout


def test_an_action_of_others_is_one_commit_and_what_a_forge_fills_in_is_no_script() -> None:
    steps = read(GITHUB)["jobs"]["controle"]["steps"]

    assert [] == [
        s for s in steps if not re.search(r"@[0-9a-f]{40}$", s.get("uses", "@" + "0" * 40))
    ]
    assert [] == [s for s in steps if "${{" in s.get("run", "")]


@pytest.fixture
def proposal(tmp_path: Path) -> Path:
    """A repository like ours in which a proposal is merged, as a forge checks it out."""
    root = repository(tmp_path)
    shutil.copy(ROOT / "Makefile", root)
    (root / "pyproject.toml").touch()
    (root / "constraints.txt").touch()
    binaries = root / ".venv" / "bin"
    binaries.mkdir(parents=True)
    script(binaries / "kadernota", f'exec {OURS} "$@"')
    script(root.parent / "bin" / "gh", 'printf "%s\\n" "$@" > "$RUNNER_TEMP/gh"')
    (root / ".venv" / "ready").touch()
    (root / ".gitignore").write_text(".venv\n")
    committed(root, "Gereedschap")
    run(root, "checkout", "--quiet", "-b", "plan")
    return root


def script(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def merged(root: Path, old: str, new: str) -> None:
    """Change the proposal, and merge it as the forge does."""
    file = root / PARTNER
    assert old in file.read_text()
    file.write_text(file.read_text().replace(old, new))
    committed(root, "Voorstel")
    run(root, "checkout", "--quiet", "main")
    run(root, "merge", "--quiet", "--no-ff", "plan", "--message", "Voegt samen")


def steps(root: Path, jobs: list[str], **given: str) -> list[int]:
    """Run what the forge would, each step in a shell of its own; their exit codes."""
    env = PATHS | {"HOME": str(root.parent), "RUNNER_TEMP": str(root.parent)} | given
    env["PATH"] = f"{root.parent / 'bin'}{os.pathsep}{env['PATH']}"
    env["GITHUB_STEP_SUMMARY"] = str(root.parent / "samenvatting.md")
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c"]
    done = [
        subprocess.run(
            [*command, job], cwd=root, env=env, capture_output=True, text=True, check=False
        )
        for job in jobs
    ]
    (root.parent / "gezegd.txt").write_text("".join(d.stdout for d in done))
    return [d.returncode for d in done]


def on_github(root: Path) -> list[int]:
    jobs = [s["run"] for s in read(GITHUB)["jobs"]["controle"]["steps"] if "run" in s]
    return steps(root, jobs, NUMBER="12")


def test_on_github_a_proposal_gets_a_comment_about_what_it_changes(proposal: Path) -> None:
    merged(proposal, "naam: Jongerenwerk Voorbeeldstad", "naam: Straatwerk")
    codes = on_github(proposal)
    told = (proposal.parent / "verschil.md").read_text()
    asked = (proposal.parent / "gh").read_text().split()

    assert [0, 0, 0] == codes
    assert told.startswith(MARK)
    assert "naam is nu Straatwerk (was: Jongerenwerk Voorbeeldstad)" in told
    assert told == (proposal.parent / "samenvatting.md").read_text()
    assert ["pr", "comment", "12", "--edit-last", "--create-if-none", "--body-file"] == asked[:-1]
    assert str(proposal.parent / "verschil.md") == asked[-1]


def test_on_github_a_mistake_fails_the_check_and_still_stands_in_the_comment(
    proposal: Path,
) -> None:
    merged(proposal, "nota: kadernotas/2023-2026", "nota: kadernotas/2027")
    check, *others = on_github(proposal)

    assert 0 != check
    assert [0, 0] == others
    assert (
        f"::error file={PARTNER},line=4,endLine=4,col=7,"
        in (proposal.parent / "gezegd.txt").read_text()
    )
    assert f"<code>{PARTNER}:4:7</code>" in (proposal.parent / "verschil.md").read_text()


def test_on_gitlab_a_proposal_gets_a_file_about_what_it_changes(proposal: Path) -> None:
    base = run(proposal, "rev-parse", "HEAD").strip()
    merged(proposal, "naam: Jongerenwerk Voorbeeldstad", "naam: Straatwerk")
    job = read(GITLAB)["controle"]
    codes = steps(
        proposal, [*job["script"], *job["after_script"]], CI_MERGE_REQUEST_DIFF_BASE_SHA=base
    )
    (kept,) = job["artifacts"]["paths"]

    assert {0} == set(codes)
    assert "naam is nu Straatwerk" in (proposal / kept).read_text()
    assert [] == json.loads((proposal / job["artifacts"]["reports"]["codequality"]).read_text())
