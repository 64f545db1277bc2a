"""A tool and its arguments in, what it answers out: JSON that fits the schema, and the text."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kadernota.asking.ask import CannotAnswer
from kadernota.assistant import retold, toolset
from kadernota.assistant.arguments import checked
from kadernota.hints import near_miss
from kadernota.letters import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kadernota.api import KnowledgeBase
    from kadernota.publishing.evidence import Reason

MENTIONS = 100  # of a thing that all others name; the questions tell them apart
STATEMENT = ("sentence", "subject", "predicate", "object")


@dataclass(frozen=True, slots=True)
class Reply:
    """What a tool answers: for a program, and for a reader."""

    data: dict[str, Any]
    text: str


class Clerk:
    """Knows the five tools of an opened knowledge base."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self.kb = kb

    @cached_property
    def tools(self) -> dict[str, toolset.Tool]:
        return {tool.name: tool for tool in toolset.tools(self.kb.questions())}

    def reply(self, name: str, given: Mapping[str, Any]) -> Reply:
        """The answer of a tool; raises CannotAnswer, with what to do."""
        if name not in self.tools:
            hint = near_miss(name, self.tools).text
            raise CannotAnswer(f"De tool '{shown(name)}' bestaat niet. {hint}".rstrip())
        calls: dict[str, Callable[..., Reply]] = {
            "questions": self._questions,
            "ask": self._ask,
            "search": self._search,
            "describe": self.described,
            "explain": self._explain,
        }
        return calls[name](**checked(given, self.tools[name].given))

    def _questions(self, question: str = "") -> Reply:
        every = {q.name: q for q in self.kb.questions()}
        if not question:
            short = [
                {"name": q.name, "audience": q.audience, "title": q.title, "text": q.text}
                for q in every.values()
            ]
            said = (f"- {q.name}: {q.text}" for q in every.values())
            return Reply({"questions": short}, retold.text(said))
        if question not in every:
            hint = near_miss(question, every).text
            raise CannotAnswer(f"De vraag '{shown(question)}' bestaat niet. {hint}".rstrip())
        one = every[question]
        return Reply({"questions": [retold.plain(one)]}, retold.text(retold.question(one)))

    def _ask(
        self,
        question: str,
        limit: int,
        offset: int,
        *,
        why: bool,
        values: Mapping[str, Any] | None = None,
    ) -> Reply:
        whole = self.kb.ask(question, **_texts(values or {}))
        part = replace(whole, **retold.rows_of(whole, offset, limit))
        if not why:
            part = replace(part, reasons=[tuple(map(_short, row)) for row in part.reasons])
        data = retold.plain(part) | {"total": len(whole.rows), "offset": offset}
        if not why:
            data["reasons"] = [[_statement(r) for r in row] for row in part.reasons]
        return Reply(data, retold.text(retold.answer(part, len(whole.rows), offset)))

    def _search(self, text: str, limit: int) -> Reply:
        hits = self.kb.search(text, limit)
        found = retold.text(retold.hits(hits)) if hits else "Niets gevonden.\n"
        return Reply({"hits": retold.plain(hits)}, found)

    def described(self, thing: str) -> Reply:
        """All about a thing; of what points to it no more than fits."""
        found = self.kb.describe(thing)
        left = max(0, len(found.mentions) - MENTIONS)
        found = replace(found, mentions=found.mentions[:MENTIONS])
        said = retold.text(retold.description(found, left))
        return Reply(retold.plain(found) | {"left_out": left}, said)

    def _explain(self, subject: str, predicate: str, object: str) -> Reply:  # noqa: A002
        reason = self.kb.explain(subject, predicate, object)
        return Reply({"reason": retold.plain(reason)}, retold.text(retold.reasoning(reason)))


def _short(reason: Reason) -> Reason:
    return replace(reason, sources=(), because=())


def _statement(reason: Reason) -> dict[str, str]:
    return {key: value for key, value in asdict(reason).items() if key in STATEMENT}


def _texts(values: Mapping[str, Any]) -> dict[str, Any]:
    """Only what a question can take: a list or an object is no value."""
    for name, value in values.items():
        if isinstance(value, (list, dict)):
            raise CannotAnswer(f"Geef bij '{shown(name)}' één waarde.")
    return dict(values)
