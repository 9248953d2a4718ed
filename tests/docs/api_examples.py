"""Records the answers that the OpenAPI description shows: `python -m tests.docs.api_examples` asks a gateway of its own
the questions of the description and writes `gateway/api/examples.json`. Everything in it is invented."""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx

from gateway.api.wire import REFERRED_EXAMPLE, REQUEST_EXAMPLES
from gateway.client.auth import GatewayAuth
from gateway.deployment.folder import read_signing_key
from tests.live import LiveGateway, deploy

FILE = Path(__file__).resolve().parent.parent.parent / "gateway" / "api" / "examples.json"
ASKING = "ircc-work-permits"
ENTITLED = "on-mlitsd-labour-inspection"
HEADERS = {"content-type": "application/json"}


def partner(live: LiveGateway, party: str) -> httpx.Client:
    """A plain HTTP client that signs for the party and refuses answers the gateway did not sign."""
    pins = [read_signing_key(live.settings.response_key).public.keyid]
    auth = GatewayAuth(live.settings.origin, live.keys[party], pins=pins)
    return httpx.Client(base_url=live.settings.origin, auth=auth)


def answered(live: LiveGateway) -> Iterator[tuple[str, Any]]:
    """What the gateway answers to the questions of the description, by the examples' names."""
    with partner(live, ASKING) as client:
        for name, body in REQUEST_EXAMPLES.items():
            yield name, client.post("/v1/disclosures", content=json.dumps(body), headers=HEADERS).json()
        yield "referred", client.post("/v1/disclosures", content=json.dumps(REFERRED_EXAMPLE), headers=HEADERS).json()
        last = client.post(
            "/v1/disclosures", content=json.dumps(REQUEST_EXAMPLES["one-record"]), headers=HEADERS
        ).json()
        yield "receipt", client.get(f"/v1/receipts/{last['entry_index']}").json()
    with partner(live, ENTITLED) as client:
        yield "agreements", client.get("/v1/agreements").json()
    yield "keys", httpx.get(f"{live.settings.origin}/.well-known/jwks.json").json()


def record() -> None:
    with tempfile.TemporaryDirectory() as folder, deploy(Path(folder)).start() as live:
        examples = dict(answered(live))
    FILE.write_text(json.dumps(examples, ensure_ascii=False, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    record()
