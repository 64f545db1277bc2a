"""What the five functions give in, JSON for a program and Markdown for a reader out."""

from __future__ import annotations

from dataclasses import asdict, is_dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from kadernota.asking.formats import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kadernota.asking.find import Hit
    from kadernota.publishing.evidence import Reason, Source
    from kadernota.publishing.offered import Answer, Question
    from kadernota.publishing.portrait import Description, Fact


def plain(found: object) -> Any:
    """The same in what JSON has: objects, lists, texts, numbers; a date as its ISO text."""
    if is_dataclass(found) and not isinstance(found, type):
        return plain(asdict(found))
    if isinstance(found, dict):
        return {key: plain(value) for key, value in found.items()}
    if isinstance(found, (list, tuple)):
        return [plain(value) for value in found]
    return found.isoformat() if isinstance(found, date) else found


def question(found: Question) -> Iterator[str]:
    """A question with all that can be filled in."""
    yield f"{found.name}: {escape(found.text)}"
    for p in found.parameters:
        default = f" (standaard {p.default})" if p.default else ""
        yield f"- {p.name}: {escape(p.description)}{default}"
        yield from (f"  - {address}: {escape(name)}" for address, name in p.choices.items())


def answer(found: Answer, total: int, offset: int) -> Iterator[str]:
    """The question, the rows as a table, and what they rest on."""
    given = ", ".join(f"{name}: {escape(value)}" for name, value in found.parameters.items())
    yield escape(found.text) + (f" ({given})" if given else "")
    yield ""
    if not found.rows:
        yield "Geen resultaten." if not total else f"Geen rijen meer: er zijn er {total}."
        return
    shown = [c for c in found.columns if f"{c}Naam" not in found.columns]
    yield "| " + " | ".join(c.removesuffix("Naam") for c in shown) + " |"
    yield "|" + " --- |" * len(shown)
    for row in found.rows:
        yield "| " + " | ".join(_cell(row[c]) for c in shown) + " |"
    yield ""
    yield f"Rij {offset + 1} tot en met {offset + len(found.rows)} van {total}."
    yield from _derived(found.reasons, offset)
    yield from sources(found.sources)


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return "" if value is None else escape(str(plain(value)))


def _derived(rows: Iterable[Sequence[Reason]], offset: int) -> Iterator[str]:
    """What was derived, by row, with the reasoning as far as it is there."""
    found = [(n, reason) for n, row in enumerate(rows, offset + 1) for reason in row]
    if found:
        yield from ("", "Afgeleid (de nota zegt het niet letterlijk):")
    for number, reason in found:
        first, *rest = reasoning(reason)
        yield f"- rij {number}: {first.removeprefix('- ')}"
        yield from rest


def reasoning(reason: Reason, depth: int = 0) -> Iterator[str]:
    """A reason as a list, each step below what it supports, with its passages."""
    yield f"{'  ' * depth}- {escape(reason.sentence)}{', want:' if reason.because else ''}"
    if reason.words and reason.because:
        yield f"{'  ' * depth}  ({escape(reason.words)})"
    for because in reason.because:
        yield from reasoning(because, depth + 1)
    if reason.reading:
        yield f"{'  ' * depth}  Onze lezing: {escape(reason.reading)}"
    for source in reason.sources:
        yield f"{'  ' * depth}  - {_source(source)}"


def hits(found: Iterable[Hit]) -> Iterator[str]:
    """What was found: questions to ask, things to describe."""
    for hit in found:
        values = "".join(f", {name}: {value}" for name, value in hit.values.items())
        yield f"- {hit.kind} {hit.id}{values}: {escape(hit.label)}"


def description(found: Description, left: int = 0) -> Iterator[str]:
    """A thing: what it is, what holds of it, what points to it, what it rests on."""
    yield f"# {escape(found.name)}"
    yield ""
    yield f"{escape(found.kind)}, {found.address}"
    yield ""
    for fact in found.facts:
        part = f"{escape(fact.about_name)}, " if fact.about != found.iri else ""
        derived = " (afgeleid)" if fact.derived else ""
        yield f"- {part}{escape(fact.label)}: {_value(fact)}{derived}"
    if found.mentions:
        yield from ("", "Verwijst hiernaar:")
    for fact in found.mentions:
        yield f"- {escape(fact.about_name)} ({escape(fact.label)})"
    if left:
        yield f"- en nog {left}"
    yield from sources(found.sources)


def _value(fact: Fact) -> str:
    return escape(fact.value_name) if fact.value_name else _cell(fact.value)


def sources(found: Iterable[Source]) -> Iterator[str]:
    """What things rest on, with the address of each passage."""
    grouped: dict[str, list[Source]] = {}
    for source in found:
        grouped.setdefault(source.thing, []).append(source)
    if grouped:
        yield from ("", "Bronnen:")
    for own in grouped.values():
        yield f"- {escape(own[0].thing_name)}"
        yield from (f"  - {_source(source)}" for source in own)


def _source(source: Source) -> str:
    """A passage with the way to it and the address where the official text says it."""
    way = f" ({escape(source.path)})" if source.path else ""
    where = f": <{source.url}>" if source.url else ""
    note = f" {escape(source.note)}" if source.note else ""
    return f"{escape(source.passage_name)}{way}{where}{note}".strip()


def text(lines: Iterable[str]) -> str:
    """The lines as one text."""
    return "\n".join(lines) + "\n"


def rows_of(found: Answer, offset: int, limit: int) -> dict[str, Any]:
    """The part of an answer from `offset` on, with the sources of what stands in it."""
    rows = found.rows[offset : offset + limit]
    things = {value for row in rows for value in row.values() if isinstance(value, str)}
    return {
        "rows": rows,
        "sources": tuple(s for s in found.sources if s.thing in things),
        "reasons": found.reasons[offset : offset + limit],
    }
