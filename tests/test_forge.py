"""`beheer.yaml`: where people may propose changes, and what is said about a mistake in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from conftest import MINI
from kadernota.model import File
from kadernota.pipeline import load
from kadernota.reading.forge import FORMS, Forge, forge
from kadernota.sources import read
from managed import FORGE, with_forge

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("extra", "wanted"),
    [
        ("", Forge("github", "gemeente/beleid", "main", "https://github.com", "", "")),
        (
            "adres: https://git.voorbeeld.nl\naanmelden: https://aan.voorbeeld.nl\n",
            Forge("github", "gemeente/beleid", "main", "https://git.voorbeeld.nl",
                  "https://aan.voorbeeld.nl", ""),
        ),
    ],
)  # fmt: skip
def test_the_forge_is_what_the_file_says(extra: str, wanted: Forge) -> None:
    assert wanted == forge(File("beheer.yaml", (FORGE + extra).encode()))


@pytest.mark.parametrize(
    ("before", "after", "place", "wanted"),
    [
        ("github", "gitea", "1 dienst", FORMS["dienst"][1]),
        ("github", "[github]", "1 dienst", "Geef 'dienst:' één waarde, geen lijst."),
        ("gemeente/beleid", "beleid", "2 opslagplaats", FORMS["opslagplaats"][1]),
        ("gemeente/beleid", "https://github.com/a/b", "2 opslagplaats", FORMS["opslagplaats"][1]),
        ("tak: main\n", "", "1 tak", f"Voeg 'tak:' toe. {FORMS['tak'][1]}"),
        ("main", "main tak", "3 tak", FORMS["tak"][1]),
        ("tak: main", "tak: main\nbranch: x", "4 branch",
         "Haal 'branch:' weg; hier kan: dienst, opslagplaats, tak, adres, aanmelden, toepassing."),
        ("tak: main", "tak: main\nadres: git.nl", "4 adres",
         "Schrijf een webadres dat met https:// begint, zonder schuine streep aan het einde."),
        ("tak: main", "tak: main\nadres: https://git.nl/", "4 adres",
         "Schrijf een webadres dat met https:// begint, zonder schuine streep aan het einde."),
        ("tak: main", "tak: main\nadres: https://git.nl;x", "4 adres",
         "Schrijf een webadres dat met https:// begint, zonder schuine streep aan het einde."),
        ("tak: main", "tak: main\ntoepassing: 1", "4 toepassing",
         "Haal 'toepassing:' weg; dat hoort alleen bij gitlab."),
        ("github", "gitlab\naanmelden: https://a.nl", "2 aanmelden",
         "Haal 'aanmelden:' weg; dat hoort alleen bij github."),
        ("tak: main", "tak: main\ntak: main", "4 tak",
         "Verwijder één van beide: 'tak:' staat ook op regel 3."),
    ],
)  # fmt: skip
def test_a_mistake_about_the_forge_is_said_with_what_to_do(
    before: str, after: str, place: str, wanted: str, tmp_path: Path
) -> None:
    sources = with_forge(read(MINI), tmp_path, FORGE.replace(before, after))
    (problem,) = load(sources)  # type: ignore[misc]

    assert "beheer.yaml" == problem.place.file
    assert place == f"{problem.place.line} {problem.key}"
    assert wanted == problem.message
