"""Claims in, the ones that fail out: each holds, or an exception argues why not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import get_close_matches
from itertools import product
from typing import TYPE_CHECKING

from kadernota.checking.validate import rules
from kadernota.model import Place, Problem
from kadernota.names import KN, KNSH, TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Set

    from kadernota.model import Loaded
    from kadernota.triples import Triples

EXCEPT = " of leg in data/uitzonderingen/ uit waarom niet."
MESSAGES = {
    "leeg": "Vul iets in waar '{}' op kan letten," + EXCEPT,
    "leesbaar": "Schrijf korter en gewoner: {}.",
    "register": "Draai 'kadernota source' met de vastgestelde tekst: dit klopt daar niet mee.",
    "cijfer": "Leg '{}' vast bij wat op deze passage steunt," + EXCEPT,
    "cijfer-gegeven": "Noem de passage waar '{}' staat, of verbeter het getal," + EXCEPT,
    "naam": "Leg de naam '{}' vast," + EXCEPT,
    "naam-gegeven": "Schrijf '{}' zoals het in de tekst staat," + EXCEPT,
    "norm": "Leg in data/normen/ vast wat hier met '{}' wordt bepaald," + EXCEPT,
    "norm-gegeven": "Haal het signaalwoord '{}' weg: het staat niet in de passages van deze norm.",
    "letterlijk": "Neem bij 'staat-er:' over wat er staat: '{}' staat niet in de passages.",
    "eigen-woorden": "Schrijf dit in eigen woorden: vanaf '{}' loopt het gelijk op met de tekst,"
    + EXCEPT,
    "uitzondering": "Haal '{}' hier weg: deze uitzondering is niet nodig.",
    "uitzondering-apart": "Geef dit een eigen uitzondering: hier is '{}' niet nodig.",
    "uitzondering-controle": "Schrijf hier een controle die bestaat, zoals '{}'.",
}
CHECKS = frozenset(rule for rule in MESSAGES if not rule.startswith("uitzondering"))
PARTS = [KN + "regel", KN + "betreft", KN + "uitgezonderd"]  # what a case consists of, in order


@dataclass(frozen=True, slots=True)
class Claim:
    """Something that must hold: of which thing, which key and value; `said` names it to people."""

    holds: bool
    thing: str = ""
    path: str = ""
    value: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """What fails, and per check how many claims hold (or are argued away) out of how many."""

    problems: tuple[Problem, ...]
    counts: Mapping[str, tuple[int, int]]


def judge(
    loaded: Loaded, checks: Mapping[str, Iterable[Claim]], counted: Set[str] = frozenset()
) -> Judged:
    """Weigh every claim; an exception that excuses nothing is a problem as well.

    What fails a check in `counted` shows in the counts only.
    """
    exceptions = _Exceptions(loaded.asserted)
    failed: dict[tuple[str, Claim], list[str]] = {}
    counts = {}
    for rule, claims in checks.items():
        held = total = 0
        for claim in claims:
            total += 1
            if claim.holds or exceptions.cover(rule, claim.thing, claim.said):
                held += 1
            else:
                failed.setdefault((rule, replace(claim, said="")), []).append(claim.said)
        counts[rule] = (held, total)
        if not total and not exceptions.cover("leeg", "", rule):
            failed.setdefault(("leeg", Claim(holds=False)), []).append(rule)
    failed = {case: said for case, said in failed.items() if case[0] not in counted}
    known = {rule.removeprefix(KNSH) for rule in rules(loaded.shapes)} | CHECKS
    for rule, claim in exceptions.spare({*checks}, known):
        failed.setdefault((rule, replace(claim, said="")), []).append(claim.said)
    problems = {_problem(rule, claim, said, loaded) for (rule, claim), said in failed.items()}
    return Judged(tuple(sorted(problems)), counts)


def _problem(rule: str, claim: Claim, said: list[str], loaded: Loaded) -> Problem:
    """One problem for all that one value, key or thing lacks under one check."""
    place = loaded.places.find(claim.thing, claim.path, claim.value) or Place("data")
    message = MESSAGES[rule].format("', '".join(dict.fromkeys(said)))
    return Problem(place, loaded.keys.get(claim.path, ""), message, f"bewijs:{rule}")


class _Exceptions:
    """What has been argued away: cases, each a check with a thing, a value or both."""

    def __init__(self, graph: Triples) -> None:
        self.graph = graph
        # Not by the inverse index: nothing else in a check needs it, and it is large.
        self.all = sorted(s for s in graph.index if KN + "Uitzondering" in graph.values(s, TYPE))
        self.given: dict[tuple[str, ...], str] = {}
        for exception in self.all:
            for case in self._cases(exception):
                self.given.setdefault(case, exception)
        self.used: set[tuple[str, tuple[str, ...]]] = set()

    def _cases(self, exception: str) -> list[tuple[str, ...]]:
        return [*product(*(self.graph.values(exception, part) or [""] for part in PARTS))]

    def cover(self, rule: str, thing: str, value: str) -> bool:
        """Whether an exception names this check with this thing and value, or with either."""
        for case in ((rule, thing, value), (rule, thing, ""), (rule, "", value)):
            if exception := self.given.get(case):
                self.used.add((exception, case))
                return True
        return False

    def spare(self, checks: set[str], known: set[str]) -> Iterator[tuple[str, Claim]]:
        """Per exception the checks that do not exist and the cases that it need not name."""
        for exception in self.all:
            named = self.graph.values(exception, PARTS[0])
            for rule in (rule for rule in named if rule not in known):
                for near in get_close_matches(rule, known, cutoff=0):
                    yield "uitzondering-controle", _claim(exception, PARTS[0], rule, near)
            if checks.issuperset(named):  # a check that did not run cannot say what it needs
                yield from self._idle(exception)

    def _idle(self, exception: str) -> Iterator[tuple[str, Claim]]:
        cases = self._cases(exception)
        used = [case for case in cases if (exception, case) in self.used]
        needed = [{*values} for values in zip(*used, strict=True)] or [set(), set(), set()]
        for part, need in zip(PARTS, needed, strict=True):
            for value in self.graph.values(exception, part):
                if value not in need:
                    yield "uitzondering", _claim(exception, part, value, value)
        # Where each part is needed elsewhere, only the combination is not.
        for case in cases:
            if case not in used and all(map(set.__contains__, needed, case)):
                rule, thing, value = case
                at = (PARTS[1], thing) if thing else (PARTS[2], value)
                yield "uitzondering-apart", _claim(exception, *at, value if thing else rule)


def _claim(exception: str, path: str, value: str, said: str) -> Claim:
    name = said.rpartition("/")[2].rpartition("#")[2]
    return Claim(holds=False, thing=exception, path=path, value=value, said=name)
