"""What exists in, what can be chosen in a field out: closed lists, keys, and things."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kadernota.reading.canonical import natural

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kadernota.authoring.options import Option, Options
    from kadernota.model import Field, Form
    from kadernota.reading.form import Vocabulary

SHOWN = re.compile(r"(?s).* \(([a-z-]+/[a-z0-9#-]+)\)")  # how a thing is shown: name (address)


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that can be chosen, what people call it, and what it means."""

    value: str
    name: str
    note: str = ""

    @property
    def shown(self) -> str:
        """The name with the address, as the field shows it; `chosen` turns it back."""
        return f"{self.name} ({self.value})"


class Choices:
    """What one knowledge base has to choose from; holds no state but caches."""

    def __init__(self, options: Options, words: Vocabulary) -> None:
        self.options, self.words = options, words
        self._of: dict[tuple[str, ...], tuple[Choice, ...]] = {}

    def of(self, field: Field, owners: tuple[Form, ...]) -> tuple[Choice, ...]:
        """The values for this field; `owners` are the forms around it, the nearest last."""
        if field.kind == "term":
            found = {f.key: Choice(f.key, f.name, f.help) for form in owners for f in form.fields}
            return tuple(found.values())
        if field.kind not in {"choice", "reference"}:
            return ()
        if field.classes not in self._of:
            made = map(self._choice, self.options.of(field.classes))
            self._of[field.classes] = tuple(sorted(made, key=lambda c: natural(c.name)))
        return self._of[field.classes]

    def values(self, field: Field) -> set[str]:
        return {choice.value for choice in self.of(field, ())}

    @cached_property
    def _by_address(self) -> Mapping[str, Option]:
        return {o.value: o for o in self.options.things}

    @cached_property
    def things(self) -> Mapping[str, Choice]:
        """Everything that can be referred to, by address."""
        return {o.value: self._choice(o) for o in self.options.things}

    def _choice(self, option: Option) -> Choice:
        """With its name; of a part also that of its whole, because many wholes have such a part."""
        whole, sign, part = option.value.partition("#")
        name = option.label
        if form := self.words.forms.get(option.cls):
            tail = (part or whole.rpartition("/")[2]).replace("-", " ").capitalize()
            name = tail if name in {"", form.label} else name
        owner = self._by_address.get(whole)
        if sign and owner and owner.cls != option.cls:
            name = f"{owner.label}: {name}"
        return Choice(option.value, name, option.about)

    @cached_property
    def _named(self) -> Mapping[str, set[str]]:
        found: dict[str, set[str]] = {}
        for choice in self.things.values():
            found.setdefault(choice.name.casefold(), set()).add(choice.value)
        return found

    def shown(self, address: str) -> str:
        """What a field shows for this address."""
        return self.things[address].shown if address in self.things else address

    def chosen(self, typed: str, field: Field) -> str:
        """The address that was meant: typed itself, as shown, or by a name that only one has."""
        if typed in self.things:
            return typed
        if whole := SHOWN.fullmatch(typed):
            return whole[1]
        meant = self._named.get(typed.strip().casefold(), set()) & self.values(field)
        return meant.pop() if len(meant) == 1 else typed

    def find(self, words: str) -> list[Choice]:
        """The files of which the name or the address has all these words."""
        wanted = words.casefold().split()
        files = (choice for choice in self.things.values() if "#" not in choice.value)
        found = [c for c in files if all(word in c.shown.casefold() for word in wanted)]
        return sorted(found, key=lambda c: natural(c.name))
