"""The form in, what a server can mount out: requests and responses carried over, no more."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from starlette.responses import Response
from starlette.routing import Route

from kadernota.editing.exchange import LARGEST, Asked
from kadernota.editing.gate import HOME

if TYPE_CHECKING:
    from starlette.requests import Request

    from kadernota.editing.office import Office


def routes(office: Office) -> list[Route]:
    """Everything under the address of the form; one request at a time, because it may write."""
    lock = asyncio.Lock()

    async def carry(request: Request) -> Response:
        body = await _body(request)
        headers = {name.lower(): value for name, value in request.headers.items()}
        path, query = request.scope["path"], request.scope["query_string"].decode("latin-1")
        asked = Asked(request.method, path, query, headers, body)
        async with lock:
            answer = await asyncio.to_thread(office.answer, asked)
        return Response(answer.body, answer.status, dict(answer.headers), media_type=answer.kind)

    methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
    return [Route(HOME + "{rest:path}", carry, methods=methods)]


async def _body(request: Request) -> bytes:
    """What was sent, and of what is too large only enough to see that."""
    found = bytearray()
    async for chunk in request.stream():
        found += chunk
        if len(found) > LARGEST:
            break
    return bytes(found)
