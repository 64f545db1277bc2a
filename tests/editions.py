"""The smallest knowledge base with something changed in it, for the tests of comparing."""

from __future__ import annotations

from dataclasses import replace

from conftest import MINI
from kadernota.model import File, Loaded, Sources
from kadernota.pipeline import load
from kadernota.sources import read

MINIMAL = read(MINI)
PARTNER = "data/partners/jongerenwerk.yaml"


def edited(sources: Sources, *edits: tuple[str, str, str]) -> Sources:
    """The sources after replacing words in files; without a path, in every file."""
    files = {f.path: f.content.decode() for f in sources.data}
    for path, old, new in edits:
        assert any(old in files[p] for p in ([path] if path else files)), (path, old)
        for p in [path] if path else [*files]:
            files[p] = files[p].replace(old, new)
    return with_files(sources, files)


def with_files(sources: Sources, files: dict[str, str]) -> Sources:
    data = tuple(File(path, text.encode()) for path, text in sorted(files.items()))
    return replace(sources, data=data)


def moved(sources: Sources, old: str, new: str) -> Sources:
    """The sources after renaming a thing, everywhere."""
    files = {f.path: f.content.decode() for f in sources.data}
    files[f"data/{new}.yaml"] = files.pop(f"data/{old}.yaml")
    return edited(with_files(sources, files), ("", old, new))


def opened(sources: Sources) -> Loaded:
    loaded = load(sources)
    assert isinstance(loaded, Loaded), loaded
    return loaded
