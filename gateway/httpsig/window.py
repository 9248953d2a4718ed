"""The time window of a signature.

Invariant: a message can be presented at most 60 seconds after it was signed, so a replay store need not
remember a nonce for longer than `NONCE_HORIZON` seconds.
"""

from typing import Final

from gateway.httpsig.errors import Reason, SignatureError
from gateway.httpsig.profile import MAX_AGE, MAX_LIFETIME, MAX_SKEW

NONCE_HORIZON: Final = MAX_AGE + MAX_SKEW
"""Seconds after first sight in which the same signature could still pass the window."""


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
