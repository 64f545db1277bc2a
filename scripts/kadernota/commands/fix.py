"""The command that writes files in their canonical form, or shows what it would write."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from kadernota import write
from kadernota.asking.ask import CannotAnswer
from kadernota.authoring import tidy
from kadernota.checking import report
from kadernota.commands.opened import refuse
from kadernota.hints import near_miss
from kadernota.letters import shown
from kadernota.reading import canonical
from kadernota.ready import Ready, ready

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from kadernota.asking.questions import Question
    from kadernota.change import Change
    from kadernota.commands.screen import Screen
    from kadernota.model import Sources

FIRST, LONGEST = 3, 12  # files and lines that `check` shows: advice must not drown mistakes
TURTLE = "Turtle laat fix staan; gebruik daar turtlefmt voor."


def arguments(made: argparse.ArgumentParser) -> None:
    made.add_argument("bestanden", nargs="*", help="bestanden of adressen (alles onder data/)")
    made.add_argument("--check", action="store_true", help="schrijf niets; toon wat zou veranderen")


def action(
    options: argparse.Namespace, sources: Sources, asked: tuple[Question, ...], screen: Screen
) -> int:
    del asked
    given = ready(sources)
    if not isinstance(given, Ready):
        return refuse(given, options.json, screen)
    chosen = frozenset(_chosen(options.bestanden, sources))
    found = tidy.fixes(sources, given.config, given.motor.words, chosen)
    if not options.check:
        write.together(sources.root, found.changes)
    if options.json:
        told = json.loads(report.as_json(found.left, {}))
        made = {"changed": [change.path for change in found.changes]}
        screen.out(json.dumps(made | {"problems": told["problems"]}, ensure_ascii=False) + "\n")
    else:
        _tell(found, screen, options.check)
    return 1 if found.left or (options.check and found.changes) else 0


def _chosen(given: Iterable[str], sources: Sources) -> Iterable[str]:
    """The YAML files that are meant, by path or by address; without any, all of them."""
    known = {file.path for file in sources.data}
    if not given:
        yield from (path for path in known if path.endswith(".yaml"))
    for word in given:
        path = _path(word, sources.root)
        found = next((p for p in (path, word, f"data/{word}.yaml") if p in known), None)
        if found is None:
            addresses = [canonical.address(p, "") for p in sorted(known)]
            hint = near_miss(canonical.address(path, ""), addresses).text
            hint = hint or "Noem een bestand onder data/."
            raise CannotAnswer(f"'{shown(word)}' is geen bestand van deze kennisbank. {hint}")
        if not found.endswith(".yaml"):
            raise CannotAnswer(f"{found}: {TURTLE}")
        yield found


def _path(word: str, root: Path) -> str:
    """The path within the knowledge base of what someone calls it from where he stands."""
    try:
        whole = Path(word).resolve()
    except (OSError, ValueError):
        return word
    return whole.relative_to(root).as_posix() if whole.is_relative_to(root) else word


def _tell(found: tidy.Fixes, screen: Screen, only_check: bool) -> None:  # noqa: FBT001
    for change in found.changes:
        if only_check:
            screen.out("\n".join((*tidy.diff(change), "")))
        else:
            screen.say(f"Netjes geschreven: {screen.where(change.path)}")
    screen.problems(found.left)
    screen.say(_summary(found, only_check), "bad" if found.left else "good")


def _summary(found: tidy.Fixes, only_check: bool) -> str:  # noqa: FBT001
    if not found.changes and not found.left:
        return "Alles is al netjes geschreven."
    n = len(found.changes)
    files = f"{n} {'bestand' if n == 1 else 'bestanden'}"
    said = f"Te veranderen: {files}." if only_check else f"Veranderd: {files}."
    if found.left:
        wrong = len({problem.place.file for problem in found.left})
        said += f" Niet aangeraakt: {wrong} met fouten. Herstel die eerst."
    return said


def advise(changes: tuple[Change, ...], screen: Screen) -> None:
    """What `check` says of untidy files: of the first few, what would change."""
    for change in changes[:FIRST]:
        screen.say(report.line(tidy.problem(change), screen.paint, screen.where))
        lines = tidy.diff(change)[2:]
        rest = ["..."] if len(lines) > LONGEST else []
        screen.say("\n".join(f"    {line}" for line in (*lines[:LONGEST], *rest)))
    if (more := len(changes) - FIRST) > 0:
        files = "is nog 1 bestand" if more == 1 else f"zijn nog {more} bestanden"
        screen.say(f"Zo {files} anders te schrijven; 'kadernota fix --check' toont ze alle.")
