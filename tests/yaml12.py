"""A file as a YAML 1.2 reader sees it, and what a JSON Schema says of that."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import yaml
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kadernota.model import File

# The core schema of YAML 1.2: what a plain scalar is. PyYAML itself reads YAML 1.1.
CORE = (
    ("null", r"null|Null|NULL|~|", "~nN\0"),
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789"),
    (
        "float",
        r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)"
        r"|\.(?:nan|NaN|NAN)",
        "-+.0123456789",
    ),
)


class Reader(yaml.SafeLoader):
    """PyYAML with the types of YAML 1.2, in which a key stands once."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - as PyYAML wants it

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        found = super().construct_mapping(node, deep)
        if len(found) != len(node.value):
            raise yaml.constructor.ConstructorError(problem="a key stands twice")
        return {str(key): value for key, value in found.items()}

    def number(self, node: yaml.ScalarNode) -> int | float:
        text = str(node.value)
        if re.fullmatch(r"0[ox].*", text):
            return int(text, 0)
        try:
            return int(text)
        except ValueError:
            return float(re.sub(r"\.(?=inf|nan)", "", text.lower()))


for kind, pattern, first in CORE:
    Reader.add_implicit_resolver(
        f"tag:yaml.org,2002:{kind}", re.compile(f"(?:{pattern})$"), [*first.replace("\0", ""), ""]
    )
for kind in ("int", "float"):
    Reader.add_constructor(f"tag:yaml.org,2002:{kind}", Reader.number)


def read(content: bytes) -> list[Any]:
    """The documents in a file; raises what YAML itself refuses."""
    return list(yaml.load_all(content.decode(), Reader))


class Schemas:
    """The schemas of a knowledge base, as a library for JSON Schema reads them."""

    def __init__(self, files: Iterable[File]) -> None:
        self.files = {f.path: json.loads(f.content) for f in files}
        found = [(path, Resource.from_contents(made)) for path, made in self.files.items()]
        self.registry: Registry[Any] = Registry().with_resources(found)

    def validator(self, folder: str) -> Draft202012Validator:
        return Draft202012Validator({"$ref": f"{folder}.json"}, registry=self.registry)

    def accepts(self, folder: str, content: bytes) -> bool:
        """Whether a file in this folder is right, as far as an editor can tell."""
        try:
            docs = read(content)
        except (yaml.YAMLError, UnicodeDecodeError):
            return False
        validator = self.validator(folder)
        return all(validator.is_valid(doc) for doc in docs or [None])
