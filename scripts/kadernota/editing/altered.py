"""Two drafts of one thing in, what changed between them in words out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kadernota.editing.draft import Part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kadernota.editing.draft import Forms, Row
    from kadernota.editing.picking import Choices
    from kadernota.model import Field, Form


@dataclass(frozen=True, slots=True)
class Altered:
    """One field that changed: where it is, what goes, and what comes."""

    where: tuple[str, ...]
    gone: tuple[str, ...]
    come: tuple[str, ...]


class Alterations:
    """Says what changed, with things and list values by their names."""

    def __init__(self, forms: Forms, choices: Choices) -> None:
        self.forms, self.choices = forms, choices

    def between(
        self, old: Part, new: Part, form: Form, where: tuple[str, ...] = ()
    ) -> Iterator[Altered]:
        """The fields that changed, in the order of the form."""
        for field in form.fields:
            was, now = old.of(field.key), new.of(field.key)
            if was == now:
                continue
            if field.kind == "nested":
                yield from self._parts(was, now, field, (*where, field.name))
            else:
                yield self._values(was, now, field, form, (*where, field.name))

    def _values(
        self,
        was: tuple[Row, ...],
        now: tuple[Row, ...],
        field: Field,
        form: Form,
        where: tuple[str, ...],
    ) -> Altered:
        names = {c.value: c.name for c in self.choices.of(field, (form,))}
        gone, come = (
            tuple(names.get(row, row) for row in these if isinstance(row, str) and row not in those)
            for these, those in ((was, now), (now, was))
        )
        return Altered(where, gone, come)

    def _parts(
        self, was: tuple[Row, ...], now: tuple[Row, ...], field: Field, where: tuple[str, ...]
    ) -> Iterator[Altered]:
        form = self.forms[field.value_class]
        old, new = ({p.name: p for p in rows if isinstance(p, Part)} for rows in (was, now))
        for name in (*old, *(name for name in new if name not in old)):
            before, after = old.get(name), new.get(name)
            if before and after:
                yield from self.between(before, after, form, (*where, title(after, form)))
            elif before:
                yield Altered(where, (title(before, form),), ())
            elif after:
                yield Altered(where, (), (title(after, form),))
                inside = (*where, title(after, form))
                yield from self.between(Part(name, {}), after, form, inside)


def title(part: Part, form: Form) -> str:
    """What people call this part: the first text in it, else its name in the file."""
    texts = (f.key for f in form.fields if f.kind == "text")
    found = next((row for key in texts for row in part.of(key) if isinstance(row, str)), "")
    return found if found and len(found) < 90 and "\n" not in found else part.name
