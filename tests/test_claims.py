"""A claim holds or is argued away; an exception without use fails, and so does an idle rule."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import MINI
from kadernota.checking.claims import Claim, judge
from kadernota.model import File, Loaded
from kadernota.pipeline import check, load
from kadernota.sources import read

EXCEPTION = """naam: Een proef
regels: {rule}
{what}reden: |
  Deze uitzondering staat hier alleen om te zien of de controle haar ook echt gebruikt.
  Zij heeft dus genoeg woorden nodig.
"""


def mini(*files: tuple[str, str]) -> Loaded:
    """The smallest knowledge base, with files added or replaced."""
    sources = read(MINI)
    fresh = {path for path, _ in files}
    kept = [f for f in sources.data if f.path not in fresh]
    data = (*kept, *(File(path, text.encode()) for path, text in files))
    loaded = load(replace(sources, data=tuple(sorted(data, key=lambda f: f.path))))
    assert isinstance(loaded, Loaded), loaded
    return loaded


def rules(loaded: Loaded) -> list[tuple[str, str]]:
    return [(p.rule, p.message) for p in check(loaded).problems]


def exception(rule: str, what: str = "") -> tuple[str, str]:
    return "data/uitzonderingen/proef.yaml", EXCEPTION.format(rule=rule, what=what)


def word(length: int) -> str:
    return "Een " + "heel " * (length - 2) + "eind."


@pytest.mark.parametrize(("words", "wrong"), [(20, False), (21, True)])
def test_a_sentence_has_at_most_twenty_words(words: int, wrong: bool) -> None:
    thing = ("data/doelgroepen/proef.yaml", _group(word(words)))

    assert wrong == any("een zin heeft" in m for _, m in rules(mini(thing)))


def test_a_file_with_enough_text_must_be_readable_and_a_short_one_need_not() -> None:
    hard = "Veiligheidsbeleidsuitvoeringsorganisatie organiseert informatievoorzieningen.\n  "
    long = rules(mini(("data/doelgroepen/proef.yaml", _group("|\n  " + hard * 10))))
    short = rules(mini(("data/doelgroepen/proef.yaml", _group("|\n  " + hard))))

    assert [r for r, _ in long] == ["bewijs:leesbaar"]
    assert [] == short


def _group(text: str) -> str:
    passage = next(
        line.strip().removeprefix("bron: ")
        for f in read(MINI).data
        if f.path.startswith("data/doelgroepen/")
        for line in f.content.decode().splitlines()
        if line.startswith("bron: ")
    )
    return f"naam: Proefgroep\nbeschrijving: {text.rstrip()}\nbron: {passage}\n"


def test_a_rule_with_nothing_to_look_at_fails_until_an_exception_argues() -> None:
    loaded = mini()
    idle = {"leeg": [Claim(holds=False, said="Proef-regel"), Claim(holds=True, said="Ding-naam")]}
    excused = mini(exception("leeg", "waarden: Proef-regel\n"))

    assert ["bewijs:leeg"] == [p.rule for p in judge(loaded, idle).problems]
    assert (1, 2) == judge(loaded, idle).counts["leeg"]
    assert [] == [p.rule for p in judge(excused, idle).problems]


def test_a_check_without_claims_proves_nothing() -> None:
    found = [p for p in judge(mini(), {"naam": []}).problems if p.rule == "bewijs:leeg"]

    assert [True] == ["naam" in p.message for p in found]


@pytest.mark.parametrize(
    ("rule", "what"),
    [("leeg", "waarden: Ding-naam\n"), ("leesbaar", "waarden: iets\n")],
)
def test_an_exception_that_excuses_nothing_fails(rule: str, what: str) -> None:
    assert "bewijs:uitzondering" in {r for r, _ in rules(mini(exception(rule, what)))}


def test_a_check_that_does_not_exist_is_answered_with_those_that_come_near() -> None:
    found = dict(rules(mini(exception("cijfr", "waarden: iets\n"))))

    assert {"bewijs:uitzondering-controle"} == found.keys()
    assert "'cijfer'" in found["bewijs:uitzondering-controle"]


def test_every_combination_that_an_exception_names_must_excuse_something() -> None:
    loaded = mini(
        exception(
            "naam", "betreft: [doelgroepen/jongeren, doelgroepen/scholieren]\nwaarden: [x, y]\n"
        )
    )
    things = [loaded.settings.base + t for t in ("doelgroepen/jongeren", "doelgroepen/scholieren")]
    pairs = [(things[0], "x"), (things[0], "y"), (things[1], "y")]

    def judged(cases: list[tuple[str, str]]) -> list[tuple[str, str]]:
        failing = [Claim(holds=False, thing=t, said=said) for t, said in cases]
        problems = judge(loaded, {"naam": failing}).problems
        return [(p.rule, p.message) for p in problems if "proef" in p.place.file]

    assert [] == judged([*pairs, (things[1], "x")])
    assert ["bewijs:uitzondering-apart"] == [rule for rule, _ in judged(pairs)]
    assert "'x'" in judged(pairs)[0][1]


def test_claims_about_one_value_are_one_problem() -> None:
    loaded = mini()
    thing = next(iter(sorted(loaded.asserted.index)))
    twice = [Claim(holds=False, thing=thing, said=said) for said in ("5", "6")]
    problems = judge(loaded, {"cijfer": twice}).problems

    assert 1 == len(problems)
    assert "'5', '6'" in problems[0].message
