"""Figures, names, signal words and echoes are found in Dutch text as a reader finds them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from kadernota.checking import readable
from kadernota.reading.figures import figures
from kadernota.tracing import echo, norms, proper

if TYPE_CHECKING:
    from kadernota.model import Loaded


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("er waren 5.894 misdrijven", ["5894"]),
        ("gemiddeld een 7,5", ["7.5"]),
        ("een bedrag van € 162.000,- in totaal", ["162000"]),
        ("€ 1.250.000,50", ["1250000.5"]),
        ("slachtoffer (19,3%) of niet", ["19.3"]),
        ("in 2019-2022 en 2023 – 2026", ["2019", "2022", "2023", "2026"]),
        ("uiterlijk 1 oktober 2023", ["2023-10-01"]),
        ("op 27-07-2023nieuwe regeling", ["2023-07-27"]),
        ("besloten op 2023-04-11", ["2023-04-11"]),
        ("op 31 februari 2023", ["31 februari 2023"]),
        ("gmb-2023-301788 en 2022-096793", ["gmb-2023-301788", "2022-096793"]),
        ("Eén keer, twee keer en een keer", ["1", "2"]),
        ("jongeren van 12 tot 27 jaar", ["12", "27"]),
        ("8,0 is gelijk aan 8", ["8", "8"]),
        ("Outlaw Motor Gang1 en een barrièremodel6", ["1", "6"]),
        ("de 3RO, anti-5G en artikel 151c", []),
        ("versie 3.10 is geen getal in het Nederlands", ["3"]),
        ("tweede, drieling en vierkant", []),
    ],
)
def test_figures_are_read_in_dutch_notation(text: str, values: list[str]) -> None:
    assert values == [figure.value for figure in figures(text)]


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (["De politie werkt met Halt samen."], ["Halt"]),
        (["Het Openbaar Ministerie vervolgt."], ["Openbaar Ministerie"]),
        (["Het RIEC2 en de 3RO doen mee."], ["RIEC en de 3RO"]),
        (["In Buytenwegh en Palenstein."], ["Buytenwegh en Palenstein"]),
        (["Jongeren zijn welkom. Ook zij."], []),
        (["Halt helpt.", "Wij vragen Halt."], ["Halt", "Halt"]),
        (["Ministerie van Justitie en Veiligheid"], ["Justitie en Veiligheid"]),
        (["het Ministerie van Justitie en Veiligheid"], ["Ministerie van Justitie en Veiligheid"]),
        (["Oorlog in Oekraïne/Coronacrisis"], ["Oekraïne", "Coronacrisis"]),
    ],
)
def test_names_are_runs_of_words_with_capitals(texts: list[str], found: list[str]) -> None:
    assert found == [name for _, name in proper.names(texts)]


def test_a_joined_name_falls_apart_at_the_small_words() -> None:
    assert ["Delft", "Den Haag"] == proper.parts("Delft en Den Haag")
    assert ["Dreigingsbericht", "NCTV"] == proper.parts("Dreigingsbericht van de NCTV")


def test_signal_words_are_whole_words_in_any_form(loaded: Loaded) -> None:
    forms = norms.signals(loaded.ontology)
    text = "Zij moeten dit; in principe maximaal een jaar. Huisverboden en gebieds-verboden niet."

    found = [form for _, form in norms.found(text, forms)]

    assert ["moeten", "in principe", "maximaal"] == found
    assert forms["moeten"] == forms["moet"]


def test_ten_words_in_a_row_are_an_echo_and_nine_are_not() -> None:
    words = "een twee drie vier vijf zes zeven acht negen tien elf"
    adopted = echo.Adopted([f"Nul, {words}."])

    assert "" == adopted.echo("Een twee drie vier vijf zes zeven acht negen, en dan niets.")
    assert "een twee drie vier vijf" == adopted.echo(f"Zo: {words.upper()}!")


def test_an_echo_runs_on_over_two_passages() -> None:
    adopted = echo.Adopted(["een twee drie vier vijf", "zes zeven acht negen tien"])

    assert adopted.echo("een twee drie vier vijf zes zeven acht negen tien")


def test_the_readability_figure_is_that_of_douma() -> None:
    # One sentence of four words with one syllable each: 206.84 - 0.93 * 4 - 77 * 1.
    assert readable.score(["De kat zit daar."]).figure == pytest.approx(126.12)
    # Two sentences: per sentence 2 words, per word 6 / 4 syllables.
    text = ["Vader kookt.", "Moeder schildert."]
    assert readable.score(text).figure == pytest.approx(206.84 - 0.93 * 2 - 77 * 7 / 4)
    assert 0 == readable.score([]).words


def test_the_longest_sentence_is_counted_in_words() -> None:
    assert 5 == readable.longest("Kort.\nDit zijn er vijf, samen.\nOok kort.")
