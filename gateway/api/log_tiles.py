"""The disclosure log over HTTP, in the layout of C2SP tlog-tiles.

The checkpoint and the hash tiles tell nothing about an entry, because an entry holds salted commitments; anybody may
read them. The entries tell who asks whom how often, so entry bundles are for auditors, on a signed route (ADR 2).
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from fastapi import APIRouter, Request
from starlette.responses import PlainTextResponse, Response

from gateway.api.exchange import Exchange
from gateway.api.partner import spend_nonce
from gateway.api.problem_response import problem_response
from gateway.service.ports import Nonces

OCTETS = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class LogApi:
    """`checkpoint` gives the latest signed note, `tile` the bytes at a tlog-tiles path; None where there is none."""

    checkpoint: Callable[[], Awaitable[str | None]]
    tile: Callable[[str], Awaitable[bytes | None]]
    is_auditor: Callable[[str], bool]
    nonces: Nonces


def tile_routes(api: LogApi) -> APIRouter:
    """What anybody may read."""
    router = APIRouter()

    @router.get("/log/checkpoint", summary="The latest signed checkpoint (C2SP tlog-checkpoint)")
    async def checkpoint(request: Request) -> Response:
        note = await api.checkpoint()
        if note is None:
            return problem_response("not-found", french=_exchange(request).french)
        return PlainTextResponse(note, headers={"cache-control": "no-store"})

    @router.get("/log/tile/{path:path}", summary="A hash tile (C2SP tlog-tiles)")
    async def tile(request: Request, path: str) -> Response:
        found = None if path.startswith("entries") else await api.tile(f"tile/{path}")
        if found is None:
            return problem_response("not-found", french=_exchange(request).french)
        return Response(found, media_type=OCTETS)

    return router


def entry_routes(api: LogApi) -> APIRouter:
    """What only an auditor may read, on a signed route."""
    router = APIRouter()

    @router.get("/v1/log/tile/entries/{path:path}", summary="An entry bundle (C2SP tlog-tiles), for auditors")
    async def entries(request: Request, path: str) -> Response:
        exchange = _exchange(request)
        await spend_nonce(api.nonces, exchange)
        found = None
        if exchange.verified is not None and api.is_auditor(exchange.verified.party):
            found = await api.tile(f"tile/entries/{path}")
        if found is None:
            return problem_response("not-found", french=exchange.french)
        return Response(found, media_type=OCTETS)

    return router


def _exchange(request: Request) -> Exchange:
    exchange: Exchange = request.scope["exchange"]
    return exchange
