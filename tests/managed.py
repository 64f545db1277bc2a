"""A knowledge base with a CMS, for the tests: `beheer.yaml` names a forge that nobody has."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from conftest import MINI, ROOT
from kadernota import write
from kadernota.model import File, Loaded, Sources
from kadernota.pipeline import load, manage
from kadernota.sources import read

if TYPE_CHECKING:
    from pathlib import Path

FORGE = "dienst: github\nopslagplaats: gemeente/beleid\ntak: main\n"
INSTALLED = (ROOT / "node_modules" / "@sveltia" / "cms").is_dir()
WHY = "run npm ci for the tests with the CMS"


def with_forge(sources: Sources, empty: Path, forge: str = FORGE) -> Sources:
    """The sources with a forge, and with the CMS; `empty` is a folder to read the CMS from."""
    (empty / "kadernota.yaml").write_bytes((MINI / "kadernota.yaml").read_bytes())
    (empty / "beheer.yaml").write_text(forge)
    read_there = read(empty)
    return replace(sources, forge=read_there.forge, cms=read_there.cms)


def pages(sources: Sources) -> dict[str, bytes]:
    """The pages of the CMS, by their path in the site."""
    loaded = load(sources)
    assert isinstance(loaded, Loaded), loaded
    return {file.path: file.content for file in manage(loaded, sources) if isinstance(file, File)}


def publish(sources: Sources, folder: Path, forge: str = FORGE) -> dict[str, bytes]:
    """Put the CMS where it is served; gives its pages."""
    empty = folder / "leeg"
    empty.mkdir()
    made = pages(with_forge(sources, empty, forge))
    files = (File(path.removeprefix("beheer/"), content) for path, content in made.items())
    write.folder(files, folder / "beheer")
    return made


def texts(sources: Sources) -> dict[str, str]:
    return {f.path: f.content.decode() for f in sources.data}
