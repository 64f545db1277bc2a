"""Faults: files that are wrong in one way, and say in their head which rule they break."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kadernota.checking import cases
from kadernota.model import File, Loaded, Problem, Sources
from kadernota.pipeline import check, load_with_holes

FOLDER = Path(__file__).parent / "faults"


class Fault(cases.Fault):
    """A fault that can be made."""

    __slots__ = ()

    def into(self, sources: Sources) -> Sources:
        """The smallest knowledge base with this fault in it."""
        gone = {f"data/{self.head.get('replaces', '')}.{e}" for e in ("yaml", "ttl")} | {self.path}
        kept = tuple(f for f in sources.data if f.path not in gone)
        return replace(sources, data=tuple(sorted((*kept, File(self.path, self.content)), key=str)))

    def mended(self) -> Fault:
        """The same with what its head says is right: in the place of what is wrong, or added."""
        lines = self.content.decode().rstrip("\n").split("\n")
        line, _ = self.places[0]
        at = len(lines) if self.rule.startswith("knsh:") and line == 1 else line - 1
        indent = " " * (len(lines[at]) - len(lines[at].lstrip())) if at < len(lines) else ""
        named = {right.partition(":")[0] for right in self.right if ":" in right}
        outer = [i for i, x in enumerate(lines) if not x.startswith(indent)]
        first = max((i + 1 for i in outer if i < at), default=0)
        last = min((i for i in outer if i > at), default=len(lines))
        own = lines[first:at], lines[at:last]
        before, after = (_without(part, indent, named) for part in own)
        kept = [*lines[:first], *before, None, *after, *lines[last:]]
        if self.path.endswith(".ttl"):
            kept, indent = [*lines[:at], None, *lines[at + 1 :]], ""
        new = [x for k in kept for x in ([indent + r for r in self.right] if k is None else [k])]
        return Fault(self.name, self.path, ("\n".join(new) + "\n").encode(), self.head)

    def problems(self, sources: Sources) -> tuple[Problem, ...]:
        loaded = load_with_holes(self.into(sources))
        return check(loaded).problems if isinstance(loaded, Loaded) else loaded


def _without(lines: list[str], indent: str, keys: set[str]) -> list[str]:
    """The lines without these keys at this depth, and what stands under them."""
    found, dropping = [], False
    for line in lines:
        deeper = line.startswith(indent + " ")
        own = line.startswith(indent) and not deeper
        dropping = (dropping and deeper) or (own and line.strip().partition(":")[0] in keys)
        found += [] if dropping else [line]
    return found


def faults(folder: str = "*") -> list[Fault]:
    """All faults of one class, or those of the input itself (`invoer`)."""
    found = []
    for path in sorted(FOLDER.glob(f"{folder}/*")):
        made = cases.fault(File(path.relative_to(FOLDER).as_posix(), path.read_bytes()))
        found.append(Fault(made.name, made.path, made.content, made.head))
    return found
