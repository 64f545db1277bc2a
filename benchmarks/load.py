"""Many clients at once at the endpoint: how much, how fast, how much memory, and any wrong answer.

`python benchmarks/load.py` starts `kadernota endpoint` and lets 32 clients ask for a minute.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from argparse import ArgumentParser
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING

from clients import HERE, Client, Wish, wishes
from kadernota.model import Loaded
from kadernota.pipeline import load
from kadernota.sources import ENGINE, read

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


WARM = 0.1  # the part of the time after which memory is measured for the first time


@dataclass
class Found:
    """What the clients met."""

    times: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)  # megabytes: after a warm start, ..., the end
    seconds: float = 0.0

    def within(self, share: float) -> float:
        """The time in milliseconds within which this share was answered."""
        return sorted(self.times)[min(int(len(self.times) * share), len(self.times) - 1)] * 1000

    def __str__(self) -> str:
        rate = len(self.times) / self.seconds
        memory = ", ".join(f"{m:.0f}" for m in self.memory)
        return (
            f"{len(self.times)} answers in {self.seconds:.0f} s ({rate:.0f} a second), "
            f"{len(self.wrong)} wrong; half within {self.within(0.5):.0f} ms, "
            f"95% within {self.within(0.95):.0f} ms, all within {self.within(1):.0f} ms; "
            f"memory of the service over that time: {memory} MB"
        )


def attack(service: tuple[int, int], asked: Sequence[Wish], clients: int, seconds: float) -> Found:
    """Let so many clients ask of the service (its port and process) for so long."""
    port, process = service
    start = time.perf_counter()
    threads = [Client(port, asked, start + seconds, number) for number in range(clients)]
    for thread in threads:
        thread.start()
    found = Found()
    for moment in (WARM, 0.4, 0.7, 0.98):
        time.sleep(max(0.0, start + moment * seconds - time.perf_counter()))
        found.memory.append(memory(process))
    for thread in threads:
        thread.join()
        found.times += thread.times
        found.wrong += thread.wrong
    found.seconds = time.perf_counter() - start
    return found


def memory(process: int) -> float:
    """What a process and its children hold of memory, shared pages shared out, in megabytes."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    total = 0
    for pid in (str(process), *children):
        with suppress(OSError):
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
            total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


@contextmanager
def started(*words: str) -> Iterator[tuple[int, int]]:
    """The command itself, ready to answer: its port and its process."""
    with socket.create_server((HERE, 0)) as free:
        port = free.getsockname()[1]
    quiet = subprocess.DEVNULL
    command = [sys.executable, "-m", "kadernota", "endpoint", "--poort", str(port), *words]
    with subprocess.Popen(command, cwd=ENGINE, stdout=quiet, stderr=quiet) as process:
        try:
            ready = False
            while not ready and process.poll() is None:
                with suppress(OSError):
                    socket.create_connection((HERE, port)).close()
                    line = HTTPConnection(HERE, port)
                    line.request("GET", "/sparql")
                    ready = line.getresponse().status == 200
                    line.close()
            yield port, process.pid
        finally:
            process.terminate()


def main() -> None:
    """Measure and print; a wrong answer fails."""
    given = ArgumentParser()
    given.add_argument("--clients", type=int, default=32)
    given.add_argument("--seconds", type=float, default=60)
    options = given.parse_args()
    sources = read(ENGINE)
    loaded = load(sources)
    assert isinstance(loaded, Loaded)
    with started() as service:
        found = attack(service, wishes(sources, loaded), options.clients, options.seconds)
    print(f"endpoint, {options.clients} clients: {found}")
    for line in found.wrong[:10]:
        print(f"  wrong: {line}")
    if found.wrong:
        sys.exit(1)


if __name__ == "__main__":
    main()
