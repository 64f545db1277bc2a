"""What the rules object to and what is claimed in, one report out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kadernota.checking.claims import judge
from kadernota.checking.idle import unfinished
from kadernota.checking.validate import problems, rules
from kadernota.model import Problem, Report
from kadernota.tracing import adopted, proof

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kadernota.checking.claims import Claim
    from kadernota.checking.record import Result
    from kadernota.model import File, Loaded
    from kadernota.triples import Triples


def weigh(
    loaded: Loaded, found: set[Result], claims: Mapping[str, Iterable[Claim]], text: File | None
) -> Report:
    """All that does not hold; with the adopted text at hand also what is claimed of that."""
    blocks = adopted.blocks(text) if text else ()
    if isinstance(blocks, Problem):
        return Report((blocks,), {}, {})
    proofs = proof.claims(loaded, blocks) if blocks else {}
    judged = judge(loaded, {**claims, **proofs}, unfinished(loaded))
    broken = problems(found, loaded.shapes, loaded.places, loaded.keys)
    return Report(
        problems=tuple(sorted((*broken, *judged.problems))),
        counts={
            "bestanden": loaded.files,
            "dingen": len(loaded.asserted.index),
            "uitspraken": len(loaded.asserted.items),
            "afgeleid": len(loaded.inferred.items),
            "regels": len(rules(loaded.shapes)),
        },
        claims=judged.counts,
    )


def weigh_partly(
    mistakes: tuple[Problem, ...],
    sure: Iterable[Problem],
    waiting: int,
    shapes: Triples,
    files: int,
) -> Report:
    """The mistakes in form, and what is wrong whatever the files with those mistakes will say."""
    return Report(
        problems=tuple(sorted((*mistakes, *sure))),
        counts={"bestanden": files, "regels": len(rules(shapes)), "wachten": waiting},
        claims={},
    )
