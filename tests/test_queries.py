"""A query file that is wrong gives one mistake, at its place, in Dutch."""

from __future__ import annotations

import pytest
from kadernota.asking.questions import questions, unknown_classes
from kadernota.commands.command_line import parser
from kadernota.commands.registry import COMMANDS
from kadernota.model import File

HEAD = "#+ title: {nl: a, en: a}\n#+ question: {nl: a, en: a}\n"
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
    "a key twice": (HEAD + HEAD + BODY, "3:4  title  Verwijder één van beide"),
    "an unknown key": (
        HEAD + "#+ colums: [a]\n",
        "3:4  colums  Haal 'colums:' weg; hier kan: title, question, parameters, columns.",
    ),
    "no English": (
        BODY.join(["#+ title: {nl: a}\n#+ question: {nl: a, en: a}\n", ""]),
        "1:11  en  Voeg 'en:' toe, met één waarde.",
    ),
    "no columns": (HEAD + "\nSELECT ?a { ?a ?b ?c }", "1:4  columns  Schrijf 'columns:' als"),
    "a column that is not selected": (
        HEAD + BODY.replace("[a]", "[b]"),
        "3:14  columns  Schrijf achter 'columns:' wat achter SELECT staat: [a].",
    ),
    "a parameter of an unknown type": (
        with_parameter("{name: a, type: xsd:dat}"),
        "4:24  type  Kies uit: kn:Klasse, xsd:date",
    ),
    "a parameter without a type": (with_parameter("name: a"), "4:8  type  Voeg 'type:' toe"),
    "a parameter that is not selected": (
        with_parameter("{name: b, type: xsd:date}"),
        "4:15  name  Zet ?b ook achter SELECT.",
    ),
    "a parameter that is a flag of ours": (
        with_parameter("{name: json, type: xsd:date}")
        .replace("[a]", "[json]")
        .replace("?a", "?json"),
        "4:15  name  Geef deze parameter een naam die nog vrij is.",
    ),
    "a parameter with a strange name": (
        with_parameter("{name: a-b, type: xsd:date}"),
        "4:15  name  Noem de parameter met alleen letters en cijfers.",
    ),
    "a default that is no date": (
        with_parameter("{name: a, type: xsd:date, default: gisteren}"),
        "4:43  default  Schrijf de datum als jaar-maand-dag",
    ),
    "SPARQL with a mistake": (
        HEAD + BODY.replace("?c", ""),
        "5:27    Herstel de SPARQL bij regel 5, kolom 27: bij 'ORDER' gaat het mis.",
    ),
    "a prefix that is not declared": (
        HEAD + BODY.replace("?b ?c", "?b kn:x"),
        "5:29    Herstel de SPARQL bij regel 5, kolom 29: dit voorvoegsel is niet aangekondigd",
    ),
    "an update": (
        f"{HEAD}#+ columns: [a]\n\nINSERT DATA {{ <a:a> <a:b> <a:c> }}",
        "5:1    Haal INSERT weg",
    ),
    "a question to elsewhere": (
        HEAD + BODY.replace("?a ?b ?c", "SERVICE <x:y> { ?a ?b ?c }"),
        "5:19    Haal SERVICE weg",
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

    assert (4, 24) == (problem.place.line, problem.place.column)
    assert "Noem een klasse die bestaat, niet kn:X." == problem.message


def test_a_percent_sign_in_a_title_means_itself(capsys: pytest.CaptureFixture[str]) -> None:
    text = HEAD.replace("nl: a", "nl: 50 % van de partners") + BODY
    asked, _ = questions([File("queries/x.rq", text.encode())])
    top = parser(COMMANDS, asked)

    assert "stel een vraag" in top.format_help().lower()
    with pytest.raises(SystemExit) as stopped:
        top.parse_args(["ask", "--help"])
    assert 0 == stopped.value.code
    assert "50 % van de partners" in capsys.readouterr().out
