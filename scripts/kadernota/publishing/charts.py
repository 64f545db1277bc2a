"""Measured series in, charts as SVG out: made at build time, readable without colour or script."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from kadernota.publishing.markup import escape
from kadernota.publishing.notation import number

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH, HEIGHT = 300, 190
TOP, BOTTOM = 26, 28
GAP = 0.32  # of the room for one bar


@dataclass(frozen=True, slots=True)
class Point:
    """One value of a series: what stands under it, the number, and the sign after it."""

    label: str
    value: str
    sign: str = ""

    @property
    def amount(self) -> float:
        return float(self.value)

    @property
    def shown(self) -> str:
        return number(self.value) + self.sign


def bars(key: str, title: str, points: Sequence[Point], top: float = 0) -> Markup:
    """A bar per point on an axis from nought; `top` is the end of the axis where that is fixed."""
    highest = top or max((p.amount for p in points), default=0) or 1
    room = WIDTH / max(len(points), 1)
    said = "; ".join(f"{p.label}: {p.shown}" for p in points)
    drawn = Markup("").join(_bar(p, i, room, highest) for i, p in enumerate(points))
    return Markup(
        '<svg class="staven" viewBox="0 0 %(w)s %(h)s" role="img"'
        ' aria-labelledby="%(key)s-t %(key)s-d">'
        '<title id="%(key)s-t">%(title)s</title><desc id="%(key)s-d">%(said)s</desc>'
        '%(drawn)s<line class="as" x1="0" y1="%(base)s" x2="%(w)s" y2="%(base)s"/></svg>'
    ) % {
        "w": WIDTH,
        "h": HEIGHT,
        "base": HEIGHT - BOTTOM,
        "key": escape(key),
        "title": escape(title),
        "said": escape(f"Staafgrafiek, de as begint bij 0. {said}."),
        "drawn": drawn,
    }


def _bar(point: Point, place: int, room: float, highest: float) -> Markup:
    full = HEIGHT - TOP - BOTTOM
    tall = round(full * min(point.amount / highest, 1), 1)
    wide = round(room * (1 - GAP), 1)
    left = round(room * place + room * GAP / 2, 1)
    middle = round(room * (place + 0.5), 1)
    over = round(HEIGHT - BOTTOM - tall, 1)
    return Markup(
        '<rect class="staaf" x="%(x)s" y="%(y)s" width="%(w)s" height="%(h)s"/>'
        '<text class="waarde" x="%(m)s" y="%(above)s">%(shown)s</text>'
        '<text class="jaar" x="%(m)s" y="%(under)s">%(label)s</text>'
    ) % {
        "x": left,
        "y": over,
        "w": wide,
        "h": tall,
        "m": middle,
        "above": round(over - 7, 1),
        "under": HEIGHT - 8,
        "shown": escape(point.shown),
        "label": escape(point.label),
    }
