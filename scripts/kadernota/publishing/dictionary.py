"""Ontology and forms in, every word of the model with all that is said of it out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kadernota.names import DCT, KN, KNSH, LISTS, MAP, OWL, RDF, RDFS, SKOS, TYPE, XSD
from kadernota.publishing.things import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kadernota.model import Field, Loaded

Said = tuple[str, tuple[Value, ...]]


@dataclass(frozen=True, slots=True)
class Word:
    """A class or property: its name and meaning in both languages, and what else holds for it."""

    key: str
    name: str
    english: str
    text: str
    meaning: str  # in English
    folder: str
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Dictionary:
    """What a page can ask of the model."""

    loaded: Loaded

    def words(self, kind: str) -> list[Word]:
        """The classes (`Class`) or the properties (`ObjectProperty`, ...), by their local name."""
        found = self.loaded.ontology.subjects(TYPE, OWL + kind)
        words = [_word(iri, self.loaded) for iri in found if _ours(iri)]
        return sorted(words, key=lambda w: (w.key.casefold(), w.key))

    @property
    def header(self) -> list[Said]:
        """What the ontology says of itself."""
        onto = self.loaded.ontology
        said = [
            ("Waarover", (Value(onto.one(KN, DCT + "description")),)),
            ("Versie", tuple(map(Value, onto.values(KN, OWL + "versionInfo")))),
            ("Licentie", _shown(onto.values(KN, DCT + "license"), self.loaded)),
        ]
        return [(label, values) for label, values in said if values]

    @property
    def shapes(self) -> list[str]:
        """The names of all shapes, of those too that only serve another."""
        return sorted(s.removeprefix(KNSH) for s in self.loaded.shapes.index if s.startswith(KNSH))


def _ours(iri: str) -> bool:
    return iri.startswith(KN) and iri != KN


def _word(iri: str, loaded: Loaded) -> Word:
    onto = loaded.ontology
    is_class = OWL + "Class" in onto.values(iri, TYPE)
    said = _of_class(iri, loaded) if is_class else _of_property(iri, loaded)
    return Word(
        key=iri.removeprefix(KN),
        name=onto.one(iri, RDFS + "label"),
        english=onto.one(iri, RDFS + "label", "en"),
        text=onto.one(iri, SKOS + "definition"),
        meaning=onto.one(iri, SKOS + "definition", "en"),
        folder=onto.one(iri, MAP),
        said=tuple((label, values) for label, values in (*said, *_both(iri, loaded)) if values),
    )


def _of_class(iri: str, loaded: Loaded) -> Iterator[Said]:
    onto = loaded.ontology
    above = onto.values(iri, RDFS + "subClassOf")
    yield "Is een soort", _shown(filter(_ours, above), loaded)
    yield "Soorten hiervan", _shown(onto.subjects(RDFS + "subClassOf", iri), loaded)
    form = loaded.forms.get(iri)
    yield "Velden", _shown([f.path for f in form.fields] if form else (), loaded)


def _of_property(iri: str, loaded: Loaded) -> Iterator[Said]:
    onto = loaded.ontology
    used = [(cls, f) for cls, form in loaded.forms.items() for f in form.fields if f.path == iri]
    yield "Hoort bij", _shown(sorted({cls for cls, _ in used}), loaded)
    yield "Waarde", _shown(sorted({kind for _, f in used for kind in _range(f)}), loaded)
    yield "Is een soort", _shown(filter(_ours, onto.values(iri, RDFS + "subPropertyOf")), loaded)
    yield "Soorten hiervan", _shown(onto.subjects(RDFS + "subPropertyOf", iri), loaded)
    other = [*onto.values(iri, OWL + "inverseOf"), *onto.subjects(OWL + "inverseOf", iri)]
    yield "Omgekeerd", _shown(other, loaded)
    for head in onto.values(iri, OWL + "propertyChainAxiom"):
        yield "Volgt uit de stappen", _shown(_steps(head, loaded), loaded)
    if OWL + "TransitiveProperty" in onto.values(iri, TYPE):
        yield "Ook over meer stappen", (Value("ja"),)
    if key := loaded.keys.get(iri):
        yield "Sleutel in de bestanden", (Value(f"{key}:"),)


def _range(field: Field) -> tuple[str, ...]:
    return field.classes or tuple(filter(None, (field.value_class, field.datatype)))


def _steps(head: str, loaded: Loaded) -> Iterator[str]:
    """The properties of a chain, in their order."""
    while head != RDF + "nil":
        yield loaded.ontology.one(head, RDF + "first")
        head = loaded.ontology.one(head, RDF + "rest")


def _both(iri: str, loaded: Loaded) -> Iterator[Said]:
    """How the word relates to those of others, and whether it is still to be used."""
    onto = loaded.ontology
    wider = [*onto.values(iri, RDFS + "subClassOf"), *onto.values(iri, RDFS + "subPropertyOf")]
    yield "Valt onder, bij anderen", _shown((o for o in wider if not _ours(o)), loaded)
    yield "Lijkt op, bij anderen", _shown(onto.values(iri, RDFS + "seeAlso"), loaded)
    old = onto.one(iri, OWL + "deprecated") == "true"
    yield "Status", (Value("vervallen" if old else "in gebruik"),)


def _shown(iris: Iterable[str], loaded: Loaded) -> tuple[Value, ...]:
    return tuple(_value(iri, loaded) for iri in iris)


def _value(iri: str, loaded: Loaded) -> Value:
    """A word of ours with its place on the page; one of others by its address."""
    if _ours(iri):
        return Value(loaded.ontology.one(iri, RDFS + "label"), f"model/#{iri.removeprefix(KN)}")
    if iri in loaded.keys:
        return Value(loaded.keys[iri], f"model/#{loaded.keys[iri]}")
    if iri.startswith(LISTS):
        return Value(iri.removeprefix(LISTS), f"lijsten/#{iri.removeprefix(LISTS)}_")
    if iri.startswith(XSD):
        return Value(f"xsd:{iri.removeprefix(XSD)}")
    return Value(iri, iri if iri.startswith("https://") else "")
