"""A folder in, everything that people wrote out: the only module that reads."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kadernota import git
from kadernota.letters import shown, visible
from kadernota.model import File, Place, Problem, Sources

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).resolve()
# In a repository the engine's own files lie beside scripts/, in an installed package inside it.
ENGINE = found if (found := HERE.with_name("motor")).is_dir() else HERE.parents[2]
SETTINGS = "kadernota.yaml"
FORGE = "beheer.yaml"
SVELTIA = "node_modules/@sveltia/cms/"
NEEDED = (
    ("", "LICENSE.txt"),
    ("", "package.json"),
    ("locales", "nl.json"),
    ("npm", ".js"),
    ("npm/assets", ".txt"),
    ("npm/assets", ".woff2"),
    ("npm/chunks", ".js"),
)
REDIRECTS = "omleidingen.yaml"
SEARCHWORDS = "zoekwoorden.yaml"
BUILDER = "mkdocs.yml"  # how the site is built and where its pages stand in the menu
ADOPTED = "KADERNOTA_BRON"  # where the adopted text is, for those who have it
LARGEST = (
    8 << 20
)  # bytes of an adopted text; with its markup a memorandum has some hundred thousand


class NoKnowledgeBase(Exception):  # noqa: N818 - it is the answer to a wrong command
    """There is no knowledge base here; the text says, in Dutch, what to do."""


def find_root(start: Path, chosen: Path | None) -> Path:
    """The folder with `kadernota.yaml`: the chosen one, or the nearest one above `start`."""
    if chosen:
        if _is_root(chosen):
            return chosen.resolve()
        said = shown(str(chosen))
        raise NoKnowledgeBase(f"Geef met --map een map waarin {SETTINGS} staat; niet '{said}'.")
    for folder in (start, *start.parents):
        if _is_root(folder):
            return folder
    raise NoKnowledgeBase(f"Ga naar een map met {SETTINGS}, of noem die map met --map.")


def _is_root(folder: Path) -> bool:
    try:
        return (folder / SETTINGS).is_file()
    except (OSError, ValueError):  # a name that cannot exist, a folder that is closed to us
        return False


def read(root: Path) -> Sources:
    """Read once, in a stable order; the folders that a knowledge base lacks are the engine's."""
    reader = Reader()
    found = gathered(reader, root, reader.file(root, root / SETTINGS), reader.folder(root, "data"))
    adopted = os.environ.get(ADOPTED)
    text = adopted_text(Path(adopted)) if adopted else None
    if isinstance(text, Problem):
        reader.unreadable.append(text)
    return replace(
        found,
        unreadable=tuple(reader.unreadable),
        version=git.version(root),
        adopted=text if isinstance(text, File) else None,
    )


def alone(root: Path) -> Sources:
    """The engine's own files, before there is a knowledge base at this place."""
    reader = Reader()
    found = gathered(reader, root, File(SETTINGS, b""), ())
    return replace(found, unreadable=tuple(reader.unreadable))


def whose(root: Path, name: str) -> Path:
    """Where a part comes from: the knowledge base itself, or else the engine."""
    own = root / name
    return root if (own.is_file() if name == BUILDER else own.is_dir()) else ENGINE


def gathered(reader: Reader, root: Path, config: File, data: tuple[File, ...]) -> Sources:
    """All that belongs to these data: what they lack of their own is the engine's."""
    own = partial(reader.whose, root)
    ontology, shapes, queries, site = map(own, ("ontology", "shapes", "queries", "site"))
    return Sources(
        root=root,
        settings=config,
        data=data,
        context=reader.file(ontology, ontology / "ontology" / "context.jsonld"),
        ontology=reader.folder(ontology, "ontology", ".ttl"),
        rules=reader.folder(ontology, "ontology/rules", ".ru"),
        shapes=reader.folder(shapes, "shapes", ".ttl"),
        queries=reader.folder(queries, "queries", ".rq"),
        site=(*reader.folder(site, "site"), reader.file(own(BUILDER), own(BUILDER) / BUILDER)),
        editing=reader.folder(own("site/bewerken"), "site/bewerken"),
        redirects=reader.optional(root, REDIRECTS),
        searchwords=reader.optional(root, SEARCHWORDS),
        forge=reader.optional(root, FORGE),
        cms=_cms(reader, root) if (root / FORGE).exists() else (),
        examples=(
            *reader.folder(shapes, "tests/faults"),
            *reader.folder(shapes, "tests/mini"),
        ),
    )


def _cms(reader: Reader, root: Path) -> tuple[File, ...]:
    """Our pages for the CMS, and what a browser needs of the CMS itself if that is installed."""
    there = root if (root / SVELTIA).is_dir() else ENGINE
    found = (file for part, end in NEEDED for file in reader.folder(there, SVELTIA + part, end))
    return (*reader.folder(ENGINE, "beheer"), *found)


def plain(root: Path, path: str) -> bool:
    """Whether this is a place of its own: no link, nor in a folder that is one."""
    at = root / path
    return not any(found.is_symlink() for found in (at, at.parent, at.parent.parent))


def adopted_text(path: Path) -> File | Problem:
    """A file with the adopted text, from anywhere; it never enters the knowledge base."""
    name = visible(str(path))
    message = "Noem een bestand met de vastgestelde tekst dat je mag lezen."
    try:
        if path.is_file():  # a pipe would keep us waiting, a device never ends
            if path.stat().st_size <= LARGEST:
                return File(name, path.read_bytes())
            message = f"Geef alleen de vastgestelde tekst: hooguit {LARGEST >> 20} MB."
    except (OSError, ValueError):
        pass
    return Problem(Place(name), "", message, "bron:onleesbaar")


def now(path: Path) -> bytes | None:
    """What is in a file at this moment; None when there is none."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


class Reader:
    """Reads files and folders, and keeps what could not be read: nothing is left out in silence."""

    def __init__(self) -> None:
        self.unreadable: list[Problem] = []

    def whose(self, root: Path, name: str) -> Path:
        """Where a part comes from, as far as this reader can tell."""
        return whose(root, name)

    def file(self, root: Path, path: Path) -> File:
        name = visible(path.relative_to(root).as_posix())
        try:
            return File(name, path.read_bytes())
        except FileNotFoundError:
            self.refuse(name, "Zet dit bestand terug; het ontbreekt, of de koppeling is stuk.")
        except OSError:
            self.refuse(name, "Geef jezelf leesrecht op dit bestand; het kan niet worden gelezen.")
        return File(name, b"")

    def optional(self, root: Path, name: str) -> File | None:
        """A file that need not be there; a link to nothing is one that should be."""
        path = root / name
        return self.file(root, path) if path.exists() or path.is_symlink() else None

    def folder(self, root: Path, folder: str, ending: str = "") -> tuple[File, ...]:
        """The files in a folder; with an ending only those directly in it that have it."""
        top = root / folder
        found = [path for path in self.walk(root, top, not ending) if path.name.endswith(ending)]
        if ending == ".ttl" and not found and not self.unreadable:
            self.refuse(folder, "Zet hier minstens één .ttl-bestand, of verwijder deze map.")
        return tuple(self.file(root, path) for path in sorted(found))

    def walk(self, root: Path, folder: Path, deep: bool) -> Iterator[Path]:  # noqa: FBT001
        try:
            paths = sorted(p for p in folder.iterdir() if not p.name.startswith("."))
        except FileNotFoundError:
            return
        except OSError:
            name = visible(folder.relative_to(root).as_posix())
            self.refuse(name, "Maak hiervan een map die jij mag lezen.")
            return
        for path in paths:
            if remedy := _strange(path):
                self.refuse(visible(path.relative_to(root).as_posix()), remedy)
            elif not path.is_dir():
                yield path
            elif deep:
                yield from self.walk(root, path, deep)

    def refuse(self, name: str, message: str) -> None:
        self.unreadable.append(Problem(Place(name), "", message, "invoer:onleesbaar"))


def _strange(path: Path) -> str:
    """What to do about something that is no plain file or folder; empty when it is one."""
    if path.is_dir() and path.is_symlink():
        return "Vervang deze koppeling door een gewone map."
    if path.is_dir() and path.suffix in {".yaml", ".ttl"}:
        return "Maak hiervan een bestand, of geef de map een naam zonder punt."
    if not path.exists() and path.is_symlink():
        return "Zet het bestand terug waar deze koppeling naar wijst, of verwijder de koppeling."
    return "" if path.is_dir() or path.is_file() else "Vervang dit door een gewoon bestand."
