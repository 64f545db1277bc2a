"""Two knowledge bases in, which things only got another address out."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kadernota.names import KN, NAME

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kadernota.model import Loaded
    from kadernota.triples import Term, Triples

TITLES = {NAME, KN + "rol"}  # what people call a thing; the rest of it is its content
Content = frozenset[tuple[str, str, str]]  # the part that says it, the property, the value


def moves(before: Loaded, after: Loaded) -> dict[str, str]:
    """The new address of each thing, or part of a thing, that moved."""
    old, new = before.asserted, after.asserted
    found = _with_base(before, after)
    found |= _along(_led(before, after, found), old)
    size = -1
    while size != len(found):  # what moved may refer to what moved
        size = len(found)
        gone, come = _wholes(old, new, found)
        found |= _along(_same(_contents(old, gone, found), _contents(new, come, {})), old)
    return found | _parts(old, new, found)


def moved(term: Term, found: Mapping[str, str]) -> Term:
    """The term as it is called afterwards."""
    if isinstance(term, ox.NamedNode) and term.value in found:
        return ox.NamedNode(found[term.value])
    return term


def _with_base(before: Loaded, after: Loaded) -> dict[str, str]:
    """Every address, when the knowledge base itself moved."""
    old, new = before.settings.base, after.settings.base
    if old == new:
        return {}
    return {iri: new + iri.removeprefix(old) for iri in before.asserted.index}


def _led(before: Loaded, after: Loaded, found: Mapping[str, str]) -> dict[str, str]:
    """What people themselves say has moved: by the old addresses of either side."""
    gone, come = map(set, _wholes(before.asserted, after.asserted, found))
    turned = ((new, old) for old, new in before.redirects.items())
    pairs: dict[str, str] = {}
    for old, new in (*after.redirects.items(), *turned):
        was, now = before.settings.base + old, after.settings.base + new
        if was in gone and now in come:
            pairs[was] = now
            gone.remove(was)
            come.remove(now)
    return pairs


def _wholes(
    before: Triples, after: Triples, found: Mapping[str, str]
) -> tuple[list[str], list[str]]:
    """The things that are there on one side only."""
    there = {found.get(iri, iri) for iri in before.index}
    gone = [i for i in before.index if "#" not in i and found.get(i, i) not in after.index]
    come = [i for i in after.index if "#" not in i and i not in there]
    return gone, come


def _along(pairs: Mapping[str, str], graph: Triples) -> dict[str, str]:
    """Things with their parts, which go along."""
    return {
        iri: pairs[whole] + hash_ + part
        for iri in (graph.index if pairs else ())
        for whole, hash_, part in [iri.partition("#")]
        if whole in pairs
    }


def _parts(before: Triples, after: Triples, found: Mapping[str, str]) -> dict[str, str]:
    """Parts that got another name within their whole."""
    there = {found.get(iri, iri) for iri in before.index}
    gone, come = defaultdict(list), defaultdict(list)
    for iri in before.index:
        if "#" in iri and (now := found.get(iri, iri)) not in after.index:
            gone[now.partition("#")[0]].append(iri)
    for iri in after.index:
        if "#" in iri and iri not in there:
            come[iri.partition("#")[0]].append(iri)
    pairs: dict[str, str] = {}
    for whole in gone.keys() & come.keys():
        old = _contents(before, gone[whole], found)
        pairs |= _same(old, _contents(after, come[whole], {}))
    return pairs


def _contents(
    graph: Triples, things: Iterable[str], found: Mapping[str, str]
) -> dict[str, Content]:
    """What each thing says with its parts, whatever its own address is."""
    said: dict[str, set[tuple[str, str, str]]] = {thing: set() for thing in things}
    for iri in graph.index if said else ():
        for owner in {iri, iri.partition("#")[0]} & said.keys():
            for path, objects in graph.index[iri].items():
                values = (_relative(moved(o, found), owner, found) for o in objects)
                said[owner].update((iri.removeprefix(owner), path, value) for value in values)
    return {thing: frozenset(content) for thing, content in said.items()}


def _relative(term: Term, owner: str, found: Mapping[str, str]) -> str:
    """The value, with a reference to the thing itself or its parts as such."""
    if isinstance(term, ox.NamedNode):
        whole, hash_, part = term.value.partition("#")
        if whole in {owner, found.get(owner)}:
            return hash_ + part
    return str(term)


def _same(gone: Mapping[str, Content], come: Mapping[str, Content]) -> dict[str, str]:
    """Which of what has gone came back: all of it equal, or all but its name."""
    pairs = _paired(gone, come)
    old = {thing: rest for thing, c in gone.items() if thing not in pairs and (rest := _rest(c))}
    taken = set(pairs.values())
    new = {thing: rest for thing, c in come.items() if thing not in taken and (rest := _rest(c))}
    return pairs | _paired(old, new)


def _rest(content: Content) -> Content:
    """What a thing says besides its name; nothing when that is too little to know it by."""
    rest = frozenset(each for each in content if each[0] or each[1] not in TITLES)
    return rest if any(value.endswith("@nl") for _, _, value in rest) else frozenset()


def _paired(gone: Mapping[str, Content], come: Mapping[str, Content]) -> dict[str, str]:
    """Those with equal content, where nothing else has that content."""
    old, new = _by_content(gone), _by_content(come)
    return {old[c][0]: new[c][0] for c in old.keys() & new if len(old[c]) == len(new[c]) == 1}


def _by_content(things: Mapping[str, Content]) -> dict[Content, list[str]]:
    grouped: dict[Content, list[str]] = defaultdict(list)
    for thing, content in things.items():
        grouped[content].append(thing)
    return grouped
