"""The closed graph and the questions in, what the page "Vraag het" reads in the browser out.

`index.json.gz` is enough to find a question and to show its form; `data.trig.gz` is what the store
loads; `waarom.json.gz` is only read by who asks why something holds.
"""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kadernota.asking import findable, wording
from kadernota.asking.ask import graphs
from kadernota.asking.connect import restates
from kadernota.asking.fill import opening
from kadernota.names import GRAPH_PROVENANCE, KN, LISTS, TYPE
from kadernota.publishing import reference
from kadernota.publishing.downloads import PREFIXES, trig
from kadernota.publishing.things import target
from kadernota.triples import value_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kadernota.asking.explain import Reason
    from kadernota.asking.questions import Parameter, Question
    from kadernota.publishing.views import Views

FOLDER = "assets/vraag/"


def files(views: Views, questions: Iterable[Question]) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """What the page reads, each with what makes it."""
    asked = tuple(questions)
    yield f"{FOLDER}data.trig.gz", lambda: squeezed(trig(views.loaded))
    yield f"{FOLDER}index.json.gz", lambda: squeezed(_json(index(views, asked)))
    yield f"{FOLDER}waarom.json.gz", lambda: squeezed(_json(reasons(views)))


def squeezed(content: bytes) -> bytes:
    """Compressed, so that it is small from every host; the same bytes for the same content."""
    return gzip.compress(content, 9, mtime=0)


def index(views: Views, questions: Iterable[Question]) -> dict[str, Any]:
    """What the page needs before there is a store: the questions, the pick lists, the names."""
    asked = tuple(questions)
    classes = sorted({p.cls for q in asked for p in q.parameters if p.cls})
    return {
        "base": views.base,
        "lists": LISTS,
        "holds": [name for name in graphs(views.loaded) if name != GRAPH_PROVENANCE],
        "moved": dict(views.loaded.redirects),
        "prefixes": PREFIXES,
        "terms": list(_terms(views)),
        "questions": [_question(q) for q in asked],
        "choices": {cls: [iri for iri, _ in choices(cls, views)] for cls in classes},
        "names": _names(views),
        "find": findable.index(views.loaded, asked),
    }


def choices(cls: str, views: Views) -> list[tuple[str, str]]:
    """The pick list of a class, as addresses with names: passages as they stand, others by name."""
    found = sorted(set(views.loaded.closed.subjects(TYPE, cls)))
    order = {iri: place for place, iri in enumerate(views.stops)}
    named = [(iri, views.value(ox.NamedNode(iri)).text) for iri in found]
    return sorted(named, key=lambda c: (order.get(c[0], len(order)), c[1].casefold(), c[0]))


def pick_list(cls: str, views: Views) -> list[tuple[str, str]]:
    """The same with the addresses as people write them: without what all of them begin with."""
    return [
        (i.removeprefix(views.base).removeprefix(LISTS), name) for i, name in choices(cls, views)
    ]


def reasons(views: Views) -> dict[str, Any]:
    """Per derived statement of our own words the rule, what the ontology says and the premises.

    Of a premise that people stated themselves: the passages that it rests on.
    """
    found: dict[str, Any] = {}
    for triple in views.loaded.inferred.items:
        if triple.predicate.value.startswith(KN) and (why := views.explainer.explain(triple)):
            _add(why, views, found)
    return dict(sorted(found.items()))


def _add(why: Reason, views: Views, found: dict[str, Any]) -> None:
    key, t = _key(why), why.statement
    if key in found:
        return
    if why.rule is None:
        found[key] = wording.passages(value_of(t.subject), t.predicate.value, views.loaded)
        return
    found[key] = {
        "rule": why.rule.title,
        "axiom": wording.axiom(why, views.loaded),
        "because": [*map(_key, why.because)],
        "more": not restates(why),
    }
    for because in why.because:
        _add(because, views, found)


def _key(why: Reason) -> str:
    t = why.statement
    return " ".join((value_of(t.subject), t.predicate.value, value_of(t.object)))


def _question(question: Question) -> dict[str, Any]:
    return {
        "name": question.name,
        "title": question.title["nl"],
        "text": question.text["nl"],
        "parameters": [_parameter(p) for p in question.parameters],
        "sparql": question.sparql,
        "at": opening(question.sparql),
    }


def _parameter(parameter: Parameter) -> dict[str, str]:
    return {
        "name": parameter.name,
        "label": parameter.flag.replace("-", " ").capitalize(),
        "help": parameter.help,
        "cls": parameter.cls,
        "datatype": parameter.datatype,
        "default": parameter.default,
    }


def _terms(views: Views) -> Iterator[tuple[str, str, str]]:
    """The classes and properties to choose from while writing: with prefix, label, meaning."""
    for kind in ("Class", "ObjectProperty", "DatatypeProperty"):
        for entry in reference.terms(views.loaded, kind):
            yield f"kn:{entry.key}", entry.name, entry.text
    for entry in reference.borrowed(views.loaded, views.field_names):
        for prefix, iri in PREFIXES.items():
            if entry.more.startswith(iri):
                yield f"{prefix}:{entry.more.removeprefix(iri)}", entry.name, entry.text


def _names(views: Views) -> dict[str, list[str]]:
    """What people call each thing and term, by address; its place where that does not follow."""
    triples = views.loaded.closed.items
    terms = (term for t in triples for term in (t.subject, t.predicate, t.object))
    found: dict[str, list[str]] = {}
    for iri in sorted({t.value for t in terms if isinstance(t, ox.NamedNode)}):
        value, short = views.value(ox.NamedNode(iri)), iri.removeprefix(views.base)
        if value.text != iri:
            found[short] = [value.text] + [value.target] * (value.target != target(short))
    return found


def _json(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
