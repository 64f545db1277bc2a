"""What one question, and all questions together, may cost."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of the service; one question has a process of its own while it is answered."""

    workers: int = 4  # questions that are answered at the same time
    waiting: int = 64  # questions that may wait for that
    patience: float = 10.0  # seconds that they wait
    seconds: float = 10.0  # for one question, up to the last byte of its answer
    memory: int = 1 << 30  # bytes of address space of one process
    request: int = 100_000  # bytes of a question
    answer: int = 32 << 20  # bytes of an answer
