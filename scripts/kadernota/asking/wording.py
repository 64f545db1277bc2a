"""Statements and reasons in, Dutch sentences and JSON out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kadernota.asking.ask import CannotAnswer, label
from kadernota.hints import near_address, near_miss
from kadernota.letters import shown
from kadernota.names import KN, LISTS, OWL, RDFS, SOURCE, TYPE
from kadernota.tracing import register
from kadernota.triples import value_of

if TYPE_CHECKING:
    from kadernota.asking.explain import Reason
    from kadernota.model import Loaded, Place

CITATION, PROPERTY, OTHER = KN + "bronvermelding", KN + "eigenschap", KN + "aanvullingUit"
AXIOMS = {
    RDFS + "subClassOf": "valt onder",
    RDFS + "subPropertyOf": "valt onder",
    OWL + "inverseOf": "is het omgekeerde van",
}


def statement(loaded: Loaded, subject: str, predicate: str, obj: str) -> ox.Triple:
    """The statement that these words mean; raises CannotAnswer for what does not exist."""
    keys = {key: path for path, key in loaded.keys.items()}
    short = predicate.removeprefix(KN)
    path = predicate if predicate in loaded.keys else keys.get(predicate, KN + short)
    if predicate in {"a", TYPE}:
        path = TYPE
    elif not short or (path not in loaded.ontology.index and path not in loaded.keys):
        names = [t.removeprefix(KN) for t in loaded.ontology.index if t.startswith(KN)]
        hint = near_miss(predicate, [*names, *keys]).text
        raise CannotAnswer(f"De eigenschap '{shown(predicate)}' bestaat niet. {hint}".rstrip())
    return ox.Triple(_thing(loaded, subject), ox.NamedNode(path), _thing(loaded, obj))


def _thing(loaded: Loaded, words: str) -> ox.NamedNode:
    base = loaded.settings.base
    words = loaded.redirects.get(words.removeprefix(base), words)
    for address in (words, base + words, LISTS + words, KN + words):
        if words and address in loaded.closed.index:
            return ox.NamedNode(address)
    known = [t.removeprefix(base) for t in loaded.asserted.index]
    hint = near_address(words, known, {k.partition("/")[0] for k in known}).text
    raise CannotAnswer(f"'{shown(words)}' bestaat niet. {hint}".rstrip())


def sentence(triple: ox.Triple, loaded: Loaded) -> str:
    """Subject, property and object by the names people gave them."""
    subject, predicate, obj = (
        value_of(triple.subject),
        triple.predicate.value,
        value_of(triple.object),
    )
    verb = "is een" if predicate == TYPE else property_label(predicate, loaded)
    return f"{name(subject, loaded)} – {verb} – {name(obj, loaded)}"


def name(thing: str, loaded: Loaded) -> str:
    """The label of a thing, a class or a list value; its short address without one."""
    found = label(thing, loaded.closed) or loaded.ontology.one(thing, RDFS + "label")
    return found or thing.removeprefix(loaded.settings.base).removeprefix(KN)


def property_label(path: str, loaded: Loaded) -> str:
    """What a property is called in Dutch."""
    return loaded.ontology.one(path, RDFS + "label") or loaded.keys.get(path, path)


def axiom(reason: Reason, loaded: Loaded) -> str:
    """The sentence of the ontology that the rule applied."""
    chained = any(a.predicate.value == OWL + "propertyChainAxiom" for a in reason.axioms)
    if chained:
        steps = [property_label(b.statement.predicate.value, loaded) for b in reason.because]
        whole = property_label(reason.statement.predicate.value, loaded)
        return f"{' → '.join(steps)} geeft samen: {whole}"
    for a in reason.axioms:
        if words := AXIOMS.get(a.predicate.value):
            left = name(value_of(a.subject), loaded)
            return f"'{left}' {words} '{name(value_of(a.object), loaded)}'"
    return ""


def lines(reason: Reason, loaded: Loaded, depth: int = 0) -> list[str]:
    """The explanation as indented lines: what holds, by which rule, and where it was written."""
    indent = "  " * depth
    said = indent + sentence(reason.statement, loaded)
    if reason.rule is None:
        place = where(reason.statement, loaded)
        return [f"{said}  ({place})" if place else said]
    found = [f"{said}, want:"]
    found += [line for because in reason.because for line in lines(because, loaded, depth + 1)]
    detail = f" ({words})" if (words := axiom(reason, loaded)) else ""
    return [*found, f"{indent}  Regel {reason.rule.name}: {reason.rule.title}{detail}"]


def where(triple: ox.Triple, loaded: Loaded) -> str:
    """The file and line where people wrote the statement, and the passage it rests on."""
    subject, predicate, obj = (
        value_of(triple.subject),
        triple.predicate.value,
        value_of(triple.object),
    )
    return _placed(loaded.places.find(subject, predicate, obj), subject, predicate, loaded)


def described(thing: str, loaded: Loaded) -> str:
    """The file and line where people described a thing, and the passages it rests on."""
    return _placed(loaded.places.find(thing), thing, "", loaded)


def _placed(place: Place | None, subject: str, predicate: str, loaded: Loaded) -> str:
    if place is None:
        return ""
    names = "; ".join(name(p, loaded) for p in passages(subject, predicate, loaded))
    return f"{place.file}:{place.line}" + (f"; {names}" if names else "")


def passages(subject: str, predicate: str, loaded: Loaded) -> list[str]:
    """What a statement rests on: what its key names by itself, else its subject, else the whole.

    Passages stand in the order of the text; a key may rest on a document instead.
    """
    if own := cited(subject, predicate, loaded):
        return own
    graph = loaded.asserted
    found = graph.values(subject, SOURCE) or graph.values(subject.partition("#")[0], SOURCE)
    return register.in_order(graph, found)


def cited(subject: str, predicate: str, loaded: Loaded) -> list[str]:
    """The passages and documents that one key of a thing names by itself."""
    graph, found = loaded.asserted, list[str]()
    for citation in graph.values(subject, CITATION):
        if predicate in graph.values(citation, PROPERTY):
            found += register.in_order(graph, graph.values(citation, SOURCE))
            found += graph.values(citation, OTHER)
    return found
