"""The register of passages: a YAML file in, its entries out, and back again."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from kadernota.names import KN
from kadernota.reading import strict
from kadernota.reading.canonical import scalar
from kadernota.reading.tree import Node, Scalar, Table
from kadernota.tracing.fragment import Context
from kadernota.tracing.passages import Passage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kadernota.model import File, Problem
    from kadernota.triples import Triples

KIND = "passagesoorten/"


@dataclass(frozen=True, slots=True)
class Register:
    """A register as it was read: its title and its passages."""

    title: str
    passages: tuple[Passage, ...]


def address(memorandum: str) -> str:
    """The thing that a register is: `bron/kadernota-2023-2026` for `kadernotas/2023-2026`."""
    return f"bron/kadernota-{memorandum.rpartition('/')[2]}"


def path(memorandum: str) -> str:
    """The file that a register is kept in."""
    return f"data/{address(memorandum)}.yaml"


def in_order(graph: Triples, passages: Iterable[str]) -> list[str]:
    """Passages of a graph in the order of the text."""
    return sorted(passages, key=lambda p: int(graph.one(p, KN + "volgnummer") or 0))


def parse(file: File) -> Register | tuple[Problem, ...]:
    """What a register holds; with a mistake in its form, that mistake."""
    tree, problems = strict.parse(file)
    if tree is None:
        return problems
    given = dict(_entries(tree))
    title, entries = given.get("naam"), given.get("passages")
    found = _entries(entries) if isinstance(entries, Table) else ()
    return Register(
        title.text if isinstance(title, Scalar) else "",
        tuple(_passage(name, dict(_entries(part))) for name, part in found),
    )


def _entries(node: Node) -> Iterator[tuple[str, Node]]:
    if isinstance(node, Table):
        yield from ((key.text, value) for key, value in node.entries)


def _passage(name: str, given: dict[str, Node]) -> Passage:
    def one(key: str) -> str:
        value = given.get(key)
        return value.text if isinstance(value, Scalar) else ""

    words = one("woorden")
    return Passage(
        key=name,
        name=one("naam"),
        kind=one("soort").removeprefix(KIND),
        path=one("pad"),
        words=int(words) if words.isdecimal() else 0,
        fingerprint=one("vingerafdruk"),
        start=one("eerste-woorden"),
        end=one("laatste-woorden"),
        context=Context(one("woorden-ervoor"), one("woorden-erna"), one("vanaf-woorden")),
    )


def measured(passage: Passage) -> dict[str, str]:
    """What reading a text says of a passage, per key; people correct nothing of this."""
    return {
        "woorden": str(passage.words),
        "vingerafdruk": passage.fingerprint,
        "eerste-woorden": passage.start,
        "laatste-woorden": passage.end,
        "woorden-ervoor": passage.context.before,
        "woorden-erna": passage.context.after,
        "vanaf-woorden": passage.context.since,
    }


def summed(passages: Sequence[Passage]) -> dict[str, str]:
    """What reading a text says of the whole of it, per key."""
    whole = sha256("".join(p.fingerprint for p in passages).encode())
    return {"woorden": str(sum(p.words for p in passages)), "vingerafdruk": whole.hexdigest()}


def text(title: str, memorandum: str, passages: Sequence[Passage]) -> str:
    """The register as its file holds it."""
    lines = [
        f"naam: {scalar(title)}",
        f"soort: {KIND}tekst",
        f"nota: {memorandum}",
        "volgnummer: 1",
        *(f"{key}: {value}" for key, value in summed(passages).items()),
        "passages:",
    ]
    for number, passage in enumerate(passages, 1):
        lines += [f"  {passage.key}:", *(f"    {line}" for line in _lines(passage, number))]
    return "\n".join(lines) + "\n"


def _lines(passage: Passage, number: int) -> Iterable[str]:
    values = {
        "naam": passage.name,
        "soort": KIND + passage.kind,
        "volgnummer": str(number),
        "pad": passage.path,
        **measured(passage),
    }
    return (f"{key}: {scalar(value)}" for key, value in values.items() if value)
