"""The ontology and the files in, what an author can choose from out: each value with its name."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kadernota.names import DCT, KN, LISTS, MAP, NAME, RDFS, SKOS, TYPE
from kadernota.reading.documents import documents, unread
from kadernota.reading.tree import Scalar, Table
from kadernota.reading.turtle import parse
from kadernota.triples import Triples

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kadernota.model import File, Form
    from kadernota.reading.documents import Document
    from kadernota.reading.form import Vocabulary
    from kadernota.reading.turtle import TurtleFile

# What says most about a thing after its name: the first of these that it has.
ABOUT = (DCT + "description", SKOS + "definition", KN + "eersteWoorden")


@dataclass(frozen=True, slots=True)
class Option:
    """A value that can be chosen: how it is written, its class, its name, and what it is."""

    value: str
    cls: str
    label: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Options:
    """Everything that can be chosen, and which classes fall under which."""

    keys: tuple[Option, ...]
    lists: tuple[Option, ...]
    things: tuple[Option, ...]
    under: Mapping[str, frozenset[str]]
    unread: str = ""  # a pattern of addresses that files may hold which cannot be read

    def of(self, classes: Iterable[str]) -> tuple[Option, ...]:
        """The values of these classes; without classes all things that exist."""
        if wanted := self.within(classes):
            return tuple(o for o in (*self.lists, *self.things) if o.cls in wanted)
        return self.things

    def within(self, classes: Iterable[str]) -> set[str]:
        """These classes and all below them."""
        return {c for cls in classes for c in (cls, *self.under.get(cls, ()))}


def options(
    data: Iterable[File], words: Vocabulary, base: str, parsed: Iterable[Document] = ()
) -> Options:
    """What can be chosen now: the values of the closed lists, the things, and their parts.

    Files with mistakes count as well: an author is still at work on those. What has been parsed
    already is not parsed again.
    """
    found: dict[str, Option] = {}
    known = {doc.path: doc for doc in parsed}
    docs, wrong = documents((f for f in data if f.path not in known), words.forms)
    misnamed = {p.place.file for p in wrong}
    lost = list(wrong)
    for file in data:
        if file.path.endswith(".ttl") and file.path not in misnamed:
            turtle, problems = parse(file, base)
            lost += problems
            found |= {o.value: o for o in _stated(turtle, base)}
    for doc in (*known.values(), *docs):
        found |= {o.value: o for o in _written(doc.tree, doc.address, doc.cls, words.forms)}
    keys = [Option(key, "", *_words(words.ontology, term.path)) for key, term in words.keys.items()]
    return Options(
        keys=_sorted(keys),
        lists=_sorted(_concepts(words.ontology)),
        things=_sorted(found.values()),
        under=_under(words.ontology),
        unread=_pattern(address for p in lost for address in unread(p)),
    )


def _sorted(found: Iterable[Option]) -> tuple[Option, ...]:
    return tuple(sorted(found, key=lambda o: o.value))


def _pattern(lost: Iterable[str]) -> str:
    """What a file that cannot be read may hold: its thing with its parts, or all of a folder."""
    found = []
    for address in sorted(set(lost)):
        folder, slash, name = address.partition("/")
        whole = f"{folder or '[a-z-]+'}/{name}" if slash else f"{folder}/[a-z0-9-]+"
        found.append(f"{whole}(?:#[a-z0-9-]+)?")
    return f"^(?:{'|'.join(found)})$" if found else ""


def _words(triples: Triples, subject: str) -> tuple[str, str]:
    label = triples.one(subject, NAME) or triples.one(subject, RDFS + "label")
    return label, next((_first(t) for a in ABOUT if (t := triples.one(subject, a))), "")


def _first(text: str) -> str:
    return text.partition("\n")[0]


def _concepts(ontology: Triples) -> Iterator[Option]:
    for subject, about in ontology.index.items():
        value = subject.removeprefix(LISTS)
        if value != subject and "/" in value and TYPE in about:
            cls = next((c for c in ontology.values(subject, TYPE) if ontology.one(c, MAP)), "")
            yield Option(value, cls, *_words(ontology, subject))


def _stated(parsed: TurtleFile, base: str) -> Iterator[Option]:
    triples = Triples.of(parsed.triples)
    for subject in parsed.subjects:
        cls = next(iter(parsed.types.get(subject, ())), "")
        yield Option(subject.removeprefix(base), cls, *_words(triples, subject))


def _written(table: Table, address: str, cls: str, forms: Mapping[str, Form]) -> Iterator[Option]:
    form, said = forms[cls], dict[str, str]()
    for key, value in table.entries:
        field = form.field(key.text)
        if field and isinstance(value, Scalar):
            said.setdefault(field.path, _first(value.text))
        elif field and field.kind == "nested" and isinstance(value, Table):
            for name, part in value.entries:
                if isinstance(part, Table):
                    whole = address.partition("#")[0]
                    yield from _written(part, f"{whole}#{name.text}", field.value_class, forms)
    about = next((said[path] for path in ABOUT if path in said), "")
    yield Option(address, cls, said.get(NAME, form.label), about)


def _under(ontology: Triples) -> dict[str, frozenset[str]]:
    """Per class those below it, at any depth."""
    above: dict[str, set[str]] = defaultdict(set)
    for cls in ontology.subjects_of(RDFS + "subClassOf"):
        todo = [cls]
        while todo:
            for parent in ontology.values(todo.pop(), RDFS + "subClassOf"):
                if cls not in above[parent]:
                    above[parent].add(cls)
                    todo.append(parent)
    return {cls: frozenset(below) for cls, below in above.items()}
