"""What an assistant fills in and a schema in, the values to work with or a remedy in Dutch out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kadernota.asking.ask import CannotAnswer
from kadernota.hints import near_miss
from kadernota.letters import shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kadernota.assistant.outcome import Schema

KINDS: dict[str, tuple[type, str]] = {
    "string": (str, "tekst"),
    "boolean": (bool, "true of false"),
    "integer": (int, "een heel getal"),
    "object": (dict, "een object met namen en waarden"),
}


def checked(given: Mapping[str, Any], schema: Schema) -> dict[str, Any]:
    """The arguments with what was left open filled in; raises CannotAnswer for what is wrong.

    A choice is left to the question itself: it also knows a thing by its name.
    """
    known = schema["properties"]
    for name in given:
        if name not in known:
            hint = near_miss(name, known).text
            raise CannotAnswer(f"Er is geen '{shown(name)}' in te vullen. {hint}".rstrip())
    for name in schema["required"]:
        if given.get(name) is None:
            raise CannotAnswer(f"Vul '{name}' in: {known[name]['description']}")
    filled = {name: own["default"] for name, own in known.items() if "default" in own}
    present = {name: value for name, value in given.items() if value is not None}
    for name, value in present.items():
        _check(name, value, known[name])
    return filled | present


def _check(name: str, value: object, schema: Schema) -> None:
    kind, words = KINDS[schema["type"]]
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise CannotAnswer(f"Geef bij '{name}' {words}.")
    if isinstance(value, int) and not isinstance(value, bool):
        least, most = schema["minimum"], schema["maximum"]
        if not least <= value <= most:
            raise CannotAnswer(f"Geef bij '{name}' een getal van {least} tot en met {most}.")
