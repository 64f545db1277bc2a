"""Questions in, the parser of `kadernota` out; what can be asked is read from the queries."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from kadernota.dutch import Parser

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kadernota.questions import Parameter, Question

EPILOG = """\
uitkomst: 0 = in orde, 1 = je gegevens moeten anders, 2 = je opdracht moet anders

voorbeelden:
  kadernota check
  kadernota ask partners-per-speerpunt --speerpunt extremisme
  kadernota waarom partners/riec werktAan speerpunten/ondermijning
"""
FORMATS = ("table", "csv", "json", "md")


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


def port(text: str) -> int:
    """A port number; raises ValueError for what cannot be one."""
    number = int(text)
    if not 0 < number < 2**16:
        raise ValueError(text)
    return number


def completion(parser: Parser, shell: str) -> str:
    """The script that lets this shell complete our commands, questions and flags."""
    import shtab  # noqa: PLC0415 - only here

    return str(shtab.complete(parser, shell)) + "\n"


def parser(questions: Iterable[Question]) -> Parser:
    """The whole command line."""
    top = _top()
    commands = top.add_subparsers(dest="command", title="opdrachten", metavar="opdracht")

    def command(name: str, words: str) -> Parser:
        made = commands.add_parser(name, help=words, description=words)
        made.add_argument("--json", action="store_true", help="uitvoer voor machines")
        _map_too(made)
        return made

    command("check", "Controleer alle bestanden onder data/.")
    command("build", "Controleer, beantwoord alle vragen en bouw de site in build/.")
    serve = command("serve", "Bouw de site en toon haar op deze computer.")
    serve.add_argument("--port", type=port, default=8000, metavar="N", help="poort (8000)")
    _ask(command("ask", "Stel een vraag."), questions)
    waarom = command("waarom", "Leg uit waarom een afgeleide uitspraak geldt.")
    waarom.add_argument("ding", help="bijvoorbeeld partners/riec")
    waarom.add_argument("eigenschap", help="bijvoorbeeld werktAan")
    waarom.add_argument("ander", metavar="ding", help="bijvoorbeeld speerpunten/ondermijning")
    source = command("source", "Lees de vastgestelde tekst en werk de lijst van passages bij.")
    source.add_argument("bestand", help="de tekst: .txt, .html of .xml")
    new = command("new", "Begin een nieuw bestand; de sleutels staan er al in.")
    new.add_argument("folder", metavar="map", help="bijvoorbeeld partners")
    new.add_argument("name", metavar="naam", help="bijvoorbeeld kinderopvang-de-ark")
    return top


def _ask(ask: Parser, questions: Iterable[Question]) -> None:
    ask.add_argument("--list", action="store_true", help="toon alle vragen")
    ask.add_argument("--query", metavar="SPARQL", help="je eigen vraag in SPARQL; - leest invoer")
    ask.add_argument(
        "--format", choices=FORMATS, default=None, help="vorm van het antwoord (table)"
    )
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
