"""A comparison in, calm text for the screen out, or everything in JSON for machines."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from kadernota.asking.formats import binding
from kadernota.comparing import briefing
from kadernota.comparing.changed import Kind
from kadernota.publishing.markup import folded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kadernota.comparing.changed import Change, Changes, Fact, Item
    from kadernota.comparing.comparison import Comparison, Edition
    from kadernota.comparing.phrases import Line, Span
    from kadernota.model import Problem

INDENT = "  "


def as_text(found: Comparison) -> str:
    """The headline, and then per section what there is to tell."""
    lines = [f"Van {found.before.name} naar {found.after.name}:", briefing.title(found)]
    for section in briefing.told(found):
        lines += ["", section.title]
        lines += [text for thing in section.things for line in thing for text in _lines(line)]
    return "\n".join(lines) + "\n"


def _lines(line: Line) -> Iterator[str]:
    """One line; of a text that changed the old and the new one below each other."""
    indent = INDENT * (line.depth + 1)
    if all(span.style not in {"gone", "new"} for span in line.spans):
        yield indent + "".join(map(_span, line.spans))
        return
    head, *rest = line.spans
    yield indent + head.text.rstrip()
    for word, other in (("was: ", "new"), ("nu:  ", "gone")):
        kept = (span.text for span in rest if span.style != other)
        yield indent + INDENT + word + " ".join(folded(" ".join(kept)).split())


def _span(span: Span) -> str:
    text = folded(span.text)
    return f"({text})" if span.style == "address" else text


def as_json(found: Comparison) -> str:
    """Everything, in a stable order; the keys are in `tests/test_diff.py`."""
    changes = found.changes
    whole = {
        "before": _edition(found.before),
        "after": _edition(found.after),
        "comparable": changes is not None,
        "counts": {k.name.lower(): len(changes.of(k)) for k in Kind} if changes else {},
        "things": [_change(c) for c in changes.things] if changes else [],
        **(_rest(changes) if changes else {"follows": [], "cited": [], "uncited": []}),
        "rules": [
            {"what": r.what, "kind": r.kind.name.lower(), "name": r.name, "title": r.title}
            for r in found.rules
        ],
        "redirects": [
            {"kind": kind.name.lower(), "old": old, "new": new}
            for kind, old, new in found.redirects
        ],
        "files": [{"kind": kind.name.lower(), "file": path} for kind, path in found.files],
        "rewritten": list(found.rewritten),
        "reported": None if found.reported is None else [_problem(p) for p in found.reported],
        "solved": [_problem(p) for p in found.solved],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _edition(edition: Edition) -> dict[str, Any]:
    version = edition.sources.version
    return {
        "name": edition.name,
        "commit": version.commit if version else None,
        "time": version.time if version else None,
        "changed": version.changed if version else None,
        "errors": [_problem(p) for p in edition.problems],
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "kind": change.kind.name.lower(),
        "iri": change.iri,
        "address": change.address,
        "earlier": change.earlier or None,
        "class": change.label,
        "name": change.shown.text,
        "facts": [_fact(fact) for fact in change.facts],
        "parts": [_change(part) for part in change.parts],
    }


def _fact(fact: Fact) -> dict[str, Any]:
    sides = {"before": fact.before, "after": fact.after, "removed": fact.gone, "added": fact.new}
    told = {word: [_item(item) for item in items] for word, items in sides.items()}
    return {"key": fact.key or None, "property": fact.path, "name": fact.name, **told}


def _item(item: Item) -> dict[str, Any]:
    return {**binding(item.term), "text": item.shown.text}


def _rest(changes: Changes) -> dict[str, Any]:
    follows = [
        {
            "kind": each.kind.name.lower(),
            "subject": binding(each.statement.subject),
            "predicate": binding(each.statement.predicate),
            "object": binding(each.statement.object),
            "text": each.sentence,
        }
        for each in changes.follows
    ]
    passages = {"cited": changes.cited, "uncited": changes.uncited}
    return {"follows": follows} | {k: [_item(i) for i in items] for k, items in passages.items()}


def _problem(problem: Problem) -> dict[str, Any]:
    place = problem.place
    spot = {"file": place.file, "line": place.line, "column": place.column}
    return {**spot, "key": problem.key, "message": problem.message, "rule": problem.rule}
