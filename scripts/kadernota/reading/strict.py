"""Bytes of a YAML file in, a tree with places out: strict YAML, every scalar is text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

from kadernota import letters
from kadernota.letters import shown
from kadernota.model import File, Place, Problem
from kadernota.reading.mishap import Spot, mishap
from kadernota.reading.tree import Node, Scalar, Sequence, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

# libyaml builds the events; PyYAML without it would be ten times slower but read the same.
LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
DEEPEST = 12

COMMENT = (
    "Zet de waarde tussen dubbele aanhalingstekens als wat achter # staat erbij hoort;"
    " zet een opmerking op een eigen regel."
)
EMPTY = "Vul dit bestand, of verwijder het."
QUOTES = {'"': "enkele", "'": "dubbele"}  # each with those to put around it
QUOTED = "Zet {} aanhalingstekens om de hele waarde: ze gaat verder na een aanhalingsteken."
SEVERAL = "Zet deze waarde op één regel, of zet '|' achter de sleutel en de regels eronder."


class _Refused(Exception):  # noqa: N818 - never leaves this module
    def __init__(self, problem: Problem) -> None:
        self.problem = problem


def parse(file: File) -> tuple[Table | None, tuple[Problem, ...]]:
    """The tree of one file, or the first thing that keeps it from being strict YAML."""
    text, odd = letters.text(file)
    if odd:
        return None, (odd,)
    try:
        return _Builder(file.path, text).document(), ()
    except _Refused as refused:
        return None, (refused.problem,)


def _refuse(place: Place, rule: str, message: str, key: str = "") -> _Refused:
    return _Refused(Problem(place, key, message, rule))


class _Builder:
    """Turns libyaml's events into our tree and refuses what authors must not need."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self.lines = text.split("\n")

    def document(self) -> Table:
        if (tab := self.text.find("\t")) >= 0:
            message = "Vervang de tab door spaties; spring in met twee spaties."
            raise _refuse(letters.spot(self.path, self.text, tab), "invoer:tab", message)
        self.events = self._read()
        next(self.events)  # stream start
        if isinstance(next(self.events), yaml.StreamEndEvent):
            raise _refuse(Place(self.path), "invoer:leeg", EMPTY)
        root = self._node(next(self.events), 0)
        next(self.events)  # document end
        if isinstance(extra := next(self.events), yaml.DocumentStartEvent):
            message = "Zet elk ding in een eigen bestand; haal de regel '---' weg."
            raise _refuse(self._place(extra), "invoer:meer-documenten", message)
        if isinstance(root, Table):
            return root
        if isinstance(root, Scalar) and not root.text:
            raise _refuse(Place(self.path), "invoer:leeg", EMPTY)
        message = "Schrijf op elke regel een sleutel, een dubbele punt en een waarde."
        raise _refuse(root.place, "invoer:vorm", message)

    def _read(self) -> Iterator[yaml.Event]:
        """The events one by one: libyaml takes hours to read deep nests, we stop at DEEPEST."""
        try:
            yield from yaml.parse(self.text, Loader=LOADER)
        except yaml.YAMLError as error:
            raise self._syntax(error) from None

    def _place(self, event: yaml.Event) -> Place:
        mark = event.start_mark
        return Place(self.path, mark.line + 1, mark.column + 1) if mark else Place(self.path)

    def _syntax(self, error: yaml.YAMLError) -> _Refused:
        problem, context = (getattr(error, name, "") or "" for name in ("problem", "context"))
        spot = self._spot(getattr(error, "problem_mark", None))
        began = self._spot(getattr(error, "context_mark", None))
        rest = [self.lines[spot.line][spot.column :], *self.lines[spot.line + 1 :]]
        if not "".join(rest).strip():  # where it began says more than where the file ends
            spot = began
        found = mishap(f"{context} {problem}", spot, began, self.lines)
        place = Place(self.path, found.spot.line + 1, found.spot.column + 1)
        return _refuse(place, "invoer:yaml", found.remedy)

    def _spot(self, mark: yaml.Mark | None) -> Spot:
        """The place of a mark of libyaml, which may lie behind the end of the file."""
        line, column = (mark.line, mark.column) if mark else (0, 0)
        if line >= len(self.lines):
            line, column = len(self.lines) - 1, len(self.lines[-1])
        return Spot(line, min(column, len(self.lines[line].rstrip("\r"))))

    def _node(self, event: yaml.Event, depth: int, key: str = "") -> Node:
        place = self._place(event)
        if isinstance(event, yaml.AliasEvent):
            message = "Schrijf de waarde hier voluit; verwijzingen met * zijn niet toegestaan."
            raise _refuse(place, "invoer:alias", message, key)
        if anchor := getattr(event, "anchor", None):
            message = f"Haal '&{shown(anchor)}' weg; ankers zijn niet toegestaan."
            raise _refuse(place, "invoer:alias", message, key)
        if tag := getattr(event, "tag", None):
            written = tag.replace("tag:yaml.org,2002:", "!!")
            raise _refuse(
                place, "invoer:tag", f"Haal '{shown(written)}' weg; tags zijn niet toegestaan.", key
            )
        if depth > DEEPEST:
            raise _refuse(place, "invoer:diepte", "Maak dit bestand minder diep genest.", key)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, place, key)
        if isinstance(event, yaml.SequenceStartEvent):
            return Sequence(tuple(self._items(depth, key)), place)
        return Table(tuple(self._entries(depth)), place)

    def _scalar(self, event: yaml.ScalarEvent, place: Place, key: str) -> Scalar:
        text, end = event.value, event.end_mark
        if not text.strip() or end is None:
            return Scalar("", place)
        if event.style == "|":
            return Scalar(text.strip("\n"), place, self._block(text, place))
        rest = self.lines[end.line][end.column :]
        if re.match(r"#" if event.style else r"\s+#", rest):
            sign = Place(self.path, end.line + 1, end.column + rest.index("#") + 1)
            raise _refuse(sign, "invoer:opmerking", COMMENT, key)
        if event.style in QUOTES and (after := rest.strip()) and after[0] not in ":,]}":
            remedy = QUOTED.format(QUOTES[event.style])
            raise _refuse(place, "invoer:yaml", remedy, key)
        several = end.line >= place.line or event.style == ">" or "\n" in text
        if rest.startswith(":"):  # a key under a value, indented too far: libyaml's next error
            several = False
        if wrong := SEVERAL if several else letters.remedy(text):
            raise _refuse(place, "invoer:tekst", wrong, key)
        return Scalar(text, place)

    def _block(self, text: str, place: Place) -> Place:
        """Where the text of a block begins."""
        line = place.line + len(text) - len(text.lstrip("\n"))
        written = self.lines[min(line, len(self.lines) - 1)]
        return Place(self.path, line + 1, len(written) - len(written.lstrip(" ")) + 1)

    def _items(self, depth: int, key: str) -> list[Node]:
        items = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self._filled(self._node(event, depth + 1, key), key))
        return items

    def _entries(self, depth: int) -> list[tuple[Scalar, Node]]:
        entries: list[tuple[Scalar, Node]] = []
        seen: dict[str, Place] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self._node(event, depth + 1)
            before = self.lines[key.place.line - 1][: key.place.column - 1]
            if not isinstance(key, Scalar) or not key.text or before.rstrip().endswith("?"):
                message = "Gebruik als sleutel één woord, met een dubbele punt erachter."
                raise _refuse(key.place, "invoer:sleutel", message)
            if key.text in seen:
                first = seen[key.text].line
                message = (
                    f"Verwijder één van beide: '{shown(key.text)}:' staat ook op regel {first}."
                )
                raise _refuse(key.place, "invoer:dubbele-sleutel", message, key.text)
            seen[key.text] = key.place
            value = self._node(next(self.events), depth + 1, key.text)
            if isinstance(value, Scalar) and not value.text:
                value = Scalar("", key.place)
            entries.append((key, self._filled(value, key.text)))
        return entries

    def _filled(self, node: Node, key: str) -> Node:
        empty = {Scalar: "text", Sequence: "items", Table: "entries"}[type(node)]
        if not getattr(node, empty):
            message = f"Vul '{shown(key)}:' in, of haal de sleutel weg als de waarde onbekend is."
            raise _refuse(node.place, "invoer:lege-waarde", message, key)
        return node
