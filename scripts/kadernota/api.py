"""A knowledge base for programs: open it, and ask five things of it.

>>> import kadernota
>>> kb = kadernota.open("tests/mini")
>>> kb.ask("partners-per-speerpunt", speerpunt="jeugd").rows[0]["rol"]
'Jongeren opzoeken op straat'

A thing is an address, short (`speerpunten/jeugd`) or whole, or what people call it. Answers are
plain values, in rows that `pandas.DataFrame` takes as they are. What cannot be done is a
`CannotAnswer` that says, in Dutch, what to do.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kadernota.asking import ask as asking
from kadernota.asking import findable, wording
from kadernota.asking.ask import CannotAnswer
from kadernota.asking.find import Finder
from kadernota.asking.handles import Handles
from kadernota.asking.questions import questions, unknown_classes
from kadernota.asking.typed import written
from kadernota.hints import near_miss
from kadernota.letters import shown
from kadernota.model import Loaded
from kadernota.pipeline import load
from kadernota.publishing import evidence, offered, portrait
from kadernota.publishing.views import Views
from kadernota.sources import NoKnowledgeBase, find_root, read

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyoxigraph as ox

    from kadernota.asking.find import Hit
    from kadernota.asking.questions import Question
    from kadernota.asking.typed import Value
    from kadernota.model import Problem
    from kadernota.publishing.evidence import Reason
    from kadernota.publishing.portrait import Description

LONGEST = 1000  # characters of a value: nothing has a longer name
TOLD = 10  # mistakes in the data that one error names


class KnowledgeBase:
    """An opened knowledge base: read once, never written."""

    def __init__(self, loaded: Loaded, asked: Iterable[Question]) -> None:
        self._loaded = loaded
        self._asked = {q.name: q for q in asked}
        self._views = Views(loaded)
        self._handles = Handles(loaded)

    @cached_property
    def _store(self) -> ox.Store:
        return asking.store(self._loaded)

    @cached_property
    def _finder(self) -> Finder:
        return Finder(findable.index(self._loaded, self._asked.values()))

    def questions(self) -> list[offered.Question]:
        """All questions that can be asked, with what can be filled in.

        >>> import kadernota
        >>> kb = kadernota.open("tests/mini")
        >>> found = {q.name: q for q in kb.questions()}["partners-per-speerpunt"]
        >>> found.text
        'Welke partners werken aan een speerpunt, en in welke rol?'
        >>> [(p.name, p.type) for p in found.parameters]
        [('speerpunt', 'thing'), ('ookIndirect', 'boolean')]
        >>> found.parameters[0].choices["speerpunten/jeugd"]
        'Jeugd'
        """
        return [offered.question(self._views, q) for q in self._asked.values()]

    def ask(self, question: str, /, **values: Value) -> offered.Answer:
        """The answer to a question, by its name; raises CannotAnswer for what does not fit.

        >>> import kadernota
        >>> kb = kadernota.open("tests/mini")
        >>> answer = kb.ask("partners-per-speerpunt", speerpunt="jeugd")
        >>> [(row["partnerNaam"], row["rol"], row["direct"]) for row in answer.rows]
        [('Jongerenwerk Voorbeeldstad', 'Jongeren opzoeken op straat', True)]
        >>> [s.passage_name for s in answer.sources if s.thing_name == "Jeugd"][0]
        'Terugblik, alinea 3'
        >>> [reason.predicate.partition("#")[2] for reason in answer.reasons[0]]
        ['werktDirectAan', 'werktIndirectAan']
        """
        found = self._question(_fit(question))
        parameters = {p.name: p for p in found.parameters}
        given = {name: _fit(written(value)) for name, value in values.items() if value is not None}
        for name in given.keys() - parameters.keys():
            said = f"De vraag {found.name} heeft geen parameter '{shown(name)}'."
            raise CannotAnswer(f"{said} {near_miss(name, parameters).text}".rstrip())
        try:
            answer = asking.ask(self._store, self._loaded, found, given)
        except CannotAnswer as error:
            raise CannotAnswer(_by_name(str(error), found)) from None
        return offered.answer(self._views, found, given, answer)

    def search(self, text: str, limit: int = 10) -> list[Hit]:
        """Questions and things that this text may mean, the best first.

        >>> import kadernota
        >>> kb = kadernota.open("tests/mini")
        >>> [hit.id for hit in kb.search("veiligheidsoverleg", limit=3) if hit.kind == "ding"]
        ['overleggen/veiligheidsoverleg']
        """
        return list(self._finder.find(_fit(text), max(0, limit)))

    def describe(self, thing: str) -> Description:
        """All about a thing: facts, what points to it, and the passages that it rests on.

        >>> import kadernota
        >>> kb = kadernota.open("tests/mini")
        >>> found = kb.describe("Veiligheidsoverleg")
        >>> [f.value_name for f in found.facts if f.key == "dient" and not f.derived]
        ['Jeugd', 'Jaarwisseling']
        >>> [source.passage_name for source in found.sources]
        ['Partners', 'Partners, alinea 1', 'Partners, lijstonderdeel 6']
        """
        return portrait.describe(self._views, self._handles.meant(_fit(thing)))

    def explain(self, subject: str, predicate: str, object: str) -> Reason:  # noqa: A002
        """Why a statement holds, down to the passages; raises CannotAnswer when it does not.

        >>> import kadernota
        >>> kb = kadernota.open("tests/mini")
        >>> why = kb.explain("partners/jongerenwerk", "werktDirectAan", "speerpunten/jeugd")
        >>> why.rule
        'prp-spo2-2'
        >>> [(leaf.sources[0].passage_name, leaf.sources[0].file) for leaf in why.because][1]
        ('Speerpunt, alinea 5', 'data/partners/jongerenwerk.yaml:12')
        """
        words = [_fit(text) for text in (subject, predicate, object)]
        one, other = (self._handles.at(word) or word for word in (words[0], words[2]))
        statement = wording.statement(self._loaded, one, words[1], other)
        reason = self._views.explainer.explain(statement)
        if reason is None:
            said = " ".join(map(shown, words))
            raise CannotAnswer(f"Dit geldt niet: {said}. Er is dus ook geen reden.")
        return evidence.told(self._views, reason)

    def _question(self, name: str) -> Question:
        if name in self._asked:
            return self._asked[name]
        hint = near_miss(name, self._asked).text
        raise CannotAnswer(f"De vraag '{shown(name)}' bestaat niet. {hint}".rstrip())


def open(path: str | Path = ".") -> KnowledgeBase:  # noqa: A001 - `kadernota.open`, as `gzip.open`
    """The knowledge base in a folder, or in the nearest one above it.

    Raises CannotAnswer when there is none, or with the mistakes that are in its files.

    >>> import kadernota
    >>> kadernota.open("/")
    Traceback (most recent call last):
    kadernota.asking.ask.CannotAnswer: Ga naar een map met kadernota.yaml, of noem die map.
    """
    try:
        root = find_root(Path(_fit(str(path))).absolute(), None)
    except NoKnowledgeBase:
        raise CannotAnswer("Ga naar een map met kadernota.yaml, of noem die map.") from None
    sources = read(root)
    loaded = load(sources)
    asked, broken = questions(sources.queries)
    if isinstance(loaded, Loaded):
        broken += unknown_classes(asked, loaded.ontology.index.keys())
    if not isinstance(loaded, Loaded) or broken:
        raise CannotAnswer(_wrong((*(() if isinstance(loaded, Loaded) else loaded), *broken)))
    return KnowledgeBase(loaded, asked)


def _wrong(problems: tuple[Problem, ...]) -> str:
    lines = [f"{p.place.file}:{p.place.line}  {p.message}" for p in problems[:TOLD]]
    more = [f"... en nog {len(problems) - TOLD}."] if len(problems) > TOLD else []
    return "\n".join(["Herstel eerst deze fouten (kadernota check):", *lines, *more])


def _fit(text: str) -> str:
    """A text that a knowledge base can be asked for."""
    if not isinstance(text, str):
        raise CannotAnswer(f"Geef tekst, geen {type(text).__name__}.")
    if len(text) > LONGEST:
        raise CannotAnswer(f"Maak '{shown(text)}' korter: hooguit {LONGEST} tekens.")
    if not text.isprintable() and any(not (c.isprintable() or c.isspace()) for c in text):
        raise CannotAnswer(f"Haal het onzichtbare teken weg uit '{shown(text)}'.")
    return text


def _by_name(message: str, question: Question) -> str:
    """What the command line says of a flag, said of a parameter."""
    for p in question.parameters:
        message = message.replace(f"--{p.flag}", p.name)
    return message
