"""A request to take a file away in, what stands in the way or the way out: only on purpose."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kadernota import write
from kadernota.change import Change
from kadernota.editing import desk, edit
from kadernota.editing.exchange import Answered

if TYPE_CHECKING:
    from kadernota.editing.judged import Judge
    from kadernota.editing.sheet import Sheet
    from kadernota.editing.showing import Showing
    from kadernota.model import Problem

ALTERED = "Iemand anders heeft dit bestand gewijzigd. Kijk het eerst na."
UNWRITTEN = "Verwijderen lukt niet: {}."


class Removal:
    """Takes one file away, when nothing points to it any more."""

    def __init__(self, judge: Judge, pages: Showing) -> None:
        self.judge, self.pages = judge, pages

    def answer(self, sheet: Sheet, *, sure: bool) -> Answered:
        """What stands in the way; when nothing does, ask, and then do it."""
        now = self.judge.opened(sheet.name)
        if sheet.new or not now.sha:
            return self.pages.form(self.judge.as_it_is(sheet, now))
        note = ALTERED if now.sha != sheet.sha else ""
        using, wrong = self._using(sheet)
        if sure and not using and not note:
            try:
                self.judge.base.save(Change(sheet.path, self.judge.base.content(sheet.path), None))
            except write.Meanwhile:
                note = ALTERED
            except OSError as error:
                note = UNWRITTEN.format(write.refusal(error))
            else:
                return Answered(303, b"", headers={"Location": f"/bewerken/{sheet.folder}/"})
        return self.pages.show.page(
            "verwijderen",
            blad=sheet,
            form=self.judge.kind.form,
            titel=self.pages.title(replace(sheet, draft=now.draft)),
            gebruikt=[(p, desk.link(p)) for p in using],
            open=wrong,
            noot=note,
            sha=now.sha,
            adres=self.pages.address(sheet),
        )

    def _using(self, sheet: Sheet) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
        """What points to it, and what else will be wrong without it."""
        base = self.judge.base
        found = edit.news(base.without(sheet.path), base.problems, sheet.path)
        blocking = tuple(p for p in found if edit.blocks(p, sheet.path, base.motor.shapes))
        others = tuple(p for p in found if p not in blocking and p.place.file != sheet.path)
        return base.uses(sheet.address) or blocking, others
