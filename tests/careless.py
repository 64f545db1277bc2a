"""Documents in a careless hand: any notation, any order, comments everywhere."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

Trail = tuple[str, ...]

line = st.text(st.sampled_from("ab1é #:-'\"|>[]{},&*!%@.~?`\\"), min_size=1, max_size=12).map(
    str.strip
)
one = line.filter(bool)
several = st.lists(st.sampled_from(["a.", "# b", "  c", "- d", "e: f", ""]), min_size=2).map(
    "\n".join
)
words = one | several.filter(lambda s: "\n" in s.strip("\n") and bool(s.strip())).map(
    lambda s: s.strip("\n")
)
KEYS = ["naam", "nota", "volgnummer", "beschrijving", "bron", "soort", "duiding", "ook-bekend-als"]
value = words | st.lists(words, min_size=1, max_size=4, unique=True)
part = st.dictionaries(st.sampled_from(["rol", "voor", "volgnummer", "bron"]), value, min_size=1)
parts = st.dictionaries(st.sampled_from(["a", "b-2", "b-10", "c"]), part, min_size=1)
document = st.dictionaries(st.sampled_from(KEYS), value, min_size=1).flatmap(
    lambda plain: st.just(plain) | parts.map(lambda p: plain | {"bijdragen": p})
)


@dataclass
class Hand:
    """Writes values down in a careless hand, and remembers what each comment is about."""

    draw: Any
    lines: list[str] = field(default_factory=list)
    above: dict[str, Trail] = field(default_factory=dict)
    closing: dict[str, Trail] = field(default_factory=dict)

    def chance(self, n: int = 4) -> bool:
        return bool(self.draw(st.integers(1, n)) == n)

    def comment(self, pad: str, about: dict[str, Trail], trail: Trail) -> None:
        if self.chance():
            self.lines.append("")
        while self.chance():
            said = f"# c{len(self.above) + len(self.closing)}."
            about[said] = trail
            self.lines.append(pad + said)

    def table(self, values: dict[str, Any], pad: str, trail: Trail) -> None:
        for key in self.draw(st.permutations(sorted(values))):
            self.comment(pad, self.above, (*trail, key))
            self.entry(
                f"{pad}{self.draw(st.sampled_from([key, repr(key), json.dumps(key)]))}:",
                values[key],
                pad,
                (*trail, key),
            )
        if pad:
            self.comment(pad, self.closing, trail)

    def entry(self, head: str, value: Any, pad: str, trail: Trail) -> None:
        if isinstance(value, str):
            self.text(head, value, pad)
        elif isinstance(value, dict):
            self.lines.append(head)
            self.table(value, pad + " " * self.draw(st.integers(1, 5)), trail)
        elif self.chance() and not any("\n" in item for item in value):
            self.lines.append(f"{head} [{', '.join(self.quoted(item) for item in value)}]")
        else:
            self.lines.append(head)
            step = pad + " " * self.draw(st.integers(0, 4))
            for item in value:
                about = trail if len(value) == 1 else (*trail, f"= {item}")
                self.comment(step, self.above, about)
                self.text(f"{step}-", item, step)

    def text(self, head: str, text: str, pad: str) -> None:
        if "\n" not in text and self.chance(2):
            self.lines.append(f"{head}  {self.quoted(text)}")
        elif "\n" not in text and text[0].isalnum() and not {":", "#"}.intersection(text):
            self.lines.append(f"{head} {text} ")
        else:
            step = self.draw(st.integers(1, 4))
            self.lines.append(f"{head} |{step}{self.draw(st.sampled_from(['', '-', '+']))}")
            self.lines += [f"{pad}{' ' * step}{part}" if part else "" for part in text.split("\n")]

    def quoted(self, text: str) -> str:
        single = "'" + text.replace("'", "''") + "'"
        return single if self.chance(2) else json.dumps(text, ensure_ascii=False)


@st.composite
def careless(draw: st.DrawFn) -> tuple[dict[str, Any], Hand]:
    values = draw(document)
    hand = Hand(draw)
    hand.table(values, "", ())
    return values, hand
