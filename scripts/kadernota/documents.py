"""Files under data/ in, documents out: the folder gives the class, the file name the address."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from kadernota import strict
from kadernota.model import File, Form, Place, Problem
from kadernota.structure import SLUG, slug
from kadernota.tree import Node, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


@dataclass(frozen=True, slots=True)
class Document:
    """One YAML file: its address (`partners/halt`), its class, its tree."""

    path: str
    address: str
    cls: str
    tree: Table


def documents(
    files: Iterable[File], forms: Mapping[str, Form]
) -> tuple[tuple[Document, ...], tuple[Problem, ...]]:
    """The YAML documents among the files, and what is wrong with their names or their YAML."""
    folders = {form.folder: form.cls for form in forms.values() if form.folder}
    found: list[Document] = []
    problems: list[Problem] = []
    for file in files:
        if named := name_problem(file.path, folders):
            problems.append(named)
        elif file.path.endswith(".yaml"):
            tree, wrong = strict.parse(file)
            problems.extend(wrong)
            if tree:
                _, folder, name = PurePosixPath(file.path).parts
                address = f"{folder}/{name.removesuffix('.yaml')}"
                found.append(Document(file.path, address, folders[folder], tree))
    return tuple(found), tuple(problems)


def name_problem(path: str, folders: Mapping[str, str]) -> Problem | None:
    """What is wrong with the place or the name of a file under data/."""
    parts = PurePosixPath(path).parts
    place = Place(path)
    if len(parts) != 3:
        message = "Zet dit bestand in een map onder data/, bijvoorbeeld data/partners/naam.yaml."
        return Problem(place, "", message, "invoer:plek")
    folder, name = parts[1], parts[2]
    if folder not in folders:
        near = get_close_matches(folder, folders, n=1, cutoff=0.6)
        hint = f" Bedoelde je data/{near[0]}/?" if near else f" Kies uit: {', '.join(folders)}."
        message = f"Zet dit bestand in een map die bestaat; data/{folder}/ kent niemand.{hint}"
        return Problem(place, "", message, "invoer:plek")
    stem, dot, extension = name.rpartition(".")
    if not dot or extension not in {"yaml", "ttl"}:
        message = f"Geef dit bestand de naam '{slug(stem or name)}.yaml' (of .ttl voor Turtle)."
        return Problem(place, "", message, "invoer:bestandsnaam")
    if not SLUG.fullmatch(stem):
        message = f"Geef dit bestand de naam '{slug(stem)}.{extension}'."
        return Problem(place, "", message, "invoer:bestandsnaam")
    return None


def addresses(document: Document, nested: frozenset[str]) -> Iterator[str]:
    """The address of the document and of each nested thing in it."""
    yield document.address
    for key, value in document.tree.entries:
        if key.text in nested and isinstance(value, Table):
            for name, _ in value.entries:
                yield f"{document.address}#{name.text}"


def entries(node: Node) -> tuple[tuple[str, Node], ...]:
    """Keys and values of a table as plain pairs; nothing for other nodes."""
    return tuple((k.text, v) for k, v in node.entries) if isinstance(node, Table) else ()
