"""The two cookies: the session's token, and for ten minutes what a sign-in needs to come back to.

Invariants: over https a cookie's name makes browsers refuse it from any other host or path; no cookie is readable by a
script.
"""

from typing import Any, Final

from starlette.responses import Response

from gateway.console.room import Room

SESSION: Final = "isa-console"
LOGIN: Final = "isa-console-login"


def set_cookie(response: Response, room: Room, name: str, value: str, seconds: int | None = None) -> Response:
    """Until the browser closes, or for so many seconds."""
    options: Any = room.cookie_options
    response.set_cookie(room.cookie(name), value, max_age=seconds, **options)
    return response


def end_cookie(response: Response, room: Room, name: str = SESSION) -> Response:
    options: Any = room.cookie_options
    response.delete_cookie(room.cookie(name), **options)
    return response
