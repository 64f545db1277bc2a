"""Forms and what can be chosen in, a JSON Schema per folder out: editors know the shape.

Made for the YAML language server, which completes from `properties`, `enum` and `defaultSnippets`,
shows `title`, `description` and `enumDescriptions`, and says `errorMessage`. It keeps that last
one for `type`, `pattern`, `enum`, `required` and `additionalProperties`; so what would give its
own English words (`maxItems`, `uniqueItems`, a limit) stands in an `if`, with our words in `else`.
"""

from __future__ import annotations

import json
from itertools import count
from typing import TYPE_CHECKING, Any

from kadernota.authoring import lexical
from kadernota.authoring.choices import ANY, CHOSEN, SHARED, local, name, shared
from kadernota.model import File
from kadernota.names import SKOS
from kadernota.reading.settings import KEYS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kadernota.authoring.options import Options
    from kadernota.model import Field, Form
    from kadernota.reading.form import Vocabulary

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
SETTINGS = "kadernota.json"
PART = "onderdeel"  # no hyphen: the server would indent what is under it too far


def schemas(words: Vocabulary, options: Options) -> tuple[File, ...]:
    """A schema per folder under data/, one for the settings, and one with what can be chosen."""
    forms = words.forms
    found = {
        f"{form.folder}.json": _document(form, words) for form in forms.values() if form.folder
    }
    found[SETTINGS] = settings()
    found[SHARED] = shared(words, options)
    return tuple(File(path, _text(schema)) for path, schema in sorted(found.items()))


def _text(schema: Schema) -> bytes:
    return (
        json.dumps({"$schema": DIALECT, **schema}, ensure_ascii=False, indent=1) + "\n"
    ).encode()


def _document(form: Form, words: Vocabulary) -> Schema:
    """A file of this class, with the classes of its parts beside it."""
    todo, parts = [form], dict[str, Schema]()
    while todo:
        one = todo.pop()
        if local(one.cls) not in parts:
            parts[local(one.cls)] = table(one, words)
            todo += [words.forms[f.value_class] for f in one.fields if f.kind == "nested"]
    return {"$ref": f"#/$defs/{local(form.cls)}", "$defs": dict(sorted(parts.items()))}


def table(form: Form, words: Vocabulary) -> Schema:
    """What the keys of one thing may be: those that must be there first, then as the shape says."""
    fields = sorted(form.fields, key=lambda f: not f.required)
    keys = ", ".join(f.key for f in form.fields)
    return {
        "title": form.label,
        "description": words.ontology.one(form.cls, SKOS + "definition"),
        "type": "object",
        "properties": {f.key: of_field(f, words) for f in fields},
        "additionalProperties": False,
        "errorMessage": f"Zet hier alleen sleutels van '{form.label}': {keys}.",
        "allOf": [{"required": [f.key], "errorMessage": f.missing} for f in fields if f.required],
        "defaultSnippets": [
            {
                "label": f"nieuw: {form.label}",
                "description": "Alle sleutels die moeten.",
                "body": _body(form, words.forms, 1),
            }
        ],
    }


def _body(form: Form, forms: Mapping[str, Form], start: int) -> Schema:
    """The keys that must be there, each with a numbered place to write."""
    number = count(start)

    def body(one: Form) -> Schema:
        found: Schema = {}
        for field in one.fields:
            if field.required and field.kind == "nested":
                part = f"${{{next(number)}:{PART}}}"
                found[field.key] = {part: body(forms[field.value_class])}
            elif field.required:
                found[field.key] = f"${next(number)}"
        return found

    return body(form)


def of_field(field: Field, words: Vocabulary) -> Schema:
    """What may stand behind a key, with its name and its help."""
    named = {"title": field.name, "description": field.help}
    if field.kind == "nested":
        return {**named, **_parts(field, words)}
    one = {**named, **_one(field)}
    limit = {"minItems": 1, "uniqueItems": True, **({"maxItems": 1} if field.single else {})}
    said = field.many if field.single else f"Noem bij '{field.key}:' elke waarde één keer."
    several = {
        "title": field.name,  # without the help, or the server takes it for the same schema
        "type": "array",
        "items": one,
        "if": limit,
        "else": {"type": ["string"], "errorMessage": said},
    }
    return {**named, "anyOf": [one, several]}


def _one(field: Field) -> Schema:
    if field.kind in CHOSEN:
        return {"$ref": f"{SHARED}#/$defs/{name(field)}"}
    return lexical.value(field)


def _parts(field: Field, words: Vocabulary) -> Schema:
    """Parts of a thing: each under a name of its own."""
    message = f"Schrijf onder '{field.key}:' per onderdeel een eigen sleutel, geen streepjes."
    form = words.forms[field.value_class]
    body = {f"${{1:{PART}}}": _body(form, words.forms, 2)}
    return {
        "type": "object",
        "errorMessage": message,
        "propertyNames": {"title": PART, **lexical.PART_NAME},
        "additionalProperties": {"$ref": f"#/$defs/{local(field.value_class)}"},
        "if": {"minProperties": 1},
        "else": {"type": "string", "errorMessage": message},
        "defaultSnippets": [{"label": f"nieuw: {form.label}", "body": body}],
    }


def settings() -> Schema:
    """What `kadernota.yaml` may hold."""
    memorandum = {"$ref": f"{SHARED}#/$defs/{ANY}"}
    about = {
        "naam": ("Hoe deze kennisbank heet.", lexical.TEXT),
        "code": ("De code van de gemeente, zoals gm0000.", lexical.PART_NAME),
        "basis": ("Het webadres waar alle adressen mee beginnen.", lexical.base()),
        "nota": ("De kadernota die nu geldt.", memorandum),
        "site": ("Het webadres waar de site staat, als dat bekend is.", lexical.base()),
    }
    return {
        "title": "deze kennisbank",
        "type": "object",
        "properties": {
            key: {"title": key, "description": help_, "anyOf": [schema]}
            for key, (help_, schema) in about.items()
        },
        "additionalProperties": False,
        "errorMessage": f"Zet hier alleen: {', '.join(about)}.",
        "allOf": [
            {"required": [key], "errorMessage": f"Voeg '{key}:' toe, met één waarde."}
            for key in KEYS
        ],
    }
