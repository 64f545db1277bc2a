"""An adopted text in, the register of its passages out, and what a change of text touches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kadernota import adopted, passages, register
from kadernota.model import File, Problem
from kadernota.names import NAME, SOURCE
from kadernota.triples import value_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kadernota.model import Loaded, Settings, Sources
    from kadernota.passages import Reading

TITLE = "Vastgestelde tekst"


@dataclass(frozen=True, slots=True)
class Update:
    """The register as it should be, whether it differs from the file that is there, and how."""

    file: File
    changed: bool
    reading: Reading


def update(text: File, sources: Sources, config: Settings) -> Update | tuple[Problem, ...]:
    """Read the text next to the register that is there; nothing is written here."""
    found = adopted.blocks(text)
    if isinstance(found, Problem):
        return (found,)
    path = register.path(config.memorandum)
    old = next((f for f in sources.data if f.path == path), None)
    before = register.parse(old) if old else register.Register(TITLE, ())
    if not isinstance(before, register.Register):
        return before
    reading = passages.read(found, before.passages)
    title, memorandum = before.title, config.memorandum
    fresh = File(path, register.text(title, memorandum, reading.passages).encode())
    return Update(fresh, old is None or fresh.content != old.content, reading)


def touched(loaded: Loaded, keys: Iterable[str]) -> list[str]:
    """The things that cite these passages, each with the line on which it does."""
    base = f"{loaded.settings.base}{register.address(loaded.settings.memorandum)}#"
    passages_ = {base + key for key in keys}
    lines = []
    for t in loaded.asserted.items:
        target = value_of(t.object)
        if t.predicate.value == SOURCE and target in passages_:
            thing = value_of(t.subject)
            place = loaded.places.find(thing, SOURCE, target)
            name = loaded.asserted.one(thing, NAME) or thing.removeprefix(loaded.settings.base)
            spot = f"{place.file}:{place.line}:{place.column}" if place else ""
            lines.append(f"{spot}  {name} ({target.removeprefix(base)})")
    return sorted(lines)
