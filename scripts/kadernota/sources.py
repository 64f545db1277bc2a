"""A folder in, everything that people wrote out: the only module that reads."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kadernota.model import File, Sources

if TYPE_CHECKING:
    from collections.abc import Iterable

ENGINE = Path(__file__).resolve().parents[2]
SETTINGS = "kadernota.yaml"


class NoKnowledgeBase(Exception):  # noqa: N818 - it is the answer to a wrong command
    """There is no knowledge base here; the text says, in Dutch, what to do."""


def find_root(start: Path, chosen: Path | None) -> Path:
    """The folder with `kadernota.yaml`: the chosen one, or the nearest one above `start`."""
    if chosen:
        if (chosen / SETTINGS).is_file():
            return chosen.resolve()
        raise NoKnowledgeBase(f"Geef met --map een map waarin {SETTINGS} staat; niet '{chosen}'.")
    for folder in (start, *start.parents):
        if (folder / SETTINGS).is_file():
            return folder
    raise NoKnowledgeBase(f"Ga naar een map met {SETTINGS}, of noem die map met --map.")


def read(root: Path) -> Sources:
    """Read once, in a stable order; the folders that a knowledge base lacks are the engine's."""

    def own(folder: str) -> Path:
        return root if (root / folder).is_dir() else ENGINE

    return Sources(
        root=root,
        settings=File(SETTINGS, (root / SETTINGS).read_bytes()),
        data=_files(root, (root / "data").rglob("*")),
        context=File(
            "ontology/context.jsonld",
            (own("ontology") / "ontology" / "context.jsonld").read_bytes(),
        ),
        ontology=_files(own("ontology"), (own("ontology") / "ontology").glob("*.ttl")),
        rules=_files(own("ontology"), (own("ontology") / "ontology" / "rules").glob("*.ru")),
        shapes=_files(own("shapes"), (own("shapes") / "shapes").glob("*.ttl")),
        queries=_files(own("queries"), (own("queries") / "queries").glob("*.rq")),
        site=_files(own("site"), (own("site") / "site").rglob("*")),
    )


def _files(root: Path, paths: Iterable[Path]) -> tuple[File, ...]:
    return tuple(
        File(path.relative_to(root).as_posix(), path.read_bytes())
        for path in sorted(paths)
        if path.is_file() and not path.name.startswith(".")
    )
