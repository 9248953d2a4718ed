"""Puts the partner API together: signed routes, public routes, and the OpenAPI 3.1 description of both.

FastAPI's own error answers are replaced, because its default 422 echoes the submitted value, and it redirects nothing,
because it would redirect to whatever host the request names. Does not: check a signature.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from functools import cache
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from gateway.api.description import describe
from gateway.api.log_tiles import LogApi, entry_routes, tile_routes
from gateway.api.partner import DISCLOSURES, PartnerApi, partner_routes
from gateway.api.problem_response import problem_response
from gateway.api.public import PublicApi, public_routes
from gateway.api.routed import App, PartnerApp, StraightTo

Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]
_DESCRIPTION = """Ask for data elements of a record under an information sharing agreement. Every request is signed
(RFC 9421, profile `isa-gateway-v1`), every answer too; every request of a known party is put on record in the
disclosure log. Documentation: docs/partner-guide.md and docs/signatures.md."""


_OPENAPI = "/openapi.json"
_CODES = {404: "not-found", 405: "method-not-allowed"}


def partner_app(
    partner: PartnerApi, public: PublicApi, log: LogApi, version: str, lifespan: Lifespan | None = None
) -> PartnerApp:
    """Signed and public routes, each in an application of their own."""
    signed = (partner_routes(partner), entry_routes(log))
    open_to_all = (public_routes(public), tile_routes(log))
    described = _application(version, (*signed, *open_to_all))
    description = APIRouter()

    @cache
    def whole() -> dict[str, Any]:
        """Made when it is first asked for."""
        return describe(described.openapi(), public.origin)

    @description.get(_OPENAPI, include_in_schema=False)
    async def openapi() -> JSONResponse:
        return JSONResponse(whole())

    listed = [route for router in (*open_to_all, description) for route in router.routes if isinstance(route, APIRoute)]
    return PartnerApp(
        signed=_straight_to(DISCLOSURES, signed[0], _application(version, signed, lifespan)),
        public=_application(version, (*open_to_all, description)),
        listed=tuple(route.path_regex for route in listed),
        never=DISCLOSURES,
    )


def _straight_to(path: str, router: APIRouter, rest: App) -> StraightTo:
    (endpoint,) = [
        route.endpoint
        for route in router.routes
        if isinstance(route, APIRoute) and route.path == path and route.methods == {"POST"}
    ]
    return StraightTo(path, endpoint, rest)


def _application(version: str, routers: Sequence[APIRouter], lifespan: Lifespan | None = None) -> FastAPI:
    app = FastAPI(
        title="Information sharing gateway",
        version=version,
        description=_DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        generate_unique_id_function=lambda route: route.name,
        lifespan=lifespan,
    )
    for router in routers:
        app.include_router(router)

    async def refuse(request: Request, error: Exception) -> Response:
        code = _CODES.get(error.status_code, "internal-error") if isinstance(error, HTTPException) else "not-found"
        return problem_response(code, french=request.scope["exchange"].french)

    app.add_exception_handler(HTTPException, refuse)
    app.add_exception_handler(RequestValidationError, refuse)
    return app
