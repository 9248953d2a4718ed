"""Signing in with a real provider, and with one that lies: who gets a session, and that nobody else does."""

import asyncio
import hmac
import html
import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
import yaml
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

from audit.encoding import to_base64url
from gateway.console.session.cookies import LOGIN, SESSION
from gateway.demo.play import free_port
from gateway.sign_in.oidc import Client, Provider, ProviderDownError, TokenRefusedError
from tests.console.house import Console, House
from tests.console.provider import SECRET, real_provider, write_keys

BOTH = ["privacy-officer", "delegated-head"]
OFFICER, NOBODY = "r.roy", "z.nobody"


@dataclass(frozen=True)
class SignedInHouse:
    """The house with a console that signs in with a provider."""

    house: House
    issuer: str
    port: int
    keys: Path


@pytest.fixture(scope="module")
def door(house: House, tmp_path_factory: pytest.TempPathFactory) -> SignedInHouse:
    folder, port = tmp_path_factory.mktemp("provider"), free_port()
    issuer, keys = f"http://127.0.0.1:{port}", folder / "keys.json"
    (folder / "client.secret").write_text(f"{SECRET}\n", "utf-8")
    declared = {
        "sign_in": {
            "issuer": issuer,
            "client_id": "isa-console",
            "client_secret_file": "client.secret",
            "charges": [
                {
                    "claim": "groups",
                    "value": OFFICER,
                    "unit": "esdc-isb",
                    "roles": ["privacy-officer", "delegated-head"],
                },
                {"claim": "groups", "value": "other", "unit": "esdc-isb", "roles": ["auditor"]},
            ],
        }
    }
    file = folder / "console.yaml"
    file.write_text(yaml.safe_dump(declared), "utf-8")
    write_keys(keys)
    settings = replace(house.settings, console_file=file)
    return SignedInHouse(replace(house, settings=settings), issuer, port, keys)


class Visitor:
    """A browser: one for the console, with its cookies, and one for the provider."""

    def __init__(self, console: Console, provider: httpx.AsyncClient) -> None:
        self.here = console.browser()
        self.there = provider

    async def begin(self, path: str = "/en/sign-in/go", data: dict[str, str] | None = None) -> str:
        """Where the console sends the browser."""
        answer = await self.here.post(path, data={"to": "/"} | (data or {}))
        assert answer.status_code == 303
        return answer.headers["location"]

    def wear(self, name: str, value: str) -> None:
        """Have this cookie and no other."""
        self.here.cookies.clear()
        self.here.cookies.set(name, value, domain="127.0.0.1", path="/")

    async def at_provider(self, address: str, name: str) -> str:
        """Sign in there; the address that the browser is sent back to."""
        answer = await self.there.get(address)
        while True:
            if answer.is_redirect:
                target = str(answer.next_request.url) if answer.next_request else ""
                if "/sign-in/back" in target:
                    return target
                answer = await self.there.get(target)
                continue
            assert answer.status_code == 200, answer.text[:400]
            form = re.search(r'action="([^"]+)"', answer.text)
            assert form, answer.text[:400]
            fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', answer.text))
            if fields.get("prompt") == "login":
                fields |= {"login": name, "password": "x"}
            answer = await self.there.post(html.unescape(form[1]), data=fields)

    async def back(self, address: str) -> httpx.Response:
        parts = urlsplit(address)
        return await self.here.get(f"{parts.path}?{parts.query}")

    async def sign_in(self, name: str) -> httpx.Response:
        return await self.back(await self.at_provider(await self.begin(), name))


@asynccontextmanager
async def visiting(door: SignedInHouse) -> AsyncIterator[tuple[Visitor, Console]]:
    async with door.house.console() as console, httpx.AsyncClient(base_url=door.issuer, timeout=20) as provider:
        visitor = Visitor(console, provider)
        async with visitor.here:
            yield visitor, console


def test_a_bookmark_with_filters_is_where_the_sign_in_leads(door: SignedInHouse) -> None:
    async def run() -> None:
        async with visiting(door) as (visitor, _console):
            first = await visitor.here.get("/fr/log?outcome=deny&from=2026-11-01")
            assert first.status_code == 303
            to = parse_qs(urlsplit(first.headers["location"]).query)["to"]
            assert to == ["/log?outcome=deny&from=2026-11-01"]
            address = await visitor.begin("/fr/sign-in/go", {"to": to[0]})
            back = await visitor.back(await visitor.at_provider(address, OFFICER))
            assert back.headers["location"] == "/fr/log?outcome=deny&from=2026-11-01"

    with real_provider(door.port, door.house.origin, door.keys):
        asyncio.run(run())


def test_an_officer_signs_in_works_and_signs_out_on_both_sides(door: SignedInHouse) -> None:
    async def run() -> None:
        async with visiting(door) as (visitor, console):
            address = await visitor.begin(data={"to": "/referrals"})
            asked = parse_qs(urlsplit(address).query)
            assert asked["code_challenge_method"] == ["S256"]
            assert asked["response_type"] == ["code"]
            assert {"state", "nonce", "code_challenge"} <= asked.keys()
            planted = visitor.here.cookies.get(SESSION)
            back = await visitor.back(await visitor.at_provider(address, OFFICER))
            assert back.headers["location"] == "/en/referrals"
            token = visitor.here.cookies.get(SESSION)
            assert token
            assert token != planted
            session = await console.sessions.read(token)
            assert session is not None
            assert (session.actor.officer, session.actor.unit) == (OFFICER, "esdc-isb")
            assert console.sessions.is_fresh(session)
            assert (await visitor.here.get("/en/referrals")).status_code == 200
            out = await visitor.here.post("/en/sign-out", data={"_csrf": session.csrf})
            assert await console.sessions.read(token) is None
            there = re.search(r'action="([^"]+/session/end)"', out.text)
            hint = re.search(r'name="id_token_hint" value="([^"]+)"', out.text)
            assert there
            assert hint
            asked_to_leave = await visitor.there.post(
                there[1], data={"id_token_hint": hint[1], "post_logout_redirect_uri": f"{console.origin}/en/sign-out"}
            )
            assert asked_to_leave.status_code == 200, (there[1], asked_to_leave.text)

    with real_provider(door.port, door.house.origin, door.keys):
        asyncio.run(run())


def test_what_comes_back_twice_or_to_another_browser_signs_nobody_in(door: SignedInHouse) -> None:
    async def run() -> None:
        async with visiting(door) as (visitor, console):
            address = await visitor.at_provider(await visitor.begin(), OFFICER)
            async with console.browser() as other:
                parts = urlsplit(address)
                stolen = await other.get(f"{parts.path}?{parts.query}")
                assert stolen.headers["location"].endswith("why=state")
                assert SESSION not in other.cookies
            login = visitor.here.cookies.get(LOGIN)
            assert (await visitor.back(address)).headers["location"] == "/en/"
            visitor.wear(LOGIN, login or "")
            again = await visitor.back(address)
            assert again.headers["location"].endswith("why=state")
            visitor.here.cookies.clear()
            # The provider itself does not take a code twice.
            begun = await visitor.begin()
            state = parse_qs(urlsplit(begun).query)["state"][0]
            old = parse_qs(urlsplit(address).query)["code"][0]
            replayed = await visitor.back(f"/sign-in/back?code={old}&state={state}")
            assert replayed.headers["location"].endswith("why=token")

    with real_provider(door.port, door.house.origin, door.keys):
        asyncio.run(run())


def test_an_account_without_a_role_gets_no_session(door: SignedInHouse) -> None:
    async def run() -> None:
        async with visiting(door) as (visitor, _console):
            answer = await visitor.sign_in(NOBODY)
            assert answer.headers["location"] == "/en/sign-in/refused?why=nobody"
            assert SESSION not in visitor.here.cookies
            page = await visitor.here.get(answer.headers["location"])
            assert page.status_code == 403
            assert "no role" in page.text

    with real_provider(door.port, door.house.origin, door.keys):
        asyncio.run(run())


def test_an_act_that_binds_is_proven_at_the_provider_by_the_same_officer(door: SignedInHouse) -> None:
    path = f"/en/referrals/{door.house.referrals[0]}/release"

    async def run() -> None:
        async with visiting(door) as (visitor, console):
            await visitor.sign_in(OFFICER)
            token = visitor.here.cookies.get(SESSION)
            session = await console.sessions.read(token)
            assert session is not None
            stale = await console.sessions.begin(session.actor, proven=0, instead_of=token)
            visitor.wear(SESSION, stale.token)
            typed = {"_csrf": stale.csrf, "because": "Weighed.", "elements": "interview_notes"}
            away = await visitor.here.post(path, data=typed)
            kept = away.headers["location"].partition("kept=")[2]
            begun = await visitor.begin("/en/sign-in/prove", {"_csrf": stale.csrf, "kept": kept})
            asked = parse_qs(urlsplit(begun).query)
            assert asked["prompt"] == ["login"]
            assert asked["max_age"] == ["0"]
            wrong = await visitor.back(await visitor.at_provider(begun, "other"))
            assert wrong.headers["location"].endswith("why=other")
            visitor.there.cookies.clear()
            begun = await visitor.begin("/en/sign-in/prove", {"_csrf": stale.csrf, "kept": kept})
            right = await visitor.back(await visitor.at_provider(begun, OFFICER))
            assert right.headers["location"] == f"/en/sign-in/kept?kept={kept}"
            fresh = await console.sessions.read(visitor.here.cookies.get(SESSION))
            assert fresh is not None
            assert console.sessions.is_fresh(fresh)
            assert "Weighed." in (await visitor.here.get(right.headers["location"])).text

    with real_provider(door.port, door.house.origin, door.keys):
        asyncio.run(run())


def test_a_provider_that_is_down_is_said_and_one_with_new_keys_is_followed(door: SignedInHouse) -> None:
    async def run() -> None:
        async with visiting(door) as (visitor, _console):
            answer = await visitor.here.post("/en/sign-in/go", data={"to": "/"})
            assert answer.headers["location"] == "/en/sign-in/refused?why=provider"
            with real_provider(door.port, door.house.origin, door.keys):
                assert (await visitor.sign_in(OFFICER)).headers["location"] == "/en/"
            write_keys(door.keys)
            visitor.here.cookies.clear()
            visitor.there.cookies.clear()
            await asyncio.sleep(6)
            with real_provider(door.port, door.house.origin, door.keys):
                assert (await visitor.sign_in(OFFICER)).headers["location"] == "/en/"

    asyncio.run(run())


ISSUER, CLIENT, NONCE = "https://sign-in.example", "isa-console", "n-of-this-sign-in"
KEY = ECKey.generate_key("P-256", {"use": "sig", "alg": "ES256"}, auto_kid=True)
RSA = RSAKey.generate_key(2048, {"use": "sig"}, auto_kid=True)


def claims(**changes: Any) -> dict[str, Any]:
    now = int(time.time())
    said = {"iss": ISSUER, "aud": CLIENT, "sub": "1", "exp": now + 60, "iat": now, "nonce": NONCE, "auth_time": now}
    return {name: value for name, value in {**said, **changes}.items() if value is not None}


def signed(payload: dict[str, Any], alg: str = "ES256", key: Any = KEY) -> str:
    header = {"alg": alg, "kid": key.kid} if getattr(key, "kid", None) else {"alg": alg}
    return jwt.encode(header, payload, key, algorithms=[alg])


def unsigned(payload: dict[str, Any]) -> str:
    head, body, _signature = signed(payload).split(".")
    del head
    return f"eyJhbGciOiJub25lIn0.{body}."


def confused(payload: dict[str, Any]) -> str:
    """Signed as if the provider's public key were a shared secret."""
    head = to_base64url(b'{"alg":"HS256"}')
    said = f"{head}.{signed(payload).split('.')[1]}"
    return f"{said}.{to_base64url(hmac.digest(KEY.as_pem(private=False), said.encode(), 'sha256'))}"


async def told(token: str | None, algorithms: tuple[str, ...] = ("ES256", "PS256"), **metadata: Any) -> Any:
    """What the console makes of a provider that gives this ID token."""
    known = {
        "issuer": ISSUER,
        "authorization_endpoint": f"{ISSUER}/auth",
        "token_endpoint": f"{ISSUER}/token",
        "jwks_uri": f"{ISSUER}/jwks",
        **metadata,
    }

    def answer(request: httpx.Request) -> httpx.Response:
        match request.url.path:
            case "/.well-known/openid-configuration":
                return httpx.Response(200, json=known)
            case "/jwks":
                return httpx.Response(200, json={"keys": [KEY.as_dict(private=False), RSA.as_dict(private=False)]})
            case "/token":
                return httpx.Response(200, json={"access_token": "x"} | ({"id_token": token} if token else {}))
            case _:
                return httpx.Response(500)

    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as http:
        client = Client(ISSUER, CLIENT, "secret", algorithms, "https://console.example/sign-in/back")
        provider = Provider(client, http, lambda: int(time.time()))
        return (await provider.claims("code", verifier="v" * 43, nonce=NONCE))[0]


def test_a_good_token_counts() -> None:
    assert asyncio.run(told(signed(claims())))["sub"] == "1"
    assert asyncio.run(told(signed(claims(), "PS256", RSA)))["sub"] == "1"
    assert asyncio.run(told(signed(claims(), "RS256", RSA), ("RS256",)))["sub"] == "1"


@pytest.mark.parametrize(
    "token",
    [
        None,
        "not a token",
        unsigned(claims()),
        signed(claims(), "RS256", RSA),
        confused(claims()),
        signed(claims(), key=ECKey.generate_key("P-256", auto_kid=True)),
        signed(claims(nonce="another")),
        signed(claims(nonce=None)),
        signed(claims(aud="another-client")),
        signed(claims(aud=[CLIENT, "another-client"])),
        signed(claims(iss="https://another.example")),
        signed(claims(iss=None)),
        signed(claims(exp=int(time.time()) - 60)),
        signed(claims(exp=None)),
        signed(claims(sub=None)),
        signed(claims(exp="soon")),
    ],
    ids=[
        "none", "no token", "alg none", "RS256 undeclared", "HS256 with the public key", "unknown key", "wrong nonce",
        "no nonce", "wrong audience", "two audiences", "wrong issuer", "no issuer", "expired", "no expiry",
        "no subject", "expiry that is none",
    ],
)  # fmt: skip
def test_a_token_that_proves_nothing_is_refused(token: str | None) -> None:
    with pytest.raises(TokenRefusedError):
        asyncio.run(told(token))


@pytest.mark.parametrize(
    "metadata",
    [
        {"issuer": "https://another.example"},
        {"token_endpoint": "http://sign-in.example/token"},
        {"jwks_uri": None},
        {"authorization_endpoint": "javascript:alert(1)"},
    ],
)
def test_a_provider_that_is_another_than_declared_is_none(metadata: dict[str, Any]) -> None:
    with pytest.raises(ProviderDownError):
        asyncio.run(told(signed(claims()), **metadata))
