"""Files from the forms: right ones, and right ones with one thing changed."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from kadernota.names import ALIAS, NAME, XSD

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hypothesis.strategies import DrawFn
    from kadernota.authoring.options import Options
    from kadernota.model import Field, Form

# Words that YAML takes for something else, or that it needs quotes for.
TEXTS = ("Wijk", "Twee woorden", "3.10", "2023", "true", "False", "nee", "NO", "12:30", "0x10",
         "één: twee", "# hekje", "- streep", "a'b\"c", "1e3", "2023-01-01", "'s avonds",
         "null en wel", "[haak", "*ster")  # fmt: skip
WEB = [
    f"https://identifier.overheid.nl/tooi/id/gemeente/gm0001{more}" for more in ("", "?a=b#c", "/~")
]
RIGHT = {
    "date": ("2023-10-01", "2024-02-29", "0001-01-01", "9999-12-31", "2000-02-29"),
    "gYear": ("2023", "1000", "9999"),  # YAML reads 0999 as 999
    "integer": ("0", "1", "-1", "7", "2023", "999999999999999", "-999999999999999"),
    "decimal": ("0", "7.5", "-0.25", "5894", "0.000000000000001", "100", "1.10"),
    "duration": ("P1Y", "P3M", "P10D", "PT1H", "P1Y2M3DT4H5M6S", "PT0S"),
}
PATTERNED = (
    "CVDR1", "BWBR0001234", "gmb-2023-12345", "2023-000001", "637", "26180", "12", "1.5", "true",
    "één woord", "vijf woorden op een rij", "f" * 64, "1" * 64, "1e" * 32,
    "Twintig " + "woorden " * 20 + "samen.",
)  # fmt: skip
LINES = ("Eerste zin.\nTweede zin.", "  Ingesprongen.\nEn verder.")
PLAIN = re.compile(r"[0-9A-Za-zé][^:#\n\"']*[0-9A-Za-zé]|[0-9A-Za-zé]")
NOTHING = "no value"  # a sign, not a text


@dataclass(frozen=True)
class Maker:
    """What files are made of: the forms and what can be chosen."""

    forms: Mapping[str, Form]
    options: Options

    def value(self, field: Field) -> st.SearchStrategy[str]:
        """Values of a field that are right on their own."""
        kind = field.datatype.removeprefix(XSD)
        if field.kind in {"choice", "reference"}:
            return st.sampled_from([o.value for o in self.options.of(field.classes)])
        if field.kind == "term":
            return st.sampled_from([o.value for o in self.options.keys])
        if field.kind == "external":
            return st.sampled_from(WEB)
        if right := RIGHT.get(kind) or [v for v in PATTERNED if field.pattern]:
            return st.sampled_from([v for v in right if _fits(v, field)])
        return st.sampled_from(TEXTS if field.path in {NAME, ALIAS} else TEXTS + LINES)


def _fits(value: str, field: Field) -> bool:
    """Whether the bounds and the pattern of the shape let this value through."""
    low = field.least and float(value) < float(field.least)
    return not (low or (field.above and float(value) <= float(field.above))) and (
        not field.pattern or re.search(field.pattern, value) is not None
    )


@st.composite
def things(draw: DrawFn, maker: Maker, form: Form, prefix: str = "deel") -> dict[str, Any]:
    """A thing with all that must be there, and some of what may."""
    found: dict[str, Any] = {}
    for field in form.fields:
        if not field.required and draw(st.integers(0, 3)):
            continue
        if field.kind == "nested":
            inner = maker.forms[field.value_class]
            names = [f"{prefix}-{field.key}-{n}" for n in range(draw(st.integers(1, 2)))]
            if field.required or len(prefix) < 40:  # a class may have parts of its own kind
                found[field.key] = {name: draw(things(maker, inner, name)) for name in names}
        elif field.single or draw(st.booleans()):
            found[field.key] = draw(maker.value(field))
        else:
            values = st.lists(maker.value(field), min_size=1, max_size=3, unique=True)
            found[field.key] = draw(values)
    return found


def written(thing: Mapping[str, Any], quoted: bool = False, pad: str = "") -> str:
    """The thing in YAML: plain where it may be, unless all is to be quoted."""
    lines = []
    for key, value in thing.items():
        if isinstance(value, dict):
            inner = written(value, quoted, pad + "  ")
            lines.append(f"{pad}{key}:\n{inner}" if value else f"{pad}{key}: {{}}\n")
        elif isinstance(value, list):
            items = "".join(f"{pad}  - {_scalar(item, quoted, pad + '    ')}\n" for item in value)
            lines.append(f"{pad}{key}:\n{items}" if value else f"{pad}{key}: []\n")
        else:
            lines.append(f"{pad}{key}: {_scalar(value, quoted, pad + '  ')}".rstrip() + "\n")
    return "".join(lines)


def _scalar(value: Any, quoted: bool, pad: str) -> str:
    if value is NOTHING:
        return ""
    if isinstance(value, list | dict):
        return json.dumps(value)
    if "\n" in value:
        sign = "|2-" if value.startswith(" ") else "|"
        lines = "".join(f"\n{pad}{line}" for line in value.split("\n"))
        return f"{sign}{lines}"
    return value if PLAIN.fullmatch(value) and not quoted else json.dumps(value, ensure_ascii=False)
