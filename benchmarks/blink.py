"""What `serve` needs after a change of one file, against a check from scratch."""

from __future__ import annotations

import shutil
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from kadernota.commands.serving import settle
from kadernota.serve.live import Live
from kadernota.serve.session import Session
from kadernota.sources import ENGINE
from timing import OURS, PAIRS, process, seconds


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
