"""What passes between the server and the process that answers: a header and bytes."""

from __future__ import annotations

import json
import struct
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

LENGTHS = struct.Struct(">II")  # of the header, of the bytes behind it


@dataclass(frozen=True, slots=True)
class Task:
    """SPARQL to answer over these graphs, or a graph to hand out as it is.

    `default` and `named` are the dataset of the request; without both it is the whole store. The
    formats are media types, one for each kind of answer; empty when the client takes none.
    """

    sparql: str
    base: str
    default: tuple[str, ...] | None = None
    named: tuple[str, ...] | None = None
    solutions: str = ""
    boolean: str = ""
    graph: str = ""
    dump: str = ""  # DEFAULT, EVERYTHING or the address of a graph

    def said(self) -> bytes:
        return frame(asdict(self), b"")


DEFAULT, EVERYTHING = "default", "*"


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of it: OK with bytes, or one of the other outcomes with Dutch words."""

    outcome: str
    content: bytes
    media: str = ""
    changing: bool = False  # another answer each time: it depends on the clock or on chance


OK, WRONG, UNWANTED, LARGE = "ok", "wrong", "unwanted", "large"


def frame(header: Mapping[str, Any], content: bytes) -> bytes:
    """One message."""
    said = json.dumps(header).encode()
    return LENGTHS.pack(len(said), len(content)) + said + content
