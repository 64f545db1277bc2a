"""Tasks in, replies out, each from a process of its own that can be lost without harm."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from kadernota.endpoint import wire
from kadernota.endpoint.wire import Reply

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kadernota.endpoint.limits import Limits
    from kadernota.endpoint.wire import Task

COMMAND = (sys.executable, "-P", "-m", "kadernota.endpoint.worker")
AGAIN = 1.0  # seconds after which we try once more to start a process


class Busy(Exception):  # noqa: N818 - what a client is told
    """All processes are answering, and enough questions wait already."""


class TooLong(Exception):  # noqa: N818
    """The question took more than its time."""


class TooHeavy(Exception):  # noqa: N818
    """The question took more memory than there is for it, and its process with it."""


class Pool:
    """Holds the processes. A question waits for a free one; a lost one is replaced."""

    def __init__(self, quads: bytes, limits: Limits, prefixes: Mapping[str, str]) -> None:
        self.limits = limits
        header = {
            "memory": limits.memory,
            "seconds": limits.seconds,
            "answer": limits.answer,
            "prefixes": dict(prefixes),
        }
        self._first = wire.frame(header, quads)
        self._idle: asyncio.Queue[_Worker] = asyncio.Queue()
        self._all: set[_Worker] = set()
        self._hiring: set[asyncio.Task[None]] = set()
        self._waiting = 0

    async def start(self) -> None:
        """All processes, ready to answer."""
        await asyncio.gather(*(self._hire() for _ in range(self.limits.workers)))

    async def stop(self) -> None:
        for task in self._hiring:
            task.cancel()
        await asyncio.gather(*self._hiring, return_exceptions=True)
        await asyncio.gather(*(worker.end() for worker in self._all))

    async def ask(self, task: Task) -> Reply:
        """The reply; raises Busy, TooLong or TooHeavy.

        Who no longer waits for it, cancels; the process that was busy with it then ends.
        """
        worker = await self._alive()
        try:
            reply = await worker.ask(task)
        except (asyncio.IncompleteReadError, ConnectionError):
            try:  # before anything else is done with it, or why it ended is lost
                code = await worker.process.wait()
            finally:
                self._replace(worker)
            raise (TooLong if code == -signal.SIGALRM else TooHeavy) from None
        except BaseException:  # nobody waits any more; it would answer the next one with this
            self._replace(worker)
            raise
        self._idle.put_nowait(worker)
        return reply

    async def _alive(self) -> _Worker:
        """A free process; one that ended while nobody asked it anything is replaced."""
        while (worker := await self._free()).process.returncode is not None:
            self._replace(worker)
        return worker

    async def _free(self) -> _Worker:
        if self._idle.empty() and self._waiting >= self.limits.waiting:
            raise Busy
        self._waiting += 1
        try:
            async with asyncio.timeout(self.limits.patience):
                return await self._idle.get()
        except TimeoutError:
            raise Busy from None
        finally:
            self._waiting -= 1

    def _replace(self, lost: _Worker) -> None:
        task = asyncio.create_task(self._hire(lost))
        self._hiring.add(task)
        task.add_done_callback(self._hiring.discard)

    async def _hire(self, lost: _Worker | None = None) -> None:
        if lost is not None:
            await lost.end()
            self._all.discard(lost)
        while True:
            with suppress(OSError, asyncio.IncompleteReadError):
                worker = await _started(self._first)
                self._all.add(worker)
                self._idle.put_nowait(worker)
                return
            await asyncio.sleep(AGAIN)


class _Worker:
    """One process; it answers one question at a time."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        if process.stdin is None or process.stdout is None:
            raise TypeError("the process has no pipes")
        self.process, self._to, self._from = process, process.stdin, process.stdout

    async def ask(self, task: Task) -> Reply:
        header, content = await self.send(task.said())
        return Reply(content=content, **header)

    async def send(self, message: bytes) -> tuple[dict[str, Any], bytes]:
        """Send a message; the next one that comes back."""
        self._to.write(message)
        await self._to.drain()
        header, content = wire.LENGTHS.unpack(await self._from.readexactly(wire.LENGTHS.size))
        return json.loads(await self._from.readexactly(header)), await self._from.readexactly(
            content
        )

    async def end(self) -> None:
        if self.process.returncode is None:
            with suppress(ProcessLookupError):
                self.process.kill()
        await self.process.wait()


async def _started(first: bytes) -> _Worker:
    """A process that has read the quads."""
    process = await asyncio.create_subprocess_exec(
        *COMMAND,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={},
    )
    worker = _Worker(process)
    try:
        await worker.send(first)
    except BaseException:
        await worker.end()
        raise
    return worker
