"""The form is a faithful way to write a file: what it shows is what it saves, to the byte."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import settings as within
from hypothesis import strategies as st
from kadernota.authoring.options import options
from kadernota.editing import amend, draft, edit
from kadernota.editing.amend import Kind
from kadernota.editing.draft import EMPTY, Part
from kadernota.editing.picking import Choices
from kadernota.editing.sheet import fresh, posted
from kadernota.engine import engine
from kadernota.model import Field, File, Form
from kadernota.reading import canonical, strict
from kadernota.reading.documents import documents

if TYPE_CHECKING:
    from kadernota.editing.edit import Opened
    from kadernota.model import Loaded, Sources


@pytest.fixture(scope="module")
def choices(sources: Sources, loaded: Loaded) -> Choices:
    motor, _ = engine(sources)
    assert motor
    return Choices(options(sources.data, motor.words, loaded.settings.base), motor.words)


def kind_of(loaded: Loaded, folder: str) -> Kind:
    form = next(f for f in loaded.forms.values() if f.folder == folder)
    return Kind(form, loaded.forms, loaded.settings.base)


def through_a_browser(now: Opened, folder: str, name: str, kind: Kind) -> list[tuple[str, str]]:
    """What a browser sends back of a form that was opened: it ends lines with two characters."""
    sheet = fresh(now, folder, name)
    controls = [*sheet.kept, *sheet.values]
    return [(name, value.replace("\n", "\r\n")) for name, value in controls]


def test_every_file_comes_through_the_form_as_its_own_canonical_text(
    loaded: Loaded, sources: Sources, choices: Choices
) -> None:
    contents = {f.path: f.content for f in sources.data}
    docs, _ = documents(sources.data, loaded.forms)
    changed, shown = [], 0
    for doc in docs:
        folder, name = doc.address.split("/")
        kind = kind_of(loaded, folder)
        now = edit.opened(doc.path, contents[doc.path], kind)
        sheet = posted(through_a_browser(now, folder, name, kind), folder, name, kind)
        if sheet.typed is not None:
            text = amend.tidied(sheet.typed, doc.path, kind)
        else:
            shown += 1
            made = edit.complete(sheet.draft, kind.form, kind.forms, choices)
            text = amend.text(made, now.text, now.tree, kind)
        if text != canonical.text(doc, kind.forms, kind.base) or sheet.strays:
            changed.append(doc.path)

    assert [] == changed
    assert shown > 800


def test_what_the_form_shows_of_a_thing_is_turned_back_into_its_address(
    loaded: Loaded, choices: Choices
) -> None:
    anything = next(f for form in loaded.forms.values() for f in form.fields if f.key == "betreft")

    assert [] == [
        address
        for address, choice in choices.things.items()
        if choices.chosen(choice.shown, anything) != address
    ]
    assert len(choices.things) > 1800


def test_a_name_that_only_one_thing_has_is_enough_and_a_name_that_two_have_is_not(
    loaded: Loaded, choices: Choices
) -> None:
    kind = kind_of(loaded, "partners")
    role = kind.forms[next(f.value_class for f in kind.form.fields if f.key == "bijdragen")]
    anything, whole = role.field("voor"), kind.form.field("onderdeel-van")
    assert anything
    assert whole

    assert "partners/halt" == choices.chosen("halt", whole)
    assert "Voorlichting" == choices.chosen("Voorlichting", anything)  # an effort and a means
    assert "bestaat niet" == choices.chosen("bestaat niet", anything)


COMMENTED = """\
# Over het hele bestand.

naam: Halt
# Waarom deze soort.
soort: partnersoorten/politie-en-justitie
nota: kadernotas/2023-2026
volgnummer: 11
beschrijving: Voorlichting.
bijdragen:
  # Over de rol.
  voorlichting:
    rol: Voorlichting
    volgnummer: 1
    voor: speerpunten/problematische-jeugd
bron:
  - bron/kadernota-2023-2026#hoofdstuk-5-halt
  # Over de tweede.
  - bron/kadernota-2023-2026#hoofdstuk-5-halt-1
"""


def commented(loaded: Loaded) -> tuple[Opened, Kind]:
    kind = kind_of(loaded, "partners")
    return edit.opened("data/partners/halt.yaml", COMMENTED.encode(), kind), kind


def test_comments_stay_with_what_they_are_about(loaded: Loaded) -> None:
    now, kind = commented(loaded)
    made = draft.changed(now.draft, "soort", lambda _: ("partnersoorten/onderwijs",))
    made = draft.changed(made, "bijdragen.0.rol", lambda _: ("Voorlichting op scholen",))
    text = amend.text(made, now.text, now.tree, kind)

    changed = COMMENTED.replace("politie-en-justitie", "onderwijs")
    assert changed.replace("rol: Voorlichting", "rol: Voorlichting op scholen") == text
    assert () == amend.lost(COMMENTED, text)


def test_a_comment_that_goes_with_what_it_was_about_is_named(loaded: Loaded) -> None:
    now, kind = commented(loaded)
    made = draft.changed(now.draft, "bron", lambda rows: rows[:1])
    text = amend.text(made, now.text, now.tree, kind)

    assert ("# Over de tweede.",) == amend.lost(COMMENTED, text)
    assert "bron: bron/kadernota-2023-2026#hoofdstuk-5-halt\n" in text


def test_what_has_no_control_any_more_is_told_and_not_dropped(loaded: Loaded) -> None:
    kind = kind_of(loaded, "partners")
    given = [("v.naam.0", "Halt"), ("v.oude-sleutel.0", "Kostbaar"), ("v.bijdragen.0.oud.0", "Ook")]
    sheet = posted(given, "partners", "halt", kind)

    assert {"naam": ("Halt",), "bijdragen": (EMPTY,)} == sheet.draft.rows
    assert ("Kostbaar", "Ook") == sheet.strays


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"naam: Halt\nkleur: rood\n", "'kleur:' staat niet in het formulier"),
        (b"naam: Halt\nbijdragen: geen\n", "onder 'bijdragen:' staan geen onderdelen"),
        (b"naam:\n  nl: Halt\n", "onder 'naam:' staat geen gewone waarde of lijst"),
        (b"naam: Halt\nbijdragen:\n  een: twee\n", "'een:' is geen onderdeel"),
        (b"naam: [Halt\n", edit.BROKEN),
        (b"naam: \xff\n", edit.BROKEN),
    ],
)
def test_what_the_form_can_not_show_is_shown_as_text_with_the_reason(
    content: bytes, why: str, loaded: Loaded
) -> None:
    now = edit.opened("data/partners/halt.yaml", content, kind_of(loaded, "partners"))

    assert why == now.why[0]
    assert now.text == fresh(now, "partners", "halt").typed


def test_parts_without_a_name_get_one_from_their_first_text(
    loaded: Loaded, choices: Choices
) -> None:
    kind = kind_of(loaded, "partners")
    roles = ("Voorlichting op scholen", "Voorlichting op scholen", "")
    parts = tuple(Part("", {"rol": (role,)}) for role in roles)
    made = edit.complete(Part("", {"bijdragen": parts}), kind.form, kind.forms, choices)
    names = [row.name for row in made.of("bijdragen") if isinstance(row, Part)]

    assert ["voorlichting-op-scholen", "voorlichting-op-scholen-2", ""] == names


def test_two_parts_with_one_name_both_stay(loaded: Loaded) -> None:
    kind = kind_of(loaded, "partners")
    parts = tuple(Part("rol", {"rol": (role,)}) for role in ("Een", "Twee"))
    text = amend.text(Part("", {"bijdragen": parts}), "", None, kind)
    tree, problems = strict.parse(File("data/partners/halt.yaml", text.encode()))

    assert None is tree
    assert ["invoer:dubbele-sleutel"] == [p.rule for p in problems]
    assert text.count("rol: ") == 2


def test_a_document_of_each_kind_can_be_made_from_its_empty_form(loaded: Loaded) -> None:
    for form in loaded.forms.values():
        kind = Kind(form, loaded.forms, loaded.settings.base)
        text = amend.text(Part("", {"naam": ("Proef",)}), "", None, kind)

        assert "naam: Proef\n" == text


WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)


@within(deadline=None)
@given(data=st.data())
def test_what_is_posted_is_what_was_shown_whatever_it_is(data: st.DataObject) -> None:
    values = st.lists(WORDS.map(draft.cleaned).filter(bool), min_size=1, max_size=3).map(tuple)
    rows = st.dictionaries(st.sampled_from(["rol", "voor"]), values)
    parts = st.lists(st.builds(Part, WORDS.map(draft.cleaned), rows), min_size=1, max_size=3)
    made = Part("", {"naam": data.draw(values), "bijdragen": tuple(data.draw(parts))})
    fields = [Field(k, k, 1, k, "", False, False, "text", "", "") for k in ("naam", "rol", "voor")]
    nested = Field("bijdragen", "b", 2, "b", "", False, False, "nested", "", "Deel")
    inner = Form("Deel", "", "deel", tuple(fields))
    form = Form("Ding", "dingen", "ding", (*fields, nested))
    sent = [(name, value.replace("\n", "\r\n")) for name, value in draft.pairs(made)]

    assert made == draft.posted(sent, form, {"Deel": inner})
    assert () == draft.strays(sent, made)
