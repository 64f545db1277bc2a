"""What the handbook shows is what happens: each walk is done again on a copy of the example."""

from __future__ import annotations

import contextlib
import gc
import io
import os
import re
from typing import TYPE_CHECKING

import pytest
import tasks
import walks
from conftest import ROOT
from kadernota.cli import main
from test_pages import files_of, pages_of

if TYPE_CHECKING:
    from pathlib import Path

WALKS = [p for p in walks.PAGES if walks.BLOCK.search(p.read_text())]
INDEX = tasks.INDEX.read_text()


def kadernota(words: list[str], folder: Path) -> str:
    """What the command says, without a process of its own."""
    said = io.StringIO()
    before = os.getcwd()
    os.chdir(folder)
    try:
        with (
            contextlib.redirect_stdout(said),
            contextlib.redirect_stderr(said),
            contextlib.suppress(SystemExit),
        ):
            main(words)
    finally:
        os.chdir(before)
        gc.enable()
    return said.getvalue()


def done(text: str, folder: Path) -> tuple[str, int]:
    """The page as it is now, and how many steps its walk has."""
    walk = walks.Walk(folder / "voorbeeldstad", kadernota)
    return walk.again(text), walk.steps


@pytest.mark.parametrize("page", WALKS, ids=walks.name)
def test_a_walk_gives_what_it_shows_and_the_table_knows_its_steps(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "100")
    shown = page.read_text()
    real, steps = done(shown, tmp_path)
    if real != shown:
        page.write_text(real)  # the difference in git is what there is to review

    assert real == shown
    row = f'{walks.title(shown)}</a></th><td class="getal">{steps}</td>'
    assert row in INDEX, "draai: python benchmarks/tasks.py --schrijf"


@pytest.mark.parametrize("page", WALKS, ids=walks.name)
def test_a_walk_ends_without_mistakes(page: Path) -> None:
    checks = re.findall(
        r"^(?:Gecontroleerd: .*|\d+ fouten? in .*)$", page.read_text(), re.MULTILINE
    )

    assert all(line.endswith("geen fouten.") for line in checks[-1:])
    assert "INVULLEN." not in page.read_text().rpartition("$ kadernota check")[2]


def test_what_a_walk_shows_and_does_not_happen_is_found(tmp_path: Path) -> None:
    page = "```console\n$ kadernota ask --list --json\nonzin\n```\n"

    assert page != done(page, tmp_path)[0]


def test_an_edit_that_does_not_fit_the_file_stops_the_walk(tmp_path: Path) -> None:
    with pytest.raises(walks.Lost, match="has 0 times"):
        done(
            "```diff\ndata/partners/jongerenwerk.yaml\n-naam: Niemand\n+naam: Iemand\n```\n",
            tmp_path,
        )


def test_the_handbook_is_complete_in_the_menu_and_in_the_table() -> None:
    menu = (ROOT / "mkdocs.yml").read_text()
    pages = [walks.name(p) for p in walks.PAGES]

    assert 11 == len(pages)
    assert [] == [name for name in pages if f"handboek/{name}.md" not in menu]
    assert {*pages} - {"index"} == set(re.findall(r'href\("handboek/([\w-]+)/"\)', INDEX))


def test_the_handbook_has_the_keys_of_the_forms() -> None:
    from kadernota.sources import read

    page = pages_of(files_of(read(walks.EXAMPLE)))["handboek/partner-toevoegen/"]

    assert "De rollen van deze partner, en waar elke rol voor is." in page.html
    assert '<code class="language-console">' in page.html
