"""The command `kadernota`: from words typed to a command run; the only module that exits."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kadernota import write
from kadernota.asking import ask
from kadernota.asking.questions import questions
from kadernota.checking import excerpt
from kadernota.commands import command_line
from kadernota.commands.opened import refuse
from kadernota.commands.registry import COMMANDS
from kadernota.commands.screen import Screen, prepare
from kadernota.letters import shown
from kadernota.sources import NoKnowledgeBase, alone, find_root, read

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns 0, 1 (the data must change) or 2 (the command must change)."""
    prepare()
    gc.disable()  # a command makes millions of small values and few circles: an eighth of its time
    try:
        return _run(list(sys.argv[1:] if arguments is None else arguments))
    except (NoKnowledgeBase, ask.CannotAnswer) as error:
        Screen().say(str(error))
        return 2
    except write.Meanwhile as error:
        Screen().say(
            f"Probeer het nog eens: {error} is net veranderd. Er is niets geschreven.", "bad"
        )
        return 1
    except write.SiteFailed as error:
        Screen().say(f"De site kon niet worden gebouwd; een vorige staat er nog.\n{error}", "bad")
        return 1
    except OSError as error:
        where = f" naar {shown(str(error.filename))}" if error.filename else ""
        Screen().say(f"Schrijven{where} lukt niet: {write.refusal(error)}.", "bad")
        return 1
    except KeyboardInterrupt:
        return 130


def _run(given: list[str]) -> int:
    chosen = command_line.chosen_command(given)
    if chosen in COMMANDS and COMMANDS[chosen].anywhere:
        options = command_line.parser(COMMANDS, ()).parse_args(given)
        return COMMANDS[chosen].action(options, alone(_here()), (), Screen(_here()))
    return _inside(given, chosen)


def _inside(given: list[str], chosen: str) -> int:
    """Run a command in the knowledge base that the user stands in or names."""
    try:
        root = find_root(_here(), command_line.chosen_map(given))
        if write.finish(root):
            Screen().say("Een wijziging die was afgebroken, is afgemaakt.")
        sources = read(root)
    except NoKnowledgeBase:
        parser = command_line.parser(COMMANDS, ())
        options = parser.parse_args(given)  # help and wrong commands need no data
        if not options.completion:
            raise
        Screen().out(command_line.completion(parser, options.completion))
        return 0
    asked, broken = questions(sources.queries)
    screen = Screen(sources.root, excerpt.lines(sources))
    # A question that cannot be read is not among those to choose from: say so before the parser.
    helped = {"-h", "--help"}.intersection(given)
    asks = chosen in {"ask", "build", "mcp", "serve", "zoek"}
    if broken and asks and not helped:
        return refuse((*sources.unreadable, *broken), "--json" in given, screen)
    parser = command_line.parser(COMMANDS, asked)
    options = parser.parse_args(given)
    if options.completion:
        screen.out(command_line.completion(parser, options.completion))
        return 0
    if not options.command:
        screen.out(parser.format_help())
        return 2
    if sources.unreadable and options.command != "check":  # that says it in the form asked for
        return refuse(sources.unreadable, options.json, screen)
    return COMMANDS[options.command].action(options, sources, asked, screen)


def _here() -> Path:
    try:
        return Path.cwd()
    except FileNotFoundError:
        return Path("/")  # the folder that the user stands in is gone; --map may still help
