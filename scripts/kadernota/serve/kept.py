"""New sources in, the same graph and report as from scratch out: what did not change is kept.

Each file is read, checked for form and turned into triples once. From there on only the triples
that changed are followed: into the graph, the derived statements, and the verdicts of the rules.
A test compares each step of random editing with a check from scratch.

While there are mistakes in form the graph keeps what the files with mistakes said before: what is
certain does not depend on it, and mending a file then costs no more than breaking it.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kadernota.checking import idle
from kadernota.checking.certain import Holes, certain, near
from kadernota.checking.reach import reaches
from kadernota.checking.reason import reason
from kadernota.checking.validate import problems, rules
from kadernota.model import Loaded, Places, Report
from kadernota.reading.assemble import Assembled, Clean, formed
from kadernota.ready import Ready, closed, ready
from kadernota.serve.follow import Follower
from kadernota.serve.parts import Part, moved, parts
from kadernota.serve.recheck import Findings
from kadernota.triples import Triples
from kadernota.weigh import weigh, weigh_partly

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kadernota.checking.record import Result
    from kadernota.model import Sources
    from kadernota.reading.assemble import Formed

MUCH = 3000  # triples that change; from here on following them takes longer than starting afresh
REVIEWS = 4  # states of what exists, of which is kept which files were in order


class Kept:
    """Holds what is known of the last sources; give it the next, in any order."""

    def __init__(self) -> None:
        self.line: _Line | None = None

    def check(self, sources: Sources) -> tuple[Loaded | None, Report]:
        """The graph and the report; no graph when there are mistakes that come before it."""
        given = ready(sources)
        if not isinstance(given, Ready):
            return None, Report(given, {}, {})
        if self.line is None or not self.line.goes_on(given, sources):
            self.line = _Line(given, sources)
        return self.line.check(given, sources)


class _Line:
    """One engine and one base address; with another all is other."""

    def __init__(self, given: Ready, sources: Sources) -> None:
        self.motor, self.base, self.context = given.motor, given.config.base, sources.context
        self.ontology, shapes = self.motor.words.ontology, self.motor.shapes
        every = reaches(shapes)
        self.near = near(every, self.ontology, self.motor.rules)
        self.demands = idle.demands(shapes)
        self.witnesses: dict[str, str] = {}
        self.findings = Findings(shapes, every, self.near.keys())
        self.follower: Follower | None = None
        self.clean: Clean = {}
        self.parts: dict[str, Part] = {}  # what is in the graph; also of files with a mistake now
        self.stubs: dict[str, ox.Triple] = {}
        self.places = Places({}, {}, {})
        self.count: Counter[ox.Triple] = Counter()  # asserted; two files can say the same
        self.asserted = self.inferred = Triples(())
        self.closed = Triples(())

    def goes_on(self, given: Ready, sources: Sources) -> bool:
        """Whether what is kept still holds for these sources."""
        same = given.motor is self.motor and sources.context == self.context
        return same and given.config.base == self.base

    def check(self, given: Ready, sources: Sources) -> tuple[Loaded | None, Report]:
        form = formed(sources, given.config, self.motor.words, self.clean)
        while len(self.clean) > REVIEWS:
            del self.clean[next(iter(self.clean))]
        now = parts(form, self.motor.words, self.context, self.base, self.parts)
        found = self._see(now, form)
        number, shapes = len(sources.data), self.motor.shapes
        if form.problems:
            known = {*form.stubs}.union(*(part.subjects for part in now.values()))
            holes = Holes(self.asserted.index, known, form.stubs.keys(), self.base)
            keys = {term.path: key for key, term in self.motor.words.keys.items()}
            sure = problems(certain(found, self.near, holes), shapes, self.places, keys)
            waiting = len(rules(shapes)) - len(self.near)
            return None, weigh_partly(form.problems, sure, waiting, shapes, number)
        whole = Assembled(self.asserted, self.places, (), frozenset(), number, form.docs)
        loaded = closed(sources, given, whole, self.inferred)
        loaded.__dict__["closed"] = self.closed
        claims = {
            "leeg": idle.claims(self.demands, self._witnesses(), self.closed),
            "leesbaar": [claim for part in now.values() for claim in part.claims],
        }
        return loaded, weigh(loaded, found, claims, sources.adopted)

    def _see(self, now: dict[str, Part], form: Formed) -> set[Result]:
        """Follow what changed since the last sources: into the graph, and from there the rules."""
        removed, added = self._stated(now, form)
        before, holes = self.closed, bool(form.problems)
        if self.follower is None or len(removed) + len(added) > MUCH:
            self.asserted = Triples.of(self.count)
            self.inferred = reason(self.asserted, self.ontology, self.motor.rules)
            self.closed = Triples.of(
                (*self.asserted.items, *self.inferred.items, *self.ontology.items)
            )
            self.follower = Follower(self.asserted, self.inferred, self.ontology, self.motor.rules)
            lost = {*before.items}.difference(self.closed.items)
            come = {*self.closed.items}.difference(before.items)
        elif removed or added:
            out, new = self.follower.change(removed, added)
            self.asserted = self.asserted.changed(removed, added)
            self.inferred = self.inferred.changed(out, new)
            lost = {t for t in removed | out if not self._holds(t)}
            come = {t for t in added | new if t not in before}
            self.closed = before.changed(lost, come)
        else:
            lost = come = set()
        return self.findings.change(self.closed, lost, come, holes=holes)

    def _holds(self, t: ox.Triple) -> bool:
        return t in self.asserted or t in self.inferred or t in self.ontology

    def _stated(self, now: dict[str, Part], form: Formed) -> tuple[set[ox.Triple], set[ox.Triple]]:
        """Which asserted triples are no longer there, and which are now."""
        come = [part for path, part in now.items() if self.parts.get(path) is not part]
        fresh = frozenset().union(*(part.subjects for part in come))
        gone = [
            part
            for path, part in self.parts.items()
            if now.get(path) is not part
            # What a file with a mistake said stays, unless another file speaks of it now.
            and (not form.problems or path in now or not fresh.isdisjoint(part.subjects))
        ]
        for part in gone:
            del self.parts[part.source.path]
        self.parts |= {part.source.path: part for part in come}
        change = Counter(t for part in come for t in part.triples)
        change.update(form.stubs.values())
        change.subtract(t for part in gone for t in part.triples)
        change.subtract(self.stubs.values())
        added = {t for t, n in change.items() if self.count[t] <= 0 < self.count[t] + n}
        removed = {t for t, n in change.items() if self.count[t] + n <= 0 < self.count[t]}
        self.count.update(change)
        for t in removed:
            del self.count[t]
        if gone or come:
            self.places = moved(self.places, gone, come)
        self.stubs = dict(form.stubs)
        return removed, added

    def _witnesses(self) -> dict[str, str]:
        """Of each rule a thing that it looks at: as long as it is one, there is no need to seek."""
        index = self.closed.index
        self.witnesses = {
            rule: thing
            for rule, thing in self.witnesses.items()
            if self.demands[rule].met(thing, index.get(thing, {}))
        }
        lacking = {r: d for r, d in self.demands.items() if r not in self.witnesses}
        self.witnesses |= idle.witnesses(lacking, self.closed)
        return self.witnesses
