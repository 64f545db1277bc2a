"""What people write where a date, a number or a duration must stand, and how it must be written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kadernota.names import XSD
from kadernota.reading.spelled import readings
from kadernota.reading.values import wrong_literal, wrong_web

KINDS = ["date", "gYear", "integer", "decimal", "duration", "boolean"]


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("date", "1-10-2023", ["2023-10-01"]),
        ("date", "1/10/2023", ["2023-10-01"]),
        ("date", "1. 10. 2023", ["2023-10-01"]),
        ("date", "1 oktober 2023", ["2023-10-01"]),
        ("date", "zondag 1 Oktober 2023", ["2023-10-01"]),
        ("date", "1 okt. 2023", ["2023-10-01"]),
        ("date", "1 mrt 2023", ["2023-03-01"]),
        ("date", "2023/10/1", ["2023-10-01"]),
        ("date", "2023-10-01T00:00:00", ["2023-10-01"]),
        ("date", "20231001", ["2023-10-01"]),
        ("date", "01102023", ["2023-10-01"]),
        ("gYear", "1-10-2023", ["2023"]),
        ("gYear", "in 2023", ["2023"]),
        ("integer", "1.234", ["1234"]),
        ("integer", "€ 25.000,-", ["25000"]),
        ("integer", "vijf", ["5"]),
        ("integer", "drieëndertig", ["33"]),
        ("integer", "eenentwintig", ["21"]),
        ("integer", "−5", ["-5"]),
        ("integer", "٧", ["7"]),
        ("decimal", "1.234,5", ["1234.5"]),
        ("decimal", "1,234.5", ["1234.5"]),
        ("decimal", "7,5 %", ["7.5"]),
        ("duration", "3 maanden", ["P3M"]),
        ("duration", "1 jaar", ["P1Y"]),
        ("duration", "anderhalf jaar", ["P18M"]),
        ("duration", "1 jaar en 6 maanden", ["P1Y6M"]),
        ("duration", "P1W", ["P7D"]),
        ("duration", "p3m", ["P3M"]),
        ("duration", "24 uur", ["PT24H"]),
        ("boolean", "Ja", ["true"]),
        ("boolean", "nee", ["false"]),
    ],
)
def test_another_notation_is_read_as_what_must_be_written(
    kind: str, text: str, expected: list[str]
) -> None:
    assert expected == readings(text, kind)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("date", "1-10-23"),
        ("date", "1 okt. '23"),
        ("date", "1 j 2023"),
        ("date", "30-2-2023"),
        ("date", "oktober 2023"),
        ("gYear", "'23"),
        ("integer", "1,234"),
        ("integer", "7,5"),
        ("decimal", "5 tot 10"),
        ("duration", "3"),
        ("duration", "1 jaar, 2 jaar"),
        ("boolean", "misschien"),
    ],
)
def test_what_can_mean_more_or_nothing_is_not_guessed(kind: str, text: str) -> None:
    assert [] == readings(text, kind)


def test_two_years_are_two_readings_and_no_suggestion() -> None:
    wrong = wrong_literal("2019-2022", XSD + "gYear")

    assert wrong
    assert ("Bedoelde je 2019 of 2022?", "") == wrong.hint


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("www.voorbeeld.nl", "https://www.voorbeeld.nl"),
        ("http://voorbeeld.nl/a", "https://voorbeeld.nl/a"),
        ("https:/voorbeeld.nl", "https://voorbeeld.nl"),
        ("<https://voorbeeld.nl>", "https://voorbeeld.nl"),
        ("voorbeeld", ""),
        ("ftp://voorbeeld.nl", ""),
        ("", ""),
    ],
)
def test_a_web_address_gets_its_beginning(text: str, expected: str) -> None:
    wrong = wrong_web(text)

    assert wrong
    assert expected == wrong.hint.write


@given(st.sampled_from(KINDS), st.text("0123456789-./,% PYMWDTHSeéën+٧€", max_size=14))
def test_a_suggestion_is_a_value_that_passes(kind: str, text: str) -> None:
    wrong = wrong_literal(text, XSD + kind)

    assert not (wrong and wrong.hint.write and wrong_literal(wrong.hint.write, XSD + kind))


@given(st.dates(), st.sampled_from(["{d}-{m}-{y:04}", "{d}/{m}/{y:04}", "{y:04}/{m}/{d}"]))
def test_every_day_is_read_in_every_notation(day: object, notation: str) -> None:
    d = str(day)
    text = notation.format(y=int(d[:4]), m=int(d[5:7]), d=int(d[8:]))

    assert [d] == readings(text, "date")
