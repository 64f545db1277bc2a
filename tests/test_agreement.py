"""What an editor calls wrong in form and what `check` calls wrong in form are the same files.

In form: a rule of the input (`invoer:`), or a property shape in the form of the class. What ties
keys or things together (an alternative, a SPARQL rule) is policy, and for `check` alone.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from conftest import MINI
from faults import Fault, faults
from kadernota.authoring.options import options
from kadernota.authoring.schema import schemas
from kadernota.engine import Engine, engine
from kadernota.model import File, Loaded
from kadernota.names import KNSH, SH, TYPE
from kadernota.pipeline import load
from kadernota.reading.graph import load as load_turtle
from kadernota.reading.settings import settings
from kadernota.sources import read
from yaml12 import Schemas

if TYPE_CHECKING:
    from kadernota.model import Sources

# What a JSON Schema cannot say, because it sees the values of one document and nothing else.
NOT_IN_A_VALUE = {
    "alias.yaml": "an alias is the value that it stands for",
    "gevouwen-tekst.yaml": "how a text is written down is no part of its value",
    "hekje-tegen-een-aanhalingsteken.yaml": "a comment is no part of a value",
    "letter-en-accent-los.yaml": "no pattern can tell that a letter and its accent belong together",
    "lijstregel-in-de-tekst.yaml": "whether a line is meant as a text depends on what exists",
    "met-bom.yaml": "a mark at the beginning of a file is no part of a value",
    "opmerking-achter-een-waarde.yaml": "a comment is no part of a value",
    "oude-regeleinden.yaml": "how a line ends is no part of a value",
    "sleutel-in-de-tekst.yaml": "whether a line is meant as a text depends on what keys there are",
    "sleutel-met-vraagteken.yaml": "how a key is written down is no part of its value",
    "tag.yaml": "a tag that says what YAML would say anyway leaves no trace",
    "twee-dingen-in-een-bestand.yaml": "a schema sees one document at a time",
    "waarde-over-twee-regels.yaml": "how a text is written down is no part of its value",
    "onderdelen-met-dezelfde-naam.yaml": "keys of different parts cannot be compared",
    "getal-met-nul-vooraan.yaml": "YAML reads 007 as 7",
}
# What an editor cannot say, because no schema goes with the file.
NO_SCHEMA = {
    "bestand-met-hoofdletter-waar-naar-verwezen-wordt.yaml": "the name of the file is wrong",
    "hoofdletter-in-bestandsnaam.yaml": "the name of the file is wrong",
    "onbekende-map.yaml": "no schema goes with this folder",
    "te-diepe-map.yaml": "no schema goes with this folder",
    "verkeerde-extensie.yaml": "no schema goes with a file that is no .yaml",
}


@pytest.fixture(scope="module")
def mini() -> Sources:
    return read(MINI)


@pytest.fixture(scope="module")
def motor(mini: Sources) -> Engine:
    found, _ = engine(mini)
    assert found
    return found


def schemas_of(sources: Sources, motor: Engine) -> Schemas:
    config, _ = settings(sources.settings)
    assert config
    return Schemas(schemas(motor.words, options(sources.data, motor.words, config.base)))


def of_a_form(sources: Sources) -> frozenset[str]:
    """The property shapes that make up the forms, as a problem names them."""
    shapes = load_turtle(sources.shapes)
    return frozenset(
        "knsh:" + prop.removeprefix(KNSH)
        for shape in shapes.subjects(TYPE, SH + "NodeShape")
        for prop in shapes.values(shape, SH + "property")
    )


FAULTS = [f for f in faults() if not f.path.endswith(".ttl")]


@pytest.fixture(scope="module")
def different(mini: Sources, motor: Engine) -> set[str]:
    """The faults on which the two differ; what `check` says of each is in its head, and tested."""
    form = of_a_form(mini)
    found = set()
    for fault in FAULTS:
        wrong = fault.head["breaks"].startswith("invoer:") or fault.head["breaks"] in form
        if accepted(fault, mini, motor) == wrong:
            found.add(fault.name)
    return found


def accepted(fault: Fault, mini: Sources, motor: Engine) -> bool:
    """What an editor says: without a schema it says nothing."""
    known = schemas_of(fault.into(mini), motor)
    top, *inner = fault.path.split("/")
    folder = inner[0] if top == "data" and len(inner) == 2 else top.removesuffix(".yaml")
    if f"{folder}.json" not in known.files or not fault.path.endswith(".yaml"):
        return True
    return known.accepts(folder, fault.content)


def test_an_editor_and_check_agree_on_every_fault_but_these(different: set[str]) -> None:
    assert len(FAULTS) > 240
    assert {f"invoer/{name}" for name in NOT_IN_A_VALUE | NO_SCHEMA} == different


def test_the_smallest_knowledge_base_is_right_for_an_editor(mini: Sources, motor: Engine) -> None:
    known = schemas_of(mini, motor)
    files = [f for f in mini.data if f.path.endswith(".yaml")]
    wrong = [f.path for f in files if not known.accepts(f.path.split("/")[1], f.content)]

    assert len(files) >= 40
    assert [] == wrong
    assert known.accepts("kadernota", mini.settings.content)


CHANGES = [
    ("naam: Mini\n", ""), ("naam:", "naaam:"), ("Mini", "2023"), ("Mini", "[Mini]"), ("Mini", '""'),
    ("gm0000", "GM0000"), ("gm0000", "637"), ("gm0000", "gm 0000"), ("/gm0000/\n", "/gm0000\n"),
    ("https:", "http:"), ("/gm0000/\n", "/?a=b/\n"), ("kadernotas/2023-2026", "kadernotas/2027"),
    ("naam:", "site: https://x.nl/a/\nnaam:"), ("naam:", "site: https://x.nl/a\nnaam:"),
    ("naam:", "site: x\nnaam:"),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong"), CHANGES)
def test_the_settings_are_judged_alike(
    right: str, wrong: str, mini: Sources, motor: Engine
) -> None:
    text = mini.settings.content.decode()
    assert right in text
    file = File("kadernota.yaml", text.replace(right, wrong, 1).encode())
    loaded = load(replace(mini, settings=file))
    ours = isinstance(loaded, Loaded)

    assert ours == schemas_of(mini, motor).accepts("kadernota", file.content)
