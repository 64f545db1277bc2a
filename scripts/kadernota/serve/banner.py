"""What is wrong in, a notice on top of a page out: the problems of what the page shows first."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from kadernota.checking.report import total, whole

if TYPE_CHECKING:
    from collections.abc import Container

    from kadernota.model import Problem, Report

MOST = 50  # problems on a page; with more, the first ones come first
STYLE = """
#kn-fouten{position:relative;z-index:10;max-height:50vh;overflow:auto;padding:.8rem 1.2rem;
background:#fff3f0;color:#3b0a02;border-bottom:4px solid #b3261e;font:16px/1.5 system-ui,sans-serif}
#kn-fouten h2{margin:0 0 .4rem;font-size:1.1rem;font-weight:700;color:inherit}
#kn-fouten ul{margin:0;padding:0;list-style:none}
#kn-fouten li{margin:.4rem 0}
#kn-fouten code{background:none;color:inherit;font-size:.9em;overflow-wrap:anywhere}
#kn-fouten .kn-hier{font-weight:700}
@media print{#kn-fouten{display:none}}
"""


def banner(found: Report, address: str, stale: bool) -> str:  # noqa: FBT001
    """The notice for the page of this thing; nothing when all is well.

    When the page is older than the files, it says so.
    """
    if not found.problems:
        return ""
    own = {f"data/{address}.yaml", f"data/{address}.ttl"}
    ordered = sorted(found.problems, key=lambda p: (p.place.file not in own, p))
    items = "".join(f"<li{_marked(p, own)}>{_said(p)}</li>" for p in ordered[:MOST])
    old = " Deze bladzijde toont de laatste goede versie." if stale else ""
    left = len(ordered) - MOST
    more = f"<p>En nog {left}; <code>kadernota check</code> noemt ze alle.</p>" if left > 0 else ""
    return (
        f'<section id="kn-fouten" role="alert" aria-labelledby="kn-fouten-kop">'
        f"<style>{STYLE}</style>"
        f'<h2 id="kn-fouten-kop">{escape(total(found.problems))}{old}</h2>'
        f"<ul>{items}</ul>{more}</section>"
    )


def doorway(address: str, files: Container[str]) -> str:
    """The way from the page of a thing to its form."""
    if f"data/{address}.yaml" not in files:
        return ""
    return (
        f'<p style="margin:0;padding:.5rem 1.2rem;background:#eaf2f6;font:16px/1.5 system-ui">'
        f'<a style="color:#0a5578" href="/bewerken/{escape(address)}">Wijzig deze bladzijde</a></p>'
    )


def _marked(problem: Problem, own: set[str]) -> str:
    return ' class="kn-hier"' if problem.place.file in own else ""


def _said(problem: Problem) -> str:
    place = problem.place
    spot = f"{place.file}:{place.line}:{place.column}"
    key = f" <code>{escape(problem.key)}</code>" if problem.key else ""
    return f"<code>{escape(spot)}</code>{key} {escape(whole(problem))}"
