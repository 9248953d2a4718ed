"""What a page says when something behind it fails: a plain page in its language, and a line that names no value."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest

from gateway.console.app import console_app
from gateway.console.assets.parts import load_parts
from gateway.console.rendering import Rendering
from gateway.console.room import Room
from gateway.console.session.sessions import Session, Sessions, Times
from gateway.console.session.sign_in import PickedPeople
from gateway.console.session.store import Sealed
from gateway.console.units import Units
from gateway.deployment.console_file import Brand
from gateway.domain.actor import Actor, Identified, Role
from gateway.domain.errors import LogUnavailableError
from gateway.staff.asking import NotListeningError, OutcomeUnknownError, StaffCallError

ORIGIN = "http://127.0.0.1:1"
UNIT = {
    "unit": "esdc-isb",
    "organization": "esdc",
    "name": {"en": "Integrity", "fr": "Intégrité"},
    "institution": {"en": "ESDC", "fr": "EDSC"},
}


class KeptInMemory:
    """The `StateStore` port."""

    def __init__(self) -> None:
        self.rows: dict[tuple[str, bytes], tuple[bytes, int]] = {}

    async def put(self, kind: str, digest: bytes, body: bytes, expires: int) -> None:
        self.rows[kind, digest] = body, expires

    async def read(self, kind: str, digest: bytes, now: int) -> bytes | None:
        body, expires = self.rows.get((kind, digest), (b"", 0))
        return body if expires > now else None

    async def drop(self, kind: str, digest: bytes) -> bool:
        return self.rows.pop((kind, digest), None) is not None

    async def purge(self, now: int) -> None:
        self.rows = {key: row for key, row in self.rows.items() if row[1] > now}


class FailingCalls:
    """The `StaffCalls` port: every call but one fails as it is told to."""

    def __init__(self, error: BaseException) -> None:
        self._error = error

    async def call(self, actor: Actor, name: str, /, **arguments: Any) -> Any:
        del actor, arguments
        if name == "unit.list":
            return [UNIT]
        raise self._error


@asynccontextmanager
async def console(error: BaseException, **changes: Any) -> AsyncIterator[tuple[httpx.AsyncClient, Session]]:
    store, calls = KeptInMemory(), FailingCalls(error)
    sessions, units = Sessions(store, Times(), lambda: 1_000_000), Units(calls)
    await units.load()
    parts: Mapping[str, Any] = {
        "origin": ORIGIN,
        "calls": calls,
        "units": units,
        "sessions": sessions,
        "references": Sealed(store, "reference"),
        "logins": Sealed(store, "login"),
        "rendering": Rendering(),
        "parts": load_parts(),
        "brand": Brand(),
        "letters": None,
        "row_files": None,
        "report_files": None,
        "sandbox": True,
        "version": "0",
    }
    app = console_app(Room(**{**parts, **changes}), PickedPeople())
    session = await sessions.begin(Actor("r.roy", "esdc-isb", frozenset(Role), Identified.SIGN_IN), proven=1_000_000)
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(
        transport=transport, base_url=ORIGIN, cookies={"isa-console": session.token}, headers={"origin": ORIGIN}
    ) as browser:
        yield browser, session


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (NotListeningError("no gateway"), 503, "ne répond pas"),
        (LogUnavailableError("down"), 503, "ne répond pas"),
        (StaffCallError("log-unavailable", "down"), 503, "ne répond pas"),
        (OutcomeUnknownError(), 503, "On ignore si cela a été fait"),
        (StaffCallError("unknown-entry", "none"), 404, "existe pas"),
        (StaffCallError("not-authorized", "no"), 422, "Vos rôles ne vous permettent pas"),
        (ZeroDivisionError("11-4484-9535"), 500, "a eu une défaillance"),
    ],
)
def test_what_fails_behind_a_page_is_said_on_it(
    error: BaseException, status: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    async def run() -> httpx.Response:
        async with console(error) as (browser, _session):
            return await browser.get("/fr/log/20")

    answer = asyncio.run(run())
    assert answer.status_code == status
    assert said in answer.text
    assert "11-4484-9535" not in answer.text + "".join(capsys.readouterr())
    assert answer.headers["cache-control"] == "no-store"


def test_a_form_whose_outcome_is_not_known_says_so_and_does_not_say_nothing_was_done() -> None:
    async def run() -> httpx.Response:
        async with console(OutcomeUnknownError()) as (browser, session):
            return await browser.post("/en/person/find", data={"_csrf": session.csrf, "scheme": "uci", "value": "1"})

    answer = asyncio.run(run())
    assert answer.status_code == 503
    assert "not known whether this was done" in answer.text


def test_a_federal_brand_wears_the_marks_and_no_other_does() -> None:
    async def page(brand: Brand) -> str:
        async with console(NotListeningError("x"), brand=brand) as (browser, _session):
            return (await browser.get("/fr/sign-in")).text

    federal = asyncio.run(page(Brand(federal=True)))
    assert "<gcds-signature" in federal
    ontario = asyncio.run(page(Brand(name_en="Ministry", name_fr="Ministère du Travail de l'Ontario")))
    assert "gcds-signature" not in ontario
    assert "Ministère du Travail de l&#39;Ontario" in ontario
    assert 'class="federal"' not in ontario


def test_one_who_asks_too_often_waits() -> None:
    async def run() -> list[int]:
        async with console(NotListeningError("x")) as (browser, _session):
            browser.cookies.clear()
            return [(await browser.get("/en/sign-in")).status_code for _ in range(70)]

    statuses = asyncio.run(run())
    assert set(statuses) == {200, 429}
