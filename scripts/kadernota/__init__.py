"""Policy as data: YAML and Turtle in, a checked graph, answers and a site out.

For programs: `kadernota.open()` gives a knowledge base that can be asked; see `kadernota.api`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kadernota.api import KnowledgeBase, open  # noqa: A004
    from kadernota.asking.ask import CannotAnswer

__all__ = ["CannotAnswer", "KnowledgeBase", "open"]


def __getattr__(name: str) -> object:
    """These three when somebody asks for them: a command needs none, and they take time."""
    if name in __all__:
        from kadernota import api  # noqa: PLC0415

        return getattr(api, name)
    raise AttributeError(f"module 'kadernota' has no attribute '{name}'")
