"""A form in, the text of a new file out: keys in order, what each means as a comment."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from kadernota.asking.ask import CannotAnswer
from kadernota.letters import shown
from kadernota.model import File
from kadernota.names import KN, LISTS, MAP, SKOS, SOURCE
from kadernota.reading.documents import documents
from kadernota.reading.known import SHORT
from kadernota.reading.tree import Scalar
from kadernota.reading.values import SLUG, TO_FILL, slug
from kadernota.tracing import register

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kadernota.engine import Engine
    from kadernota.model import Field, Form, Sources
    from kadernota.reading.documents import Document

EXAMPLES = {
    "date": "2023-01-31",
    "gYear": "2023",
    "integer": "1",
    "decimal": "7.5",
    "duration": "P1Y",
}
NUMBER, FROM = KN + "volgnummer", KN + "aanvullingUit"


@dataclass(frozen=True, slots=True)
class Start:
    """What a new file needs to know: all forms, the folder and the values of each list."""

    title: str
    forms: Mapping[str, Form]
    folders: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]]
    known: Mapping[str, str]  # by property: what need not be asked, or where it must be looked up


def file(motor: Engine, folder: str, name: str, sources: Sources, memorandum: str) -> File:
    """A new file of this kind; raises CannotAnswer for a folder or a name that cannot be."""
    forms, ontology = motor.words.forms, motor.words.ontology
    form = _form(folder, {f.folder: f for f in forms.values() if f.folder})
    if not SLUG.fullmatch(name):
        raise CannotAnswer(f"Noem het bestand '{slug(name)}': kleine letters, cijfers, streepjes.")
    start = Start(
        title=name.replace("-", " ").capitalize(),
        forms=forms,
        folders={c: found for c in ontology.index if (found := ontology.one(c, MAP))},
        lists=_lists(motor),
        known=_known(form, sources, forms, memorandum),
    )
    return File(f"data/{folder}/{name}.yaml", text(form, start).encode())


def _form(folder: str, forms: Mapping[str, Form]) -> Form:
    if found := forms.get(folder):
        return found
    near = get_close_matches(folder, forms, n=3)
    hint = f"Bedoelde je {', '.join(near)}?" if near else f"Kies uit: {', '.join(sorted(forms))}."
    raise CannotAnswer(f"De map '{shown(folder)}' bestaat niet. {hint}")


def _lists(motor: Engine) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for thing in motor.words.ontology.subjects_of(SKOS + "inScheme"):
        folder = thing.removeprefix(LISTS).partition("/")[0]
        found[folder] = (*found.get(folder, ()), thing.removeprefix(LISTS))
    return found


def _known(
    form: Form, sources: Sources, forms: Mapping[str, Form], memorandum: str
) -> dict[str, str]:
    """The memorandum, the next number in it, and what a thing of it can rest on."""
    whole = f"data/{memorandum}.yaml"
    wanted = (f"data/{form.folder}/", whole)
    docs, _ = documents([f for f in sources.data if f.path.startswith(wanted)], forms)
    found = {KN + "nota": memorandum, FROM: "", SOURCE: f"{register.address(memorandum)}#{TO_FILL}"}
    if form.by_path(KN + "nota"):
        of_it = [doc for doc in docs if _value(doc, "nota") == memorandum]
        numbers = [int(n) for doc in of_it if (n := _value(doc, "volgnummer")).isdecimal()]
        found[NUMBER] = str(max(numbers, default=0) + 1)
    nota = next((doc for doc in docs if doc.path == whole), None)
    if nota and not _value(nota, "vastgesteld-op"):  # there is no text to cite yet
        found |= {FROM: _value(nota, "aanvulling-uit"), SOURCE: ""}
    return found


def _value(doc: Document, key: str) -> str:
    found = (v.text for k, v in doc.tree.entries if k.text == key and isinstance(v, Scalar))
    return next(found, "")


def text(form: Form, start: Start) -> str:
    """A file of this class: what is needed stands open, the rest as comments to uncomment."""
    lines: list[str] = []
    for field in form.fields:
        lines += _lines(field, start)
    return "\n".join(lines) + "\n"


def _lines(field: Field, start: Start) -> list[str]:
    open_ = field.required or bool(start.known.get(field.path))
    need = "verplicht" if open_ else "mag weg"
    if open_ and field.path in {FROM, SOURCE}:
        need = "of een ander document" if field.path == FROM else "of noem aanvulling-uit"
    head = [f"# {field.key} ({need}): {' '.join(field.help.split()) or field.name}{_hint(field)}"]
    options = start.lists.get(start.folders.get(field.value_class, ""), ())
    if field.kind == "choice" and 0 < len(options) <= SHORT:
        head.append(f"# Kies uit: {', '.join(options)}.")
    if field.kind == "nested":
        inner = start.forms[field.value_class]
        body = [f"{field.key}:", "  naam-van-onderdeel:"]
        body += [f"    {f.key}: {_part(f, start)}" for f in inner.fields if f.required]
    else:
        body = [f"{field.key}: {_new(field, start)}"]
    return [*head, *(body if open_ else [f"# {line}" for line in body])]


def _hint(field: Field) -> str:
    example = EXAMPLES.get(field.datatype.rpartition("#")[2])
    return f" Bijvoorbeeld {example}." if example and field.path != NUMBER else ""


def _part(field: Field, start: Start) -> str:
    return "1" if field.path == NUMBER else _new(field, start)


def _new(field: Field, start: Start) -> str:
    if field.key == "naam":
        return start.title
    if known := start.known.get(field.path):
        return known
    if field.kind in {"reference", "choice"}:
        return f"{start.folders.get(field.value_class, 'map')}/{TO_FILL}"
    return f"https://{TO_FILL}" if field.kind == "external" else TO_FILL
