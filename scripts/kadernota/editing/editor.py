"""A request about one form in, the page or the saved file out: the whole round, without script too.

Nothing typed is ever lost: whatever goes wrong, the answer is the form with all of it still there.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kadernota import write
from kadernota.change import Change
from kadernota.editing import amend, desk, draft, edit, preview
from kadernota.editing.buttons import pressed
from kadernota.editing.exchange import Answered, controls
from kadernota.editing.meeting import meet
from kadernota.editing.removal import Removal
from kadernota.editing.sheet import fresh, posted
from kadernota.editing.showing import Moment

if TYPE_CHECKING:
    from kadernota.editing.exchange import Asked
    from kadernota.editing.judged import Judge, Judged
    from kadernota.editing.sheet import Sheet
    from kadernota.editing.showing import Showing

OTHER = (
    "Iemand anders heeft dit bestand gewijzigd terwijl jij bezig was. Wat alleen de ander wijzigde,"
    " staat nu ook in dit formulier. Waar jullie allebei iets wijzigden, staat jouw tekst er nog,"
    " met die van de ander erbij. Kijk het na en ga dan verder."
)
OTHER_TEXT = (
    "Iemand anders heeft dit bestand gewijzigd terwijl jij bezig was. Jouw tekst staat er nog."
    " Zet er zelf in wat de ander wijzigde, en ga dan verder."
)
UNWRITTEN = "Bewaren lukt niet: {}. Wat je typte, staat hieronder nog."
UNSEEN = "De bladzijde kan nu niet worden getoond. Wat je typte, staat hieronder nog."
GONE = "Dit bestand is intussen verwijderd. Als je bewaart, maken wij het opnieuw."


class Editor:
    """Answers for the forms of one kind of thing."""

    def __init__(self, judge: Judge, pages: Showing) -> None:
        self.judge, self.pages = judge, pages

    def get(self, asked: Asked, name: str) -> Answered:
        """The form of a file as it is on disk, or an empty one."""
        folder, now = self.judge.kind.form.folder, self.judge.opened(name)
        if name and not now.sha:
            words = f"'{folder}/{name}' bestaat niet. Kies iets uit de lijst."
            return self.pages.show.page("geweigerd", 404, woorden=words)
        if now.locked:
            return self.pages.read_only(now)
        sheet = fresh(now, folder, name, as_text="tekst" in asked.words)
        sheet = sheet if name else replace(sheet, draft=self.judge.begun())
        moment = Moment(saved=asked.words.get("bewaard", ""), sent=False)
        return self.pages.form(self.judge.as_it_is(sheet, now), moment)

    def post(self, asked: Asked, name: str) -> Answered:
        """What one of the buttons of the form does."""
        kind, given = self.judge.kind, controls(asked) or []
        if (now := self.judge.opened(name)).locked:
            return self.pages.read_only(now)
        button = dict(given).get("do", "kijk")
        sheet = posted(given, kind.form.folder, name, kind)
        if button in {"verwijder", "verwijder-echt"}:
            removal = Removal(self.judge, self.pages)
            return removal.answer(sheet, sure=button == "verwijder-echt")
        return self._pushed(asked, sheet, button)

    def _pushed(self, asked: Asked, sheet: Sheet, button: str) -> Answered:
        if ":" in button or button == "terug":
            return self._pressed(sheet, button)
        sheet = self.judge.complete(sheet)
        if button == "kijk" and asked.headers.get("x-deel") == "meldingen":
            return self.pages.messages(self.judge.judge(sheet))
        judged = self.judge.judge(replace(sheet, seen=True))
        if button == "voorbeeld":
            return self._preview(judged)
        if button in {"verder", "bewaar"}:
            return self._further(judged, save=button == "bewaar")
        return self.pages.form(judged)

    def _further(self, judged: Judged, *, save: bool) -> Answered:
        """On to what will change, and from there to the disk."""
        sheet = judged.sheet
        if not sheet.new and judged.now.sha != sheet.sha:
            return self._met(judged)
        if judged.blocked:
            return self.pages.form(judged)
        if save and (sheet.sure or not judged.open):
            return self._save(judged)
        return self.pages.review(judged, unsure=save)

    def _preview(self, judged: Judged) -> Answered:
        """The page that would be; the form when it can not be made yet."""
        if judged.blocked:
            return self.pages.form(judged)
        page = self.judge.base.page(judged.file)
        if page is None:
            return self.pages.form(judged, Moment((UNSEEN,)))
        return preview.answer(page, judged.sheet.address)

    def _pressed(self, sheet: Sheet, button: str) -> Answered:
        sheet, focus = pressed(sheet, button, self.judge.kind)
        now = self.judge.opened(sheet.name)
        judged = self.judge.judge(sheet) if sheet.seen else self.judge.told(sheet, now, "", ())
        return self.pages.form(judged, Moment(focus=focus))

    def _save(self, judged: Judged) -> Answered:
        """Write the file, unless somebody else was first."""
        sheet, base = judged.sheet, self.judge.base
        old = base.content(sheet.path)
        try:
            if edit.sha_of(old) != sheet.sha:
                raise write.Meanwhile(sheet.path)
            base.save(Change(sheet.path, old, judged.file.content))
        except write.Meanwhile:
            again = self.judge.judge(sheet)
            return self.pages.form(again) if sheet.new else self._met(again)
        except OSError as error:
            return self.pages.form(judged, Moment((UNWRITTEN.format(write.refusal(error)),)))
        made = "nieuw" if sheet.new else "ja"
        return Answered(303, b"", headers={"Location": f"/bewerken/{sheet.address}?bewaard={made}"})

    def _met(self, judged: Judged) -> Answered:
        """Somebody else changed the file meanwhile: what both wrote, in one form."""
        sheet, now, kind = judged.sheet, judged.now, self.judge.kind
        if not now.sha:
            again = self.judge.judge(replace(sheet, sha="", base=""))
            return self.pages.form(again, Moment((GONE,)))
        before = edit.opened(sheet.path, sheet.base.encode("utf-8", "replace"), kind)
        other = tuple(desk.diff(before.text, now.text))
        if sheet.typed is not None or now.why or before.why:
            typed = sheet.typed
            if typed is None:
                typed = amend.text(sheet.draft, before.text, before.tree, kind)
            sheet, note = replace(sheet, typed=typed), OTHER_TEXT
        else:
            mine = draft.filled(sheet.draft)
            met = meet(before.draft, now.draft, mine, kind.form, kind.forms)
            sheet, note = replace(sheet, draft=met.draft, theirs=met.theirs), OTHER
        again = self.judge.judge(replace(sheet, sha=now.sha, base=now.text))
        return self.pages.form(again, Moment((note,), other))
