"""Bytes of a YAML file in, a tree with places out: strict YAML, every scalar is text."""

from __future__ import annotations

import re

import yaml

from kadernota.model import File, Place, Problem
from kadernota.tree import Node, Scalar, Sequence, Table

# libyaml builds the events; PyYAML without it would be ten times slower but read the same.
LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
DEEPEST = 12
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")

# What libyaml says, and what an author can do about it; the first that matches is shown.
REMEDIES = (
    ("mapping values are not allowed", "Zet de waarde tussen dubbele aanhalingstekens: er staat een"
     " dubbele punt met een spatie in, of de regel springt verkeerd in."),
    ("could not find expected ':'", "Zet achter de sleutel een dubbele punt en een spatie."),
    ("did not find expected key", "Laat de regel even ver inspringen als de andere sleutels; zet"
     " een waarde met een bijzonder teken vooraan tussen dubbele aanhalingstekens."),
    ("did not find expected '-' indicator", "Laat elk streepje van de lijst even ver inspringen."),
    ("block sequence entries are not allowed", "Zet de lijst op een nieuwe regel onder de sleutel,"
     " twee spaties ingesprongen."),
    ("unexpected end of stream", "Sluit de tekst af: er ontbreekt een aanhalingsteken of haakje."),
    ("did not find expected ',' or", "Sluit de lijst of de accolades af, of schrijf de lijst met"
     " streepjes onder elkaar."),
    ("cannot start any token", "Zet de waarde tussen dubbele aanhalingstekens: ze begint met een"
     " teken dat in YAML iets anders betekent."),
    ("unknown escape character", "Gebruik enkele aanhalingstekens, of haal de schuine streep weg."),
)  # fmt: skip
REMEDY = "Herstel de vorm van deze regel; kijk naar inspringing, dubbele punt en aanhalingstekens."


class _Refused(Exception):  # noqa: N818 - never leaves this module
    def __init__(self, problem: Problem) -> None:
        self.problem = problem


def parse(file: File) -> tuple[Table | None, tuple[Problem, ...]]:
    """The tree of one file, or the first thing that keeps it from being strict YAML."""
    try:
        return _Builder(file.path, _decode(file)).document(), ()
    except _Refused as refused:
        return None, (refused.problem,)


def _refuse(place: Place, rule: str, message: str, key: str = "") -> _Refused:
    return _Refused(Problem(place, key, message, f"invoer:{rule}"))


def _decode(file: File) -> str:
    try:
        text = file.content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = file.content[: error.start]
        line = before.count(b"\n") + 1
        start = before.rfind(b"\n") + 1
        column = len(before[start:].decode("utf-8", "replace")) + 1
        message = "Bewaar dit bestand als UTF-8: hier staat een teken in een andere codering."
        raise _refuse(Place(file.path, line, column), "codering", message) from None
    if text.startswith("\ufeff"):
        message = "Bewaar dit bestand als UTF-8 zonder BOM (het onzichtbare teken aan het begin)."
        raise _refuse(Place(file.path), "codering", message)
    for pattern, rule, message in (
        (r"\t", "tab", "Vervang de tab door spaties; spring in met twee spaties."),
        (UNPRINTABLE, "codering", "Haal dit onzichtbare teken weg."),
    ):
        if found := re.search(pattern, text):
            raise _refuse(_spot(file.path, text, found.start()), rule, message)
    return text


def _spot(path: str, text: str, offset: int) -> Place:
    start = text.rfind("\n", 0, offset) + 1
    return Place(path, text.count("\n", 0, offset) + 1, offset - start + 1)


class _Builder:
    """Turns libyaml's events into our tree and refuses what authors must not need."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text

    def document(self) -> Table:
        try:
            self.events = iter(list(yaml.parse(self.text, Loader=LOADER)))
        except yaml.MarkedYAMLError as error:
            raise self._syntax(error) from None
        next(self.events)  # stream start
        if isinstance(next(self.events), yaml.StreamEndEvent):
            raise _refuse(Place(self.path), "leeg", "Vul dit bestand, of verwijder het.")
        root = self._node(next(self.events), 0)
        next(self.events)  # document end
        if isinstance(extra := next(self.events), yaml.DocumentStartEvent):
            message = "Zet elk ding in een eigen bestand; haal de regel '---' weg."
            raise _refuse(self._place(extra), "meer-documenten", message)
        if isinstance(root, Table):
            return root
        if isinstance(root, Scalar) and not root.text:
            raise _refuse(Place(self.path), "leeg", "Vul dit bestand, of verwijder het.")
        message = "Schrijf op elke regel een sleutel, een dubbele punt en een waarde."
        raise _refuse(root.place, "vorm", message)

    def _place(self, event: yaml.Event) -> Place:
        mark = event.start_mark
        return Place(self.path, mark.line + 1, mark.column + 1) if mark else Place(self.path)

    def _syntax(self, error: yaml.MarkedYAMLError) -> _Refused:
        mark = error.problem_mark or error.context_mark
        if "unexpected end of stream" in (error.problem or ""):
            mark = error.context_mark or mark  # where it began says more than where the file ends
        lines = self.text.splitlines() or [""]
        line = min(mark.line + 1, len(lines)) if mark else 1
        column = mark.column + 1 if mark and mark.line < len(lines) else len(lines[-1]) + 1
        said = f"{error.context or ''} {error.problem or ''}"
        remedy = next((r for part, r in REMEDIES if part in said), REMEDY)
        return _refuse(Place(self.path, line, column), "yaml", remedy)

    def _node(self, event: yaml.Event, depth: int, key: str = "") -> Node:
        place = self._place(event)
        if isinstance(event, yaml.AliasEvent):
            message = "Schrijf de waarde hier voluit; verwijzingen met * zijn niet toegestaan."
            raise _refuse(place, "alias", message, key)
        if anchor := getattr(event, "anchor", None):
            message = f"Haal '&{anchor}' weg; ankers zijn niet toegestaan."
            raise _refuse(place, "alias", message, key)
        if tag := getattr(event, "tag", None):
            written = tag.replace("tag:yaml.org,2002:", "!!")
            raise _refuse(place, "tag", f"Haal '{written}' weg; tags zijn niet toegestaan.", key)
        if depth > DEEPEST:
            raise _refuse(place, "diepte", "Maak dit bestand minder diep genest.", key)
        if isinstance(event, yaml.ScalarEvent):
            return Scalar(event.value.rstrip("\n") if event.style else event.value, place)
        if isinstance(event, yaml.SequenceStartEvent):
            return Sequence(tuple(self._items(depth, key)), place)
        return Table(tuple(self._entries(depth)), place)

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
            if not isinstance(key, Scalar) or not key.text:
                message = "Gebruik als sleutel één woord, met een dubbele punt erachter."
                raise _refuse(key.place, "sleutel", message)
            if key.text in seen:
                first = seen[key.text].line
                message = f"Verwijder één van beide: '{key.text}:' staat ook op regel {first}."
                raise _refuse(key.place, "dubbele-sleutel", message, key.text)
            seen[key.text] = key.place
            value = self._node(next(self.events), depth + 1, key.text)
            if isinstance(value, Scalar) and not value.text.strip():
                value = Scalar("", key.place)
            entries.append((key, self._filled(value, key.text)))
        return entries

    def _filled(self, node: Node, key: str) -> Node:
        empty = {Scalar: "text", Sequence: "items", Table: "entries"}[type(node)]
        if not getattr(node, empty):
            message = f"Vul '{key}:' in, of haal de sleutel weg als de waarde onbekend is."
            raise _refuse(node.place, "lege-waarde", message, key)
        return node
