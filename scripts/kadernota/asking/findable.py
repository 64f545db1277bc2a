"""The closed graph and the questions in, what can be found by which words out: plain JSON.

The page "Vraag het" and `kadernota zoek` find with this index and nothing else.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from kadernota.asking import wording
from kadernota.asking.spelling import stem, words
from kadernota.names import ALIAS, KN, LISTS, NAME, RDFS, SKOS, SOURCE, TYPE
from kadernota.triples import value_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kadernota.asking.questions import Parameter, Question
    from kadernota.model import Loaded

NOT_SAID = KN + "nietInBron"
HIDDEN = SKOS + "hiddenLabel"
PASSAGE = KN + "Bronpassage"
RING = LISTS + "zoekwoorden/"
# A part of a passage is found through the heading or row that it belongs to.
NUMBERED = re.compile(r", (\w+ )?\d+(e \w+)?$")
# What is about the text itself; who asks about the policy wants it last.
ASIDE = {KN + "Bronafwijking", KN + "Uitzondering"}
SOMEWHAT = {PASSAGE, KN + "Norm", KN + "Achtergrond", KN + "Document"}
ROW = ", rij "
ADDRESS, PROPERTY = "adres", "eigenschap"  # texts that are an address, or a property
TOLD = (KN + "beschrijving", KN + "definitie", KN + "doel", KN + "toelichting", KN + "rol")


def index(loaded: Loaded, questions: Iterable[Question]) -> dict[str, Any]:
    """Questions with their words, things with all they are called, and words for one another."""
    asked = tuple(questions)
    kinds = sorted({kind for q in asked for p in q.parameters if (kind := _kind(p))})
    found = [*_things(loaded, kinds), *_properties(loaded, kinds)]
    return {
        "kinds": kinds,
        "things": found,
        "questions": [_question(q) for q in asked],
        "rings": list(_rings(loaded)),
    }


def _kind(parameter: Parameter) -> str:
    """What fills it in: a thing of a class, an address, a property, or a literal of a datatype."""
    named = parameter.name in {ADDRESS, PROPERTY}
    return parameter.cls or (parameter.name if named else parameter.datatype.rpartition("#")[2])


def _question(question: Question) -> list[Any]:
    filled = [(p.name, _kind(p)) for p in question.parameters]
    more = " ".join(c for c in question.columns if not c.endswith("Naam"))
    said = f"{question.title['nl']} {' '.join(question.words)}"
    return [question.name, question.text["nl"], said, _spaced(more), filled]


def _spaced(names: str) -> str:
    return re.sub(r"(?<=[a-z])([A-Z])", r" \1", names).lower()


def _things(loaded: Loaded, kinds: list[str]) -> Iterator[list[Any]]:
    """Address, name, kinds, other names, words about it, and how much of 100 it counts."""
    closed, base, moved = loaded.closed, loaded.settings.base, loaded.redirects
    searched = defaultdict[str, list[str]](list)
    for address, said in loaded.searchwords.items():
        searched[moved.get(address, address)] += said
    kind_of: dict[str, list[int]] = {}
    for at, kind in enumerate(kinds):
        for thing in closed.subjects(TYPE, kind):
            kind_of.setdefault(thing, []).append(at)
    pages = {s for s in loaded.asserted.index if s.startswith(base) and "#" not in s}
    for thing in sorted(pages | kind_of.keys()):
        name = closed.one(thing, NAME)
        if not name or (PASSAGE in closed.values(thing, TYPE) and NUMBERED.search(name)):
            continue
        page, of = thing in pages, kind_of.get(thing, [])
        other = [*closed.values(thing, ALIAS), *closed.values(thing, HIDDEN)]
        other += [name.rpartition(ROW)[2]] if ROW in name else []
        other += searched.get(thing.removeprefix(base), ())
        fills = of + ([kinds.index(ADDRESS)] if page and ADDRESS in kinds else [])
        yield [
            thing.removeprefix(base).removeprefix(LISTS),
            name + _period(thing, loaded),
            fills,
            "|".join(sorted(set(other))),
            _about(thing, loaded) if page else "",
            _counts(thing, loaded) if page else 0,
        ]


def _properties(loaded: Loaded, kinds: list[str]) -> Iterator[list[Any]]:
    if PROPERTY in kinds:
        open_ = loaded.closed.subjects_of(NOT_SAID)
        paths = {path for thing in open_ for path in loaded.closed.values(thing, NOT_SAID)}
        for path in sorted(paths):
            key = loaded.keys.get(path, path)
            label = wording.property_label(path, loaded)
            yield [key, label, [kinds.index(PROPERTY)], key, "", 0]


def _counts(thing: str, loaded: Loaded) -> int:
    """How much of 100 it counts: what holds now first, what is about the text itself last."""
    given = set(loaded.closed.values(thing, TYPE))
    return 55 if given & ASIDE else 90 if given & SOMEWHAT or _period(thing, loaded) else 100


def _period(thing: str, loaded: Loaded) -> str:
    """The years of what belongs to another memorandum: the same name occurs in both."""
    closed = loaded.closed
    memoranda = closed.values(thing, KN + "nota")
    if not memoranda or loaded.settings.base + loaded.settings.memorandum in memoranda:
        return ""
    years = [closed.one(memoranda[0], KN + word)[:4] for word in ("begin", "einde")]
    return f" ({'-'.join(filter(None, years))})"


def _about(thing: str, loaded: Loaded) -> str:
    """The stems of what is told about a thing and its parts."""
    closed, found = loaded.closed, set[str]()
    parts = {thing}
    for t in loaded.asserted.about(thing):
        if t.predicate.value != SOURCE and value_of(t.object).startswith(thing + "#"):
            parts.add(value_of(t.object))
    for part in parts:
        for path in (*TOLD, *([NAME] if part != thing else [])):
            for text in closed.values(part, path):
                found.update(stem(word) for word in words(text))
    found.update(words(_period(thing, loaded)))
    for cls in closed.values(thing, TYPE):
        found.update(stem(w) for w in words(loaded.ontology.one(cls, RDFS + "label")))
    return " ".join(sorted(found))


def _rings(loaded: Loaded) -> Iterator[str]:
    """Words that people use for one another."""
    for subject in sorted(s for s in loaded.ontology.index if s.startswith(RING)):
        of = [NAME, HIDDEN]
        yield " ".join(w for path in of for w in sorted(loaded.ontology.values(subject, path)))
