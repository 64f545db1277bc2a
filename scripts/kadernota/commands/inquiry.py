"""The commands that ask: a question, your own SPARQL, or why something holds."""

from __future__ import annotations

import json
import signal
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kadernota.asking import ask, because, formats, wording
from kadernota.asking.audience import by_audience
from kadernota.asking.connect import connections
from kadernota.commands.opened import opened
from kadernota.publishing import evidence
from kadernota.publishing.views import Views

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator

    from kadernota.asking.questions import Question
    from kadernota.commands.screen import Screen
    from kadernota.model import Loaded, Sources

    Found = ask.Answer | ox.QueryBoolean | tuple[ox.Triple, ...]

FORMATS = ("table", "csv", "json", "md")
WHY = "leg per rij uit waarom zij er staat, tot en met de passage"


def answer_arguments(made: argparse.ArgumentParser) -> None:
    made.add_argument("--list", action="store_true", help="toon alle vragen")
    made.add_argument("--query", metavar="SPARQL", help="je eigen vraag in SPARQL; - leest invoer")
    made.add_argument("--waarom", action="store_true", help=WHY)
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
    if options.waarom and options.format == "csv":
        raise ask.CannotAnswer(
            "Kies bij --waarom een andere vorm dan csv: daarin past geen uitleg."
        )
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
        found: Found = ask.ask(graph, loaded, question, values)
    else:
        with _stoppable():
            found = ask.free(graph, sparql)
    if options.waarom:
        screen.out(_explained(found, loaded, form))
    else:
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


def _explained(found: Found, loaded: Loaded, form: str) -> str:
    """What was found with, for each row, why it stands there."""
    if isinstance(found, ox.QueryBoolean):
        raise ask.CannotAnswer(
            "Begin bij --waarom met SELECT of CONSTRUCT: ja of nee heeft geen rijen."
        )
    answer = found if isinstance(found, ask.Answer) else formats.statements(found)
    views = Views(loaded)
    if form == "json":
        rows = (connections(row, loaded, views.explainer) for row in answer.rows)
        trees = [[evidence.tree(views, reason) for reason in row] for row in rows]
        return formats.json_text(answer, {"because": trees})
    under = because.text(answer, loaded, views.explainer, form)
    return formats.text(answer, form or "table", loaded.settings.base) + under


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
    views = Views(loaded)
    reason = views.explainer.explain(statement)
    if reason is None:
        words = " ".join((options.ding, options.eigenschap, options.ander))
        raise ask.CannotAnswer(f"Dit geldt niet: {words}. Er is dus ook geen reden.")
    if options.json:
        tree = evidence.tree(views, reason)
        screen.out(json.dumps(tree, ensure_ascii=False, indent=2) + "\n")
    else:
        screen.out("\n".join(wording.lines(reason, loaded)) + "\n")
    return 0
