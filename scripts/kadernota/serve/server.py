"""A session in, its site on this computer's own address out, alive; nobody else can reach it."""

from __future__ import annotations

import asyncio
import socket
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

import uvicorn
import watchfiles
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import FileResponse, HTMLResponse, Response, StreamingResponse
from starlette.routing import Mount, Route

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

    from starlette.requests import Request
    from starlette.routing import BaseRoute

    from kadernota.serve.live import Live

HERE = "127.0.0.1"
FRESH = {"Cache-Control": "no-store"}
OFTEN = 15  # seconds after which a silent line proves that the page is still there


def door(port: int) -> socket.socket | None:
    """The door that browsers knock on; None when the port is taken or not ours to use."""
    try:
        return socket.create_server((HERE, port))
    except OSError:
        return None


def listen(app: Starlette, door: socket.socket) -> None:
    """Serve until somebody presses Ctrl-C."""
    config = uvicorn.Config(app, log_level="critical", timeout_graceful_shutdown=1)
    uvicorn.Server(config).run(sockets=[door])


def app(live: Live, tell: Callable[[], None], more: Sequence[BaseRoute] = ()) -> Starlette:
    """The server: events, what others mount, and behind that the site itself.

    `tell` is called after each change of the files.
    """
    bell = _Bell()

    @asynccontextmanager
    async def awake(app: Starlette) -> AsyncIterator[None]:
        del app
        task = asyncio.create_task(_watch(live, bell, tell))
        yield
        bell.stop()
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

    async def events(request: Request) -> StreamingResponse:
        del request
        return StreamingResponse(bell.stream(live), media_type="text/event-stream", headers=FRESH)

    return Starlette(
        routes=[
            Route("/_live/events", events),
            *more,
            Mount("/", routes=[Route("/{path:path}", _page(live), methods=["GET", "HEAD"])]),
        ],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=[HERE, "localhost"])],
        lifespan=awake,
    )


def _page(live: Live) -> Callable[[Request], Response]:
    """What stands at an address; made in a thread, so that events go on meanwhile."""

    def answer(request: Request) -> Response:
        path = request.path_params["path"]
        if static := live.static(path):
            return FileResponse(static, headers={"Cache-Control": "max-age=3600"})
        shown = live.shown(path)
        if shown.elsewhere:
            return Response(status_code=302, headers={"Location": shown.elsewhere, **FRESH})
        if isinstance(shown.content, str):
            return HTMLResponse(shown.content, shown.status, headers=FRESH)
        return Response(shown.content, shown.status, media_type=shown.kind, headers=FRESH)

    return answer


async def _watch(live: Live, bell: _Bell, tell: Callable[[], None]) -> None:
    """Read again whenever something changes; what an editor leaves and removes counts once."""
    mark = live.mark
    async for _ in watchfiles.awatch(*live.folders(), watch_filter=live.matters, step=20):
        await asyncio.to_thread(live.refresh)
        if live.mark != mark:  # also when somebody else has read it again
            mark = live.mark
            tell()
            await bell.ring()


class _Bell:
    """Rings at every open page."""

    def __init__(self) -> None:
        self.rung = asyncio.Condition()
        self.stopped = False

    async def ring(self) -> None:
        async with self.rung:
            self.rung.notify_all()

    def stop(self) -> None:
        self.stopped = True

    async def stream(self, live: Live) -> AsyncIterator[str]:
        """The mark of the state, at once and after each change; the page knows its own."""
        while not self.stopped:
            yield f"retry: 500\ndata: {live.mark}\n\n"
            async with self.rung:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self.rung.wait(), OFTEN)
