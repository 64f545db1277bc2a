"""A form and one of its own buttons in, the form after that out."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from kadernota.editing import draft
from kadernota.editing.draft import Part
from kadernota.editing.sheet import read

if TYPE_CHECKING:
    from kadernota.editing.amend import Kind
    from kadernota.editing.draft import Row
    from kadernota.editing.sheet import Sheet
    from kadernota.model import Form


def pressed(sheet: Sheet, button: str, kind: Kind) -> tuple[Sheet, str]:
    """The form after one of its own buttons, and the control to go on with."""
    does, _, name = button.partition(":")
    if does == "erbij":
        return _added(sheet, name, kind)
    if does == "weg":
        return _taken(sheet, name)
    if does == "terug" and isinstance(found := read(sheet.removed), list) and len(found) == 3:
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
