"""The `#+` lines at the head of a rule, a question or a fault: YAML in comments."""

from __future__ import annotations

from typing import Any

import yaml


def header(text: str) -> dict[str, Any]:
    """What the leading `#+` lines say; empty without them. Raises ValueError when malformed."""
    lines = []
    for line in text.splitlines():
        if not line.startswith("#+"):
            break
        lines.append(line[2:].removeprefix(" "))
    try:
        found = yaml.load("\n".join(lines), Loader=yaml.BaseLoader)  # noqa: S506 - text only
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from None
    if found is None or found == "":
        return {}
    if not isinstance(found, dict):
        raise ValueError("geen sleutels met waarden")
    return found
