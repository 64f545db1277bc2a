"""The command that checks: what does not hold, for a person or in the form that a machine asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kadernota.asking.ask import CannotAnswer
from kadernota.authoring import tidy
from kadernota.checking import machines, report
from kadernota.checking.rulebook import Rulebook
from kadernota.commands import editors, fix
from kadernota.commands.opened import refuse
from kadernota.model import Loaded
from kadernota.pipeline import check, load_with_holes
from kadernota.triples import Triples

if TYPE_CHECKING:
    import argparse

    from kadernota.asking.questions import Question
    from kadernota.change import Change
    from kadernota.commands.screen import Screen
    from kadernota.model import Problem, Report, Sources

FORMATS = ("text", "json", "sarif", "github", "gitlab")


def arguments(made: argparse.ArgumentParser) -> None:
    words = "vorm van de meldingen (text); sarif, github en gitlab zijn voor een forge"
    made.add_argument("--format", choices=FORMATS, default=None, help=words)


def action(
    options: argparse.Namespace, sources: Sources, asked: tuple[Question, ...], screen: Screen
) -> int:
    del asked
    form = _form(options)
    loaded = load_with_holes(sources)
    if not isinstance(loaded, Loaded):
        if form not in {"text", "json"}:
            screen.out(_written(form, loaded, None, sources, screen))
        return refuse(loaded, form == "json", screen)
    editors.refresh(sources, loaded)
    found = check(loaded, sources.adopted)
    untidy = () if found.waiting else tidy.untidy(loaded, found.problems)
    if form not in {"text", "json"}:
        screen.out(_written(form, everything(found, untidy), loaded, sources, screen))
    return tell(found, untidy, screen, as_json=form == "json")


def _form(options: argparse.Namespace) -> str:
    if options.json and options.format not in {None, "json"}:
        raise CannotAnswer("Kies --json of --format, niet allebei.")
    return "json" if options.json else options.format or "text"


def everything(found: Report, untidy: tuple[Change, ...]) -> tuple[Problem, ...]:
    """What does not hold, and what could be written neater."""
    return tuple(sorted((*found.problems, *map(tidy.problem, untidy))))


def tell(found: Report, untidy: tuple[Change, ...], screen: Screen, *, as_json: bool) -> int:
    """Show what a check has found; the exit code."""
    if as_json:
        problems = everything(found, untidy)
        screen.out(report.as_json(problems, found.counts, found.claims, screen.lines))
        return 0 if found.passed else 1
    if not found.waiting:
        screen.say(report.weighed(found))
    screen.problems(found.problems)
    fix.advise(untidy, screen)
    screen.say(report.summary(found), "good" if found.passed else "bad")
    return 0 if found.passed else 1


def _written(
    form: str,
    problems: tuple[Problem, ...],
    loaded: Loaded | None,
    sources: Sources,
    screen: Screen,
) -> str:
    if form == "github":
        return machines.github(problems, screen.lines, screen.where)
    if form == "gitlab":
        return machines.gitlab(problems, screen.lines, screen.where)
    shapes, ontology = (loaded.shapes, loaded.ontology) if loaded else (Triples(()), Triples(()))
    book = Rulebook(shapes, ontology, loaded.keys if loaded else {}, sources.examples)
    return machines.sarif(problems, screen.lines, screen.where, book.explain)
