"""What the pages of the form show in, their HTML out; everything is escaped."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

import jinja2

from kadernota.checking import report
from kadernota.editing.exchange import Answered
from kadernota.names import XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kadernota.editing.fields import Block, Shown
    from kadernota.model import Form, Problem

FOLDER = "site/bewerken/"
NUMBERS = {"integer": "numeric", "gYear": "numeric", "date": "numeric", "decimal": "decimal"}


@dataclass(frozen=True, slots=True)
class Sort:
    """One kind of thing that can be made: its form, how many there are, what it is."""

    form: Form
    count: int
    meaning: str


@dataclass(frozen=True, slots=True)
class Item:
    """One file in a folder: its name, what it is called, and the file."""

    name: str
    title: str
    file: str


@dataclass(frozen=True, slots=True)
class Mistake:
    """One line of the summary: what to do, and the control or the page where to do it."""

    problem: Problem
    target: str
    label: str
    link: str


class Desk:
    """The templates of the form."""

    def __init__(self, templates: Mapping[str, str], given: Mapping[str, Any]) -> None:
        self.env = jinja2.Environment(
            loader=jinja2.DictLoader(dict(templates)),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.env.filters |= {
            "kop": lambda text: text[:1].upper() + text[1:],
            "adres": lambda address: address.partition("#")[0],
            "regels": _lines,
            "geheel": report.whole,
            "lijst": list_name,
            "cijfers": lambda shown: NUMBERS.get(shown.field.datatype.removeprefix(XSD), ""),
        }
        self.env.globals |= given

    def page(self, name: str, status: int = 200, **given: Any) -> Answered:
        """One page, or the part of one."""
        text = self.env.get_template(f"{name}.html.j2").render(**given)
        return Answered(status, text.encode("utf-8", "replace"))


def _lines(text: str) -> int:
    """How many lines this text takes in a field of common width."""
    return sum(1 + len(line) // 70 for line in text.split("\n"))


def list_name(shown: Shown) -> str:
    """The name of the list of things that this field chooses from."""
    return "-".join(cls.rpartition("#")[2] for cls in shown.field.classes) or "alles"


def lists(block: Block) -> dict[str, tuple[Any, ...]]:
    """The lists of things that the fields of this page choose from, each once."""
    found: dict[str, tuple[Any, ...]] = {}
    for shown in block.fields:
        if shown.kind == "search":
            found[list_name(shown)] = shown.choices
        for part in shown.parts:
            found |= lists(part)
    return found


def mistakes(said: Mapping[str, Iterable[Problem]], block: Block | None) -> list[Mistake]:
    """The summary: in the order of the page, what is about the whole last."""
    order = list(_names(block)) if block else []
    labels = dict(order)
    found = []
    for name in (*(n for n, _ in order if n in said), *(n for n in said if n not in labels)):
        for problem in said[name]:
            target = _target(name, block) if name in labels or name == "tekst" else ""
            label = labels.get(name, f"regel {problem.place.line}")
            found.append(Mistake(problem, target, label, link(problem)))
    return found


def link(problem: Problem) -> str:
    """The form of the file with this problem; empty when it has none."""
    path = PurePosixPath(problem.place.file)
    form = len(path.parts) == 3 and path.parts[0] == "data" and path.suffix == ".yaml"
    return f"/bewerken/{path.parts[1]}/{path.stem}" if form else ""


def _names(block: Block, inside: str = "") -> Iterable[tuple[str, str]]:
    """The names of fields and controls on the page in their order, with what people call them."""
    for shown in block.fields:
        label = inside + shown.field.name
        yield shown.name, label
        for i, control in enumerate(shown.controls, 1):
            yield control.name, f"{label} {i}" if len(shown.controls) > 1 else label
        for part in shown.parts:
            yield from _names(part, f"{part.title or part.label} › ")
    if block.before:
        yield block.name.name, f"{inside}adres"


def short(block: Block) -> set[str]:
    """The controls with one line of text: what was meant there can be filled in at once."""
    found = {c.name for s in block.fields if s.kind in {"line", "search"} for c in s.controls}
    return found.union(*(short(part) for shown in block.fields for part in shown.parts))


def disputed(block: Block, inside: str = "") -> list[tuple[str, str]]:
    """The fields where two people wrote something else: what they are called, and where."""
    found = []
    for shown in block.fields:
        if shown.theirs is not None:
            found.append((inside + shown.field.name, f"g.{shown.name}"))
        for part in shown.parts:
            found += disputed(part, f"{part.title or part.label} › ")
    return found


def _target(name: str, block: Block | None) -> str:
    """The element to go to: the control itself, or the first of a field."""
    fields = dict(_fields(block)) if block else {}
    shown = fields.get(name)
    if shown is None:
        return f"v.{name}"
    return f"v.{shown.controls[0].name}" if shown.controls else f"g.{name}"


def _fields(block: Block) -> Iterable[tuple[str, Shown]]:
    for shown in block.fields:
        yield shown.name, shown
        for part in shown.parts:
            yield from _fields(part)


def diff(old: str, new: str) -> list[str]:
    """What changes in the file, line by line."""
    lines = difflib.unified_diff(old.splitlines(), new.splitlines(), lineterm="", n=2)
    return [line for line in lines if not line.startswith(("---", "+++"))]
