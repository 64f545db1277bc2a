"""A query file that is wrong gives one mistake, at its place, in Dutch."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from kadernota.asking.audience import AUDIENCES, by_audience
from kadernota.asking.questions import questions, unknown_classes
from kadernota.commands.command_line import parser
from kadernota.commands.registry import COMMANDS
from kadernota.model import File

if TYPE_CHECKING:
    from kadernota.model import Sources

WORDS = "#+ title: {nl: a, en: a}\n#+ question: {nl: a, en: a}\n"
HEAD = f"{WORDS}#+ audience: raadslid\n"
BODY = "#+ columns: [a]\n\nSELECT ?a WHERE { ?a ?b ?c } ORDER BY ?a"


def with_parameter(words: str) -> str:
    return f"{HEAD}#+ parameters:\n#+   - {words}\n{BODY}"


BROKEN = {
    "no header": ("SELECT ?a { ?a ?b ?c }", "1:1    Begin met een kop"),
    "another encoding": (b"#+ title: \xe9", "1:11    Bewaar dit bestand als UTF-8"),
    "a header that is no YAML": (
        f"#+ title: {{nl: a\n\n{BODY}",
        "1:11    Sluit de lijst of de accolades af",
    ),
    "a key twice": (HEAD + HEAD + BODY, "4:4  title  Verwijder één van beide"),
    "an unknown key": (
        HEAD + "#+ colums: [a]\n",
        "4:4  colums  Haal 'colums:' weg; "
        "hier kan: title, question, audience, words, parameters, columns.",
    ),
    "a word to find it by twice": (
        HEAD + "#+ words: [geld, euro, geld]\n" + BODY,
        "4:24  words  Noem 'geld' één keer.",
    ),
    "words to find it by that are no list": (
        HEAD + "#+ words: {a: b}\n" + BODY,
        "4:11  words  Schrijf 'words:' als een lijst: [een, twee].",
    ),
    "no English": (
        HEAD.replace("{nl: a, en: a}", "{nl: a}", 1) + BODY,
        "1:11  en  Voeg 'en:' toe, met één waarde.",
    ),
    "no word of who asks": (
        WORDS + BODY,
        "1:4  audience  Voeg 'audience:' toe, met één van: "
        "inwoner, raadslid, adviseur, partner, analist.",
    ),
    "an unknown asker": (
        f"{WORDS}#+ audience: Raadslid\n{BODY}",
        "3:14  audience  Kies achter 'audience:' uit: "
        "inwoner, raadslid, adviseur, partner, analist.",
    ),
    "two askers": (
        f"{WORDS}#+ audience: [inwoner, partner]\n{BODY}",
        "3:14  audience  Geef 'audience:' één waarde.",
    ),
    "no columns": (HEAD + "\nSELECT ?a { ?a ?b ?c }", "1:4  columns  Schrijf 'columns:' als"),
    "a column that is not selected": (
        HEAD + BODY.replace("[a]", "[b]"),
        "4:14  columns  Schrijf achter 'columns:' wat achter SELECT staat: [a].",
    ),
    "a parameter of an unknown type": (
        with_parameter("{name: a, type: xsd:dat}"),
        "5:24  type  Kies uit: kn:Klasse, xsd:date",
    ),
    "a parameter without a type": (with_parameter("name: a"), "5:8  type  Voeg 'type:' toe"),
    "a parameter that is not selected": (
        with_parameter("{name: b, type: xsd:date}"),
        "5:15  name  Zet ?b ook achter SELECT.",
    ),
    "a parameter that is a flag of ours": (
        with_parameter("{name: json, type: xsd:date}")
        .replace("[a]", "[json]")
        .replace("?a", "?json"),
        "5:15  name  Geef deze parameter een naam die nog vrij is.",
    ),
    "a parameter with a strange name": (
        with_parameter("{name: a-b, type: xsd:date}"),
        "5:15  name  Noem de parameter met alleen letters en cijfers.",
    ),
    "a default that is no date": (
        with_parameter("{name: a, type: xsd:date, default: gisteren}"),
        "5:43  default  Schrijf de datum als jaar-maand-dag",
    ),
    "SPARQL with a mistake": (
        HEAD + BODY.replace("?c", ""),
        "6:27    Herstel de SPARQL bij regel 6, kolom 27: bij 'ORDER' gaat het mis.",
    ),
    "a prefix that is not declared": (
        HEAD + BODY.replace("?b ?c", "?b kn:x"),
        "6:29    Herstel de SPARQL bij regel 6, kolom 29: dit voorvoegsel is niet aangekondigd",
    ),
    "an update": (
        f"{HEAD}#+ columns: [a]\n\nINSERT DATA {{ <a:a> <a:b> <a:c> }}",
        "6:1    Haal INSERT weg",
    ),
    "a question to elsewhere": (
        HEAD + BODY.replace("?a ?b ?c", "SERVICE <x:y> { ?a ?b ?c }"),
        "6:19    Haal SERVICE weg",
    ),
    "no SELECT": (f"{HEAD}#+ columns: [a]\n\nASK {{}}", "1:1    Begin de vraag met SELECT."),
}


@pytest.mark.parametrize(("text", "said"), BROKEN.values(), ids=BROKEN)
def test_a_broken_question_is_one_mistake_at_its_place(text: str | bytes, said: str) -> None:
    content = text if isinstance(text, bytes) else text.encode()
    found, (problem,) = questions([File("queries/x.rq", content)])
    place = problem.place

    assert () == found
    assert "queries/x.rq" == place.file
    assert f"{place.line}:{place.column}  {problem.key}  {problem.message}".startswith(said)


def test_a_question_has_a_name_that_can_be_typed() -> None:
    _, (problem,) = questions([File("queries/A b.rq", (HEAD + BODY).encode())])

    assert "Geef dit bestand de naam 'a-b.rq'." == problem.message


def test_a_parameter_of_a_class_that_does_not_exist_is_a_mistake_of_the_query() -> None:
    asked, _ = questions([File("queries/x.rq", with_parameter("{name: a, type: kn:X}").encode())])
    (problem,) = unknown_classes(asked, set())

    assert (5, 24) == (problem.place.line, problem.place.column)
    assert "Noem een klasse die bestaat, niet kn:X." == problem.message


def test_questions_stand_under_who_asks_them_and_who_asks_nothing_is_left_out() -> None:
    by = {"a": "analist", "b": "inwoner", "c": "analist"}
    files = [
        File(f"queries/{name}.rq", f"{WORDS}#+ audience: {who}\n{BODY}".encode())
        for name, who in by.items()
    ]
    asked, problems = questions(files)

    assert () == problems
    assert [
        ("Voor inwoners en ondernemers", ["b"]),
        ("Voor analisten", ["a", "c"]),
    ] == [(who, [q.name for q in group]) for who, group in by_audience(asked)]


def test_every_asker_has_a_fair_share_of_the_questions(sources: Sources) -> None:
    asked, _ = questions(sources.queries)
    counts = Counter(q.audience for q in asked)

    assert set(AUDIENCES) == set(counts)
    assert all(len(asked) / 10 <= n <= len(asked) / 3 for n in counts.values())


def test_a_percent_sign_in_a_title_means_itself(capsys: pytest.CaptureFixture[str]) -> None:
    text = HEAD.replace("nl: a", "nl: 50 % van de partners") + BODY
    asked, _ = questions([File("queries/x.rq", text.encode())])
    top = parser(COMMANDS, asked)

    assert "stel een vraag" in top.format_help().lower()
    with pytest.raises(SystemExit) as stopped:
        top.parse_args(["ask", "--help"])
    assert 0 == stopped.value.code
    assert "50 % van de partners" in capsys.readouterr().out
