"""`kadernota ask ... --waarom`: each row with why it stands there, down to line and passage."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from cmarkgfm import github_flavored_markdown_to_html
from conftest import MINI, ROOT
from kadernota.asking import because
from kadernota.asking.ask import Answer, ask, store
from kadernota.asking.connect import connections, restates
from kadernota.asking.explain import Explainer
from kadernota.asking.questions import questions
from kadernota.cli import main
from kadernota.names import KN

if TYPE_CHECKING:
    from pathlib import Path

    from kadernota.asking.explain import Reason
    from kadernota.model import Loaded, Sources

Capture = pytest.CaptureFixture[str]


def said(capsys: Capture, *words: str, root: Path = ROOT) -> str:
    assert 0 == main(["--map", str(root), *words]), capsys.readouterr().err
    return capsys.readouterr().out


def under(capsys: Capture, *words: str, root: Path = ROOT) -> str:
    """What stands under the table."""
    return said(capsys, "ask", *words, "--waarom", root=root).partition("\nWaarom:\n")[2]


@pytest.fixture(scope="module")
def explainer(loaded: Loaded) -> Explainer:
    return Explainer(loaded.asserted, loaded.ontology, loaded.rules)


# In the text of the example: "Jongeren opzoeken op straat" is the first point of Jongerenwerk
# Voorbeeldstad in the table of partners, and the row of the answer has that role.
def test_a_row_is_explained_by_the_statements_it_rests_on(capsys: Capture) -> None:
    found = under(capsys, "partners-per-speerpunt", "--speerpunt", "jeugd", root=MINI)
    first = found.partition("  Jongerenwerk Voorbeeldstad – werkt indirect")[0].splitlines()

    assert "Rij 1" == first[0]
    assert "  Jongerenwerk Voorbeeldstad – werkt direct aan – Jeugd, want:" == first[1]
    assert first[2].startswith(
        "    Jongerenwerk Voorbeeldstad – bijdrage – Jongeren opzoeken op straat"
        "  (data/partners/jongerenwerk.yaml:9; "
    )
    assert first[3].startswith(
        "    Jongeren opzoeken op straat – voor – Jeugd  (data/partners/jongerenwerk.yaml:12; "
    )
    assert "Partners, lijstonderdeel 5" in first[3]
    assert first[4].startswith("    Regel prp-spo2-2: Twee stappen achter elkaar")
    assert 5 == len(first)


# The table of chapter 5 gives the tax authority two roles, the first "Aanpak ondermijning", the
# second "Belastingfraude"; each row of the answer is there for its own.
def test_two_roles_for_one_priority_are_two_explanations(capsys: Capture) -> None:
    found = under(capsys, "partners-per-speerpunt", "--speerpunt", "ondermijning")
    first, second = found.split("Rij ")[1:3]

    assert "– voor –" in first
    assert "Aanpak ondermijning – voor – Ondermijning" in first
    assert "rij Belastingdienst, punt 1)" in first
    assert "Belastingfraude" not in first
    assert "Belastingfraude – voor – Ondermijning" in second
    assert "rij Belastingdienst, punt 2)" in second
    assert "Aanpak ondermijning" not in second


# Residents have no role for this priority; paragraph 4 names them there as those to work with.
def test_a_restatement_is_told_when_there_is_nothing_else(capsys: Capture) -> None:
    words = ("partners-per-speerpunt", "--speerpunt", "ondermijning", "--ook-indirect")
    found = under(capsys, *words)
    last = found.split("Rij ")[-1]

    assert "  Ondermijning – betrokken – Inwoner, want:" in last
    assert "Ondermijning – samen met – Inwoner  (data/speerpunten/ondermijning.yaml:34; " in last
    assert "; Speerpunt 2, alinea 4; " in last


# The consultation of the example serves Jeugd and Jaarwisseling because its file says so, and the
# effort because an activity of that uses it.
def test_what_was_stated_is_told_apart_from_what_was_derived(capsys: Capture) -> None:
    serves = "SELECT ?overleg ?dient { ?overleg <https://w3id.org/kadernota/def#dient> ?dient }"
    asked = f"{serves} ORDER BY ?dient"
    first, second, third = under(capsys, "--query", asked, root=MINI).split("Rij ")[1:]

    assert "dient – Jongerenwerk op straat, want:" in first
    assert "Avondronde lopen – overleg – Veiligheidsoverleg  (data/inspanningen/" in first
    assert "Niet afgeleid; zo vastgelegd:\n" in second
    assert (
        "Veiligheidsoverleg – dient – Jeugd  (data/overleggen/veiligheidsoverleg.yaml:7;" in second
    )
    assert "Veiligheidsoverleg – dient – Jaarwisseling  (data/overleggen/" in third
    assert "want:" not in second + third


def test_rows_with_one_reason_share_it(capsys: Capture) -> None:
    found = under(capsys, "--query", "SELECT ?n { VALUES ?n { 1 2 3 } }")

    assert "Rijen 1-3\n  Niet afgeleid; deze rij noemt geen ding.\n" == found


# Note 2 of the example says what a youth group is; the words stand in the third paragraph.
def test_a_thing_alone_is_told_with_its_file_and_passages(capsys: Capture) -> None:
    found = under(capsys, "begrippen", root=MINI)

    assert (
        "Niet afgeleid; zo vastgelegd:\n    Jeugdgroep  (data/begrippen/jeugdgroep.yaml:1; "
        in found
    )
    assert "yaml:1; Speerpunt, alinea 3; Voetnoot 2)\n" in found


def test_an_empty_answer_has_nothing_to_explain(capsys: Capture) -> None:
    words = ("partners-per-speerpunt", "--speerpunt", "digitale-criminaliteit", "--waarom")

    assert "Geen resultaten.\n" == said(capsys, "ask", *words)


def test_triples_are_explained_one_by_one(capsys: Capture) -> None:
    query = "CONSTRUCT WHERE { ?s kn:werktDirectAan <BASEspeerpunten/jeugd> }"
    query = f"PREFIX kn: <{KN}> {query}".replace("BASE", "https://w3id.org/kadernota/id/gm0000/")
    found = under(capsys, "--query", query, root=MINI)

    assert "Jongerenwerk Voorbeeldstad – werkt direct aan – Jeugd, want:" in found


def test_json_has_a_tree_per_row_beside_the_standard_results(capsys: Capture) -> None:
    words = ("partners-per-speerpunt", "--speerpunt", "jeugd")
    found = json.loads(said(capsys, "ask", *words, "--waarom", "--json", root=MINI))
    plain = json.loads(said(capsys, "ask", *words, "--json", root=MINI))
    ((direct, indirect),) = found.pop("because")

    assert plain == found
    assert ("prp-spo2-2", "prp-spo2-3") == (direct["rule"], indirect["rule"])
    leaf = direct["because"][1]
    assert (None, "data/partners/jongerenwerk.yaml:12") == (leaf["rule"], leaf["source"][:34])
    passage = leaf["sources"][2]
    assert "Partners, lijstonderdeel 5" == passage["passage_name"]
    assert "Partners" == passage["path"]
    assert passage["url"].endswith("#:~:text=Jongeren%20opzoeken%20op%20straat")


def test_the_command_waarom_gives_the_same_tree(capsys: Capture) -> None:
    words = ("partners/jongerenwerk", "werktDirectAan", "speerpunten/jeugd")
    tree = json.loads(said(capsys, "waarom", *words, "--json", root=MINI))
    whole = said(
        capsys, "ask", "partners-per-speerpunt", "--speerpunt", "jeugd", "--waarom", "--json",
        root=MINI,
    )  # fmt: skip

    assert tree == json.loads(whole)["because"][0][0]


def test_markdown_has_the_reasons_as_a_list(capsys: Capture) -> None:
    words = ("partners-per-speerpunt", "--speerpunt", "jeugd", "--waarom", "--format", "md")
    html = github_flavored_markdown_to_html(said(capsys, "ask", *words, root=MINI))

    assert 1 == html.count("<table>")
    assert re.search(r"<li>Rij 1\s*<ul>\s*<li>Jongerenwerk Voorbeeldstad – werkt direct aan", html)
    assert "data/partners/jongerenwerk.yaml:12; Speerpunt, alinea 5" in html


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("partners", "--format", "csv"), "Kies bij --waarom een andere vorm dan csv"),
        (("--query", "ASK { ?s ?p ?o }"), "Begin bij --waarom met SELECT of CONSTRUCT"),
    ],
)
def test_what_has_no_room_for_reasons_says_so(
    words: tuple[str, ...], told: str, capsys: Capture
) -> None:
    assert 2 == main(["--map", str(MINI), "ask", *words, "--waarom"])
    out, err = capsys.readouterr()
    assert "" == out
    assert err.startswith(told)


def test_the_flag_may_stand_on_either_side_of_the_question(capsys: Capture) -> None:
    after = said(capsys, "ask", "partners", "--waarom", root=MINI)

    assert after == said(capsys, "ask", "--waarom", "partners", root=MINI)


def leaves(reason: Reason) -> list[Reason]:
    return [leaf for b in reason.because for leaf in leaves(b)] if reason.rule else [reason]


def test_every_reason_of_every_answer_is_derived_between_its_things_and_ends_in_the_files(
    loaded: Loaded, sources: Sources, explainer: Explainer
) -> None:
    graph, told = store(loaded), 0
    for question in questions(sources.queries)[0]:
        for row in ask(graph, loaded, question, {}).rows:
            for reason in connections(row, loaded, explainer):
                told += 1
                assert {reason.statement.subject, reason.statement.object} <= set(row)
                assert reason.statement in loaded.inferred
                for leaf in leaves(reason):
                    assert leaf.statement in loaded.asserted

    assert told > 500


def test_no_restatement_stands_beside_what_it_restates(
    loaded: Loaded, explainer: Explainer
) -> None:
    riec = ox.NamedNode(loaded.settings.base + "partners/riec")
    goal = ox.NamedNode(loaded.settings.base + "speerpunten/ondermijning")
    between = [t for t in loaded.inferred.items if {t.subject, t.object} == {riec, goal}]
    found = connections((riec, goal), loaded, explainer)

    assert {KN + "werktAan", KN + "werktDirectAan"} <= {t.predicate.value for t in between}
    assert [KN + "werktDirectAan"] == [r.statement.predicate.value for r in found]
    assert not any(map(restates, found))


def test_an_answer_about_nothing_known_is_no_mistake(loaded: Loaded, explainer: Explainer) -> None:
    odd = ox.NamedNode("https://example.org/niets"), ox.BlankNode("b"), None, ox.Literal("x")
    found = because.text(Answer(("a", "b", "c", "d"), (odd,)), loaded, explainer, "table")

    assert "\nWaarom:\nRij 1\n  Niet afgeleid; deze rij noemt geen ding.\n" == found
