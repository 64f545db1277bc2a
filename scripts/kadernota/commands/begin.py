"""`kadernota begin`: an empty knowledge base for a municipality that has none yet."""

from __future__ import annotations

import json
import shlex
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kadernota import write
from kadernota.asking.ask import CannotAnswer
from kadernota.authoring import seed
from kadernota.commands.opened import refuse
from kadernota.engine import engine
from kadernota.letters import shown, visible
from kadernota.model import Loaded
from kadernota.pipeline import check, load
from kadernota.reading.values import slug
from kadernota.sources import SETTINGS, NoKnowledgeBase, find_root

if TYPE_CHECKING:
    import argparse

    from kadernota.asking.questions import Question
    from kadernota.authoring.seed import Begun
    from kadernota.commands.screen import Screen
    from kadernota.model import Problem, Sources


def arguments(made: argparse.ArgumentParser) -> None:
    """The three answers, and where the files must go; what is not given is asked."""
    made.add_argument("folder", nargs="?", metavar="map", help="nieuwe map (standaard de naam)")
    for answer in (*seed.ANSWERS, seed.BASE):
        made.add_argument(f"--{answer.flag}", metavar="TEKST", help=answer.help)


def action(
    options: argparse.Namespace, sources: Sources, asked: tuple[Question, ...], screen: Screen
) -> int:
    """Write a knowledge base that passes, or nothing."""
    del asked
    motor, problems = engine(sources)
    if motor is None:
        return refuse(sources.unreadable or problems, options.json, screen)
    given = _answers(options, screen)
    target = _target(options, given["naam"])
    today = datetime.now().astimezone().date().isoformat()
    begun = seed.begun(given, motor.words.forms, today)
    if problems := _problems(begun, sources, target):
        return refuse(problems, options.json, screen)
    if there := write.new_files(target, begun.files):
        raise CannotAnswer(
            f"{screen.where(str(target / there))} bestaat al; er is niets veranderd."
        )
    _report(begun, target, options.json, screen)
    return 0


def _answers(options: argparse.Namespace, screen: Screen) -> dict[str, str]:
    """What was given with flags; what is missing is asked when there is somebody to ask."""
    given = {a.flag: getattr(options, a.flag) for a in (*seed.ANSWERS, seed.BASE)}
    said = [
        f"--{a.flag} '{shown(given[a.flag])}': {remedy}"
        for a in (*seed.ANSWERS, seed.BASE)
        if given[a.flag] is not None and (remedy := a.wrong(given[a.flag]))
    ]
    missing = [a for a in seed.ANSWERS if given[a.flag] is None]
    if missing and not screen.interactive:
        said.append(f"Geef ook {' en '.join(f'--{a.flag}' for a in missing)}.")
    if said:
        raise CannotAnswer("\n".join(said))
    for answer in missing:
        given[answer.flag] = _asked(answer, screen)
    return {**given, "basis": given["basis"] or seed.base_of(given["code"])}


def _asked(answer: seed.Answer, screen: Screen) -> str:
    """Ask until the answer will do."""
    while (text := screen.ask(answer.asked)) is not None:
        if not (remedy := answer.wrong(text)):
            return text
        screen.say(remedy, "bad")
    raise CannotAnswer("\nEr is niets gemaakt: niet alle vragen zijn beantwoord.")


def _target(options: argparse.Namespace, name: str) -> Path:
    """Where the files go: a folder that is not part of another knowledge base."""
    target = Path(options.folder or getattr(options, "map", None) or slug(name)).absolute()
    try:
        other = find_root(target, None)
    except NoKnowledgeBase:
        return target
    raise CannotAnswer(
        f"Kies een map buiten {visible(str(other))}, want daar staat al een {SETTINGS};"
        f" bijvoorbeeld {visible(str(other.parent / slug(name)))}."
    )


def _problems(begun: Begun, sources: Sources, target: Path) -> tuple[Problem, ...]:
    """What is wrong with the files before they are written; nothing, or the engine is broken."""
    data = tuple(sorted((f for f in begun.files if f.path.startswith("data/")), key=str))
    config = next(f for f in begun.files if f.path == SETTINGS)
    loaded = load(replace(sources, root=target, settings=config, data=data))
    return check(loaded).problems if isinstance(loaded, Loaded) else loaded


def _report(begun: Begun, target: Path, as_json: bool, screen: Screen) -> None:  # noqa: FBT001
    if as_json:
        paths = [f.path for f in begun.files]
        found = {"folder": str(target), "files": paths, "first": begun.first}
        screen.out(json.dumps(found, ensure_ascii=False, indent=2) + "\n")
        return
    folder = screen.where(str(target))
    made = f"{len(begun.files)} bestanden in {visible(folder)}"
    screen.say(f"Gemaakt: {made}, zonder fouten.", "good")
    screen.say(f"Vul eerst aan: {screen.where(str(target / begun.first))}")
    step = "" if folder == "." else f"cd {shlex.quote(folder)} && "
    screen.say(f"Draai daarna: {step}kadernota check")
