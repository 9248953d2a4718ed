"""Who is signed in: a session on the server, of which the browser has an opaque token alone.

Invariants: signing in makes a new token and ends the session there was, so that a token planted before is worth
nothing; a session ends when it was idle too long, and when its time is over, whichever comes first. Does not: know how
somebody proves who they are.
"""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from audit.encoding import to_base64url
from gateway.console.session.store import Sealed, StateStore
from gateway.domain.actor import Actor, Identified, Role

_TOUCH_SECONDS: Final = 30


@dataclass(frozen=True, slots=True)
class Times:
    """In seconds: `idle` between two requests, `whole` from sign-in on, `fresh` how long a proof of who one is serves
    for an act that needs one, `login` how long a sign-in may take."""

    idle: int = 1800
    whole: int = 28800
    fresh: int = 900
    login: int = 600


@dataclass(frozen=True, slots=True)
class Session:
    """Times are Unix seconds; `proven` is when the actor last proved who they are; `hint` is the provider's token, for
    signing out there too."""

    token: str = field(repr=False)
    actor: Actor
    csrf: str = field(repr=False)
    began: int
    seen: int
    proven: int
    hint: str | None = field(default=None, repr=False)


class Sessions:
    """Over a store that every process of the console shares."""

    def __init__(self, store: StateStore, times: Times, now: Callable[[], int]) -> None:
        self._sealed = Sealed(store, "session")
        self._store = store
        self.times = times
        self.now = now

    async def begin(
        self, actor: Actor, *, proven: int, hint: str | None = None, instead_of: str | None = None
    ) -> Session:
        """A new session; the one it takes the place of ends."""
        if instead_of:
            await self.end(instead_of)
        now = self.now()
        await self._store.purge(now)
        csrf = to_base64url(secrets.token_bytes(32))
        session = Session("", actor, csrf, now, now, proven, hint)
        token = await self._sealed.keep(_body(session), self._expires(session))
        return replace(session, token=token)

    async def read(self, token: str | None, *, seen: bool = True) -> Session | None:
        """The session that lives, from now on seen, unless it is the page that asks and not a person."""
        body = await self._sealed.open(token, self.now()) if token else None
        if body is None or token is None:
            return None
        session = _session(token, body)
        now = self.now()
        if seen and now - session.seen >= _TOUCH_SECONDS:
            session = replace(session, seen=now)
            await self._sealed.keep(_body(session), self._expires(session), token)
        return session

    async def end(self, token: str) -> None:
        """Nothing is left of it."""
        await self._sealed.drop(token)

    def is_fresh(self, session: Session) -> bool:
        """Whether the actor proved who they are within the last minutes."""
        return self.now() - session.proven < self.times.fresh

    def _expires(self, session: Session) -> int:
        return min(session.seen + self.times.idle, session.began + self.times.whole)


def _body(session: Session) -> dict[str, object]:
    actor = session.actor
    return {
        "officer": actor.officer,
        "unit": actor.unit,
        "roles": sorted(actor.roles),
        "identified": actor.identified,
        "csrf": session.csrf,
        "began": session.began,
        "seen": session.seen,
        "proven": session.proven,
        "hint": session.hint,
    }


def _session(token: str, body: Mapping[str, Any]) -> Session:
    roles = frozenset(Role(role) for role in body["roles"])
    actor = Actor(body["officer"], body["unit"], roles, Identified(body["identified"]))
    return Session(token, actor, body["csrf"], body["began"], body["seen"], body["proven"], body["hint"])
