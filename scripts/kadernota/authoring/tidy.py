"""Documents in, what is to change before each is in its canonical form out."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kadernota.change import Change
from kadernota.letters import visible
from kadernota.model import File, Place, Problem, Severity
from kadernota.reading import canonical
from kadernota.reading.assemble import assemble
from kadernota.reading.documents import documents

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Set

    from kadernota.model import Form, Loaded, Settings, Sources
    from kadernota.reading.documents import Document
    from kadernota.reading.form import Vocabulary

RULE = "invoer:schrijfwijze"
MESSAGE = "Laat 'kadernota fix' dit bestand netjes schrijven."


@dataclass(frozen=True, slots=True)
class Fixes:
    """The files to rewrite, and the mistakes in those that only a person can mend."""

    changes: tuple[Change, ...]
    left: tuple[Problem, ...]


def changes(found: Iterable[Document], forms: Mapping[str, Form], base: str) -> Iterator[Change]:
    """The documents that are not in their canonical form."""
    for document in found:
        fresh = canonical.text(document, forms, base).encode()
        if fresh != document.content:
            yield Change(document.path, document.content, fresh)


def untidy(loaded: Loaded, problems: Iterable[Problem]) -> tuple[Change, ...]:
    """The same for a whole knowledge base, but for files in which something else is wrong."""
    wrong = {problem.place.file for problem in problems}
    right = (document for document in loaded.documents if document.path not in wrong)
    return tuple(changes(right, loaded.forms, loaded.settings.base))


def fixes(sources: Sources, config: Settings, words: Vocabulary, chosen: Set[str]) -> Fixes:
    """What is to change in the chosen files; what would still be wrong then is left alone."""
    before = assemble(sources, config, words).problems
    found, _ = documents((f for f in sources.data if f.path in chosen), words.forms)
    made = {change.path: change for change in changes(found, words.forms, config.base)}
    after = before
    if before and made:
        data = (
            File(f.path, made[f.path].new or b"") if f.path in made else f for f in sources.data
        )
        after = assemble(replace(sources, data=tuple(data)), config, words).problems
    wrong = {problem.place.file for problem in after} & chosen
    return Fixes(
        tuple(change for path, change in made.items() if path not in wrong),
        tuple(problem for problem in before if problem.place.file in wrong),
    )


def problem(change: Change) -> Problem:
    """Advice to rewrite a file, at the first line that would be another."""
    old, new = _lines(change.old), _lines(change.new)
    pairs = enumerate(zip(old, new, strict=False), 1)
    line = next((n for n, (was, becomes) in pairs if was != becomes), min(len(old), len(new)))
    return Problem(Place(change.path, line), "", MESSAGE, RULE, Severity.INFO)


def diff(change: Change) -> list[str]:
    """What would change, as lines of a unified diff; what cannot be seen is written out."""
    old, new = _lines(change.old), _lines(change.new)
    found = difflib.unified_diff(old, new, change.path, change.path, n=1, lineterm="")
    return [visible(line) for line in found]


def _lines(content: bytes | None) -> list[str]:
    """The lines of a file; of a line end that is not ours the carriage return stays to be seen."""
    return (content or b"").decode("utf-8", "replace").split("\n")
