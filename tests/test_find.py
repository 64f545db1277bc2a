"""Finding by words: what people say gives the right question or thing, here and in the browser."""

from __future__ import annotations

import csv
import json
import random
import shutil
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from conftest import MINI, ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from kadernota.asking import findable
from kadernota.asking.find import Finder, Hit
from kadernota.asking.questions import questions
from kadernota.asking.spelling import distance, stem, words
from kadernota.cli import main
from kadernota.model import File, Loaded
from kadernota.pipeline import load
from kadernota.sources import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from kadernota.asking.questions import Question
    from kadernota.model import Sources

    Browsed = Callable[[str, int], list[Any]]

NODE = shutil.which("node")
EVERY = [ROOT / "tests" / "phrasings" / f"{name}.csv" for name in ("gezien", "ongezien", "nieuw")]
SEEN, UNSEEN, NEW = EVERY
FIRST, ENOUGH = 3, 0.95


@pytest.fixture(scope="module")
def asked(sources: Sources) -> tuple[Question, ...]:
    return questions(sources.queries)[0]


@pytest.fixture(scope="module")
def index(loaded: Loaded, asked: tuple[Question, ...]) -> dict[str, Any]:
    return findable.index(loaded, asked)


@pytest.fixture(scope="module")
def finder(index: dict[str, Any]) -> Finder:
    return Finder(index)


@pytest.fixture(scope="module")
def browsed(index: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browsed]:
    """What find.js finds, in a process of its own that answers line by line."""
    if NODE is None:
        pytest.skip("install node to find as the browser does")
    file = tmp_path_factory.mktemp("vind") / "index.json"
    file.write_text(json.dumps(index))
    command = [NODE, "--no-warnings", str(ROOT / "tests" / "find.mjs"), str(file)]
    with subprocess.Popen(command, stdin=-1, stdout=-1, text=True, encoding="utf-8") as node:
        stdin, stdout = node.stdin, node.stdout
        assert stdin
        assert stdout

        def found(text: str, limit: int) -> list[Any]:
            stdin.write(json.dumps([text, limit]) + "\n")
            stdin.flush()
            answer: list[Any] = json.loads(stdout.readline())
            return answer

        yield found
        stdin.close()


def target(text: str) -> tuple[str, str, dict[str, str]]:
    """`vraag:naam?parameter=waarde` or `ding:adres`, as the list of phrasings has it."""
    kind, _, rest = text.partition(":")
    name, _, values = rest.partition("?")
    pairs = (pair.partition("=") for pair in values.split("&") if pair)
    return kind, name, {key: value for key, _, value in pairs}


def phrasings(path: Path) -> list[tuple[str, list[tuple[str, str, dict[str, str]]]]]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [(row["zin"], [*map(target, row["verwacht"].split())]) for row in rows]


def share(path: Path, finder: Finder) -> tuple[int, int, list[str]]:
    """How many have one of their targets in the first three, of how many, and which not."""
    asked, misses = phrasings(path), []
    for text, wanted in asked:
        found = [(hit.kind, hit.id, dict(hit.values)) for hit in finder.find(text)[:FIRST]]
        if not any(one in found for one in wanted):
            misses.append(f"{text}: {found}")
    return len(asked) - len(misses), len(asked), misses


def report(path: Path, finder: Finder) -> float:
    good, total, misses = share(path, finder)
    print(f"{path.name}: {good} of {total} in the first {FIRST}", *misses, sep="\n  ")  # noqa: T201 - shown when it fails
    return good / total


def test_what_people_say_has_its_question_or_thing_in_the_first_three(finder: Finder) -> None:
    assert len(phrasings(SEEN)) >= 120
    assert report(SEEN, finder) >= ENOUGH


# What was held out until the finder was done: of `ongezien` it then found 57 of 63, so with what it
# was made with 182 of 189; of `nieuw`, written by another afterwards, 58 of 66. Words were added
# only after that.
def test_with_phrasings_that_it_was_not_made_with_it_still_finds_enough(finder: Finder) -> None:
    good, total = map(sum, zip(*(share(path, finder)[:2] for path in EVERY), strict=True))
    assert total == 255
    assert good / total >= ENOUGH

    assert report(UNSEEN, finder) >= 57 / 63
    assert report(NEW, finder) >= 58 / 66


def test_every_target_of_the_phrasings_exists(loaded: Loaded, asked: tuple[Question, ...]) -> None:
    names = {q.name: {p.name for p in q.parameters} for q in asked}
    for text, wanted in [one for path in EVERY for one in phrasings(path)]:
        for kind, name, values in wanted:
            if kind == "ding":
                assert loaded.settings.base + name in loaded.asserted.index, text
            else:
                assert values.keys() <= names[name], text


def test_a_thing_is_found_by_its_own_name(
    loaded: Loaded, index: dict[str, Any], finder: Finder
) -> None:
    """Itself or in a question; what is about the text, or called as something else, need not be."""
    pages = [(address, name) for address, name, *_, counts in index["things"] if counts >= 90]
    names = [name.casefold() for _, name in pages]
    alone = [(address, name) for address, name in pages if names.count(name.casefold()) == 1]
    lost = [
        name
        for address, name in alone
        if not any(address in {h.id, *h.values.values()} for h in finder.find(name)[:FIRST])
    ]

    assert len(alone) > 600
    assert [] == lost


def top(finder: Finder, text: str) -> Hit:
    return finder.find(text)[0]


def test_a_question_comes_with_what_its_words_fill_in(finder: Finder) -> None:
    hit = top(finder, "welke partners werken aan ondermijning")

    assert ("vraag", "partners-per-speerpunt") == (hit.kind, hit.id)
    assert {"speerpunt": "speerpunten/ondermijning"} == hit.values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("speerpunten op 2024-06-01", {"datum": "2024-06-01"}),
        ("speerpunten op 1 juni 2024", {"datum": "2024-06-01"}),
        ("Toezeggingen in 2025", {"jaar": "2025"}),
        ("cijfers uit tabel 2", {"tabel": "2"}),
        ("welk begrip hoort bij voetnoot 7?", {"voetnoot": "7"}),
    ],
)
def test_days_years_and_numbers_are_values(
    finder: Finder, text: str, values: dict[str, str]
) -> None:
    assert values == top(finder, text).values


@pytest.mark.parametrize(
    "text",
    ["cameratoezicht", "CAMERATOEZICHT!", "camera toezicht", "cameratoezigt", "cametatoezicht"],
)
def test_capitals_marks_spaces_and_typing_errors_are_forgiven(finder: Finder, text: str) -> None:
    assert "bevoegdheden/cameratoezicht" in [hit.id for hit in finder.find(text)[:FIRST]]


@pytest.mark.parametrize("text", ["", "   ", "!?", "xqzzy", "\0", "🙂"])
def test_nothing_is_found_by_what_says_nothing(finder: Finder, text: str) -> None:
    assert () == finder.find(text)


def test_words_that_a_reader_takes_for_the_same_are_the_same() -> None:
    for same in (
        "jaar jaren",
        "huis huizen",
        "grens grenzen",
        "thema thema's",
        "ondernemer ondernemers",
        "handhaven handhaving",
        "misdaad misdaden",
        "woning woningen",
        "café cafe",
    ):
        assert 1 == len({stem(word) for word in words(same)}), same
    for other in ("politie polis", "raad rand", "woning wonen", "speerpunt standpunt"):
        assert 2 == len({stem(word) for word in words(other)}), other


def test_a_swap_a_letter_too_many_and_one_too_few_are_one_mistake() -> None:
    assert [0, 1, 1, 1, 1] == [
        distance("politie", o, 2) for o in ("politie", "poiltie", "politiee", "poltie", "politia")
    ]
    assert 3 == distance("politie", "brandweer", 2)


def test_the_same_text_gives_the_same_hits(
    loaded: Loaded, asked: tuple[Question, ...], finder: Finder
) -> None:
    again = Finder(json.loads(json.dumps(findable.index(loaded, asked))))

    for text, _ in [one for path in EVERY for one in phrasings(path)]:
        assert finder.find(text) == again.find(text)


def as_rows(hits: tuple[Hit, ...]) -> list[Any]:
    return [[h.kind, h.id, h.label, dict(h.values), h.score] for h in hits]


def mixed(index: dict[str, Any]) -> list[str]:
    """Some hundreds of texts of the words that are there, some with a letter wrong."""
    chance = random.Random(1)  # noqa: S311 - not for secrets
    known = sorted({w for t in index["things"] for w in words(f"{t[1]} {t[3]}")})
    known += [
        "wie",
        "wat",
        "hoeveel",
        "2024-02-30",
        "1 maart 2023",
        "31 DECEMBER 2025",
        "2025",
        "7",
    ]
    texts = []
    for _ in range(400):
        chosen = chance.choices(known, k=chance.randint(1, 7))
        at = chance.randrange(len(chosen))
        letter = chance.randrange(len(chosen[at]))
        chosen[at] = (
            chosen[at][:letter] + chance.choice(["", "e", "ë", "'"]) + chosen[at][letter + 1 :]
        )
        texts.append(" ".join(chosen))
    return texts


def test_the_browser_finds_the_same_in_the_same_order(
    index: dict[str, Any], finder: Finder, browsed: Browsed
) -> None:
    texts = [text for text, _ in phrasings(SEEN)] + mixed(index)

    assert len(texts) > 500
    for text in texts:
        assert as_rows(finder.find(text, 8)) == browsed(text, 8), text


def test_any_text_can_be_looked_for_and_the_browser_agrees(
    finder: Finder, browsed: Browsed
) -> None:
    pieces = st.sampled_from(
        ["wie", "politie", "2024-01-31", "3 mei 2024", "tabel 1", "é", "’s", "-", "00"]
    )
    anything = st.lists(pieces | st.text(max_size=12), max_size=8).map(" ".join)

    @given(anything)
    @settings(max_examples=200, deadline=None)
    def holds(text: str) -> None:
        assert as_rows(finder.find(text)) == browsed(text, 10)

    holds()


def said_of(text: str, root: Path = MINI) -> list[str]:
    """What `check` says of a file with words to find things by."""
    file = File("zoekwoorden.yaml", text.encode())
    found = load(replace(read(root), searchwords=file))
    problems = found if isinstance(found, tuple) else ()
    return [f"{p.place.file}:{p.place.line}:{p.place.column} {p.message}" for p in problems]


def test_words_to_find_things_by_are_read_strictly() -> None:
    assert [] == said_of("partners/jongerenwerk: [jeugdwerk, straatwerk]\n")
    assert [] == said_of("partners/jongerenwerk: jeugdwerk\n")
    for text, place, message in [
        ("partners/jongernwerk: [a]\n", "1:1", "Verwijs naar een ding dat bestaat"),
        ("partners/jongerenwerk#rol: [a]\n", "1:1", "Noem een heel ding"),
        ("partners/jongerenwerk: [a, b, a]\n", "1:31", "Noem 'a' één keer."),
        ("partners/jongerenwerk:\n  a: b\n", "2:3", "Schrijf de woorden als een lijst"),
    ]:
        (said,) = said_of(text)
        assert said.startswith(f"zoekwoorden.yaml:{place} {message}"), said


def test_a_thing_is_found_by_the_words_of_its_file_and_of_an_old_address() -> None:
    file = File(
        "zoekwoorden.yaml", b"partners/jongerenwerk: [ouwehoeren]\npartners/oud: [kletsen]\n"
    )
    led = File("omleidingen.yaml", b"partners/oud: partners/jongerenwerk\n")
    sources = replace(read(MINI), searchwords=file, redirects=led)
    loaded = load(sources)
    assert isinstance(loaded, Loaded), loaded
    found = Finder(findable.index(loaded, questions(sources.queries)[0]))

    assert "partners/jongerenwerk" == found.find("ouwehoeren")[0].id
    assert "partners/jongerenwerk" == found.find("kletsen")[0].id


def test_the_command_finds_and_says_what_to_type(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    assert 0 == main(["zoek", "welke", "partners", "werken", "aan", "ondermijning"])
    out = capsys.readouterr().out
    assert out.startswith(
        "Welke partners werken aan een speerpunt, en in welke rol?\n"
        "  kadernota ask partners-per-speerpunt --speerpunt speerpunten/ondermijning\n"
    )

    assert 0 == main(["zoek", "--json", "belastingdients"])
    first = json.loads(capsys.readouterr().out)[0]
    assert {"soort": "ding", "id": "partners/belastingdienst", "naam": "Belastingdienst"} == first

    assert 1 == main(["zoek", "xqzzy"])
    assert "Niets gevonden bij 'xqzzy'. Probeer een ander woord.\n" == capsys.readouterr().err
    assert 1 == main(["zoek", "--json", "xqzzy"])
    assert "[]\n" == capsys.readouterr().out
    assert 2 == main(["zoek", " "])


def test_a_small_knowledge_base_can_be_looked_through() -> None:
    sources = read(MINI)
    loaded = load(sources)
    assert isinstance(loaded, Loaded)
    asked = questions(sources.queries)[0]
    hit = Finder(findable.index(loaded, asked)).find("wie heeft de nota ondertekend")[0]

    assert ("vraag", "ondertekenaars") == (hit.kind, hit.id)
