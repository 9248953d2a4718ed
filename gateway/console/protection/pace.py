"""How often one browser may ask: by session, and by address before there is one.

A limit against accident and guessing, not against a flood, which the proxy in front stops. One process keeps its own
count. Does not: read what is asked.
"""

from collections.abc import Callable
from typing import Final

from gateway.api.rate_limit import RateLimit
from gateway.console.visit import Visit

PAGES: Final = 1200
ACTS: Final = 120
DOORS: Final = 60
"""A minute: pages, forms, and requests of one address that is not signed in."""


class Pace:
    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._pages = RateLimit(PAGES, monotonic)
        self._acts = RateLimit(ACTS, monotonic)
        self._doors = RateLimit(DOORS, monotonic)

    def refused(self, visit: Visit) -> int | None:
        """Seconds to wait, or None."""
        client = visit.request.client
        if visit.session is None:
            found = self._doors.check(client.host if client else "")
        else:
            who = visit.session.actor.officer
            found = (self._acts if visit.request.method == "POST" else self._pages).check(who)
        return None if found is None else int(found["retry-after"])
