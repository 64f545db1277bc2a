"""A thing in, what the rules derive about it out, each with the reasons, down to the passage."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kadernota.asking import wording
from kadernota.asking.connect import restates
from kadernota.names import KN
from kadernota.publishing.things import Follows, Step, Thing, alphabetical
from kadernota.triples import value_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kadernota.asking.explain import Reason
    from kadernota.publishing.views import Views
    from kadernota.triples import Term


def derived(iri: str, views: Views) -> Iterator[tuple[str, Term, Reason]]:
    """What the rules derive about a thing, beyond saying a statement in other words."""
    for path, objects in views.loaded.inferred.index.get(iri, {}).items():
        for term in objects if path.startswith(KN) else ():
            statement = ox.Triple(ox.NamedNode(iri), ox.NamedNode(path), term)
            reason = views.explainer.explain(statement)
            if reason and reason.rule and not restates(reason):
                yield path, term, reason


def follows(thing: Thing, views: Views) -> list[tuple[str, tuple[Follows, ...]]]:
    """The same for a page: by what the property is called, with the steps."""
    found: dict[str, list[Follows]] = {}
    for path, term, reason in derived(thing.iri, views):
        why = tuple(_steps(reason, 0, views))[1:]
        label = wording.property_label(path, views.loaded)
        found.setdefault(label, []).append(Follows(views.value(term), why))
    return [
        (k, tuple(sorted(v, key=lambda f: alphabetical(f.value)))) for k, v in sorted(found.items())
    ]


def _steps(reason: Reason, depth: int, views: Views) -> Iterator[Step]:
    """What holds and by which rule, premises one deeper, each stated one with its passages."""
    said, t = wording.sentence(reason.statement, views.loaded), reason.statement
    if reason.rule is None:
        passages = wording.passages(value_of(t.subject), t.predicate.value, views.loaded)
        yield Step(depth, said, tuple(views.value(ox.NamedNode(p)) for p in passages))
        return
    yield Step(depth, f"{said}, want:")
    for because in reason.because:
        yield from _steps(because, depth + 1, views)
    axiom = wording.axiom(reason, views.loaded)
    yield Step(depth + 1, f"Regel: {reason.rule.title}{f' ({axiom})' if axiom else ''}")
