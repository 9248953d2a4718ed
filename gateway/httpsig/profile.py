"""The constants of the signature profile `isa-gateway-v1`.

A profile of RFC 9421 (HTTP Message Signatures) and RFC 9530 (Digest Fields), after FAPI 2.0 HTTP Signatures.
Everything that both sides must agree on is here and nowhere else; docs/signatures.md says it in words.
"""

from dataclasses import dataclass
from typing import Final

TAG: Final = "isa-gateway-v1"
LABEL: Final = "sig1"

MAX_AGE: Final = 60
"""Seconds between `created` and the moment of verification, at most."""
MAX_SKEW: Final = 10
"""Seconds that `created` may lie in the verifier's future, at most."""
MAX_LIFETIME: Final = 60
"""Seconds between `created` and `expires`, at most."""

NONCE_BYTES: Final = 16
NONCE_MIN_LENGTH: Final = 22
"""Characters of base64url that hold 128 bits."""
NONCE_MAX_LENGTH: Final = 86
NONCE_MIN_DISTINCT: Final = 8
"""A random nonce has fewer distinct characters less than once in ten million; a constant does."""

REQUEST_PARAMETERS: Final = frozenset({"created", "expires", "nonce", "keyid", "alg", "tag"})
RESPONSE_PARAMETERS: Final = frozenset({"created", "expires", "keyid", "alg", "tag"})
"""A response needs no nonce: it covers the signature of the request it answers."""

BODYLESS_COVERAGE: Final = ("@method", "@target-uri")
BODY_COVERAGE: Final = ("@method", "@target-uri", "content-type", "content-digest", "idempotency-key")
AUTHORIZATION: Final = "authorization"
"""Covered whenever the request carries it."""

SINGLE_FIELDS: Final = frozenset(
    {"content-type", "content-digest", "idempotency-key", "authorization", "host", "content-encoding"}
)
"""Fields that may occur once only: two of them mean two readings of one message."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Caps that are checked before anything is parsed. Lengths in bytes."""

    headers: int = 64
    header_bytes: int = 16_384
    target: int = 4_096
    body: int = 1_048_576
    signature_input: int = 2_048
    signature: int = 1_024
    signatures: int = 4
    """Labels a request may carry: ours and those an intermediary adds under its own tag."""
    components: int = 16
    label: int = 32


DEFAULT_LIMITS: Final = Limits()
