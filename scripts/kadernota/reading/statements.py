"""Turtle statements against the forms: the same checks as for YAML."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kadernota import letters
from kadernota.hints import Hint
from kadernota.letters import shown
from kadernota.model import Field, Form, Place, Problem
from kadernota.names import KN, LISTS, TYPE
from kadernota.reading.known import Known, wrong
from kadernota.reading.values import SLUG, Wrong, wrong_literal, wrong_text
from kadernota.triples import value_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kadernota.reading.turtle import TurtleFile

NAMELESS = Wrong(
    "invoer:leeg-knooppunt", "Geef dit een eigen adres; [ ], ( ) en << >> zijn niet toegestaan."
)


def review(file: TurtleFile, known: Known, base: str) -> Iterator[Problem]:
    """Every mistake in form in one Turtle source."""
    # A mistake in a subject is said once; what else is wrong with it follows from that.
    # A thing without an address is refused where it is used.
    wrongs = {value_of(t.object) for t in file.triples if isinstance(t.object, ox.BlankNode)}
    seen: dict[ox.Triple, Place] = {}
    strange: set[str] = set()  # words that nobody knows: one wrong prefix makes many of them
    found: list[Problem] = []
    for t, place in file.statements:
        subject, predicate = value_of(t.subject), t.predicate.value
        if subject in wrongs:
            continue
        if said := _subject(t, file, known, base):
            wrongs.add(subject)
            word = " ".join(file.types.get(subject, []))
            if said.message and not (said.rule == "invoer:soort" and word and word in strange):
                found.append(said.at(file.subjects[subject], ""))
            strange |= {word} if word not in known.forms else set()
            continue
        form = known.forms[file.types[subject][0]]
        entry = form.by_path(predicate)
        if t in seen:
            message = f"Haal dit weg: het staat al op regel {seen[t].line}."
            said = Wrong("invoer:dubbele-waarde", message)
        else:
            said = _statement(t, entry, form, known, base)
        if said and predicate not in strange:
            spot = place if entry else file.keys.get((subject, predicate), place)
            # What is meant is known in the words of YAML; Turtle writes it in another way.
            wrong_here = said._replace(hint=Hint(said.hint.text))
            found.append(wrong_here.at(spot, entry.key if entry else ""))
            strange |= set() if predicate in known.keys.values() else {predicate}
        seen.setdefault(t, place)
    yield from found or _loose(file, base)


def _loose(file: TurtleFile, base: str) -> Iterator[Problem]:
    """Parts that nobody would find, because their whole does not name them; one for each whole."""
    named = {value_of(t.object) for t in file.triples}
    said: set[str] = set()
    for subject, place in file.subjects.items():
        whole, fragment, _ = subject.partition("#")
        if fragment and subject not in named and whole not in said:
            said.add(whole)
            message = f"Noem dit onderdeel ook bij het geheel, <{shown(whole.removeprefix(base))}>."
            yield Problem(place, "", message, "invoer:adres")


def _subject(t: ox.Triple, file: TurtleFile, known: Known, base: str) -> Wrong | None:
    """What is wrong with the address and the class of a thing; no words for a consequence."""
    if not isinstance(t.subject, ox.NamedNode):
        return NAMELESS
    whole, fragment, part = t.subject.value.partition("#")
    start = f"{base}{file.folder}/"
    if not whole.startswith(start):
        return Wrong(
            "invoer:adres", f"Laat het adres beginnen met <{file.folder}/, zoals de map heet."
        )
    if not all(SLUG.fullmatch(n) for n in [whole.removeprefix(start), *([part] * bool(fragment))]):
        message = f"Schrijf het adres als <{file.folder}/naam>: kleine letters, cijfers, streepjes."
        return Wrong("invoer:adres", message)
    if fragment and whole not in file.subjects:
        owner = shown(whole.removeprefix(base))
        return Wrong("invoer:adres", f"Beschrijf in dit bestand ook het geheel: <{owner}>.")
    folder = {c for c, name in known.folders.items() if name == file.folder}
    options = _parts(file, whole, known) if fragment else folder
    return _class(file.types.get(t.subject.value, []), options)


def _class(types: list[str], options: set[str]) -> Wrong | None:
    if len(types) == 1 and types[0] in options:
        return None
    local = types[0].rpartition("#")[2] if len(types) == 1 else ""
    if local and KN + local in options:
        return Wrong("invoer:soort", f"Laat het voorvoegsel kn: wijzen naar <{KN}>.")
    words = " of ".join(f"a kn:{c.rpartition('#')[2]}" for c in sorted(options))
    return Wrong("invoer:soort", f"Schrijf bij dit ding: {words} ." if options else "")


def _parts(file: TurtleFile, whole: str, known: Known) -> set[str]:
    """The classes that a part of this thing can have."""
    forms = [known.forms[c] for c in file.types.get(whole, []) if c in known.forms]
    return {f.value_class for form in forms for f in form.fields if f.kind == "nested"}


def _statement(
    t: ox.Triple, entry: Field | None, form: Form, known: Known, base: str
) -> Wrong | None:
    """What is wrong with one value."""
    if not isinstance(t.object, ox.NamedNode | ox.Literal):
        return NAMELESS
    if t.predicate.value == TYPE:
        return None
    if entry is None:
        message = f"Haal deze eigenschap weg: die hoort niet bij '{form.label}'."
        return Wrong("invoer:onbekende-sleutel", message)
    if isinstance(t.object, ox.Literal):
        return _literal(t.object, entry)
    value = _plain(t.object, entry, known, base)
    own, whole = (x.partition("#")[0] for x in (value_of(t.subject).removeprefix(base), value))
    if entry.kind == "nested" and "#" in value and whole != own:
        return Wrong("invoer:adres", f"Noem hier een onderdeel van dit ding zelf: <{own}#naam>.")
    return None if entry.kind in {"text", "literal"} else wrong(value, entry, known)


def _literal(term: ox.Literal, entry: Field) -> Wrong | None:
    """What is wrong with a text, whether or not one belongs here: that is for the shapes."""
    if not term.value.strip():
        message = f"Vul '{entry.key}' in, of haal de eigenschap weg als de waarde onbekend is."
        return Wrong("invoer:lege-waarde", message)
    if odd := letters.remedy(term.value):
        return Wrong("invoer:tekst", odd)
    if term.language and (term.language != "nl" or term.direction):
        return Wrong(
            "invoer:taal", f'Schrijf de tekst in het Nederlands: "{shown(term.value)}"@nl.'
        )
    return wrong_text(term.value, entry) or wrong_literal(term.value, term.datatype.value)


def _plain(term: ox.NamedNode, entry: Field, known: Known, base: str) -> str:
    """The address as it would stand in YAML."""
    if entry.kind == "external":
        return term.value
    if entry.kind == "term":
        return next((k for k, path in known.keys.items() if path == term.value), term.value)
    return term.value.removeprefix(LISTS if entry.kind == "choice" else base)
