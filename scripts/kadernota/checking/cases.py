"""The faults of the tests in, examples for people out: why, what is wrong, what would be right.

A fault is a file that is wrong in one way; its head says which rule it breaks, why that matters
and where. What is right is taken from the smallest knowledge base that breaks no rule. So no
example can be one that the tests do not know.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import PurePosixPath
from textwrap import dedent
from typing import TYPE_CHECKING

from kadernota.checking.excerpt import WHOLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kadernota.model import File

HEAD = re.compile(rb"^(?:\xef\xbb\xbf)?#\+ (\w+): (.*?)\r?$", re.MULTILINE)
KEY = re.compile(r"^[\s-]*([a-z][a-z-]*):")
SPOT = re.compile(r"(\d+):(\d+)")
SHAPE = "knsh:"
SHARED = ("Ding-", "Handeling-", "Bronpassage-verantwoord", "Speerpunt-effectindicator")
INPUT = "partners"  # the kind of file in which most faults of form are made
AROUND = 2  # lines before and after the one that is wrong
LONGEST = 9  # lines of an example; the rest of a long file says nothing new


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: where it goes in the smallest knowledge base, and what its head says."""

    name: str
    path: str
    content: bytes
    head: dict[str, str]

    @property
    def rule(self) -> str:
        return self.head.get("breaks", "")

    @property
    def right(self) -> tuple[str, ...]:
        """What to write instead, when the smallest knowledge base does not show it."""
        return tuple(self.head.get("right", "").splitlines())

    @property
    def places(self) -> list[tuple[int, int]]:
        """The lines and columns that are wrong."""
        said = self.head.get("at") or self.head.get("message", "").partition("  ")[0]
        return [(int(line), int(column)) for line, column in SPOT.findall(said)]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an example, and whether it is the one that is wrong."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Example:
    """One way to break a rule: why it matters, what was written, and what to write."""

    why: str
    path: str
    wrong: tuple[Line, ...]
    right: tuple[str, ...]


def fault(file: File) -> Fault:
    """What one file under `tests/faults/` is about."""
    path = PurePosixPath(file.path)
    head: dict[str, str] = {}
    for name, value in ((k.decode(), v.decode()) for k, v in HEAD.findall(file.content)):
        head[name] = f"{head[name]}\n{value}" if name in head else value
    folder = INPUT if path.parent.name == "invoer" else path.parent.name
    place = head.get("replaces") or f"{folder}/{path.stem}"
    where = head.get("path", f"data/{place}{path.suffix}")
    return Fault(f"{path.parent.name}/{path.name}", where, file.content, head)


def example(found: Fault, mini: Sequence[File], top: str, keys: Iterable[str]) -> Example:
    """The fault as people may read it; `keys` are those that its rule speaks of.

    `top` is where the smallest knowledge base stands.
    """
    lines = _lines(found.content)
    head = sum(line.startswith("#+") for line in lines)
    shaped = found.rule.startswith(SHAPE)
    # At the top of a file stands what is lacking, which is nowhere, or what is wrong as a whole.
    nowhere = shaped or found.rule in WHOLE
    spots = {max(n - head, 1) for n, column in found.places if not (nowhere and n == column == 1)}
    body = [line for line in lines if not line.startswith("#+")]
    if found.content.startswith(codecs.BOM_UTF8) and body:
        body[0] = "\ufeff" + body[0]  # it stood before the head
    shared = shaped and found.rule.removeprefix(SHAPE).startswith(SHARED)
    near = _near(top + found.path, mini, everywhere=shared)
    marked = [body[spot - 1] for spot in sorted(spots)]
    right = found.right or (() if keys else _instead(body, min(spots, default=0), near))
    right = right or _blocks(
        near, [*keys, *(k for line in marked for k in KEY.findall(line))], marked
    )
    why, wrong = found.head.get("because", ""), tuple(_around(body, spots))
    if found.rule in WHOLE:
        return Example(why, "", (Line(found.path, marked=True),), right)
    return Example(why, found.path, wrong, right)


def _near(path: str, mini: Sequence[File], everywhere: bool) -> list[list[str]]:  # noqa: FBT001
    """The right files of the same kind, the one that was changed first; then those of others."""
    folder = str(PurePosixPath(path).parent)
    kept = [f for f in mini if everywhere or f.path.startswith(f"{folder}/")]
    near = sorted(kept, key=lambda f: (not f.path.startswith(f"{folder}/"), f.path != path))
    return [_lines(f.content) for f in near]


def _lines(content: bytes) -> list[str]:
    text = content.removeprefix(codecs.BOM_UTF8).decode("utf-8", "surrogateescape")
    return [line.removesuffix("\r") for line in text.rstrip("\n").split("\n")]


def _around(body: list[str], spots: set[int]) -> Iterable[Line]:
    """The lines that are wrong with what stands about them; without those, the beginning."""
    first = max(min(spots, default=1) - AROUND, 1)
    last = max(spots) + AROUND if spots else LONGEST
    for number, text in enumerate(body[first - 1 : last], first):
        yield Line(text, number in spots)


def _instead(body: list[str], spot: int, near: Iterable[list[str]]) -> tuple[str, ...]:
    """The lines that a right file has in the place of the wrong one; none if it is another file."""
    for right in near:
        for kind, a, b, c, d in SequenceMatcher(None, body, right, autojunk=False).get_opcodes():
            near_enough = a < spot <= b and b - a <= AROUND and 0 < d - c <= LONGEST
            if kind != "equal" and near_enough and not _same(right[c:d], body[spot - 1 : spot]):
                return tuple(right[c:d])
    return ()


def _blocks(near: list[list[str]], keys: Iterable[str], wrong: list[str]) -> tuple[str, ...]:
    """How the first right file that has some of these keys writes them; not as the wrong file."""
    for right in near:
        found: list[str] = []
        for key in dict.fromkeys(keys):
            block = _block(right, key)
            if block and "\n".join(block) not in dedent("\n".join(found)):
                found += block
        if found and not _same(found, wrong):
            return tuple(found[:LONGEST])
    return ()


def _same(right: Iterable[str], wrong: Iterable[str]) -> bool:
    """Whether what is right only says again what is wrong."""
    return {line.strip() for line in right} <= {line.strip() for line in wrong}


def _block(lines: list[str], key: str) -> list[str]:
    """A key with its value, from its line to the next key."""
    for at, line in enumerate(lines):
        own = len(line) - len(line.lstrip())
        if re.match(rf" *{re.escape(key)}:(?: |$)", line):
            rest = lines[at + 1 :]
            end = next((i for i, x in enumerate(rest) if len(x) - len(x.lstrip()) <= own), None)
            return dedent("\n".join([line, *rest[:end]])).split("\n")
    return []
