"""The command `kadernota endpoint`: a SPARQL service over the knowledge base, that only reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kadernota.asking import ask
from kadernota.asking.ask import CannotAnswer
from kadernota.commands.command import port
from kadernota.commands.opened import opened

if TYPE_CHECKING:
    import argparse

    from kadernota.asking.questions import Question
    from kadernota.commands.screen import Screen
    from kadernota.model import Sources

PORT = 8001
BOUNDS = {
    "tegelijk": (4, "N", "vragen die tegelijk worden beantwoord"),
    "wachtrij": (64, "N", "vragen die daarop mogen wachten"),
    "seconden": (10, "N", "die één vraag mag duren"),
    "geheugen": (1024, "MB", "dat één vraag mag gebruiken"),
    "vraag": (100, "KB", "die één vraag lang mag zijn"),
    "antwoord": (32, "MB", "die één antwoord groot mag zijn"),
}


def arguments(made: argparse.ArgumentParser) -> None:
    made.add_argument("--poort", type=port, default=PORT, metavar="N", help=f"poort ({PORT})")
    words = "adres waarop we luisteren; 0.0.0.0 is elk adres van deze computer (127.0.0.1)"
    made.add_argument("--host", default="127.0.0.1", metavar="ADRES", help=words)
    words = "waaronder anderen de dienst bereiken, bijvoorbeeld https://beleid.example/"
    made.add_argument("--adres", default="", metavar="URL", help=words)
    for name, (default, unit, words) in BOUNDS.items():
        made.add_argument(
            f"--{name}", type=_bound, default=default, metavar=unit, help=f"{words} ({default})"
        )


def _bound(text: str) -> int:
    """A whole number of one or more; raises ValueError for another."""
    number = int(text)
    if not 0 < number <= 100_000:
        raise ValueError(text)
    return number


def serve(
    options: argparse.Namespace, sources: Sources, asked: tuple[Question, ...], screen: Screen
) -> int:
    """Load, and answer until Ctrl-C."""
    # The web server: time that no other command should cost.
    from kadernota.endpoint import described, listening, named, protocol, routing  # noqa: PLC0415
    from kadernota.endpoint.limits import Limits  # noqa: PLC0415

    address = _address(options)
    door = listening.door(options.host, options.poort)
    if door is None:
        where = f"{options.host}:{options.poort}"
        raise CannotAnswer(f"Kies een andere --poort of --host: {where} is niet vrij.")
    if (loaded := opened(options, sources, asked, screen)) is None:
        door.close()
        return 1
    limits = Limits(
        workers=options.tegelijk,
        waiting=options.wachtrij,
        seconds=options.seconden,
        memory=options.geheugen << 20,
        request=options.vraag * 1000,
        answer=options.antwoord << 20,
    )
    title = f"Vragen aan {loaded.settings.name}"
    served = described.service(title, address, ask.store(loaded))
    questions = named.Catalogue(loaded, {question.name: question for question in asked})
    app = routing.app(protocol.Protocol(served, limits, questions))
    screen.say(f"Stel vragen aan {served.sparql} (stoppen met Ctrl-C).")
    listening.server(app, limits).run(sockets=[door])
    return 0


def _address(options: argparse.Namespace) -> str:
    given: str = options.adres
    if given and not given.startswith(("http://", "https://")):
        raise CannotAnswer("Laat --adres beginnen met https:// of http://.")
    host = "localhost" if options.host in {"0.0.0.0", "::"} else options.host  # noqa: S104
    host = f"[{host}]" if ":" in host else host
    return f"{(given or f'http://{host}:{options.poort}').rstrip('/')}/"
