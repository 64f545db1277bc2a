"""Problems in, text out: for people with the line they stand in, for the build Markdown."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from kadernota.checking.excerpt import excerpt, span
from kadernota.letters import shown
from kadernota.model import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from kadernota.checking.excerpt import Lines
    from kadernota.model import Problem, Report
    from kadernota.tracing.passages import Reading


def line(problem: Problem, paint: Callable[[str, str], str], where: Callable[[str], str]) -> str:
    """`file:line:column  key  what to do  (rule)`, the place first so that editors link it."""
    place = problem.place
    spot = f"{where(place.file)}:{place.line}:{place.column}"
    kind = "" if problem.severity is Severity.ERROR else f"{problem.severity}: "
    parts = (
        [paint("spot", spot), paint("key", shown(problem.key))]
        if problem.key
        else [paint("spot", spot)]
    )
    return "  ".join([*parts, kind + problem.message, paint("rule", f"[{problem.rule}]")])


FULL = 20  # problems told at length; of more than that the first ones come first


def told(
    problems: Iterable[Problem],
    lines: Lines,
    paint: Callable[[str, str], str],
    where: Callable[[str], str],
) -> Iterator[str]:
    """Each problem with its line, what was meant and, at the first of a rule, where to read more.

    Beyond the first twenty one line each is enough: people mend and check again.
    """
    seen: set[str] = set()
    for i, problem in enumerate(problems):
        if i < FULL:
            yield _at_length(problem, lines, paint, where, problem.rule not in seen)
            seen.add(problem.rule)
        else:
            yield line(replace(problem, message=whole(problem)), paint, where)


def whole(problem: Problem) -> str:
    """The message and the hint, in one line."""
    return f"{problem.message} {problem.hint}".rstrip()


def _at_length(
    problem: Problem,
    lines: Lines,
    paint: Callable[[str, str], str],
    where: Callable[[str], str],
    more: bool,  # noqa: FBT001
) -> str:
    found = [line(problem, paint, where)]
    if shown_line := excerpt(problem, lines(problem.place.file)):
        number, text, marks = shown_line
        found += [f"{number:>5} | {text}", f"      | {paint('bad', marks)}"]
    found += [f"      {problem.hint}"] if problem.hint else []
    found += [paint("rule", f"      Meer: kadernota regel {problem.rule}")] if more else []
    return "\n".join(found) + "\n"


def total(problems: tuple[Problem, ...]) -> str:
    """How many of each severity, in how many files."""
    counted = {s: sum(p.severity is s for p in problems) for s in Severity}
    plurals = {"fout": "fouten", "waarschuwing": "waarschuwingen", "advies": "adviezen"}
    said = [f"{n} {s if n == 1 else plurals[s]}" for s, n in counted.items() if n]
    files = len({p.place.file for p in problems})
    return f"{', '.join(said)} in {files} {'bestand' if files == 1 else 'bestanden'}."


def summary(report: Report) -> str:
    """One line: what was checked, and how it went."""
    c = report.counts
    if not c:
        return total(report.problems)
    if report.waiting:
        return (
            f"{total(report.problems)} {report.waiting} van {c['regels']} regels kijken naar meer"
            " bestanden tegelijk en wachten tot elk bestand de goede vorm heeft."
        )
    checked = (
        f"Gecontroleerd: {c['bestanden']} bestanden, {c['dingen']} dingen, {c['uitspraken']}"
        f" uitspraken ({c['afgeleid']} afgeleid), {c['regels']} regels"
    )
    return f"{checked}: {total(report.problems) if report.problems else 'geen fouten.'}"


LOOKED_AT = {
    "leeg": "regels hadden iets om op te letten",
    "leesbaar": "teksten en zinnen zijn leesbaar",
    "register": "passages en totalen zijn gelijk aan de tekst",
    "cijfer": "cijfers in de tekst zijn vastgelegd",
    "cijfer-gegeven": "cijfers in de gegevens staan in hun passage",
    "naam": "namen in de tekst zijn vastgelegd",
    "naam-gegeven": "woorden van namen in de gegevens staan in de tekst",
    "norm": "signaalwoorden in de tekst zijn als norm vastgelegd",
    "norm-gegeven": "signaalwoorden van normen staan in hun passage",
    "letterlijk": "aanhalingen in bronafwijkingen staan er zo",
    "eigen-woorden": "teksten zijn in eigen woorden",
}


def weighed(found: Report) -> str:
    """Per check how many claims there were, and how many of them hold or are argued away."""
    lines = [f"{held} van {n} {LOOKED_AT[rule]}." for rule, (held, n) in found.claims.items()]
    held, n = found.claims.get("leeg", (0, 0))
    if held < n and not any(p.rule == "bewijs:leeg" for p in found.problems):
        lines.append("De kadernota is nog niet vastgesteld: de andere regels wachten op gegevens.")
    if "register" not in found.claims:
        lines.append("Niet tegen de tekst zelf gehouden: KADERNOTA_BRON zegt niet waar die staat.")
    return "\n".join(lines)


def as_json(
    problems: tuple[Problem, ...],
    counts: Mapping[str, int],
    claims: Mapping[str, tuple[int, int]] | None = None,
    lines: Lines = lambda _: (),
) -> str:
    """Everything a machine needs, in a stable order; without a mark `endColumn` is null."""
    rows = [
        {
            **asdict(p.place),
            "endColumn": (span(p, lines(p.place.file)) or (None, None))[1],
            "key": p.key,
            "message": p.message,
            "hint": p.hint,
            "suggestion": p.suggestion,
            "rule": p.rule,
            "severity": p.severity,
        }
        for p in problems
    ]
    passed = not any(p.severity is Severity.ERROR for p in problems)
    proved = {rule: {"held": held, "of": n} for rule, (held, n) in (claims or {}).items()}
    found = {"passed": passed, "counts": {**counts, **proved}, "problems": rows}
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def as_markdown(report: Report) -> str:
    """The report that the build keeps."""
    rows = [f"- `{p.place.file}:{p.place.line}` {whole(p)} `{p.rule}`" for p in report.problems]
    looked = [f"- {line}" for line in weighed(report).splitlines()]
    parts = ["# Controle", summary(report), *looked, *rows]
    return "\n\n".join(parts) + "\n"


CHANGES = {
    "new": ("nieuw", "Leg vast wat er staat, of leg in data/uitzonderingen/ uit waarom niet."),
    "gone": ("weg", "Herstel de verwijzingen ernaar."),
    "moved": ("verplaatst", "Er hoeft niets te gebeuren."),
    "edited": ("gewijzigd", "Lees na of de gegevens die erop steunen nog kloppen."),
}


def reading(
    path: str,
    found: Reading,
    cited: Sequence[str] | None,
    changed: bool,  # noqa: FBT001
) -> str:
    """What reading an adopted text has found, for a person; `cited` is unknown without data."""
    kinds = Counter(p.kind for p in found.passages)
    parts = ", ".join(f"{n} {kind}" for kind, n in sorted(kinds.items()))
    lines = [f"{len(found.passages)} passages ({parts}) in {path}."]
    for name, (word, remedy) in CHANGES.items():
        if keys := getattr(found, name):
            lines += [f"{len(keys)} {word}. {remedy}", *(f"  {key}" for key in keys)]
    if cited:
        word = "verwijzing" if len(cited) == 1 else "verwijzingen"
        lines += [f"Dit raakt {len(cited)} {word}:", *(f"  {line}" for line in cited)]
    if cited is None and (found.gone or found.edited):
        lines.append(
            "Welke gegevens dit raakt, is te zeggen als 'kadernota check' geen fouten geeft."
        )
    if not changed:
        lines.append("Er is niets veranderd.")
    return "\n".join(lines) + "\n"


def reading_as_json(path: str, found: Reading, cited: Sequence[str] | None) -> str:
    """The same for a machine."""
    told = {name: list(getattr(found, name)) for name in CHANGES}
    whole = {"file": path, "passages": len(found.passages), **told, "cited": cited}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
