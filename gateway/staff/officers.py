"""Wraps a staff call so that every officer it names comes to the use case in the one spelling.

Does not: know what a call does; an officer is what an argument named `officer` or `to` says.
"""

import functools
from collections.abc import Awaitable, Callable
from typing import Any, Final

from gateway.domain.officer import written_officer

_NAMED: Final = ("officer", "to")


def naming_officers(call: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    """The call; what it raises, and OfficerError."""

    @functools.wraps(call)
    async def named(desk: Any, /, **arguments: Any) -> Any:
        spelt = {name: written_officer(name, arguments[name]) for name in _NAMED if name in arguments}
        return await call(desk, **(arguments | spelt))

    return named
