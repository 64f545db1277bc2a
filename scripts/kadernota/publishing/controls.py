"""Forms and what can be chosen in, the fields of the CMS out, and the keys that its files have.

Every value is text, as in YAML: a number or a year is a line with a pattern, whose message is the
one that `check` and the editors give. A reference is chosen from the things of its folder as they
are now in git; one that may go to several folders, to parts or to Turtle, from what there was at
the build.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kadernota.authoring import lexical
from kadernota.names import ALIAS, NAME, XSD
from kadernota.reading.canonical import NUMBER, natural

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kadernota.authoring.options import Option, Options
    from kadernota.model import Field, Form, Loaded

PART = "onderdeel"  # the name of a part, as `beheer/write.js` knows it
DEEPEST = 2  # how often a form may stand in itself, or there would be no end
PLAIN = {"use_emoji_autocomplete": False}  # who types ":" means a colon

Made = dict[str, Any]


@dataclass(frozen=True)
class Controls:
    """Makes the fields of a form; equal lists are one object, which YAML writes only once."""

    loaded: Loaded
    options: Options
    folders: Mapping[str, str]  # by class, of what the CMS shows
    lists: dict[object, list[Any]] = field(default_factory=dict)

    def of(self, owners: tuple[Form, ...]) -> list[Made]:
        """The fields of the innermost of these forms; those around it give it their keys."""
        return [self._field(found, owners) for found in _fields(owners)]

    def _field(self, about: Field, owners: tuple[Form, ...]) -> Made:
        made: Made = {"name": about.key, "label": capital(about.name), "required": about.required}
        if about.help:
            made["hint"] = " ".join(about.help.split())
        if about.kind == "nested":
            return made | self._parts(self.loaded.forms[about.value_class], owners)
        if about.kind in {"choice", "reference", "term"}:
            several = {} if about.single else {"multiple": True}
            return made | self._chosen(about, owners) | several
        if about.single:
            return made | self._typed(about)
        inner = {"name": about.key, "label": made["label"], **self._typed(about)}
        return made | {"widget": "list", "label_singular": about.name, "field": inner}

    def _typed(self, about: Field) -> Made:
        """The field of a value that is written."""
        if about.datatype == XSD + "date":
            return {"widget": "datetime", "type": "date", "format": "YYYY-MM-DD"}
        one = about.kind != "text" or about.path in {NAME, ALIAS}
        pattern = _pattern(lexical.value(about))
        shared = self.lists.setdefault(tuple(pattern), pattern)
        return {"widget": "string" if one else "text", "pattern": shared, **PLAIN}

    def _parts(self, form: Form, owners: tuple[Form, ...]) -> Made:
        name = {
            "name": PART,
            "label": "Naam van dit onderdeel",
            "hint": f"Staat in het adres, dus elk onderdeel heeft een eigen naam. {slugs()[1]}",
            "pattern": self.lists.setdefault(PART, slugs()),
            **PLAIN,
        }
        return {
            "widget": "list",
            "label_singular": form.label,
            "collapsed": True,
            "summary": f"{{{{{title(form)}}}}}",
            "fields": [name, *self.of((*owners, form))],
        }

    def _chosen(self, about: Field, owners: tuple[Form, ...]) -> Made:
        if about.kind == "term":
            found = {f.key: f.name for form in owners for f in form.fields}
            which: object = (about.kind, *(form.cls for form in owners))
        else:
            options = self._offered(about)
            folder = self.folders.get(about.value_class, "")
            if about.kind == "reference" and all(self._whole(o, folder) for o in options):
                return {
                    "widget": "relation",
                    "collection": folder,
                    "value_field": f"{folder}/{{{{slug}}}}",
                    "display_fields": [title(self.loaded.forms[about.value_class])],
                }
            found = _named(options, mixed=not about.classes)
            which = (about.kind, about.classes or about.path)
        if which not in self.lists:
            self.lists[which] = [{"label": label, "value": v} for v, label in found.items()]
        return {"widget": "select", "options": self.lists[which]}

    def _offered(self, about: Field) -> tuple[Option, ...]:
        """What can be chosen; where that is anything, of the parts only those that were chosen.

        A browser takes seconds to show some thousands of options.
        """
        options = self.options.of(about.classes)
        if about.classes:
            return options
        base, used = self.loaded.settings.base, self.loaded.asserted.inverse
        return tuple(
            option
            for option in options
            if "#" not in option.value
            or any(path == about.path for _, path in used.get(base + option.value, ()))
        )

    def _whole(self, option: Option, folder: str) -> bool:
        """Whether the CMS knows the thing: one YAML file in this folder."""
        place = self.loaded.places.find(self.loaded.settings.base + option.value)
        name = option.value.removeprefix(f"{folder}/")
        return place is not None and place.file == f"data/{folder}/{name}.yaml"


def keys(owners: tuple[Form, ...], forms: Mapping[str, Form]) -> list[Made]:
    """The keys of a form in order, and of the parts in it."""
    made: list[Made] = []
    for about in _fields(owners):
        if about.kind != "nested":
            made.append({"key": about.key, "many": not about.single})
            continue
        form = forms[about.value_class]
        number = form.by_path(NUMBER)
        parts = keys((*owners, form), forms)
        made.append({"key": about.key, "number": number.key if number else "", "parts": parts})
    return made


def title(form: Form) -> str:
    """The key that says what a thing is: its name, or else the first that it must have."""
    if name := form.by_path(NAME):
        return name.key
    return next((f.key for f in form.fields if f.required), form.fields[0].key)


def capital(words: str) -> str:
    """The words as a label."""
    return words[:1].upper() + words[1:]


def slugs() -> list[str]:
    """What an address part must look like, and what to do if it does not."""
    return _pattern(lexical.PART_NAME)


def _fields(owners: tuple[Form, ...]) -> Iterator[Field]:
    around = [form.cls for form in owners]
    for about in owners[-1].fields:
        if about.kind != "nested" or around.count(about.value_class) < DEEPEST:
            yield about


def _pattern(schema: Made) -> list[str]:
    """The pattern and the message of this schema, of the most particular rule in it."""
    words = schema.get("else", schema)
    rule = words.get("allOf", [words])[-1]
    # Between slashes, or the CMS takes a slash in the pattern for the end of it.
    escaped = "".join(c if " " <= c <= "~" else f"\\u{{{ord(c):x}}}" for c in rule["pattern"])
    return [f"/{escaped}/u", rule["errorMessage"]]


def _named(options: tuple[Option, ...], *, mixed: bool) -> dict[str, str]:
    """The options with their names; with their addresses too when names are not enough."""
    plain = not mixed and len({o.label.casefold() for o in options}) == len(options)
    found = {o.value: o.label if plain else f"{o.label} ({o.value})" for o in options}
    return dict(sorted(found.items(), key=lambda item: natural(item[1])))
