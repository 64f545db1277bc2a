"""A form in, the text of a new file out: keys in order, what each means as a comment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kadernota import form as form_stage
from kadernota import graph
from kadernota.names import MAP

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kadernota.model import Field, Form, Sources

EXAMPLES = {
    "date": "2023-01-31",
    "gYear": "2023",
    "integer": "1",
    "decimal": "7.5",
    "duration": "P1Y",
}


def forms(sources: Sources) -> tuple[dict[str, Form], dict[str, str]]:
    """The form of each class, and the folder of each class that has one."""
    ontology = graph.load(sources.ontology)
    found = form_stage.forms(
        graph.load(sources.shapes), ontology, form_stage.terms(sources.context)
    )
    return found, {c: folder for c in ontology.index if (folder := ontology.one(c, MAP))}


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
        return f"{folders.get(field.value_class, 'map')}/INVULLEN"
    if field.kind == "external":
        return "https://INVULLEN"
    return EXAMPLES.get(field.datatype.rpartition("#")[2], "INVULLEN")
