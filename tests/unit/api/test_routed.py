"""Signed unless listed: no spelling of a path reaches a handler without a signature, and nothing acts on its own."""

import ast
import asyncio
import subprocess
import sys
from pathlib import Path
from typing import Any, cast

import httpx
import pytest
import structlog
from starlette.responses import Response
from starlette.routing import BaseRoute

from gateway.api.routed import PartnerApp, StraightTo
from tests.partner_api import SimulatedGateway
from tests.simulator import world
from tests.unit.test_disclose import PROTECTED, RECORD, protecting

PUBLIC = {
    "/.well-known/jwks.json",
    "/health/live",
    "/health/ready",
    "/metrics",
    "/problems/{code}",
    "/log/checkpoint",
    "/log/tile/{path:path}",
    "/openapi.json",
}
SPELLINGS = [
    "/v1/disclosures",
    "/%761/disclosures",
    "/v1%2fdisclosures",
    "/v1%2Fdisclosures",
    "/%76%31/disclosures",
    "/v1/%64isclosures",
    "/v1/disclosures/",
    "//v1/disclosures",
    "/v1//disclosures",
    "/./v1/disclosures",
    "/log/../v1/disclosures",
    "/health/live/../../v1/disclosures",
    "/%2e%2e/v1/disclosures",
    "/v1/disclosures%00",
    "/v1/disclosures;a=b",
    "/V1/disclosures",
    "/v1/agreements",
    "/v1/receipts/0",
    "/v1/referrals/r-1",
    "/v1/log/tile/entries/000",
    "/v1",
    "/",
    "/docs",
    "/redoc",
    "/nothing",
    "/openapi.json/",
    "/health/live/",
]


def gateway() -> SimulatedGateway:
    return SimulatedGateway(world([RECORD, PROTECTED], protecting))


def routed(place: SimulatedGateway, method: str, path: str, body: bytes = b"") -> httpx.Response:
    """Sent as raw as a client may send it: httpx would tidy the path."""
    return asyncio.run(_send(place, method, path, body))


async def _send(place: SimulatedGateway, method: str, path: str, body: bytes) -> httpx.Response:
    from urllib.parse import unquote

    sent: list[dict[str, Any]] = []
    received = [{"type": "http.request", "body": body, "more_body": False}]
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "https",
        "path": unquote(path),
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(b"host", b"elsewhere.test"), (b"content-type", b"application/json")],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 2),
    }

    async def receive() -> dict[str, Any]:
        return received.pop() if received else {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    await place.app(scope, receive, send)
    return httpx.Response(sent[0]["status"], headers=sent[0]["headers"], content=sent[1]["body"])


@pytest.mark.parametrize("path", SPELLINGS)
def test_without_a_signature_every_spelling_is_the_same_refusal(path: str) -> None:
    place = gateway()
    for method in ("GET", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE"):
        with structlog.testing.capture_logs() as logged:
            answer = routed(place, method, path, b"{}" if method in ("POST", "PUT", "PATCH") else b"")
        assert answer.status_code == 401
        assert "location" not in answer.headers
        assert [line["event"] for line in logged] == ["signature-refused"]
    assert not place.world.log.submissions


@pytest.mark.parametrize("path", ["/log/tile/../../v1/disclosures", "/log/tile/entries/000", "/log/tile/%2e%2e/v1"])
def test_what_looks_public_stays_with_the_public_routes(path: str) -> None:
    place = gateway()
    assert routed(place, "GET", path).status_code == 404
    assert routed(place, "POST", path, b"{}").status_code == 405
    assert not place.world.log.submissions


def test_the_list_of_public_routes_is_this_one() -> None:
    app: PartnerApp = gateway().app._app
    assert {pattern.pattern for pattern in app.listed} == {_pattern(path) for path in PUBLIC}


def _pattern(path: str) -> str:
    from starlette.routing import compile_path

    return compile_path(path)[0].pattern


@pytest.mark.parametrize("path", ["/health/live", "/openapi.json", "/metrics", "/.well-known/jwks.json"])
def test_a_public_route_needs_no_signature(path: str) -> None:
    assert routed(gateway(), "GET", path).status_code == 200


@pytest.mark.parametrize("method", ["POST", "HEAD", "OPTIONS", "TRACE", "CONNECT"])
def test_no_method_is_added_to_a_public_route(method: str) -> None:
    assert routed(gateway(), method, "/health/live").status_code == 405


def test_no_public_path_reaches_a_signed_handler() -> None:
    app: PartnerApp = gateway().app._app
    signed: Any = app.signed
    assert not _endpoints(app.public) & _endpoints(signed.rest)


def test_what_is_taken_straight_is_what_would_be_routed() -> None:
    """Whatever is not exactly a disclosure asked for goes the framework's way, with its refusals."""
    app: Any = gateway().app._app.signed
    assert f"{{'POST'}}{app.path}" in _endpoints(app.rest)
    place = gateway()
    taken: list[str] = []

    async def rest(scope: Any, _receive: Any, _send: Any) -> None:
        taken.append(f"{scope['method']} {scope['path']}")

    async def endpoint(_request: Any) -> Response:
        return Response(status_code=204)

    async def send(_message: Any) -> None: ...

    straight = StraightTo(app.path, endpoint, rest)
    others = [
        ("GET", app.path),
        ("post", app.path),
        ("POST", app.path + "/"),
        ("POST", app.path + "\n"),
        ("POST", "/v1"),
    ]
    for method, path in [("POST", app.path), *others]:
        scope = {"type": "http", "method": method, "path": path, "headers": []}
        asyncio.run(straight(scope, cast(Any, None), send))
    assert taken == [f"{method} {path}" for method, path in others]
    assert routed(place, "GET", app.path).status_code == 401


def _endpoints(app: Any) -> set[str]:
    def below(routes: list[BaseRoute]) -> set[str]:
        found: set[str] = set()
        for route in routes:
            inner = getattr(getattr(route, "original_router", None), "routes", None)
            found |= below(inner) if inner is not None else {f"{route.methods}{route.path}"}  # type: ignore[attr-defined]
        return found

    return below(app.routes)


def test_a_websocket_is_closed() -> None:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {"type": "websocket.connect"}

    asyncio.run(gateway().app({"type": "websocket", "path": "/v1/disclosures", "headers": []}, receive, send))
    assert sent == [{"type": "websocket.close"}]


def test_no_assert_guards_anything(repository: Path) -> None:
    for path in [*(repository / "gateway").rglob("*.py"), *(repository / "audit").rglob("*.py")]:
        asserted = [
            node.lineno for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Assert)
        ]
        assert not asserted, f"{path.relative_to(repository)}: python -O takes asserts away"


@pytest.mark.thorough
def test_the_checks_stand_where_python_takes_asserts_away() -> None:
    """The same requests in a process that was told to optimise."""
    program = (
        "from tests.unit.api.test_routed import SPELLINGS, gateway, routed\n"
        "assert False\n"
        "place = gateway()\n"
        "print(sorted({routed(place, 'POST', path, b'{}').status_code for path in SPELLINGS}))\n"
        "print(len(place.world.log.submissions))\n"
    )
    done = subprocess.run(
        [sys.executable, "-O", "-c", program], capture_output=True, text=True, check=True, cwd=Path.cwd()
    )
    assert done.stdout.splitlines()[-2:] == ["[401]", "0"]
