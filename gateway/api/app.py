"""Puts the partner API together: routes, OpenAPI 3.1 description, and the signed exchange around everything.

FastAPI's own error answers are replaced, because its default 422 echoes the submitted value.
"""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

from fastapi import FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from gateway.api.description import describe
from gateway.api.log_tiles import LogApi, log_routes
from gateway.api.partner import PartnerApi, partner_routes
from gateway.api.problems import problem_response
from gateway.api.public import PublicApi, public_routes

Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]
_DESCRIPTION = """Ask for data elements of a record under an information sharing agreement. Every request is signed
(RFC 9421, profile `isa-gateway-v1`), every answer too; every request of a known party is put on record in the
disclosure log. Documentation: docs/partner-guide.md and docs/signatures.md."""


class _Described(FastAPI):
    """Serves the full description; made when it is first asked for."""

    def openapi(self) -> dict[str, Any]:
        if self.openapi_schema is None:
            self.openapi_schema = describe(super().openapi())
        return self.openapi_schema


def partner_app(
    partner: PartnerApi, public: PublicApi, log: LogApi, version: str, lifespan: Lifespan | None = None
) -> FastAPI:
    """The application without the signed exchange; `bootstrap` wraps it."""
    app = _Described(
        title="Information sharing gateway",
        version=version,
        description=_DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json",
        lifespan=lifespan,
    )
    app.include_router(partner_routes(partner))
    app.include_router(public_routes(public))
    app.include_router(log_routes(log))

    async def refuse(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        code = {404: "not-found", 405: "method-not-allowed"}.get(error.status_code, "internal-error")
        return problem_response(code, french=request.scope["exchange"].french)

    app.add_exception_handler(HTTPException, refuse)
    return app
