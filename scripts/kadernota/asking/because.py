"""An answer in, why each row stands there out: what was derived, or where it was stated."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kadernota.asking import formats, wording
from kadernota.asking.connect import connections, stated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kadernota.asking.ask import Answer
    from kadernota.asking.explain import Explainer
    from kadernota.model import Loaded
    from kadernota.triples import Term

TITLE = "Waarom:"
Row = tuple["Term | None", ...]


def text(answer: Answer, loaded: Loaded, explainer: Explainer, form: str) -> str:
    """The reasons as text to stand under a table, or under one in Markdown."""
    lines = list(_lines(answer, loaded, explainer))
    if not lines:
        return ""
    if form == "md":
        return "\n".join(["", TITLE, "", *map(_item, lines)]) + "\n"
    return "\n".join(["", TITLE, *lines]) + "\n"


def _item(line: str) -> str:
    words = line.lstrip(" ")
    return f"{line[: len(line) - len(words)]}- {formats.escape(words)}"


def _lines(answer: Answer, loaded: Loaded, explainer: Explainer) -> Iterator[str]:
    """Rows with the same reasons together, each under its numbers."""
    grouped: dict[tuple[str, ...], list[int]] = {}
    for number, row in enumerate(answer.rows, 1):
        grouped.setdefault(tuple(_row(row, loaded, explainer)), []).append(number)
    for lines, numbers in grouped.items():
        yield f"{'Rij' if len(numbers) == 1 else 'Rijen'} {_runs(numbers)}"
        yield from (f"  {line}" for line in lines)


def _row(row: Row, loaded: Loaded, explainer: Explainer) -> Iterator[str]:
    if reasons := connections(row, loaded, explainer):
        for reason in reasons:
            yield from wording.lines(reason, loaded)
        return
    if found := stated(row, loaded):
        yield "Niet afgeleid; zo vastgelegd:"
        for triple in found:
            yield f"  {wording.sentence(triple, loaded)}  ({wording.where(triple, loaded)})"
        return
    terms = dict.fromkeys(t.value for t in row if isinstance(t, ox.NamedNode))
    things = [t for t in terms if t in loaded.asserted.index]
    yield "Niet afgeleid; zo vastgelegd:" if things else "Niet afgeleid; deze rij noemt geen ding."
    for thing in things:
        yield f"  {wording.name(thing, loaded)}  ({wording.described(thing, loaded)})"


def _runs(numbers: list[int]) -> str:
    """`1, 2, 3, 7` as `1-3, 7`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}-{run[-1]}" if run[1:] else str(run[0]) for run in runs)
