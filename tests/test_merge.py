"""Two people change one file: it merges by key, and only where they disagree must people choose."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from careless import Hand, careless
from conftest import MINI
from hypothesis import given, settings
from kadernota.authoring.merge import Merged, merge
from kadernota.engine import engine
from kadernota.model import File
from kadernota.reading import canonical, strict
from kadernota.reading.documents import Document
from kadernota.reading.redirects import FREE
from kadernota.reading.tree import Node, Scalar, Sequence
from kadernota.sources import read

if TYPE_CHECKING:
    from kadernota.reading.form import Vocabulary

PARTNER = "https://w3id.org/kadernota/def#Partner"
BEFORE = """\
naam: Jeugdwerk
soort: partnersoorten/zorg
beschrijving: |
  Een.
  Twee.
  Drie.
  Vier.
bijdragen:
  straat:
    rol: Op straat
    volgnummer: 1
    voor: speerpunten/jeugd
bron:
  - b#1
  - b#2
"""
Values = tuple[dict[str, Any], Hand]


@cache
def words() -> Vocabulary:
    motor, _ = engine(read(MINI))
    assert motor
    return motor.words


def merged(before: str, ours: str, theirs: str) -> Merged:
    found = merge((before, ours, theirs), words().forms[PARTNER], words().forms)
    assert found
    return found


def clean(before: str, ours: str, theirs: str) -> str:
    """The merge, the same whoever merges whom."""
    one, two = merged(before, ours, theirs), merged(before, theirs, ours)

    assert 0 == one.conflicts
    assert one == two
    return one.text


def tidy(text: str) -> str:
    tree, problems = strict.parse(File("data/x/x.yaml", text.encode()))
    assert tree, problems
    document = Document("data/x/x.yaml", "x/x", PARTNER, tree, text.encode())
    return canonical.text(document, words().forms, "")


def changed(*pairs: tuple[str, str], text: str = BEFORE) -> str:
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    return text


ROLE = "  {0}:\n    rol: {0}\n    volgnummer: {1}\n    voor: speerpunten/{0}\n"
END = "    voor: speerpunten/jeugd\n"


def test_two_roles_that_were_added_at_one_place_are_both_there() -> None:
    ours = changed((END, END + ROLE.format("ouders", 2)))
    theirs = changed((END, END + ROLE.format("buren", 3)))

    assert clean(BEFORE, ours, theirs) == changed(
        (END, END + ROLE.format("ouders", 2) + ROLE.format("buren", 3))
    )


def test_different_keys_of_one_role_merge() -> None:
    ours = changed(("volgnummer: 1", "volgnummer: 2"))
    theirs = changed(("rol: Op straat", "rol: In de wijk"))

    assert clean(BEFORE, ours, theirs) == changed(
        ("volgnummer: 1", "volgnummer: 2"), ("rol: Op straat", "rol: In de wijk")
    )


def test_the_same_key_of_one_role_is_the_only_conflict() -> None:
    ours = changed(("volgnummer: 1", "volgnummer: 2"), ("Jeugdwerk", "Jongerenwerk"))
    theirs = changed(("volgnummer: 1", "volgnummer: 3"), ("  - b#2\n", "  - b#2\n  - b#3\n"))
    found = merged(BEFORE, ours, theirs)

    assert 1 == found.conflicts
    assert found.text == changed(
        ("Jeugdwerk", "Jongerenwerk"),
        ("  - b#2\n", "  - b#2\n  - b#3\n"),
        (
            "    volgnummer: 1\n",
            "<<<<<<< deze kant\n    volgnummer: 2\n=======\n    volgnummer: 3\n"
            ">>>>>>> andere kant\n",
        ),
    )


def test_a_list_is_merged_as_a_set() -> None:
    ours = changed(("  - b#1\n", "  - b#0\n"))
    theirs = changed(("  - b#2\n", "  - b#2\n  - b#3\n"))

    assert clean(BEFORE, ours, theirs) == changed(
        ("- b#1", "- b#0"), ("- b#2\n", "- b#2\n  - b#3\n")
    )


def test_one_value_and_a_list_are_both_sets() -> None:
    ours = changed((END, "    voor:\n      - speerpunten/jeugd\n      - themas/a\n"))
    theirs = changed((END, "    voor:\n      - speerpunten/jeugd\n      - themas/b\n"))
    both = "    voor:\n      - speerpunten/jeugd\n      - themas/a\n      - themas/b\n"

    assert clean(BEFORE, ours, theirs) == changed((END, both))


def test_one_member_replaced_by_two_others_is_a_conflict() -> None:
    found = merged(BEFORE, changed(("b#2", "b#3")), changed(("b#2", "b#4")))

    assert 1 == found.conflicts
    assert found.text.endswith(
        "<<<<<<< deze kant\nbron:\n  - b#1\n  - b#3\n=======\nbron:\n  - b#1\n  - b#4\n"
        ">>>>>>> andere kant\n"
    )


def test_a_list_that_the_two_sides_together_empty_is_a_conflict() -> None:
    ours = changed(("bron:\n  - b#1\n  - b#2\n", "bron: b#1\n"))
    theirs = changed(("bron:\n  - b#1\n  - b#2\n", "bron: b#2\n"))

    assert 1 == merged(BEFORE, ours, theirs).conflicts


def test_sentences_that_lie_apart_merge_and_neighbours_do_not() -> None:
    ours = changed(("Een.", "Eén."))

    assert clean(BEFORE, ours, changed(("Vier.", "4."))) == changed(
        ("Een.", "Eén."), ("Vier.", "4.")
    )
    assert clean(BEFORE, ours, ours) == ours
    found = merged(BEFORE, ours, changed(("Twee.", "2.")))
    assert 1 == found.conflicts
    assert "=======\nbeschrijving: |\n  Een.\n  2.\n" in found.text


def test_what_one_side_took_away_is_gone_unless_the_other_changed_it() -> None:
    role = BEFORE[BEFORE.index("bijdragen") : BEFORE.index("bron")]
    gone = changed((role, ""))

    assert clean(BEFORE, gone, changed(("Drie.", "3."))) == changed((role, ""), ("Drie.", "3."))
    found = merged(BEFORE, gone, changed(("volgnummer: 1", "volgnummer: 2")))
    new = role.replace("volgnummer: 1", "volgnummer: 2")
    assert 1 == found.conflicts
    assert f"<<<<<<< deze kant\n=======\n{new}>>>>>>> andere kant\nbron:" in found.text


def test_a_part_taken_away_and_changed_is_a_conflict_about_that_part() -> None:
    two = changed((END, END + ROLE.format("ouders", 2)))
    gone = changed()
    found = merged(two, changed(("rol: ouders", "rol: O"), text=two), gone)
    part = ROLE.format("ouders", 2).replace("rol: ouders", "rol: O")

    assert 1 == found.conflicts
    assert f"{END}<<<<<<< deze kant\n{part}=======\n>>>>>>> andere kant\nbron:" in found.text


def test_both_sides_adding_the_same_is_no_conflict() -> None:
    ours = changed((END, END + ROLE.format("ouders", 2)))

    assert ours == clean(BEFORE, ours, ours)
    found = merged(BEFORE, ours, changed((END, END + ROLE.format("ouders", 3))))
    assert 1 == found.conflicts
    assert 1 == found.text.count("ouders:")


def test_a_file_that_is_new_on_both_sides_merges_by_key() -> None:
    found = merged("", BEFORE, changed(("naam: Jeugdwerk", "naam: Anders")))

    assert 1 == found.conflicts
    assert found.text.startswith("<<<<<<< deze kant\nnaam: Jeugdwerk\n=======\nnaam: Anders\n>>")


def test_comments_of_both_sides_are_kept() -> None:
    ours = changed(("  straat:\n", "  # wij\n  straat:\n"), ("naam", "# over alles\n\nnaam"))
    theirs = changed(
        ("  straat:\n", "  # zij\n  straat:\n"),
        ("    volgnummer: 1\n", "    # nieuw\n    volgnummer: 2\n"),
        ("  - b#1\n", "  # eerste\n  - b#1\n"),
    )
    found = merged(BEFORE, ours, theirs)

    assert 0 == found.conflicts
    assert found.text == changed(
        ("naam", "# over alles\n\nnaam"),
        ("  straat:\n", "  # wij\n  # zij\n  straat:\n"),
        ("    volgnummer: 1\n", "    # nieuw\n    volgnummer: 2\n"),
        ("  - b#1\n", "  # eerste\n  - b#1\n"),
    )


def test_a_comment_that_one_side_took_away_is_gone() -> None:
    said = changed(("naam", "# weg\nnaam"))

    assert BEFORE == clean(said, BEFORE, said)


def test_redirects_merge_as_a_set() -> None:
    found = merge(("", "a/z: b/b\n", "a/c: b/b\na/z: b/b\n"), FREE, {})

    assert found == Merged("a/c: b/b\na/z: b/b\n", 0)


@pytest.mark.parametrize("broken", ["naam: [\n", "\t", "", "<<<<<<< a\nnaam: b\n", "- a\n"])
def test_a_version_that_cannot_be_read_is_not_merged(broken: str) -> None:
    form, forms = words().forms[PARTNER], words().forms

    assert None is merge((BEFORE, broken, BEFORE), form, forms)
    assert None is merge((BEFORE, BEFORE, broken), form, forms)


def test_who_alone_moved_a_comment_also_chose_where_it_stands() -> None:
    before = "# a.\nnaam: x\n# b.\nsoort: y\n"
    after = "naam: x\n# a.\n# b.\nsoort: y\n"

    assert Merged(after, 0) == merged(before, after, before)
    assert Merged(after, 0) == merged(before, before, after)


@settings(max_examples=100, deadline=None)
@given(careless(), careless())
def test_a_change_on_one_side_is_taken_over_whole(one: Values, two: Values) -> None:
    before, after = ("\n".join(hand.lines) for _, hand in (one, two))

    assert Merged(tidy(after), 0) == merged(before, after, before)
    assert Merged(tidy(after), 0) == merged(before, before, after)


@settings(max_examples=100, deadline=None)
@given(careless(), careless(), careless())
def test_every_value_comes_from_a_side_and_nothing_that_both_kept_is_lost(
    one: Values, two: Values, three: Values
) -> None:
    before, ours, theirs = ("\n".join(hand.lines) for _, hand in (one, two, three))
    found = merged(before, ours, theirs)
    again = merged(before, theirs, ours)

    assert found.conflicts == again.conflicts
    assert found.conflicts == found.text.count("\n=======\n")
    if not found.conflicts:
        old, mine, other, both = map(said, (before, ours, theirs, found.text))
        assert both <= mine | other
        assert mine & other <= both
        assert (mine | other) - old <= both
        assert set(both) == said(again.text)


def said(text: str) -> set[tuple[str, ...]]:
    """Every value of one line with the way to it; of a text of several lines each line."""
    tree, problems = strict.parse(File("x", text.encode()))
    assert tree, (text, problems)

    def walk(node: Node, trail: tuple[str, ...]) -> set[tuple[str, ...]]:
        if isinstance(node, Scalar):
            return {(*trail, node.text)} if "\n" not in node.text else set()
        if isinstance(node, Sequence):
            return {way for item in node.items for way in walk(item, trail)}
        return {way for k, v in node.entries for way in walk(v, (*trail, k.text))}

    return walk(tree, ())
