"""What tracing to passages costs: a check with and without it."""

from __future__ import annotations

import gc
import re
from dataclasses import replace
from statistics import median
from typing import TYPE_CHECKING

from kadernota.checking import readable
from kadernota.checking.validate import validate
from kadernota.model import File, Loaded
from kadernota.pipeline import check, load
from kadernota.sources import ENGINE, read
from kadernota.triples import Triples, value_of
from timing import OURS, PAIRS, process, seconds

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyoxigraph as ox

TRACING = re.compile(
    r"Uitzondering|Norm|Bronvermelding|Ding-bronvermelding"
    r"|Bronpassage-(pad|woorden|vingerafdruk|eerste|laatste|vanaf|verantwoord)"
)


def tracing() -> str:
    """What tracing adds to a cold check: a check with and without it, in one process.

    Without: a passage has a name, a kind and a number, as before there was a register; nothing
    is listed as an exception, no norm has a force, no key cites on its own, and no rule asks.
    """
    sources = read(ENGINE)
    bare = replace(sources, data=tuple(_untraced(sources.data)))

    def full() -> None:
        loaded = load(sources)
        assert isinstance(loaded, Loaded)
        assert check(loaded).passed

    def without() -> None:
        loaded = load(bare)
        assert isinstance(loaded, Loaded), loaded
        kept = (t for t in loaded.shapes.items if not TRACING.match(_local(t)))
        shapes = Triples.of(kept)
        found = validate(loaded.closed, shapes)
        assert not found, found
        list(readable.claims(loaded.asserted.items))

    gc.disable()
    pairs = [(seconds(full), seconds(without)) for _ in range(PAIRS)]
    gc.enable()
    extra = median(f - w for f, w in pairs)
    cold = median(seconds(lambda: process(OURS)) for _ in range(PAIRS))
    return (
        f"tracing: {extra:.2f} s of a cold check of {cold:.2f} s:"
        f" {extra / (cold - extra):.0%} more than without (aim: 20%)"
    )


def _local(t: ox.Triple) -> str:
    return value_of(t.subject).rpartition("#")[2]


def _untraced(files: tuple[File, ...]) -> Iterator[File]:
    for file in files:
        folder = file.path.split("/")[1]
        text = file.content.decode()
        if folder == "bron":
            keys = "pad|woorden|vingerafdruk|eerste-woorden|laatste-woorden|vanaf-woorden"
            text = re.sub(rf"(?m)^ *(?:{keys}|woorden-ervoor|woorden-erna): .*\n", "", text)
        elif folder not in {"uitzonderingen", "normen"}:
            text = re.sub(r"(?m)^bronvermeldingen:\n(?: .*\n)+", "", text)
        else:
            continue
        yield File(file.path, text.encode())
