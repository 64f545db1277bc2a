"""The process that answers: quads once, then questions one by one, within bounds of its own.

The store cannot be interrupted from Python, so the clock of the system ends this process when a
question takes too long, and the system refuses it more memory. It cannot open a file or a
connection: it has all it needs before the first question comes.
"""

from __future__ import annotations

import json
import resource
import signal
import sys
from io import RawIOBase
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kadernota.asking.guard import TOKEN, mistake, refusal, unable
from kadernota.endpoint import wire
from kadernota.endpoint.kinds import BOOLEANS, DATASETS, GRAPHS, SOLUTIONS, several
from kadernota.endpoint.wire import Reply, Task

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import BinaryIO

CHANGING = ("NOW", "RAND", "UUID")  # functions; STRUUID too


class _TooLarge(Exception):  # noqa: N818 - never leaves this module
    pass


class _Bounded(RawIOBase):
    """Keeps what is written, up to so many bytes."""

    def __init__(self, most: int) -> None:
        self.most, self.size = most, 0
        self.parts: list[bytes] = []

    def write(self, data: Any) -> int:
        self.size += len(data)
        if self.size > self.most:
            raise _TooLarge
        self.parts.append(bytes(data))
        return len(data)


def answered(store: ox.Store, task: Task, most: int, prefixes: Mapping[str, str]) -> Reply:
    """The reply to one task, at most so many bytes."""
    out = _Bounded(most)
    try:
        if task.dump:
            return _dumped(store, task, out, prefixes)
        if why := refusal(task.sparql, allowed=("FROM",)):
            return Reply(wire.WRONG, why.encode())
        return _queried(store, task, out)
    except _TooLarge:
        words = "Vraag minder tegelijk, bijvoorbeeld met LIMIT: het antwoord is te groot."
        return Reply(wire.LARGE, words.encode())
    except SyntaxError as error:
        return Reply(wire.WRONG, mistake(error, task.sparql)[2].encode())
    except (RuntimeError, ValueError, OSError) as error:  # found out while it ran
        return Reply(wire.WRONG, unable(error).encode())


def _queried(store: ox.Store, task: Task, out: _Bounded) -> Reply:
    found = store.query(
        task.sparql,
        base_iri=task.base,
        default_graph=_graphs(task.default),
        named_graphs=_graphs(task.named),
    )
    if isinstance(found, ox.QueryTriples):
        media, offered = task.graph, several(GRAPHS)
        if media:
            found.serialize(out, format=GRAPHS[media])  # type: ignore[arg-type]
    elif isinstance(found, ox.QueryBoolean):
        media, offered = task.boolean, several(BOOLEANS)
        if media:
            found.serialize(out, format=BOOLEANS[media])  # type: ignore[arg-type]
    else:
        media, offered = task.solutions, several(SOLUTIONS)
        if media:
            found.serialize(out, format=SOLUTIONS[media])  # type: ignore[arg-type]
    if not media:
        return Reply(wire.UNWANTED, offered.encode())
    return Reply(wire.OK, b"".join(out.parts), media, changing(task.sparql))


def _graphs(names: Iterable[str] | None) -> list[Any] | None:
    return None if names is None else [ox.NamedNode(name) for name in names]


def _dumped(store: ox.Store, task: Task, out: _Bounded, prefixes: Mapping[str, str]) -> Reply:
    if task.dump == wire.EVERYTHING:
        store.dump(out, format=DATASETS[task.graph], prefixes=dict(prefixes))  # type: ignore[arg-type]
    else:
        graph = ox.DefaultGraph() if task.dump == wire.DEFAULT else ox.NamedNode(task.dump)
        form = GRAPHS[task.graph]
        store.dump(out, from_graph=graph, format=form, prefixes=dict(prefixes))  # type: ignore[arg-type]
    return Reply(wire.OK, b"".join(out.parts), task.graph)


def changing(sparql: str) -> bool:
    """Whether the same question may have another answer a moment later."""
    return any((m["word"] or "").upper().endswith(CHANGING) for m in TOKEN.finditer(sparql))


def _received(channel: BinaryIO) -> tuple[dict[str, Any], bytes] | None:
    head = channel.read(wire.LENGTHS.size)
    if len(head) < wire.LENGTHS.size:
        return None
    header, content = wire.LENGTHS.unpack(head)
    return json.loads(channel.read(header)), channel.read(content)


def _confined(memory: int) -> None:
    """From here on: so much memory, no new files, no connections, no other processes."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """Answer until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which then ends us
    channel, out = sys.stdin.buffer, sys.stdout.buffer
    if (first := _received(channel)) is None:
        return
    given, quads = first
    store = ox.Store()
    store.bulk_load(input=quads, format=ox.RdfFormat.N_QUADS)
    del first, quads
    _confined(given["memory"])
    out.write(wire.frame({}, b""))  # ready
    out.flush()
    while (asked := _received(channel)) is not None:
        signal.setitimer(signal.ITIMER_REAL, given["seconds"])
        reply = answered(store, Task(**asked[0]), given["answer"], given["prefixes"])
        signal.setitimer(signal.ITIMER_REAL, 0)
        header = {"outcome": reply.outcome, "media": reply.media, "changing": reply.changing}
        out.write(wire.frame(header, reply.content))
        out.flush()


if __name__ == "__main__":
    main()
