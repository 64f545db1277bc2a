"""What is fast here, as ratios against a named peer in one run: `make bench`."""

from __future__ import annotations

import gc
import os
import re
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import rdflib
from kadernota.asking.ask import ask, store
from kadernota.asking.questions import questions
from kadernota.authoring import tidy
from kadernota.checking import readable
from kadernota.checking.validate import validate
from kadernota.commands.serving import settle
from kadernota.model import File, Loaded
from kadernota.pipeline import check, load, schemas
from kadernota.serve.live import Live
from kadernota.serve.session import Session
from kadernota.sources import ENGINE, read
from kadernota.triples import Triples, value_of
from kadernota.write import refresh

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pyoxigraph as ox

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


def blink() -> str:
    """A change of one file on disk, until the report is there and until its page is; `serve` does.

    Every fortieth file says more, then loses a line, then is as it was: each is a change.
    """
    with TemporaryDirectory() as folder:
        root = Path(shutil.copytree(ENGINE / "data", Path(folder) / "data").parent)
        for path in ENGINE.glob("*.yaml"):
            shutil.copy(path, root)
        live = Live(Session(root))
        live.shown("")
        settle()
        checks, pages = [], []
        for path in sorted((root / "data").glob("*/*.yaml"))[::40]:
            before = path.read_bytes()
            more = before.replace(b"naam: ", b"naam: Nieuwe ", 1)
            for content in (more, before[: before.rindex(b"\n", 0, -1) + 1], before):
                path.write_bytes(content)
                checks.append(seconds(live.refresh))
                address = path.relative_to(root / "data").with_suffix("")
                pages.append(checks[-1] + seconds(lambda at=address: live.shown(f"{at}/")))  # type: ignore[misc]
    cold = median(seconds(lambda: process(OURS)) for _ in range(PAIRS))
    high = sorted(checks)[len(checks) * 95 // 100]
    return (
        f"checked again after each of {len(checks)} changes of one file:"
        f" {median(checks) * 1000:.0f} ms, 95% within {high * 1000:.0f} ms (aim: 150),"
        f" {median(checks) / cold:.0%} of a cold check of {cold:.2f} s (aim: 10%);"
        f" with its page: {median(pages) * 1000:.0f} ms"
    )


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
