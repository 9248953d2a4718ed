"""The two servers the gateway is compared with, on the same server stack (uvicorn, one worker).

`echo` is a trivial FastAPI route that validates the same JSON with pydantic and answers a body of the same size, once
as FastAPI is used (the route returns an object, FastAPI writes the JSON) and once with bytes made beforehand; `direct`
reads the same source over plain HTTP: no signature, no decision, no redaction, no log.

    python -m tests.bench.servers echo PORT ANSWER-FILE
    python -m tests.bench.servers direct PORT WORLD-FOLDER
"""

import sys
from pathlib import Path
from typing import Any

import orjson
import uvicorn
from fastapi import FastAPI, Request
from starlette.responses import Response

from gateway.adapters.rulebook import load as agreements
from gateway.adapters.sources.registry import open_sources
from gateway.api.wire import DisclosureBody
from gateway.domain.target import SubjectIdentifier


def echo(answer: bytes) -> FastAPI:
    app = FastAPI()
    value = orjson.loads(answer)

    @app.post("/v1/disclosures", response_model=None)
    async def route(body: DisclosureBody):  # type: ignore[no-untyped-def]  # as in FastAPI's first steps
        return value

    @app.post("/v1/prebuilt")
    async def prebuilt(body: DisclosureBody) -> Response:
        return Response(answer, media_type="application/json")

    return app


def direct(world: Path) -> FastAPI:
    app = FastAPI()
    sources = open_sources(world / "sources.yaml", agreements.load().catalogue)

    @app.post("/v1/disclosures")
    async def route(request: Request) -> Response:
        body = DisclosureBody.model_validate(orjson.loads(await request.body()))
        source = sources.find(body.record_type)
        assert source is not None
        assert body.subject is not None
        records = await source.fetch(SubjectIdentifier(body.subject.scheme, body.subject.value), body.elements)
        return Response(orjson.dumps([dict(record.values) for record in records]), media_type="application/json")

    return app


def main(arguments: list[str]) -> None:
    kind, port, what = arguments
    app: Any = echo(Path(what).read_bytes()) if kind == "echo" else direct(Path(what))
    uvicorn.run(app, host="127.0.0.1", port=int(port), access_log=False, log_level="warning")


if __name__ == "__main__":
    main(sys.argv[1:])
