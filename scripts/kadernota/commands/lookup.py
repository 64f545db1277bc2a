"""The command that explains a rule: its name in; why it is there, what is wrong and right, out."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from kadernota.asking.ask import CannotAnswer
from kadernota.checking.excerpt import visible
from kadernota.checking.rulebook import Rulebook
from kadernota.commands.opened import refuse
from kadernota.engine import engine
from kadernota.letters import shown

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from kadernota.asking.questions import Question
    from kadernota.checking.cases import Example
    from kadernota.checking.rulebook import Explained
    from kadernota.commands.screen import Screen
    from kadernota.model import Sources

MOST = 3  # examples of one rule on a screen; the site has them all


def arguments(made: argparse.ArgumentParser) -> None:
    made.add_argument("regel", nargs="?", metavar="regel", help="bijvoorbeeld invoer:datum")


def action(
    options: argparse.Namespace, sources: Sources, asked: tuple[Question, ...], screen: Screen
) -> int:
    del asked
    motor, problems = engine(sources)
    if motor is None:
        return refuse(problems, options.json, screen)
    keys = {term.path: key for key, term in motor.words.keys.items()}
    book = Rulebook(motor.shapes, motor.words.ontology, keys, sources.examples)
    if options.regel is None:
        found = [book.explain(rule) for rule in book.ids]
        screen.out(_json([_row(f) for f in found]) if options.json else "\n".join(_list(found)))
        return 0
    rule = book.find(options.regel)
    if not rule:
        hint = book.near(options.regel).text or "Zonder naam noemt 'kadernota regel' ze allemaal."
        raise CannotAnswer(f"De regel '{shown(options.regel)}' bestaat niet. {hint}")
    told = book.explain(rule)
    screen.out(_json(_row(told)) if options.json else "\n".join(_told(told)))
    return 0


def _json(found: object) -> str:
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def _row(rule: Explained) -> dict[str, object]:
    return {**asdict(rule), "address": rule.address}


def _list(found: list[Explained]) -> Iterator[str]:
    last = ""
    for rule in found:
        if rule.page != last:
            yield from [""] * bool(last)
            last = rule.page
        yield f"{rule.rule}  {rule.asks}"
    yield ""


def _told(rule: Explained) -> Iterator[str]:
    of = f", over '{rule.key}:'" if rule.key else ""
    yield f"{rule.rule}  ({rule.severity}{of})"
    yield rule.asks
    if rule.about:
        yield f"{rule.key}: {rule.about}"
    for example in rule.examples[:MOST]:
        yield from _example(example)
    if (more := len(rule.examples) - MOST) > 0:
        said = "staat nog een voorbeeld" if more == 1 else f"staan nog {more} voorbeelden"
        yield from ("", f"Op de site {said}.")
    yield ""
    yield f"Op de site: {rule.address}"
    yield ""


def _example(example: Example) -> Iterator[str]:
    yield ""
    yield f"Waarom: {example.why}"
    yield f"Fout, in {example.path}:" if example.path else "Fout:"
    yield from (f"  {'>' if line.marked else ' '} {visible(line.text)}" for line in example.wrong)
    if example.right:
        yield "Goed:"
        yield from (f"    {visible(line)}" for line in example.right)
