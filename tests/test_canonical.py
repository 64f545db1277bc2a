"""The canonical text: one way to write what a file says, with every comment where it belongs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from conftest import MINI, ROOT
from hypothesis import given
from hypothesis import strategies as st
from kadernota.engine import engine
from kadernota.model import File
from kadernota.reading import canonical, strict
from kadernota.reading.documents import Document, documents
from kadernota.reading.tree import Scalar
from kadernota.sources import read

if TYPE_CHECKING:
    from pathlib import Path

    from kadernota.reading.form import Vocabulary

PARTNER = "https://w3id.org/kadernota/def#Partner"
BASE = "https://example.org/id/gm0000/"


@pytest.fixture(scope="session")
def words() -> Vocabulary:
    motor, _ = engine(read(MINI))
    assert motor
    return motor.words


def tidy(source: str, words: Vocabulary) -> str:
    """The canonical text of a partner."""
    tree, problems = strict.parse(File("data/partners/x.yaml", source.encode()))
    assert tree, problems
    document = Document("data/partners/x.yaml", "partners/x", PARTNER, tree, source.encode())
    return canonical.text(document, words.forms, BASE)


def same(wanted: str, source: str, words: Vocabulary) -> None:
    assert wanted == tidy(source, words)
    assert wanted == tidy(wanted, words)


def test_keys_stand_in_the_order_of_the_form_also_in_parts(words: Vocabulary) -> None:
    source = "nota: b\nbijdragen:\n  x:\n    voor: a\n    rol: r\nnaam: a\n"

    same("naam: a\nnota: b\nbijdragen:\n  x:\n    rol: r\n    voor: a\n", source, words)


def test_a_list_is_sorted_as_people_count(words: Vocabulary) -> None:
    source = "bron:\n- b#a-10\n- b#a-9\n- B#a\n- b#a\n"

    same("bron:\n  - B#a\n  - b#a\n  - b#a-9\n  - b#a-10\n", source, words)


def test_one_value_is_no_list(words: Vocabulary) -> None:
    same("bron: a\n", "bron: [a]\n", words)


def test_parts_are_sorted_by_number_and_then_by_name(words: Vocabulary) -> None:
    parts = {"a": "10", "b": "9", "d": "", "c": "", "e": "9"}
    source = "bijdragen:\n" + "".join(
        f"  {name}:\n    rol: r\n" + (f"    volgnummer: {n}\n" if n else "")
        for name, n in parts.items()
    )
    names = [line.strip(" :\n") for line in tidy(source, words).splitlines() if line[2] != " "]

    assert ["jdragen", "b", "e", "a", "c", "d"] == [n.removeprefix("bi") for n in names]


def test_several_lines_are_a_block_and_one_line_is_plain(words: Vocabulary) -> None:
    same(
        "naam: a\nbeschrijving: |\n  b.\n\n  c.\n",
        "beschrijving: |+\n    b.\n\n    c.\n\nnaam: |\n  a",
        words,
    )


def test_a_block_that_begins_with_a_space_keeps_it(words: Vocabulary) -> None:
    same("beschrijving: |2\n   b.\n  c.\n", "beschrijving: |1\n  b.\n c.\n", words)


@pytest.mark.parametrize(
    "value", ["a: b", "a #b", "- a", "# a", "a:", "*a", "'a'", "@a", "%a", "|"]
)
def test_a_value_that_yaml_would_misread_is_in_double_quotes(value: str, words: Vocabulary) -> None:
    source = "naam: '" + value.replace("'", "''") + "'\n"

    same(f'naam: "{value}"\n', source, words)


@pytest.mark.parametrize(
    "value", ["a:b", "a#b", "-a", "12:30", "NO", "2023-01-01", "~", 'zei "ja"']
)
def test_a_value_that_yaml_reads_as_it_is_has_no_quotes(value: str, words: Vocabulary) -> None:
    same(f"naam: {value}\n", f"naam: '{value}'\n", words)


@pytest.mark.parametrize(
    "reference", ["data/partners/riec.yaml", f"{BASE}partners/riec", "partners/riec.yaml"]
)
def test_a_reference_is_an_address(reference: str, words: Vocabulary) -> None:
    same("nota: partners/riec#a\n", f"nota: {reference}#a\n", words)
    same(f"naam: {reference}\n", f"naam: {reference}\n", words)


def test_a_file_loses_empty_lines_trailing_space_and_other_line_ends(words: Vocabulary) -> None:
    same("naam: a\nnota: b\n", "---\r\n\r\nnaam: a  \r\n\r\nnota:   b\r\n...\r\n", words)


def test_a_comment_moves_with_the_key_part_or_value_below_it(words: Vocabulary) -> None:
    source = (
        "# over bron\nbron:\n# over b\n- b\n- a\n"
        "bijdragen:\n  # over z\n  z:\n    # over rol\n    rol: r\n  # over a\n  a:\n    rol: r\n"
        "# over naam\n# nog eens\nnaam: n\n"
    )
    wanted = (
        "# over naam\n# nog eens\nnaam: n\n"
        "bijdragen:\n  # over a\n  a:\n    rol: r\n  # over z\n  z:\n    # over rol\n    rol: r\n"
        "# over bron\nbron:\n  - a\n  # over b\n  - b\n"
    )

    same(wanted, source, words)


def test_a_comment_that_heads_or_ends_the_file_or_a_block_stays_there(words: Vocabulary) -> None:
    source = (
        "# over alles\n\n# over nota\nnota: b\nbijdragen:\n  a:\n    rol: r\n    # einde a\n"
        "  # einde bijdragen\nnaam: a\n# einde\n"
    )
    wanted = (
        "# over alles\n\nnaam: a\n# over nota\nnota: b\nbijdragen:\n  a:\n    rol: r\n"
        "    # einde a\n  # einde bijdragen\n# einde\n"
    )

    same(wanted, source, words)


def test_a_comment_behind_something_goes_above_it(words: Vocabulary) -> None:
    source = (
        "bron: # een\n  [b, # twee\n   a] # drie\n"
        "beschrijving: | # vier\n  # geen\n  b\nnaam: '# geen'\n"
    )
    wanted = (
        'naam: "# geen"\n# vier\nbeschrijving: |\n  # geen\n  b\n'
        "# een\nbron:\n  # drie\n  - a\n  # twee\n  - b\n"
    )

    same(wanted, source, words)


def test_comments_of_a_list_of_one_stand_above_its_key(words: Vocabulary) -> None:
    same("# a\n# b\n# c\nbron: x\n", "# a\nbron:\n  # b\n  - x\n  # c\n", words)


def test_plain_values_give_the_same_text(words: Vocabulary) -> None:
    values = {
        "bron": ["b", "a"],
        "naam": " n ",
        "nota": "",
        "beschrijving": "Een.\r\nTwee. \r\n",
        "doel": [],
        "bijdragen": {"x": {"voor": ["data/partners/y.yaml"], "rol": "r: s"}, "y": {"rol": ""}},
    }
    wanted = (
        "naam: n\nbeschrijving: |\n  Een.\n  Twee.\nbijdragen:\n  x:\n"
        '    rol: "r: s"\n    voor: partners/y\nbron:\n  - a\n  - b\n'
    )
    made = canonical.of_values(values, words.forms[PARTNER], words.forms, BASE)

    assert wanted == made
    assert wanted == tidy(made, words)


@given(
    st.text(st.characters(exclude_categories=["C", "Z"]) | st.sampled_from(" :#-'\""), min_size=1)
)
def test_any_line_that_can_be_written_is_read_back(words_: str) -> None:
    tree, _ = strict.parse(File("x", f"a: {canonical.scalar(words_)}\n".encode()))
    if tree is None:  # what the strict reader refuses whatever the notation
        tree, _ = strict.parse(File("x", f"a: '{words_.replace(chr(39), chr(39) * 2)}'\n".encode()))

        assert tree is None
        return
    ((_, value),) = tree.entries

    assert isinstance(value, Scalar)
    assert words_ == value.text


@pytest.mark.parametrize("root", [ROOT, MINI], ids=["real", "mini"])
def test_the_canonical_text_of_every_file_is_its_own(root: Path, words: Vocabulary) -> None:
    found, problems = documents(read(root).data, words.forms)

    assert () == problems
    for document in found:
        once = canonical.written(document.tree, words.forms[document.cls], words.forms, BASE)
        tree, _ = strict.parse(File(document.path, once.encode()))

        assert tree
        assert once == canonical.written(tree, words.forms[document.cls], words.forms, BASE)
