"""Passages of a text and the register of an earlier reading in; the new register, and what changed."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from itertools import count
from typing import TYPE_CHECKING

from kadernota.adopted import HEADING
from kadernota.fragment import Context, fragments
from kadernota.values import slug

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kadernota.adopted import Block

EDGE = 5  # words kept of the start and of the end
CHAPTER = re.compile(r"(\d{1,2})\. ")


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
    context: Context = Context()


@dataclass(frozen=True, slots=True)
class Reading:
    """The register after reading a text, and how it differs from the one before."""

    passages: tuple[Passage, ...]
    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    edited: tuple[str, ...] = ()


@dataclass(slots=True)
class _Pairs:
    """Which new passage (by position) goes on from which old one, and how."""

    kept: dict[int, Passage] = field(default_factory=dict)
    moved: dict[int, Passage] = field(default_factory=dict)
    edited: dict[int, Passage] = field(default_factory=dict)

    @property
    def all(self) -> dict[int, Passage]:
        return {**self.kept, **self.moved, **self.edited}


def read(found: Sequence[Block], before: Sequence[Passage]) -> Reading:
    """The register of a text; a passage that was known keeps its id, name, kind and path."""
    pairs = _pairs(found, before)
    known = pairs.all
    taken = {p.key for p in known.values()}
    drafts = _drafts(found, taken, known)
    passages = []
    for i, (block, draft) in enumerate(zip(found, drafts, strict=True)):
        old = known.get(i)
        named = (
            replace(draft, key=old.key, name=old.name, kind=old.kind, path=old.path)
            if old
            else draft
        )
        passages.append(_measured(named, block))
    contexts = fragments([block.text for block in found])
    return Reading(
        tuple(replace(p, context=c) for p, c in zip(passages, contexts, strict=True)),
        new=tuple(p.key for i, p in enumerate(passages) if i not in known),
        gone=tuple(p.key for p in before if p.key not in taken),
        moved=tuple(p.key for p in pairs.moved.values()),
        edited=tuple(p.key for p in pairs.edited.values()),
    )


def _measured(passage: Passage, block: Block) -> Passage:
    words = block.words
    return replace(
        passage,
        words=len(words),
        fingerprint=block.fingerprint,
        start=" ".join(words[:EDGE]),
        end=" ".join(words[-EDGE:]) if len(words) > EDGE else "",
    )


def _pairs(found: Sequence[Block], before: Sequence[Passage]) -> _Pairs:
    """Equal text in the same order is kept, elsewhere moved; what is left in a gap was edited."""
    pairs = _Pairs()
    old, new = [p.fingerprint for p in before], [b.fingerprint for b in found]
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for step, a, b, c, d in steps:
        if step == "equal":
            pairs.kept.update(zip(range(c, d), before[a:b], strict=True))
    kept = {p.key for p in pairs.kept.values()}
    elsewhere = defaultdict(list)
    for p in before:
        if p.key not in kept:
            elsewhere[p.fingerprint].append(p)
    for i, fingerprint in enumerate(new):
        if i not in pairs.kept and elsewhere[fingerprint]:
            pairs.moved[i] = elsewhere[fingerprint].pop(0)
    left = {p.key for group in elsewhere.values() for p in group}
    for _, a, b, c, d in steps:
        gap = [p for p in before[a:b] if p.key in left]
        for i in range(c, d):
            if i not in pairs.all and (twin := _twin(found[i], gap)):
                pairs.edited[i] = twin
                del gap[: gap.index(twin) + 1]
    return pairs


def _twin(block: Block, gap: Sequence[Passage]) -> Passage | None:
    """The passage in the same gap that starts or ends alike; alone in the gap, the only one."""
    words = block.words
    for p in gap:
        start, end = p.start.split(), (p.end or p.start).split()
        if words[:2] == start[:2] or words[-2:] == end[-2:]:
            return p
    return gap[0] if len(gap) == 1 and gap[0].kind == block.kind else None


def _drafts(
    found: Sequence[Block], taken: set[str], known: dict[int, Passage]
) -> Iterator[Passage]:
    """Ids, names and paths for passages that are new: by the headings above them."""
    used = set(taken)
    chapter, heading, place = "", "", ""
    number = 0
    for i, block in enumerate(found):
        if old := known.get(i):
            chapter, _, heading = old.path.partition(" > ")
            place, number = old.key, 0
            yield old
            continue
        if block.kind == HEADING:
            chapter, heading = (
                (block.text, "") if _opens(block.text, chapter) else (chapter, block.text)
            )
            place, number = slug(_short(block.text)), 0
            if heading and chapter:
                place = f"{slug(_short(chapter))}-{place}"
            key, name = place, _short(block.text)
        else:
            number += 1
            key = f"{place or 'begin'}-{number}"
            name = f"{_short(heading or chapter) or 'Begin'}, {block.kind} {number}"
        free = next(k for k in _numbered(key) if k not in used)
        used.add(free)
        path = " > ".join(filter(None, (chapter or "Begin", heading)))
        yield Passage(free, name, block.kind, path, 0, "", "", "")


def _opens(text: str, chapter: str) -> bool:
    """Whether a heading opens a chapter: it is numbered, or no numbered chapter was opened yet."""
    return bool(CHAPTER.match(text)) or not CHAPTER.match(chapter)


def _short(heading: str) -> str:
    """A heading as an id or name can carry it: `5. De partners` is chapter 5."""
    if found := CHAPTER.match(heading):
        return f"Hoofdstuk {found[1]}"
    return " ".join(heading.partition(":")[0].split()[:8])


def _numbered(key: str) -> Iterator[str]:
    yield key
    yield from (f"{key}-{n}" for n in count(2))
