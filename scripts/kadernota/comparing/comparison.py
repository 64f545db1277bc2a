"""Two editions of a knowledge base in, all that is to be said about the difference out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kadernota.comparing import yardstick
from kadernota.comparing.changed import Changes, Kind
from kadernota.comparing.changes import changes
from kadernota.model import Loaded, Place, Problem
from kadernota.triples import value_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kadernota.comparing.yardstick import Rule
    from kadernota.model import Report, Sources


@dataclass(frozen=True, slots=True)
class Edition:
    """One of the two: what people call it, its files, and what came of these."""

    name: str
    sources: Sources
    loaded: Loaded | tuple[Problem, ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The mistakes for which there is nothing to compare."""
        return () if isinstance(self.loaded, Loaded) else self.loaded


@dataclass(frozen=True, slots=True)
class Comparison:
    """The difference; without changes there was an edition with mistakes in its form."""

    before: Edition
    after: Edition
    changes: Changes | None
    rules: tuple[Rule, ...]
    files: tuple[tuple[Kind, str], ...]  # those of which the bytes differ
    rewritten: tuple[str, ...]  # and those of which nothing else does
    redirects: tuple[
        tuple[Kind, str, str], ...
    ] = ()  # old addresses that lead elsewhere than before
    reported: tuple[Problem, ...] | None = None  # by a check of both, when one was asked for
    solved: tuple[Problem, ...] = ()


def compare(
    before: Edition, after: Edition, check: Callable[[Loaded], Report] | None = None
) -> Comparison:
    """What is different; of editions that cannot be read only which files are."""
    files = tuple(_files(before.sources, after.sources))
    if not isinstance(before.loaded, Loaded) or not isinstance(after.loaded, Loaded):
        return Comparison(before, after, None, (), files, ())
    found = changes(before.loaded, after.loaded)
    rules = yardstick.between((before.sources, before.loaded), (after.sources, after.loaded))
    touched = _touched(before.loaded, after.loaded)
    rewritten = tuple(path for _, path in files if path not in touched)
    led = tuple(_led(before.loaded.redirects, after.loaded.redirects))
    whole = Comparison(before, after, found, rules, files, rewritten, led)
    if check is None:
        return whole
    old, new = check(before.loaded).problems, check(after.loaded).problems
    return replace(whole, reported=_only(new, old), solved=_only(old, new))


def _files(before: Sources, after: Sources) -> Iterator[tuple[Kind, str]]:
    old, new = ({f.path: f.content for f in each.data} for each in (before, after))
    for path in sorted(old.keys() | new.keys()):
        if path not in new:
            yield Kind.GONE, path
        elif path not in old:
            yield Kind.NEW, path
        elif old[path] != new[path]:
            yield Kind.ALTERED, path


def _led(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[tuple[Kind, str, str]]:
    for old in sorted(before.keys() | after.keys()):
        if old not in after:
            yield Kind.GONE, old, before[old]
        elif before.get(old) != after[old]:
            yield Kind.ALTERED if old in before else Kind.NEW, old, after[old]


def _touched(before: Loaded, after: Loaded) -> set[str]:
    """The files in which a statement differs."""
    apart = set(before.asserted.items) ^ set(after.asserted.items)
    subjects = {value_of(t.subject) for t in apart}
    found = (each.places.find(iri) for each in (before, after) for iri in subjects)
    return {place.file for place in found if place}


def _only(these: Iterable[Problem], those: Iterable[Problem]) -> tuple[Problem, ...]:
    """What is reported here and not there, wherever in its file it stands."""
    known = Counter(map(_anywhere, those))
    found = []
    for problem in these:
        if known[_anywhere(problem)]:
            known[_anywhere(problem)] -= 1
        else:
            found.append(problem)
    return tuple(found)


def _anywhere(problem: Problem) -> Problem:
    return replace(problem, place=Place(problem.place.file))
