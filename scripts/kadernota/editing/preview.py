"""The page that a form would make in, the same page as a picture of what may come out."""

from __future__ import annotations

import re

from kadernota.editing.exchange import Answered

# No script of the page runs: nothing in it may do more than be looked at.
POLICY = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self';"
    " base-uri 'self'; form-action 'none'; frame-ancestors 'none'"
)
NOTICE = (
    '<div style="padding:.6rem 1rem;background:#fdf1d3;color:#15222c;font:1rem/1.5 system-ui">'
    "<strong>Voorbeeld.</strong> Dit is nog niet bewaard. Sluit dit tabblad en ga verder.</div>"
)


def answer(page: bytes, address: str) -> Answered:
    """The page with what it is on top; its links go where they go on the site."""
    text = page.decode()
    text = re.sub(r"<head[^>]*>", rf'\g<0><base href="/{address}/">', text, count=1)
    text = re.sub(r"<body[^>]*>", rf"\g<0>{NOTICE}", text, count=1)
    return Answered(200, text.encode(), headers={"Content-Security-Policy": POLICY})
