"""Which application answers a request: the one with the signed routes, unless the path is that of a public route.

Invariant 12: signed unless listed. The decoded path decides, which is the one that is routed; and whatever is taken for
public can only reach the public application, which has no other route. Does not: check a signature.
"""

import re
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from dataclasses import dataclass
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class PartnerApp:
    """Both applications, without the signed exchange around them. `listed` are the paths of the public routes."""

    signed: App
    public: App
    listed: Sequence[re.Pattern[str]]

    def is_public(self, path: str) -> bool:
        """Whether the decoded path is that of a public route."""
        return any(pattern.match(path) for pattern in self.listed)
