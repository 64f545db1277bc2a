"""A comparison in, Markdown for a forge out: nothing from the data means anything there.

A forge reads its own signs (@name, #12, !34, ~label) in the finished text, also where they were
written as character references; a space of no width after such a sign makes it plain.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markupsafe import Markup

from kadernota.comparing import briefing
from kadernota.publishing.markup import attribute, escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kadernota.comparing.comparison import Comparison
    from kadernota.comparing.phrases import Line, Section, Span

MARK = "<!-- kadernota diff -->"  # by which a script finds its own comment back
LIMIT = 65_536  # what a comment on GitHub can hold, in characters; we count bytes
SPARE = 500  # of that, for the words that say what is left out
SHORT = 12  # lines of a section that is not folded
LINES = (60, 8, 1)  # of one thing; what follows is only counted, sooner when all is too long
SIGNS = re.compile(r"&#(?:33|35|36|38|64|91|94|126);(?=\S)|%(?=\w)|\bGH-(?=\d)")
APART = "&#8203;"
STYLES = {
    "gone": Markup("<del>%s</del>"),
    "new": Markup("<ins>%s</ins>"),
    "name": Markup("<b>%s</b>"),
    "address": Markup("<code>%s</code>"),
    "code": Markup("<code>%s</code>"),
}


def markdown(found: Comparison, site: str = "", limit: int = LIMIT) -> str:
    """The headline, and what there is to tell: what is long folded, what is too long left out."""
    names = _safe(found.before.name), _safe(found.after.name)
    head = f"{MARK}\n### Wat deze wijziging betekent\n\n**{_safe(briefing.title(found))}**\n"
    foot = Markup("\n<sub>Van %s naar %s.</sub>\n") % names
    room = limit - SPARE - _size(head) - _size(foot)
    body, lost = "", 0
    for most in LINES:
        body, lost = _sections(briefing.told(found), site, room, most)
        if not lost:
            break
    if lost:
        what = "ding of regel ontbreekt" if lost == 1 else "dingen of regels ontbreken"
        body += f"\n**Niet alles past hier: {lost} {what}.** `kadernota diff` toont alles.\n"
    return "".join((head, body, foot))  # `+` would escape what is not marked as safe


def _sections(told: Iterable[Section], site: str, room: int, most: int) -> tuple[str, int]:
    """As many sections as there is room for, and how many things are left out."""
    made, lost = "", 0
    for section in told:
        text, left = _section(section, site, room - _size(made), most)
        made += text
        lost += left
    return made, lost


def _section(section: Section, site: str, room: int, most: int) -> tuple[str, int]:
    title, total = _safe(section.title), len(section.things)
    head, foot = f"\n#### {title}\n\n", ""
    if sum(map(len, section.things)) > SHORT:
        head = f"\n<details><summary>{title} ({total})</summary>\n\n"
        foot = "\n</details>\n"
    room -= _size(head + foot)
    shown = []
    for thing in section.things:
        item = "\n".join(_thing(thing, site, most)) + "\n"
        if _size(item) <= room:
            shown.append(item)
            room -= _size(item)
    return (head + "".join(shown) + foot if shown else ""), total - len(shown)


def _thing(lines: tuple[Line, ...], site: str, most: int) -> Iterator[str]:
    for line in lines[:most]:
        text = "".join(_span(span, site) for span in line.spans)
        yield f"{'  ' * line.depth}- {text.strip()}"
    if (rest := len(lines) - most) > 0:
        yield f"  - en nog {rest} {'regel' if rest == 1 else 'regels'}"


def _span(span: Span, site: str) -> Markup:
    text = _safe(span.text)
    there = span.target if span.target.startswith("https://") else site + span.target
    if span.target and there.startswith("https://"):
        text = Markup('<a href="%s">%s</a>') % (attribute(there), text)
    return STYLES[span.style] % text if span.style else text


def _safe(text: str) -> Markup:
    """Text that neither Markdown nor a forge reads anything into."""
    return Markup(SIGNS.sub(lambda found: found[0] + APART, escape(text)))  # noqa: S704 - escaped


def _size(text: str) -> int:
    return len(text.encode())
