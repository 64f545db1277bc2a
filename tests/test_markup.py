"""Text from data comes out as it went in, and is never more than text."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import markdown
import pytest
import yaml
from conftest import ROOT
from hypothesis import example, given
from hypothesis import strategies as st
from kadernota.publishing.markup import Glossary, anchor, attribute, escape, folded, lines, plain
from markupsafe import Markup


class Seen(HTMLParser):
    """The elements of a page, with their attributes, and its visible text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    @property
    def tags(self) -> list[str]:
        return [tag for tag, _ in self.elements]


def settings() -> tuple[list[str], dict[str, dict[str, object]]]:
    """The extensions of Python-Markdown that the site itself uses."""
    config = yaml.safe_load((ROOT / "mkdocs.yml").read_text())["markdown_extensions"]
    named = [e if isinstance(e, str) else next(iter(e)) for e in config]
    return named, {k: v for e in config if isinstance(e, dict) for k, v in e.items()}


EXTENSIONS, CONFIGS = settings()


def rendered(text: str) -> Seen:
    return Seen(markdown.markdown(text, extensions=EXTENSIONS, extension_configs=CONFIGS))


hostile = st.text() | st.text(alphabet="<>&\"'`*_#[](){}!|~^=$@:/\\+-.1 \n\tab;\x02\x03")


@given(hostile)
@example("<script>alert(1)</script>")
@example("[klik](javascript:alert)")
@example("![x](https://x.nl/a.png)")
@example("2. geen lijst")
@example("- geen lijst")
@example("Kop {: #x onclick=alert }")
@example("&lt;b&gt; &amp; &#60;b>")
@example("a\x02wzxhzdk:0\x03b")
@example("regel\n\n    code")
@example("[x]: https://x.nl")
@example("*[HTML]: x")
def test_escaped_text_is_the_same_text_in_markdown(text: str) -> None:
    seen = rendered(f"x{escape(text)}x")

    assert f"x{folded(text)}x" == seen.text
    assert ["p"] == seen.tags


@given(hostile)
def test_escaped_text_at_the_start_of_a_line_is_no_list_heading_or_quote(text: str) -> None:
    seen = rendered(str(escape(text)))

    assert folded(text).strip() == seen.text.strip()
    assert set(seen.tags) <= {"p"}


@given(hostile)
def test_escaped_text_is_the_same_text_in_an_html_block_and_in_an_attribute(text: str) -> None:
    seen = rendered(f'<div title="{escape(text)}">x{escape(text)}x</div>')

    assert f"x{folded(text)}x" == seen.text.strip()
    assert [("div", {"title": folded(text)})] == seen.elements


@given(hostile)
def test_escaped_text_is_the_same_text_in_a_heading(text: str) -> None:
    seen = rendered(f"# x{escape(text)}x {{: #begin_ }}")

    assert f"x{folded(text)}x" == seen.text.removesuffix("#").strip()
    assert ["h1", "a"] == seen.tags
    assert {"id": "begin_"} == seen.elements[0][1]


@given(hostile)
def test_lines_keep_their_ends_and_their_indents(text: str) -> None:
    seen = rendered(f"<pre>x{lines(text)}x</pre>")
    wanted = "\n".join(folded(line) if not line.strip() else line for line in text.splitlines())

    assert re.sub(r"\s", "", folded(wanted)) == re.sub(r"\s", "", seen.text[1:-1])
    assert ["pre"] == seen.tags
    assert "a\n  b" == Seen(str(lines("a\n  b"))).text


@given(hostile)
def test_a_title_in_the_head_of_a_page_is_one_yaml_string_without_markup(text: str) -> None:
    head = yaml.safe_load(f'title: "{plain(text)}"')

    assert isinstance(head["title"], str)
    assert [] == Seen(head["title"]).tags
    assert not set('<>&"\\') & set(head["title"])


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "JavaScript:alert(1)", " javascript:x", "data:text/html,x", "http://x"],
)
def test_an_address_of_another_kind_is_dropped(address: str) -> None:
    assert "" == attribute(address)


@given(hostile)
def test_an_address_cannot_end_its_attribute(text: str) -> None:
    seen = rendered(f'<p><a href="{attribute("./" + text)}">x</a></p>')

    assert ["p", "a"] == seen.tags
    assert ["href"] == list(seen.elements[1][1])


def test_an_address_in_the_site_or_on_the_web_stays_as_it_is() -> None:
    assert "../partners/riec/#rol_1" == attribute("../partners/riec/#rol_1")
    assert "https://x.nl/a:b?c=1&amp;d" == attribute("https://x.nl/a:b?c=1&d")


@given(hostile)
def test_an_anchor_is_only_letters_digits_and_signs_that_mean_nothing(text: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9_.-]*", anchor(text))


TERMS = Glossary(
    {
        "High Impact Crimes": ("begrippen/hic/", "Zware misdrijven."),
        "HIC": ("begrippen/hic/", "Zware misdrijven."),
        "crimes": ("begrippen/crimes/", "Misdrijven."),
        "WAS": ("begrippen/was/", "Een overleg."),
    }
)


def links(text: str, seen: set[str] | None = None) -> list[tuple[str, dict[str, str | None]]]:
    return Seen(str(TERMS.link(text, "../", seen))).elements


def test_a_term_is_linked_where_it_first_occurs() -> None:
    text = "Bij high impact crimes (HIC) en nog eens HIC."

    assert [{"class": "begrip", "href": "../begrippen/hic/", "title": "Zware misdrijven."}] == [
        attributes for _, attributes in links(text)
    ]
    assert text == Seen(str(TERMS.link(text, "../"))).text


def test_an_abbreviation_is_only_a_term_in_capitals() -> None:
    assert [] == links("dat was zo")
    assert 1 == len(links("De WAS komt"))


def test_a_part_of_a_word_is_no_term() -> None:
    assert [] == links("HICs en thic")


def test_what_is_already_linked_on_a_page_is_not_linked_again() -> None:
    seen: set[str] = set()

    assert 1 == len(links("HIC", seen))
    assert [] == links("HIC", seen)


@given(hostile)
def test_a_glossary_without_terms_only_escapes(text: str) -> None:
    assert escape(folded(text).strip()) == Glossary({}).link(text, "")


@given(hostile, hostile)
def test_a_glossary_creates_no_element_but_its_own_links(text: str, definition: str) -> None:
    glossary = Glossary({"term": ("begrippen/term/", definition)})
    seen = rendered(f"<p>{glossary.link('term ' + text, './')}</p>")

    assert folded("term " + text).strip() == seen.text.strip()
    assert ["p", "a"] == seen.tags


def test_markup_that_is_already_safe_is_not_escaped_again() -> None:
    assert Markup("<b>") == escape(Markup("<b>"))
