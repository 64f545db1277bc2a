"""A service in, the SPARQL 1.1 Protocol and Graph Store Protocol over it out, read-only."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING

from starlette.requests import ClientDisconnect
from starlette.responses import Response

from kadernota.endpoint import answers, wire
from kadernota.endpoint.described import described
from kadernota.endpoint.kinds import BOOLEANS, DATASETS, GRAPHS, SOLUTIONS
from kadernota.endpoint.media import chosen
from kadernota.endpoint.pool import Busy, Pool, TooHeavy, TooLong
from kadernota.endpoint.received import Operation, Refused, graph, operation, wrong
from kadernota.endpoint.welcome import POLICY, page
from kadernota.endpoint.wire import Task
from kadernota.publishing.downloads import PREFIXES

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable

    from starlette.applications import Starlette
    from starlette.requests import Request

    from kadernota.endpoint.described import Service
    from kadernota.endpoint.limits import Limits
    from kadernota.endpoint.named import Catalogue
    from kadernota.endpoint.wire import Reply

READING = ("GET", "HEAD", "OPTIONS")
ASKING = (*READING, "POST")
HTML = "text/html"


class Protocol:
    """Answers requests: what they ask goes to a process of the pool."""

    def __init__(self, served: Service, limits: Limits, catalogue: Catalogue | None = None) -> None:
        self.served, self.limits, self.catalogue = served, limits, catalogue
        self.pool = Pool(served.quads, limits, PREFIXES)

    @asynccontextmanager
    async def awake(self, app: Starlette) -> AsyncIterator[None]:
        del app
        await self.pool.start()
        try:
            yield
        finally:
            await self.pool.stop()

    async def sparql(self, request: Request) -> Response:
        """A query; without one, what this service is."""
        if request.method == "OPTIONS":
            return _options(ASKING)
        kind, query = request.headers.get("content-type", ""), request.scope["query_string"]
        if len(query) > self.limits.request:
            raise self._long(HTTPStatus.REQUEST_URI_TOO_LONG)
        body = await self._body(request) if request.method == "POST" else b""
        asked = operation(request.method, kind, query, body)
        if asked is None:
            return self._described(request)
        return await self._queried(request, asked)

    async def graph(self, request: Request) -> Response:
        """A graph as it is, or all of them."""
        if request.method == "OPTIONS":
            return _options(READING)
        wanted = graph(request.scope["query_string"], self.served.graphs)
        offered = DATASETS if wanted == wire.EVERYTHING else GRAPHS
        media = answers.wanted(_accepted(request, offered), offered)
        return await self._answer(request, Task("", self.served.sparql, dump=wanted, graph=media))

    async def listed(self, request: Request) -> Response:
        """The named questions."""
        if request.method == "OPTIONS":
            return _options(READING)
        if self.catalogue is None:
            raise absent()
        kinds = {"application/json": None}
        media = answers.wanted(_accepted(request, kinds), kinds)
        return answers.given(request, self.catalogue.listed(self.served.address), media)

    async def named(self, request: Request) -> Response:
        """A named question, with the values of the address."""
        if request.method == "OPTIONS":
            return _options(READING)
        if self.catalogue is None:
            raise absent()
        name, query = request.path_params["name"], request.scope["query_string"]
        sparql = await asyncio.to_thread(self.catalogue.sparql, name, query)
        return await self._queried(request, Operation(sparql, None, None))

    async def _queried(self, request: Request, asked: Operation) -> Response:
        task = Task(
            asked.sparql,
            self.served.sparql,
            default=asked.default,
            named=asked.named,
            solutions=_accepted(request, SOLUTIONS),
            boolean=_accepted(request, BOOLEANS),
            graph=_accepted(request, GRAPHS),
        )
        return await self._answer(request, task)

    async def _answer(self, request: Request, task: Task) -> Response:
        tag = "" if request.method == "POST" else answers.tag(self.served.version, task)
        if tag and answers.holds(request, tag):
            return answers.unchanged(tag)
        try:
            reply = answers.checked(await self._unless_gone(request, task))
        except (Busy, TooLong, TooHeavy) as error:
            raise answers.why(error, self.limits) from None
        return answers.given(request, reply.content, reply.media, "" if reply.changing else tag)

    async def _unless_gone(self, request: Request, task: Task) -> Reply:
        """The reply; nothing is worked out for a client that went away."""
        asked = asyncio.create_task(self.pool.ask(task))
        gone = asyncio.create_task(_gone(request))
        try:
            await asyncio.wait({asked, gone}, return_when=asyncio.FIRST_COMPLETED)
            if not asked.done():
                raise ClientDisconnect
            return asked.result()
        finally:
            for task_ in (asked, gone):
                task_.cancel()
            await asyncio.gather(asked, gone, return_exceptions=True)

    def _described(self, request: Request) -> Response:
        media = answers.wanted(_accepted(request, GRAPHS | {HTML: None}), GRAPHS | {HTML: None})
        tag = answers.tag(self.served.version, Task("", self.served.sparql, graph=media))
        if answers.holds(request, tag):
            return answers.unchanged(tag)
        if media != HTML:
            return answers.given(request, described(self.served, media), media, tag)
        questions = self.catalogue.questions.values() if self.catalogue else ()
        made = answers.given(request, page(self.served, self.limits, questions), media, tag)
        made.headers["Content-Security-Policy"] = POLICY
        return made

    async def _body(self, request: Request) -> bytes:
        """What was posted, if it is not too long and comes in time."""
        found = b""
        try:
            async with asyncio.timeout(self.limits.patience):
                async for part in request.stream():
                    found += part
                    if len(found) > self.limits.request:
                        raise self._long(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        except TimeoutError:
            words = "Stuur de hele vraag in één keer: het duurde te lang."
            raise wrong(words, HTTPStatus.REQUEST_TIMEOUT) from None
        return found

    def _long(self, status: HTTPStatus) -> Refused:
        return wrong(f"Maak de vraag korter: hooguit {self.limits.request} bytes.", status)


def _accepted(request: Request, offered: Iterable[str]) -> str:
    return chosen(", ".join(request.headers.getlist("accept")), offered)


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _options(methods: tuple[str, ...]) -> Response:
    return Response(None, HTTPStatus.NO_CONTENT, {**answers.SAFE, "Allow": ", ".join(methods)})


def absent() -> Refused:
    """There is nothing at this address."""
    return wrong("Dit adres is er niet. Begin bij /sparql.", HTTPStatus.NOT_FOUND)
