"""What can be chosen in, the enumerations that the schemas of all folders share out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kadernota.names import MAP
from kadernota.reading.known import SHORT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kadernota.authoring.options import Option, Options
    from kadernota.model import Field
    from kadernota.reading.form import Vocabulary

Schema = dict[str, Any]

SHARED = "waarden.json"
CHOSEN = {"choice", "reference", "term"}
ANY, KEY = "ding", "sleutel"


def local(cls: str) -> str:
    """The last word of the address of a class."""
    return cls.rpartition("#")[2].rpartition("/")[2]


def name(field: Field) -> str:
    """Where the values of a field stand: under the classes that they may have."""
    if field.kind == "term":
        return KEY
    return "-".join(sorted(map(local, field.classes))) or ANY


def shared(words: Vocabulary, options: Options) -> Schema:
    """Per set of classes that some key refers to: the values that exist, with their names."""
    fields = [f for form in words.forms.values() for f in form.fields]
    wanted = {name(f): f.classes for f in fields if f.kind in CHOSEN and f.kind != "term"}
    defs = {
        key: _chosen(options.of(classes), _message(classes, words, options), options.unread)
        for key, classes in sorted(wanted.items())
    }
    defs[KEY] = _chosen(options.keys, "Noem een sleutel die bestaat.", "")
    return {"$defs": defs}


def _chosen(values: Iterable[Option], message: str, unread: str) -> Schema:
    options = tuple(values)
    found: Schema = {
        "enum": [o.value for o in options],
        "enumDescriptions": [described(o) for o in options],
        "errorMessage": message,
    }
    if not unread:
        return found
    # What a file that cannot be read holds may exist; it is not wrong to refer to that.
    return {"anyOf": [found, {"type": ["string"], "pattern": unread}]}


def described(option: Option) -> str:
    """The name of a value, and what it is."""
    return f"{option.label}: {option.about}" if option.about else option.label


def _message(classes: Iterable[str], words: Vocabulary, options: Options) -> str:
    within = options.within(classes)
    folders = sorted({folder for c in within if (folder := words.ontology.one(c, MAP))})
    if not folders:
        return "Verwijs naar een ding dat bestaat: een bestand onder data/, zonder .yaml."
    if listed := [o.value for o in options.lists if o.cls in within]:
        values = ", ".join(listed) if len(listed) <= SHORT else " en ".join(folders)
        return f"Kies uit de lijst: {values}."
    where = " of ".join(f"data/{folder}/" for folder in folders)
    return f"Verwijs naar een ding dat bestaat, uit {where}."
