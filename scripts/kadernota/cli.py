"""The command `kadernota`: from words typed to stages run; the only module that exits."""

from __future__ import annotations

import os
import sys
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from kadernota import ask, command_line, explain, formats, new, report, serve, wording, write
from kadernota.model import Loaded
from kadernota.pipeline import build, check, load
from kadernota.questions import questions
from kadernota.screen import Screen
from kadernota.sources import NoKnowledgeBase, find_root, read
from kadernota.values import SLUG, slug

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from kadernota.model import Sources
    from kadernota.questions import Question

TRY = "kadernota ask partners-per-speerpunt --speerpunt extremisme"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns 0, 1 (the data must change) or 2 (the command must change)."""
    try:
        return _run(list(sys.argv[1:] if arguments is None else arguments))
    except (NoKnowledgeBase, ask.CannotAnswer) as error:
        Screen().say(str(error))
        return 2
    except write.SiteFailed as error:
        Screen().say(f"De site kon niet worden gebouwd; een vorige staat er nog.\n{error}", "bad")
        return 1
    except BrokenPipeError:  # the reader of our output has gone, for instance `head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130


def _run(given: list[str]) -> int:
    chosen = command_line.chosen_map(given)
    try:
        sources = read(find_root(Path.cwd(), chosen))
    except NoKnowledgeBase:
        command_line.parser(()).parse_args(given)  # help and wrong commands need no data
        raise
    asked, broken = questions(sources.queries)
    parser = command_line.parser(asked)
    options = parser.parse_args(given)
    screen = Screen(sources.root)
    if options.completion:
        screen.out(command_line.completion(parser, options.completion))
        return 0
    if not options.command:
        parser.print_help()
        return 2
    if broken and options.command in {"ask", "build", "serve"}:
        screen.problems(broken)
        return 1
    return {
        "check": _check,
        "build": _build,
        "serve": _serve,
        "ask": _ask,
        "waarom": _waarom,
        "new": _new,
    }[options.command](options, sources, asked, screen)


def _loaded(options: argparse.Namespace, sources: Sources, screen: Screen) -> Loaded | None:
    """The loaded knowledge base; None after showing the mistakes in form."""
    loaded = load(sources)
    if isinstance(loaded, Loaded):
        return loaded
    if options.json:
        screen.out(report.as_json(loaded, {}))
    else:
        screen.problems(loaded)
        screen.say(report.total(loaded), "bad")
    return None


def _check(
    options: argparse.Namespace, sources: Sources, asked: tuple[Question, ...], screen: Screen
) -> int:
    del asked
    if (loaded := _loaded(options, sources, screen)) is None:
        return 1
    found = check(loaded)
    if options.json:
        screen.out(report.as_json(found.problems, found.counts))
        return 0 if found.passed else 1
    screen.problems(found.problems)
    for shape in found.idle:
        screen.say(f"let op: er is niets waarop {shape.rpartition('#')[2]} kon letten.")
    screen.say(report.summary(found), "good" if found.passed else "bad")
    return 0 if found.passed else 1


def _build(
    options: argparse.Namespace, sources: Sources, asked: tuple[Question, ...], screen: Screen
) -> int:
    if (loaded := _loaded(options, sources, screen)) is None:
        return 1
    write.ready(sources.root)
    found = check(loaded)
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
    if code := _build(options, sources, asked, screen):
        return code
    screen.say(f"Kijk op http://127.0.0.1:{options.port}/ (stoppen met Ctrl-C).")
    serve.forever(sources.root / "build" / "6-site", options.port)
    return 0


def _ask(
    options: argparse.Namespace, sources: Sources, asked: tuple[Question, ...], screen: Screen
) -> int:
    if options.list:
        widest = max((len(q.name) for q in asked), default=0)
        screen.out("".join(f"{q.name.ljust(widest)}  {q.text['nl']}\n" for q in asked))
        return 0
    if (loaded := _loaded(options, sources, screen)) is None:
        return 1
    graph = ask.store(loaded)
    form = "json" if options.json else options.format or ""
    if options.question:
        question = next(q for q in asked if q.name == options.question)
        values = {
            p.name: v
            for p in question.parameters
            if (v := getattr(options, f"ask_{p.name}")) is not None
        }
        answer = ask.ask(graph, loaded, question, values)
        screen.out(formats.text(answer, form, loaded.settings.base))
        return 0
    if options.query is None and sys.stdin.isatty():
        raise ask.CannotAnswer("Noem een vraag (kadernota ask --list), of geef --query.")
    sparql = sys.stdin.read() if options.query in {None, "-"} else options.query
    screen.out(formats.any_text(ask.free(graph, sparql), form, loaded.settings.base))
    return 0


def _waarom(
    options: argparse.Namespace, sources: Sources, asked: tuple[Question, ...], screen: Screen
) -> int:
    del asked
    if (loaded := _loaded(options, sources, screen)) is None:
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
    forms, folders = new.forms(sources)
    form = next((f for f in forms.values() if f.folder == options.folder), None)
    if form is None:
        near = get_close_matches(
            options.folder, [f.folder for f in forms.values() if f.folder], n=3
        )
        hint = f" Bedoelde je {', '.join(near)}?" if near else ""
        raise ask.CannotAnswer(f"De map '{options.folder}' bestaat niet.{hint}")
    if not SLUG.fullmatch(options.name):
        raise ask.CannotAnswer(
            f"Noem het bestand '{slug(options.name)}': kleine letters, streepjes."
        )
    path = f"data/{options.folder}/{options.name}.yaml"
    content = new.text(form, forms, folders, options.name.replace("-", " ").capitalize())
    if not write.new_file(sources.root / path, content.encode()):
        raise ask.CannotAnswer(f"{screen.where(path)} bestaat al; er is niets veranderd.")
    screen.say(f"Gemaakt: {screen.where(path)}. Vul in wat er nog staat als INVULLEN.")
    return 0
