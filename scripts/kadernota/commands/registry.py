"""The commands: options and sources in, an exit code out."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kadernota import write
from kadernota.asking import ask
from kadernota.authoring import new
from kadernota.checking import report
from kadernota.commands import (
    assisting,
    begin,
    checking,
    diff,
    editors,
    finding,
    fix,
    inquiry,
    joining,
    lookup,
    moving,
    reachable,
    serving,
)
from kadernota.commands.command import Command
from kadernota.commands.opened import opened, refuse
from kadernota.model import Loaded, Problem
from kadernota.pipeline import build, check, load
from kadernota.publishing import cms
from kadernota.publishing.views import Views
from kadernota.reading.settings import settings
from kadernota.ready import Ready, ready
from kadernota.sources import adopted_text
from kadernota.tracing.update import Update, touched, update

if TYPE_CHECKING:
    import argparse

    from kadernota.asking.questions import Question
    from kadernota.commands.screen import Screen
    from kadernota.model import Sources


def first_question(views: Views) -> str:
    """A question that has an answer here: about the first priority, if there is one."""
    mine = views.loaded.settings.memorandum + "/"
    for thing in views.things("speerpunten"):
        if [v.target for v in thing.all("nota")] == [mine]:
            return f"kadernota ask partners-per-speerpunt --speerpunt {thing.address.split('/')[1]}"
    return "kadernota ask --list"


def _build(
    options: argparse.Namespace, sources: Sources, asked: tuple[Question, ...], screen: Screen
) -> int:
    if (loaded := opened(options, sources, asked, screen)) is None:
        return 1
    editors.refresh(sources, loaded)
    if problem := cms.absent(sources):
        return refuse((problem,), options.json, screen)
    found = check(loaded, sources.adopted)
    if code := checking.tell(found, (), screen, as_json=options.json):
        return code
    screen.say("Vragen beantwoorden en pagina's schrijven ...")
    made = build(loaded, found, asked, sources)
    target = sources.root / "build"
    write.built(made, target)
    screen.say(f"{len(made.answers)} vragen beantwoord, {len(made.pages)} bestanden voor de site.")
    screen.say("Site bouwen ...")
    write.site(target / made.config.path, target / "6-site")
    screen.say(f"De site staat in {screen.where('build/6-site/index.html')}.")
    screen.say(f"Probeer nu: {first_question(Views(loaded))}")
    return 0


def _new(
    options: argparse.Namespace, sources: Sources, asked: tuple[Question, ...], screen: Screen
) -> int:
    del asked
    given = ready(sources)
    if not isinstance(given, Ready):
        return refuse(given, options.json, screen)
    made = new.file(given.motor, options.folder, options.name, sources, given.config.memorandum)
    path = screen.where(made.path)
    if not write.new_file(sources.root / made.path, made.content):
        raise ask.CannotAnswer(f"{path} bestaat al; er is niets veranderd.")
    editors.refresh(replace(sources, data=(*sources.data, made)))
    if options.json:
        screen.out(json.dumps({"file": made.path}) + "\n")
    else:
        screen.say(f"Gemaakt: {path}.")
        screen.say("Vul in wat er nog staat als INVULLEN, en draai dan kadernota check.")
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
    cited = touched(loaded, lost) if isinstance(loaded, Loaded) else None
    if found.changed:
        write.file(sources.root / found.file.path, found.file.content)
    if options.json:
        screen.out(report.reading_as_json(found.file.path, reading, cited))
    else:
        screen.out(report.reading(screen.where(found.file.path), reading, cited, found.changed))
    return 0


def _new_arguments(made: argparse.ArgumentParser) -> None:
    made.add_argument("folder", metavar="map", help="bijvoorbeeld partners")
    made.add_argument("name", metavar="naam", help="bijvoorbeeld kinderopvang-de-ark")


def _source_arguments(made: argparse.ArgumentParser) -> None:
    made.add_argument("bestand", help="de tekst: .txt, .html of .xml")


COMMANDS = {
    "check": Command("Controleer alle bestanden onder data/.", checking.action, checking.arguments),
    "fix": Command(
        "Schrijf bestanden onder data/ netjes; wat ze zeggen verandert niet.",
        fix.action,
        fix.arguments,
    ),
    "build": Command("Controleer, beantwoord alle vragen en bouw de site in build/.", _build),
    "serve": Command(
        "Toon de site op deze computer, en elke wijziging meteen.", serving.serve, serving.arguments
    ),
    "endpoint": Command(
        "Laat andere programma's vragen stellen in SPARQL; wijzigen kan niet.",
        reachable.serve,
        reachable.arguments,
    ),
    "ask": Command("Stel een vraag.", inquiry.answer, inquiry.answer_arguments),
    "zoek": Command(
        "Zoek vragen en dingen met je eigen woorden.", finding.action, finding.arguments
    ),
    "waarom": Command(
        "Leg uit waarom een afgeleide uitspraak geldt.", inquiry.why, inquiry.why_arguments
    ),
    "mcp": Command(
        "Laat een assistent vragen stellen (Model Context Protocol).",
        assisting.action,
        assisting.arguments,
    ),
    "diff": Command(
        "Zeg wat er aan het beleid is veranderd tussen twee versies.", diff.diff, diff.arguments
    ),
    "regel": Command("Leg een regel uit: waarom, fout, goed.", lookup.action, lookup.arguments),
    "source": Command(
        "Lees de vastgestelde tekst en werk de lijst van passages bij.", _source, _source_arguments
    ),
    "schema": Command(
        "Schrijf op wat een editor van de bestanden onder data/ moet weten.", editors.command
    ),
    "new": Command("Begin een nieuw bestand; de sleutels staan er al in.", _new, _new_arguments),
    "begin": Command(
        "Begin een lege kennisbank voor een gemeente.",
        begin.action,
        begin.arguments,
        anywhere=True,
    ),
    "rename": Command(
        "Geef een ding een ander adres, overal; het oude blijft werken.",
        moving.move,
        moving.rename_arguments,
    ),
    "delete": Command(
        "Verwijder een ding waar niets naar verwijst.", moving.delete, moving.delete_arguments
    ),
    "merge": Command(
        "Voeg twee versies van een bestand samen; git roept dit aan.",
        joining.action,
        joining.arguments,
    ),
}
