"""Blocks and the register of an earlier reading in; the new register, and what changed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from kadernota.reading.values import slug
from kadernota.tracing.block import HEADING, NOTE
from kadernota.tracing.fragment import Context, edges, fragments
from kadernota.tracing.pairs import pairs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kadernota.tracing.block import Block
    from kadernota.tracing.pairs import Pairs

CHAPTER = re.compile(r"Hoofdstuk (\d{1,2})\b|(\d{1,2})\. ")
BEGIN, NOTES = "Begin", "Voetnoten"  # what has no heading above it
STEP = " > "  # between the headings of a path


class Label(NamedTuple):
    """What people may correct: the register keeps it for as long as the passage is there."""

    key: str
    name: str
    kind: str
    path: str


@dataclass(frozen=True, slots=True)
class Passage:
    """One entry of the register: where a passage stands and how to recognise it, not its text."""

    key: str
    name: str
    kind: str
    path: str
    words: int
    fingerprint: str
    start: str
    end: str
    context: Context

    @property
    def label(self) -> Label:
        return Label(self.key, self.name, self.kind, self.path)


@dataclass(frozen=True, slots=True)
class Reading:
    """The register after reading a text, and how it differs from the one before."""

    passages: tuple[Passage, ...]
    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    edited: tuple[str, ...] = ()


def read(found: Sequence[Block], before: Sequence[Passage]) -> Reading:
    """The register of a text; a passage that was known keeps its id, name, kind and path."""
    paired = pairs(found, before)
    labels = _labels(found, _known(found, paired), {p.key for p in before})
    contexts = fragments([block.text for block in found])
    held = {p.key for p in paired.all.values()}
    return Reading(
        tuple(_passage(*each) for each in zip(labels, found, contexts, strict=True)),
        new=tuple(label.key for label in labels if label.key not in held),
        gone=tuple(p.key for p in before if p.key not in held),
        moved=tuple(p.key for _, p in sorted(paired.moved.items())),
        edited=tuple(p.key for _, p in sorted(paired.edited.items())),
    )


def _passage(label: Label, block: Block, context: Context) -> Passage:
    words = block.words
    return Passage(*label, len(words), block.fingerprint, *edges(words), context)


def _known(found: Sequence[Block], paired: Pairs) -> dict[int, Label]:
    """What known passages are called; a new wording of a heading goes on in the paths below it."""
    labels = {i: p.label for i, p in sorted(paired.all.items())}
    for i, p in sorted(paired.edited.items()):
        *above, heading = p.path.split(STEP)
        # Whoever wrote another path by hand keeps that.
        if p.kind == HEADING and sha256(heading.encode()).hexdigest() == p.fingerprint:
            _rename(labels, i, [*above, heading], found[i].text)
    return labels


def _rename(labels: dict[int, Label], at: int, path: Sequence[str], text: str) -> None:
    """Give the heading and all that stands under it the new wording, up to the next section."""
    depth = len(path)
    for i in [i for i in labels if i >= at]:
        steps = labels[i].path.split(STEP)
        if steps[:depth] != [*path]:
            return
        named = i == at and labels[i].name == short(path[-1])
        name = short(text) if named else labels[i].name
        labels[i] = labels[i]._replace(
            name=name, path=STEP.join((*path[:-1], text, *steps[depth:]))
        )


def _labels(
    found: Sequence[Block], known: Mapping[int, Label], taken: Iterable[str]
) -> list[Label]:
    """The label of every block: the one it has, or a new one made from the headings above it."""
    names = _Names(taken)
    return [
        names.follow(known[i]) if i in known else names.make(block) for i, block in enumerate(found)
    ]


class _Names:
    """Walks along the headings, and makes ids that nothing has, nor had in the register before."""

    def __init__(self, taken: Iterable[str]) -> None:
        self.taken = set(taken)
        self.chapter = self.heading = ""
        self.place = slug(BEGIN)
        self.number = self.notes = 0

    def follow(self, label: Label) -> Label:
        """A passage that has a label tells where we are."""
        if label.kind == NOTE:
            self.notes += 1
            return label
        self.chapter, _, self.heading = label.path.partition(STEP)
        if label.kind == HEADING:
            self.place, self.number = label.key, 0
        else:
            self.number += 1
        return label

    def make(self, block: Block) -> Label:
        if block.kind == NOTE:
            self.notes += 1
            key, number = self._numbered(slug(block.kind), self.notes)
            return Label(key, f"{block.kind.capitalize()} {number}", NOTE, NOTES)
        if block.kind == HEADING:
            return self._heading(block.text)
        self.number += 1
        key, number = self._numbered(self.place, self.number)
        above = short(self.heading or self.chapter) or BEGIN
        return Label(key, f"{above}, {block.kind} {number}", block.kind, self._path())

    def _heading(self, text: str) -> Label:
        opens = CHAPTER.match(text) or not CHAPTER.match(self.chapter)
        self.chapter, self.heading = (text, "") if opens else (self.chapter, text)
        parts = filter(None, (self.chapter, self.heading))
        key = "-".join(slug(short(part)) for part in parts)
        self.place = key if key not in self.taken else self._numbered(key, 2)[0]
        self.taken.add(self.place)
        self.number = 0
        return Label(self.place, short(text), HEADING, self._path())

    def _numbered(self, key: str, first: int) -> tuple[str, int]:
        """The id with the first number, from this one on, that makes it one of its own."""
        number = next(n for n in count(first) if f"{key}-{n}" not in self.taken)
        self.taken.add(f"{key}-{number}")
        return f"{key}-{number}", number

    def _path(self) -> str:
        return STEP.join(filter(None, (self.chapter or BEGIN, self.heading)))


def short(heading: str) -> str:
    """A heading as an id or a name can carry it: `5. De partners` is `Hoofdstuk 5`."""
    if found := CHAPTER.match(heading):
        return f"Hoofdstuk {found[1] or found[2]}"
    return " ".join(heading.partition(":")[0].split()[:8])
