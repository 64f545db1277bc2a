"""The commands that ask: a question, your own SPARQL, or why something holds."""

from __future__ import annotations

import signal
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kadernota.asking import ask, explain, formats, wording
from kadernota.asking.audience import by_audience
from kadernota.commands.opened import opened

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator

    from kadernota.asking.questions import Question
    from kadernota.commands.screen import Screen
    from kadernota.model import Loaded, Sources

FORMATS = ("table", "csv", "json", "md")


def answer_arguments(made: argparse.ArgumentParser) -> None:
    made.add_argument("--list", action="store_true", help="toon alle vragen")
    made.add_argument("--query", metavar="SPARQL", help="je eigen vraag in SPARQL; - leest invoer")
    words = "vorm van het antwoord (table)"
    made.add_argument("--format", choices=FORMATS, default=None, help=words)


def why_arguments(made: argparse.ArgumentParser) -> None:
    made.add_argument("ding", help="bijvoorbeeld partners/kinderopvang-de-ark")
    made.add_argument("eigenschap", help="bijvoorbeeld werktAan")
    made.add_argument("ander", metavar="ding", help="bijvoorbeeld speerpunten/veilige-wijk")


def answer(
    options: argparse.Namespace, sources: Sources, asked: tuple[Question, ...], screen: Screen
) -> int:
    ways = {"--list": options.list, "--query": options.query is not None}
    chosen = [*(way for way, used in ways.items() if used), *filter(None, [options.question])]
    if len(chosen) > 1:
        raise ask.CannotAnswer(f"Kies één van deze, niet allebei: {', '.join(chosen)}.")
    if options.json and options.format not in {None, "json"}:
        raise ask.CannotAnswer("Kies --json of --format, niet allebei.")
    if options.list:
        screen.out(_listed(asked))
        return 0
    question = next((q for q in asked if q.name == options.question), None)
    sparql = "" if question else _sparql(options.query)
    if (loaded := opened(options, sources, (question,) if question else (), screen)) is None:
        return 1
    graph, base = ask.store(loaded), loaded.settings.base
    form = "json" if options.json else options.format or ""
    if question:
        given = {p.name: getattr(options, f"ask_{p.name}") for p in question.parameters}
        values = {name: value for name, value in given.items() if value is not None}
        _moved(values.values(), loaded, screen)
        screen.out(formats.text(ask.ask(graph, loaded, question, values), form, base))
        return 0
    with _stoppable():
        found = ask.free(graph, sparql)
    screen.out(formats.any_text(found, form, base))
    return 0


def _listed(asked: tuple[Question, ...]) -> str:
    """All questions in words, under who asks them."""
    widest = max((len(q.name) for q in asked), default=0)
    groups = (
        "".join([f"{who}\n", *(f"  {q.name.ljust(widest)}  {q.text['nl']}\n" for q in group)])
        for who, group in by_audience(asked)
    )
    return "\n".join(groups)


def _sparql(query: str | None) -> str:
    """The SPARQL behind --query or from standard input."""
    if query is None and sys.stdin.isatty():
        text = ""
    else:
        text = sys.stdin.read().removeprefix("\ufeff") if query in {None, "-"} else query or ""
    if not text.strip():
        raise ask.CannotAnswer("Noem een vraag (kadernota ask --list), of geef --query.")
    return text


@contextmanager
def _stoppable() -> Iterator[None]:
    """The store does not listen to Python: only like this does Ctrl-C end an endless query."""
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _moved(words: Iterable[str], loaded: Loaded, screen: Screen) -> None:
    """Say of an old address which is the new one."""
    for word in words:
        old = word.removeprefix(loaded.settings.base)
        if new := loaded.redirects.get(old):
            screen.say(f"{old} heet nu {new}.")


def why(
    options: argparse.Namespace, sources: Sources, asked: tuple[Question, ...], screen: Screen
) -> int:
    del asked
    if (loaded := opened(options, sources, (), screen)) is None:
        return 1
    _moved((options.ding, options.ander), loaded, screen)
    statement = wording.statement(loaded, options.ding, options.eigenschap, options.ander)
    reason = explain.Explainer(loaded.asserted, loaded.ontology, loaded.rules).explain(statement)
    if reason is None:
        words = " ".join((options.ding, options.eigenschap, options.ander))
        raise ask.CannotAnswer(f"Dit geldt niet: {words}. Er is dus ook geen reden.")
    if options.json:
        screen.out(wording.as_json(reason, loaded))
    else:
        screen.out("\n".join(wording.lines(reason, loaded)) + "\n")
    return 0
