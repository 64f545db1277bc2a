"""A form in, the text that it makes and everything that is wrong with that out."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

from kadernota.editing import amend, edit
from kadernota.editing.draft import Part
from kadernota.model import File, Place, Problem, Severity
from kadernota.reading.values import SLUG, slug

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kadernota.change import Change
    from kadernota.editing.amend import Kind
    from kadernota.editing.edit import Opened
    from kadernota.editing.picking import Choices
    from kadernota.editing.sheet import Sheet
    from kadernota.engine import Engine
    from kadernota.model import Settings
    from kadernota.reading.documents import Document

TURTLE = ".ttl"
LONGEST = 100  # letters in a name: with more, some disks refuse the file
TAKEN = "Kies een ander adres: '{}' bestaat al."
MISNAMED = "Noem het '{}': kleine letters, cijfers, streepjes."


class Base(Protocol):
    """The knowledge base as it is on disk now, and as it would be with one other file."""

    @property
    def motor(self) -> Engine:
        """The words, forms and rules that it is read with."""

    @property
    def config(self) -> Settings:
        """What it says of itself."""

    @property
    def documents(self) -> tuple[Document, ...]:
        """The files that could be read, as they were read."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong now."""

    def checked(self, file: File) -> tuple[Problem, ...]:
        """What would be wrong with this file instead of the one on disk."""

    def content(self, path: str) -> bytes | None:
        """The bytes of a file under data/ as it is now; None when there is none."""

    def plain(self, path: str) -> bool:
        """Whether this is a place of its own, and no link to another."""

    def save(self, change: Change) -> None:
        """Write the file; raises Meanwhile when it is no longer what it was."""

    def without(self, path: str) -> tuple[Problem, ...]:
        """What would be wrong without this file."""

    def uses(self, address: str) -> tuple[Problem, ...]:
        """What points to this thing from outside it."""

    def follows(self, file: File) -> tuple[str, ...]:
        """What the rules make of this file that they did not make of the one on disk."""

    def page(self, file: File) -> bytes | None:
        """The page of the site that this file would give; None when it would give none."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A form, the file on disk, the text that the form makes, and what is wrong with that."""

    sheet: Sheet
    now: Opened
    text: str
    problems: tuple[Problem, ...] = ()
    said: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)
    misnamed: tuple[Problem, ...] = ()
    blocked: bool = False

    @property
    def file(self) -> File:
        return File(self.sheet.path, self.text.encode("utf-8", "replace"))

    @property
    def open(self) -> bool:
        """Whether something is left to do after this is saved."""
        return any(p.severity is Severity.ERROR for p in self.problems)

    @property
    def count(self) -> int:
        return len(self.problems) + len(self.misnamed)


class Judge:
    """Judges the forms of one kind of thing."""

    def __init__(self, base: Base, choices: Choices, kind: Kind) -> None:
        self.base, self.choices, self.kind = base, choices, kind

    def opened(self, name: str) -> Opened:
        """The file of this name as it is on disk."""
        suffix = "" if name.endswith(TURTLE) else ".yaml"
        path = f"data/{self.kind.form.folder}/{name}{suffix}"
        if not SLUG.fullmatch(name.removesuffix(TURTLE)) or len(name) > LONGEST:
            return edit.Opened(path)
        now = edit.opened(path, self.base.content(path), self.kind)
        return now if self.base.plain(path) else replace(now, why=(edit.LINKED,), locked=True)

    def begun(self) -> Part:
        """The draft of a new thing: it belongs to the memorandum that holds now."""
        now, fields = self.base.config.memorandum, self.kind.form.fields
        own = (f for f in fields if f.required and f.single and f.kind == "reference")
        return Part("", {f.key: (now,) for f in own if now in self.choices.values(f)})

    def complete(self, sheet: Sheet) -> Sheet:
        """The form with what we can fill in ourselves: addresses of names, names of parts."""
        made = edit.complete(sheet.draft, self.kind.form, self.kind.forms, self.choices)
        return replace(sheet, draft=made, name=sheet.name or edit.address(made, self.kind.form))

    def judge(self, sheet: Sheet) -> Judged:
        """The canonical text of the form, and what is wrong with it."""
        now = self.opened(sheet.name)
        if sheet.typed is not None:
            text = amend.tidied(sheet.typed, sheet.path, self.kind)
        else:
            text = amend.text(sheet.draft, now.text, now.tree, self.kind)
        if misnamed := _misnamed(sheet, now):
            return Judged(sheet, now, text, misnamed=misnamed, blocked=True)
        before = self.base.problems
        file = File(sheet.path, text.encode("utf-8", "replace"))
        return self.told(sheet, now, text, edit.news(self.base.checked(file), before, sheet.path))

    def told(self, sheet: Sheet, now: Opened, text: str, problems: tuple[Problem, ...]) -> Judged:
        """The form with these problems beside its fields."""
        if sheet.typed is None:
            said = edit.said(problems, text, sheet.path, sheet.draft, self.kind)
        else:
            said = edit.said_of_text(problems, sheet.path)
        blocked = any(edit.blocks(p, sheet.path, self.base.motor.shapes) for p in problems)
        return Judged(sheet, now, text, problems, said, blocked=blocked)

    def as_it_is(self, sheet: Sheet, now: Opened) -> Judged:
        """The form of a file on disk, with what is wrong with that already."""
        own = tuple(p for p in self.base.problems if p.place.file == sheet.path)
        return self.told(replace(sheet, seen=sheet.seen or bool(own)), now, now.text, own)


def _misnamed(sheet: Sheet, now: Opened) -> tuple[Problem, ...]:
    """What is wrong with the address of a new thing."""
    if not sheet.new:
        return ()
    message = ""
    if not SLUG.fullmatch(sheet.name) or len(sheet.name) > LONGEST:
        message = MISNAMED.format(slug(sheet.name)[:LONGEST].strip("-"))
    elif now.sha:
        message = TAKEN.format(sheet.address)
    return (Problem(Place(sheet.path), "", message, "invoer:naam"),) if message else ()
