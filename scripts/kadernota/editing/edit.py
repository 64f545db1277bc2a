"""A file and what a person made of it in; what is wrong with it, and what may be saved, out."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kadernota import letters
from kadernota.editing import draft
from kadernota.editing.beside import beside, by_name
from kadernota.editing.draft import Part
from kadernota.model import File, Severity
from kadernota.names import KNSH, SH
from kadernota.reading import strict
from kadernota.reading.values import slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kadernota.editing.amend import Kind
    from kadernota.editing.draft import Forms, Row
    from kadernota.editing.picking import Choices
    from kadernota.model import Form, Problem
    from kadernota.reading.tree import Table
    from kadernota.triples import Triples

MANY = 100  # parts in one file: more is a list for a program, not a form for a person
LONGEST = 60  # letters of an address that we make up
TURTLE = "Dit staat in een Turtle-bestand; dat kan het formulier niet tonen."
LINKED = "Dit is een koppeling naar een bestand op een andere plek."
LONG = "Dit bestand heeft te veel onderdelen voor een formulier."
BROKEN = "Het formulier kan dit bestand pas tonen als de vorm klopt."


@dataclass(frozen=True, slots=True)
class Opened:
    """A file as it was read: what the form can show of it, and if it can not, why."""

    path: str
    text: str = ""
    sha: str = ""  # of its bytes; empty when there is no file
    tree: Table | None = None
    draft: Part = draft.EMPTY
    why: tuple[str, ...] = ()
    locked: bool = False  # it can be seen here, and not changed


def opened(path: str, content: bytes | None, kind: Kind) -> Opened:
    """What to show of the file with this content; None stands for no file."""
    if content is None:
        return Opened(path)
    text, sha = content.decode("utf-8", "replace").replace("\r\n", "\n"), sha_of(content)
    if path.endswith(".ttl"):
        return Opened(path, text, sha, why=(TURTLE,), locked=True)
    tree, wrong = strict.parse(File(path, content))
    if tree is None:
        return Opened(path, text, sha, why=(BROKEN, *(p.message for p in wrong[:1])))
    if why := tuple(dict.fromkeys(why for _, why in draft.odd(tree, kind.form, kind.forms))):
        return Opened(path, text, sha, tree, why=why)
    made = draft.of(tree, kind.form, kind.forms)
    if sum(isinstance(row, Part) for rows in made.rows.values() for row in rows) > MANY:
        return Opened(path, text, sha, tree, why=(LONG,))
    return Opened(path, text, sha, tree, made)


def sha_of(content: bytes | None) -> str:
    return "" if content is None else hashlib.sha256(content).hexdigest()


def complete(part: Part, form: Form, forms: Forms, choices: Choices) -> Part:
    """The draft with addresses for the names that were typed, and names for nameless parts."""
    rows: dict[str, tuple[Row, ...]] = {}
    for field in form.fields:
        given = part.of(field.key)
        if field.kind == "nested":
            inner = forms[field.value_class]
            done = [complete(p, inner, forms, choices) for p in given if isinstance(p, Part)]
            rows[field.key] = tuple(_named(done, inner))
        elif field.kind == "reference":
            rows[field.key] = tuple(choices.chosen(r, field) for r in given if isinstance(r, str))
        else:
            rows[field.key] = given
    return Part(part.name, {key: found for key, found in rows.items() if found})


def _named(parts: list[Part], form: Form) -> Iterator[Part]:
    taken = Counter(part.name for part in parts if part.name)
    for part in parts:
        if part.name or draft.filled(part) == draft.EMPTY:
            yield part
            continue
        stem = address(part, form)
        taken[stem] += 1
        yield replace(part, name=stem if taken[stem] == 1 else f"{stem}-{taken[stem]}")


def address(part: Part, form: Form) -> str:
    """An address made from the first text of a thing."""
    keys = (f.key for f in form.fields if f.kind == "text")
    rows = (row for key in keys for row in part.of(key) if isinstance(row, str) and row)
    return slug(next(rows, form.label))[:LONGEST].strip("-")


def said(
    problems: Iterable[Problem], written: str, path: str, part: Part, kind: Kind
) -> dict[str, tuple[Problem, ...]]:
    """The problems of this file beside its controls; those of other files under ""."""
    own = [p for p in problems if p.place.file == path]
    others = tuple(p for p in problems if p.place.file != path)
    tree, _ = strict.parse(File(path, letters.seen(written).encode()))
    if tree:
        found = beside(own, tree, part, kind.form, kind.forms)
    else:
        found = by_name(own, part, kind.form)
    return {**found, "": (*found.get("", ()), *others)} if others else found


def said_of_text(problems: Iterable[Problem], path: str) -> dict[str, tuple[Problem, ...]]:
    """The same when the whole file is one text."""
    problems = tuple(problems)
    own = tuple(p for p in problems if p.place.file == path)
    others = tuple(p for p in problems if p.place.file != path)
    return {name: some for name, some in (("tekst", own), ("", others)) if some}


def news(now: Iterable[Problem], before: Iterable[Problem], path: str) -> tuple[Problem, ...]:
    """What is wrong in this file, and what became wrong elsewhere; places may have moved."""
    known = Counter(map(_same, before))
    found = []
    for problem in now:
        known[_same(problem)] -= 1
        if problem.place.file == path or known[_same(problem)] < 0:
            found.append(problem)
    return tuple(found)


def _same(problem: Problem) -> tuple[str, str, str, str]:
    return problem.place.file, problem.key, problem.message, problem.rule


def blocks(problem: Problem, path: str, shapes: Triples) -> bool:
    """Whether nothing is saved before this is mended.

    A mistake in form stops all checks. A rule about one thing can be met here and now; a rule over
    several things may need another file first, which would never be saved if this one never was.
    """
    if problem.severity is not Severity.ERROR:
        return False
    if problem.rule.startswith("invoer:"):
        return True
    spans = SH + "select" in shapes.index.get(KNSH + problem.rule.removeprefix("knsh:"), {})
    return problem.place.file == path and not spans
