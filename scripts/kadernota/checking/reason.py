"""Asserted graph and ontology in, what follows out: the rules as SPARQL, run to a fixpoint."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kadernota.model import File, Rule
from kadernota.names import RDF, RDFS
from kadernota.reading.header import header
from kadernota.reading.tree import Scalar, Table
from kadernota.triples import Pattern, Triples, value_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SHAPE = re.compile(
    r"(?P<prefixes>.*?)INSERT\s*\{(?P<head>[^{}]*)\}\s*WHERE\s*\{(?P<body>[^{}]*)\}\s*", re.DOTALL
)
FIRST = RDF + "first"
PREFIX = re.compile(r"PREFIX\s+(\S*):\s*<([^>]*)>", re.IGNORECASE)


def rule(file: File) -> Rule:
    """A rule file as a rule; raises ValueError or SyntaxError when it has another shape."""
    text = file.content.decode()
    found = SHAPE.fullmatch(re.sub(r"(?m)^#.*\n", "", text))
    if not found:
        raise ValueError(f"{file.path}: a rule is one INSERT of one triple WHERE triples hold")
    ox.Store().update(text)  # a mistake in the SPARQL shows here, not when the data comes
    prefixes = dict(PREFIX.findall(found["prefixes"]))
    head, *more = _patterns(found["head"], prefixes)
    if more:
        raise ValueError(f"{file.path}: a rule derives one triple")
    return Rule(
        name=PurePosixPath(file.path).stem,
        title=_title(file),
        update=text,
        head=head,
        body=tuple(_patterns(found["body"], prefixes)),
    )


def _title(file: File) -> str:
    top, _ = header(file)
    title = next((v for k, v in top.entries if k.text == "title"), None) if top else None
    words = dict(title.entries) if isinstance(title, Table) else {}
    found = next((v for k, v in words.items() if k.text == "nl"), None)
    if not isinstance(found, Scalar):
        raise ValueError(f"{file.path}: a rule has a title in Dutch")
    return found.text


def _patterns(text: str, prefixes: dict[str, str]) -> Iterator[Pattern]:
    for line in filter(str.strip, text.splitlines()):
        a, b, c = (_term(word, prefixes) for word in line.strip().removesuffix(" .").split())
        yield a, b, c


def _term(word: str, prefixes: dict[str, str]) -> str:
    if word.startswith("?"):
        return word
    if word == "a":
        return RDF + "type"
    prefix, _, local = word.partition(":")
    return prefixes[prefix] + local


def store_of(triples: Iterable[ox.Triple]) -> ox.Store:
    """A store with these triples in its default graph."""
    store = ox.Store()
    store.bulk_extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
    return store


def leading(ontology: Triples) -> frozenset[str]:
    """The properties along which a literal can follow: those with a broader one, and in a chain."""
    found = {value_of(t.object) for t in ontology.items if t.predicate.value == FIRST}
    return frozenset(found.union(ontology.subjects_of(RDFS + "subPropertyOf")))


def active(triples: Iterable[ox.Triple], leading: frozenset[str]) -> Iterator[ox.Triple]:
    """The statements from which something can follow; a literal is no subject."""
    for t in triples:
        if not isinstance(t.object, ox.Literal) or t.predicate.value in leading:
            yield t


def reason(asserted: Triples, ontology: Triples, rules: Iterable[Rule]) -> Triples:
    """What follows from the asserted graph, without what was already there."""
    store = store_of((*active(asserted.items, leading(ontology)), *ontology.items))
    # The store writes numbers its own way (8.0 becomes 8), so compare with what it holds.
    given = {quad.triple for quad in store}
    updates = [r.update for r in rules]
    before = -1
    while before != len(store):
        before = len(store)
        for update in updates:
            store.update(update)
    return Triples.of(quad.triple for quad in store if quad.triple not in given)


@dataclass(frozen=True, slots=True)
class Step:
    """A rule made concrete: what follows from which patterns of data, with the words filled in."""

    head: Pattern
    body: tuple[Pattern, ...]


def steps(ontology: Triples, rules: Iterable[Rule]) -> Iterator[Step]:
    """Each rule with each choice of properties and classes that the ontology allows."""
    derived = reason(Triples(()), ontology, rules)
    words = store_of((*ontology.items, *derived.items))
    for rule in rules:
        data = [p for p in rule.body if p[1][0] == "?" or (p[1] == RDF + "type" and p[2][0] == "?")]
        about = (p for p in rule.body if p not in data)
        where = " . ".join(" ".join(t if t[0] == "?" else f"<{t}>" for t in p) for p in about)
        solutions = words.query(f"SELECT * WHERE {{ {where} }}")
        if not isinstance(solutions, ox.QuerySolutions):
            raise TypeError("a SELECT gives solutions")
        names = [v.value for v in solutions.variables]
        for row in solutions:
            bound = {f"?{name}": value_of(row[name]) for name in names if row[name] is not None}
            head, *body = (tuple(bound.get(t, t) for t in p) for p in (rule.head, *data))
            yield Step(head, tuple(body))  # type: ignore[arg-type]
