"""A document in, the one text that says what it says out; each comment stays with what it is about.

- Keys stand in the order of the form; parts by their number (`volgnummer`), then by name.
- A list is a set: its values stand in the order of `natural`. One value is no list.
- A text of several lines is a `|` block; else a value is plain, or in double quotes if it must be.
- Two spaces per level, one newline at the end, no empty lines but the one under a heading.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from kadernota.model import Place
from kadernota.names import KN
from kadernota.reading import comments
from kadernota.reading.tree import Node, Scalar, Sequence, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from kadernota.model import Field, Form
    from kadernota.reading.comments import Comments
    from kadernota.reading.documents import Document

# What YAML would not read as this text, or not as a value.
SPECIAL = re.compile(r"[,\[\]{}#&*!|>'\"%@`\s]|[-?:](?: |$)|---|\.\.\.|.*(?:: | #|[:\s]$)")
DIGITS = re.compile(r"([0-9]+)")
NUMBER = KN + "volgnummer"
UNNUMBERED = "9" * 16  # longer than a number can be
NOWHERE = Place("")


def text(document: Document, forms: Mapping[str, Form], base: str) -> str:
    """The canonical text of a document, with the comments of the file that it was read from."""
    said = comments.comments(document.content.decode(), document.tree)
    return written(document.tree, forms[document.cls], forms, base, said)


def of_values(values: Mapping[str, Any], form: Form, forms: Mapping[str, Form], base: str) -> str:
    """The canonical text of plain values: texts, lists of texts, and parts by name.

    What is empty is left out: an unknown value is no value.
    """
    return written(planted(values), form, forms, base)


def written(
    tree: Table,
    form: Form,
    forms: Mapping[str, Form],
    base: str,
    said: Comments = comments.NONE,
) -> str:
    """The canonical text of a tree with these comments; keys outside the form come last."""
    writer = Writer(forms, base, said)
    writer.table(tree, form, "")
    heading = [*said.heading, ""] if said.heading else []
    return "\n".join((*heading, *writer.lines, ""))


def natural(words: str) -> tuple[Any, ...]:
    """What a list is sorted by: as people count, 2 before 10, and capitals do not matter."""
    parts: list[Any] = DIGITS.split(words.casefold())
    parts[1::2] = [(len(n), n) for n in (digits.lstrip("0") for digits in parts[1::2])]
    return *parts, (), words  # () ends the parts before the words: what is shorter comes first


def scalar(words: str) -> str:
    """One line of text as a value in YAML."""
    return json.dumps(words, ensure_ascii=False) if SPECIAL.match(words) else words


def address(words: str, base: str) -> str:
    """A reference as it must be written, also when it was given as a file or as a web address."""
    if ".yaml" not in words and not words.startswith(("data/", base)):
        return words
    whole, sign, part = words.removeprefix(base).partition("#")
    return whole.removeprefix("data/").removesuffix(".yaml") + sign + part


def planted(values: Mapping[str, Any]) -> Table:
    """Plain values as a tree without places, as `strict` reads them from a file."""
    nodes = ((Scalar(key, NOWHERE), _node(value)) for key, value in values.items())
    return Table(tuple((key, node) for key, node in nodes if node), NOWHERE)


def _node(value: Any) -> Node | None:
    if isinstance(value, str):
        lines = "\n".join(line.rstrip() for line in value.splitlines()).strip("\n")
        return Scalar(lines if "\n" in lines else lines.strip(), NOWHERE) if lines else None
    if isinstance(value, list | tuple):
        items = tuple(node for item in value if (node := _node(item)))
        return Sequence(items, NOWHERE) if items else None
    table = planted(value)
    return table if table.entries else None


class Writer:
    """Holds the lines that are written so far."""

    def __init__(self, forms: Mapping[str, Form], base: str, said: Comments) -> None:
        self.forms, self.base, self.said = forms, base, said
        self.lines: list[str] = []

    def table(self, table: Table, form: Form | None, pad: str) -> None:
        for key, value, field in _by_form(table, form):
            self._say(self.said.above, key.place, pad)
            self.entry(f"{pad}{key.text if field else scalar(key.text)}:", value, field, pad)
        self._say(self.said.closing, table.place, pad)

    def entry(self, head: str, value: Node, field: Field | None, pad: str) -> None:
        items = value.items if isinstance(value, Sequence) else ()
        if len(items) == 1 and isinstance(only := items[0], Scalar):
            self._say(self.said.above, only.place, pad)
            self._say(self.said.closing, value.place, pad)
            value = only
        if isinstance(value, Scalar):
            self._value(head, value, field, pad)
            return
        self.lines.append(head)
        if isinstance(value, Sequence):
            self._items(value, field, pad + "  ")
        elif field and field.kind == "nested":
            self._parts(value, self.forms[field.value_class], pad + "  ")
        else:
            self.table(value, None, pad + "  ")

    def _parts(self, parts: Table, form: Form, pad: str) -> None:
        number = form.by_path(NUMBER)
        numbered = number.key if number else ""
        for name, part in sorted(parts.entries, key=lambda e: _turn(e[0], e[1], numbered)):
            self._say(self.said.above, name.place, pad)
            if isinstance(part, Table):
                self.lines.append(f"{pad}{scalar(name.text)}:")
                self.table(part, form, pad + "  ")
            else:
                self.entry(f"{pad}{scalar(name.text)}:", part, None, pad)
        self._say(self.said.closing, parts.place, pad)

    def _items(self, value: Sequence, field: Field | None, pad: str) -> None:
        for item in sorted(value.items, key=lambda i: self._rank(i, field)):
            if isinstance(item, Scalar):
                self._say(self.said.above, item.place, pad)
                self._value(f"{pad}-", item, field, pad)
                continue
            self.lines.append(f"{pad}-")
            if isinstance(item, Table):
                self.table(item, None, pad + "  ")
            else:
                self._items(item, None, pad + "  ")
        self._say(self.said.closing, value.place, pad)

    def _rank(self, item: Node, field: Field | None) -> tuple[Any, ...]:
        return natural(self._words(item, field)) if isinstance(item, Scalar) else natural("")

    def _words(self, value: Scalar, field: Field | None) -> str:
        reference = field and field.kind == "reference"
        return address(value.text, self.base) if reference else value.text

    def _value(self, head: str, value: Scalar, field: Field | None, pad: str) -> None:
        words = self._words(value, field)
        if "\n" not in words:
            self.lines.append(f"{head} {scalar(words)}")
            return
        self.lines.append(f"{head} |2" if words[0] == " " else f"{head} |")
        self.lines += (f"{pad}  {line}" if line else "" for line in words.split("\n"))

    def _say(self, said: Mapping[Place, list[str]], place: Place, pad: str) -> None:
        if said and place in said:
            self.lines += (pad + comment for comment in said[place])


def _by_form(table: Table, form: Form | None) -> Iterable[tuple[Scalar, Node, Field | None]]:
    """The entries in the order of the form, and then what the form does not know."""
    if form is None:
        return [(key, value, None) for key, value in table.entries]
    given = {key.text: (key, value) for key, value in table.entries}
    known = [(*given.pop(f.key), f) for f in form.fields if f.key in given]
    return [*known, *((key, value, None) for key, value in given.values())]


def _turn(name: Scalar, part: Node, numbered: str) -> tuple[Any, ...]:
    """What parts are sorted by: their number, and without a number after the others; their name."""
    entries = part.entries if isinstance(part, Table) else ()
    given = next((value for key, value in entries if key.text == numbered), None)
    numbers = given.items if isinstance(given, Sequence) else (given,)
    turns = [natural(number.text) for number in numbers if isinstance(number, Scalar)]
    return min(turns, default=natural(UNNUMBERED)), natural(name.text)
