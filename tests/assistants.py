"""An assistant for the tests: the SDK's own client, and one that writes raw lines."""

from __future__ import annotations

import json
import os
import re
import select
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from anyio.from_thread import start_blocking_portal
from mcp import Client, StdioServerParameters, stdio_client

if TYPE_CHECKING:
    from collections.abc import Iterator

    import mcp_types as types
    from anyio.from_thread import BlockingPortal


def words(root: Path, *more: str) -> list[str]:
    return ["-m", "kadernota", "--map", str(root), "mcp", *more]


class Assistant:
    """A client of the SDK in another thread, connected to a server in another process."""

    def __init__(self, portal: BlockingPortal, client: Client) -> None:
        self.portal = portal
        self.client = client

    def call(self, tool: str, /, **given: Any) -> types.CallToolResult:
        found: types.CallToolResult = self.portal.call(self.client.call_tool, tool, given)
        return found

    def data(self, tool: str, **given: Any) -> Any:
        found = self.call(tool, **given)
        assert not found.is_error, found.content
        return found.structured_content

    def text(self, tool: str, **given: Any) -> str:
        (found,) = self.call(tool, **given).content
        assert found.type == "text"
        return found.text


@contextmanager
def assistant(root: Path, log: Path) -> Iterator[Assistant]:
    """A connected assistant; what the server says besides the protocol ends in the log."""
    started = StdioServerParameters(command=sys.executable, args=words(root))
    with start_blocking_portal() as portal, log.open("w") as errors:
        made = Client(stdio_client(started, errlog=errors))
        with portal.wrap_async_context_manager(made) as client:
            yield Assistant(portal, client)


class Wire:
    """A server on a pipe, spoken to in raw lines."""

    def __init__(self, root: Path) -> None:
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(
            [sys.executable, *words(root)], stdin=pipe, stdout=pipe, stderr=pipe, bufsize=0
        )
        self.heard = b""
        self.count = 0
        hello = {"protocolVersion": "2025-06-18", "capabilities": {}}
        self.ask("initialize", hello | {"clientInfo": {"name": "draad", "version": "0"}})
        self.send(json.dumps({"jsonrpc": "2.0", "method": "notifications/initialized"}).encode())

    def send(self, line: bytes) -> None:
        assert self.process.stdin
        self.process.stdin.write(line + b"\n")
        self.process.stdin.flush()

    def next(self) -> dict[str, Any]:
        """The next line that it says; who says nothing for a minute has stopped listening."""
        assert self.process.stdout
        while b"\n" not in self.heard:
            ready, _, _ = select.select([self.process.stdout], [], [], 20)
            assert ready, "no answer"
            heard = os.read(self.process.stdout.fileno(), 1 << 20)
            assert heard, self.process.stderr and self.process.stderr.read()
            self.heard += heard
        line, _, self.heard = self.heard.partition(b"\n")
        found: dict[str, Any] = json.loads(line)
        assert "2.0" == found["jsonrpc"]
        return found

    def ask(self, method: str, params: Any = None) -> dict[str, Any]:
        """The answer to one request; what the server says of other lines is left aside."""
        self.count += 1
        asked = {"jsonrpc": "2.0", "id": self.count, "method": method, "params": params}
        self.send(json.dumps({k: v for k, v in asked.items() if v is not None}).encode())
        while (found := self.next()).get("id") != self.count:
            pass
        return found

    def call(self, tool: str, /, **given: Any) -> dict[str, Any]:
        found: dict[str, Any] = self.ask("tools/call", {"name": tool, "arguments": given})["result"]
        return found

    def memory(self) -> int:
        """What the server has in memory, in kB."""
        said = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.findall(r"VmRSS:\s+(\d+)", said)[0])

    def close(self) -> tuple[int, bytes, bytes]:
        """Hang up; the exit code, and what was still said on both streams."""
        out, err = self.process.communicate(timeout=60)
        return self.process.returncode, out, err


@contextmanager
def wire(root: Path) -> Iterator[Wire]:
    made = Wire(root)
    try:
        yield made
    finally:
        if made.process.poll() is None:
            made.process.kill()
            made.process.communicate()
