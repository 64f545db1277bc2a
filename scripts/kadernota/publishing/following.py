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


def follows(thing: Thing, views: Views) -> list[tuple[str, tuple[Follows, ...]]]:
    """What the rules derive about this thing, beyond saying a statement in other words."""
    found: dict[str, list[Follows]] = {}
    for path, objects in views.loaded.inferred.index.get(thing.iri, {}).items():
        if not path.startswith(KN):
            continue
        for o in objects:
            reason = views.explainer.explain(
                ox.Triple(ox.NamedNode(thing.iri), ox.NamedNode(path), o)
            )
            if reason is None or reason.rule is None or restates(reason):
                continue
            label = wording.property_label(path, views.loaded)
            why = tuple(_steps(reason, 0, views))[1:]
            found.setdefault(label, []).append(Follows(views.value(o), why))
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
