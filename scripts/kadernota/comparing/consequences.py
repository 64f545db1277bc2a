"""Two sides in, what follows now and did not before out, and the other way round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kadernota.asking import wording
from kadernota.asking.connect import restates
from kadernota.comparing.changed import Consequence, Kind
from kadernota.names import OWL, RDFS
from kadernota.triples import value_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyoxigraph as ox

    from kadernota.comparing.side import Side


def between(before: Side, after: Side) -> Iterator[Consequence]:
    """What the rules make of the changes, beyond saying a statement in other words."""
    yield from _only(after, before, Kind.NEW)
    yield from _only(before, after, Kind.GONE)


def _only(side: Side, other: Side, kind: Kind) -> Iterator[Consequence]:
    apart = side.derived.keys() - other.derived.keys() - other.stated
    found = [side.derived[t] for t in apart]
    said = [(wording.sentence(t, side.loaded), t) for t in found if not _restated(t, side)]
    for sentence, t in sorted(said, key=str):
        yield Consequence(kind, t, sentence)


def _restated(t: ox.Triple, side: Side) -> bool:
    """Whether a rule only turned a statement around, or said it more generally."""
    if _near(t, side):
        return True
    reason = side.views.explainer.explain(t)
    return reason is None or reason.rule is None or restates(reason)


def _near(t: ox.Triple, side: Side) -> bool:
    """The same for what was stated itself, which needs no search for a reason."""
    graph, ontology = side.loaded.asserted, side.loaded.ontology
    subject, path, obj = value_of(t.subject), t.predicate.value, value_of(t.object)
    turned = {
        *ontology.values(path, OWL + "inverseOf"),
        *ontology.subjects(OWL + "inverseOf", path),
    }
    return any(subject in graph.values(obj, inverse) for inverse in turned) or any(
        obj in graph.values(subject, narrow)
        for narrow in ontology.subjects(RDFS + "subPropertyOf", path)
    )
