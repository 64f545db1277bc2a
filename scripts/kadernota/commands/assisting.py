"""The command `kadernota mcp`: an assistant asks, and gets answers with their sources."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

from kadernota.asking.ask import CannotAnswer
from kadernota.commands.command import port
from kadernota.commands.opened import opened
from kadernota.commands.serving import settle

if TYPE_CHECKING:
    import argparse

    from kadernota.asking.questions import Question
    from kadernota.commands.screen import Screen
    from kadernota.model import Sources

MISSING = 'Installeer eerst wat een assistent nodig heeft: pip install "kadernota[mcp]".'


def arguments(made: argparse.ArgumentParser) -> None:
    words = "over HTTP op deze computer, in plaats van over invoer en uitvoer"
    made.add_argument("--poort", type=port, metavar="N", help=words)


def action(
    options: argparse.Namespace, sources: Sources, asked: tuple[Question, ...], screen: Screen
) -> int:
    """Answer until the input ends, or until Ctrl-C; only the protocol uses standard output."""
    try:
        from kadernota.assistant import mcp_server  # noqa: PLC0415 - an extra, and slow
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("kadernota"):
            raise
        raise CannotAnswer(MISSING) from None
    from kadernota.api import KnowledgeBase  # noqa: PLC0415
    from kadernota.assistant.clerk import Clerk  # noqa: PLC0415
    from kadernota.assistant.resources import Things  # noqa: PLC0415
    from kadernota.serve import server  # noqa: PLC0415

    if (loaded := opened(options, sources, asked, screen)) is None:
        return 1
    clerk = Clerk(KnowledgeBase(loaded, asked))
    made = mcp_server.server(
        clerk, Things(loaded, clerk), loaded.settings.name, version("kadernota")
    )
    settle()
    if options.poort is None:
        mcp_server.listen(made)
        return 0
    door = server.door(options.poort)
    if door is None:
        raise CannotAnswer(f"Kies met --poort een andere poort: {options.poort} is niet vrij.")
    screen.say(f"Een assistent kan naar http://127.0.0.1:{options.poort}/mcp (stoppen: Ctrl-C).")
    server.listen(mcp_server.app(made), door)
    return 0
