"""A thing and its new address in, every change to the files out; nothing is written here."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kadernota.asking.ask import CannotAnswer
from kadernota.authoring.references import in_document, in_settings, in_turtle, renaming, rewritten
from kadernota.change import Change
from kadernota.hints import near_address
from kadernota.letters import shown, spot
from kadernota.model import File, Place, Problem
from kadernota.reading import canonical, redirects
from kadernota.reading.documents import documents
from kadernota.reading.values import SLUG, slug
from kadernota.sources import REDIRECTS
from kadernota.tracing import register

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kadernota.authoring.references import Reference, Rename
    from kadernota.model import Loaded, Sources
    from kadernota.reading.documents import Document

    Found = Mapping[str, list[Reference]]  # by file

IN_USE = "Haal deze verwijzing weg, of verwijs naar iets anders."


@dataclass(frozen=True, slots=True)
class Renaming:
    """The changes, the old and new addresses, and how many references are written anew."""

    changes: tuple[Change, ...]
    pairs: Mapping[str, str]
    references: int


def plan(sources: Sources, loaded: Loaded, old: str, new: str) -> Renaming:
    """What is to change; raises CannotAnswer for a thing or an address that cannot be."""
    old = existing(old, loaded)
    new = _allowed(old, canonical.address(new, loaded.settings.base), loaded)
    pairs = {old: new}
    if old == loaded.settings.memorandum:  # its register is named after it
        pairs[register.address(old)] = register.address(new)
    found = _references(sources, loaded, renaming(pairs))
    fresh = redirects.text(sources.redirects, _led(loaded.redirects, pairs))
    was = sources.redirects.content if sources.redirects else None
    return Renaming(
        (*_rewritten(sources, loaded, found, pairs), Change(REDIRECTS, was, fresh)),
        pairs,
        sum(map(len, found.values())),
    )


def existing(words: str, loaded: Loaded) -> str:
    """The address of a whole thing that exists, also when it was given as a file."""
    base = loaded.settings.base
    found = canonical.address(words, base)
    if "#" in found:
        raise CannotAnswer("Noem een heel ding, zonder # en wat erachter staat.")
    things = _things(loaded)
    if found not in things:
        hint = near_address(found, things, {t.partition("/")[0] for t in things}).text
        raise CannotAnswer(f"'{shown(words)}' bestaat niet. {hint}".rstrip())
    return found


def _things(loaded: Loaded) -> set[str]:
    base = loaded.settings.base
    found = {s.removeprefix(base) for s in loaded.asserted.index if s.startswith(base)}
    return {address for address in found if "#" not in address}


def _allowed(old: str, new: str, loaded: Loaded) -> str:
    """The new address in full; a name without a folder stays in the folder."""
    folder, _, name = old.partition("/")
    to, slash, fresh = new.partition("/")
    if not slash:
        to, fresh = folder, new
    if to != folder:
        raise CannotAnswer(f"Laat het in de map {folder}/; de map zegt wat voor ding het is.")
    if not SLUG.fullmatch(fresh):
        hint = f"{folder}/{slug(fresh)}"
        raise CannotAnswer(f"Noem het '{hint}': kleine letters, cijfers, streepjes.")
    if fresh == name:
        raise CannotAnswer(f"'{old}' heet al zo; er is niets veranderd.")
    new = f"{folder}/{fresh}"
    if new in _things(loaded):
        raise CannotAnswer(f"Kies een andere naam; '{new}' bestaat al.")
    if loaded.redirects.get(new, old) != old:
        raise CannotAnswer(
            f"Kies een andere naam; '{new}' is een oud adres van '{loaded.redirects[new]}'."
        )
    if old == register.address(loaded.settings.memorandum):
        raise CannotAnswer(
            f"Hernoem '{loaded.settings.memorandum}'; het bestand met passages heet naar die nota."
        )
    return new


def _references(sources: Sources, loaded: Loaded, renamed: Rename) -> Found:
    base = loaded.settings.base
    found: dict[str, list[Reference]] = defaultdict(list)
    for document in loaded.documents:
        for one in in_document(document, loaded.forms, base, renamed):
            found[document.path].append(one)
    for file in sources.data:
        if file.path.endswith(".ttl"):
            for one in in_turtle(file, base, renamed):
                found[file.path].append(one)
    for one in in_settings(sources.settings, renamed):
        found[sources.settings.path].append(one)
    return found


def _rewritten(
    sources: Sources, loaded: Loaded, found: Found, pairs: Mapping[str, str]
) -> Iterator[Change]:
    described = {document.path: document for document in loaded.documents}
    for file in (sources.settings, *sources.data):
        document = described.get(file.path)
        new = pairs.get(document.address) if document else None
        if not new and file.path not in found:
            continue
        path = f"data/{new}.yaml" if new else file.path
        content = rewritten(file.content, found.get(file.path, ()))
        if document:
            content = _as_neat(document, File(path, content), loaded)
        if new:
            yield Change(file.path, file.content, None)
        yield Change(path, None if new else file.content, content)


def _as_neat(before: Document, file: File, loaded: Loaded) -> bytes:
    """The file in its canonical form if it was: another name has another place in a list."""
    forms, base = loaded.forms, loaded.settings.base
    ((after,), _) = documents((file,), forms)
    if canonical.text(before, forms, base).encode() != before.content:
        return file.content
    return canonical.text(after, forms, base).encode()


def _led(known: Mapping[str, str], pairs: Mapping[str, str]) -> dict[str, str]:
    """The redirects after this: never to an address that is old itself, never from a new one."""
    led = {old: pairs.get(new, new) for old, new in known.items()} | dict(pairs)
    return {old: new for old, new in led.items() if old not in pairs.values()}


def applied(sources: Sources, changes: Iterable[Change]) -> Sources:
    """The sources as they will be."""
    made = {change.path: change.new for change in changes}
    files = {f.path: f.content for f in (sources.settings, *sources.data)} | made
    kept = [File(path, content) for path, content in sorted(files.items()) if content is not None]
    moved = made.get(REDIRECTS, sources.redirects.content if sources.redirects else None)
    return replace(
        sources,
        settings=next(f for f in kept if f.path == sources.settings.path),
        data=tuple(f for f in kept if f.path.startswith("data/")),
        redirects=File(REDIRECTS, moved) if moved is not None else None,
    )


def mentions(sources: Sources, addresses: Iterable[str]) -> Iterator[Place]:
    """Where people still name an address in words that are theirs: comments, questions, pages."""
    either = "|".join(map(re.escape, addresses))
    pattern = re.compile(rf"(?<![\w/.-])(?:{either})(?![\w-])")
    for file in (*sources.data, *sources.queries, *sources.site):
        text = file.content.decode("utf-8", "ignore")
        yield from (spot(file.path, text, m.start()) for m in pattern.finditer(text))


def uses(sources: Sources, loaded: Loaded, address: str) -> tuple[Problem, ...]:
    """What points to a thing from outside it, each as something to mend first."""
    found = _references(sources, loaded, renaming({address: address}))
    own = f"data/{address}.yaml"
    places = [(r.place, r.key) for path, of in found.items() if path != own for r in of]
    led = redirects.pairs(sources.redirects)
    places += [(value.place, key.text) for key, value in led if value.text == address]
    return tuple(
        Problem(place, key, IN_USE, "invoer:verwijzing") for place, key in sorted(set(places))
    )
