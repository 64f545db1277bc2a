"""One form as it lies before a person: what its controls hold, and which file it started from."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kadernota.editing import draft

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kadernota.editing.amend import Kind
    from kadernota.editing.draft import Part
    from kadernota.editing.edit import Opened

VALUE = "v."  # what the names of the controls of the draft begin with


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is in the form now, and which file it started from."""

    folder: str
    name: str
    new: bool
    draft: Part = draft.EMPTY
    typed: str | None = None  # the whole file as text, when it is no form
    sha: str = ""  # of the file when it was opened; empty when there was none
    base: str = ""  # its text
    seen: bool = False  # mistakes were asked for; before that, what is empty is not wrong yet
    sure: bool = False  # save although a rule over several things is not met yet
    theirs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    removed: str = ""  # what was taken away last, to put it back
    strays: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        return f"data/{self.folder}/{self.name}.yaml"

    @property
    def address(self) -> str:
        return f"{self.folder}/{self.name}"

    @property
    def removed_from(self) -> str:
        """The field of which a row was taken away last."""
        found = read(self.removed)
        return str(found[0]) if isinstance(found, list) and found else ""

    @property
    def kept(self) -> Iterator[tuple[str, str]]:
        """What the page must send back beside what can be seen."""
        yield from (("geopend", self.sha), ("basis", self.base), ("gezien", "ja" * self.seen))
        yield from (("anders", json.dumps(self.theirs)), ("weggehaald", self.removed))

    @property
    def values(self) -> Iterator[tuple[str, str]]:
        """What can be seen and changed."""
        if self.typed is not None:
            yield "tekst", self.typed
        if self.new:
            yield "adres", self.name
        yield from ((VALUE + name, value) for name, value in draft.pairs(self.draft))


def fresh(found: Opened, folder: str, name: str, *, as_text: bool = False) -> Sheet:
    """The form of a file that was just opened."""
    typed = found.text if as_text or found.why else None
    return Sheet(folder, name, not name, found.draft, typed, found.sha, found.text)


def posted(given: Iterable[tuple[str, str]], folder: str, name: str, kind: Kind) -> Sheet:
    """The form that was sent."""
    own: dict[str, str] = {}
    values = []
    for control, value in given:
        if control.startswith(VALUE):
            values.append((control.removeprefix(VALUE), value))
        else:
            own.setdefault(control, value.replace("\r\n", "\n"))
    made = draft.posted(values, kind.form, kind.forms)
    return Sheet(
        folder=folder,
        name=name or own.get("adres", "").strip(),
        new=not name,
        draft=made,
        typed=own.get("tekst"),
        sha=own.get("geopend", ""),
        base=own.get("basis", ""),
        seen=bool(own.get("gezien")),
        sure=bool(own.get("zeker")),
        theirs=_theirs(own.get("anders", "")),
        removed=own.get("weggehaald", ""),
        strays=draft.strays(values, made) if "tekst" not in own else (),
    )


def _theirs(text: str) -> dict[str, tuple[str, ...]]:
    found = read(text)
    if not isinstance(found, dict):
        return {}
    lists = ((name, values) for name, values in found.items() if isinstance(values, list))
    return {name: tuple(map(str, values)) for name, values in lists}


def read(text: str) -> object:
    """What the page was given to send back; nothing when that is not what it was."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
