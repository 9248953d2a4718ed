"""A partner that can sign anything: requests built piece by piece, changed, then signed again.

So a negative test fails for its own reason and never for a stale signature.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import http_sf

from gateway.httpsig.digest import make_digest
from gateway.httpsig.keys import Algorithm, KeyRecord, KeySet, KeyStatus, SigningKey
from gateway.httpsig.message import RequestMessage
from gateway.httpsig.request import VerifiedRequest, verify_request

NOW = 1_800_000_000
TARGET = "https://gateway.example/v1/disclosures?page=%2F1"
NONCE = "Zk3mR8tQw1YxV5bNc7dLhA"
P256 = SigningKey.generate(Algorithm.ECDSA_P256_SHA256)
ED25519 = SigningKey.generate(Algorithm.ED25519)
REVOKED = SigningKey.generate()
PENDING = SigningKey.generate()
STRANGER = SigningKey.generate()
KEYS = KeySet(
    [
        KeyRecord(P256.public, "ircc"),
        KeyRecord(ED25519.public, "cbsa"),
        KeyRecord(REVOKED.public, "ircc", KeyStatus.REVOKED),
        KeyRecord(PENDING.public, "ircc", KeyStatus.PENDING),
    ]
)
BODY_COMPONENTS = ("@method", "@target-uri", "content-type", "content-digest", "idempotency-key")


@dataclass
class Forge:
    """One request in the making. Change any part, then call `message()`, which signs what is there."""

    method: str = "POST"
    target: str = TARGET
    body: bytes = b'{"purpose":"lmia-refresh"}'
    key: SigningKey = P256
    components: list[str] = field(default_factory=lambda: [f'"{name}"' for name in BODY_COMPONENTS])
    fields: dict[str, str] = field(default_factory=dict)
    parameters: dict[str, object] = field(default_factory=dict)
    label: str = "sig1"
    extra_lines: list[tuple[bytes, bytes]] = field(default_factory=list)

    def __post_init__(self) -> None:
        if not self.fields:
            self.fields = {
                "content-type": "application/json",
                "content-digest": make_digest(self.body),
                "idempotency-key": "3f0c1a52-7a0e-4b06-9d0a-0b5a54ce1c11",
            }
        if not self.parameters:
            self.use_key(self.key)

    @classmethod
    def bodyless(cls) -> "Forge":
        """A GET without a body."""
        forge = cls(method="GET", body=b"", components=['"@method"', '"@target-uri"'])
        forge.fields = {}
        return forge

    def use_key(self, key: SigningKey) -> None:
        self.key = key
        self.parameters = {
            "created": NOW,
            "expires": NOW + 60,
            "nonce": NONCE,
            "keyid": key.public.keyid,
            "alg": key.public.algorithm.value,
            "tag": "isa-gateway-v1",
        }

    def signature_lines(self) -> list[tuple[bytes, bytes]]:
        """Signature-Input and Signature over the request as it stands now."""
        tail = http_sf.ser(("x", self.parameters))[3:]  # type: ignore[arg-type]
        params = f"({' '.join(self.components)}){tail}"
        values: Mapping[str, str] = {
            '"@method"': self.method,
            '"@target-uri"': self.target,
            **{f'"{name}"': value for name, value in self.fields.items()},
        }
        lines = [f"{component}: {values.get(component, '')}" for component in self.components]
        base = "\n".join([*lines, f'"@signature-params": {params}'])
        signature = http_sf.ser(self.key.sign(base.encode()))
        return [
            (b"signature-input", f"{self.label}={params}".encode()),
            (b"signature", f"{self.label}={signature}".encode()),
        ]

    def message(self) -> RequestMessage:
        lines = [(name.encode(), value.encode("latin-1")) for name, value in self.fields.items()]
        return RequestMessage(self.method, self.target, [*lines, *self.extra_lines, *self.signature_lines()], self.body)


def verify(message: RequestMessage, now: float = NOW) -> VerifiedRequest:
    return verify_request(message, KEYS, now)
