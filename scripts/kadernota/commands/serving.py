"""The command `kadernota serve`: the site on this computer, and each change of it at once."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from kadernota.asking.ask import CannotAnswer
from kadernota.checking import report
from kadernota.commands.command import port

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from starlette.routing import BaseRoute

    from kadernota.asking.questions import Question
    from kadernota.commands.screen import Screen
    from kadernota.model import Sources
    from kadernota.serve.live import Live
    from kadernota.serve.session import Session


def arguments(made: argparse.ArgumentParser) -> None:
    made.add_argument("--port", type=port, default=8000, metavar="N", help="poort (8000)")
    made.add_argument("--bewerken", action="store_true", help="met formulieren om te wijzigen")


def serve(
    options: argparse.Namespace, sources: Sources, asked: tuple[Question, ...], screen: Screen
) -> int:
    """Check, show, and go on doing so until Ctrl-C."""
    # The web server and mkdocs: half a second that no other command should cost.
    from kadernota.serve import server  # noqa: PLC0415
    from kadernota.serve.live import Live  # noqa: PLC0415
    from kadernota.serve.session import Session  # noqa: PLC0415

    del asked
    door = server.door(options.port)
    if door is None:
        raise CannotAnswer(f"Kies met --port een andere poort: {options.port} is niet vrij.")
    live = Live(session := Session(sources.root))
    settle()
    _tell(session, screen)
    forms = _forms(live, options, screen) if options.bewerken else []
    screen.say(f"Kijk op http://127.0.0.1:{options.port}/ (stoppen met Ctrl-C).")
    server.listen(server.app(live, lambda: _tell(session, screen), forms), door)
    return 0


def settle() -> None:
    """From here on we live long: collect garbage, seldom, and not among what was there at first."""
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)
    gc.enable()


def _forms(live: Live, options: argparse.Namespace, screen: Screen) -> Sequence[BaseRoute]:
    """The form, and its address with the key of this start; without words or name there is none."""
    from kadernota.editing import gate, hatch, office, workplace  # noqa: PLC0415

    place = workplace.workplace(live)
    if isinstance(place, tuple):
        screen.say(
            "Herstel eerst wat hierboven staat en start opnieuw; dan kun je bewerken.", "bad"
        )
        return []
    live.edits = True
    made = gate.fresh(options.port)
    screen.say(f"Wijzigen kan op {made.address}")
    return hatch.routes(office.Office(place, made))


def _tell(session: Session, screen: Screen) -> None:
    found = session.now.report
    screen.problems(found.problems)
    screen.say(report.summary(found), "good" if found.passed else "bad")
