"""Problems in, what a forge or an editor reads out: SARIF, or annotations beside the lines.

SARIF 2.1.0 is a standard of OASIS. Columns count code points, as ours do.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from kadernota.checking.excerpt import span
from kadernota.checking.report import whole
from kadernota.model import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from kadernota.checking.excerpt import Lines
    from kadernota.checking.rulebook import Explained
    from kadernota.model import Problem

    Where = Callable[[str], str]
    Explain = Callable[[str], Explained]

Json = dict[str, Any]

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
GITHUB = LEVELS | {Severity.INFO: "notice"}
GITLAB = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def sarif(problems: Sequence[Problem], lines: Lines, where: Where, explain: Explain) -> str:
    """One run, with the rules that were broken explained in it and a fix where one is certain."""
    rules = sorted({p.rule for p in problems})
    marks = _fingerprints(problems, lines)
    run = {
        "tool": {"driver": {"name": "kadernota", "rules": [_rule(explain(r)) for r in rules]}},
        "language": "nl",
        "columnKind": "unicodeCodePoints",
        "results": [
            _result(p, lines, where, rules.index(p.rule), mark)
            for p, mark in zip(problems, marks, strict=True)
        ],
    }
    return _json({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(rule: Explained) -> Json:
    why = [e.why for e in rule.examples if e.why]
    text = " ".join(dict.fromkeys([rule.asks, *why]))
    return {
        "id": rule.rule,
        "shortDescription": {"text": rule.asks},
        "help": {"text": f"{text} Meer: kadernota regel {rule.rule}"},
        "defaultConfiguration": {"level": LEVELS[Severity(rule.severity)]},
    }


def _result(problem: Problem, lines: Lines, where: Where, index: int, mark: str) -> Json:
    at = {"uri": quote(where(problem.place.file).replace("\\", "/"))}
    region = _region(problem, lines)
    found: Json = {
        "ruleId": problem.rule,
        "ruleIndex": index,
        "level": LEVELS[problem.severity],
        "message": {"text": whole(problem)},
        "locations": [{"physicalLocation": {"artifactLocation": at, "region": region}}],
        "partialFingerprints": {"kadernota/v1": mark},
    }
    if problem.suggestion and "endColumn" in region:
        replacement = {"deletedRegion": region, "insertedContent": {"text": problem.suggestion}}
        change = {"artifactLocation": at, "replacements": [replacement]}
        found["fixes"] = [{"description": {"text": problem.hint}, "artifactChanges": [change]}]
        if not problem.hint:
            found["fixes"][0]["description"] = {"text": f"Schrijf {problem.suggestion}."}
    return found


def _region(problem: Problem, lines: Lines) -> Json:
    """Where the mark stands; of a file as a whole its first line."""
    found = span(problem, lines(problem.place.file))
    line = problem.place.line
    if not found:
        return {"startLine": line, "startColumn": problem.place.column}
    return {"startLine": line, "startColumn": found[0], "endLine": line, "endColumn": found[1]}


def github(problems: Iterable[Problem], lines: Lines, where: Where) -> str:
    """A workflow command per problem: GitHub shows it beside the line."""
    return "".join(_command(p, lines, where) for p in problems)


def _command(problem: Problem, lines: Lines, where: Where) -> str:
    region = _region(problem, lines)
    given = {
        "file": where(problem.place.file),
        "line": region["startLine"],
        "endLine": region["startLine"],
        "col": region["startColumn"],
        "endColumn": region.get("endColumn", region["startColumn"]),
        "title": f"{problem.key} [{problem.rule}]".strip(),
    }
    said = ",".join(f"{name}={_property(str(value))}" for name, value in given.items())
    return f"::{GITHUB[problem.severity]} {said}::{_data(whole(problem))}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def gitlab(problems: Sequence[Problem], lines: Lines, where: Where) -> str:
    """A code quality report: GitLab compares it with that of the target branch."""
    found = [
        {
            "description": whole(p),
            "check_name": p.rule,
            "fingerprint": mark,
            "severity": GITLAB[p.severity],
            "location": {
                "path": where(p.place.file),
                "positions": {"begin": {"line": p.place.line, "column": p.place.column}},
                "lines": {"begin": p.place.line},
            },
        }
        for p, mark in zip(problems, _fingerprints(problems, lines), strict=True)
    ]
    return _json(found)


def _fingerprints(problems: Iterable[Problem], lines: Lines) -> list[str]:
    """Per problem a name that stays when lines are added above it, and that no other one has."""
    seen: Counter[tuple[str, ...]] = Counter()
    found = []
    for p in problems:
        text, at = lines(p.place.file), span(p, lines(p.place.file))
        marked = text[p.place.line - 1][at[0] - 1 : at[1] - 1] if at else ""
        same = (p.place.file, p.rule, p.key, marked)
        raw = "\0".join((*same, str(seen[same])))
        found.append(hashlib.sha256(raw.encode("utf-8", "surrogateescape")).hexdigest()[:32])
        seen[same] += 1
    return found


def _json(found: object) -> str:
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"
