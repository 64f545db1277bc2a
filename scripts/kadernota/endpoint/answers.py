"""What came of a request in, the HTTP response out: safe, cacheable, readable by any site."""

from __future__ import annotations

from hashlib import sha256
from http import HTTPStatus
from typing import TYPE_CHECKING

from starlette.responses import Response

from kadernota.endpoint import wire
from kadernota.endpoint.kinds import content_type
from kadernota.endpoint.pool import Busy, TooHeavy, TooLong
from kadernota.endpoint.received import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

    from kadernota.endpoint.limits import Limits
    from kadernota.endpoint.wire import Reply, Task

# What we send may hold any text of a query: no browser may run or frame it.
SAFE = {
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none';"
    " frame-ancestors 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
SAME = {"Vary": "Accept", "Cache-Control": "no-cache"}  # keep it, but ask whether it still holds
ONCE = {"Vary": "Accept", "Cache-Control": "no-store"}
TEXT = "text/plain; charset=utf-8"
REFUSALS = {
    wire.WRONG: HTTPStatus.BAD_REQUEST,
    wire.LARGE: HTTPStatus.UNPROCESSABLE_ENTITY,
    wire.UNWANTED: HTTPStatus.NOT_ACCEPTABLE,
}


def refused(problem: Refused) -> Response:
    """The reason, as plain text."""
    headers = {**SAFE, **ONCE, **problem.headers}
    return Response(f"{problem.words}\n", problem.status, headers, TEXT)


def given(request: Request, content: bytes, media: str, tag: str = "", **more: str) -> Response:
    """The answer; with a tag the client may keep it, and is told when it still holds."""
    headers = {**SAFE, **(SAME if tag else ONCE), **more}
    if tag:
        headers["ETag"] = tag
        if request.headers.get("if-none-match", "").strip() == "*":
            return unchanged(tag)
    return Response(content, 200, headers, content_type(media))


def unchanged(tag: str) -> Response:
    return Response(None, HTTPStatus.NOT_MODIFIED, {**SAFE, **SAME, "ETag": tag})


def holds(request: Request, tag: str) -> bool:
    """Whether the client says that it has this already."""
    known = request.headers.get("if-none-match", "")
    return tag in {part.strip() for part in known.split(",")}


def tag(version: str, task: Task) -> str:
    """The mark of an answer: of these data, to this question, in this form.

    It is weak: the order of rows that nobody asked for may differ.
    """
    return f'W/"{sha256(version.encode() + task.said()).hexdigest()[:32]}"'


def checked(reply: Reply) -> Reply:
    """The reply, when it is an answer; raises Refused."""
    if reply.outcome == wire.OK:
        return reply
    words = reply.content.decode()
    if reply.outcome == wire.UNWANTED:
        words = f"Vraag met Accept een van deze vormen: {words}."
    raise Refused(REFUSALS[reply.outcome], words)


def why(error: Busy | TooLong | TooHeavy, limits: Limits) -> Refused:
    """What a client is told when its question could not be answered."""
    if isinstance(error, TooLong):
        words = f"Maak de vraag lichter: zij duurt langer dan {limits.seconds:g} seconden."
        return Refused(HTTPStatus.SERVICE_UNAVAILABLE, words)
    if isinstance(error, TooHeavy):
        return Refused(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "Maak de vraag lichter: zij vraagt meer geheugen dan er voor een vraag is.",
        )
    words = "Probeer het zo nog eens: er wachten te veel vragen."
    return Refused(HTTPStatus.SERVICE_UNAVAILABLE, words, {"Retry-After": "2"})


def wanted(media: str, offered: Mapping[str, object]) -> str:
    """The chosen type; raises Refused when there is none."""
    if not media:
        words = f"Vraag met Accept een van deze vormen: {', '.join(offered)}."
        raise Refused(HTTPStatus.NOT_ACCEPTABLE, words)
    return media
