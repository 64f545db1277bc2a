"""A named question and the values in an address in, SPARQL out; and the list of what there is."""

from __future__ import annotations

import json
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from kadernota.asking.ask import CannotAnswer, asked
from kadernota.endpoint.received import fields, wrong
from kadernota.hints import near_miss
from kadernota.letters import shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kadernota.asking.questions import Question
    from kadernota.model import Loaded

LONGEST = 300  # characters of a value: enough for any name or address


@dataclass(frozen=True)
class Catalogue:
    """The questions that can be asked by name, and the knowledge base that knows the values."""

    loaded: Loaded
    questions: Mapping[str, Question]

    def sparql(self, name: str, query: bytes) -> str:
        """The question with the values of the address; raises Refused."""
        question = self.questions.get(name)
        if question is None:
            hint = near_miss(name[:LONGEST], self.questions).text
            words = f"De vraag '{shown(name[:LONGEST])}' is er niet. {hint}".rstrip()
            raise wrong(f"{words} Alle vragen staan op /vragen.", HTTPStatus.NOT_FOUND)
        try:
            return asked(question, self._values(question, query), self.loaded)
        except CannotAnswer as problem:
            words = str(problem)
            for parameter in question.parameters:  # as it is called in an address
                words = words.replace(f"--{parameter.flag}", f"'{parameter.flag}='")
            raise wrong(words) from None

    def _values(self, question: Question, query: bytes) -> dict[str, str]:
        flags = {parameter.flag: parameter.name for parameter in question.parameters}
        found: dict[str, str] = {}
        for flag, value in fields(query):
            if flag not in flags:
                known = f"Kies uit: {', '.join(flags)}." if flags else "Deze vraag heeft er geen."
                raise wrong(f"De parameter '{shown(flag[:LONGEST])}' is er niet. {known}")
            if flags[flag] in found:
                raise wrong(f"Geef '{flag}=' één keer.")
            if len(value) > LONGEST:
                raise wrong(f"Maak de waarde van '{flag}=' korter: hooguit {LONGEST} tekens.")
            found[flags[flag]] = value
        return found

    def listed(self, address: str) -> bytes:
        """All questions, for programs."""
        found = [
            {
                "naam": q.name,
                "titel": q.title["nl"],
                "vraag": q.text["nl"],
                "adres": f"{address}vragen/{q.name}",
                "kolommen": list(q.columns),
                "parameters": [
                    {
                        "naam": p.flag,
                        "soort": p.datatype or p.cls,
                        "standaard": p.default or None,
                        "uitleg": p.help,
                    }
                    for p in q.parameters
                ],
            }
            for q in self.questions.values()
        ]
        return (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode()
