"""`kadernota.yaml` in, the settings of the knowledge base out."""

from __future__ import annotations

import re

from kadernota.letters import shown
from kadernota.model import File, Place, Problem, Settings
from kadernota.reading.strict import parse
from kadernota.reading.tree import Scalar, Table
from kadernota.reading.values import SLUG, WEB, Wrong

KEYS = ("naam", "code", "basis", "nota")
MAY = ("site",)  # left out as long as it is not known
ADDRESSES = ("basis", "site")


def settings(file: File) -> tuple[Settings | None, tuple[Problem, ...]]:
    """The settings, or what is wrong with them."""
    tree, problems = parse(file)
    if tree is None:
        return None, problems
    found = [*_strange(tree), *_missing(tree, file.path)]
    values = {
        k.text: v for k, v in tree.entries if isinstance(v, Scalar) and k.text in (*KEYS, *MAY)
    }
    for key, value in values.items():
        if said := wrong(key, value.text):
            found.append(Problem(value.place, key, said[1], said[0]))
    if found:
        return None, tuple(found)
    given = {key: value.text for key, value in values.items()}
    name, code, base, memorandum = (given[key] for key in KEYS)
    return Settings(name, code, base, memorandum, given.get("site", "")), ()


def _strange(tree: Table) -> list[Problem]:
    return [
        Problem(
            key.place,
            key.text,
            f"Haal '{shown(key.text)}:' weg; hier kan: {', '.join((*KEYS, *MAY))}.",
            "invoer:onbekende-sleutel",
        )
        for key, _ in tree.entries
        if key.text not in (*KEYS, *MAY)
    ]


def _missing(tree: Table, path: str) -> list[Problem]:
    given = {key.text: (key, value) for key, value in tree.entries}
    found = []
    for wanted in (*KEYS, *MAY):
        if wanted not in given:
            if wanted in MAY:
                continue
            message = f"Voeg '{wanted}:' toe, met één waarde."
            found.append(Problem(Place(path), wanted, message, "invoer:vorm"))
        elif not isinstance(given[wanted][1], Scalar):
            message = f"Geef '{wanted}:' één waarde, geen lijst."
            found.append(Problem(given[wanted][0].place, wanted, message, "invoer:vorm"))
    return found


def wrong(key: str, text: str) -> tuple[str, str] | None:
    """The rule that this value of this key breaks and the remedy, or None."""
    if key in ADDRESSES and not (WEB.fullmatch(text) and re.fullmatch(r"[^?#]+/", text)):
        message = f"Laat '{key}:' beginnen met https:// en eindigen met een schuine streep."
        return "invoer:webadres", message
    if key == "code" and not SLUG.fullmatch(text):
        return "invoer:naam", "Schrijf de code met kleine letters en cijfers, bijvoorbeeld gm0000."
    return None


def unknown_memorandum(file: File, found: Wrong) -> Problem:
    """The problem that the memorandum that holds now is not among the data."""
    tree, _ = parse(file)
    place = next((v.place for k, v in tree.entries if k.text == "nota"), None) if tree else None
    return found.at(place or Place(file.path), "nota")
