"""Graph, question and values in, an answer out."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kadernota import names
from kadernota.asking.fill import filled
from kadernota.asking.guard import mistake, refusal, unable
from kadernota.letters import shown
from kadernota.reading.values import wrong_literal
from kadernota.tracing.provenance import provenance

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kadernota.asking.questions import Parameter, Question
    from kadernota.model import Loaded
    from kadernota.triples import Term, Triples

SHOWN = 12


class CannotAnswer(Exception):  # noqa: N818 - it is the answer to a wrong command
    """The question cannot be answered as it was put; the text says, in Dutch, what to do."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Columns and rows of terms; a missing value is None."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]


def store(loaded: Loaded) -> ox.Store:
    """The graph to ask: asserted, derived, ontology and provenance each in a graph of their own.

    What holds is in the default graph as well, so that a question need not gather it; where it
    comes from is not, and is asked for with GRAPH.
    """
    found = ox.Store()
    for name, triples in graphs(loaded).items():
        graph = ox.NamedNode(name)
        found.bulk_extend(ox.Quad(t.subject, t.predicate, t.object, graph) for t in triples.items)
    everything = loaded.closed.items
    found.bulk_extend(ox.Quad(t.subject, t.predicate, t.object) for t in everything)
    return found


def graphs(loaded: Loaded) -> dict[str, Triples]:
    """The graphs of the dataset, by name."""
    return {
        names.GRAPH_ASSERTED: loaded.asserted,
        names.GRAPH_INFERRED: loaded.inferred,
        names.GRAPH_ONTOLOGY: loaded.ontology,
        names.GRAPH_PROVENANCE: provenance(loaded),
    }


def ask(graph: ox.Store, loaded: Loaded, question: Question, values: Mapping[str, str]) -> Answer:
    """The answer to a named question; raises CannotAnswer for a value that does not fit."""
    found = graph.query(asked(question, values, loaded))
    if not isinstance(found, ox.QuerySolutions):
        raise TypeError("a named question is a SELECT")
    return answer(found)


def asked(question: Question, values: Mapping[str, str], loaded: Loaded) -> str:
    """The question in SPARQL with these values; raises CannotAnswer for one that does not fit."""
    given = {}
    for parameter in question.parameters:
        text = values.get(parameter.name, parameter.default)
        if text or parameter.name in values:
            given[parameter.name] = _term(parameter, text, loaded)
    return filled(question.sparql, given)


def answer(found: ox.QuerySolutions) -> Answer:
    """The solutions as rows, in their order."""
    columns = [v.value for v in found.variables]
    return Answer(tuple(columns), tuple(tuple(row) for row in found))


def free(graph: ox.Store, sparql: str) -> Answer | ox.QueryBoolean | tuple[ox.Triple, ...]:
    """What any read-only SPARQL query gives; raises CannotAnswer when it is refused or wrong."""
    if why := refusal(sparql):
        raise CannotAnswer(why)
    try:
        found = graph.query(sparql)
        if isinstance(found, ox.QueryBoolean):
            return found
        return tuple(found) if isinstance(found, ox.QueryTriples) else answer(found)
    except SyntaxError as error:
        raise CannotAnswer(mistake(error, sparql)[2]) from None
    except UnicodeEncodeError:
        raise CannotAnswer(
            "Geef de SPARQL als UTF-8: er staat een teken in een andere codering."
        ) from None
    except (RuntimeError, ValueError, OSError) as error:  # found out while it ran
        raise CannotAnswer(unable(error)) from None


def _term(parameter: Parameter, text: str, loaded: Loaded) -> Term:
    if parameter.cls:
        if not text.strip():
            raise CannotAnswer(f"Geef een waarde achter --{parameter.flag}.")
        return ox.NamedNode(resolve(text, parameter.cls, loaded))
    if wrong := wrong_literal(text, parameter.datatype):
        raise CannotAnswer(f"--{parameter.flag} '{shown(text)}': {wrong.whole}")
    return ox.Literal(text, datatype=ox.NamedNode(parameter.datatype))


def resolve(text: str, cls: str, loaded: Loaded) -> str:
    """The thing of this class that is meant: by id, label, other name or clear beginning."""
    text = loaded.redirects.get(text.removeprefix(loaded.settings.base), text)
    things = loaded.closed.subjects(names.TYPE, cls)
    known = {thing: handles_of(thing, loaded) for thing in sorted(set(things))}
    wanted = " ".join(text.split()).casefold()
    exact = [t for t, handles in known.items() if wanted in handles]
    starts = [t for t, handles in known.items() if any(h.startswith(wanted) for h in handles)]
    for candidates in (exact, starts):
        if found := of_now(candidates, loaded):
            return found
        if candidates:
            raise CannotAnswer(
                choose(f"'{shown(text)}' kan meer dan één ding zijn", candidates, loaded)
            )
    handles = {h: t for t, hs in known.items() for h in hs}
    near = [handles[h] for h in get_close_matches(wanted, handles, n=SHOWN, cutoff=0.5)]
    raise CannotAnswer(choose(f"'{shown(text)}' is hier niet bekend", near or list(known), loaded))


def of_now(candidates: list[str], loaded: Loaded) -> str:
    """The only candidate, or the only one of the memorandum that holds now."""
    if len(candidates) > 1:
        nota = loaded.settings.base + loaded.settings.memorandum
        current = set(loaded.closed.subjects(names.KN + "nota", nota))
        candidates = [c for c in candidates if c in current]
    return candidates[0] if len(candidates) == 1 else ""


def handles_of(thing: str, loaded: Loaded) -> set[str]:
    """What someone may type for this thing, in lower case."""
    path = thing.removeprefix(loaded.settings.base).removeprefix(names.LISTS)
    written: list[str] = [thing, path, path.rpartition("/")[2]]
    for predicate in (names.NAME, names.SKOS + "altLabel"):
        written += loaded.closed.values(thing, predicate)
    return {" ".join(w.split()).casefold() for w in written}


def choose(problem: str, candidates: list[str], loaded: Loaded) -> str:
    lines = [
        f"  {c.removeprefix(loaded.settings.base)}  ({label(c, loaded.closed)})"
        for c in list(dict.fromkeys(candidates))[:SHOWN]
    ]
    return "\n".join([f"{problem}. Kies één van:", *lines])


def label(thing: str, triples: Triples) -> str:
    """What people call the thing."""
    return triples.one(thing, names.NAME) or triples.one(thing, names.KN + "rol")
