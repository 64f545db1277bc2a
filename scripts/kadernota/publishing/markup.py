"""Text from data in, markup that cannot break out: the only way text reaches a page."""

from __future__ import annotations

import re
from textwrap import shorten
from typing import TYPE_CHECKING
from urllib.parse import quote

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Mapping

# All that means something in HTML or Markdown becomes a character reference: literal in both.
# A sign of the second kind only means something at the start of a line.
SPECIAL = re.compile(r"[&<>\"'\\`*_{}\[\]#!|~^=$@]|(?:^|(?<=^ ))(?:[-+:.]|\d(?=\d*[.)]))")
# Not text in HTML, and the marks with which Python-Markdown puts things aside.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
SPACE = re.compile(r"\s+")
TYPOGRAPHIC = str.maketrans({'"': "”", "'": "’", "`": "’", "\\": None, "<": None, ">": None})


def escape(value: object) -> Markup:
    """The value as literal text, both in Markdown and in HTML; line ends become spaces."""
    if isinstance(value, Markup):
        return value
    flat = folded(str(value))
    return Markup(SPECIAL.sub(lambda found: f"&#{ord(found[0])};", flat))  # noqa: S704 - escaped here


def folded(text: str) -> str:
    """The text on one line, without signs that are no text."""
    return SPACE.sub(" ", CONTROL.sub("", text))


def anchor(text: str) -> Markup:
    """A key as an address within a page, for in `{: #... }`, where references are not resolved."""
    return Markup(re.sub(r"[^\w.-]", "", text, flags=re.ASCII))  # noqa: S704 - letters and digits


def lines(text: str) -> Markup:
    """A text for in a <pre>: escaped, with its line ends and indents."""
    kept = [Markup("").join(_parts(line)) for line in text.expandtabs(4).splitlines()]
    return Markup("\n").join(kept)


def _parts(line: str) -> list[Markup]:
    """A line cut at its spaces, because `escape` folds these."""
    return [Markup(p) if p.isspace() else escape(p) for p in re.split(r"(\s+)", line)]  # noqa: S704


def plain(text: str, width: int = 1000) -> Markup:
    """A text for the head of a page, where nobody resolves references: signs become letters."""
    flat = folded(str(text)).replace("&", "en").translate(TYPOGRAPHIC)
    return Markup(shorten(flat, width, placeholder=" …"))  # noqa: S704 - no sign means anything now


def attribute(text: str) -> Markup:
    """An address for in an attribute; anything but https or a place in the site is dropped."""
    safe = text.startswith("https://") or ":" not in text.partition("/")[0]
    quoted = quote(text if safe else "", safe="/:?#=&%+,;")
    return Markup(quoted.replace("&", "&amp;"))  # noqa: S704 - only signs of an address are left


class Glossary:
    """Links the first use of each defined term to its definition."""

    def __init__(self, terms: Mapping[str, tuple[str, str]]) -> None:
        # An abbreviation only in capitals: `WAS` is a term, `was` is not.
        self.terms = {t if t.isupper() else t.casefold(): found for t, found in terms.items()}
        longest = sorted(map(re.escape, terms), key=len, reverse=True)
        self.pattern = re.compile(rf"(?<!\w)(?:{'|'.join(longest) or '(?!)'})(?!\w)", re.IGNORECASE)

    def link(self, text: str, to: str, seen: set[str] | None = None) -> Markup:
        """The text, escaped, with links; `to` leads to the top of the site from this page.

        What is already in `seen` gets no link; what gets one is added to it.
        """
        done: list[Markup] = []
        seen, at = set() if seen is None else seen, 0
        flat = folded(text).strip()
        for found in self.pattern.finditer(flat):
            word = found[0]
            known = self.terms.get(word) or self.terms.get(word.casefold())
            if known is None or known[0] in seen:
                continue
            target, definition = known
            seen.add(target)
            done += [
                escape(flat[at : found.start()]),
                Markup('<a class="begrip" href="%s" title="%s">%s</a>')
                % (attribute(to + target), escape(definition), escape(word)),
            ]
            at = found.end()
        return Markup("").join([*done, escape(flat[at:])])
