"""What changed is told as policy: every statement once, and nothing that is only written anew."""

from __future__ import annotations

from dataclasses import replace

from editions import MINIMAL, PARTNER, edited, moved, opened, with_files
from kadernota.comparing import outcome
from kadernota.comparing.changed import Kind
from kadernota.comparing.changes import changes
from kadernota.comparing.comparison import Edition, compare
from kadernota.model import File, Sources
from kadernota.pipeline import load


def told(before: Sources, after: Sources) -> list[str]:
    """What the screen shows, without the line that names the versions."""
    found = compare(Edition("a", before, load(before)), Edition("b", after, load(after)))
    return outcome.as_text(found).splitlines()[1:]


def test_another_goal_for_a_role_is_told_under_its_partner_with_what_follows() -> None:
    goals = "\n    voor:\n      - speerpunten/jeugd\n      - themas/jaarwisseling\n"
    after = edited(MINIMAL, (PARTNER, "\n    voor: speerpunten/jeugd\n", goals))

    assert [
        "1 gewijzigd.",
        "",
        "Gewijzigd",
        "  Partner Jongerenwerk Voorbeeldstad (partners/jongerenwerk)",
        "    bijdrage Jongeren opzoeken op straat",
        "      voor is nu Jeugd en Jaarwisseling (was: Jeugd)",
        "",
        "Hieruit volgt ook",
        "  erbij: Jongerenwerk Voorbeeldstad – werkt direct aan – Jaarwisseling",
    ] == told(MINIMAL, after)


def test_new_words_stand_below_the_old_ones() -> None:
    path, line = "data/speerpunten/jeugd.yaml", "De gemeente wil dat jongeren veilig opgroeien."
    longer = "De gemeente wil dat jongeren {} opgroeien in een fijne buurt met veel groen."
    before = edited(MINIMAL, (path, line, longer.format("veilig")))
    after = edited(MINIMAL, (path, line, longer.format("gezond")))

    assert [
        "    beschrijving:",
        "      was: De gemeente wil dat jongeren veilig opgroeien in een fijne …",
        "      nu:  De gemeente wil dat jongeren gezond opgroeien in een fijne …",
    ] == told(before, after)[4:]


def test_writing_the_same_in_another_way_is_no_change_of_policy() -> None:
    text = next(f.content for f in MINIMAL.data if f.path == PARTNER).decode()
    lines = text.splitlines()
    turned = "# Zo staat het ook goed.\n" + "\n".join([*lines[1:], lines[0]]) + "\n"

    assert [
        "Geen inhoudelijke wijziging.",
        "",
        "Alleen anders geschreven",
        f"  {PARTNER}",
    ] == told(MINIMAL, edited(MINIMAL, (PARTNER, text, turned)))


def test_a_thing_with_another_address_is_renamed_and_what_points_to_it_did_not_change() -> None:
    after = moved(MINIMAL, "partners/jongerenwerk", "partners/straatwerk")

    assert [
        "1 hernoemd.",
        "",
        "Hernoemd",
        "  Partner Jongerenwerk Voorbeeldstad (partners/straatwerk), eerder partners/jongerenwerk",
    ] == told(MINIMAL, after)


def test_what_people_say_has_moved_has_moved_whatever_else_became_of_it() -> None:
    after = moved(MINIMAL, "partners/jongerenwerk", "partners/straatwerk")
    path = "data/partners/straatwerk.yaml"
    after = edited(
        after,
        (path, "naam: Jongerenwerk Voorbeeldstad", "naam: Straatwerk"),
        (path, "vrije tijd", "vakantie"),
        (path, "rol: Jongeren opzoeken op straat", "rol: Jongeren helpen"),
    )
    led = File("omleidingen.yaml", b"partners/jongerenwerk: partners/straatwerk\n")
    there, back = (
        told(MINIMAL, replace(after, redirects=led)),
        told(replace(after, redirects=led), MINIMAL),
    )

    assert "1 nieuw, 1 weg" in told(MINIMAL, after)[0]
    assert "1 hernoemd." == there[0] == back[0]
    assert [
        "    naam is nu Straatwerk (was: Jongerenwerk Voorbeeldstad)",
        "    beschrijving is nu Begeleidt jongeren in hun vakantie. (was: Begeleidt jongeren in hun"
        " vrije tijd.)",
        "    bijdrage Jongeren helpen",
        "      rol is nu Jongeren helpen (was: Jongeren opzoeken op straat)",
        "",
        "Oude adressen",
        "  partners/jongerenwerk leidt nu naar partners/straatwerk",
    ] == there[4:]


def test_another_name_along_with_another_address_is_told_too() -> None:
    after = edited(
        moved(MINIMAL, "partners/jongerenwerk", "partners/straatwerk"),
        ("data/partners/straatwerk.yaml", "naam: Jongerenwerk Voorbeeldstad", "naam: Straatwerk"),
    )
    (change,) = changes(opened(MINIMAL), opened(after)).things

    assert Kind.RENAMED is change.kind
    assert ["naam"] == [fact.key for fact in change.facts]


def test_a_thing_that_only_looks_like_the_one_that_went_is_new() -> None:
    files = {f.path: f.content.decode() for f in MINIMAL.data}
    text = "naam: Ouderen\nbron: bron/kadernota-2023-2026#speerpunt-2\n"
    before = with_files(MINIMAL, files | {"data/doelgroepen/ouderen.yaml": text})
    text = text.replace("Ouderen", "Ouders")
    after = with_files(MINIMAL, files | {"data/doelgroepen/ouders.yaml": text})

    assert "1 nieuw, 1 weg." == told(before, after)[0]


def test_another_base_moves_everything_and_changes_nothing_but_that_setting() -> None:
    text = MINIMAL.settings.content.decode()
    config = File("kadernota.yaml", text.replace("basis: https://", "basis: https://www.").encode())
    (told_rules,) = [told(MINIMAL, replace(MINIMAL, settings=config))]

    assert "Geen inhoudelijke wijziging. De regels zijn wel veranderd." == told_rules[0]
    assert told_rules[3].startswith("  instelling basis gewijzigd: https://www.")


def test_a_passage_on_which_nothing_rests_any_more_is_told() -> None:
    after = edited(MINIMAL, (PARTNER, "  - bron/kadernota-2023-2026#partners-5\n", ""))

    assert [
        "1 met alleen een andere bron.",
        "",
        "Rust op iets anders, zegt hetzelfde",
        "  Partner Jongerenwerk Voorbeeldstad (partners/jongerenwerk)",
        "    bron, weg: Partners, lijstonderdeel 5",
        "",
        "Passages van de vastgestelde tekst",
        "  niet meer aangehaald: Partners, lijstonderdeel 5",
    ] == told(MINIMAL, after)
