"""The source of a document in, its comments out, each with the key or item that it is about.

Strict YAML has comments on lines of their own, so a comment is about what follows it. One that
stands deeper than what follows closes the block it stands in; one with an empty line under it at
the top of a file is about the whole file.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kadernota.reading.tree import Node, Scalar, Sequence, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kadernota.model import Place

# A quick look: most files have a # only inside addresses. The sign itself is first, so that the
# search jumps from one to the next; before it stands nothing, or what ends a token.
SIGN = re.compile(
    r"(?m)#(?:(?<=^#)|(?<=[\s,\[\]{}\"':?|>]#)|(?<=[|>][0-9+-]#)|(?<=[|>][0-9+-][0-9+-]#))"
)
QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'")
Spot = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Comments:
    """Comments by the place of the key or item below them, or of the block that they close."""

    heading: tuple[str, ...] = ()
    above: Mapping[Place, list[str]] = field(default_factory=dict)
    closing: Mapping[Place, list[str]] = field(default_factory=dict)


NONE = Comments()


@dataclass(frozen=True, slots=True)
class _Anchor:
    """A key or an item: where it stands, how deep, and in which blocks (outermost first)."""

    place: Place
    depth: int
    blocks: tuple[tuple[int, Place], ...]


def comments(source: str, tree: Table) -> Comments:
    """All comments in the source of this tree."""
    return _Reader(source, tree).read() if SIGN.search(source) else NONE


class _Reader:
    """Finds what is a comment and not text, and what each is about."""

    def __init__(self, source: str, tree: Table) -> None:
        self.lines = source.split("\n")
        self.tree = tree
        self.scalars: dict[int, list[Scalar]] = defaultdict(list)
        self.texts: set[int] = set()  # lines of blocks of text
        self.anchors = list(self._anchors(tree, ()))
        self.spots = [(a.place.line, a.place.column) for a in self.anchors]

    def read(self) -> Comments:
        above: dict[Place, list[str]] = defaultdict(list)
        closing: dict[Place, list[str]] = defaultdict(list)
        heading: list[str] = []
        top = self._top()
        for spot, said in self._found():
            if spot[0] < top:
                heading.append(said)
            else:
                where, place = self._about(spot)
                (above if where else closing)[place].append(said)
        return Comments(tuple(heading), above, closing)

    def _anchors(self, node: Node, blocks: tuple[tuple[int, Place], ...]) -> Iterator[_Anchor]:
        if isinstance(node, Scalar):
            return
        flow = self._at(node.place) in "{["
        column = node.place.column
        # A list that is not indented is one block with the keys above it.
        same = flow or (blocks and blocks[-1][0] == column)
        inside = blocks if same else (*blocks, (column, node.place))
        if isinstance(node, Sequence):
            for item in node.items:
                if isinstance(item, Scalar):
                    self._keep(item)
                    depth = item.place.column if flow else node.place.column
                    yield _Anchor(item.place, depth, inside)
                yield from self._anchors(item, inside)
            return
        for key, value in node.entries:
            self._keep(key)
            yield _Anchor(key.place, key.place.column, inside)
            if isinstance(value, Scalar):
                self._keep(value)
            yield from self._anchors(value, inside)

    def _at(self, place: Place) -> str:
        return self.lines[place.line - 1][place.column - 1]

    def _keep(self, scalar: Scalar) -> None:
        if scalar.body:
            self.texts.update(
                range(scalar.body.line, scalar.body.line + scalar.text.count("\n") + 1)
            )
        else:
            self.scalars[scalar.place.line].append(scalar)

    def _top(self) -> int:
        """The last empty line above the first key; what stands above it is about the file."""
        before = range(1, self.anchors[0].place.line)
        return max((n for n in before if not self.lines[n - 1].strip()), default=0)

    def _found(self) -> Iterator[tuple[Spot, str]]:
        for number, line in enumerate(self.lines, 1):
            if "#" not in line or number in self.texts:
                continue
            for scalar in self.scalars[number]:
                start = scalar.place.column - 1
                quoted = QUOTED.match(line, start)
                end = quoted.end() if quoted else start + len(scalar.text)
                line = line[:start] + "x" * (end - start) + line[end:]  # noqa: PLW2901
            if (at := line.find("#")) >= 0:
                yield (number, at + 1), line[at:].rstrip()

    def _about(self, spot: Spot) -> tuple[bool, Place]:
        """Whether it stands above something (or closes a block), and the place of that."""
        nth = bisect(self.spots, spot)
        last = self.anchors[nth - 1] if nth else None
        following = self.anchors[nth] if nth < len(self.anchors) else None
        own = not self.lines[spot[0] - 1][: spot[1] - 1].strip()
        if last and not own:
            return True, last.place
        depth, outer = (following.depth, following.blocks) if following else (0, ())
        if last and spot[1] > depth:
            ended = [p for column, p in last.blocks[len(outer) :] if column <= spot[1]]
            if ended and last.blocks[: len(outer)] == outer:
                return False, ended[-1]
        return (True, following.place) if following else (False, self.tree.place)
