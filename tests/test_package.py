"""The package installs by itself: what every knowledge base needs of the engine travels with it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from typing import TYPE_CHECKING

import pytest
from conftest import MINI, ROOT

if TYPE_CHECKING:
    from pathlib import Path

ENGINE = ("scripts", "ontology", "shapes", "queries", "site", "beheer")
FILES = ("pyproject.toml", "mkdocs.yml", "README.md", "LICENSE", "LICENSE-DATA")
ALONE = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "KADERNOTA"))}


def run(*words: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [str(word) for word in words]
    return subprocess.run(command, cwd=cwd, env=ALONE, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the package, built and installed without network, and no repository."""
    top = tmp_path_factory.mktemp("pakket")
    source = top / "bron"
    for folder in ENGINE:
        unwanted = shutil.ignore_patterns("__pycache__", "*.egg-info")
        shutil.copytree(ROOT / folder, source / folder, ignore=unwanted)
    for path in (
        *ROOT.glob("*.toml"),
        *ROOT.glob("LICENSE*"),
        ROOT / "README.md",
        ROOT / "mkdocs.yml",
    ):
        shutil.copy(path, source)
    offline = ("--quiet", "--no-index", "--no-deps", "--no-build-isolation")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check")
    built = run(*pip, "wheel", *offline, "--wheel-dir", top / "wielen", source, cwd=top)
    assert 0 == built.returncode, built.stderr
    shutil.rmtree(source)
    home = top / "omgeving"
    run(sys.executable, "-m", "venv", "--without-pip", home, cwd=top)
    (wheel,) = (top / "wielen").iterdir()
    done = run(*pip, "--python", home / "bin" / "python", "install", *offline, wheel, cwd=top)
    assert 0 == done.returncode, done.stderr
    (site,) = (home / "lib").glob("python*/site-packages")
    (site / "gedeeld.pth").write_text(sysconfig.get_path("purelib"))
    return home / "bin"


def test_an_installed_package_checks_a_knowledge_base_elsewhere(
    installed: Path, tmp_path: Path
) -> None:
    mini = shutil.copytree(MINI, tmp_path / "mini")
    done = run(installed / "kadernota", "check", cwd=mini)
    here = run(installed / "python", "-c", "import kadernota; print(kadernota.__file__)", cwd=mini)

    assert str(installed.parent) in here.stdout
    assert (0, "") == (done.returncode, done.stdout)
    assert done.stderr.endswith(" regels: geen fouten.\n")


def test_an_installed_package_has_every_file_of_the_engine(installed: Path) -> None:
    (package,) = (installed.parent / "lib").glob("python*/site-packages/kadernota/motor")

    def held(folder: Path) -> set[str]:
        kept = (p for name in ENGINE[1:] for p in (folder / name).rglob("*") if p.is_file())
        return {p.relative_to(folder).as_posix() for p in kept}

    assert held(ROOT) == held(package)


def test_an_installed_package_answers_and_begins_a_file(installed: Path, tmp_path: Path) -> None:
    mini = shutil.copytree(MINI, tmp_path / "mini")
    asked = run(installed / "kadernota", "ask", "--list", cwd=mini)
    made = run(installed / "kadernota", "new", "partners", "halt", cwd=mini)

    assert "partners-per-speerpunt" in asked.stdout
    assert 0 == made.returncode
    assert (mini / "data" / "partners" / "halt.yaml").is_file()
