"""The routes anybody may read: keys, health, counters, and what each problem means."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from fastapi import APIRouter, Request
from starlette.responses import PlainTextResponse, Response

from gateway.api.exchange import Exchange
from gateway.api.problem_response import problem_response
from gateway.api.problems import PROBLEMS
from gateway.observability.metrics import Telemetry


@dataclass(frozen=True, slots=True)
class PublicApi:
    """`origin` is the one that partners sign for; `checks` are the readiness checks by part; `log_vkey` is the verifier
    key of the log."""

    origin: str
    jwks: Mapping[str, Any]
    log_vkey: str
    checks: Mapping[str, Callable[[], Awaitable[bool]]]
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

    return router


def _french(request: Request) -> bool:
    exchange: Exchange = request.scope["exchange"]
    return exchange.french


def _json(body: Any, status: int = 200) -> Response:
    return Response(orjson.dumps(body), status, headers={"cache-control": "no-store"}, media_type="application/json")
