"""Questions in, the parser of `kadernota` out; what can be asked is read from the queries."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from kadernota.commands.dutch import Parser
from kadernota.commands.inquiry import FORMATS, WHY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kadernota.asking.questions import Parameter, Question
    from kadernota.commands.command import Command

EPILOG = """\
uitkomst: 0 = in orde, 1 = je gegevens moeten anders, 2 = je opdracht moet anders

voorbeelden:
  kadernota check
  kadernota new partners kinderopvang-de-ark
  kadernota ask --list
  kadernota diff main

handboek: staat op de site, onder 'Handboek'; kadernota serve toont haar
"""


def _top() -> Parser:
    found = Parser(
        prog="kadernota",
        description="Beleid dat je kunt bevragen: controleren, vragen, publiceren.",
        epilog=EPILOG,
    )
    found.add_argument(
        "--map", type=Path, metavar="MAP", help="de kennisbank: map met kadernota.yaml"
    )
    found.add_argument(
        "--completion", choices=("bash", "zsh", "tcsh"), help="druk aanvulling voor de shell af"
    )
    return found


def chosen_map(given: list[str]) -> Path | None:
    """What stands behind the last `--map`, needed before the questions can be read."""
    found = None
    for i, word in enumerate(given):
        if word.startswith("--map="):
            found = word.removeprefix("--map=")
        elif word == "--map" and i + 1 < len(given):
            found = given[i + 1]
    return None if found is None else Path(found or "(leeg)")


def chosen_command(given: list[str]) -> str:
    """The command, before the questions can be read."""
    words = iter(given)
    for word in words:
        if word in {"--map", "--completion"}:
            next(words, "")
        elif not word.startswith("-"):
            return word
    return ""


def completion(parser: Parser, shell: str) -> str:
    """The script that lets this shell complete our commands, questions and flags."""
    import shtab  # noqa: PLC0415 - only here

    return str(shtab.complete(parser, shell)) + "\n"


def parser(commands: Mapping[str, Command], questions: Iterable[Question]) -> Parser:
    """The whole command line."""
    top = _top()
    made = top.add_subparsers(dest="command", title="opdrachten", metavar="opdracht")
    for name, command in commands.items():
        own = made.add_parser(name, help=command.words, description=command.words)
        own.add_argument("--json", action="store_true", help="uitvoer voor machines")
        _map_too(own)
        command.arguments(own)
        if name == "ask":
            _questions(own, questions)
    return top


def _questions(ask: Parser, questions: Iterable[Question]) -> None:
    named = ask.add_subparsers(dest="question", title="vragen", metavar="vraag")
    for question in questions:
        made = named.add_parser(
            question.name,
            help=_plain(question.title["nl"]),
            description=question.text["nl"],
        )
        # Without a default of its own, or it would undo what stands before the question.
        unset = argparse.SUPPRESS
        made.add_argument("--format", choices=FORMATS, default=unset, help="vorm van het antwoord")
        made.add_argument(
            "--json", action="store_true", default=unset, help="hetzelfde als --format json"
        )
        made.add_argument("--waarom", action="store_true", default=unset, help=WHY)
        _map_too(made)
        for parameter in question.parameters:
            _flag(made, parameter)


def _map_too(made: argparse.ArgumentParser) -> None:
    made.add_argument(
        "--map", type=Path, metavar="MAP", default=argparse.SUPPRESS, help="zoals vóór de opdracht"
    )


def _plain(words: str) -> str:
    """A percent sign is argparse's own; a help text only ever means itself."""
    return words.replace("%", "%%")


def _flag(made: argparse.ArgumentParser, parameter: Parameter) -> None:
    words = parameter.help or parameter.name
    if parameter.default and not parameter.datatype.endswith("boolean"):
        words += f" (standaard {parameter.default})"
    words = _plain(words)
    flag, dest = f"--{parameter.flag}", f"ask_{parameter.name}"
    if parameter.datatype.endswith("boolean"):
        made.add_argument(flag, dest=dest, action="store_const", const="true", help=words)
    else:
        kind = (parameter.datatype or parameter.cls).rpartition("#")[2]
        made.add_argument(flag, dest=dest, metavar=kind.upper(), help=words)
