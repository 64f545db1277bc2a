"""The command that git asks to merge a file of ours: `kadernota merge %O %A %B %P`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kadernota import write
from kadernota.asking.ask import CannotAnswer
from kadernota.authoring.merge import merge
from kadernota.engine import engine
from kadernota.letters import shown
from kadernota.reading.redirects import FREE
from kadernota.sources import REDIRECTS, now

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from kadernota.asking.questions import Question
    from kadernota.commands.screen import Screen
    from kadernota.model import Form, Sources

# Not 1: that is what any failure gives, and then git must merge the lines itself.
CONFLICT = 3


def arguments(made: argparse.ArgumentParser) -> None:
    made.add_argument("basis", help="het bestand waar beide van komen (%%O)")
    made.add_argument("deze", help="het bestand van deze kant; hierin komt het resultaat (%%A)")
    made.add_argument("andere", help="het bestand van de andere kant (%%B)")
    made.add_argument("pad", help="waar het bestand staat (%%P)")
    words = "hoe lang de tekens bij een conflict zijn (%%L)"
    made.add_argument("tekens", nargs="?", type=int, default=7, help=words)


def action(
    options: argparse.Namespace, sources: Sources, asked: tuple[Question, ...], screen: Screen
) -> int:
    """0 when merged, 3 when merged but for the values that people must choose between."""
    del asked
    motor, _ = engine(sources)
    form = _form(options.pad, motor.words.forms) if motor else None
    if motor is None or form is None:
        raise CannotAnswer(f"'{shown(options.pad)}' is geen bestand onder data/ met een vorm.")
    found = [now(Path(name)) for name in (options.basis, options.deze, options.andere)]
    try:
        before, ours, theirs = (content.decode() for content in found if content is not None)
        texts = before, ours, theirs
    except ValueError:  # not there, or no UTF-8
        raise CannotAnswer("Geef drie bestanden die er zijn, in UTF-8.") from None
    made = merge(texts, form, motor.words.forms, options.tekens)
    if made is None:
        raise CannotAnswer(f"{shown(options.pad)}: één kant is niet als YAML te lezen.")
    write.file(Path(options.deze), made.text.encode())
    if made.conflicts:
        values = "1 waarde" if made.conflicts == 1 else f"{made.conflicts} waarden"
        screen.say(f"Kies in {shown(options.pad)} bij {values} tussen beide kanten.")
    return CONFLICT if made.conflicts else 0


def _form(path: str, forms: Mapping[str, Form]) -> Form | None:
    """The form of a file, by the folder it is in; the knowledge base may be in a folder of git."""
    parts = Path(path).parts
    if parts[-1:] == (REDIRECTS,):
        return FREE
    known = {form.folder: form for form in forms.values() if form.folder}
    return known.get(parts[-2]) if len(parts) > 2 and parts[-3] == "data" else None
