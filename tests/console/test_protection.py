"""What stands around every page: headers, forms that are from here, bounds, sessions that end, nothing typed lost."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from gateway.console.session.sessions import Session
from gateway.domain.actor import Role
from tests.console.house import Console, House

OFFICER = (Role.PRIVACY_OFFICER, Role.DELEGATED_HEAD)
HOSTILE = "<script>alert(1)</script>\"'&{{7*7}}\N{RIGHT-TO-LEFT OVERRIDE}\u05e9\u05dc e\u0301"


def within(house: House, work: Callable[[Console, httpx.AsyncClient, Session], Awaitable[Any]], *roles: Role) -> Any:
    """Run with a browser that is signed in."""

    async def run() -> Any:
        async with house.console() as console:
            session = await console.session(*(roles or OFFICER))
            async with console.browser(session) as browser:
                return await work(console, browser, session)

    return asyncio.run(run())


def test_a_page_loads_from_here_alone_and_is_kept_nowhere(house: House) -> None:
    async def work(_console: Console, browser: httpx.AsyncClient, _session: Session) -> list[httpx.Response]:
        return [await browser.get("/en/") for _ in range(2)]

    first, second = within(house, work)
    policy = dict(part.strip().split(" ", 1) for part in first.headers["content-security-policy"].split(";"))
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert "unsafe" not in first.headers["content-security-policy"]
    assert first.headers["content-security-policy"] != second.headers["content-security-policy"]
    assert first.headers["cache-control"] == "no-store"
    assert first.headers["x-content-type-options"] == "nosniff"
    assert first.headers["referrer-policy"] == "same-origin"
    assert first.headers["cross-origin-opener-policy"] == "same-origin"
    assert not re.search(r'(?:src|href)="(?:https?:)?//', first.text)
    nonce = re.search(r"'nonce-([^']+)'", policy["script-src"])
    assert nonce
    assert all(nonce[1] in tag for tag in re.findall(r"<script[^>]*>", first.text))
    assert not re.search(r'\son\w+="|\sstyle="', first.text)


@pytest.mark.parametrize("headers", [{"origin": "https://evil.example"}, {"origin": "null"}])
def test_a_form_from_elsewhere_does_nothing_and_shows_nothing(house: House, headers: dict[str, str]) -> None:
    path = f"/en/referrals/{house.referrals[0]}/refuse"

    async def work(_console: Console, browser: httpx.AsyncClient, session: Session) -> httpx.Response:
        return await browser.post(path, data={"_csrf": session.csrf, "because": "no"}, headers=headers)

    answer = within(house, work)
    assert answer.status_code == 403
    assert house.referrals[0] not in answer.text


def test_a_form_without_the_token_is_shown_again_with_what_was_typed(house: House) -> None:
    path = f"/en/referrals/{house.referrals[0]}/refuse"

    async def work(_console: Console, browser: httpx.AsyncClient, _session: Session) -> httpx.Response:
        return await browser.post(path, data={"_csrf": "x", "because": HOSTILE})

    answer = within(house, work)
    assert answer.status_code == 403
    assert "<script>alert" not in answer.text
    assert "{{7*7}}" in answer.text


def test_the_language_toggle_keeps_what_was_typed(house: House) -> None:
    path = f"/fr/referrals/{house.referrals[0]}"

    async def work(_console: Console, browser: httpx.AsyncClient, _session: Session) -> httpx.Response:
        return await browser.post(
            path, data={"_show": "1", "because": "Half a sentence", "elements": "interview_notes"}
        )

    answer = within(house, work)
    assert answer.status_code == 200
    assert "Half a sentence" in answer.text
    assert 'lang="fr"' in answer.text
    assert re.search(r'value="interview_notes" checked', answer.text)


def test_a_session_that_ends_in_the_middle_of_a_form_loses_nothing(house: House) -> None:
    path = f"/en/referrals/{house.referrals[0]}/refuse"

    async def work(console: Console, browser: httpx.AsyncClient, session: Session) -> tuple[httpx.Response, ...]:
        await console.sessions.end(session.token)
        ended = await browser.post(path, data={"_csrf": session.csrf, "because": HOSTILE})
        fresh = await console.session(*OFFICER)
        async with console.browser(fresh) as again:
            shown = await again.post(path, data={"_show": "1", "because": HOSTILE})
        return ended, shown

    ended, shown = within(house, work)
    assert ended.status_code == 401
    assert "{{7*7}}" in ended.text
    assert shown.status_code == 200
    assert "{{7*7}}" in shown.text


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/x-www-form-urlencoded", b"a=" + b"b" * 70_000),
        ("application/x-www-form-urlencoded", b"&".join(b"a=b" for _ in range(500))),
        ("application/x-www-form-urlencoded", b"because=%ff%fe"),
        ("multipart/form-data; boundary=x", b"--x--"),
        ("application/json", b"{}"),
    ],
)
def test_a_body_beyond_the_bounds_is_refused(house: House, kind: str, body: bytes) -> None:
    path = f"/en/referrals/{house.referrals[0]}/refuse"

    async def work(_console: Console, browser: httpx.AsyncClient, _session: Session) -> httpx.Response:
        return await browser.post(path, content=body, headers={"content-type": kind})

    assert within(house, work).status_code == 413


def test_signing_in_ends_the_session_there_was(house: House) -> None:
    """A token that somebody planted before is worth nothing afterwards."""

    async def work(console: Console, browser: httpx.AsyncClient, session: Session) -> None:
        answer = await browser.post("/en/sign-in/as", data={"_csrf": session.csrf, "officer": "r.roy"})
        assert answer.status_code == 303
        (made,) = [value for value in answer.headers.get_list("set-cookie") if value.startswith("isa-console=")]
        assert session.token not in made
        assert "httponly" in made.lower()
        assert "samesite=lax" in made.lower()
        assert await console.sessions.read(session.token) is None

    within(house, work)


def test_signing_out_leaves_nothing(house: House) -> None:
    async def work(console: Console, browser: httpx.AsyncClient, session: Session) -> None:
        await browser.post("/en/sign-out", data={"_csrf": session.csrf})
        assert await console.sessions.read(session.token) is None
        async with console.browser(session) as again:
            assert (await again.get("/en/")).status_code == 303

    within(house, work)


def test_an_act_that_binds_wants_a_proof_of_now_and_keeps_the_form(house: House) -> None:
    path = f"/en/referrals/{house.referrals[0]}/release"

    async def run() -> None:
        async with house.console() as console:
            session = await console.session(*OFFICER, proven=0)
            async with console.browser(session) as browser:
                typed = {"_csrf": session.csrf, "because": "Weighed.", "elements": "interview_notes"}
                away = await browser.post(path, data=typed)
                assert away.status_code == 303
                assert away.headers["location"].startswith("/en/sign-in/again?kept=")
                assert "Weighed" not in away.headers["location"]
                kept = away.headers["location"].partition("kept=")[2]
                proof = await browser.post("/en/sign-in/prove", data={"_csrf": session.csrf, "kept": kept})
                assert proof.status_code == 303
                page = await browser.get(proof.headers["location"])
                assert 'value="Weighed."' in page.text
                assert f'action="{path}"' in page.text
            other = await console.session(*OFFICER)
            async with console.browser(other) as stranger:
                # The same officer of the tests opens it; somebody else does not.
                assert (await stranger.get(proof.headers["location"])).status_code == 200

    asyncio.run(run())


def test_a_session_ends_when_it_was_idle_and_when_its_time_is_over(house: House) -> None:
    async def run() -> None:
        async with house.console() as console:
            now = console.sessions.now()
            clock = [now]
            sessions = type(console.sessions)(console.sessions._store, console.sessions.times, lambda: clock[0])
            session = await sessions.begin((await console.session(*OFFICER)).actor, proven=now)
            clock[0] = now + sessions.times.idle - 1
            assert await sessions.read(session.token) is not None
            clock[0] += sessions.times.idle + 1
            assert await sessions.read(session.token) is None
            session = await sessions.begin(session.actor, proven=now)
            began = clock[0]
            while clock[0] < began + sessions.times.whole - 600:
                clock[0] += 600
                assert await sessions.read(session.token) is not None
            clock[0] = began + sessions.times.whole
            assert await sessions.read(session.token) is None

    asyncio.run(run())
