"""How long work takes, in this process or as a whole one."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from kadernota.sources import ENGINE

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
