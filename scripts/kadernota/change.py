"""One file that is to change: what it was, and what it is to be."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """What a file of the knowledge base was and is to be; None is a file that is not there."""

    path: str
    old: bytes | None
    new: bytes | None
