"""A comparison in, what a reader is told out: a headline and sections, in any form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kadernota.comparing.changed import Kind
from kadernota.comparing.phrases import Line, Section, Span, headline, sections

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kadernota.comparing.changed import Changes, Item
    from kadernota.comparing.comparison import Comparison
    from kadernota.comparing.yardstick import Rule
    from kadernota.model import Problem

MOST = 12  # lines of a section about something else than things
COMES, GOES = "erbij", "niet meer"


def title(found: Comparison) -> str:
    """What the headline says: how many things, or why that cannot be said."""
    broken = [e.name for e in (found.before, found.after) if e.problems]
    if found.changes is None:
        return f"Niet te vergelijken: herstel eerst de fouten in {' en in '.join(broken)}."
    said = headline(sections(found.changes))
    if not found.changes.things and found.rules:
        return f"{said} De regels zijn wel veranderd."
    return said


def told(found: Comparison) -> tuple[Section, ...]:
    """Everything there is to tell, the things first."""
    things = sections(found.changes) if found.changes else ()
    made = [*things, *(_section(*each) for each in _others(found))]
    return tuple(section for section in made if section.things)


def _others(found: Comparison) -> Iterator[tuple[str, list[tuple[Span, ...]]]]:
    if found.changes:
        yield "Hieruit volgt ook", list(_follows(found.changes))
        yield "Passages van de vastgestelde tekst", list(_passages(found.changes))
        yield "Oude adressen", [_led(*each) for each in found.redirects]
        yield "De regels zijn veranderd", list(map(_rule, found.rules))
        yield "Alleen anders geschreven", [(Span(path),) for path in found.rewritten]
        yield "Nieuwe meldingen van check", list(map(_problem, found.reported or ()))
        yield "Opgelost volgens check", list(map(_problem, found.solved))
        return
    for edition in (found.before, found.after):
        yield f"Fouten in {edition.name}", list(map(_problem, edition.problems))
    yield "Bestanden die verschillen", [_file(kind, path) for kind, path in found.files]


def _section(name: str, lines: list[tuple[Span, ...]]) -> Section:
    shown = lines if len(lines) <= MOST else lines[: MOST - 1]
    if rest := len(lines) - len(shown):
        shown = [*shown, (Span(f"en nog {rest}"),)]
    return Section(name, "", tuple((Line(0, spans),) for spans in shown))


def _follows(found: Changes) -> Iterator[tuple[Span, ...]]:
    for each in found.follows:
        yield Span(f"{COMES if each.kind is Kind.NEW else GOES}: "), Span(each.sentence)


def _passages(found: Changes) -> Iterator[tuple[Span, ...]]:
    def named(word: str, items: Iterable[Item]) -> Iterator[tuple[Span, ...]]:
        for item in items:
            target = item.shown.official or item.shown.target
            yield Span(f"{word}: "), Span(item.shown.text, "", target)

    yield from named("nu aangehaald", found.cited)
    yield from named("niet meer aangehaald", found.uncited)


def _file(kind: Kind, path: str) -> tuple[Span, ...]:
    return Span(f"{kind}: "), Span(path, "code")


def _led(kind: Kind, old: str, new: str) -> tuple[Span, ...]:
    word = "leidt niet meer naar" if kind is Kind.GONE else "leidt nu naar"
    return Span(old, "code"), Span(f" {word} "), Span(new, "code")


def _rule(rule: Rule) -> tuple[Span, ...]:
    return Span(f"{rule.what} "), Span(rule.name, "code"), Span(f" {rule.kind}: {rule.title}")


def _problem(problem: Problem) -> tuple[Span, ...]:
    place = problem.place
    spot = f"{place.file}:{place.line}:{place.column}"
    said = f"{problem.message} {problem.hint}".rstrip()
    return Span(spot, "code"), Span(f" {said} "), Span(problem.rule, "address")
