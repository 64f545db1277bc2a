"""A judged form in, its pages out: the form, what it will change, and the messages alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kadernota.editing import amend, desk
from kadernota.editing.altered import Alterations, title
from kadernota.editing.draft import EMPTY, filled
from kadernota.editing.fields import Fields

if TYPE_CHECKING:
    from kadernota.editing.altered import Altered
    from kadernota.editing.desk import Desk
    from kadernota.editing.edit import Opened
    from kadernota.editing.exchange import Answered
    from kadernota.editing.fields import Block
    from kadernota.editing.judged import Judge, Judged
    from kadernota.editing.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Moment:
    """Why the form is shown now, and what to say about that."""

    notes: tuple[str, ...] = ()
    other: tuple[str, ...] = ()  # what somebody else changed in the file, line by line
    focus: str = ""  # the control to go on with
    saved: str = ""  # just saved: "ja", or "nieuw" when the file is new
    sent: bool = True  # whether this answers a form that was sent


ANSWER = Moment()


class Showing:
    """The pages of one kind of thing."""

    def __init__(self, show: Desk, judge: Judge) -> None:
        self.show, self.choices, self.kind = show, judge.choices, judge.kind
        self.follows = judge.base.follows

    def form(self, judged: Judged, moment: Moment = ANSWER) -> Answered:
        """The form, with what is wrong beside the fields when that was asked for."""
        sheet, block = judged.sheet, self._block(judged)
        return self.show.page(
            "formulier",
            blad=sheet,
            blok=block,
            form=self.kind.form,
            titel=self.title(judged.sheet),
            fouten=self._mistakes(judged, block),
            adresfouten=judged.misnamed if sheet.seen else (),
            redenen=judged.now.why,
            noten=moment.notes,
            botsingen=desk.disputed(block),
            ander=moment.other,
            lijsten=desk.lists(block) if sheet.typed is None else {},
            focus=moment.focus,
            bewaard=moment.saved,
            verstuurd=moment.sent,
            adres=self.address(judged.sheet),
        )

    def messages(self, judged: Judged) -> Answered:
        """Only what is wrong, for who is still typing."""
        block = self._block(judged)
        return self.show.page(
            "deel",
            blad=judged.sheet,
            fouten=self._mistakes(judged, block),
            kort=desk.short(block),
            adres=self.address(judged.sheet),
            adresfouten=judged.misnamed,
            gezegd=judged.said,
            aantal=judged.count,
            wijzigingen=len(self._changes(judged)),
        )

    def review(self, judged: Judged, *, unsure: bool) -> Answered:
        """What will change, before it does."""
        old, new = judged.now.text, judged.text
        return self.show.page(
            "nakijken",
            blad=judged.sheet,
            form=self.kind.form,
            titel=self.title(judged.sheet),
            gezegd=judged.problems,
            open=judged.open,
            niet_zeker=unsure,
            lijst=self._changes(judged),
            diff=desk.diff(old, new),
            weg=amend.lost(old, new),
            gevolgen=self.follows(judged.file) if old != new else (),
            adres=self.address(judged.sheet),
        )

    def read_only(self, now: Opened) -> Answered:
        """A file that only a text editor can change."""
        return self.show.page(
            "alleen-lezen",
            form=self.kind.form,
            titel=now.path,
            tekst=now.text,
            redenen=now.why,
        )

    def _changes(self, judged: Judged) -> list[Altered]:
        if judged.sheet.typed is not None:
            return []
        says = Alterations(self.kind.forms, self.choices)
        new = filled(judged.sheet.draft)
        return list(says.between(judged.now.draft, new, self.kind.form))

    def _block(self, judged: Judged) -> Block:
        sheet = judged.sheet
        said = judged.said if sheet.seen else {}
        fields = Fields(self.kind.forms, self.choices, said, sheet)
        return fields.block(sheet.draft if sheet.typed is None else EMPTY, (self.kind.form,))

    def _mistakes(self, judged: Judged, block: Block) -> list[desk.Mistake]:
        found = [desk.Mistake(p, "v.adres", "adres", "") for p in judged.misnamed]
        return found + desk.mistakes(judged.said, block if judged.sheet.typed is None else None)

    def title(self, sheet: Sheet) -> str:
        """What people call this thing."""
        name = title(sheet.draft, self.kind.form) or sheet.name
        return name or f"Nieuw: {self.kind.form.label}"

    def address(self, sheet: Sheet) -> str:
        """Where its form is."""
        return f"/bewerken/{sheet.folder}/{'_nieuw' if sheet.new else sheet.name}"
