"""What the documents say is true."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT
from kadernota.asking.questions import questions
from kadernota.cli import main
from kadernota.commands.registry import COMMANDS

if TYPE_CHECKING:
    from kadernota.model import Sources

README = (ROOT / "README.md").read_text()
DOCUMENTS = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"]


def test_the_readme_is_short_and_shows_the_two_commands() -> None:
    assert len(README.splitlines()) <= 80
    assert "$ make site" in README
    assert "$ make test" in README


@pytest.mark.parametrize("name", DOCUMENTS)
def test_what_a_document_points_to_exists(name: str) -> None:
    text = (ROOT / name).read_text()
    paths = re.findall(r"`((?:data|ontology|shapes|queries|site|scripts|tests)/[\w./-]*)`", text)
    paths += re.findall(r"\]\((?!https?:|#)([^)#]+)", text)

    assert [] == [p for p in paths if not (ROOT / p).exists()]


def test_the_output_in_the_readme_is_real(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    shown = re.search(r"\$ kadernota (ask .*)\n((?:.*\n)*?)```", README)
    assert shown
    assert 0 == main(shown[1].split())

    assert shown[2] == capsys.readouterr().out
    assert 0 == main(["check"])
    assert capsys.readouterr().err.strip() in README


def test_every_command_in_the_documents_exists(sources: Sources) -> None:
    known = {q.name for q in questions(sources.queries)[0]}
    for name in DOCUMENTS:
        for command, first in re.findall(
            r"kadernota (\w+)(?: ([\w-]+))?(?=[ `\n])", (ROOT / name).read_text()
        ):
            if command in {"ask"} and first and not first.startswith("-"):
                assert first in known
            assert command in COMMANDS
