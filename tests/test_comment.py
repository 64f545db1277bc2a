"""In a comment on a forge a name is a name, however it is spelt, and nothing is cut in silence."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import TYPE_CHECKING

import pytest
from cmarkgfm import github_flavored_markdown_to_html
from cmarkgfm.cmark import Options
from editions import MINIMAL, PARTNER, edited, with_files
from hypothesis import given, settings
from hypothesis import strategies as st
from kadernota.comparing.briefing import told
from kadernota.comparing.comment import LIMIT, MARK, markdown
from kadernota.comparing.comparison import Comparison, Edition, compare
from kadernota.letters import remedy
from kadernota.pipeline import load

if TYPE_CHECKING:
    from kadernota.model import Sources

OURS = {"h3", "h4", "p", "strong", "ul", "li", "b", "code", "ins", "del", "a", "sub", "details",
        "summary"}  # fmt: skip
SIGNS = re.compile(r"[@#!~^&$%\[](?=\w)|\bGH-\d")
APART = "\u200b"


def compared(before: Sources, after: Sources) -> Comparison:
    return compare(Edition("main", before, load(before)), Edition("plan", after, load(after)))


def named(name: str) -> Comparison:
    line = f"naam: {json.dumps(name, ensure_ascii=False)}"
    return compared(MINIMAL, edited(MINIMAL, (PARTNER, "naam: Jongerenwerk Voorbeeldstad", line)))


def rendered(text: str) -> str:
    """What GitHub's own reader of Markdown makes of it, with all HTML left in."""
    return str(github_flavored_markdown_to_html(text, options=Options.CMARK_OPT_UNSAFE))


def words(html: str) -> str:
    """The text that a reader sees, on one line."""
    return " ".join(unescape(re.sub(r"<[^>]*>", "", html)).split())


HOSTILE = [
    "@burgemeester", "a@b.nl", "#12", "!34", "~label", "GH-7", "owner/repo#1", "$5", "%mijlpaal",
    "[contact:ada]", "<script>alert(1)</script>", "<!-- weg -->", "</details>", "<b>", "&lt;b&gt;",
    "**vet**", "_schuin_", "`code`", "[link](https://kwaad.nl)", "![beeld](https://kwaad.nl/x.png)",
    "| a | b |", "- punt", "1. punt", "# kop", "/close", "> zei hij", "~~door~~", "\\*",
    "&#64;ada", "https://kwaad.nl", "^noot", "[^1]", ":tada:", "--- ", "=== ", "++ins++",
]  # fmt: skip


@pytest.mark.parametrize("name", [n.strip() for n in HOSTILE])
def test_a_name_that_means_something_elsewhere_is_only_a_name(name: str) -> None:
    html = rendered(markdown(named(name)))

    assert set(re.findall(r"</?(\w+)", html)) <= OURS
    assert f" {name} (was: " in words(html).replace(APART, "")
    assert not SIGNS.search(words(html))
    assert not re.search(r"(?m)^\s*/\w", markdown(named(name)))


@given(st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=20))
@settings(max_examples=60, deadline=None)
def test_whatever_the_name_only_our_own_marks_are_left(name: str) -> None:
    text = f"a{name}z"
    found = named(text)
    if remedy(text) or found.changes is None:
        return
    html = rendered(markdown(found))

    assert set(re.findall(r"</?(\w+)", html)) <= OURS
    assert f"naam is nu {text} (was: " in words(html).replace(APART, "")


def test_a_comment_begins_with_its_mark_and_says_between_which_versions_it_is() -> None:
    text = markdown(named("Straatwerk"))

    assert [
        MARK,
        "### Wat deze wijziging betekent",
        "",
        "**1 gewijzigd.**",
        "",
        "#### Gewijzigd",
        "",
        "- Partner <b>Straatwerk</b> <code>partners/jongerenwerk</code>",
        "  - naam is nu Straatwerk (was: Jongerenwerk Voorbeeldstad)",
        "",
        "<sub>Van main naar plan.</sub>",
    ] == text.splitlines()


def test_with_an_address_names_lead_to_their_page() -> None:
    text = markdown(named("Straatwerk"), "https://voorbeeldstad.nl/beleid/")

    assert (
        '<b><a href="https://voorbeeldstad.nl/beleid/partners/jongerenwerk/">Straatwerk</a></b>'
        in text
    )


def many(count: int, words: str) -> Comparison:
    files = {f.path: f.content.decode() for f in MINIMAL.data}
    text = (
        "naam: Groep {}\ntoelichting: " + words + "\nbron: bron/kadernota-2023-2026#speerpunt-2\n"
    )
    more = {f"data/doelgroepen/groep-{n}.yaml": text.format(n) for n in range(count)}
    return compared(MINIMAL, with_files(MINIMAL, files | more))


def test_a_long_list_is_folded() -> None:
    html = rendered(markdown(many(20, "Zo is het.")))

    assert "<details><summary>Nieuw (20)</summary>" in html
    assert 20 == html.count("<b>Groep ")
    assert html.count("<ul>") == html.count("</ul>")


def test_what_is_too_long_for_a_forge_is_first_told_by_name_only() -> None:
    text = markdown(many(400, "Een hele lange toelichting. " * 10))
    html = rendered(text)

    assert len(text.encode()) <= LIMIT
    assert 400 == html.count("<b>Groep ") == html.count("en nog 1 regel<")
    assert "Niet alles past hier" not in text


def test_what_is_still_too_long_is_left_out_whole_and_counted() -> None:
    found = many(1500, "Zo is het.")
    text = markdown(found)
    html = rendered(text)
    (counted,) = re.findall(r"\n\*\*Niet alles past hier: (\d+) dingen of regels ", text)

    assert LIMIT * 0.9 < len(text.encode()) <= LIMIT
    assert 1500 == html.count("<b>Groep ") + int(counted)
    assert html.count("<details>") == html.count("</details>") == 1
    assert 1500 == sum(len(section.things) for section in told(found))


def test_one_thing_with_very_many_changes_does_not_take_all_the_room() -> None:
    passages = "".join(
        f"  nieuw-{n}:\n    naam: Nieuw {n}\n    soort: passagesoorten/alinea\n    volgnummer: 9\n"
        for n in range(3000)
    )
    register = "data/bron/kadernota-2023-2026.yaml"
    after = edited(
        MINIMAL,
        (register, "passages:\n", "passages:\n" + passages),
        (PARTNER, "naam: Jongerenwerk Voorbeeldstad", "naam: Straatwerk"),
    )
    text = markdown(compared(MINIMAL, after))

    assert re.search(r"\n  - en nog \d+ regels\n", text)
    assert "naam is nu Straatwerk" in text


def test_mistakes_in_form_are_told_in_the_comment() -> None:
    after = edited(MINIMAL, (PARTNER, "nota: kadernotas/2023-2026", "nota: kadernotas/2027"))
    text = markdown(compared(MINIMAL, after))

    assert "\n**Niet te vergelijken: herstel eerst de fouten in plan.**\n" in text
    assert f"\n- <code>{PARTNER}:4:7</code> Verwijs naar een ding" in text
