"""Which application answers a request: the one with the signed routes, unless the path is that of a public route.

Invariant 12: signed unless listed. The decoded path decides, which is the one that is routed; and whatever is taken for
public can only reach the public application, which has no other route. Does not: check a signature.
"""

import re
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class StraightTo:
    """An application, but what is posted to `path` goes to its route without the framework's way there, which costs a
    seventh of a disclosure and does nothing for it: the route has no parameters, dependencies or middleware of its own.
    The decoded path decides, as it does where it is routed."""

    path: str
    endpoint: Callable[[Request], Awaitable[Response]]
    rest: App

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == self.path and scope["method"] == "POST":
            response = await self.endpoint(Request(scope, receive))
            await response(scope, receive, send)
        else:
            await self.rest(scope, receive, send)


@dataclass(frozen=True, slots=True)
class PartnerApp:
    """Both applications, without the signed exchange around them. `listed` are the paths of the public routes, and
    `never` a path that none of them matches."""

    signed: App
    public: App
    listed: Sequence[re.Pattern[str]]
    never: str | None = None

    def __post_init__(self) -> None:
        if self.never is not None and any(pattern.match(self.never) for pattern in self.listed):
            raise ValueError("a path that is never public matches a public route")

    def is_public(self, path: str) -> bool:
        """Whether the decoded path is that of a public route; the one that is asked for most is known not to be."""
        return path != self.never and any(pattern.match(path) for pattern in self.listed)
