"""What a YAML file says, as a tree in which everything knows its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kadernota.model import Place


@dataclass(frozen=True, slots=True)
class Scalar:
    """Text as it stands in a YAML file; `body` is where the lines of a block begin."""

    text: str
    place: Place
    body: Place | None = None


@dataclass(frozen=True, slots=True)
class Sequence:
    """A YAML list."""

    items: tuple[Node, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Table:
    """A YAML mapping; keys keep their own places."""

    entries: tuple[tuple[Scalar, Node], ...]
    place: Place


Node = Scalar | Sequence | Table
