"""A protocol in, the web application out: its addresses, and what it says when one is wrong."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import ClientDisconnect
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from kadernota.endpoint import answers
from kadernota.endpoint.protocol import ASKING, READING, absent
from kadernota.endpoint.received import ONLY_READ, Refused, wrong

if TYPE_CHECKING:
    from starlette.requests import Request

    from kadernota.endpoint.protocol import Protocol


def app(protocol: Protocol) -> Starlette:
    """The addresses of the service; any site may ask."""
    open_to_all = Middleware(
        CORSMiddleware,
        allow_origins=["*"],
        allow_methods=ASKING,
        allow_headers=["*"],
        expose_headers=["ETag", "Retry-After"],
    )
    found = Starlette(
        routes=[
            Route("/", _home),
            Route("/sparql", protocol.sparql, methods=ASKING),
            Route("/graph", protocol.graph, methods=READING),
            Route("/vragen", protocol.listed, methods=READING),
            Route("/vragen/{name}", protocol.named, methods=READING),
        ],
        middleware=[open_to_all],
        exception_handlers={
            Refused: _refused,
            HTTPException: _unroutable,
            ClientDisconnect: _nobody,
            Exception: _bug,
        },
        lifespan=protocol.awake,
    )
    found.router.redirect_slashes = False  # to an address that the client names as its host
    return found


async def _home(request: Request) -> Response:
    del request
    return RedirectResponse("/sparql", HTTPStatus.SEE_OTHER, answers.SAFE)


async def _refused(request: Request, error: Exception) -> Response:
    del request
    return answers.refused(error if isinstance(error, Refused) else absent())


async def _unroutable(request: Request, error: Exception) -> Response:
    """No such address, or nothing to do with it in this way."""
    del request
    if isinstance(error, HTTPException) and error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        allowed = dict(error.headers or {})
        return answers.refused(Refused(HTTPStatus.METHOD_NOT_ALLOWED, ONLY_READ, allowed))
    return answers.refused(absent())


async def _nobody(request: Request, error: Exception) -> Response:
    """There is nobody to read this."""
    del request, error
    return Response(status_code=HTTPStatus.BAD_REQUEST)


async def _bug(request: Request, error: Exception) -> Response:
    del request, error
    words = "Er ging hier iets mis, en dat ligt niet aan de vraag. Meld het de beheerder."
    return answers.refused(wrong(words, HTTPStatus.INTERNAL_SERVER_ERROR))
