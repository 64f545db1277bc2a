"""Claims in, the ones that fail out: each holds, or an exception argues why not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kadernota.model import Place, Problem
from kadernota.names import KN, KNSH, TYPE
from kadernota.validate import rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

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
    "norm": "Leg in data/normen/ vast wat hier met '{}' wordt bepaald," + EXCEPT,
    "norm-gegeven": "Haal het signaalwoord '{}' weg: het staat niet in de passages van deze norm.",
    "letterlijk": "Neem bij 'staat-er:' over wat er staat: '{}' staat niet in de passages.",
    "eigen-woorden": "Schrijf dit in eigen woorden: vanaf '{}' loopt het gelijk op met de tekst,"
    + EXCEPT,
    "uitzondering": "Haal '{}' hier weg: deze uitzondering is niet nodig.",
}


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


def judge(loaded: Loaded, checks: Mapping[str, Iterable[Claim]]) -> Judged:
    """Weigh every claim; an exception that excuses nothing is a problem as well."""
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
    known = {rule.removeprefix(KNSH) for rule in rules(loaded.shapes)} | MESSAGES.keys()
    for claim in exceptions.spare({*checks}, known):
        failed["uitzondering", claim] = [claim.said]
    problems = {_problem(rule, claim, said, loaded) for (rule, claim), said in failed.items()}
    return Judged(tuple(sorted(problems)), counts)


def _problem(rule: str, claim: Claim, said: list[str], loaded: Loaded) -> Problem:
    """One problem for all that one value, key or thing lacks under one check."""
    place = loaded.places.find(claim.thing, claim.path, claim.value) or Place("data")
    message = MESSAGES[rule].format("', '".join(dict.fromkeys(said)))
    return Problem(place, loaded.keys.get(claim.path, ""), message, f"bewijs:{rule}")


class _Exceptions:
    """What has been argued away: per exception its checks, things and values."""

    def __init__(self, graph: Triples) -> None:
        self.graph = graph
        self.given: dict[tuple[str, str, str], list[str]] = {}
        self.used: set[tuple[str, str, str]] = set()  # (exception, key, value)
        # Not by the inverse index: nothing else in a check needs it, and it is large.
        self.all = sorted(s for s in graph.index if KN + "Uitzondering" in graph.values(s, TYPE))
        for exception in self.all:
            for rule in self._of(exception, "regel"):
                for thing in self._of(exception, "betreft") or [""]:
                    for value in self._of(exception, "uitgezonderd") or [""]:
                        self.given.setdefault((rule, thing, value), []).append(exception)

    def _of(self, exception: str, key: str) -> list[str]:
        return self.graph.values(exception, KN + key)

    def cover(self, rule: str, thing: str, value: str) -> bool:
        """Whether an exception names this check with this thing and value, or with either."""
        keys = [(rule, thing, value), (rule, thing, ""), (rule, "", value)]
        for key in keys:
            for exception in self.given.get(key, ()):
                _, of, said = key
                self.used |= {(exception, "regel", rule)}
                self.used |= {(exception, "betreft", of), (exception, "uitgezonderd", said)}
                return True
        return False

    def spare(self, checks: set[str], known: set[str]) -> Iterator[Claim]:
        """The checks, things and values that an exception names and that it need not name."""
        for exception in self.all:
            named = self._of(exception, "regel")
            for rule in named:
                if rule not in known:
                    yield _spare(exception, "regel", rule)
            if not checks.issuperset(named):
                continue  # a check that did not run cannot say what it needs
            for key in ("regel", "betreft", "uitgezonderd"):
                for value in self._of(exception, key):
                    if (exception, key, value) not in self.used:
                        yield _spare(exception, key, value)


def _spare(exception: str, key: str, value: str) -> Claim:
    said = value.rpartition("/")[2].rpartition("#")[2]
    return Claim(holds=False, thing=exception, path=KN + key, value=value, said=said)
