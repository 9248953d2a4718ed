"""How often one party may ask: a token bucket per party, told in the RateLimit fields.

Fields of draft-ietf-httpapi-ratelimit-headers: `RateLimit-Policy` and `RateLimit`. One process keeps its own buckets,
so behind several replicas a party may reach as many times the figure. A limit against accident, not against attack.
"""

import math
from collections.abc import Callable

WINDOW = 60


class RateLimit:
    """At most `quota` requests a party in any minute, evenly refilled; `monotonic` is in seconds."""

    def __init__(self, quota: int, monotonic: Callable[[], float]) -> None:
        self._quota = quota
        self._monotonic = monotonic
        self._buckets: dict[str, tuple[float, float]] = {}
        self._policy = (b"ratelimit-policy", b'"party";q=%d;w=%d' % (quota, WINDOW))

    def check(self, party: str) -> dict[str, str] | None:
        """Take one token; None, or the extra headers of the refusal."""
        now = self._monotonic()
        tokens, since = self._buckets.get(party, (float(self._quota), now))
        tokens = min(float(self._quota), tokens + (now - since) * self._quota / WINDOW)
        if tokens < 1:
            self._buckets[party] = (tokens, now)
            return {"retry-after": str(math.ceil((1 - tokens) * WINDOW / self._quota))}
        self._buckets[party] = (tokens - 1, now)
        return None

    def headers(self, party: str) -> list[tuple[bytes, bytes]]:
        """The two fields as they stand after the last request of this party."""
        tokens = self._buckets.get(party, (float(self._quota), 0.0))[0]
        return [
            self._policy,
            (b"ratelimit", b'"party";r=%d' % int(tokens)),
        ]
