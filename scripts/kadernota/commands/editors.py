"""The command `kadernota schema`: what editors need to complete and check our files."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING

from kadernota import write
from kadernota.authoring.workspace import FOLDER, mapping, modeline
from kadernota.commands.opened import refuse
from kadernota.engine import engine
from kadernota.model import File, Problem
from kadernota.pipeline import schemas

if TYPE_CHECKING:
    import argparse

    from kadernota.asking.questions import Question
    from kadernota.commands.screen import Screen
    from kadernota.model import Loaded, Sources


def command(
    options: argparse.Namespace, sources: Sources, asked: tuple[Question, ...], screen: Screen
) -> int:
    """Write the schemas, and say how an editor finds them."""
    del asked
    made = schemas(sources)
    files = tuple(f for f in made if isinstance(f, File))
    if not files:
        return refuse(tuple(p for p in made if isinstance(p, Problem)), options.json, screen)
    write.refresh(files, sources.root / FOLDER)
    if options.json:
        motor, _ = engine(sources)
        forms = motor.words.forms.values() if motor else ()
        screen.out(json.dumps(mapping(forms), indent=2) + "\n")
        return 0
    screen.say(f"{len(files)} bestanden geschreven in {screen.where(FOLDER)}.")
    screen.say("Visual Studio Code vindt ze vanzelf. Gebruik je iets anders, zet dan bovenaan:")
    screen.say(modeline("partners"))
    return 0


def refresh(sources: Sources, loaded: Loaded | None = None) -> None:
    """Let editors know what exists now; where we may not write, they keep what they had."""
    with suppress(OSError):
        files = (f for f in schemas(sources, loaded) if isinstance(f, File))
        write.refresh(files, sources.root / FOLDER)
