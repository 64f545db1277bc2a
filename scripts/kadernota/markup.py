"""Text from data in, markup that cannot break out: the only way text reaches a page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Mapping

# All that means something in HTML or Markdown becomes a character reference: literal in both.
SPECIAL = re.compile(r"[&<>\"'\\`*_{}\[\]()#+!|~^=$%@:/]|(?m:^[-.\d])")
BARE = frozenset("()/:+%")  # only special next to other signs that are already escaped


def escape(value: object) -> Markup:
    """The value as literal text, both in Markdown and in HTML; line ends become spaces."""
    if isinstance(value, Markup):
        return value
    flat = " ".join(str(value).split())
    return Markup(SPECIAL.sub(_reference, flat))  # noqa: S704 - this is where escaping happens


def _reference(found: re.Match[str]) -> str:
    sign = found[0]
    return sign if sign in BARE or (sign.isdigit() and found.start() > 0) else f"&#{ord(sign)};"


def attribute(text: str) -> Markup:
    """An address for in an attribute; anything but https or a place in the site is dropped."""
    safe = text.startswith("https://") or ":" not in text.partition("/")[0]
    return escape(text.replace("_", "%5F") if safe else "")


class Glossary:
    """Links the first use of each defined term in a text to its definition."""

    def __init__(self, terms: Mapping[str, tuple[str, str]]) -> None:
        self.terms = {term.casefold(): found for term, found in terms.items()}
        longest = sorted(map(re.escape, terms), key=len, reverse=True)
        self.pattern = re.compile(rf"(?<!\w)(?:{'|'.join(longest) or '(?!)'})(?!\w)", re.IGNORECASE)

    def link(self, text: str, to: str, skip: str = "") -> Markup:
        """The text, escaped, with links; `to` leads to the top of the site from this page."""
        done: list[Markup] = []
        seen, at = {skip}, 0
        flat = " ".join(text.split())
        for found in self.pattern.finditer(flat):
            target, definition = self.terms[found[0].casefold()]
            if target in seen:
                continue
            seen.add(target)
            done += [
                escape(flat[at : found.start()]),
                Markup('<a class="begrip" href="%s" title="%s">%s</a>')
                % (attribute(to + target), escape(definition), escape(found[0])),
            ]
            at = found.end()
        return Markup("").join([*done, escape(flat[at:])])
