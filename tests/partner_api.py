"""A partner API over simulated parts, and a partner that signs by hand, so that a test can break one thing."""

import datetime
import time
from collections.abc import AsyncIterable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx

from gateway.api.app import partner_app
from gateway.api.exchange import SignedExchange
from gateway.api.log_tiles import LogApi
from gateway.api.pace import Pace
from gateway.api.partner import PartnerApi
from gateway.api.public import PublicApi
from gateway.api.rate_limit import RateLimit
from gateway.api.rules import PartnerRules
from gateway.domain.element import Catalogue
from gateway.httpsig.keys import KeyRecord, KeySet, SigningKey
from gateway.httpsig.message import RequestMessage, ResponseMessage, target_uri
from gateway.httpsig.request import RequestBinding, sign_request
from gateway.httpsig.response import verify_response
from gateway.observability.metrics import Telemetry
from gateway.service.disclosure.collecting import Collecting
from gateway.service.log.receipts import Receipts
from gateway.service.partner.entitlements import Entitlements
from gateway.service.referral.register import ReferralRegister
from tests.simulator import AGREEMENT, NOW, WORKER_CASE, Register, SimulatedCases, World

ORIGIN = "https://gateway.test"
Headers = list[tuple[bytes, bytes]]


async def _none() -> None:
    return None


async def _no_tile(_path: str) -> None:
    return None


class FixedClock:
    def now(self) -> datetime.datetime:
        return NOW


@dataclass
class SameRules:
    """A rulebook that nobody changes."""

    now: PartnerRules

    async def refresh(self) -> None:
        return


@dataclass
class SimulatedGateway:
    """The API around a simulated world; `now` can be moved."""

    world: World
    quota: int = 6000
    now: float = NOW.timestamp()
    signer: SigningKey = field(default_factory=SigningKey.generate)
    partner: SigningKey = field(default_factory=SigningKey.generate)
    auditor: SigningKey = field(default_factory=SigningKey.generate)
    telemetry: Telemetry = field(default_factory=Telemetry)
    pace: Pace = field(default_factory=lambda: Pace(0.001))

    def __post_init__(self) -> None:
        catalogue, agreements = Catalogue({WORKER_CASE.id: WORKER_CASE}), Register({AGREEMENT.id: AGREEMENT})
        cases = SimulatedCases(self.world.log)
        partner = PartnerApi(
            rules=SameRules(
                PartnerRules(
                    self.world.disclose,
                    Collecting(ReferralRegister(cases), self.world.log, cases, self.world.disclose, FixedClock()),
                    Entitlements(agreements, catalogue),
                    lambda code: {"en": code, "fr": code},
                )
            ),
            receipts=Receipts(self.world.log, self.world.log),
            nonces=self.world.log,
            now=lambda: NOW,
            telemetry=self.telemetry,
            pace=self.pace,
        )
        public = PublicApi(
            origin=ORIGIN,
            jwks={"keys": [self.signer.public.to_jwk()]},
            log_vkey="",
            checks={},
            telemetry=self.telemetry,
        )
        log = LogApi(_none, _no_tile, lambda party: party == "auditor", self.world.log)
        self.app = SignedExchange(
            partner_app(partner, public, log, "test"),
            origin=ORIGIN,
            keys=KeySet([KeyRecord(self.partner.public, "ircc-cpn"), KeyRecord(self.auditor.public, "auditor")]),
            signer=self.signer,
            clock=lambda: self.now,
            rate_limit=RateLimit(self.quota, time.monotonic),
            telemetry=self.telemetry,
        )

    async def send(
        self,
        body: bytes = b"",
        *,
        method: str = "POST",
        path: str = "/v1/disclosures",
        content_type: str = "application/json",
        headers: Sequence[tuple[bytes, bytes]] = (),
        nonce: str | None = None,
        key: SigningKey | None = None,
        idempotency_key: str = "key-1",
        after_signing: Callable[[Headers, bytes], tuple[Headers, bytes]] | None = None,
    ) -> httpx.Response:
        """Sign as the partner, change what `after_signing` changes, send; the answer's signature is checked."""
        raw, _, query = path.encode().partition(b"?")
        target = target_uri(ORIGIN, raw, query)
        lines: Headers = list(headers)
        if body:
            lines += [(b"content-type", content_type.encode()), (b"idempotency-key", idempotency_key.encode())]
        signed = sign_request(RequestMessage(method, target, lines, body), key or self.partner, self.now, nonce=nonce)
        lines += list(signed.headers)
        binding: RequestBinding | None = signed.binding
        if after_signing is not None:
            lines, body = after_signing(lines, body)
            binding = None
        answer = await self.raw(method, path, lines, body)
        if binding is not None:
            self.check(answer, binding)
        return answer

    async def raw(
        self, method: str, path: str, lines: Headers, body: bytes | AsyncIterable[bytes] = b""
    ) -> httpx.Response:
        transport = httpx.ASGITransport(app=self.app)
        async with httpx.AsyncClient(transport=transport, base_url=ORIGIN) as client:
            request = client.build_request(method, path, content=body)
            request.headers = httpx.Headers([*lines, (b"host", b"gateway.test")])
            return await client.send(request)

    def check(self, answer: httpx.Response, binding: RequestBinding) -> None:
        keys = KeySet([KeyRecord(self.signer.public, ORIGIN)])
        lines = [(name.lower(), value) for name, value in answer.headers.raw]
        verify_response(ResponseMessage(answer.status_code, lines, answer.content), binding, keys, self.now)


def question(**changes: Any) -> Mapping[str, Any]:
    body: dict[str, Any] = {
        "agreement": "isa-1",
        "purpose": "protection",
        "record_type": "worker-case",
        "elements": ["status"],
        "subject": {"scheme": "uci", "value": "0000-0001"},
        "case_reference": "W000000001",
    }
    body.update(changes)
    return {name: value for name, value in body.items() if value is not ...}
