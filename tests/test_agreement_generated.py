"""An editor and `check` judge generated files alike: right ones, and ones with one change."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from conftest import MINI
from generated import Maker, things, written
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from kadernota.authoring.options import options
from kadernota.authoring.schema import schemas
from kadernota.engine import engine
from kadernota.model import File, Loaded, Problem
from kadernota.pipeline import check, load
from kadernota.reading.settings import settings as read_settings
from kadernota.sources import read
from mistakes import changed
from test_agreement import of_a_form
from yaml12 import Schemas

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hypothesis.strategies import DrawFn

SOURCES = read(MINI)
CONFIG, _ = read_settings(SOURCES.settings)
MOTOR, _ = engine(SOURCES)
assert CONFIG
assert MOTOR
KNOWN = options(SOURCES.data, MOTOR.words, CONFIG.base)
MAKER = Maker(MOTOR.words.forms, KNOWN)
EDITOR = Schemas(schemas(MOTOR.words, KNOWN))
FORM = of_a_form(SOURCES)
FOLDERS = {form.folder: form for form in MOTOR.words.forms.values() if form.folder}


def judged(files: Mapping[str, str]) -> dict[str, list[Problem]]:
    """What `check` calls wrong in the form of each file, when all of them are in one folder.

    What several files refer to and does not exist is told once, and the shapes come after the
    input: so again and again without the files that were told, until the shapes have been asked.
    """
    found: dict[str, list[Problem]] = {path: [] for path in files}
    loaded: Loaded | tuple[Problem, ...] = ()
    while not isinstance(loaded, Loaded):
        data = [File(p, t.encode()) for p, t in files.items() if not found[p]]
        loaded = load(replace(SOURCES, data=tuple(sorted((*SOURCES.data, *data), key=str))))
        problems = check(loaded).problems if isinstance(loaded, Loaded) else loaded
        assert isinstance(loaded, Loaded) or {p.place.file for p in problems} & set(found)
        for problem in problems:
            if problem.place.file in found and _in_form(problem):
                found[problem.place.file].append(problem)
    return found


def _in_form(problem: Problem) -> bool:
    return problem.rule.startswith("invoer:") or problem.rule in FORM


@st.composite
def batch(draw: DrawFn, change: bool) -> dict[str, tuple[str, str]]:
    """Two files per folder: the text of each, and what was changed in it."""
    found = {}
    for n, (folder, form) in enumerate([*FOLDERS.items()] * 2):
        thing = draw(things(MAKER, form))
        said = draw(changed(MAKER, thing, form)) if change else "nothing"
        found[f"data/{folder}/gemaakt-{n}.yaml"] = written(thing, draw(st.booleans())), said
    return found


def differences(files: Mapping[str, tuple[str, str]]) -> list[tuple[str, str, str, list[str]]]:
    said = judged({path: text for path, (text, _) in files.items()})
    return [
        (path, what, text, [f"{p.rule} {p.key} {p.message}" for p in said[path]])
        for path, (text, what) in files.items()
        if EDITOR.accepts(path.split("/")[1], text.encode()) == bool(said[path])
    ]


# A difference is one file and its one change: there is nothing to make smaller.
UNSHRUNK = settings(
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.large_base_example,
    ],
)


@given(files=batch(change=False))
@settings(UNSHRUNK, max_examples=4)
def test_what_the_forms_give_is_right_for_both(files: dict[str, tuple[str, str]]) -> None:
    texts = {path: text for path, (text, _) in files.items()}

    assert {path: [] for path in texts} == judged(texts)
    assert [] == differences(files)


@given(files=batch(change=True))
@settings(UNSHRUNK, max_examples=12)
def test_a_change_is_judged_alike(files: dict[str, tuple[str, str]]) -> None:
    assert [] == differences(files)


# How a value is written is lost when YAML reads it: what is right for one is wrong for the other.
RIGHT_FOR_CHECK = [
    ("naam", "null", "no value, for YAML"),
    ("naam", "~", "no value, for YAML"),
    ("jaar", "0999", "999, for YAML"),
    ("soort", "|\n  documentsoorten/website", "YAML keeps the newline of a block in the value"),
]
RIGHT_FOR_AN_EDITOR = [
    ("beschrijving", '"een\\ntwee"', "lines between quotes are lines of a block, for YAML"),
    ("jaar", "+2023", "2023, for YAML"),
    ("jaar", "2023.0", "2023, for JSON Schema"),
    ("jaar", "0x7e7", "2023, for YAML"),
    ("ook-bekend-als", '[1, "1"]', "a number and a text, for YAML"),
    ("url", "https://’s.nl", "a pattern that all dialects read alike cannot say what a letter is"),
]


def _document(key: str, value: str) -> str:
    right = {"naam": "Een", "soort": "documentsoorten/website"}
    return "".join(f"{k}: {v}\n" for k, v in {**right, key: value}.items())


def test_what_yaml_leaves_out_is_where_the_two_differ() -> None:
    rows = [*RIGHT_FOR_CHECK, *RIGHT_FOR_AN_EDITOR]
    files = {f"data/documenten/nr-{n}.yaml": _document(*row[:2]) for n, row in enumerate(rows)}
    said = judged(files)
    editor = [EDITOR.accepts("documenten", text.encode()) for text in files.values()]

    assert [row in RIGHT_FOR_CHECK for row in rows] == [not said[path] for path in files]
    assert [row in RIGHT_FOR_AN_EDITOR for row in rows] == editor
