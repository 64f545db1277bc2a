"""A value, its field and all that exists in; the rule that it breaks and the remedy out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import TYPE_CHECKING

from kadernota.hints import Hint, meant, near_address, near_miss
from kadernota.letters import shown
from kadernota.reading.values import Wrong, slug, wrong_literal, wrong_text, wrong_web

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence, Set

    from kadernota.model import Field, Form

MISSING = "Verwijs naar een ding dat bestaat;"
SHORT = 12  # values of a list that are told one by one
HINTS = 50  # looking for what was meant takes long; with this many mistakes it is no typing error
RULE = "invoer:verwijzing"
# What may stand around an address when it was copied from a path, a page or a browser.
SEPARATOR = re.compile(r"[,;] *| +en +")
FILE = re.compile(r"(?:/index)?\.(?:ya?ml|ttl|html?|md)$")


@dataclass(frozen=True, slots=True)
class Known:
    """What may be referred to: things by path, list values by path, keys of the context."""

    forms: Mapping[str, Form]
    folders: Mapping[str, str]
    things: Set[str]
    choices: Set[str]
    keys: Mapping[str, str]
    unread: Set[str]
    moved: Mapping[str, str] = dataclass_field(default_factory=dict)  # new address by the old one
    names: Callable[[], Mapping[str, Sequence[str]]] = dict  # who is called what, if asked
    hints: dict[str, Hint] = dataclass_field(default_factory=dict)  # each worked out only once

    def called(self, name: str) -> Sequence[str]:
        """The addresses of what has this name, whatever its capitals."""
        return self.names().get(name.casefold(), ())

    def has(self, address: str) -> bool:
        """Whether the thing exists, or may exist in a file that could not be read."""
        whole = address.partition("#")[0]
        folder, slash, name = whole.partition("/")
        return address in self.things or not self.unread.isdisjoint({whole, folder, slash + name})


def wrong(text: str, field: Field, known: Known) -> Wrong | None:
    """The rule broken and the remedy, or None when the value has the right form."""
    if said := wrong_text(text, field):
        return said
    if field.kind in {"text", "literal"}:
        return wrong_literal(text, field.datatype)
    if field.kind == "external":
        return wrong_web(text)
    return _unknown(text, field, known)


def _unknown(text: str, field: Field, known: Known) -> Wrong | None:
    """What to do about a reference to nothing; None when it refers to something."""
    if field.kind == "term" and text not in known.keys:
        written = slug(text) if slug(text) in known.keys else ""
        hint = meant([written]) if written else near_miss(text, known.keys)
        return Wrong(RULE, "Noem een sleutel die bestaat.", hint)
    if field.kind == "choice" and text not in known.choices:
        return _several(text, known) or _choose(text, field, known)
    if field.kind in {"reference", "nested"} and not known.has(text):
        folder = known.folders.get(field.value_class, "")
        return _several(text, known) or refer(text, known, folder)
    return None


def _several(text: str, known: Known) -> Wrong | None:
    """What to do about addresses that exist, put one after another."""
    found = [address(part) for part in SEPARATOR.split(text)]
    if len(found) < 2 or any(a not in known.things and a not in known.choices for a in found):
        return None
    return Wrong(RULE, "Zet elk adres op een eigen regel, met een streepje ervoor.")


def _choose(text: str, field: Field, known: Known) -> Wrong:
    folder = known.folders.get(field.value_class, "")
    options = sorted(c for c in known.choices if c.partition("/")[0] == folder)
    named = [c for c in known.called(text) if c in options]
    written = [c for c in (address(text), f"{folder}/{slug(text)}") if c in options]
    hint = meant(written or named) if written or named else near_address(text, options, {folder})
    if len(options) > SHORT and hint.text:
        return Wrong(RULE, f"Kies een waarde uit de lijst {folder}.", hint)
    return Wrong(RULE, f"Kies uit de lijst: {', '.join(options)}.", hint)


def refer(text: str, known: Known, folder: str = "") -> Wrong:
    """What to do about a reference to a thing that does not exist; it should be in this folder."""
    if (found := address(text)) != text and found in known.things:
        return Wrong(RULE, _spelling(text), meant([found]))
    if named := known.called(text):
        own = [c for c in named if c.startswith(f"{folder}/")]
        message = "Schrijf het adres van dit ding als map/naam; hier staat hoe het heet."
        return Wrong(RULE, message, meant(own or named))
    # Of a file that is gone, the file is missed once, not each of its parts.
    whole, sign, part = text.partition("#")
    if new := known.moved.get(whole):
        message = f"Schrijf het nieuwe adres; '{shown(whole)}' heet nu anders."
        return Wrong(RULE, message, meant([new + sign + part]))
    missing = text if whole in known.things else whole or text
    if missing not in known.hints:
        many, folders = len(known.hints) >= HINTS, {*known.folders.values()}
        known.hints[missing] = Hint() if many else near_address(missing, known.things, folders)
    message = f"{MISSING} '{shown(missing)}' bestaat niet."
    return Wrong(RULE, message, known.hints[missing])


def address(text: str) -> str:
    """The address in a path, a page of the site or a full IRI: folder, name, and any part."""
    plain, _, part = text.strip("<>").replace("\\", "/").partition("#")
    steps = FILE.sub("", plain.partition("?")[0]).split("/")
    whole = "/".join([slug(step) for step in steps if step.strip(".")][-2:])
    return f"{whole}#{slug(part)}" if part else whole


def _spelling(text: str) -> str:
    """What to do about an address that is right but for how it is written."""
    if "://" in text:
        return "Schrijf het adres als map/naam, niet als webadres."
    if "/" in text and (text.startswith(("data", ".", "/")) or FILE.search(text) or "\\" in text):
        return "Schrijf het adres als map/naam: zonder data/ en zonder .yaml."
    return "Schrijf het adres als map/naam: kleine letters, cijfers, streepjes."
