"""The seven commands: options and sources in, an exit code out."""

from __future__ import annotations

import gc
import json
import signal
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kadernota import ask, explain, formats, new, report, serve, wording, write
from kadernota.engine import engine
from kadernota.model import Loaded, Problem
from kadernota.pipeline import build, check, load
from kadernota.questions import unknown_classes
from kadernota.settings import settings
from kadernota.sources import adopted_text
from kadernota.update import Update, touched, update

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator

    from kadernota.model import Sources
    from kadernota.questions import Question
    from kadernota.screen import Screen

    Command = Callable[[argparse.Namespace, Sources, tuple[Question, ...], Screen], int]

TRY = "kadernota ask partners-per-speerpunt --speerpunt extremisme"


def refuse(problems: tuple[Problem, ...], as_json: bool, screen: Screen) -> int:  # noqa: FBT001
    """Show mistakes that keep us from going on."""
    if as_json:
        screen.out(report.as_json(problems, {}))
    else:
        screen.problems(problems)
        screen.say(report.total(problems), "bad")
    return 1


def _loaded(
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


def _check(
    options: argparse.Namespace, sources: Sources, asked: tuple[Question, ...], screen: Screen
) -> int:
    del asked
    if (loaded := _loaded(options, sources, (), screen)) is None:
        return 1
    found = check(loaded, sources.adopted)
    if options.json:
        screen.out(report.as_json(found.problems, found.counts, found.claims))
        return 0 if found.passed else 1
    screen.problems(found.problems)
    screen.say(report.weighed(found))
    screen.say(report.summary(found), "good" if found.passed else "bad")
    return 0 if found.passed else 1


def _build(
    options: argparse.Namespace, sources: Sources, asked: tuple[Question, ...], screen: Screen
) -> int:
    if (loaded := _loaded(options, sources, asked, screen)) is None:
        return 1
    write.ready(sources.root)
    found = check(loaded, sources.adopted)
    if options.json:
        screen.out(report.as_json(found.problems, found.counts, found.claims))
    else:
        screen.problems(found.problems)
        screen.say(report.summary(found), "good" if found.passed else "bad")
    if not found.passed:
        return 1
    screen.say("Vragen beantwoorden en pagina's schrijven ...")
    made = build(loaded, found, asked, sources)
    target = sources.root / "build"
    for file in made.files:
        write.file(target / file.path, file.content)
    write.folder(made.answers, target / "4-answers")
    write.folder(made.pages, target / "5-pages")
    screen.say(f"{len(made.answers)} vragen beantwoord, {len(made.pages)} bestanden voor de site.")
    screen.say("Site bouwen ...")
    write.site(sources.root, target / "6-site")
    screen.say(f"De site staat in {screen.where('build/6-site/index.html')}.")
    screen.say(f"Probeer nu: {TRY}")
    return 0


def _serve(
    options: argparse.Namespace, sources: Sources, asked: tuple[Question, ...], screen: Screen
) -> int:
    server = serve.server(sources.root / "build" / "6-site", options.port)
    if server is None:
        raise ask.CannotAnswer(f"Kies met --port een andere poort: {options.port} is niet vrij.")
    with server:
        if code := _build(options, sources, asked, screen):
            return code
        gc.enable()  # from here on we live long
        screen.say(f"Kijk op http://127.0.0.1:{options.port}/ (stoppen met Ctrl-C).")
        server.serve_forever()
    return 0


def _ask(
    options: argparse.Namespace, sources: Sources, asked: tuple[Question, ...], screen: Screen
) -> int:
    ways = {"--list": options.list, "--query": options.query is not None}
    chosen = [*(way for way, used in ways.items() if used), *filter(None, [options.question])]
    if len(chosen) > 1:
        raise ask.CannotAnswer(f"Kies één van deze, niet allebei: {', '.join(chosen)}.")
    if options.json and options.format not in {None, "json"}:
        raise ask.CannotAnswer("Kies --json of --format, niet allebei.")
    if options.list:
        widest = max((len(q.name) for q in asked), default=0)
        screen.out("".join(f"{q.name.ljust(widest)}  {q.text['nl']}\n" for q in asked))
        return 0
    question = next((q for q in asked if q.name == options.question), None)
    sparql = "" if question else _sparql(options.query)
    if (loaded := _loaded(options, sources, (question,) if question else (), screen)) is None:
        return 1
    graph, base = ask.store(loaded), loaded.settings.base
    form = "json" if options.json else options.format or ""
    if question:
        given = {p.name: getattr(options, f"ask_{p.name}") for p in question.parameters}
        values = {name: value for name, value in given.items() if value is not None}
        screen.out(formats.text(ask.ask(graph, loaded, question, values), form, base))
        return 0
    with _stoppable():
        found = ask.free(graph, sparql)
    screen.out(formats.any_text(found, form, base))
    return 0


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


def _waarom(
    options: argparse.Namespace, sources: Sources, asked: tuple[Question, ...], screen: Screen
) -> int:
    del asked
    if (loaded := _loaded(options, sources, (), screen)) is None:
        return 1
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


def _new(
    options: argparse.Namespace, sources: Sources, asked: tuple[Question, ...], screen: Screen
) -> int:
    del asked
    motor, problems = engine(sources)
    if motor is None:
        return refuse(problems, options.json, screen)
    made = new.file(motor, options.folder, options.name)
    path = screen.where(made.path)
    if not write.new_file(sources.root / made.path, made.content):
        raise ask.CannotAnswer(f"{path} bestaat al; er is niets veranderd.")
    if options.json:
        screen.out(json.dumps({"file": made.path}) + "\n")
    else:
        screen.say(f"Gemaakt: {path}. Vul in wat er nog staat als INVULLEN.")
    return 0


def _source(
    options: argparse.Namespace, sources: Sources, asked: tuple[Question, ...], screen: Screen
) -> int:
    del asked
    config, problems = settings(sources.settings)
    if config is None:
        return refuse(problems, options.json, screen)
    text = adopted_text(Path(options.bestand))
    found = (text,) if isinstance(text, Problem) else update(text, sources, config)
    if not isinstance(found, Update):
        return refuse(found, options.json, screen)
    loaded = load(sources)
    reading = found.reading
    lost = (*reading.gone, *reading.edited)
    cited = touched(loaded, lost) if isinstance(loaded, Loaded) else []
    if found.changed:
        write.file(sources.root / found.file.path, found.file.content)
    if options.json:
        screen.out(report.reading_as_json(found.file.path, reading, cited))
    else:
        screen.out(report.reading(screen.where(found.file.path), reading, cited, found.changed))
    return 0


COMMANDS: dict[str, Command] = {
    "check": _check,
    "build": _build,
    "serve": _serve,
    "ask": _ask,
    "waarom": _waarom,
    "new": _new,
    "source": _source,
}
