"""A running gateway with the story's entries and referrals, and its console in this process, for actors of any role.

The console asks through the staff socket, as a console in a process of its own does.
"""

import contextlib
import time
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field

import httpx
from starlette.types import ASGIApp

from gateway.adapters.db.console_state import ConsoleState, beside
from gateway.bootstrap.console import opened_console
from gateway.console.calls import SocketCalls
from gateway.console.session.sessions import Session, Sessions, Times
from gateway.deployment.settings import Settings
from gateway.domain.actor import Actor, Identified, Role
from tests.live import LiveGateway

OWN, OTHER = "esdc-isb", "on-mlitsd-labour-inspection"


@dataclass(frozen=True)
class House:
    """`referrals` are those that wait, `flag` is one of `OWN`'s; `worker` is somebody the log names."""

    live: LiveGateway
    settings: Settings
    referrals: tuple[str, ...]
    flag: str
    worker: Mapping[str, str] = field(repr=False)

    @property
    def origin(self) -> str:
        assert self.settings.console_origin is not None
        return self.settings.console_origin

    @contextlib.asynccontextmanager
    async def console(self) -> AsyncIterator["Console"]:
        assert self.settings.staff_socket is not None
        async with opened_console(self.settings, SocketCalls(self.settings.staff_socket)) as app:
            state = ConsoleState(self.settings.console_database_url or beside(self.settings.database_url))
            try:
                yield Console(app, self.origin, Sessions(state, Times(), lambda: int(time.time())), state)
            finally:
                state.close()


@dataclass(frozen=True)
class Console:
    """The application, and sessions of whoever a test needs."""

    app: ASGIApp
    origin: str
    sessions: Sessions
    state: ConsoleState

    async def session(self, *roles: Role, unit: str = OWN, proven: int | None = None) -> Session:
        actor = Actor("t.tester", unit, frozenset(roles), Identified.SIGN_IN)
        return await self.sessions.begin(actor, proven=self.sessions.now() if proven is None else proven)

    def browser(self, session: Session | None = None, *, address: str = "127.0.0.1") -> httpx.AsyncClient:
        cookies = {} if session is None else {"isa-console": session.token}
        transport = httpx.ASGITransport(app=self.app, client=(address, 1))
        return httpx.AsyncClient(
            transport=transport, base_url=self.origin, cookies=cookies, headers={"origin": self.origin}
        )
