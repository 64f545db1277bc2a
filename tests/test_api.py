"""The five functions for programs: plain values out, each with what it rests on."""

from __future__ import annotations

import doctest
import inspect
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import unquote

import kadernota
import pandas as pd
import pyoxigraph as ox
import pytest
from conftest import MINI, ROOT
from kadernota import api
from kadernota.asking.typed import typed
from kadernota.names import XSD

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kadernota.model import File

ID = "https://w3id.org/kadernota/id/gm0637/"
EXAMPLE = "https://w3id.org/kadernota/id/gm0000/"


@pytest.fixture(scope="module")
def kb() -> kadernota.KnowledgeBase:
    return kadernota.open(ROOT)


@pytest.fixture(scope="module")
def mini() -> kadernota.KnowledgeBase:
    return kadernota.open(MINI)


def test_there_are_five_functions_and_each_shows_how_it_is_used() -> None:
    public = {name for name in vars(kadernota.KnowledgeBase) if not name.startswith("_")}

    assert {"questions", "ask", "search", "describe", "explain"} == public
    for name in public:
        assert f"kb.{name}(" in str(inspect.getdoc(getattr(kadernota.KnowledgeBase, name))), name


def test_what_the_documentation_shows_is_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    found = doctest.testmod(api)

    assert 0 == found.failed
    assert found.attempted > 20


def test_importing_the_package_loads_nothing_until_it_is_opened() -> None:
    code = "import sys, kadernota; print([m for m in sys.modules if m.startswith('kadernota')])"
    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )

    assert "['kadernota']\n" == said.stdout


def test_the_package_offers_no_other_name() -> None:
    with pytest.raises(AttributeError, match="nergens"):
        _ = kadernota.nergens


def test_a_question_says_what_can_be_chosen(kb: kadernota.KnowledgeBase) -> None:
    asked = {q.name: q for q in kb.questions()}
    priority, indirect = asked["partners-per-speerpunt"].parameters

    assert ("thing", "") == (priority.type, priority.default)
    assert "Ondermijning" == priority.choices["speerpunten/ondermijning"]
    # Five of this memorandum, four of the one before.
    assert 9 == len(priority.choices)
    assert ("boolean", "false", {}) == (indirect.type, indirect.default, indirect.choices)


# The table of chapter 5: the tax authority has "Aanpak ondermijning" and "Belastingfraude", the
# RIEC is a platform "met name op het gebied van Ondermijning".
def test_an_answer_is_a_table_of_plain_values(kb: kadernota.KnowledgeBase) -> None:
    answer = kb.ask("partners-per-speerpunt", speerpunt="ondermijning")
    table = pd.DataFrame(answer.rows)

    assert list(answer.columns) == list(table.columns)
    assert {f"{ID}speerpunten/ondermijning"} == set(table.speerpunt)
    assert ["Aanpak ondermijning", "Belastingfraude"] == list(
        table.rol[table.partner == f"{ID}partners/belastingdienst"]
    )
    assert bool == table.direct.dtype
    assert table.direct.all()


# Table 2 of the example: 120 reports in 2020, 95 in 2022; a part of them, 40 and 30, on the square.
def test_figures_and_years_are_numbers(mini: kadernota.KnowledgeBase) -> None:
    table = pd.DataFrame(mini.ask("ontwikkeling-van-indicator", indicator="meldingen").rows)

    assert [(2020, 120.0), (2022, 95.0)] == list(zip(table.periode, table.waarde, strict=True))
    assert 107.5 == table.waarde.mean()


# The decision of the example: the first letter to the council comes on 1 June 2024.
def test_a_date_is_a_date_and_what_is_absent_is_none(mini: kadernota.KnowledgeBase) -> None:
    rows = mini.ask("toezeggingen-aan-raad").rows
    found = {row["uiterlijk"] for row in rows}

    assert date(2024, 6, 1) in found
    assert all(value is None or type(value) is date for value in found)


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("2024-02-29", "date", date(2024, 2, 29)),
        ("0000-01-01", "date", "0000-01-01"),
        ("7.5", "decimal", 7.5),
        ("0" * 400, "integer", 0),
        ("9" * 5000, "integer", "9" * 5000),
        ("1", "boolean", True),
        ("false", "boolean", False),
        ("P10D", "duration", "P10D"),
        ("2022", "gYear", 2022),
        ("twee", "integer", "twee"),
    ],
)
def test_what_python_has_no_value_for_stays_text(text: str, kind: str, value: object) -> None:
    found = typed(ox.Literal(text, datatype=ox.NamedNode(XSD + kind)))

    assert (value, type(value)) == (found, type(found))


def test_beside_a_thing_stands_its_name(kb: kadernota.KnowledgeBase) -> None:
    row = kb.ask("waar-bevoegdheid-gebruikt", bevoegdheid="bibob-onderzoek").rows[0]

    assert ("https://w3id.org/kadernota/def#Inspanning", "inspanning") == (
        row["klasse"],
        row["klasseNaam"],
    )


# "Bibob" is a row of the table of priority 2, with three points: investigations, a co-ordinator,
# and policy that is the same in the whole police district.
def test_each_thing_in_an_answer_rests_on_passages(
    kb: kadernota.KnowledgeBase, adopted: File
) -> None:
    answer = kb.ask("inspanningen-per-speerpunt", speerpunt="ondermijning")
    found = {s.passage: s for s in answer.sources if s.thing == f"{ID}inspanningen/bibob"}
    second = found[f"{ID}bron/kadernota-2023-2026#speerpunt-2-bibob-2"]

    assert 4 == len(found)
    assert "3. De speerpunten > Speerpunt 2: Ondermijning" == second.path
    assert "data/inspanningen/bibob.yaml:1" == second.file
    page, _, fragment = second.url.partition("#:~:text=")
    assert page.startswith("https://repository.officiele-overheidspublicaties.nl/cvdr/")
    start = unquote(fragment).split(",")[0]
    assert start in " ".join(adopted.content.decode().split())


def test_every_thing_in_every_answer_says_what_it_rests_on(kb: kadernota.KnowledgeBase) -> None:
    for question in kb.questions():
        answer = kb.ask(question.name)
        things = {
            value
            for row in answer.rows
            for name, value in row.items()
            if isinstance(value, str) and value.startswith(ID) and name + "Naam" in row
        }

        assert things <= {s.thing for s in answer.sources}, question.name
        for source in answer.sources:
            assert source.note or source.url.startswith("https://"), source
            assert source.file.startswith("data/") or not source.thing.startswith(ID), source


# Decision part 8 rests on the decision itself, its text also on the closing provision.
def test_a_key_with_a_source_of_its_own_keeps_it(kb: kadernota.KnowledgeBase) -> None:
    found = kb.describe("besluiten/onderdeel-8-begrotingswijziging")
    text = next(f for f in found.facts if f.key == "beschrijving")

    assert [
        f"{ID}bron/kadernota-2023-2026#besluit-{x}" for x in ("onderdeel-8", "slotbepaling")
    ] == [s.passage for s in text.sources]


# The team for economic intervention: its role names no priority, so it reaches one through the
# effort that has such checks; that this is our reading is said with it.
def test_an_answer_says_by_which_reasoning_a_row_stands_there(kb: kadernota.KnowledgeBase) -> None:
    answer = kb.ask("partners-per-speerpunt", speerpunt="ondermijning", ookIndirect=True)
    at = next(i for i, row in enumerate(answer.rows) if "Interventie" in str(row["partnerNaam"]))
    (reason,) = answer.reasons[at]
    role, use, part = reason.because

    assert "prp-spo2-3" == reason.rule
    assert ("", "", "prp-spo1") == (role.rule, use.rule, part.rule)
    assert f"{ID}inspanningen/aanpak-bedrijventerreinen" == use.object
    assert use.reading.startswith("De rol noemt geen speerpunt.")
    assert "Speerpunt 2, rij Aanpak bedrijventerreinen, punt 4" in {
        s.passage_name for s in use.sources
    }


def test_a_thing_is_described_with_its_parts_and_what_points_to_it(
    mini: kadernota.KnowledgeBase,
) -> None:
    found = mini.describe("Jongerenwerk Voorbeeldstad")
    facts = {(f.about_name, f.key, f.value_name or f.value) for f in found.facts if not f.derived}
    derived = {(f.key, f.value_name) for f in found.facts if f.derived}

    assert ("Jongeren opzoeken op straat", "voor", "Jeugd") in facts
    assert ("Jongerenwerk Voorbeeldstad", "ook-bekend-als", "het jongerenwerk") in facts
    assert ("werktDirectAan", "Jeugd") in derived
    assert ("overleggen/veiligheidsoverleg", "deelnemers") in {
        (f.about.removeprefix(EXAMPLE), f.key) for f in found.mentions
    }
    assert "partner" == found.kind
    assert len(found.facts) == len(pd.DataFrame(found.facts))


def test_of_a_passage_is_said_what_rests_on_it(mini: kadernota.KnowledgeBase) -> None:
    found = mini.describe("bron/kadernota-2023-2026#thema-1")

    assert f"{EXAMPLE}themas/jaarwisseling" in {f.about for f in found.mentions if f.key == "bron"}


@pytest.mark.parametrize("name", ["partners/riec", "RIEC", "riec", f"{ID}partners/riec"])
def test_a_thing_has_more_than_one_name(name: str, kb: kadernota.KnowledgeBase) -> None:
    assert f"{ID}partners/riec" == kb.describe(name).iri


def test_a_name_of_two_things_lists_them(kb: kadernota.KnowledgeBase) -> None:
    with pytest.raises(kadernota.CannotAnswer) as refused:
        kb.describe("Ondermijning")

    said = str(refused.value)
    assert said.startswith("'Ondermijning' kan meer dan één ding zijn. Kies één van:")
    assert "speerpunten/ondermijning  (Ondermijning)" in said
    assert "begrippen/ondermijning  (Ondermijning)" in said


# Article: the RIEC has one role, "Platform voor integrale samenwerking, ...", for Ondermijning.
def test_an_explanation_ends_in_passages(kb: kadernota.KnowledgeBase) -> None:
    why = kb.explain("RIEC", "werktAan", "speerpunten/ondermijning")
    (direct,) = why.because
    _, use = direct.because

    assert ("prp-spo1", "prp-spo2-2", "") == (why.rule, direct.rule, use.rule)
    (source,) = use.sources
    assert "data/partners/riec.yaml:15" == source.file
    assert source.path.startswith("5.")
    assert "Platform" in source.url


def test_a_stated_fact_is_its_own_explanation(kb: kadernota.KnowledgeBase) -> None:
    why = kb.explain("partners/riec", "soort", "partnersoorten/samenwerkingsverband")

    assert ("", (), "data/partners/riec.yaml:5") == (why.rule, why.because, why.sources[0].file)


@pytest.mark.parametrize("call", ["describe", "search"])
def test_asking_leaves_everything_as_it_was(call: str, kb: kadernota.KnowledgeBase) -> None:
    assert getattr(kb, call)("RIEC") == getattr(kb, call)("RIEC")


def test_what_is_found_can_be_asked_or_described_as_it_is(kb: kadernota.KnowledgeBase) -> None:
    hits = kb.search("wie werkt er aan ondermijning")

    assert ("vraag", "partners-per-speerpunt") == (hits[0].kind, hits[0].id)
    assert {"speerpunt": "speerpunten/ondermijning"} == hits[0].values
    for hit in hits:
        if hit.kind == "vraag":
            answer = kb.ask(hit.id, **hit.values)
            assert bool(answer.rows) == bool(answer.sources)  # what is empty rests on nothing
        else:
            assert kb.describe(hit.id).sources


# Hostile and wrong input: one error in Dutch, nothing else.
ODD = "\x00", "\ud800", "\u202e", "a\u200bb", "x" * 5000


@pytest.mark.parametrize("odd", ODD, ids=ascii)
@pytest.mark.parametrize("call", ["ask", "search", "describe", "explain", "value"])
def test_what_cannot_be_a_name_is_refused(call: str, odd: str, kb: kadernota.KnowledgeBase) -> None:
    calls: dict[str, Callable[[], object]] = {
        "ask": lambda: kb.ask(odd),
        "search": lambda: kb.search(odd),
        "describe": lambda: kb.describe(odd),
        "explain": lambda: kb.explain(odd, odd, odd),
        "value": lambda: kb.ask("partners-per-speerpunt", speerpunt=odd),
    }
    with pytest.raises(kadernota.CannotAnswer) as refused:
        calls[call]()

    said = str(refused.value)
    assert said.startswith(("Haal het onzichtbare teken weg", "Maak '"))
    assert said.isprintable()
    assert len(said) < 200


@pytest.mark.parametrize(
    ("asked", "values", "said"),
    [
        ("partners-per-speerpnt", {}, "Bedoelde je partners-per-speerpunt?"),
        ("partners-per-speerpunt", {"speerpnt": "x"}, "Bedoelde je speerpunt?"),
        ("partners-per-speerpunt", {"speerpunt": ""}, "Geef een waarde achter speerpunt."),
        ("partners-per-speerpunt", {"speerpunt": "}"}, "'}' is hier niet bekend"),
        ("partners-per-speerpunt", {"speerpunt": "ondermijning> } #"}, "is hier niet bekend"),
        ("partners-per-speerpunt", {"ookIndirect": "true } UNION {"}, "Schrijf true of false."),
        ("partners-per-speerpunt", {"ookIndirect": 3}, "Schrijf true of false."),
        ("speerpunten-op-datum", {"datum": "2023-02-30"}, "datum '2023-02-30'"),
        ("speerpunten-op-datum", {"datum": 2023}, "Schrijf de datum"),
        ("../../etc/passwd", {}, "bestaat niet"),
        ("", {}, "De vraag '' bestaat niet."),
        (None, {}, "Geef tekst, geen NoneType."),
    ],
)
def test_what_does_not_fit_is_told_in_dutch(
    asked: str, values: dict[str, str], said: str, kb: kadernota.KnowledgeBase
) -> None:
    with pytest.raises(kadernota.CannotAnswer) as refused:
        kb.ask(asked, **values)

    assert said in str(refused.value)
    assert "--" not in str(refused.value)


def test_text_in_a_value_means_nothing_in_the_query(kb: kadernota.KnowledgeBase) -> None:
    whole = kb.ask("wat-staat-in-passage").rows
    tricks = ('" } ?s ?p ?o . {', "\\", "'''", "<x> . } # ", "?speerpunt", "$0", "{{7*7}}")
    for trick in tricks:
        assert [] == kb.ask("normen-over", adres=trick).rows, trick
    assert whole == kb.ask("wat-staat-in-passage").rows


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("partners/halt", "werktAan", "speerpunten/ondermijning"), "Dit geldt niet: "),
        (("partners/hallt", "werktAan", "speerpunten/ondermijning"), "Bedoelde je partners/halt?"),
        (("partners/halt", "werktan", "speerpunten/ondermijning"), "Bedoelde je werktAan?"),
        (("partners/halt", "> ?p ?o . #", "x"), "De eigenschap '> ?p ?o . #' bestaat niet."),
        (("", "", ""), "De eigenschap '' bestaat niet."),
    ],
)
def test_there_is_no_reason_for_what_does_not_hold(
    words: tuple[str, str, str], said: str, kb: kadernota.KnowledgeBase
) -> None:
    with pytest.raises(kadernota.CannotAnswer) as refused:
        kb.explain(*words)

    assert said in str(refused.value)


def test_a_folder_without_a_knowledge_base_says_where_to_go(tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "weg", "\x00", "x" * 3000):
        with pytest.raises(kadernota.CannotAnswer):
            kadernota.open(place)


def test_a_folder_inside_a_knowledge_base_will_do() -> None:
    inside = kadernota.open(MINI / "data" / "partners")

    assert "Jeugd" == inside.describe("speerpunten/jeugd").name


def test_mistakes_in_the_files_are_told_with_their_line(tmp_path: Path) -> None:
    (tmp_path / "kadernota.yaml").write_bytes((MINI / "kadernota.yaml").read_bytes())
    (tmp_path / "data" / "partners").mkdir(parents=True)
    for i in range(12):
        (tmp_path / "data" / "partners" / f"p{i}.yaml").write_text("naam: P\nsort: x\n")

    with pytest.raises(kadernota.CannotAnswer) as refused:
        kadernota.open(tmp_path)

    said = str(refused.value).splitlines()
    assert "Herstel eerst deze fouten (kadernota check):" == said[0]
    assert said[1].startswith("data/partners/p0.yaml:2  ")
    assert said[-1].startswith("... en nog ")
