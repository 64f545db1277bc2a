"""A build is the same every time, and one that fails changes nothing."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from conftest import MINI, ROOT
from kadernota import write
from kadernota.asking.questions import questions
from kadernota.cli import main
from kadernota.model import File, Loaded
from kadernota.pipeline import Built, build, check, load
from kadernota.sources import read

if TYPE_CHECKING:
    from pathlib import Path


def built_again() -> Built:
    sources = read(ROOT)
    loaded = load(sources)
    assert isinstance(loaded, Loaded)
    return build(loaded, check(loaded), questions(sources.queries)[0], sources)


def test_two_builds_are_equal_to_the_byte() -> None:
    assert built_again() == built_again()


def test_a_folder_is_replaced_whole(tmp_path: Path) -> None:
    target = tmp_path / "pages"
    write.folder([File("a/b.md", b"1"), File("c.md", b"2")], target)
    write.folder([File("c.md", b"3")], target)

    assert ["c.md"] == [p.relative_to(target).as_posix() for p in target.rglob("*")]
    assert b"3" == (target / "c.md").read_bytes()
    assert [target] == list(tmp_path.iterdir())


def test_a_swap_that_was_killed_halfway_is_mended(tmp_path: Path) -> None:
    old, fresh, target = tmp_path / "site.oud", tmp_path / "site.nieuw", tmp_path / "site"
    old.mkdir()
    (old / "index.html").write_text("vorige")
    write.recover(target)
    assert "vorige" == (target / "index.html").read_text()
    fresh.mkdir()
    write.swap(fresh, target)

    assert [] == list(target.iterdir())
    assert [target] == list(tmp_path.iterdir())


def test_a_site_builder_that_fails_leaves_the_previous_site(tmp_path: Path) -> None:
    site = tmp_path / "build" / "6-site"
    site.mkdir(parents=True)
    (site / "index.html").write_text("vorige")
    (tmp_path / "mkdocs.yml").write_text("site_name: x\ntheme: bestaat-niet\n")
    with pytest.raises(write.SiteFailed) as failed:
        write.site(tmp_path / "mkdocs.yml", site)

    assert str(failed.value)
    assert "vorige" == (site / "index.html").read_text()
    assert [site] == list(site.parent.iterdir())


def test_a_mistake_in_the_data_leaves_the_whole_build_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    mini = tmp_path / "mini"
    shutil.copytree(MINI, mini)
    index = mini / "build" / "6-site" / "index.html"
    index.parent.mkdir(parents=True)
    index.write_text("vorige")
    (mini / "data" / "partners" / "fout.yaml").write_text("naaam: Fout\n")
    monkeypatch.chdir(mini)

    assert 1 == main(["build"])
    assert "naaam" in capsys.readouterr().err
    left = [p for p in (mini / "build").rglob("*") if p.is_file() and "schema" not in p.parts]
    assert [index] == left
