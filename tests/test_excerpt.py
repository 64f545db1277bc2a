"""A problem shows the line that it is about, with the place marked."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kadernota.checking.excerpt import WIDEST, excerpt, span, width
from kadernota.model import Place, Problem


def marked(line: str, column: int, rule: str = "invoer:vorm", path: str = "data/a/b.yaml") -> str:
    """What stands above the marks, as it is shown."""
    found = excerpt(Problem(Place(path, 1, column), "k", "m", rule), [line])
    assert found
    _, shown, marks = found
    cells = "".join(c + "\0" * (width(c) - 1) for c in shown)
    return "".join(c for c, m in zip(cells, marks.ljust(len(cells)), strict=False) if m == "^")


@pytest.mark.parametrize(
    ("line", "column", "expected"),
    [
        ("soort: partnersoorten/zorg # nog vragen", 8, "partnersoorten/zorg"),
        ("soort: partnersoorten/zorg", 1, "soort"),
        ("  - bron/nota#deel", 5, "bron/nota#deel"),
        ("bron: [bron/a, bron/b]", 8, "bron/a"),
        ("bron: [bron/a, bron/b]", 16, "bron/b"),
        ("naam: 'it''s' # zo", 7, "'it''s'"),
        ('naam: "a \\" # b"', 7, '"a \\" # b"'),
        ("naam: Jan, Piet en [Klaas]", 7, "Jan, Piet en [Klaas]"),
        ("url: https://a.nl/b", 6, "https://a.nl/b"),
        ("naam: 日本 x", 7, "日\0本\0 x"),
        ("日本: x", 5, "x"),
        ("naam: |", 7, "|"),
        ("", 1, ""),
    ],
)
def test_the_mark_is_under_the_whole_key_or_value(line: str, column: int, expected: str) -> None:
    assert expected == marked(line, column)


def test_in_turtle_the_mark_is_under_the_whole_term() -> None:
    line = '    kn:naam "Een ; plein"@nl ; kn:bij <gebieden/plein> .'

    assert '"Een ; plein"' == marked(line, 13, path="data/a/b.ttl")
    assert "<gebieden/plein>" == marked(line, 39, path="data/a/b.ttl")


@pytest.mark.parametrize(
    ("line", "column", "shown"),
    [
        ("naam: a\u200bb", 8, r"naam: a\u200bb"),
        ("naam:\ta", 6, "naam:→a"),
        ("naam: cafe\u0301", 10, r"naam: cafe\u0301"),
        ("naam: a\udce9b", 8, r"naam: a\xe9b"),
        ("naam: \U000e0001", 7, r"naam: \U000e0001"),
    ],
)
def test_what_cannot_be_seen_is_shown_and_marked(line: str, column: int, shown: str) -> None:
    found = excerpt(Problem(Place("a.yaml", 1, column), "", "m", "invoer:codering"), [line])

    assert found
    assert shown == found[1]
    assert found[2].strip()


def test_of_a_very_long_line_the_part_around_the_place_is_shown() -> None:
    line = "beschrijving: " + "een twee drie " * 50 + "FOUT" + " vier vijf zes" * 50
    found = excerpt(Problem(Place("a.yaml", 1, line.index("FOUT") + 1), "", "m", "x:y"), [line])

    assert found
    assert re.fullmatch(r"….*FOUT.*…", found[1])
    assert found[2].index("^") == found[1].index("FOUT")
    assert WIDEST >= width(found[1])


@pytest.mark.parametrize("rule", ["invoer:bestandsnaam", "knsh:Partner-bijdrage"])
def test_of_what_is_lacking_in_a_whole_file_no_line_is_shown(rule: str) -> None:
    assert not excerpt(Problem(Place("a.yaml"), "bijdragen", "m", rule), ["naam: x"])


def test_a_place_beyond_the_text_is_no_crash() -> None:
    assert not excerpt(Problem(Place("a.yaml", 9, 9), "", "m", "x:y"), ["naam: x"])
    assert not excerpt(Problem(Place("a.yaml"), "", "m", "x:y"), [])
    assert marked("naam: x", 70, "invoer:yaml") == ""


@given(
    st.text(st.characters(exclude_characters="\n"), max_size=400),
    st.integers(1, 420),
    st.sampled_from(["a.yaml", "a.ttl", "a.rq", "a.txt"]),
    st.sampled_from(["invoer:vorm", "invoer:codering", "knsh:Partner-naam"]),
)
def test_any_line_is_shown_in_one_line_of_cells_with_marks_under_it(
    line: str, column: int, path: str, rule: str
) -> None:
    problem = Problem(Place(path, 1, column), "", "m", rule)
    found = excerpt(problem, [line])
    if found is None:
        return
    _, shown, marks = found
    start, end = span(problem, [line]) or (0, 0)

    assert start < end
    assert not [c for c in shown if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"}]
    assert WIDEST + 1 >= width(shown)
    assert re.fullmatch(r" *\^+", marks)
