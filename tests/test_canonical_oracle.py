"""The canonical text against other readers of YAML: it says the same, and no comment goes astray.

Documents are generated, written down in a careless hand, and read by PyYAML and by ruamel.yaml.
"""

from __future__ import annotations

import io
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
import ruamel.yaml
import yaml
from careless import Hand, Trail, careless
from conftest import MINI, ROOT
from hypothesis import given, settings
from kadernota.engine import engine
from kadernota.model import File
from kadernota.reading import canonical, strict
from kadernota.reading.documents import Document, documents
from kadernota.reading.tree import Node, Scalar, Sequence
from kadernota.sources import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from kadernota.reading.form import Vocabulary

KN = "https://w3id.org/kadernota/def#"
BASE = "https://example.org/"


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
