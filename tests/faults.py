"""Faults: files that are wrong in one way, and say in their head which rule they break."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from kadernota.model import File, Loaded, Problem, Sources
from kadernota.pipeline import check, load_with_holes

FOLDER = Path(__file__).parent / "faults"
HEAD = re.compile(rb"^(?:\xef\xbb\xbf)?#\+ (\w+): (.*?)\r?$", re.MULTILINE)


@dataclass(frozen=True)
class Fault:
    """One fault: where it goes in the smallest knowledge base, and what its head says."""

    name: str
    path: str
    content: bytes
    head: dict[str, str]

    def into(self, sources: Sources) -> Sources:
        """The smallest knowledge base with this fault in it."""
        gone = {f"data/{self.head.get('replaces', '')}.{e}" for e in ("yaml", "ttl")} | {self.path}
        kept = tuple(f for f in sources.data if f.path not in gone)
        return replace(sources, data=tuple(sorted((*kept, File(self.path, self.content)), key=str)))

    def problems(self, sources: Sources) -> tuple[Problem, ...]:
        loaded = load_with_holes(self.into(sources))
        return check(loaded).problems if isinstance(loaded, Loaded) else loaded


def faults(folder: str = "*") -> list[Fault]:
    """All faults of one class, or those of the input itself (`invoer`)."""
    found = []
    for path in sorted(FOLDER.glob(f"{folder}/*")):
        content = path.read_bytes()
        head = {k.decode(): v.decode() for k, v in HEAD.findall(content)}
        default = "partners" if path.parent.name == "invoer" else path.parent.name
        place = head.get("replaces") or f"{default}/{path.stem}"
        where = head.get("path", f"data/{place}{path.suffix}")
        found.append(Fault(f"{path.parent.name}/{path.name}", where, content, head))
    return found
