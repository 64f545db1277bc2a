"""The command `diff`: two versions in, what changed between them in policy terms out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kadernota import git
from kadernota.asking.ask import CannotAnswer
from kadernota.comparing import comment, history, outcome, patch
from kadernota.comparing.comparison import Comparison, Edition, compare
from kadernota.model import Loaded, Version
from kadernota.pipeline import check, load
from kadernota.publishing.notation import date
from kadernota.reading.values import WEB

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from pathlib import Path

    from kadernota.asking.questions import Question
    from kadernota.commands.screen import Screen
    from kadernota.model import Report, Sources
    from kadernota.triples import Triples

FORMATS = ("text", "md", "json", "rdf-patch", "sparql")
PATCHES: dict[str, Callable[[Triples, Triples], str]] = {
    "rdf-patch": patch.rdf_patch,
    "sparql": patch.sparql,
}
ON_DISK = "de bestanden op schijf"


def arguments(made: argparse.ArgumentParser) -> None:
    words = "een commit, tak of label; ook A..B, of A...B voor wat B deed sinds de splitsing (HEAD)"
    made.add_argument("a", nargs="?", metavar="A", default="", help=words)
    words = "waarmee te vergelijken (de bestanden op schijf)"
    made.add_argument("b", nargs="?", metavar="B", default="", help=words)
    made.add_argument(
        "--format", choices=FORMATS, default=None, help="vorm van het antwoord (text)"
    )
    words = "zeg ook wat kadernota check in het een meldt en in het ander niet"
    made.add_argument("--check", action="store_true", help=words)
    words = "waar de site staat, voor links in de vorm md"
    made.add_argument("--site", metavar="ADRES", default="", help=words)


def diff(
    options: argparse.Namespace, sources: Sources, asked: tuple[Question, ...], screen: Screen
) -> int:
    """Show the difference; 1 when an edition cannot be read for mistakes in its form."""
    del asked
    form = _form(options)
    site = _site(options.site)
    before, after = _editions(options.a, options.b, sources)
    found = compare(before, after, _check if options.check else None)
    if form in PATCHES:
        return _patch(found, form, screen)
    if form == "json":
        screen.out(outcome.as_json(found))
    else:
        screen.out(comment.markdown(found, site) if form == "md" else outcome.as_text(found))
    return 1 if found.changes is None else 0


def _form(options: argparse.Namespace) -> str:
    if options.json and options.format not in {None, "json"}:
        raise CannotAnswer("Kies --json of --format, niet allebei.")
    return "json" if options.json else options.format or "text"


def _site(address: str) -> str:
    if address and not WEB.fullmatch(address):
        raise CannotAnswer("Geef met --site een volledig webadres dat begint met https://.")
    return address.rstrip("/") + "/" if address else ""


def _check(loaded: Loaded) -> Report:
    """Without the adopted text: only the files that lie there now can be held against that."""
    return check(loaded)


def _patch(found: Comparison, form: str, screen: Screen) -> int:
    before, after = found.before.loaded, found.after.loaded
    if isinstance(before, Loaded) and isinstance(after, Loaded):
        screen.out(PATCHES[form](before.asserted, after.asserted))
        return 0
    screen.say(outcome.as_text(found), "bad")  # a patch of half a graph would be wrong
    return 1


def _editions(a: str, b: str, now: Sources) -> tuple[Edition, Edition]:
    """The two versions that the words mean; without a second one, what is on the disk."""
    try:
        if ".." not in a:
            after = _at(now.root, b) if b else _now(now)
            return _at(now.root, a or "HEAD"), after
        if b:
            raise CannotAnswer(f"Geef {a} alleen, of twee versies met een spatie ertussen.")
        return _range(a, now.root)
    except git.NoVersion as error:
        raise CannotAnswer(str(error)) from None


def _range(words: str, root: Path) -> tuple[Edition, Edition]:
    old, dots, new = words.partition("..." if "..." in words else "..")
    old, new = old or "HEAD", new or "HEAD"
    if dots == "..":
        return _at(root, old), _at(root, new)
    shared = git.fork(root, git.commit(root, old), git.commit(root, new))
    return _edition(root, f"de splitsing van {old}", shared), _at(root, new)


def _at(root: Path, name: str) -> Edition:
    return _edition(root, name, git.commit(root, name))


def _edition(root: Path, name: str, version: Version) -> Edition:
    sources = history.sources(root, version, name)
    short = version.commit[:7]
    known = short if name in version.commit else f"{name} ({short}, {date(version.time)})"
    return Edition(known, sources, load(sources))


def _now(sources: Sources) -> Edition:
    return Edition(ON_DISK, sources, load(sources))
