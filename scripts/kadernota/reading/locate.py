"""Turtle text in, the place of each subject, predicate and object out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from kadernota.model import Place
from kadernota.names import TYPE

if TYPE_CHECKING:
    from collections.abc import Iterator

TOKEN = re.compile(
    r'(?P<comment>#[^\n]*)|(?P<string>"""(?:[^\\]|\\.)*?"""|\'\'\'(?:[^\\]|\\.)*?\'\'\''
    r'|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\')|(?P<iri><[^<>\s]*>)|(?P<type>\^\^)|(?P<tag>@[\w-]+)'
    r"|(?P<word>(?:\\.|[^\s\"'<;,.\[\](){}|#^\\]|\.(?=[^\s\"'<;,\[\](){}|#]))+)|(?P<mark>[;,.\[\](){}|])"
    r"|(?P<space>\s+)",
    re.DOTALL,
)
DIRECTIVES = {"prefix", "base", "version"}
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


@dataclass
class Spots:
    """Places by subject, by subject and predicate, and of the objects of those in their order."""

    subjects: dict[str, Place] = field(default_factory=dict)
    keys: dict[tuple[str, str], Place] = field(default_factory=dict)
    objects: dict[tuple[str, str], list[Place]] = field(default_factory=dict)
    nameless: list[Place] = field(default_factory=list)  # subjects without an address


class _Reader:
    """Walks the tokens of Turtle that a real parser has already found to be right."""

    def __init__(self, path: str, text: str, base: str) -> None:
        self.text, self.path, self.base = text, path, base
        self.prefixes: dict[str, str] = {}
        self.spots = Spots()
        self.subject = self.predicate = ""
        self.expect = "subject"
        self.depth = 0  # inside [ ], ( ) and {| |}

    def tokens(self) -> Iterator[tuple[str, str, Place]]:
        line, start = 1, 0
        for m in TOKEN.finditer(self.text):
            kind = m.lastgroup or ""
            if kind not in {"comment", "space"}:
                yield kind, m[0], Place(self.path, line, m.start() - start + 1)
            if newlines := m[0].count("\n"):
                line += newlines
                start = m.start() + m[0].rfind("\n") + 1

    def read(self) -> Spots:
        tokens = self.tokens()
        for kind, word, place in tokens:
            if self.expect == "subject" and word.lower().lstrip("@") in DIRECTIVES:
                self._directive(word.lower().lstrip("@"), tokens)
            elif kind == "type":
                next(tokens, None)  # the datatype belongs to the string before it
            elif kind == "mark":
                self._mark(word, place)
            elif kind in {"iri", "word", "string"}:
                self._term(word, place)
        return self.spots

    def _directive(self, word: str, tokens: Iterator[tuple[str, str, Place]]) -> None:
        name = next(tokens)[1].rstrip(":") if word != "base" else ""
        if word == "version":
            return
        iri = self._expand(next(tokens)[1])
        if word == "prefix":
            self.prefixes[name] = iri
        else:
            self.base = iri

    def _mark(self, word: str, place: Place) -> None:
        if word in "[({":
            if self.depth == 0:
                self._term(word, place)
            self.depth += 1
        elif word in "])}":
            self.depth -= 1
        elif self.depth == 0 and word in ";.":
            self.expect = "predicate" if word == ";" else "subject"

    def _term(self, word: str, place: Place) -> None:
        if self.depth:
            return
        if self.expect == "subject":
            self.subject = self._expand(word)
            self.spots.subjects.setdefault(self.subject, place)
            if word.startswith(("_:", "[", "(")):
                self.spots.nameless.append(place)
            self.expect = "predicate"
        elif self.expect == "predicate":
            self.predicate = TYPE if word == "a" else self._expand(word)
            self.spots.keys.setdefault((self.subject, self.predicate), place)
            self.expect = "object"
        else:
            self._object(place)

    def _object(self, place: Place) -> None:
        self.spots.objects.setdefault((self.subject, self.predicate), []).append(place)

    def _expand(self, word: str) -> str:
        if word.startswith("<"):
            iri = ESCAPE.sub(lambda m: chr(int(m[1] or m[2], 16)), word[1:-1])
            empty = "#" if iri.endswith("#") else ""  # urljoin drops an empty fragment
            return iri if SCHEME.match(iri) else urljoin(self.base, iri) + empty
        prefix, _, local = word.partition(":")
        return self.prefixes.get(prefix, prefix + ":") + re.sub(r"\\(.)", r"\1", local)


def spots(path: str, text: str, base: str) -> Spots:
    """Where each statement stands."""
    return _Reader(path, text, base).read()


class _Words(_Reader):
    """The same, and every address that stands anywhere, with the words for it."""

    def read_words(self) -> Iterator[tuple[str, str, Place]]:
        self.words: list[tuple[str, str, Place]] = []
        self.read()
        yield from self.words

    def _term(self, word: str, place: Place) -> None:
        if word[0] not in "\"'[({":
            self.words.append((self._expand(word), word, place))
        super()._term(word, place)


def words(path: str, text: str, base: str) -> Iterator[tuple[str, str, Place]]:
    """Each address in Turtle: the whole of it, how it was written, and where."""
    return _Words(path, text, base).read_words()
