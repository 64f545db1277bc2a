"""The format of the CMS in the browser: the same bytes as the canonical text, and nothing lost."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from conftest import MINI, ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from kadernota.publishing import cms
from kadernota.publishing.cms import PASSAGE
from kadernota.publishing.controls import PART
from kadernota.reading import canonical
from kadernota.sources import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from kadernota.model import Form, Loaded

    Ask = Callable[[str, object], tuple[Any, str | None]]

NODE = shutil.which("node")
pytestmark = pytest.mark.skipif(NODE is None, reason="install node to run the format of the CMS")
UNCANONICAL = "Zet dit bestand eerst met 'kadernota fix' in de vaste vorm."
PARTNER = """\
naam: Halt
soort: partnersoorten/x
bijdragen:
  a:
    rol: Praten
    volgnummer: 1
  b:
    rol: Luisteren
    volgnummer: 2
bron:
  - bron/x#a
  - bron/x#b
"""


@pytest.fixture(scope="module")
def ask(loaded: Loaded, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """Text of a file in a folder gives the values in the form; values give the text."""
    forms = tmp_path_factory.mktemp("vormen") / "vormen.json"
    forms.write_bytes(cms.shapes(loaded))
    command = [str(NODE), "--no-warnings", str(ROOT / "tests" / "format.mjs"), str(forms)]
    with subprocess.Popen(command, stdin=-1, stdout=-1, text=True, encoding="utf-8") as node:
        stdin, stdout = node.stdin, node.stdout
        assert stdin
        assert stdout

        def asked(folder: str, given: object) -> tuple[Any, str | None]:
            stdin.write(json.dumps([folder, given]) + "\n")
            stdin.flush()
            answer, error = json.loads(stdout.readline())
            return answer, error

        yield asked
        stdin.close()


@pytest.mark.parametrize("root", [ROOT, MINI], ids=["real", "mini"])
def test_every_file_comes_back_to_the_byte(root: Path, ask: Ask) -> None:
    files = [f for f in read(root).data if f.path.endswith(".yaml")]
    shown = [f for f in files if not f.path.startswith("data/bron/")]

    assert len(shown) > 25
    for file in shown:
        folder, text = file.path.split("/")[1], file.content.decode()
        values, error = ask(folder, text.strip())

        assert (file.path, None) == (file.path, error)
        assert (file.path, (text, None)) == (file.path, ask(folder, values))


LETTERS = st.sampled_from([*"abXé ß9 10:#-?|>'\"[]{},&*!%@`~.€", "\U0001f600", "’"])
LINE = st.text(LETTERS, min_size=1, max_size=12).filter(str.strip) | st.from_regex(
    r"a?0{0,2}[0-9]{1,2}", fullmatch=True
)
TEXT = st.lists(st.text(LETTERS, max_size=12), min_size=1, max_size=4).map("\n".join)
NAMES = st.lists(
    st.from_regex(r"[a-z0-9]{1,3}(-[a-z0-9]{1,2})?", fullmatch=True), unique=True, max_size=3
)


@st.composite
def things(
    draw: st.DrawFn, form: Form, forms: Mapping[str, Form], inside: str = ""
) -> dict[str, Any]:
    """Values of a thing as Python has them: parts by name."""
    made: dict[str, Any] = {}
    for field in draw(st.lists(st.sampled_from(form.fields), unique=True, max_size=6)):
        if field.kind == "nested":
            if field.value_class != form.cls:
                inner = forms[field.value_class]
                names = [f"{inside}{field.order}{name}" for name in draw(NAMES)]
                made[field.key] = {n: draw(things(inner, forms, f"{n}-")) for n in names}
        elif field.kind == "reference":
            made[field.key] = draw(st.sampled_from(["a/b", "a/b-10", "a/b-9", "a/b#c"]))
        elif field.single:
            made[field.key] = draw(TEXT)
        else:
            tidy = canonical.planted({"x": draw(st.lists(LINE, min_size=1, max_size=4))}).entries
            made[field.key] = sorted({item.text for _, items in tidy for item in items.items})  # type: ignore[union-attr]
    return made


def as_entry(values: dict[str, Any]) -> dict[str, Any]:
    """The same values as a form in the CMS has them: parts in a list, empty ones left out."""
    return {
        key: [{PART: n, **as_entry(part)} for n, part in value.items() if filled(part)]
        if isinstance(value, dict)
        else value
        for key, value in values.items()
    }


def filled(values: dict[str, Any]) -> bool:
    return bool(canonical.planted(values).entries)


def test_whatever_is_filled_in_becomes_the_canonical_text(loaded: Loaded, ask: Ask) -> None:
    forms = {f.folder: f for f in loaded.forms.values() if f.folder and f.cls != PASSAGE}
    anything = st.sampled_from(sorted(forms)).flatmap(
        lambda folder: st.tuples(st.just(folder), things(forms[folder], loaded.forms))
    )

    @given(anything)
    @settings(max_examples=300, deadline=None)
    def holds(thing: tuple[str, dict[str, Any]]) -> None:
        folder, values = thing
        wanted = canonical.of_values(values, forms[folder], loaded.forms, loaded.settings.base)

        assert (wanted, None) == ask(folder, as_entry(values))
        if wanted.strip():
            again, error = ask(folder, wanted.strip())

            assert error is None
            assert (wanted, None) == ask(folder, again)

    holds()


def test_comments_come_back_where_they_were(ask: Ask) -> None:
    text = (
        "# over alles\n\n# over naam\nnaam: n\n# over de rollen\nbijdragen:\n  # over a\n  a:\n"
        "    # over rol\n    rol: r\n    # einde a\n  # einde bijdragen\n# over bron\nbron:\n"
        "  # over x\n  - x\n  - y\n  # einde bron\n# einde\n"
    )
    values, _ = ask("partners", text)

    assert (text, None) == ask("partners", values)


def test_a_comment_about_what_is_gone_stays_at_the_end_of_the_file(ask: Ask) -> None:
    values, _ = ask("partners", "naam: n\n# over soort\nsoort: s\nvolgnummer: 1\n")
    values["soort"] = ""

    assert ("naam: n\nvolgnummer: 1\n# over soort\n", None) == ask("partners", values)


def test_an_added_part_takes_its_place_by_its_number(ask: Ask) -> None:
    values, _ = ask("partners", PARTNER)
    values["bijdragen"].append({PART: "c", "rol": "Doen: samen", "volgnummer": "1"})
    wanted = PARTNER.replace("  b:", '  c:\n    rol: "Doen: samen"\n    volgnummer: 1\n  b:')

    assert (wanted, None) == ask("partners", values)


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        ("naam: Halt", "naam: 'Halt'", UNCANONICAL),
        ("naam: Halt", "naam:   Halt", UNCANONICAL),
        ("naam: Halt", 'naam: "Halt', UNCANONICAL),
        ("naam: Halt", "naam:\n  - Halt\n  - Stop", UNCANONICAL),
        ("naam: Halt", "naam: Halt\nnaam: Stop", UNCANONICAL),
        ("naam: Halt", "naam: Halt # opmerking", UNCANONICAL),
        ("naam: Halt\nsoort: partnersoorten/x", "soort: s\nnaam: Halt", UNCANONICAL),
        ("    rol: Praten", "   rol: Praten", UNCANONICAL),
        ("  - bron/x#a\n  - bron/x#b", "  - bron/x#b\n  - bron/x#a", UNCANONICAL),
        ("bron:\n  - bron/x#a\n  - bron/x#b", "bron: [bron/x#a, bron/x#b]", UNCANONICAL),
        ("naam: Halt", "naam: &a Halt", UNCANONICAL),
        (
            "naam: Halt",
            "naam: Halt\nkleur: rood",
            "Wijzig dit bestand niet hier: het formulier kent 'kleur:' niet.",
        ),
    ],
)
def test_a_file_that_would_not_come_back_is_not_opened(
    before: str, after: str, wanted: str, ask: Ask
) -> None:
    assert (None, wanted) == ask("partners", PARTNER.replace(before, after))


@pytest.mark.parametrize(
    ("changed", "wanted"),
    [
        ({"bijdragen": [{PART: "a", "rol": "r"}, {PART: "a", "rol": "s"}]},
         "Geef dit onderdeel een eigen naam: 'a' staat er al."),
        ({"bijdragen": [{PART: "a", "rol": "r"}], "bronvermeldingen": [{PART: "a", "bron": "b"}]},
         "Geef dit onderdeel een eigen naam: 'a' staat er al."),
        ({"bijdragen": [{PART: "Een rol", "rol": "r"}]},
         "Noem elk onderdeel met kleine letters, cijfers en streepjes; niet 'Een rol'."),
        ({"bijdragen": [{PART: "a", "rol": ""}]}, "Vul onderdeel 'a' in, of haal het weg."),
        ({"ook-bekend-als": ["a", " a"]}, "Haal 'a' bij 'ook-bekend-als' weg: het staat er al."),
        ({"naam": "a\u200bb"}, "Haal bij 'naam' een onzichtbaar teken weg (U+200B)."),
    ],
)  # fmt: skip
def test_what_would_not_be_one_thing_is_not_written(
    changed: dict[str, Any], wanted: str, ask: Ask
) -> None:
    assert (None, wanted) == ask("partners", {"naam": "n", **changed})
