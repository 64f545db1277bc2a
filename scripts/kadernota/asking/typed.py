"""Terms in, values as Python knows them out."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kadernota.names import XSD
from kadernota.triples import value_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from kadernota.triples import Term

Value = str | int | float | bool | date | None

# A decimal becomes a float: the figures of a memorandum have far fewer than its fifteen digits,
# and a table of floats can be summed and drawn.
MAKERS: dict[str, Callable[[str], Value]] = {
    "boolean": lambda text: text in {"true", "1"},
    "integer": int,
    "nonNegativeInteger": int,
    "positiveInteger": int,
    "gYear": int,
    "decimal": float,
    "double": float,
    "date": date.fromisoformat,
    "dateTime": datetime.fromisoformat,
}


def typed(term: Term | None) -> Value:
    """The value of a term: a thing by its address, a literal by its type, nothing as None.

    What Python has no value for (a duration, a year before 1) stays the text that it is.
    """
    if term is None:
        return None
    if isinstance(term, ox.Literal):
        maker = MAKERS.get(term.datatype.value.removeprefix(XSD))
        if maker:
            with suppress(ValueError, OverflowError):
                return maker(term.value)
    return value_of(term)


def written(value: Value) -> str:
    """A value as a question takes it: `True` is `true`, a date is its ISO text."""
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date) else str(value)
