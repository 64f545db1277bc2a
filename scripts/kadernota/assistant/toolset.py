"""The questions in, the five tools with their schemas out; an assistant reads them in Dutch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kadernota.assistant.outcome import (
    ANSWER,
    DESCRIPTION,
    EXPLANATION,
    HITS,
    QUESTIONS,
    closed,
    number,
    text,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kadernota.assistant.outcome import Schema
    from kadernota.publishing.offered import Parameter, Question

FEW = 12  # choices that a schema names one by one; the tool `questions` names all
ROWS, MOST_ROWS = 25, 200
FOUND, MOST_FOUND = 10, 50
JSON_TYPES = {"boolean": "boolean", "integer": "integer", "gYear": "integer", "decimal": "number"}

INSTRUCTIONS = """\
Dit is de kennisbank van {name}: een vastgestelde nota, als gegevens.
Zoek eerst met search, stel dan een vraag met ask of bekijk een ding met describe.
Noem bij elk antwoord de passages onder sources, met hun url: daar staat het in de officiële tekst.
Wat onder reasons staat, staat niet letterlijk in de nota maar volgt eruit; explain legt uit hoe.
Vul niets aan wat het antwoord niet zegt."""


@dataclass(frozen=True, slots=True)
class Tool:
    """One function as an assistant sees it."""

    name: str
    title: str
    description: str
    given: Schema
    answer: Schema


def tools(questions: Iterable[Question]) -> tuple[Tool, ...]:
    """The five functions, with the questions that can be asked now."""
    asked = tuple(questions)
    named = {"type": "string", "enum": [q.name for q in asked]}
    return (
        Tool(
            "questions",
            "Welke vragen zijn er?",
            "Noemt de vragen die je met ask kunt stellen. Met een naam erbij: van die ene vraag ook"
            " alles wat je kunt invullen, met alle keuzes.",
            closed({"question": named | {"description": "Alleen deze vraag."}}),
            QUESTIONS,
        ),
        Tool(
            "ask",
            "Stel een vraag",
            "Beantwoordt een vraag van de lijst van questions. Elke rij heeft bronnen: per ding de"
            " passages van de nota waarop het rust. reasons zegt per rij wat is afgeleid.",
            closed(
                {
                    "question": named | {"description": "De naam van de vraag."},
                    "values": _values(asked),
                    "why": {
                        "type": "boolean",
                        "default": False,
                        "description": "Ook de hele redenering per rij, tot en met de passages.",
                    },
                    "limit": number(1, MOST_ROWS, ROWS, "Hoeveel rijen hooguit."),
                    "offset": number(0, 10**6, 0, "Hoeveel rijen je overslaat."),
                },
                ["question"],
            ),
            ANSWER,
        ),
        Tool(
            "search",
            "Zoek in gewone woorden",
            "Zoekt vragen en dingen die bij de woorden passen; het beste staat eerst. Stel daarna"
            " een vraag met ask, of bekijk een ding met describe.",
            closed(
                {
                    "text": text("Waar je naar zoekt, in gewone woorden."),
                    "limit": number(1, MOST_FOUND, FOUND, "Hoeveel resultaten hooguit."),
                },
                ["text"],
            ),
            HITS,
        ),
        Tool(
            "describe",
            "Beschrijf een ding",
            "Zegt alles over één ding: een speerpunt, partner, bevoegdheid, begrip, passage"
            " enzovoort; met wat ernaar verwijst en met de passages waarop het rust.",
            closed({"thing": text("Adres (partners/riec) of naam (RIEC).")}, ["thing"]),
            DESCRIPTION,
        ),
        Tool(
            "explain",
            "Leg een uitspraak uit",
            "Legt uit waarom een uitspraak geldt: welke regel, welke vastgelegde uitspraken, en de"
            " passages daarvan. Neem subject, predicate en object over uit reasons.",
            closed(
                {
                    "subject": text("Adres of naam van het ding waarover het gaat."),
                    "predicate": text("De eigenschap, bijvoorbeeld werktAan."),
                    "object": text("Adres of naam van het andere ding."),
                },
                ["subject", "predicate", "object"],
            ),
            EXPLANATION,
        ),
    )


def _values(questions: Iterable[Question]) -> Schema:
    """All that can be filled in; a parameter of more than one question is the same or tells so."""
    grouped: dict[str, list[tuple[Question, Parameter]]] = {}
    for question in questions:
        for p in question.parameters:
            grouped.setdefault(p.name, []).append((question, p))
    found = closed({name: _parameter(uses) for name, uses in grouped.items()})
    return found | {"description": "Wat je invult. Welke vraag wat kan, zegt questions."}


def _parameter(uses: list[tuple[Question, Parameter]]) -> Schema:
    one = uses[0][1]
    said = list(dict.fromkeys(p.description for _, p in uses))
    if len(said) > 1:
        said = [f"Bij {q.name}: {p.description}" for q, p in uses]
    found = {"type": JSON_TYPES.get(one.type, "string"), "description": " ".join(said)}
    same = all(p.choices == one.choices for _, p in uses)
    if one.type == "thing" and same and len(one.choices) <= FEW:
        return found | {"enum": list(one.choices)}
    return found | ({"format": "date"} if one.type == "date" else {})
