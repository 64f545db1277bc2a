"""The canonical text against other readers of YAML: it says the same, and no comment goes astray.

Documents are generated, written down in a careless hand, and read by PyYAML and by ruamel.yaml.
"""

from __future__ import annotations

import io
import json
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
import ruamel.yaml
import yaml
from conftest import MINI, ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from kadernota import canonical, strict
from kadernota.documents import Document, documents
from kadernota.engine import engine
from kadernota.model import File
from kadernota.sources import read
from kadernota.tree import Node, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from kadernota.form import Vocabulary

KN = "https://w3id.org/kadernota/def#"
BASE = "https://example.org/"
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


def plain(node: Node) -> Any:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {key.text: plain(value) for key, value in node.entries}


def meant(value: Any) -> Any:
    """What values mean, whatever the reader: a list is a set, and one value is no list."""
    if isinstance(value, str):
        return value.strip("\n")
    if isinstance(value, dict):
        return {str(key): meant(inner) for key, inner in value.items()}
    items = sorted(meant(item) for item in value)
    return items[0] if len(items) == 1 else items


def strictly(text: str) -> Any:
    tree, problems = strict.parse(File("data/partners/x.yaml", text.encode()))
    assert tree, (text, problems)
    return plain(tree)


READERS: dict[str, Callable[[str], Any]] = {
    "strict": strictly,
    "pyyaml": lambda text: yaml.load(text, Loader=yaml.BaseLoader),
    "ruamel": lambda text: ruamel.yaml.YAML(typ="base", pure=True).load(text),
}


def tidy(text: str, cls: str) -> str:
    tree, problems = strict.parse(File("data/x/x.yaml", text.encode()))
    assert tree, (text, problems)
    document = Document("data/x/x.yaml", "x/x", cls, tree, text.encode())
    return canonical.text(document, vocabulary().forms, BASE)


def said(text: str) -> list[str]:
    """All comments, as ruamel.yaml finds them."""
    tokens = ruamel.yaml.YAML().scan(text)
    held = (held for token in tokens for held in _flat(getattr(token, "comment", None)))
    found = (one.strip() for comment in held for one in comment.value.split("\n"))
    return sorted(comment for comment in found if comment)


def _flat(held: Any) -> Iterator[Any]:
    if isinstance(held, list):
        for inner in held:
            yield from _flat(inner)
    elif held is not None:
        yield held


def starts(text: str) -> dict[int, Trail]:
    """On which line each key and item starts, as ruamel.yaml composes them."""
    found: dict[int, Trail] = {}

    def walk(node: Any, trail: Trail) -> None:
        if isinstance(node, ruamel.yaml.MappingNode):
            for key, inner in node.value:
                found[key.start_mark.line] = (*trail, key.value)
                walk(inner, (*trail, key.value))
        elif isinstance(node, ruamel.yaml.SequenceNode):
            for item in node.value:
                found.setdefault(item.start_mark.line, (*trail, "= " + item.value.strip("\n")))

    walk(ruamel.yaml.YAML().compose(io.StringIO(text)), ())
    return found


@cache  # no fixture: hypothesis would write it out
def vocabulary() -> Vocabulary:
    motor, _ = engine(read(MINI))
    assert motor
    return motor.words


@settings(max_examples=150, deadline=None)
@given(careless())
def test_what_is_written_carelessly_is_rewritten_with_the_same_meaning(
    made: tuple[dict[str, Any], Hand],
) -> None:
    values, hand = made
    source = "\n".join(hand.lines)
    written = tidy(source, KN + "Partner")
    for reader in READERS.values():
        assert meant(values) == meant(reader(source))
        assert meant(values) == meant(reader(written))

    assert written == tidy(written, KN + "Partner")
    assert not any(row != row.rstrip() for row in written.split("\n"))
    assert written == canonical.of_values(
        values, vocabulary().forms[KN + "Partner"], vocabulary().forms, BASE
    ) or said(written)


@settings(max_examples=150, deadline=None)
@given(careless())
def test_no_comment_goes_astray(made: tuple[dict[str, Any], Hand]) -> None:
    _, hand = made
    source = "\n".join(hand.lines)
    written = tidy(source, KN + "Partner")
    nodes, rows = starts(written), written.split("\n")

    assert sorted([*hand.above, *hand.closing]) == said(source) == said(written)
    for comment, trail in hand.above.items():
        at = next(n for n, row in enumerate(rows) if row.strip() == comment)
        below = next((n for n in sorted(nodes) if n > at), 0)
        heads = rows[:at].count("") and not [n for n in nodes if n < at]

        assert heads or trail == nodes[below], (source, written)
    for comment, trail in hand.closing.items():
        at = next(n for n, row in enumerate(rows) if row.strip() == comment)
        before = nodes[max(n for n in nodes if n < at)]
        after = nodes.get(min((n for n in nodes if n > at), default=-1), ())

        assert trail == before[: len(trail)]
        assert trail != after[: len(trail)]


@pytest.mark.parametrize("root", [ROOT, MINI], ids=["real", "mini"])
def test_every_file_means_the_same_to_every_reader(root: Path) -> None:
    sources = read(root)
    found, problems = documents(sources.data, vocabulary().forms)
    content = {file.path: file.content.decode() for file in sources.data}

    assert () == problems
    for file in found:
        source = content[file.path]
        written = tidy(source, file.cls)

        assert written == tidy(written, file.cls)
        assert meant(strictly(source)) == meant(strictly(written))
        assert meant(strictly(source)) == meant(yaml.load(written, Loader=yaml.CBaseLoader))
        assert [row for row in source.split("\n") if row.startswith("#")] == said(written)


def test_ruamel_reads_a_tenth_of_the_real_files_as_we_do() -> None:
    sources = read(ROOT)
    found, _ = documents(sources.data[::10], vocabulary().forms)
    content = {file.path: file.content.decode() for file in sources.data}
    for file in found:
        written = tidy(content[file.path], file.cls)

        assert meant(strictly(content[file.path])) == meant(READERS["ruamel"](written))
