"""The answers can be taken away as one data package, in which every file is what it says it is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from conftest import MINI
from frictionless import Package, system, validate
from kadernota.sources import read
from test_pages import files_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from frictionless import Report
    from kadernota.model import Sources

PATH, TABLE = "vragen/datapackage.json", "vragen/cijfers-uit-tabel.csv"
TYPE = "type-error"


@pytest.fixture(scope="module")
def files(sources: Sources) -> dict[str, bytes]:
    return files_of(sources)


@pytest.fixture(scope="module")
def described(files: dict[str, bytes]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(files[PATH])
    return found


def unpacked(files: dict[str, bytes], folder: Path) -> Path:
    """The package as somebody has it who took the folder away."""
    for path, content in files.items():
        if path == PATH or path.endswith(".csv"):
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
    return folder / PATH


def judged(package: Path) -> Report:
    with system.use_context(trusted=True):
        found: Report = validate(str(package))
        return found


def faults(report: Report) -> Iterator[tuple[str, str]]:
    """Which file is wrong, and in what way."""
    for task in report.tasks:
        for error in task.errors:
            yield task.name, error.type


def test_every_file_is_what_the_package_says(files: dict[str, bytes], tmp_path: Path) -> None:
    report = judged(unpacked(files, tmp_path))

    assert [] == list(faults(report))
    assert report.valid
    assert sum(path.endswith(".csv") for path in files) == len(report.tasks) >= 64


def test_the_package_of_the_smallest_knowledge_base_is_whole_too(tmp_path: Path) -> None:
    assert [] == list(faults(judged(unpacked(files_of(read(MINI)), tmp_path))))


BROKEN = [
    ("a row twice", lambda rows: [*rows, rows[-1]], "primary-key"),
    ("a cell too many", lambda rows: [*rows[:-1], rows[-1] + b",x"], "extra-cell"),
    ("another column", lambda rows: [b"x" + rows[0], *rows[1:]], "incorrect-label"),
    ("a word for a year", lambda rows: [*rows[:-1], rows[-1].replace(b",2019,", b",toen,")], TYPE),
]


@pytest.mark.parametrize(("what", "change", "said"), BROKEN, ids=[b[0] for b in BROKEN])
def test_a_file_that_is_not_what_its_columns_say_is_seen(
    what: str, change: Any, said: str, files: dict[str, bytes], tmp_path: Path
) -> None:
    rows = [row for row in files[TABLE].split(b"\r\n") if b",2019," in row or b"periode" in row]
    package = json.loads(files[PATH])
    (one,) = (r for r in package["resources"] if TABLE.endswith(f"/{r['path']}"))
    del one["bytes"], one["hash"]  # which would say no more than that the file is another one
    made = {PATH: json.dumps(package | {"resources": [one]}).encode()}
    whole = judged(unpacked(made | {TABLE: b"\r\n".join(rows)}, tmp_path / "whole"))
    broken = judged(unpacked(made | {TABLE: b"\r\n".join(change(rows))}, tmp_path / "broken"))

    assert [] == list(faults(whole))
    assert {(one["name"], said)} == set(faults(broken))


def test_a_file_that_changed_on_the_way_is_seen(files: dict[str, bytes], tmp_path: Path) -> None:
    changed = files[TABLE].replace(b"5894", b"5895")
    assert changed != files[TABLE]

    report = judged(unpacked(files | {TABLE: changed}, tmp_path))
    assert ["hash-count"] == [kind for _, kind in faults(report)]


def fields(described: dict[str, Any], name: str) -> dict[str, dict[str, str]]:
    (one,) = (r for r in described["resources"] if r["name"] == name)
    return {f["name"]: f for f in one["schema"]["fields"]}


def test_columns_have_the_type_of_their_values(described: dict[str, Any]) -> None:
    priorities = fields(described, "speerpunten-op-datum")
    partners = fields(described, "partners-per-speerpunt")

    assert ("string", "uri") == (priorities["speerpunt"]["type"], priorities["speerpunt"]["format"])
    assert "date" == priorities["datum"]["type"]
    assert "boolean" == partners["direct"]["type"]
    assert "string" == partners["rol"]["type"]
    assert "format" not in partners["rol"]


def test_the_package_says_whose_it_is_and_what_it_was_made_from(described: dict[str, Any]) -> None:
    assert "CC0-1.0" == described["licenses"][0]["name"]
    assert "Gemeente Zoetermeer" == described["contributors"][0]["title"]
    assert "/CVDR698689/" in described["sources"][0]["path"]
    assert Package.from_descriptor(described).name == "gm0637-antwoorden"
