"""What SARIF 2.1.0 asks of the parts that we write, read from the standard, in our own words.

The schema of OASIS is not in a package of Python or npm; this one is narrower: what we do not write
is not allowed at all, so that a misspelt property is a mistake.
"""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


def strict(required: Json, optional: Json | None = None) -> Json:
    """An object with these properties and no other."""
    return {
        "type": "object",
        "properties": required | (optional or {}),
        "required": list(required),
        "additionalProperties": False,
    }


def several(item: Json, least: int = 0) -> Json:
    return {"type": "array", "items": item, "minItems": least, "uniqueItems": True}


POSITION = {"type": "integer", "minimum": 1}
TEXT = {"type": "string", "minLength": 1}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
MESSAGE = strict({"text": TEXT})
# A relative reference: no scheme, no white space, nothing that RFC 3986 does not allow.
ARTIFACT = strict({"uri": {"type": "string", "pattern": r"^[A-Za-z0-9._~!$&'()*+,;=@%/-]+$"}})
REGION = strict(
    {"startLine": POSITION, "startColumn": POSITION},
    {"endLine": POSITION, "endColumn": POSITION},
)
REPLACEMENT = strict({"deletedRegion": REGION, "insertedContent": MESSAGE})
CHANGE = strict({"artifactLocation": ARTIFACT, "replacements": several(REPLACEMENT, 1)})
FIX = strict({"description": MESSAGE, "artifactChanges": several(CHANGE, 1)})
LOCATION = strict({"physicalLocation": strict({"artifactLocation": ARTIFACT, "region": REGION})})
RESULT = strict(
    {
        "ruleId": TEXT,
        "ruleIndex": {"type": "integer", "minimum": 0},
        "level": LEVEL,
        "message": MESSAGE,
        "locations": several(LOCATION, 1),
        "partialFingerprints": {"type": "object", "additionalProperties": TEXT},
    },
    {"fixes": several(FIX, 1)},
)
RULE = strict(
    {
        "id": TEXT,
        "shortDescription": MESSAGE,
        "help": MESSAGE,
        "defaultConfiguration": strict({"level": LEVEL}),
    }
)
DRIVER = strict({"name": TEXT, "rules": several(RULE)})
RUN = strict(
    {
        "tool": strict({"driver": DRIVER}),
        "language": {"const": "nl"},
        "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
        "results": {"type": "array", "items": RESULT},
    }
)
LOG = strict(
    {
        "$schema": {"type": "string", "pattern": r"/sarif-schema-2\.1\.0\.json$"},
        "version": {"const": "2.1.0"},
        "runs": several(RUN, 1),
    }
)
