"""The fields of the CMS: those of our forms, and every value that there is fits its field."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from kadernota.publishing.cms import COMMENTS
from kadernota.publishing.controls import PART
from managed import pages, with_forge

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kadernota.model import Form, Loaded, Sources

    Fields = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def shown(sources: Sources, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Fields]:
    made = pages(with_forge(sources, tmp_path_factory.mktemp("leeg")))
    config = yaml.safe_load(made["beheer/config.yml"])
    return {c["name"]: by_name(c["fields"]) for c in config["collections"]}


def by_name(fields: list[dict[str, Any]]) -> Fields:
    return {field["name"]: field for field in fields}


def test_the_fields_are_those_of_the_form_in_its_order(
    shown: dict[str, Fields], loaded: Loaded
) -> None:
    def hold(form: Form, fields: Fields, inside: tuple[str, ...]) -> None:
        around = (*inside, form.cls)
        wanted = [f for f in form.fields if around.count(f.value_class) < 2 or f.kind != "nested"]
        own = [name for name in fields if name not in {PART, COMMENTS}]

        assert [f.key for f in wanted] == own
        for field in wanted:
            made = fields[field.key]

            assert (field.name.casefold(), field.required) == (
                made["label"].casefold(),
                made["required"],
            )
            assert " ".join(field.help.split()) == made.get("hint", "")
            if field.kind == "nested":
                hold(loaded.forms[field.value_class], by_name(made["fields"]), around)

    for form in loaded.forms.values():
        if form.folder in shown:
            hold(form, shown[form.folder], ())


def test_a_closed_list_shows_names_and_keeps_addresses(shown: dict[str, Fields]) -> None:
    option = {"label": "samenwerkingsverband", "value": "partnersoorten/samenwerkingsverband"}

    assert option in shown["partners"]["soort"]["options"]


def test_a_reference_to_one_folder_follows_what_is_there_now(shown: dict[str, Fields]) -> None:
    nota = shown["partners"]["nota"]

    assert ("relation", "kadernotas") == (nota["widget"], nota["collection"])
    assert ("kadernotas/{{slug}}", ["naam"]) == (nota["value_field"], nota["display_fields"])


def test_a_reference_to_parts_or_several_folders_is_chosen_from_a_list(
    shown: dict[str, Fields],
) -> None:
    options = {o["value"] for o in shown["inspanningen"]["samen-met"]["options"]}
    passages = {o["value"] for o in shown["partners"]["bron"]["options"]}

    assert {"partners", "organisaties"} == {value.partition("/")[0] for value in options}
    assert "bron/kadernota-2023-2026#voetnoot-2" in passages


def values(given: dict[str, Any], fields: Fields) -> Iterator[tuple[dict[str, Any], str]]:
    """Each value in a file, with the field of the CMS that shows it."""
    for key, value in given.items():
        field = fields[key]
        if isinstance(value, dict):
            for name, part in value.items():
                yield by_name(field["fields"])[PART], name
                yield from values(part, by_name(field["fields"]))
        else:
            for one in value if isinstance(value, list) else [value]:
                yield field, one.strip("\n")


def fits(field: dict[str, Any], value: str, things: set[str]) -> bool:
    widget = field.get("widget", "string")
    if widget == "relation":
        return value in things and value.startswith(f"{field['collection']}/")
    if widget == "select":
        return value in {option["value"] for option in field["options"]}
    if widget == "datetime":
        return re.fullmatch(r"\d{4}-\d{2}-\d{2}", value) is not None
    typed = field.get("field", field)
    ours = re.sub(r"\\u\{(\w+)\}", lambda m: re.escape(chr(int(m[1], 16))), typed["pattern"][0])
    return re.search(ours.removeprefix("/").removesuffix("/u"), value) is not None


def test_every_value_in_the_data_can_be_shown_and_chosen(
    shown: dict[str, Fields], sources: Sources
) -> None:
    files = [f for f in sources.data if f.path.endswith(".yaml") and "data/bron/" not in f.path]
    things = {f.path.removeprefix("data/").removesuffix(".yaml") for f in files}
    wrong = []
    for file in files:
        given = yaml.load(file.content, Loader=yaml.BaseLoader)
        fields = shown[file.path.split("/")[1]]
        wrong += [
            (file.path, field["name"], value)
            for field, value in values(given, fields)
            if not fits(field, value, things)
        ]

    assert len(files) > 800
    assert [] == wrong


def test_a_wrong_value_gets_the_message_of_its_rule(shown: dict[str, Fields]) -> None:
    year, law = shown["achtergronden"]["jaar"]["field"], shown["grondslagen"]["bwb-nummer"]

    assert not fits(year, "23", set())
    assert "Schrijf het jaar met vier cijfers, bijvoorbeeld 2023." == year["pattern"][1]
    assert not fits(law, "BWBR12", set())
    assert "Schrijf bij 'bwb-nummer:' één nummer als BWBR en zeven cijfers." == law["pattern"][1]
