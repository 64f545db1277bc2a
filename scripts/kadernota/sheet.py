"""One form as it lies before a person: what its controls hold, and what its buttons do to that."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kadernota import draft
from kadernota.draft import Part

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kadernota.amend import Kind
    from kadernota.draft import Row
    from kadernota.edit import Opened
    from kadernota.model import Form

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
    found = _read(text)
    if not isinstance(found, dict):
        return {}
    lists = ((name, values) for name, values in found.items() if isinstance(values, list))
    return {name: tuple(map(str, values)) for name, values in lists}


def _read(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def pressed(sheet: Sheet, button: str, kind: Kind) -> tuple[Sheet, str]:
    """The form after one of its own buttons, and the control to go on with."""
    does, _, name = button.partition(":")
    if does == "erbij":
        return _added(sheet, name, kind)
    if does == "weg":
        return _taken(sheet, name)
    if does == "terug" and isinstance(found := _read(sheet.removed), list) and len(found) == 3:
        return _restored(sheet, found, kind)
    if does == "vul":
        return _filled(sheet, name)
    if does == "overnemen" and name in sheet.theirs:
        rows = sheet.theirs[name]
        at = indexed(sheet.draft, name)
        left = {other: values for other, values in sheet.theirs.items() if other != name}
        changed = draft.changed(sheet.draft, at, lambda _: rows)
        return replace(sheet, draft=changed, theirs=left), f"{at}.0"
    return sheet, ""


def _filled(sheet: Sheet, name: str) -> tuple[Sheet, str]:
    """The form with, in one row, the value that was meant."""
    control, _, value = name.partition(":")
    where, _, index = control.rpartition(".")
    made = draft.changed(
        sheet.draft,
        where,
        lambda rows: tuple(value if str(i) == index else row for i, row in enumerate(rows)),
    )
    return replace(sheet, draft=made), control


def _added(sheet: Sheet, name: str, kind: Kind) -> tuple[Sheet, str]:
    form, key = owner(name, kind)
    found = form.field(key) if form else None
    if found is None:
        return sheet, ""
    nested = found.kind == "nested"
    count = 0

    def longer(rows: tuple[Row, ...]) -> tuple[Row, ...]:
        nonlocal count
        kept = rows if nested else rows or ("",)
        count = len(kept)
        return (*kept, draft.EMPTY if nested else "")

    made = draft.changed(sheet.draft, name, longer)
    return replace(sheet, draft=made), f"{name}.{count}"


def _taken(sheet: Sheet, name: str) -> tuple[Sheet, str]:
    where, _, index = name.rpartition(".")
    gone: list[Row] = []

    def shorter(rows: tuple[Row, ...]) -> tuple[Row, ...]:
        gone.extend(row for i, row in enumerate(rows) if str(i) == index)
        return tuple(row for i, row in enumerate(rows) if str(i) != index)

    made = draft.changed(sheet.draft, where, shorter)
    key = where.rpartition(".")[2]
    kept = [*draft.pairs(Part("", {key: tuple(gone)}))]
    typed = any(value for _, value in kept)
    removed = json.dumps([where, index, kept]) if typed else sheet.removed
    return replace(sheet, draft=made, removed=removed), where


def _restored(sheet: Sheet, found: list[object], kind: Kind) -> tuple[Sheet, str]:
    where, index, kept = str(found[0]), str(found[1]), found[2]
    form, key = owner(where, kind)
    if form is None or not isinstance(kept, list) or not index.isdecimal():
        return sheet, ""
    pairs = [(str(pair[0]), str(pair[1])) for pair in kept if isinstance(pair, list)]
    back = draft.posted(pairs, form, kind.forms).of(key)
    at = int(index)
    made = draft.changed(sheet.draft, where, lambda rows: (*rows[:at], *back, *rows[at:]))
    return replace(sheet, draft=made, removed=""), f"{where}.{index}"


def owner(name: str, kind: Kind) -> tuple[Form | None, str]:
    """The form with the field of this name, and its key: `bijdragen.0.bron` is in a part."""
    form: Form | None = kind.form
    steps = name.split(".")
    for key in steps[:-1:2]:
        found = form.field(key) if form else None
        form = kind.forms.get(found.value_class) if found and found.kind == "nested" else None
    return form, steps[-1]


def indexed(part: Part, name: str) -> str:
    """The name of a field with the numbers of its parts, given the name with their names."""
    key, dot, rest = name.partition(".")
    if not dot:
        return key
    label, _, inner = rest.partition(".")
    rows = [(i, row) for i, row in enumerate(part.of(key)) if isinstance(row, Part)]
    i, row = next(((i, row) for i, row in rows if row.name == label), (-1, Part("", {})))
    return f"{key}.{i}.{indexed(row, inner)}"
