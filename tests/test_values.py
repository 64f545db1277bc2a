"""Values: what passes can be stored, and what we suggest would pass."""

from __future__ import annotations

import re

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from kadernota.names import XSD
from kadernota.reading.values import WEB, wrong_literal

PIECES = st.sampled_from(
    ["https://", "a", "é", ".", "-", ":80", "/", "?", "#", "%41", "%", "[", "]", "@", "\ufffd", " "]
)


@given(st.lists(PIECES, max_size=9).map("".join))
def test_a_web_address_that_passes_is_one_that_the_store_keeps(text: str) -> None:
    if WEB.fullmatch(text):
        assert ox.NamedNode(text).value == text


@given(
    st.sampled_from(["date", "gYear", "integer", "decimal", "duration", "boolean"]),
    st.text("0123456789-./,%PYMWDTHS e+١", max_size=12),
)
def test_what_we_suggest_would_pass(kind: str, text: str) -> None:
    said = wrong_literal(text, XSD + kind)
    for meant in re.findall(r"(\S+)(?: of |\?)", said.hint.text if said else ""):
        assert wrong_literal(meant, XSD + kind) is None


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("date", "٢٠٢٣-٠١-٠١"),
        ("date", "9999-99-99"),
        ("gYear", "0000"),
        ("integer", "1٢"),
        ("integer", "-0"),
        ("integer", "9" * 5000),
        ("decimal", "1e400"),
        ("decimal", "0." + "1" * 40),
        ("duration", "PT"),
        ("duration", "P1W"),
        ("boolean", "True"),
    ],
)
def test_what_a_computer_reads_otherwise_than_a_person_does_not_pass(kind: str, text: str) -> None:
    assert wrong_literal(text, XSD + kind)
