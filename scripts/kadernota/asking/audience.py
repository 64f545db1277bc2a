"""Questions in, the same questions under who asks them out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kadernota.asking.questions import Question

# Who would ask it first, as it stands in the header of a question and above a list of them.
AUDIENCES = {
    "inwoner": "Voor inwoners en ondernemers",
    "raadslid": "Voor raadsleden",
    "adviseur": "Voor adviseurs",
    "partner": "Voor partners",
    "analist": "Voor analisten",
}


def by_audience(asked: Iterable[Question]) -> tuple[tuple[str, tuple[Question, ...]], ...]:
    """The words for who asks, each with their questions; who asks nothing is left out."""
    given = tuple(asked)
    groups = ((words, [q for q in given if q.audience == one]) for one, words in AUDIENCES.items())
    return tuple((words, tuple(group)) for words, group in groups if group)
