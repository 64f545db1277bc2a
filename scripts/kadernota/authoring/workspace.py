"""Forms in, the settings with which an editor knows our files out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from kadernota.authoring.schema import SETTINGS
from kadernota.model import File

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kadernota.model import Form

FOLDER = "build/schema"
# Knowledge bases made for tests know other things than the one they stand in.
BUT = "!tests/**"
EXTENSIONS = {"recommendations": ["redhat.vscode-yaml"]}
# Only what we know is proposed, nothing is fetched from elsewhere, and `kadernota fix` does layout.
YAML: dict[str, Any] = {
    "yaml.validate": True,
    "yaml.completion": True,
    "yaml.hover": True,
    "yaml.hoverSchemaSource": False,
    "yaml.yamlVersion": "1.2",
    "yaml.keyOrdering": False,
    "yaml.format.enable": False,
    "yaml.schemaStore.enable": False,
    "yaml.kubernetesCRDStore.enable": False,
    "[yaml]": {
        "editor.tabSize": 2,
        "editor.insertSpaces": True,
        "editor.detectIndentation": False,
        "editor.autoIndent": "advanced",
        "editor.quickSuggestions": {"other": True, "comments": False, "strings": True},
        "editor.wordBasedSuggestions": "off",
        "editor.rulers": [100],
    },
    "files.encoding": "utf8",
    "files.eol": "\n",
}


def mapping(forms: Iterable[Form]) -> dict[str, str]:
    """Which schema goes with which files; both from the root of the knowledge base."""
    folders = sorted({form.folder for form in forms if form.folder})
    found = {f"{FOLDER}/{folder}.json": f"data/{folder}/*.yaml" for folder in folders}
    return {**found, f"{FOLDER}/{SETTINGS}": "kadernota.yaml"}


def workspace(forms: Iterable[Form]) -> tuple[File, ...]:
    """What Visual Studio Code must know of a knowledge base, and what it proposes to install."""
    schemas = {schema: [files, BUT] for schema, files in mapping(forms).items()}
    settings = {"yaml.schemas": schemas, **YAML}
    return (
        File(".vscode/extensions.json", _text(EXTENSIONS)),
        File(".vscode/settings.json", _text(settings)),
    )


def _text(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def modeline(folder: str) -> str:
    """The first line of a file in this folder, for an editor without these settings."""
    return f"# yaml-language-server: $schema=../../{FOLDER}/{folder}.json"
