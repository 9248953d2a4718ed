"""The routes anybody may read: keys, health, problem texts, metrics, and the log as far as it is hashes.

The checkpoint and the hash tiles (C2SP tlog-tiles) tell nothing about an entry, because an entry holds salted
commitments. The entries themselves tell who asks whom how often, so entry bundles are for auditors, on a signed route.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from fastapi import APIRouter, Request
from starlette.responses import PlainTextResponse, Response

from gateway.api.exchange import Exchange
from gateway.api.partner import spend_nonce
from gateway.api.problems import PROBLEMS, problem_response
from gateway.api.telemetry import Telemetry
from gateway.service.ports import Nonces

OCTETS = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class PublicApi:
    """`tile` gives the bytes at a tlog-tiles path or None; `checks` are the readiness checks by part."""

    jwks: Mapping[str, Any]
    log_vkey: str
    checkpoint: Callable[[], Awaitable[str | None]]
    tile: Callable[[str], Awaitable[bytes | None]]
    checks: Mapping[str, Callable[[], Awaitable[bool]]]
    is_auditor: Callable[[str], bool]
    nonces: Nonces
    telemetry: Telemetry


def public_routes(api: PublicApi) -> APIRouter:
    router = APIRouter()

    @router.get("/.well-known/jwks.json", summary="The keys that sign answers")
    async def jwks() -> Response:
        return _json({**api.jwks, "log_vkey": api.log_vkey})

    @router.get("/health/live", summary="The process runs")
    async def live() -> Response:
        return _json({"status": "live"})

    @router.get("/health/ready", summary="Every part it needs answers")
    async def ready() -> Response:
        parts = {name: await check() for name, check in api.checks.items()}
        return _json({"ready": all(parts.values()), "parts": parts}, 200 if all(parts.values()) else 503)

    @router.get("/metrics", summary="Counters for operators")
    async def metrics() -> Response:
        return PlainTextResponse(api.telemetry.render(), media_type="text/plain; version=0.0.4")

    @router.get("/problems/{code}", summary="What a problem means and what to do")
    async def problem(request: Request, code: str) -> Response:
        kind = PROBLEMS.get(code)
        if kind is None:
            return problem_response("not-found", french=_french(request))
        titles = {"en": kind.title_en, "fr": kind.title_fr}
        remedies = {"en": kind.remedy_en, "fr": kind.remedy_fr}
        return _json({"code": code, "status": kind.status, "titles": titles, "details": remedies})

    @router.get("/log/checkpoint", summary="The latest signed checkpoint (C2SP tlog-checkpoint)")
    async def checkpoint(request: Request) -> Response:
        note = await api.checkpoint()
        if note is None:
            return problem_response("not-found", french=_french(request))
        return PlainTextResponse(note, headers={"cache-control": "no-store"})

    @router.get("/log/tile/{path:path}", summary="A hash tile (C2SP tlog-tiles)")
    async def tile(request: Request, path: str) -> Response:
        found = None if path.startswith("entries") else await api.tile(f"tile/{path}")
        if found is None:
            return problem_response("not-found", french=_french(request))
        return Response(found, media_type=OCTETS)

    @router.get("/v1/log/tile/entries/{path:path}", summary="An entry bundle (C2SP tlog-tiles), for auditors")
    async def entries(request: Request, path: str) -> Response:
        exchange: Exchange = request.scope["exchange"]
        await spend_nonce(api.nonces, exchange)
        found = None
        if exchange.verified is not None and api.is_auditor(exchange.verified.party):
            found = await api.tile(f"tile/entries/{path}")
        if found is None:
            return problem_response("not-found", french=exchange.french)
        return Response(found, media_type=OCTETS)

    return router


def _french(request: Request) -> bool:
    exchange: Exchange = request.scope["exchange"]
    return exchange.french


def _json(body: Any, status: int = 200) -> Response:
    return Response(orjson.dumps(body), status, headers={"cache-control": "no-store"}, media_type="application/json")
