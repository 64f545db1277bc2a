"""A commit is read as its files would be in a folder, and what git cannot give is said in Dutch."""

from __future__ import annotations

import os
import shutil
from dataclasses import fields
from typing import TYPE_CHECKING

import pytest
from conftest import MINI
from kadernota import git
from kadernota.comparing import history
from kadernota.git import NoVersion
from kadernota.pipeline import load
from kadernota.sources import read
from repositories import committed, repository, run

if TYPE_CHECKING:
    from pathlib import Path

    from kadernota.model import Sources


@pytest.fixture(name="repository")
def fixture(tmp_path: Path) -> Path:
    return repository(tmp_path)


def at(root: Path, name: str = "HEAD") -> Sources:
    return history.sources(root, git.commit(root, name), name)


def refusal(root: Path, name: str) -> str:
    with pytest.raises(NoVersion) as said:
        at(root, name)
    return str(said.value)


def test_a_commit_is_read_as_its_folder_would_be(repository: Path) -> None:
    data = repository / "data"
    (data / "partners" / "link.yaml").symlink_to("jongerenwerk.yaml")
    (data / "partners" / "straat.yaml").symlink_to("link.yaml")
    (data / "partners" / ".verborgen.yaml").write_text("x")
    (data / ".verborgen").mkdir()
    (data / ".verborgen" / "x.yaml").write_text("x")
    (data / "partners" / "diep").mkdir()
    (data / "partners" / "diep" / "x.yaml").write_bytes(b"a\r\nb\0c")
    (data / "partners" / "a b.yaml").write_text("")
    (data / "partners" / "é.yaml").write_text("é")
    (data / "partners" / os.fsdecode(b"a\xffb.yaml")).write_text("x")
    (data / "partners" / "met\neinde.yaml").write_text("x")
    shutil.copytree(MINI.parents[1] / "shapes", repository / "shapes")
    (repository / "shapes" / "dieper").mkdir()
    (repository / "shapes" / "dieper" / "x.ttl").write_text("x")
    committed(repository)
    folder, commit = read(repository), at(repository)

    assert len(folder.data) > len(read(MINI).data)
    assert [] == [
        field.name
        for field in fields(folder)
        if getattr(folder, field.name) != getattr(commit, field.name)
    ]


def test_a_commit_keeps_what_the_folder_has_lost(repository: Path) -> None:
    shutil.rmtree(repository / "data")
    (repository / "kadernota.yaml").write_text("")

    assert read(MINI).data == at(repository).data
    assert read(MINI).settings == at(repository).settings


LINKS = {
    "nergens": "Zet het bestand terug waar deze koppeling naar wijst, of verwijder de koppeling.",
    "x.yaml": "Zet het bestand terug waar deze koppeling naar wijst, of verwijder de koppeling.",
    "../doelgroepen": "Vervang deze koppeling door een gewone map.",
    "/etc/hosts": "Vervang deze koppeling door het bestand zelf; dat staat niet in git.",
    "../../../../buiten": "Vervang deze koppeling door het bestand zelf; dat staat niet in git.",
}


@pytest.mark.parametrize(("target", "remedy"), LINKS.items(), ids=LINKS)
def test_a_link_that_leads_to_no_file_of_the_commit_is_one_mistake(
    target: str, remedy: str, repository: Path
) -> None:
    (repository / "data" / "partners" / "x.yaml").symlink_to(target)
    committed(repository)
    found = load(at(repository))
    assert isinstance(found, tuple)
    (problem,) = found

    assert ("data/partners/x.yaml", remedy) == (problem.place.file, problem.message)


def test_what_git_does_not_know_is_said_with_what_was_meant(repository: Path) -> None:
    run(repository, "tag", "vastgesteld-2023")

    def unknown(name: str) -> str:
        return f"Noem een versie die git hier kent; '{name}' is er geen."

    assert unknown("vastgesteld-2022") + " Bedoelde je vastgesteld-2023?" == refusal(
        repository, "vastgesteld-2022"
    )
    for name in ("HEAD~9", "-h", "--all", "", "a b", "HEAD:mini", "0" * 40, "\0", "xyz^{tree}"):
        assert refusal(repository, name).startswith("Noem een versie die git hier kent; ")


def test_a_version_from_before_the_knowledge_base_is_said_to_be_one(repository: Path) -> None:
    run(repository, "mv", "kadernota.yaml", "elders.yaml")
    committed(repository)

    assert "Noem een versie waarin kadernota.yaml al bestond; in 'main' nog niet." == refusal(
        repository, "main"
    )


def test_without_a_repository_there_are_no_versions(tmp_path: Path) -> None:
    assert "Zet deze map eerst in git (git init); zonder git zijn er geen versies." == refusal(
        tmp_path, "HEAD"
    )


def test_a_repository_without_a_commit_asks_for_one(tmp_path: Path) -> None:
    run(tmp_path, "init", "--quiet")

    assert "Leg eerst een versie vast (git commit); er is er nog geen." == refusal(tmp_path, "HEAD")


def test_without_git_there_are_no_versions(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")

    assert "Installeer git; zonder git zijn er geen versies." == refusal(repository, "HEAD")


def test_in_a_hook_of_git_the_repository_of_the_folder_itself_is_asked(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = git.commit(repository, "HEAD")
    for name, value in {"GIT_DIR": ".git", "GIT_INDEX_FILE": ".git/index"}.items():
        monkeypatch.setenv(name, value)

    assert before == git.commit(repository, "HEAD") == git.version(repository)


def test_a_shallow_copy_says_how_to_get_the_rest(repository: Path, tmp_path: Path) -> None:
    committed(repository, "Tweede")
    address = repository.parent.as_uri()
    run(tmp_path, "clone", "--quiet", "--depth", "1", address, "kopie")

    assert refusal(tmp_path / "kopie" / "mini", "HEAD~1").endswith(
        " Haal eerst alle versies op: git fetch --unshallow."
    )


def test_the_fork_of_two_branches_is_what_they_share(repository: Path) -> None:
    start = git.commit(repository, "main")
    run(repository, "checkout", "--quiet", "-b", "plan")
    committed(repository)
    plan = git.commit(repository, "plan")
    run(repository, "checkout", "--quiet", "main")
    committed(repository, "Intussen")

    assert start == git.fork(repository, git.commit(repository, "main"), plan)
    run(repository, "checkout", "--quiet", "--orphan", "los")
    committed(repository, "Los")
    with pytest.raises(NoVersion, match="deze delen geen begin"):
        git.fork(repository, git.commit(repository, "los"), plan)
