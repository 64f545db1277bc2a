"""A command with its sources in, the loaded knowledge base out, or why there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kadernota.asking.questions import unknown_classes
from kadernota.checking import report
from kadernota.model import Loaded
from kadernota.pipeline import load

if TYPE_CHECKING:
    import argparse

    from kadernota.asking.questions import Question
    from kadernota.commands.screen import Screen
    from kadernota.model import Problem, Sources


def refuse(problems: tuple[Problem, ...], as_json: bool, screen: Screen) -> int:  # noqa: FBT001
    """Show mistakes that keep us from going on."""
    if as_json:
        screen.out(report.as_json(problems, {}, lines=screen.lines))
    else:
        screen.problems(problems)
        screen.say(report.total(problems), "bad")
    return 1


def opened(
    options: argparse.Namespace, sources: Sources, asked: tuple[Question, ...], screen: Screen
) -> Loaded | None:
    """The loaded knowledge base; None after showing the mistakes in form."""
    loaded = load(sources)
    if isinstance(loaded, Loaded):
        wrong = unknown_classes(asked, loaded.ontology.index.keys())
        if not wrong:
            return loaded
        loaded = wrong
    refuse(loaded, options.json, screen)
    return None
