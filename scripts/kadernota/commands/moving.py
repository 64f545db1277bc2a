"""The commands that give a thing another address, or take it away: whole, or not at all."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kadernota import write
from kadernota.asking.ask import CannotAnswer
from kadernota.authoring.rename import applied, existing, mentions, plan, uses
from kadernota.change import Change
from kadernota.commands.opened import opened, refuse
from kadernota.model import Loaded
from kadernota.pipeline import load

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Sequence

    from kadernota.asking.questions import Question
    from kadernota.commands.screen import Screen
    from kadernota.model import Sources


def rename_arguments(made: argparse.ArgumentParser) -> None:
    made.add_argument("oud", help="het adres, bijvoorbeeld partners/riec")
    made.add_argument("nieuw", help="het nieuwe adres, in dezelfde map")


def delete_arguments(made: argparse.ArgumentParser) -> None:
    made.add_argument("adres", help="bijvoorbeeld partners/riec")


def move(
    options: argparse.Namespace, sources: Sources, asked: tuple[Question, ...], screen: Screen
) -> int:
    """Give a thing another address, everywhere; the old one goes on to work."""
    del asked
    if (loaded := opened(options, sources, (), screen)) is None:
        return 1
    found = plan(sources, loaded, options.oud, options.nieuw)
    after = applied(sources, found.changes)
    if not isinstance(wrong := load(after), Loaded):  # nothing is written that does not load
        return refuse(wrong, options.json, screen)
    write.together(sources.root, found.changes)
    left = _mentions(after, found.pairs)
    if options.json:
        changed = [change.path for change in found.changes]
        told = {"renamed": dict(found.pairs), "changed": changed, "mentions": left}
        screen.out(json.dumps(told, ensure_ascii=False) + "\n")
        return 0
    for old, new in found.pairs.items():
        screen.say(f"Hernoemd: {old} heet nu {new}.", "good")
    n = found.references
    screen.say(f"{n} {'verwijzing' if n == 1 else 'verwijzingen'} aangepast.")
    screen.say(f"Het oude adres blijft werken: zie {screen.where(found.changes[-1].path)}.")
    _tell(left, screen)
    return 0


def delete(
    options: argparse.Namespace, sources: Sources, asked: tuple[Question, ...], screen: Screen
) -> int:
    """Take a thing away that nothing points to."""
    del asked
    if (loaded := opened(options, sources, (), screen)) is None:
        return 1
    address = existing(options.adres, loaded)
    path = f"data/{address}.yaml"
    file = next((f for f in sources.data if f.path == path), None)
    if file is None:
        place = loaded.places.find(loaded.settings.base + address)
        where = f"{screen.where(place.file)}:{place.line}" if place else "een ander bestand"
        raise CannotAnswer(f"Haal '{address}' zelf weg; het staat in {where}.")
    if found := uses(sources, loaded, address):
        code = refuse(found, options.json, screen)
        if not options.json:
            screen.say(f"{address} is niet verwijderd: hier wordt er nog naar verwezen.")
        return code
    changes = (Change(path, file.content, None),)
    write.together(sources.root, changes)
    left = _mentions(applied(sources, changes), (address,))
    if options.json:
        screen.out(json.dumps({"deleted": path, "mentions": left}, ensure_ascii=False) + "\n")
        return 0
    screen.say(f"Verwijderd: {screen.where(path)}.", "good")
    _tell(left, screen)
    return 0


def _mentions(after: Sources, addresses: Iterable[str]) -> list[str]:
    """Where the address still stands in words of people, in files of this knowledge base."""
    return [
        f"{place.file}:{place.line}:{place.column}"
        for place in mentions(after, addresses)
        if (after.root / place.file).exists() or place.file.startswith("data/")
    ]


def _tell(left: Sequence[str], screen: Screen) -> None:
    if left:
        screen.say("Lees deze plekken na; daar staat het oude adres nog in gewone tekst:")
        screen.say("\n".join(f"  {place}" for place in left))
