"""A form in, the text of a new file out: keys in order, what each means as a comment."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from kadernota.ask import CannotAnswer
from kadernota.letters import shown
from kadernota.model import File
from kadernota.names import MAP
from kadernota.values import SLUG, TO_FILL, slug

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kadernota.engine import Engine
    from kadernota.model import Field, Form

EXAMPLES = {
    "date": "2023-01-31",
    "gYear": "2023",
    "integer": "1",
    "decimal": "7.5",
    "duration": "P1Y",
}


def file(motor: Engine, folder: str, name: str) -> File:
    """A new file of this kind; raises CannotAnswer for a folder or a name that cannot be."""
    forms, ontology = motor.words.forms, motor.words.ontology
    form = _form(folder, {f.folder: f for f in forms.values() if f.folder})
    if not SLUG.fullmatch(name):
        raise CannotAnswer(f"Noem het bestand '{slug(name)}': kleine letters, cijfers, streepjes.")
    folders = {c: found for c in ontology.index if (found := ontology.one(c, MAP))}
    content = text(form, forms, folders, name.replace("-", " ").capitalize())
    return File(f"data/{folder}/{name}.yaml", content.encode())


def _form(folder: str, forms: Mapping[str, Form]) -> Form:
    if found := forms.get(folder):
        return found
    near = get_close_matches(folder, forms, n=3)
    hint = f"Bedoelde je {', '.join(near)}?" if near else f"Kies uit: {', '.join(sorted(forms))}."
    raise CannotAnswer(f"De map '{shown(folder)}' bestaat niet. {hint}")


def text(form: Form, forms: Mapping[str, Form], folders: Mapping[str, str], title: str) -> str:
    """A file of this class: required keys open, the others as comments to uncomment."""
    lines: list[str] = []
    for field in form.fields:
        lines += _lines(field, forms, folders, title)
    return "\n".join(lines) + "\n"


def _lines(
    field: Field, forms: Mapping[str, Form], folders: Mapping[str, str], title: str
) -> list[str]:
    need = "verplicht" if field.required else "mag weg"
    head = f"# {field.key} ({need}): {' '.join(field.help.split()) or field.name}"
    value = f"{field.key}: {_value(field, folders, title)}"
    if field.kind == "nested":
        inner = forms[field.value_class]
        body = [f"{field.key}:", "  naam-van-onderdeel:"]
        body += [f"    {f.key}: {_value(f, folders, title)}" for f in inner.fields if f.required]
    else:
        body = [value]
    return [head, *(body if field.required else [f"# {line}" for line in body])]


def _value(field: Field, folders: Mapping[str, str], title: str) -> str:
    if field.key == "naam":
        return title
    if field.kind in {"reference", "choice"}:
        return f"{folders.get(field.value_class, 'map')}/{TO_FILL}"
    if field.kind == "external":
        return f"https://{TO_FILL}"
    return EXAMPLES.get(field.datatype.rpartition("#")[2], TO_FILL)
