"""`omleidingen.yaml` in, which old address leads to which thing out.

A line is `oud: nieuw`. `kadernota rename` writes them; a person may add one for what was merged.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kadernota.letters import shown
from kadernota.model import Form, Problem
from kadernota.reading import comments, strict
from kadernota.reading.canonical import NOWHERE, natural, written
from kadernota.reading.known import refer
from kadernota.reading.tree import Scalar, Table
from kadernota.reading.values import SLUG

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kadernota.model import File
    from kadernota.reading.known import Known
    from kadernota.reading.tree import Node

RULE = "invoer:omleiding"
ADDRESS = re.compile(rf"{SLUG.pattern}/{SLUG.pattern}")
FREE = Form("", "", "", ())  # a file without a form: its keys are addresses
HEADING = "# Oude adressen die blijven werken: oud adres, dubbele punt, nieuw adres."


def redirects(file: File | None) -> dict[str, str]:
    """The new address by the old one; nothing of a file in which there are mistakes."""
    return {key.text: value.text for key, value in pairs(file)}


def pairs(file: File | None) -> tuple[tuple[Scalar, Scalar], ...]:
    """Old and new addresses, with their places."""
    tree, _ = strict.parse(file) if file else (None, ())
    entries = tree.entries if tree else ()
    return tuple((key, value) for key, value in entries if isinstance(value, Scalar))


def review(file: File, known: Known) -> Iterator[Problem]:
    """Every mistake in the file: what leads nowhere, to itself, or on to yet another address."""
    tree, problems = strict.parse(file)
    yield from problems
    if tree is None:
        return
    old = {key.text for key, _ in tree.entries}
    for key, value in tree.entries:
        if said := _wrong_key(key, known):
            yield Problem(key.place, key.text, said, RULE)
        elif not isinstance(value, Scalar):
            message = f"Schrijf achter '{shown(key.text)}:' één nieuw adres."
            yield Problem(value.place, key.text, message, RULE)
        elif value.text in old:
            further = "" if value.text == key.text else redirects(file).get(value.text, "")
            yield Problem(value.place, key.text, _chain(value.text, further), RULE)
        elif "#" in value.text:
            message = "Leid om naar een heel ding; haal # weg en wat erachter staat."
            yield Problem(value.place, key.text, message, RULE)
        elif not known.has(value.text):
            yield refer(value.text, known).at(value.place, key.text)


def _wrong_key(key: Scalar, known: Known) -> str:
    if not ADDRESS.fullmatch(key.text):
        return "Schrijf vooraan het oude adres van een heel ding, bijvoorbeeld partners/oude-naam."
    folder = key.text.partition("/")[0]
    if folder not in {form.folder for form in known.forms.values()}:
        return f"Noem een map die bestaat; data/{folder}/ kent niemand."
    if key.text in known.things:
        return f"Haal deze omleiding weg: '{key.text}' bestaat zelf."
    return ""


def _chain(old: str, further: str) -> str:
    if not further:
        return f"Leid om naar een ding dat bestaat; '{shown(old)}' leidt naar zichzelf."
    return f"Leid direct om naar '{shown(further)}'; '{shown(old)}' is zelf een oud adres."


def text(file: File | None, wanted: Mapping[str, str]) -> bytes | None:
    """The file with these redirects, its comments kept; None when there are none left."""
    tree, said = None, comments.NONE
    if file:
        tree, _ = strict.parse(file)
        said = comments.comments(file.content.decode(), tree) if tree else said
    keys = {key.text: key for key, _ in (tree.entries if tree else ())}
    entries: list[tuple[Scalar, Node]] = [
        (keys.get(old, Scalar(old, NOWHERE)), Scalar(new, NOWHERE))
        for old, new in sorted(wanted.items(), key=lambda pair: natural(pair[0]))
    ]
    if not entries:
        return None
    table = Table(tuple(entries), tree.place if tree else NOWHERE)
    made = written(table, FREE, {}, "", said)
    return (made if file else f"{HEADING}\n\n{made}").encode()
