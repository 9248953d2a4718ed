"""A partner that asks a live gateway for everything, and keeps what it sent and what came back."""

import json
import random
import string
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from gateway.adapters.rulebook.load import Rulebook
from gateway.client.auth import GatewayAuth
from gateway.deployment.folder import read_signing_key
from tests.live import LiveGateway

MOST_ELEMENTS = 64


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question and its verified answer. `body` is what was asked, empty where it was no JSON object."""

    party: str
    body: Mapping[str, Any] = field(repr=False)
    status: int
    head: bytes = field(repr=False)
    content: bytes = field(repr=False)

    @property
    def code(self) -> str:
        return str(json.loads(self.content).get("code", "disclosed"))


@dataclass(slots=True)
class Asker:
    """Signs as any party of the deployment; `exchanges` are all questions so far, `values` what they carried."""

    live: LiveGateway
    exchanges: list[Exchange] = field(default_factory=list, repr=False)
    values: dict[str, str] = field(default_factory=dict, repr=False)
    chance: random.Random = field(default_factory=lambda: random.Random(20261122))
    _clients: dict[str, httpx.Client] = field(default_factory=dict, repr=False)

    def token(self, place: str) -> str:
        """A fresh value for a place of a request, remembered under that place's name."""
        made = "cnry-" + "".join(self.chance.choices(string.ascii_lowercase + string.digits, k=12))
        self.values[made] = f"request {place}"
        return made

    def post(self, party: str, body: Mapping[str, Any] | bytes, **headers: str) -> Exchange:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        lines = {"content-type": "application/json", **{name.replace("_", "-"): v for name, v in headers.items()}}
        lines.setdefault("idempotency-key", self.token("idempotency-key"))
        answer = self._client(party).post("/v1/disclosures", content=raw, headers=lines)
        return self._keep(party, {} if isinstance(body, bytes) else body, answer)

    def collect(self, party: str, referral: str) -> Exchange:
        """Ask again for what was referred."""
        lines = {"content-type": "application/json", "idempotency-key": self.token("idempotency-key")}
        return self._keep(
            party, {}, self._client(party).post(f"/v1/referrals/{referral}", content=b"{}", headers=lines)
        )

    def get(self, party: str, path: str) -> Exchange:
        return self._keep(party, {}, self._client(party).get(path))

    def close(self) -> None:
        for client in self._clients.values():
            client.close()

    def _client(self, party: str) -> httpx.Client:
        if party not in self._clients:
            pins = [read_signing_key(self.live.settings.response_key).public.keyid]
            auth = GatewayAuth(self.live.settings.origin, self.live.keys[party], pins=pins)
            self._clients[party] = httpx.Client(base_url=self.live.settings.origin, auth=auth, timeout=30)
        return self._clients[party]

    def _keep(self, party: str, body: Mapping[str, Any], answer: httpx.Response) -> Exchange:
        head = b"\n".join(name + b": " + value for name, value in answer.headers.raw)
        kept = Exchange(party, body, answer.status_code, head, answer.content)
        self.exchanges.append(kept)
        return kept


def clauses(rulebook: Rulebook) -> list[tuple[str, str, Mapping[str, Any]]]:
    """Agreement, purpose and clause, for every clause there is."""
    return [
        (version.id, schedule["purpose"], clause)
        for version in rulebook.agreements
        for schedule in version.document["schedules"]
        for clause in schedule["clauses"]
    ]


def question(
    asker: Asker, agreement: str, purpose: str, record_type: str, elements: list[str], **target: object
) -> dict[str, Any]:
    """A whole request with a fresh case reference and acting officer."""
    return {
        "agreement": agreement,
        "purpose": purpose,
        "record_type": record_type,
        "elements": elements,
        "case_reference": asker.token("case_reference"),
        "acting_officer": asker.token("acting_officer"),
        **target,
    }


def in_parts(elements: list[str]) -> list[list[str]]:
    return [elements[start : start + MOST_ELEMENTS] for start in range(0, len(elements), MOST_ELEMENTS)]
