"""A request in; whether it comes from the person who started this, in this browser, out.

Another site in the same browser can send requests to this computer, and a name on the net can be
made to mean this computer. So we ask for the name that we listen on, for a cookie that only who
has the address with the key gets, and of what changes something also the origin and a second key.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from http import HTTPStatus
from secrets import token_urlsafe
from typing import TYPE_CHECKING

from kadernota.editing.exchange import LARGEST, controls

if TYPE_CHECKING:
    from kadernota.editing.exchange import Asked

HOME = "/bewerken/"
KEY, CSRF = "sleutel", "bewijs"
SAFE = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self';"
    " img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",  # with no-referrer, a form would be sent without its origin
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


@dataclass(frozen=True, slots=True)
class Refused:
    """Why somebody does not come in, and what to do, in Dutch."""

    status: HTTPStatus
    words: str


STRANGER = Refused(
    HTTPStatus.FORBIDDEN,
    "Open het adres dat 'kadernota serve' bij het starten toont. De sleutel is elke keer nieuw.",
)
ELSEWHERE = Refused(
    HTTPStatus.FORBIDDEN, "Verstuur het formulier vanaf deze pagina zelf. Er is niets bewaard."
)
STALE = Refused(
    HTTPStatus.FORBIDDEN,
    "Ga terug en laad de pagina opnieuw. Er is niets bewaard; je tekst staat nog in je browser.",
)
MISADDRESSED = Refused(
    HTTPStatus.MISDIRECTED_REQUEST, "Gebruik het adres dat 'kadernota serve' bij het starten toont."
)
UNKNOWN = Refused(HTTPStatus.METHOD_NOT_ALLOWED, "Dit kan hier niet.")
LARGE = Refused(
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"Maak het korter: hooguit {LARGEST >> 20} MB."
)
NO_FORM = Refused(HTTPStatus.BAD_REQUEST, "Verstuur het formulier vanaf deze pagina.")


@dataclass(frozen=True, slots=True)
class Gate:
    """The keys of one start, made at random, and where we listen."""

    port: int
    key: str  # in the address that the person gets
    session: str  # in the cookie
    csrf: str  # in every form

    @property
    def address(self) -> str:
        """Where the person comes in."""
        return f"http://{self.hosts[0]}{HOME}?{KEY}={self.key}"

    @property
    def cookie(self) -> str:
        """Its name; browsers keep cookies per computer, not per port."""
        return f"kadernota-{self.port}"

    @property
    def hosts(self) -> tuple[str, str]:
        return f"127.0.0.1:{self.port}", f"localhost:{self.port}"

    def welcome(self, asked: Asked) -> str | None:
        """The cookie for who comes with the key."""
        if asked.method != "GET" or not _same(asked.words.get(KEY, ""), self.key):
            return None
        return f"{self.cookie}={self.session}; Path=/bewerken/; HttpOnly; SameSite=Strict"

    def refuses(self, asked: Asked) -> Refused | None:
        """Why this request may not come in; None when it may."""
        if asked.headers.get("host", "") not in self.hosts:
            return MISADDRESSED
        if asked.method not in {"GET", "HEAD", "POST"}:
            return UNKNOWN
        if self.welcome(asked):
            return None
        if not _same(asked.cookie(self.cookie), self.session):
            return STRANGER
        return self._changes(asked) if asked.method == "POST" else None

    def _changes(self, asked: Asked) -> Refused | None:
        """Why this may not change anything."""
        site = asked.headers.get("sec-fetch-site", "same-origin")
        own = f"http://{asked.headers['host']}"
        if asked.headers.get("origin", "") != own or site != "same-origin":
            return ELSEWHERE
        if len(asked.body) > LARGEST:
            return LARGE
        if (given := controls(asked)) is None:
            return NO_FORM
        return None if _same(dict(given).get(CSRF, ""), self.csrf) else STALE


def fresh(port: int) -> Gate:
    """New keys, which nobody can guess."""
    return Gate(port, *(token_urlsafe(32) for _ in range(3)))


def _same(given: str, secret: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), secret.encode())
