"""What a client accepts in, the media type of the answer out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

if TYPE_CHECKING:
    from collections.abc import Iterable

OURS = re.compile(r';\s*charset="?utf-8"?', re.IGNORECASE)  # of all text that we send
LONGEST = 2000  # characters of Accept; browsers send some hundred


def chosen(accept: str, offered: Iterable[str]) -> str:
    """The offered type that the client likes best; empty when it wants none of them.

    An empty or endless wish is no wish. Weights and precedence: RFC 9110, section 12.5.1.
    """
    types = tuple(offered)
    if not accept.strip() or len(accept) > LONGEST:
        return types[0]
    wishes = parse_accept_header(OURS.sub("", accept), MIMEAccept)
    best = max(types, key=wishes.quality)
    return best if wishes.quality(best) > 0 else ""
