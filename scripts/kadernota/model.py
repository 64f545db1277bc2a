"""What passes between the stages: frozen values, nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from kadernota.triples import Pattern, Triples

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kadernota.reading.documents import Document
    from kadernota.reading.forge import Forge


class Severity(StrEnum):
    """How bad a problem is; only an error stops the build."""

    ERROR = "fout"
    WARNING = "waarschuwing"
    INFO = "advies"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A spot in a file that a person wrote; line and column count from 1."""

    file: str
    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to mend: where, which key, what to do, and the rule that says so."""

    place: Place
    key: str
    message: str
    rule: str
    severity: Severity = Severity.ERROR
    hint: str = ""  # what was probably meant
    suggestion: str = ""  # to write in the place of `excerpt.span`, if nothing else can be meant


@dataclass(frozen=True, slots=True)
class File:
    """A file as it was read: path relative to the knowledge base (or the engine), and its bytes."""

    path: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Settings:
    """What `kadernota.yaml` says: the one place where a municipality is named."""

    name: str
    code: str
    base: str
    memorandum: str
    site: str = ""  # where the site stands, when that is known


@dataclass(frozen=True, slots=True)
class Version:
    """The commit that is checked out, when it was made, and whether files differ from it."""

    commit: str
    time: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Sources:
    """Everything people wrote, read once; `root` is only for messages and writing."""

    root: Path
    settings: File
    data: tuple[File, ...]
    context: File
    ontology: tuple[File, ...]
    rules: tuple[File, ...]
    shapes: tuple[File, ...]
    queries: tuple[File, ...]
    site: tuple[File, ...]
    unreadable: tuple[Problem, ...] = ()
    editing: tuple[File, ...] = ()  # the templates, style and script of the form
    version: Version | None = None  # none outside git
    adopted: File | None = None  # the text itself, when KADERNOTA_BRON says where it is
    forge: File | None = None  # `beheer.yaml`, when people may propose changes on a forge
    cms: tuple[File, ...] = ()  # the CMS in which they do
    examples: tuple[File, ...] = ()  # the faults of the tests, and the smallest knowledge base
    redirects: File | None = None  # `omleidingen.yaml`, when a thing has had another address
    searchwords: File | None = None  # `zoekwoorden.yaml`, what people also call a thing


@dataclass(frozen=True, slots=True)
class Field:
    """One key of a form, as the property shapes of its class give it."""

    key: str
    path: str
    order: int
    name: str
    help: str
    required: bool
    single: bool
    kind: str  # text | literal | reference | choice | term | external | nested
    datatype: str
    value_class: str
    classes: tuple[str, ...] = ()  # of what it refers to; none: of any class
    pattern: str = ""
    least: str = ""
    above: str = ""
    message: str = ""  # what to do about a wrong value, about none, and about more than one
    missing: str = ""
    many: str = ""


@dataclass(frozen=True)
class Form:
    """What a file (or a nested thing) of one class may hold; the shape is the form."""

    cls: str
    folder: str
    label: str
    fields: tuple[Field, ...]

    @cached_property
    def _by_key(self) -> dict[str, Field]:
        return {field.key: field for field in self.fields}

    @cached_property
    def _by_path(self) -> dict[str, Field]:
        return {field.path: field for field in self.fields}

    def field(self, key: str) -> Field | None:
        return self._by_key.get(key)

    def by_path(self, path: str) -> Field | None:
        return self._by_path.get(path)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: a triple that follows (`head`) when all triples of `body` hold."""

    name: str
    title: str
    update: str
    head: Pattern
    body: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Places:
    """Where each statement was written: by subject, by key, by value; the most precise wins."""

    by_subject: Mapping[str, Place]
    by_key: Mapping[tuple[str, str], Place]
    by_value: Mapping[tuple[str, str, str], Place]

    def find(self, subject: str, path: str = "", value: str = "") -> Place | None:
        return (
            self.by_value.get((subject, path, value))
            or self.by_key.get((subject, path))
            or self.by_subject.get(subject)
        )


@dataclass(frozen=True)
class Loaded:
    """A knowledge base after reading and reasoning; without mistakes in form ready to be asked."""

    settings: Settings
    forms: Mapping[str, Form]
    keys: Mapping[str, str]
    asserted: Triples
    inferred: Triples
    ontology: Triples
    shapes: Triples
    rules: tuple[Rule, ...]
    places: Places
    files: int
    version: Version | None
    forge: Forge | None = None
    documents: tuple[Document, ...] = ()
    # With mistakes in form the graph has holes: of a stub only the address and class are known.
    mistakes: tuple[Problem, ...] = ()
    stubs: frozenset[str] = frozenset()
    redirects: Mapping[str, str] = field(default_factory=dict)  # new address by old address
    # By address: what people also say when they look for the thing, and nobody needs to read.
    searchwords: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def closed(self) -> Triples:
        """Everything that holds: asserted, derived, and what the ontology says."""
        return Triples.of((*self.asserted.items, *self.inferred.items, *self.ontology.items))


@dataclass(frozen=True, slots=True)
class Report:
    """What does not hold, how much there was to check, and per check how much of it holds."""

    problems: tuple[Problem, ...]
    counts: Mapping[str, int]
    claims: Mapping[str, tuple[int, int]]

    @property
    def waiting(self) -> int:  # rules that cannot be held against a graph with holes
        return self.counts.get("wachten", 0)

    @property
    def passed(self) -> bool:
        return not any(p.severity is Severity.ERROR for p in self.problems)
