"""What an author sees of each fault, to the letter: `tests/printed/` is the text of the screen.

When what is printed changes, the file is written again and the test fails: the difference is what
to review.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from conftest import MINI, ROOT
from faults import FOLDER, Fault, faults
from kadernota.checking.excerpt import lines
from kadernota.checking.report import told, total
from kadernota.sources import read

if TYPE_CHECKING:
    from kadernota.model import Sources

PRINTED = ROOT / "tests" / "printed"
FOLDERS = sorted(path.name for path in FOLDER.iterdir())


def screen(fault: Fault, mini: Sources) -> str:
    """All lines that `kadernota check` prints of the smallest knowledge base with this fault."""
    found = fault.problems(mini)
    shown = told(found, lines(fault.into(mini)), lambda _, text: text, str)
    return "".join(f"{text}\n" for text in shown) + total(found)


@pytest.fixture(scope="module")
def mini() -> Sources:
    return read(MINI)


@pytest.mark.parametrize("folder", FOLDERS)
def test_of_each_fault_the_author_sees_exactly_this(folder: str, mini: Sources) -> None:
    seen = [f"=== {fault.name}\n{screen(fault, mini)}\n" for fault in faults(folder)]
    text = "\n".join(seen).encode("utf-8", "backslashreplace")
    path = PRINTED / f"{folder}.txt"
    kept = path.read_bytes() if path.exists() else b""
    if kept != text:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text)

    assert kept.decode() == text.decode()


def test_every_fault_is_among_them() -> None:
    texts = (path.read_text() for path in PRINTED.glob("*.txt"))
    shown = [line[4:] for text in texts for line in text.split("\n") if line.startswith("=== ")]

    assert sorted(fault.name for fault in faults()) == sorted(shown)
    assert set(FOLDERS) == {path.stem for path in PRINTED.glob("*.txt")}
