"""Puts the console together: its topics' routes in both languages, the parts, and what stands around them.

Invariants: a route without a rule, and one whose rule keeps it to one's own institution although its path names
something that nobody says whose it is, stop the start; so does a console that is reached without https from elsewhere
than this machine. Does not: make a part (the composition root does), or know what a page shows.
"""

import time
from collections.abc import Sequence
from typing import Final
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route as StarletteRoute

from gateway.console.authorization import Limit, Rule
from gateway.console.handling import Handler
from gateway.console.protection.headers import part_headers
from gateway.console.protection.pace import Pace
from gateway.console.room import Room
from gateway.console.session.sign_in import SignIn
from gateway.console.topic import Topic
from gateway.console.topics import TOPICS
from gateway.domain.errors import ConfigurationError

LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})


def check_origin(origin: str, *, sandbox: bool, signs_in: bool) -> None:
    """Raises ConfigurationError."""
    parts = urlsplit(origin)
    loopback = parts.hostname in LOOPBACK
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query:
        raise ConfigurationError("the setting CONSOLE_ORIGIN is not of the form https://host[:port]")
    if parts.scheme == "http" and not loopback:
        raise ConfigurationError("the setting CONSOLE_ORIGIN has to begin with https:// beyond this machine")
    if not signs_in and not (sandbox and loopback):
        raise ConfigurationError(
            "the console needs a sign-in provider (`sign_in` in the file of the setting CONSOLE_FILE); without one, "
            "whoever opens it picks who they are, and that is for a sandbox on a loopback address alone"
        )


def check_routes(topics: Sequence[Topic]) -> None:
    """Raises ConfigurationError for a route that says not for whom it is."""
    for topic in topics:
        for route in topic.routes:
            if not isinstance(route.rule, Rule) or (not route.rule.roles and not route.rule.public):
                raise ConfigurationError(f"the console's route {route.path} has no rule")
            if route.rule.limit is Limit.OWN and "{" in route.path and route.owner is None:
                raise ConfigurationError(f"nobody says whose matter the console's route {route.path} is")


def console_app(room: Room, sign_in: SignIn, topics: Sequence[Topic] = TOPICS) -> Starlette:
    """The application. Raises ConfigurationError."""
    topics = (*topics, sign_in.topic)
    check_routes(topics)
    handler = Handler(room, topics, Pace(time.monotonic))
    routes = [*_unworded(room, sign_in), *_routes(handler, topics)]
    return Starlette(routes=routes, exception_handlers={HTTPException: handler.gone, Exception: handler.failed})


def _routes(handler: Handler, topics: Sequence[Topic]) -> list[StarletteRoute]:
    """Every address; a page takes a form too, to show what was typed in the other language."""
    acts = {route.path for topic in topics for route in topic.routes if route.method == "POST"}
    found = []
    for topic in topics:
        for route in topic.routes:
            methods = [route.method] if route.method == "POST" or route.path in acts else ["GET", "POST"]
            path = "/{lang}" + ("/" if route.path == "/" else route.path)
            found.append(StarletteRoute(path, handler.endpoint(topic, route), methods=methods))
    return found


def _unworded(room: Room, sign_in: SignIn) -> list[StarletteRoute]:
    async def parts(request: Request) -> Response:
        part = room.parts.files.get(request.path_params["name"])
        if part is None:
            raise HTTPException(404)
        headers = part_headers(https=room.https)
        if part.packed is not None and "gzip" in request.headers.get("accept-encoding", ""):
            headers |= {"content-encoding": "gzip", "vary": "accept-encoding"}
            return Response(part.packed, media_type=part.kind, headers=headers)
        return Response(part.content, media_type=part.kind, headers=headers)

    async def begin(request: Request) -> Response:
        wants_french = request.headers.get("accept-language", "").strip().lower().startswith("fr")
        return RedirectResponse("/fr/" if wants_french else "/en/", 303, headers={"cache-control": "no-store"})

    return [
        StarletteRoute("/", begin, methods=["GET"]),
        StarletteRoute("/parts/{name}", parts, methods=["GET"]),
        *sign_in.unworded(room),
    ]
