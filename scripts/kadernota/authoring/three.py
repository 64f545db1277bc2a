"""What both sides come from and what they made of it in, what they agree on out."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    Edit = tuple[int, int, list[str]]  # from, up to, and what came there instead


def remarks(before: Iterable[str], ours: Iterable[str], theirs: Iterable[str]) -> list[str]:
    """Comments, of which none is lost: those that both kept, then what each side added."""
    old, mine, other = list(before), list(ours), list(theirs)
    if old in (mine, other):  # only one side changed them: it also chose their order
        return other if old == mine else mine
    kept = [one for one in mine if one in other or one not in old]
    return [*kept, *(one for one in other if one not in mine and one not in old)]


def members(before: Iterable[str], ours: Iterable[str], theirs: Iterable[str]) -> list[str] | None:
    """The values of a list; None when the sides put another value in the place of the same one."""
    old, mine, other = (dict.fromkeys(side) for side in (before, ours, theirs))
    added = [[one for one in side if one not in old] for side in (mine, other)]
    replaced = any(one not in mine and one not in other for one in old)
    if replaced and all(added) and set(added[0]) != set(added[1]):
        return None
    stayed = [one for one in old if one in mine and one in other]
    return [*dict.fromkeys((*stayed, *added[0], *added[1]))] or None


def lines(before: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> list[str] | None:
    """The lines of a text; None when the sides changed the same lines, or lines side by side."""
    mine, other = _edits(before, ours), _edits(before, theirs)
    if any(one != two and _meet(one, two) for one in mine for two in other):
        return None
    found = list(before)
    both = [*mine, *(edit for edit in other if edit not in mine)]
    for start, end, fresh in sorted(both, key=lambda edit: edit[:2], reverse=True):
        found[start:end] = fresh
    return found


def _edits(before: Sequence[str], after: Sequence[str]) -> list[Edit]:
    codes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return [(a, b, list(after[c:d])) for tag, a, b, c, d in codes if tag != "equal"]


def _meet(one: Edit, two: Edit) -> bool:
    return one[0] <= two[1] and two[0] <= one[1]
