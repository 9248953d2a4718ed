"""What the console keeps, and how it names what the browser keeps: nothing that tells who is signed in or looked up."""

import asyncio
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text
from starlette.responses import Response

from gateway.adapters.db.console_state import ConsoleState, beside
from gateway.adapters.db.engine import parse
from gateway.console.room import Room
from gateway.console.session.cookies import SESSION, set_cookie
from gateway.console.session.sessions import Sessions, Times
from gateway.console.session.store import Sealed
from gateway.console.session.way_back import way_back
from gateway.domain.actor import Actor, Identified, Role
from gateway.domain.errors import LogUnavailableError

SECRET = "11-4484-9535"


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'console.db'}"
    made: str = request.getfixturevalue("postgres_url")
    return made


def test_a_session_is_kept_seen_and_ended_on_both_databases(url: str) -> None:
    async def run() -> None:
        state, clock = ConsoleState(url), [int(time.time())]
        sessions = Sessions(state, Times(), lambda: clock[0])
        actor = Actor("r.roy", "esdc-isb", frozenset({Role.AUDITOR}), Identified.SIGN_IN)
        session = await sessions.begin(actor, proven=clock[0])
        other = await sessions.begin(actor, proven=clock[0])
        for _ in range(3):
            clock[0] += 25 * 60
            read = await sessions.read(session.token)
            assert read is not None
            assert (read.actor, read.csrf) == (actor, session.csrf)
        assert await sessions.read(other.token) is None, "nobody used it for longer than a session may lie idle"
        await sessions.end(session.token)
        assert await sessions.read(session.token) is None
        sealed = Sealed(state, "reference")
        token = await sealed.keep({"value": "é\u2028"}, clock[0] + 60)
        assert await sealed.open(token, clock[0]) == {"value": "é\u2028"}
        await sealed.drop(token)
        assert await sealed.open(token, clock[0]) is None
        state.close()

    asyncio.run(run())


def test_several_consoles_that_start_at_once_make_one_table(url: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        for state in pool.map(ConsoleState, [url] * 4):
            state.close()


def test_a_database_that_is_away_is_said_and_nobody_is_signed_in(postgres_url: str) -> None:
    async def run() -> None:
        state = ConsoleState(postgres_url)
        sessions, now = Sessions(state, Times(), lambda: now), int(time.time())
        actor = Actor("r.roy", "esdc-isb", frozenset({Role.AUDITOR}), Identified.SIGN_IN)
        session = await sessions.begin(actor, proven=now)
        engine = create_engine(parse(postgres_url))
        with engine.begin() as connection:
            connection.execute(text("DROP TABLE console_state"))
        engine.dispose()
        with pytest.raises(LogUnavailableError):
            await sessions.read(session.token)
        state.close()

    asyncio.run(run())


def test_the_table_tells_nothing_without_the_token(tmp_path: Path) -> None:
    async def run() -> tuple[str, ...]:
        state = ConsoleState(f"sqlite:///{tmp_path / 'console.db'}")
        now = int(time.time())
        sealed, sessions = Sealed(state, "reference"), Sessions(state, Times(), lambda: now)
        actor = Actor("r.roy", "esdc-isb", frozenset({Role.AUDITOR}), Identified.SIGN_IN)
        session = await sessions.begin(actor, proven=now)
        token = await sealed.keep({"value": SECRET}, now + 60)
        assert await sealed.open(token, now) == {"value": SECRET}
        assert await sealed.open(token, now + 60) is None
        assert await Sealed(state, "session").open(token, now) is None
        for foreign in ("", "x", token[:-2] + "AA", "é" * 43):
            assert await sealed.open(foreign, now) is None
        state.close()
        return token, session.token, session.csrf

    told = asyncio.run(run())
    kept = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    for word in (SECRET, "r.roy", "esdc-isb", *told):
        assert word.encode() not in kept


def test_an_altered_row_opens_nothing(tmp_path: Path) -> None:
    async def run() -> None:
        file, now = tmp_path / "console.db", int(time.time())
        state = ConsoleState(f"sqlite:///{file}")
        sealed = Sealed(state, "reference")
        token = await sealed.keep({"value": 1}, now + 60)
        with sqlite3.connect(file) as tampering:
            tampering.execute("UPDATE console_state SET body = zeroblob(64)")
        assert await sealed.open(token, now) is None
        state.close()

    asyncio.run(run())


def test_what_has_expired_is_dropped(tmp_path: Path) -> None:
    async def run() -> None:
        state, now = ConsoleState(f"sqlite:///{tmp_path / 'console.db'}"), int(time.time())
        await Sealed(state, "reference").keep({}, now - 1)
        await Sessions(state, Times(), lambda: now).begin(
            Actor("r.roy", "esdc-isb", frozenset(), Identified.SIGN_IN), proven=now
        )
        with sqlite3.connect(tmp_path / "console.db") as reading:
            assert reading.execute("SELECT kind FROM console_state").fetchall() == [("session",)]
        state.close()

    asyncio.run(run())


@pytest.mark.parametrize(
    ("origin", "name", "secure"),
    [("https://console.example", "__Host-isa-console", True), ("http://127.0.0.1:8081", "isa-console", False)],
)
def test_a_cookie_is_for_this_host_alone(origin: str, name: str, secure: bool) -> None:
    room = Room(**_parts(origin))
    (made,) = set_cookie(Response(), room, SESSION, "token").headers.getlist("set-cookie")
    words = {word.strip().lower() for word in made.split(";")}
    assert f"{name}=token".lower() in words
    assert {"httponly", "samesite=lax", "path=/"} <= words
    assert ("secure" in words) is secure
    assert not any(word.startswith("domain") for word in words)


def _parts(origin: str) -> dict[str, Any]:
    names = (
        "calls",
        "units",
        "sessions",
        "references",
        "logins",
        "rendering",
        "parts",
        "brand",
        "letters",
        "row_files",
        "report_files",
    )
    return {"origin": origin, "sandbox": False, "version": "0", **dict.fromkeys(names)}


@pytest.mark.parametrize(
    ("to", "leads"),
    [
        ("/referrals", "/referrals"),
        ("/log/20", "/log/20"),
        ("", "/"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example", "/"),
        ("/log?outcome=deny&from=2026-11-01", "/log?outcome=deny&from=2026-11-01"),
        ("/log?purpose=a%20b", "/log?purpose=a%20b"),
        ("/log?a=b\r\nset-cookie: x", "/"),
        ("/log?a=<b>", "/"),
        ("/log#fragment", "/"),
        ("/log?" + "a" * 2_000, "/"),
        ("/sign-out", "/"),
    ],
)
def test_signing_in_leads_to_a_page_of_the_console(to: str, leads: str) -> None:
    assert way_back(to) == leads


def test_sessions_lie_beside_the_log_and_not_in_it() -> None:
    assert beside("sqlite:////var/lib/gateway/log.db") == "sqlite:////var/lib/gateway/log.db-console"
    assert beside("postgresql+psycopg://gateway@database/gateway").startswith("postgresql+psycopg://")
