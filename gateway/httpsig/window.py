"""The time window of a signature.

Invariant: a message passes for at most 60 seconds after its `created`, so for at most 70 seconds after it was
first seen (60 of age and 10 of skew). A replay store must remember a
nonce for longer than that.
"""

from gateway.httpsig.errors import Reason, SignatureError
from gateway.httpsig.profile import MAX_AGE, MAX_LIFETIME, MAX_SKEW


def check_window(created: int, expires: int, now: float) -> None:
    """Judge `created` and `expires` at `now`, all Unix seconds in UTC. Bounds are inclusive.

    Raises:
        SignatureError: empty-window, window-too-long, not-yet-valid, too-old or expired.
    """
    if expires <= created:
        raise SignatureError(Reason.EMPTY_WINDOW, "expires")
    if expires - created > MAX_LIFETIME:
        raise SignatureError(Reason.WINDOW_TOO_LONG, "expires")
    if created - now > MAX_SKEW:
        raise SignatureError(Reason.NOT_YET_VALID, "created")
    if now - created > MAX_AGE:
        raise SignatureError(Reason.TOO_OLD, "created")
    if now > expires:
        raise SignatureError(Reason.EXPIRED, "expires")
