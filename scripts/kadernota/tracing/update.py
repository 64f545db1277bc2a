"""An adopted text in, the register of its passages out, and what a change of text touches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kadernota.model import File, Place, Problem
from kadernota.names import NAME
from kadernota.tracing import adopted, passages, register
from kadernota.triples import value_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kadernota.model import Loaded, Settings, Sources
    from kadernota.tracing.passages import Reading

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
    fresh = register.text(before.title or TITLE, config.memorandum, reading.passages).encode()
    return Update(File(path, fresh), old is None or fresh != old.content, reading)


def touched(loaded: Loaded, keys: Iterable[str]) -> list[str]:
    """What refers to these passages, each with the place where it does."""
    whole = loaded.settings.base + register.address(loaded.settings.memorandum)
    lost = {f"{whole}#{key}": key for key in keys}
    found = []
    for t in loaded.asserted.items:
        thing, target = value_of(t.subject), value_of(t.object)
        if target in lost and thing != whole:
            place = loaded.places.find(thing, t.predicate.value, target) or Place("data")
            name = loaded.asserted.one(thing, NAME) or thing.removeprefix(loaded.settings.base)
            found.append((place, f"{name} ({lost[target]})"))
    return [f"{p.file}:{p.line}:{p.column}  {said}" for p, said in sorted(found)]
