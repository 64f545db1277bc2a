"""What is fast here, as ratios against a named peer in one run: `make bench`."""

from __future__ import annotations

import gc
import os
import subprocess
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import rdflib
from blink import blink
from kadernota.asking.ask import ask, store
from kadernota.asking.questions import questions
from kadernota.authoring import tidy
from kadernota.model import File, Loaded
from kadernota.pipeline import check, load, schemas
from kadernota.sources import ENGINE, read
from kadernota.write import refresh
from timing import OURS, PAIRS, PLAIN, process, seconds
from untraced import tracing


def cold_check() -> str:
    """A check as a whole process, as a hook or a forge runs it after a change."""
    ours = median(seconds(lambda: process(OURS)) for _ in range(PAIRS))
    plain = seconds(lambda: process(PLAIN))  # so much slower that once is enough
    return (
        f"cold check, also of a change: {ours:.2f} s (aim: 2) against {plain:.2f} s for PyYAML +"
        f" rdflib + owlrl + pySHACL: {plain / ours:.1f} times as fast (aim: 4)"
    )


def telling() -> str:
    """What the last change of data means, against a check: whole processes in turn."""
    log = ["git", "log", "-1", "--format=%H", "--", "data"]
    done = subprocess.run(log, cwd=ENGINE, check=True, capture_output=True, text=True)
    last = done.stdout.strip()
    told = [*OURS[:-1], "diff", f"{last}~1", last]
    pairs = [(seconds(lambda: process(told)), seconds(lambda: process(OURS))) for _ in range(PAIRS)]
    ours, checked = (median(p[i] for p in pairs) for i in (0, 1))
    ratio = median(t / c for t, c in pairs)
    return f"diff: {ours:.2f} s against {checked:.2f} s for a check: {ratio:.1f} times (aim: 1.5)"


def editors() -> str:
    """What it adds to a check to let editors know the shape and what exists."""
    sources = read(ENGINE)
    loaded = load(sources)
    assert isinstance(loaded, Loaded)

    def full() -> None:
        found = load(sources)
        assert isinstance(found, Loaded)
        check(found)

    def extra() -> None:
        files = [f for f in schemas(sources, loaded) if isinstance(f, File)]
        with TemporaryDirectory() as folder:
            refresh(files, Path(folder))

    gc.disable()
    pairs = [(seconds(extra), seconds(full)) for _ in range(PAIRS)]
    gc.enable()
    ours, whole = (median(p[i] for p in pairs) for i in (0, 1))
    return (
        f"schemas for editors: {ours * 1000:.0f} ms beside a check of {whole:.2f} s:"
        f" {median(o / w for o, w in pairs):.0%} more (aim: 8%)"
    )


def neatness() -> str:
    """What it adds to a check to see that every file is written in its canonical form."""
    sources = read(ENGINE)
    loaded = load(sources)
    assert isinstance(loaded, Loaded)

    def full() -> None:
        found = load(sources)
        assert isinstance(found, Loaded)
        check(found)

    def extra() -> None:
        assert not tidy.untidy(loaded, ())

    gc.disable()
    pairs = [(seconds(extra), seconds(full)) for _ in range(PAIRS)]
    gc.enable()
    ours, whole = (median(p[i] for p in pairs) for i in (0, 1))
    return (
        f"canonical form: {ours * 1000:.0f} ms beside a check of {whole:.2f} s:"
        f" {median(o / w for o, w in pairs):.0%} more (aim: 5%)"
    )


def named_questions() -> str:
    """All named questions with their defaults, ours and rdflib on the same closed graph."""
    sources = read(ENGINE)
    loaded = load(sources)
    assert isinstance(loaded, Loaded)
    asked, _ = questions(sources.queries)
    graph = store(loaded)
    peer = rdflib.Graph()
    text = "\n".join(f"{t} ." for t in loaded.closed.items)
    peer.parse(data=text, format="nt")

    def rdflib_asks(sparql: str, given: dict[str, rdflib.term.Identifier]) -> None:
        list(peer.query(sparql, initBindings=given))

    times: list[tuple[float, float]] = []
    for q in asked:
        given: dict[str, rdflib.term.Identifier] = {
            p.name: rdflib.Literal(p.default, datatype=rdflib.URIRef(p.datatype))
            for p in q.parameters
            if p.default and p.datatype
        }
        ours = min(seconds(lambda q=q: ask(graph, loaded, q, {})) for _ in range(PAIRS))  # type: ignore[misc]
        times.append((ours, seconds(lambda q=q, g=given: rdflib_asks(q.sparql, g))))  # type: ignore[misc]
    total_ours, total_peer = (sum(pair[i] for pair in times) for i in (0, 1))
    return (
        f"all {len(asked)} questions: {total_ours * 1000:.0f} ms against {total_peer:.2f} s"
        f" for rdflib: {total_peer / total_ours:.0f} times as fast together,"
        f" {median(p / o for o, p in times):.0f} times by the median question (aim: 50)"
    )


if __name__ == "__main__":
    text = os.environ.pop("KADERNOTA_BRON", None)  # as most authors work: without the adopted text
    print(cold_check())
    print(telling())
    print(blink())
    print(tracing())
    print(editors())
    print(neatness())
    print(named_questions())
    if text:
        os.environ["KADERNOTA_BRON"] = text
        print(f"with the adopted text at hand: {blink()}")
