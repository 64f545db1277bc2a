"""What a browser asks and what it gets, as values: any server can carry them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

if TYPE_CHECKING:
    from collections.abc import Mapping

LARGEST = 4 << 20  # bytes of a form; the largest file of a memorandum is a tenth of this
MOST = 20_000  # controls
HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Asked:
    """One request; names of headers are in lower case."""

    method: str
    path: str
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def words(self) -> dict[str, str]:
        """What stands behind the question mark."""
        return dict(parse_qsl(self.query, errors="replace"))

    def cookie(self, name: str) -> str:
        pairs = (pair.partition("=") for pair in self.headers.get("cookie", "").split(";"))
        return next((value for key, _, value in pairs if key.strip() == name), "")


@dataclass(frozen=True, slots=True)
class Answered:
    """One response."""

    status: int
    body: bytes
    kind: str = HTML
    headers: Mapping[str, str] = field(default_factory=dict)


def controls(asked: Asked) -> list[tuple[str, str]] | None:
    """The controls of the form that was sent; None when it is no form, or no honest one."""
    if not asked.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        return None
    try:
        text = asked.body.decode("ascii")  # a browser escapes all else
        return parse_qsl(text, keep_blank_values=True, errors="replace", max_num_fields=MOST)
    except ValueError:
        return None
