"""An adopted text becomes a register of passages, and stays it when the text changes."""

from __future__ import annotations

import json
import os
import re
import shutil
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
import yaml
from conftest import CHROMIUM, MINI, ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from kadernota.cli import main
from kadernota.model import File, Loaded, Problem
from kadernota.pipeline import check, load
from kadernota.sources import LARGEST
from kadernota.sources import read as read_folder
from kadernota.tracing import adopted as reader
from kadernota.tracing import register
from kadernota.tracing.block import CELL, HEADING, ITEM, NOTE, PARAGRAPH, Block
from kadernota.tracing.fragment import Context, edges, fragments, link
from kadernota.tracing.passages import Passage, Reading, read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from playwright.sync_api import Browser

TEXTS = ROOT / "tests" / "bron"
FORMS = ("txt", "html", "xml")
REGISTER = "data/bron/kadernota-2023-2026.yaml"
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SAME = "Er is niets veranderd."

Run = "Callable[..., tuple[int, str, str]]"


@pytest.fixture
def mini(tmp_path: Path) -> Path:
    """A copy of the smallest knowledge base."""
    return Path(shutil.copytree(MINI, tmp_path / "mini"))


@pytest.fixture
def run(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, mini: Path
) -> Callable[..., tuple[int, str, str]]:
    """`kadernota source` on the copy."""

    def go(text: Path | str, *words: str) -> tuple[int, str, str]:
        monkeypatch.chdir(mini)
        code = main(["source", str(text), *words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return go


def blocks(form: str, content: bytes | None = None) -> tuple[Block, ...]:
    path = TEXTS / f"voorbeeldstad.{form}"
    found = reader.blocks(File(path.name, path.read_bytes() if content is None else content))
    assert isinstance(found, tuple), found
    return found


# Reading.


def test_the_three_forms_of_one_text_are_the_same_passages() -> None:
    plain, page, markup = ([b.text for b in blocks(form)] for form in FORMS)

    assert page == plain
    assert page == markup
    assert 68 == len(page)


def test_markup_says_what_kind_each_passage_is() -> None:
    kinds = {b.text: b.kind for b in blocks("html")}

    assert kinds == {b.text: b.kind for b in blocks("xml")}
    assert HEADING == kinds["Kadernota Voorbeeldstad 2023-2026"] == kinds["Besluit"]
    assert HEADING == kinds["Tabel 1: Rapportcijfer voor veiligheid"]
    assert PARAGRAPH == kinds["A. de Vries"]
    assert ITEM == kinds["De raad krijgt in 2027 een eindevaluatie."]
    assert ITEM == kinds["Deelname aan het Veiligheidsoverleg"]
    assert CELL == kinds["Onderwerp"] == kinds["7,4"] == kinds["Regie, door het Team Veiligheid"]
    assert NOTE == kinds["Jongeren die vaak samen buiten zijn."]


def test_of_plain_text_a_table_without_a_title_and_a_signature_are_guessed_wrong() -> None:
    wrong = [(a.kind, b.text) for a, b in zip(blocks("txt"), blocks("xml"), strict=True) if a != b]

    assert [(HEADING, "Inspanning"), (HEADING, "Partner")] == wrong[:2]
    assert {CELL} == {kind for kind, _ in wrong[2:]}
    assert "A. de Vries" == wrong[-1][1]
    assert 5 == len(wrong)


def test_a_footnote_comes_after_the_text_and_its_number_stays_in_the_sentence() -> None:
    for form in FORMS:
        texts = [b.text for b in blocks(form)]
        notes = ["Hinder die mensen elkaar buiten geven.", "Jongeren die vaak samen buiten zijn."]

        assert notes == texts[-2:]
        assert any(
            "overlast1, vooral in het weekend, soms als vaste jeugdgroep2." in t for t in texts
        )


def test_head_navigation_scripts_and_numbers_of_lists_are_no_text() -> None:
    whole = "\n".join(b.text for b in blocks("html"))

    for word in ("Regelingenbank", "Ga naar", "gelezen", "margin", "Noot", "•"):
        assert word not in whole
    assert "Geen." not in [b.text for b in blocks("xml")]


def test_a_form_around_the_whole_page_does_not_hide_it() -> None:
    page = b"<html><body><form><header>Menu</header><div id='broodtekst'><p>Tekst.</p></div></form>"

    assert (Block(PARAGRAPH, "Tekst."),) == blocks("html", page)


STOP = """<?xml version="1.0" encoding="UTF-8"?>
<Aanlevering xmlns="https://standaarden.overheid.nl/lvbb/"><Kenmerk>niet lezen</Kenmerk>
<RegelingVrijetekst xmlns="https://standaarden.overheid.nl/stop/imop/tekst/">
<RegelingOpschrift><Al>Kadernota</Al></RegelingOpschrift>
<Lichaam><Divisie><Kop><Label>Hoofdstuk</Label><Nummer>1</Nummer><Opschrift>Doel<Noot id="n"
type="voet"><NootNummer>1</NootNummer><Al>Een <i>noot</i>.</Al></Noot></Opschrift></Kop>
<Inhoud><Al>De <b>raad</b><sup>2</sup> wil dit<?pi x?><!-- niet -->:</Al>
<Lijst><Li><LiNummer>a.</LiNummer><Al>rust;</Al></Li><Li><LiNummer>b.</LiNummer>
<Al>regelmaat.</Al><Lijst><Li><LiNummer>1°</LiNummer><Al>elke dag.</Al></Li></Lijst></Li></Lijst>
<table><title>Tabel</title><tgroup cols="1"><tbody><row><entry><Al>cel</Al></entry></row></tbody>
</tgroup></table></Inhoud></Divisie></Lichaam></RegelingVrijetekst></Aanlevering>"""


def test_stop_is_read_as_well_as_cvdr() -> None:
    expected = [
        (HEADING, "Kadernota"),
        (HEADING, "Hoofdstuk 1 Doel1"),
        (PARAGRAPH, "De raad2 wil dit:"),
        (ITEM, "rust;"),
        (ITEM, "regelmaat."),
        (ITEM, "elke dag."),
        (HEADING, "Tabel"),
        (CELL, "cel"),
        (NOTE, "Een noot."),
    ]

    assert expected == [(b.kind, b.text) for b in blocks("xml", STOP.encode())]


def test_the_letters_of_an_abbreviation_are_no_number_of_a_footnote() -> None:
    note = "<div class='voet noot'><span class='nootnum'>1</span><p>m.b.t. de wijk</p></div>"

    assert (Block(NOTE, "m.b.t. de wijk"),) == blocks("html", note.encode())


# The command.


@pytest.mark.parametrize("form", FORMS)
def test_the_smallest_knowledge_base_has_the_register_that_each_form_gives(
    form: str, run: Callable[..., tuple[int, str, str]], mini: Path
) -> None:
    before = (mini / REGISTER).read_bytes()
    code, out, _ = run(TEXTS / f"voorbeeldstad.{form}")

    assert 0 == code
    assert out.startswith("68 passages (")
    assert out.endswith(SAME + "\n")
    assert before == (mini / REGISTER).read_bytes()


@pytest.mark.parametrize("form", FORMS)
def test_a_first_run_writes_the_register_and_a_second_changes_nothing(
    form: str, run: Callable[..., tuple[int, str, str]], mini: Path
) -> None:
    (mini / REGISTER).unlink()
    first = run(TEXTS / f"voorbeeldstad.{form}")
    written = (mini / REGISTER).read_bytes()
    second = run(TEXTS / f"voorbeeldstad.{form}")

    assert (0, 0) == (first[0], second[0])
    assert "68 nieuw." in first[1]
    assert SAME not in first[1]
    assert second[1].endswith(SAME + "\n")
    assert written == (mini / REGISTER).read_bytes()


def test_the_smallest_knowledge_base_says_what_its_text_says() -> None:
    loaded = load(read_folder(MINI))
    assert isinstance(loaded, Loaded)
    text = TEXTS / "voorbeeldstad.html"
    report = check(loaded, File(text.name, text.read_bytes()))

    assert () == report.problems
    assert all(held == total > 0 for held, total in report.claims.values())


def test_the_register_of_the_real_text_keeps_its_passages(adopted: File) -> None:
    found = reader.blocks(adopted)
    kept = register.parse(File(REGISTER, (ROOT / REGISTER).read_bytes()))
    assert isinstance(found, tuple)
    assert isinstance(kept, register.Register)
    reading = read(found, kept.passages)

    assert [p.label for p in kept.passages] == [p.label for p in reading.passages]
    assert ((), (), (), ()) == (reading.new, reading.gone, reading.moved, reading.edited)


def test_the_text_itself_is_not_kept(mini: Path) -> None:
    parts = yaml.safe_load((mini / REGISTER).read_text())["passages"].values()
    shares = ("eerste-woorden", "laatste-woorden", "woorden-ervoor", "woorden-erna")

    assert all(len(str(p.get(key, "")).split()) <= 5 for p in parts for key in shares)


def edited(mini: Path, edit: Callable[[str], str], form: str = "txt") -> Path:
    """The text of Voorbeeldstad with a change, next to the knowledge base."""
    text = (TEXTS / f"voorbeeldstad.{form}").read_text()
    changed = edit(text)
    assert changed != text
    path = mini.parent / f"later.{form}"
    path.write_text(changed)
    return path


def told(out: str) -> dict[str, list[str]]:
    """What the command said, by the word for each change."""
    found: dict[str, list[str]] = {}
    heading = ""
    for line in out.splitlines()[1:]:
        if line.startswith("  "):
            found[heading].append(line.strip())
        elif line != SAME:
            heading = line.split(".")[0].removesuffix(":")
            found[heading] = []
    return found


def test_a_new_passage_gets_an_id_after_its_heading(
    run: Callable[..., tuple[int, str, str]], mini: Path
) -> None:
    path = edited(mini, lambda t: t.replace("Thema\n", "Thema\n\nWe zijn er allemaal bij.\n"))

    assert {"1 nieuw": ["thema-3"]} == told(run(path)[1])
    assert SAME == run(path)[1].splitlines()[-1]


def test_of_a_passage_that_is_gone_all_that_cites_it_is_told(
    run: Callable[..., tuple[int, str, str]], mini: Path
) -> None:
    path = edited(mini, lambda t: t.replace("De raad stelt de effectindicator later vast.\n", ""))
    said = told(run(path)[1])

    assert ["speerpunt-9"] == said["1 weg"]
    place = "data/effectindicatoren/jeugd.yaml:5:7"
    assert [f"{place}  Effectindicator jeugd (speerpunt-9)"] == said["Dit raakt 1 verwijzing"]


def test_an_exception_for_a_passage_that_is_gone_is_told_too(
    run: Callable[..., tuple[int, str, str]], mini: Path
) -> None:
    path = edited(mini, lambda t: t.replace("Onderwerp\n", "", 1))

    assert any(
        "data/uitzonderingen/koppen-van-tabellen.yaml:" in line for line in run(path)[1].split("\n")
    )


def test_a_passage_that_moved_keeps_its_id_and_touches_nothing(
    run: Callable[..., tuple[int, str, str]], mini: Path
) -> None:
    line = "De raad stelt de effectindicator later vast.\n"
    path = edited(mini, lambda t: t.replace(line, "").replace("Partners\n", f"Partners\n\n{line}"))

    assert {"1 verplaatst": ["speerpunt-9"]} == told(run(path)[1])


def test_an_edited_passage_keeps_its_id_and_tells_what_rests_on_it(
    run: Callable[..., tuple[int, str, str]], mini: Path
) -> None:
    path = edited(mini, lambda t: t.replace("voor maximaal 1 jaar", "in de regel 1 jaar"))
    said = told(run(path)[1])

    assert ["thema-2"] == said["1 gewijzigd"]
    assert 3 == len(said["Dit raakt 3 verwijzingen"])
    assert (
        "data/bevoegdheden/cameratoezicht.yaml:10:7  Cameratoezicht (thema-2)" in said.popitem()[1]
    )


def test_a_new_wording_of_a_heading_goes_on_in_the_paths_below_it(
    run: Callable[..., tuple[int, str, str]], mini: Path
) -> None:
    path = edited(mini, lambda t: t.replace("Thema\n", "Onderwerpen\n"))
    said = told(run(path)[1])
    parts = yaml.safe_load((mini / REGISTER).read_text())["passages"]

    assert ["thema"] == said["1 gewijzigd"]
    assert "Onderwerpen" == parts["thema"]["naam"] == parts["thema-2"]["pad"]
    assert "Partners" == parts["partners"]["pad"]


def test_a_paragraph_that_was_split_is_one_edited_and_one_new(
    run: Callable[..., tuple[int, str, str]], mini: Path
) -> None:
    path = edited(mini, lambda t: t.replace("meedenken, want zij", "meedenken.\n\nWant zij"))
    said = told(run(path)[1])

    assert ["speerpunt-8"] == said["1 gewijzigd"]
    assert ["speerpunt-10"] == said["1 nieuw"]


def test_all_kinds_of_change_at_once_are_told_apart(
    run: Callable[..., tuple[int, str, str]], mini: Path
) -> None:
    def edit(text: str) -> str:
        line = "Berichten over de jaarwisseling staan elke week in de Stadskrant.\n"
        text = text.replace("Zij treedt in werking op 1 april 2023.\n", "")
        text = text.replace("van 12 tot 27 jaar", "van 12 tot 23 jaar")
        text = text.replace("Terugblik\n", f"Terugblik\n\n{line}").replace(f"\n{line}", "\n", 1)
        text = text.replace(f"{line}\n\u00a0\n\nOndertekening", "\n\u00a0\n\nOndertekening")
        return text.replace("Partners\n", f"{line}\nPartners\n\nIedereen doet mee.\n", 1)

    said = told(run(edited(mini, edit))[1])

    assert ["besluit-7"] == said["1 weg"]
    assert ["speerpunt-2"] == said["1 gewijzigd"]
    assert ["communicatie-2"] == said["1 verplaatst"]
    assert ["partners-9"] == said["1 nieuw"]


def test_what_people_corrected_survives(
    run: Callable[..., tuple[int, str, str]], mini: Path
) -> None:
    path = mini / REGISTER
    text = path.read_text()
    for old, new in (
        ("  thema-2:\n    naam: Thema, alinea 2\n    soort: passagesoorten/alinea",
         "  camera:\n    naam: Over de camera\n    soort: passagesoorten/kop"),
        ("    volgnummer: 50\n    pad: Thema\n", "    volgnummer: 50\n    pad: Thema > Camera\n"),
    ):  # fmt: skip
        assert old in text
        text = text.replace(old, new)
    path.write_text(text)

    assert SAME == run(TEXTS / "voorbeeldstad.xml")[1].splitlines()[-1]
    later = edited(mini, lambda t: t.replace("voor maximaal 1 jaar", "een jaar lang"))
    assert ["camera"] == told(run(later)[1])["1 gewijzigd"]
    kept = yaml.safe_load(path.read_text())["passages"]["camera"]
    assert ("Over de camera", "passagesoorten/kop", "Thema > Camera") == (
        kept["naam"], kept["soort"], kept["pad"]
    )  # fmt: skip


def test_a_machine_is_told_the_same(run: Callable[..., tuple[int, str, str]], mini: Path) -> None:
    path = edited(mini, lambda t: t.replace("De raad stelt de effectindicator later vast.\n", ""))
    said = json.loads(run(path, "--json")[1])

    assert (REGISTER, 67, ["speerpunt-9"]) == (said["file"], said["passages"], said["gone"])
    assert [] == said["new"] == said["moved"] == said["edited"]
    assert said["cited"] == [
        "data/effectindicatoren/jeugd.yaml:5:7  Effectindicator jeugd (speerpunt-9)"
    ]


# What cannot be read.

PLAIN = (TEXTS / "voorbeeldstad.txt").read_bytes()
DEEP = 3000
LAUGH = b"".join(b'<!ENTITY %c "%s">' % (98 + i, b"&%c;" % (97 + i) * 10) for i in range(10))
REFUSED: dict[str, tuple[str, bytes, str]] = {
    "an empty file": ("x.txt", b"", "x.txt:1:1  Geef de vastgestelde tekst zelf"),
    "white space": ("x.txt", b"\n \n\t\xc2\xa0\n", "x.txt:1:1  Geef de vastgestelde tekst zelf"),
    "an empty page": ("x.html", b"", "x.html:1:1  "),
    "a page without text": ("x.html", b"<p> </p><!-- x -->", "x.html:1:1  Geef de vastgestelde"),
    "empty XML": ("x.xml", b"", "x.xml:1:1  Herstel dit bestand: dit is geen goede XML."),
    "a PDF": ("x.pdf", b"%PDF-1.7\n\xe2\xe3", "x.pdf:1:1  Geef de tekst als .txt, .html of .xml"),
    "a PDF by another name": ("x.html", b"%PDF-1.7\n", "x.html:1:1  Geef de tekst als .txt"),
    "a binary file": ("x.docx", b"PK\x03\x04\x00\x00", "x.docx:1:1  Geef de tekst als .txt"),
    "UTF-16": ("x.txt", "tekst".encode("utf-16"), "x.txt:1:1  Geef de tekst als .txt"),
    "another encoding": ("x.txt", "een\ncaf\xe9".encode("latin-1"), "x.txt:2:4  Bewaar dit"),
    "a page in another encoding": (
        "x.html", "<p>caf\xe9</p>".encode("latin-1"), "x.html:1:7  Bewaar dit bestand als UTF-8"
    ),
    "a lost character": ("x.txt", "een\ntw\ufffde".encode(), "x.txt:2:3  Haal de tekst opnieuw op"),
    "a page that is called text": ("x.txt", b"\n<html>", "x.txt:1:1  Laat de naam van dit bestand"),
    "XML that stops": ("x.xml", b"<r>\n<al>a", "x.xml:2:6  Herstel dit bestand"),
    "an unknown entity": ("x.xml", b"<r>\n<al>a&nbsp;b</al></r>", "x.xml:2:12  Herstel dit"),
    "a deep XML": ("x.xml", b"<a>" * DEEP + b"x" + b"</a>" * DEEP, "x.xml:1:771  Herstel dit"),
    "a deep page": ("x.html", b"<div>" * DEEP + b"x", "x.html:1:"),
    "an entity of its own": (
        "x.xml",
        b'<!DOCTYPE r [<!ENTITY a "lach">]>\n<r><al>&a;</al></r>',
        "x.xml:2:1  Vervang '&a;' door de tekst waar het voor staat.",
    ),
    "an entity from a file": (
        "x.xml",
        b'<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>\n<r><al>&a;</al></r>',
        "x.xml:2:1  Vervang '&a;'",
    ),
    "a DTD from the network": (
        "x.xml",
        b'<!DOCTYPE r SYSTEM "http://127.0.0.1:9/r.dtd">\n<r><al>&a;</al></r>',
        "x.xml:2:1",
    ),
    "a billion laughs": (
        "x.xml", b'<!DOCTYPE r [<!ENTITY a "ha">' + LAUGH + b"]>\n<r k='&k;'/>", "x.xml:"
    ),
    "too many passages": ("x.txt", b"a b\n" * 10_001, "x.txt:1:1  Geef de tekst van \xe9\xe9n"),
    "too large": ("x.txt", b"a" * (LARGEST + 1), "x.txt:1:1  Geef alleen de vastgestelde tekst"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_read_is_one_clear_error_and_nothing_is_written(
    case: str, run: Callable[..., tuple[int, str, str]], mini: Path
) -> None:
    name, content, message = REFUSED[case]
    before = (mini / REGISTER).read_bytes()
    (mini / name).write_bytes(content)
    code, out, err = run(name)

    assert (1, "") == (code, out)
    assert err.startswith(message), err
    assert err.endswith("\n\n1 fout in 1 bestand.\n")
    assert before == (mini / REGISTER).read_bytes()


def test_a_folder_a_missing_file_and_a_pipe_are_no_text(
    run: Callable[..., tuple[int, str, str]], mini: Path
) -> None:
    os.mkfifo(mini / "pijp")
    for name in ("data", "nergens.txt", "pijp", "/dev/zero", "x" * 5000, "a\nb"):
        code, out, err = run(name)

        assert (1, "") == (code, out)
        assert "Noem een bestand met de vastgestelde tekst dat je mag lezen." in err
        assert ":1:1  " in err
        assert err.endswith("\n\n1 fout in 1 bestand.\n")


def test_a_broken_register_is_told_and_left_alone(
    run: Callable[..., tuple[int, str, str]], mini: Path
) -> None:
    path = mini / REGISTER
    path.write_text(path.read_text().replace("passages:", "passages"))
    before = path.read_bytes()
    code, out, err = run(TEXTS / "voorbeeldstad.txt")

    assert (1, "") == (code, out)
    assert err.startswith(REGISTER + ":")
    assert before == path.read_bytes()


def test_reading_touches_no_network_and_no_other_file(mini: Path) -> None:
    """An address in a page is not followed; the secret next to it is not read."""
    (mini / "geheim.txt").write_text("geheim")
    page = b'<html><head><link rel="x" href="geheim.txt"></head><body><p>Tekst.</p>'
    xml = (
        b'<r xmlns:xi="http://www.w3.org/2001/XInclude"><al>Tekst.</al>'
        b'<xi:include href="geheim.txt" parse="text"/></r>'
    )

    assert ["Tekst."] == [b.text for b in blocks("html", page)]
    assert ["Tekst."] == [b.text for b in blocks("xml", xml)]


# Fragments: https://wicg.github.io/scroll-to-text-fragment/#find-a-range-from-a-text-directive,
# written a second time, straight from the specification.

Spot = tuple[int, int]  # the passage, and how far into it
INNER = re.compile(r"(?<=[^\W\d_])[.'’:](?=[^\W\d_])|(?<=\d)[.,'’](?=\d)|(?<=\w)_|_(?=\w)")


def bare(text: str) -> str:
    """As text is compared: at the primary level, where case and accents make no difference."""
    text = re.sub("[‘’‚‛]", "'", re.sub("[“”„‟]", '"', text))
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in parts if not unicodedata.combining(c))


def bounded(text: str, at: int) -> bool:
    """Whether a word may begin or end here (UAX 29, as far as our texts go)."""
    if at in {0, len(text)}:
        return True
    if any(m.start() == at or m.end() == at for m in INNER.finditer(text)):
        return False
    return not (re.match(r"\w", text[at - 1]) and re.match(r"\w", text[at]))


class Page:
    """The passages as blocks far from each other, in which a text directive is looked up."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = [bare(text) for text in texts]

    def find(self, words: str, begin: Spot, *, start: bool, end: bool) -> tuple[Spot, Spot] | None:
        """The first place of words within one block; `start` and `end` ask for a word boundary."""
        words = bare(words)
        for i in range(begin[0], len(self.texts)):
            text, at = self.texts[i], begin[1] - 1 if i == begin[0] else -1
            while (at := text.find(words, at + 1)) >= 0:
                stop = at + len(words)
                if (not start or bounded(text, at)) and (not end or bounded(text, stop)):
                    return (i, at), (i, stop)
        return None

    def on(self, spot: Spot) -> Spot | None:
        """The next character that is no white space."""
        i, at = spot
        while i < len(self.texts):
            rest = self.texts[i][at:]
            if rest.strip():
                return i, at + len(rest) - len(rest.lstrip())
            i, at = i + 1, 0
        return None

    def starts(self, prefix: str, words: str, *, whole: bool) -> Iterator[tuple[Spot, Spot]]:
        """The places of words, right after the prefix."""
        begin: Spot = (0, 0)
        while ahead := self.find(
            prefix or words, begin, start=True, end=False if prefix else whole
        ):
            begin = (ahead[0][0], ahead[0][1] + 1)
            spot = self.on(ahead[1]) if prefix else ahead[0]
            match = spot and self.find(words, spot, start=False, end=whole)
            if match and match[0] == spot:
                yield match

    def stops(self, after: Spot, words: str, *, whole: bool) -> Iterator[Spot]:
        """Where the words that end a range end, the nearest first; without them right here."""
        if not words:
            yield after
            return
        while last := self.find(words, after, start=True, end=whole):
            after = last[1]
            yield after

    def follows(self, stop: Spot, suffix: str) -> bool:
        spot = self.on(stop)
        behind = self.find(suffix, spot, start=False, end=True) if spot else None
        return behind is not None and behind[0] == spot

    def range(self, fragment: str) -> tuple[Spot, Spot] | None:
        """What a text directive points at."""
        parts = fragment.removeprefix(":~:text=").split(",")
        prefix = unquote(parts.pop(0)[:-1]) if parts[0].endswith("-") else ""
        suffix = unquote(parts.pop()[1:]) if parts[-1].startswith("-") else ""
        start, end = unquote(parts[0]), unquote(parts[1]) if len(parts) > 1 else ""
        for match in self.starts(prefix, start, whole=bool(end) or not suffix):
            for stop in self.stops(match[1], end, whole=not suffix):
                if not suffix or self.follows(stop, suffix):
                    return match[0], stop
            if end:  # a range that has begun looks no further for its beginning
                return None
        return None


def astray(texts: Sequence[str]) -> list[tuple[int, str]]:
    """The passages whose fragment points elsewhere, or at less or more than the passage.

    Where only the stretch from an earlier passage is unique, it must begin and end with a passage.
    """
    page = Page(texts)
    wrong = []
    for i, (text, context) in enumerate(zip(texts, fragments(texts), strict=True)):
        fragment = link(*edges(text.split()), context)
        found = page.range(fragment)
        ends = (i, len(page.texts[i]))
        begins = [(j, 0) for j in range(i)] if context.since else [(i, 0)]
        if found is None or found[0] not in begins or found[1] != ends:
            wrong.append((i, fragment))
    return wrong


def test_each_passage_of_voorbeeldstad_has_a_fragment_that_points_at_it() -> None:
    assert [] == astray([b.text for b in blocks("html")])


def test_each_passage_of_the_real_text_has_a_fragment_that_points_at_it(adopted: File) -> None:
    found = reader.blocks(adopted)
    assert isinstance(found, tuple)

    assert [] == astray([b.text for b in found])


HARD = [
    "Ja.",
    "een twee drie vier vijf zes zeven",  # the last words overlap the first
    "een twee drie vier vijf zes zeven acht een twee drie vier vijf zes zeven",
    "Ja.",
    "a b c d e ligt hier en dan a b c d f en ten slotte a b c d f",  # an end that comes too early
    "Eén (Een) een-een; 50%, a&b",
    "‘Een’ één “een”",
    "X",
    "Ja.",
    "X",
    "2020",
    "2021",
    "2022",
    "slot, 2020",
]


def test_the_hard_ones_are_found_too() -> None:
    assert [] == astray(HARD)


WORD = st.sampled_from(["een", "Eén", "x", "eenx", "xx", "een-x", "a.b", "(x)", "‘x’", "20", "2.0"])


@settings(max_examples=500, deadline=None)
@given(st.lists(st.lists(WORD, min_size=1, max_size=14).map(" ".join), min_size=1, max_size=12))
def test_a_fragment_points_at_its_passage_or_there_is_none(texts: list[str]) -> None:
    """Some passages cannot be told from others at all; those have no context."""
    contexts = fragments(texts)

    assert {i for i, _ in astray(texts)} <= {i for i, c in enumerate(contexts) if c == Context()}


@pytest.mark.skipif(CHROMIUM is None, reason="install Debian's chromium to follow the fragments")
def test_a_browser_scrolls_to_the_passage(tmp_path: Path, browser: Browser) -> None:
    texts = [*(b.text for b in blocks("html")), *HARD]
    contexts = fragments(texts)
    rows = "".join(
        f'<p id="p{i}">{text.replace("&", "&amp;").replace("<", "&lt;")}</p>'
        for i, text in enumerate(texts)
    )
    page = tmp_path / "page.html"
    style = "p { margin: 2000px 0; width: 40em }"
    page.write_text(f"<!DOCTYPE html><meta charset=utf-8><style>{style}</style>{rows}")
    with_context = {i for i, c in enumerate(contexts) if c != Context()}
    sample = sorted({*range(0, len(texts), 9), *range(68, len(texts)), *with_context})
    seen, expected = [], []
    for i in sample:
        # Each in a window of its own: a fragment counts only in a fresh navigation.
        window = browser.new_page(viewport={"width": 800, "height": 600})
        window.goto(f"{page.as_uri()}#{link(*edges(texts[i].split()), contexts[i])}")
        at = window.evaluate(
            """async () => {
                const drawn = () => new Promise(requestAnimationFrame)
                for (let n = 0; n < 50 && !scrollY; n++) await drawn()
                const far = p => Math.abs(p.getBoundingClientRect().top - innerHeight / 2)
                const all = [...document.querySelectorAll("p")]
                return +all.sort((a, b) => far(a) - far(b))[0].id.slice(1)
            }"""
        )
        window.close()
        since = contexts[i].since
        first = [j for j in range(i) if since and texts[j].startswith(since)]
        seen.append(at)
        expected.append(first[-1] if first else i)

    assert expected == seen
    assert len(with_context) >= 10


# Every edit.


def told_blocks(texts: Sequence[str]) -> list[Block]:
    return [Block(HEADING if text.startswith("#") else PARAGRAPH, text) for text in texts]


TEXT = st.lists(
    st.sampled_from(["de", "raad", "wil", "rust", "#", "1.", "Één", ">"]), min_size=1, max_size=6
)
LIST = st.lists(TEXT.map(" ".join), min_size=1, max_size=14)


@settings(max_examples=200, deadline=None)
@given(LIST, LIST, st.randoms(use_true_random=False))
def test_whatever_is_edited_every_passage_is_there_once_with_an_id_of_its_own(
    before: list[str], fresh: list[str], random: object
) -> None:
    """Passages that say what they said keep their id, as many times as they say it."""
    shuffle: Callable[[list[str]], None] = random.shuffle  # type: ignore[attr-defined]
    after = [*before[len(before) // 3 :], *fresh[: len(fresh) // 2]]
    shuffle(after)
    old = read(told_blocks(before), ()).passages
    reading = read(told_blocks(after), old)
    keys = [p.key for p in reading.passages]
    known = {p.key: p.fingerprint for p in old}
    kept = {p.key for p in reading.passages if known.get(p.key) == p.fingerprint}

    assert [b.fingerprint for b in told_blocks(after)] == [p.fingerprint for p in reading.passages]
    assert len(keys) == len(set(keys))
    assert all(SLUG.fullmatch(key) for key in keys)
    assert sum(min(before.count(t), after.count(t)) for t in set(before)) == len(kept)
    assert set(known) - set(keys) == set(reading.gone)
    assert set(keys) - set(known) == set(reading.new)
    assert set(keys) & set(known) - kept == set(reading.edited)
    assert reading.passages == round_trip(reading)
    assert replace(reading, new=(), gone=(), moved=(), edited=()) == read(
        told_blocks(after), reading.passages
    )


def round_trip(reading: Reading) -> tuple[Passage, ...]:
    """The passages after a register was written and read again."""
    text = register.text("Titel", "kadernotas/2023-2026", reading.passages)
    found = register.parse(File(REGISTER, text.encode()))
    assert isinstance(found, register.Register), found
    return found.passages


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200), st.sampled_from([*FORMS, "md"]))
def test_no_bytes_make_the_reader_fall(content: bytes, form: str) -> None:
    found = reader.blocks(File(f"x.{form}", content))

    assert isinstance(found, Problem) or all(b.text == b.text.strip() != "" for b in found)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="<>/&;=\"'abp lidtrn.#x01\n", max_size=120), st.sampled_from(FORMS))
def test_no_tags_make_the_reader_fall(tags: str, form: str) -> None:
    found = reader.blocks(File(f"x.{form}", tags.encode()))

    assert isinstance(found, Problem) or found
