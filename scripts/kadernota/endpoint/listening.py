"""An app and an address in, a server out that goes on until somebody stops it."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import uvicorn

if TYPE_CHECKING:
    from starlette.applications import Starlette

    from kadernota.endpoint.limits import Limits

HEADERS = 1 << 16  # bytes besides the question itself
CONNECTIONS = 1000  # that may be open at once


def door(host: str, port: int) -> socket.socket | None:
    """The door that clients knock on; None when it is taken or not ours to use."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError:
        return None


def server(app: Starlette, limits: Limits) -> uvicorn.Server:
    """The server; no header of a request changes who it thinks is asking."""
    return uvicorn.Server(
        uvicorn.Config(
            app,
            http="h11",
            ws="none",
            log_level="critical",
            proxy_headers=False,
            server_header=False,
            limit_concurrency=CONNECTIONS,
            h11_max_incomplete_event_size=3 * limits.request + HEADERS,
            timeout_graceful_shutdown=1,
        )
    )
