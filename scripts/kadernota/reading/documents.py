"""Files under data/ in, documents out: the folder gives the class, the file name the address."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from kadernota.hints import near_miss
from kadernota.letters import shown
from kadernota.model import File, Form, Place, Problem
from kadernota.reading import strict
from kadernota.reading.tree import Table
from kadernota.reading.values import SLUG, slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

MANY = 1 << 15  # files that are remembered


@dataclass(frozen=True, slots=True)
class Document:
    """One YAML file: its address (`partners/halt`), its class, its tree, its bytes."""

    path: str
    address: str
    cls: str
    tree: Table
    content: bytes = field(default=b"", repr=False)


def documents(
    files: Iterable[File], forms: Mapping[str, Form]
) -> tuple[tuple[Document, ...], tuple[Problem, ...]]:
    """The YAML documents among the files, and what is wrong with their names or their YAML."""
    folders = {form.folder: form.cls for form in forms.values() if form.folder}
    found: list[Document] = []
    problems: list[Problem] = []
    lost: set[str] = set()  # folders that do not exist: said once, not for each file in them
    for file in files:
        parts = PurePosixPath(file.path).parts
        if named := name_problem(file.path, folders):
            if len(parts) != 3 or parts[1] in folders or parts[1] not in lost:
                problems.append(named)
            lost.add(parts[1])
        elif file.path.endswith(".yaml"):
            document, wrong = _document(file, folders[parts[1]])
            problems.extend(wrong)
            if document:
                found.append(document)
    return tuple(found), tuple(problems)


@lru_cache(maxsize=MANY)
def _document(file: File, cls: str) -> tuple[Document | None, tuple[Problem, ...]]:
    """The same file is read only once, however often it is asked for."""
    tree, wrong = strict.parse(file)
    if tree is None:
        return None, wrong
    address = file.path.removeprefix("data/").removesuffix(".yaml")
    return Document(file.path, address, cls, tree, file.content), wrong


def name_problem(path: str, folders: Mapping[str, str]) -> Problem | None:
    """What is wrong with the place or the name of a file under data/."""
    parts = PurePosixPath(path).parts
    place = Place(path)
    if len(parts) != 3:
        message = "Zet dit bestand in een map onder data/, bijvoorbeeld data/partners/naam.yaml."
        return Problem(place, "", message, "invoer:plek")
    folder, name = parts[1], parts[2]
    if folder not in folders:
        hint = near_miss(f"data/{folder}/", [f"data/{known}/" for known in folders], "data/").text
        message = f"Zet dit in een map die bestaat; data/{shown(folder)}/ kent niemand."
        message += "" if hint else f" Kies uit: {', '.join(folders)}."
        return Problem(place, "", message, "invoer:plek", hint=hint)
    stem, dot, extension = name.rpartition(".")
    if not dot or extension not in {"yaml", "ttl"}:
        message = f"Geef dit bestand de naam '{slug(stem or name)}.yaml' (of .ttl voor Turtle)."
        return Problem(place, "", message, "invoer:bestandsnaam")
    if not SLUG.fullmatch(stem):
        message = f"Geef dit bestand de naam '{slug(stem)}.{extension}'."
        return Problem(place, "", message, "invoer:bestandsnaam")
    return None


def named(path: str, forms: Mapping[str, Form]) -> Iterator[tuple[str, str]]:
    """The address and the class that the path of a YAML file gives, whatever is in the file."""
    folders = {form.folder: form.cls for form in forms.values() if form.folder}
    if path.endswith(".yaml") and path.startswith("data/") and not name_problem(path, folders):
        folder, name = PurePosixPath(path).parts[1:]
        yield f"{folder}/{name.removesuffix('.yaml')}", folders[folder]


def unread(problem: Problem) -> Iterator[str]:
    """What a file that cannot be read may hold: its thing, or any thing if the name is wrong too.

    What refers to those things is not wrong as well; they will be there once the file is mended.
    """
    path = PurePosixPath(problem.place.file)
    parts, things = path.parts, path.suffix != ".yaml"
    if problem.rule in {"invoer:plek", "invoer:bestandsnaam"}:
        yield "/" + slug(path.stem)
        yield path.name  # a file where the folder of this name was
    elif len(parts) == 3:
        yield parts[1] if things else f"{parts[1]}/{path.stem}"


def addresses(document: Document, nested: frozenset[str]) -> Iterator[str]:
    """The address of the document and of each part in it, at any depth."""
    yield document.address
    for name in parts(document.tree, nested):
        yield f"{document.address}#{name}"


def parts(table: Table, nested: frozenset[str]) -> Iterator[str]:
    """The names of the parts of a thing, and of their parts."""
    for key, value in table.entries:
        if key.text in nested and isinstance(value, Table):
            for name, part in value.entries:
                yield name.text
                if isinstance(part, Table):
                    yield from parts(part, nested)
