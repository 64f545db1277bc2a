"""Turtle files under data/: the same checks as YAML, at the line of the statement."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kadernota.model import File, Place, Problem, Term, value_of
from kadernota.names import LISTS, TYPE
from kadernota.structure import WEB, Known, near_miss, shown, wrong_literal

if TYPE_CHECKING:
    from collections.abc import Iterator

TOKEN = re.compile(
    r'(?P<comment>#[^\n]*)|(?P<string>"""(?:[^\\]|\\.)*?"""|\'\'\'(?:[^\\]|\\.)*?\'\'\''
    r'|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\')|(?P<iri><[^>\s]*>)'
    r"|(?P<word>[^\s\"'<;,.\[\]()]+(?:\.[^\s\"'<;,.\[\]()]+)*)|(?P<mark>[;,.\[\]()])|(?P<space>\s+)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class TurtleFile:
    """One parsed Turtle source: its triples, and the place of each subject and predicate."""

    path: str
    folder: str
    triples: tuple[ox.Triple, ...] = ()
    subjects: dict[str, Place] = field(default_factory=dict)
    keys: dict[tuple[str, str], Place] = field(default_factory=dict)


def parse(file: File, base: str) -> tuple[TurtleFile, tuple[Problem, ...]]:
    """The triples of one file, or its first syntax error."""
    folder = file.path.split("/")[1]
    try:
        parser = ox.parse(file.content, format=ox.RdfFormat.TURTLE, base_iri=base)
        triples = tuple(quad.triple for quad in parser)
        prefixes = dict(getattr(parser, "prefixes", {}))
    except SyntaxError as error:
        place = Place(file.path, error.lineno or 1, error.offset or 1)
        message = "Herstel de Turtle op deze plek: " + _reason(error)
        return TurtleFile(file.path, folder), (Problem(place, "", message, "invoer:turtle"),)
    subjects, keys = _locate(file, prefixes, base)
    return TurtleFile(file.path, folder, triples, subjects, keys), ()


def _reason(error: SyntaxError) -> str:
    said = str(error.msg)
    if "prefix" in said.lower():
        return "dit voorvoegsel is niet aangekondigd met @prefix."
    return "kijk naar punt, puntkomma, haken en aanhalingstekens."


def _locate(
    file: File, prefixes: dict[str, str], base: str
) -> tuple[dict[str, Place], dict[tuple[str, str], Place]]:
    """Places of subjects and predicates, by reading the tokens in order."""
    text = file.content.decode("utf-8", "replace")
    subjects: dict[str, Place] = {}
    keys: dict[tuple[str, str], Place] = {}
    subject, expect, line, start = "", "subject", 1, 0
    for m in TOKEN.finditer(text):
        word, kind = m[0], m.lastgroup
        if kind in {"iri", "word"} and not word.startswith("@"):
            place = Place(file.path, line, m.start() - start + 1)
            value = _expand(word, prefixes, base)
            if expect == "subject":
                subject, expect = value, "predicate"
                subjects.setdefault(value, place)
            elif expect == "predicate":
                keys.setdefault((subject, value), place)
                expect = "object"
        elif word in {";", "."} and kind == "mark":
            expect = "predicate" if word == ";" else "subject"
        elif word in {"@prefix", "@base"}:
            expect = "skip"
        if newlines := word.count("\n"):
            line += newlines
            start = m.start() + word.rfind("\n") + 1
    return subjects, keys


def _expand(word: str, prefixes: dict[str, str], base: str) -> str:
    if word.startswith("<"):
        iri = word[1:-1]
        return iri if ":" in iri else base + iri
    if word == "a":
        return TYPE
    prefix, _, local = word.partition(":")
    return prefixes.get(prefix, prefix + ":") + local


def review(file: TurtleFile, known: Known, base: str) -> Iterator[Problem]:
    """Every mistake in form in one Turtle source, the same as for YAML."""
    types = {
        value_of(t.subject): value_of(t.object) for t in file.triples if t.predicate.value == TYPE
    }
    inner = {value_of(t.object) for t in file.triples if isinstance(t.object, ox.BlankNode)}
    wrong = set(inner)  # a blank node is refused where it is used
    for t in file.triples:
        subject, predicate = value_of(t.subject), t.predicate.value
        place = file.keys.get((subject, predicate)) or file.subjects.get(subject)
        if subject in wrong:
            continue
        if found := _subject(t, types, file.folder, known, base):
            wrong.add(subject)  # said once; what else is wrong with it follows from this
            place = file.subjects.get(subject) or place
        else:
            found = _statement(t, types[subject], known, base)
        if found:
            yield Problem(place or Place(file.path), _key(predicate, known), found[1], found[0])


def _key(predicate: str, known: Known) -> str:
    return next((f.key for form in known.forms.values() if (f := form.by_path(predicate))), "")


def _subject(
    t: ox.Triple, types: dict[str, str], folder: str, known: Known, base: str
) -> tuple[str, str] | None:
    if isinstance(t.subject, ox.BlankNode):
        return "invoer:leeg-knooppunt", "Geef dit een eigen adres; [ ] is niet toegestaan."
    subject = value_of(t.subject)
    if not subject.startswith(f"{base}{folder}/"):
        return "invoer:adres", f"Laat het adres beginnen met <{folder}/, zoals de map heet."
    form = known.forms.get(types.get(subject, ""))
    if form is None or (form.folder != folder and "#" not in subject):
        cls = next((c for c, f in known.folders.items() if f == folder), "")
        return "invoer:soort", f"Schrijf bij dit ding: a kn:{cls.rpartition('#')[2]} ."
    return None


def _statement(t: ox.Triple, cls: str, known: Known, base: str) -> tuple[str, str] | None:
    form = known.forms[cls]
    entry = form.by_path(t.predicate.value)
    if isinstance(t.object, ox.BlankNode):
        return "invoer:leeg-knooppunt", "Geef dit een eigen adres; [ ] is niet toegestaan."
    if t.predicate.value == TYPE:
        return None
    if entry is None:
        return "invoer:onbekende-sleutel", (
            f"Haal deze eigenschap weg: die hoort niet bij '{form.label}'."
        )
    return _object(t.object, entry.kind, known, base)


def _object(term: Term, kind: str, known: Known, base: str) -> tuple[str, str] | None:
    value = value_of(term)
    if isinstance(term, ox.Literal):
        return wrong_literal(value, term.datatype.value)
    if kind == "external":
        ok = WEB.fullmatch(value) is not None
        return None if ok else ("invoer:webadres", "Schrijf een webadres dat begint met https://.")
    options = known.choices if kind == "choice" else known.things
    path = value.removeprefix(LISTS if kind == "choice" else base)
    exists = path in options or (kind != "choice" and known.has(path))
    if kind in {"choice", "reference", "nested"} and not exists:
        missing = f"Verwijs naar een ding dat bestaat; '{shown(path)}' bestaat niet."
        return "invoer:verwijzing", missing + near_miss(path, options)
    return None
