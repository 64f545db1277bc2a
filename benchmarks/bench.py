"""What is fast here, as ratios against a named peer in one run: `make bench`."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import rdflib
from kadernota.ask import ask, store
from kadernota.model import Loaded
from kadernota.pipeline import load
from kadernota.questions import questions
from kadernota.sources import ENGINE, read

if TYPE_CHECKING:
    from collections.abc import Callable

PAIRS = 3
OURS = [sys.executable, "-m", "kadernota", "check"]
PLAIN = [sys.executable, str(Path(__file__).with_name("plain_check.py"))]


def seconds(work: Callable[[], object]) -> float:
    """How long the work took, in seconds."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def process(command: list[str]) -> None:
    """Run a whole process; its failure is ours."""
    subprocess.run(command, cwd=ENGINE, check=True, capture_output=True)


def cold_check() -> str:
    """A cold check as a whole process, ours and the plain stack in turn."""
    pairs = [
        (seconds(lambda: process(OURS)), seconds(lambda: process(PLAIN))) for _ in range(PAIRS)
    ]
    ours, plain = (median(p[i] for p in pairs) for i in (0, 1))
    return (
        f"cold check: {ours:.2f} s against {plain:.2f} s for PyYAML + rdflib + owlrl + pySHACL:"
        f" {median(p / o for o, p in pairs):.1f} times as fast (aim: 4)"
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
    print(cold_check())
    print(named_questions())
