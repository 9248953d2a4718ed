"""One real gateway for all situations: in this process, over ASGI, with a clock that the situations move.

Signed with each unit's own approved key, answers verified by the partners' client, a real log on SQLite, real sources,
the staff's own socket. Does not: judge what it is told.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx

from audit.canonical import decode
from audit.entry import Entry
from gateway.adapters.db.partner_keys import PartnerKeyTable
from gateway.adapters.log.assembly import OpenLog
from gateway.adapters.rulebook.load import Rulebook
from gateway.api.routed import App
from gateway.bootstrap.log import append_log, read_log
from gateway.bootstrap.partner import application
from gateway.bootstrap.rulebook import open_rulebook
from gateway.client.auth import GatewayAuth
from gateway.deployment.folder import create, read_signing_key
from gateway.deployment.settings import Settings
from gateway.domain.actor import Actor
from gateway.httpsig.keys import SigningKey
from gateway.service.partner.partner_keys import KeyChanged, PartnerKeys
from gateway.service.simulation.situation import Situation
from gateway.staff.asking import ask
from tests.scenarios.records import Record, write_records
from tests.scenarios.situations import EXTRA_AGREEMENTS

ORIGIN = "https://gateway.example.test"
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


class MovableClock:
    """The `Clock` port; says what it was told."""

    def __init__(self) -> None:
        self.moment = LONG_AGO

    def now(self) -> datetime:
        return self.moment


@dataclass(slots=True)
class Hosted:
    """A running gateway, its records by situation, and what it takes to ask it."""

    settings: Settings
    rulebook: Rulebook
    clock: MovableClock
    log: OpenLog
    app: App
    records: Mapping[str, Record]
    keys: Mapping[str, SigningKey] = field(repr=False)
    clients: dict[str, httpx.AsyncClient] = field(default_factory=dict, repr=False)

    async def post(self, unit: str, path: str, body: bytes) -> httpx.Response:
        """A signed request of this unit; the answer's signature was verified."""
        return await self._client(unit).post(path, content=body, headers={"content-type": "application/json"})

    async def staff(self, call: str, by: Mapping[str, str | None] | None = None, **arguments: Any) -> Any:
        """A call of the staff. Raises StaffCallError."""
        assert self.settings.staff_socket is not None
        return await ask(self.settings.staff_socket, call, arguments, by)

    async def on_record(self, index: int) -> tuple[Entry, Mapping[str, Any] | None]:
        """An entry of the log and what its private part says."""
        receipt = await self.log.archive.entry(index)
        assert receipt is not None
        private = await self.log.archive.private_part(index)
        return Entry.from_bytes(receipt.entry), None if private is None else decode(private)["part"]

    def _client(self, unit: str) -> httpx.AsyncClient:
        if unit not in self.clients:
            jwks = {"keys": [read_signing_key(self.settings.response_key).public.to_jwk()]}
            auth = GatewayAuth(ORIGIN, self.keys[unit], jwks=jwks, clock=lambda: self.clock.now().timestamp())
            transport = httpx.ASGITransport(app=self.app)
            self.clients[unit] = httpx.AsyncClient(transport=transport, auth=auth, base_url=ORIGIN)
        return self.clients[unit]


@contextlib.asynccontextmanager
async def hosted(folder: Path, engine: str, situations: tuple[Situation, ...]) -> AsyncIterator[Hosted]:
    """A gateway over the records of these situations; `engine` is `embedded` or the URL of an OPA server."""
    made = create(folder / "g", origin=ORIGIN, sandbox=True, requests_per_minute=10_000_000)
    settings = replace(
        made, policy_engine=engine, extra_agreements_dir=EXTRA_AGREEMENTS, sources_file=folder / "sources.yaml"
    )
    rulebook, _state = open_rulebook(settings)
    _, records = write_records(folder, rulebook.catalogue, situations)
    keys = {str(unit): SigningKey.generate() for unit in rulebook.parties.units}
    clock = MovableClock()
    await _approve(settings, keys, clock)
    app = application(settings, clock)
    log = read_log(settings)
    try:
        async with _running(app):
            gateway = Hosted(settings, rulebook, clock, log, app, records, keys)
            try:
                yield gateway
            finally:
                for client in gateway.clients.values():
                    await client.aclose()
    finally:
        log.engine.dispose()


async def _approve(settings: Settings, keys: Mapping[str, SigningKey], clock: MovableClock) -> None:
    """Long before the first situation: one person proposes each key, another approves it."""
    log = read_log(settings)
    commit = append_log(settings, log)
    try:
        registry = PartnerKeys(
            PartnerKeyTable(log.engine, log.proven), commit, clock, lambda officer: f"token-of-{officer}"
        )
        for unit, key in keys.items():
            await registry.propose(key.public, unit, actor=Actor.stated(officer="a.proposer"))
            approved = await registry.approve(key.public.keyid, actor=Actor.stated(officer="b.approver"))
            assert isinstance(approved, KeyChanged)
    finally:
        await commit.close()
        log.engine.dispose()


@contextlib.asynccontextmanager
async def _running(app: App) -> AsyncIterator[None]:
    """The ASGI lifespan: started, and ended at the end."""
    to_app: asyncio.Queue[dict[str, str]] = asyncio.Queue()
    from_app: asyncio.Queue[Any] = asyncio.Queue()
    task = asyncio.ensure_future(app({"type": "lifespan", "asgi": {"version": "3.0"}}, to_app.get, from_app.put))
    try:
        to_app.put_nowait({"type": "lifespan.startup"})
        assert (await from_app.get())["type"] == "lifespan.startup.complete"
        yield
        to_app.put_nowait({"type": "lifespan.shutdown"})
        assert (await from_app.get())["type"] == "lifespan.shutdown.complete"
    finally:
        await task
