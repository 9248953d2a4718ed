"""Reads the times and days that a staff call is given as text.

Invariant: the message names the member that is wrong, never its value. Does not: know any call.
"""

from datetime import date, datetime
from typing import Final

from gateway.domain.errors import GatewayError

_EXAMPLE: Final = "2026-11-24T00:00:00-05:00"


class ArgumentError(GatewayError):
    """An argument of a call is not of its kind. Names it, never its value."""

    code = "argument-malformed"


def moment_of(text: str, name: str) -> datetime:
    """A time with its zone. Raises ArgumentError."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ArgumentError(f"{name}: write the time with its zone, for example {_EXAMPLE}") from None
    if moment.tzinfo is None:
        raise ArgumentError(f"{name}: add the zone, for example {_EXAMPLE}")
    return moment


def day_of(text: str, name: str) -> date:
    """A day. Raises ArgumentError."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentError(f"{name}: write the day as YYYY-MM-DD, for example 2026-11-24") from None
