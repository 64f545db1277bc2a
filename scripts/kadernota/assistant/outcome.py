"""The schemas of what the five tools answer, and the words to write a schema in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Schema = dict[str, Any]


def closed(properties: Mapping[str, Schema], required: Iterable[str] = ()) -> Schema:
    """An object with these properties and no others."""
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(required),
        "additionalProperties": False,
    }


def whole(properties: Mapping[str, Schema]) -> Schema:
    """An object that has all of these."""
    return closed(properties, properties)


def array(of: Schema) -> Schema:
    """A list of these."""
    return {"type": "array", "items": of}


def text(description: str) -> Schema:
    """A text, with what it means."""
    return {"type": "string", "description": description}


def number(least: int, most: int, default: int, description: str) -> Schema:
    """A whole number between bounds."""
    bounds = {"minimum": least, "maximum": most, "default": default}
    return {"type": "integer", **bounds, "description": description}


def _texts(words: str) -> dict[str, Schema]:
    return {word: {"type": "string"} for word in words.split()}


def _named(schema: Schema) -> Schema:
    """With what it refers to by name."""
    return schema | {"$defs": {"source": SOURCE, "reason": REASON, "fact": FACT}}


VALUE: Schema = {"type": ["string", "number", "boolean", "null"]}
TEXTS: Schema = {"type": "object", "additionalProperties": {"type": "string"}}
SOURCES = array({"$ref": "#/$defs/source"})
REASONS = array({"$ref": "#/$defs/reason"})
FACTS = array({"$ref": "#/$defs/fact"})

SOURCE = whole(_texts("thing thing_name passage passage_name path url file note"))
STATEMENT = _texts("sentence subject predicate object")
REASON = closed(
    STATEMENT | _texts("rule words reading") | {"sources": SOURCES, "because": REASONS}, STATEMENT
)
FACT = whole(
    _texts("about about_name key label value_name")
    | {
        "value": VALUE,
        "derived": {"type": "boolean"},
        "sources": SOURCES,
        "reason": {"anyOf": [{"$ref": "#/$defs/reason"}, {"type": "null"}]},
    }
)
PARAMETER = whole(_texts("name type default description") | {"choices": TEXTS})
QUESTION = closed(
    _texts("name audience title text")
    | {"columns": array({"type": "string"}), "parameters": array(PARAMETER)},
    ["name", "text"],
)
HIT = whole(_texts("kind id label") | {"values": TEXTS, "score": {"type": "number"}})

QUESTIONS = whole({"questions": array(QUESTION)})
HITS = whole({"hits": array(HIT)})
ANSWER = _named(
    whole(
        _texts("question text")
        | {
            "parameters": TEXTS,
            "columns": array({"type": "string"}),
            "rows": array({"type": "object", "additionalProperties": VALUE}),
            "total": {"type": "integer"},
            "offset": {"type": "integer"},
            "sources": SOURCES,
            "reasons": array(REASONS),
        }
    )
)
DESCRIPTION = _named(
    whole(
        _texts("iri address kind name")
        | {"facts": FACTS, "mentions": FACTS, "left_out": {"type": "integer"}, "sources": SOURCES}
    )
)
EXPLANATION = _named(whole({"reason": {"$ref": "#/$defs/reason"}}))
