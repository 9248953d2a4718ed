"""Signing a request and verifying one.

The checks of `verify_request` run in the order in which they are written, cheapest and least revealing first;
each is a function of its own. Invariant: a `VerifiedRequest` holds only what the signature covers, so whoever
works from it cannot use a header that somebody added on the way. Not done here: that the nonce is fresh (the
replay store), that the body is good JSON, and what the party may do.
"""

from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from os import urandom
from typing import Final

from audit.quick import quick
from gateway.httpsig.base import component_identifier, signature_base
from gateway.httpsig.digest import check_digest, make_digest
from gateway.httpsig.errors import Reason, SignatureError
from gateway.httpsig.keys import Algorithm, KeyLookup, KeyRecord, KeyStatus, SigningKey
from gateway.httpsig.message import READ_FIELDS, RequestMessage, check_size, clean_method, read_fields
from gateway.httpsig.profile import (
    AUTHORIZATION,
    BODY_COVERAGE,
    BODYLESS_COVERAGE,
    DEFAULT_LIMITS,
    LABEL,
    MAX_LIFETIME,
    NONCE_BYTES,
    REQUEST_PARAMETERS,
    TAG,
    Limits,
)
from gateway.httpsig.signed import FoundSignature, find_signature, read_parameters, serialize_input
from gateway.httpsig.window import check_window


def _coverage(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(component_identifier(name) for name in names)


_COVERAGE: Final = {
    (True, False): _coverage(BODY_COVERAGE),
    (True, True): _coverage((*BODY_COVERAGE, AUTHORIZATION)),
    (False, False): _coverage(BODYLESS_COVERAGE),
    (False, True): _coverage((*BODYLESS_COVERAGE, AUTHORIZATION)),
}


_QUOTED: Final = {name: component_identifier(name) for name in READ_FIELDS}


@quick
@dataclass(frozen=True, slots=True)
class RequestBinding:
    """What the response to a request covers of it (`;req`). Absent parts are None.

    `signature` and `signature_input` are the serialized dictionary members under `label`.
    """

    method: str | None
    target_uri: str | None
    content_digest: str | None = None
    label: str | None = None
    signature: str | None = field(default=None, repr=False)
    signature_input: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class SignedRequest:
    """The header lines to add to a request, and what its answer must be bound to."""

    headers: tuple[tuple[bytes, bytes], ...] = field(repr=False)
    binding: RequestBinding


@quick
@dataclass(frozen=True, slots=True)
class VerifiedRequest:
    """A request that `record.party` signed. Times in Unix seconds, UTC; `signature` is 64 bytes."""

    record: KeyRecord
    created: int
    expires: int
    nonce: str
    signature: bytes = field(repr=False)
    content_type: str | None = field(repr=False)
    idempotency_key: str | None = field(repr=False)
    authorization: str | None = field(repr=False)
    binding: RequestBinding

    @property
    def keyid(self) -> str:
        """The RFC 7638 thumbprint of the key."""
        return self.record.key.keyid

    @property
    def party(self) -> str:
        """Whose key it is, as the registry says."""
        return self.record.party


def verify_request(
    message: RequestMessage, keys: KeyLookup, now: float, limits: Limits = DEFAULT_LIMITS
) -> VerifiedRequest:
    """Verify the one signature of the profile on a request; `now` is Unix seconds in UTC.

    Raises:
        SignatureError: with the reason of the first check that failed. What `keys.find` raises, passes.
    """
    fields = _read_message(message, limits)
    found = find_signature(fields, limits)
    parameters = read_parameters(found.parameters, REQUEST_PARAMETERS)
    check_window(parameters.created, parameters.expires, now)
    _check_coverage(found, fields, bool(message.body))
    record = find_key(keys, parameters.keyid, parameters.algorithm)
    signature_input = found.signature_input
    base = signature_base(found.components, _values(message.method, message.target_uri, fields), signature_input)
    if not record.key.verifies(found.signature, base):
        raise SignatureError(Reason.BAD_SIGNATURE, "signature")
    covered_fields = fields if message.body else {}
    if message.body:
        check_digest(fields.get("content-digest"), message.body)
    if parameters.nonce is None:
        raise SignatureError(Reason.MISSING_PARAMETER, "nonce")
    return VerifiedRequest(
        record=record,
        created=parameters.created,
        expires=parameters.expires,
        nonce=parameters.nonce,
        signature=found.signature,
        content_type=covered_fields.get("content-type"),
        idempotency_key=covered_fields.get("idempotency-key"),
        authorization=fields.get(AUTHORIZATION),
        binding=RequestBinding(
            message.method,
            message.target_uri,
            fields.get("content-digest"),
            found.label,
            found.signature_member,
            signature_input,
        ),
    )


def sign_request(
    message: RequestMessage,
    key: SigningKey,
    now: float,
    *,
    nonce: str | None = None,
    lifetime: int = MAX_LIFETIME,
) -> SignedRequest:
    """Sign a request that has a body with its `content-type` and `idempotency-key`, or one without a body.

    Adds Content-Digest where there is a body. `now` is Unix seconds in UTC, `lifetime` seconds up to 60;
    the nonce is 128 random bits unless one is given.

    Raises:
        SignatureError: missing-component, bad-header or ambiguous-header, when the request cannot be signed;
            ambiguous-header also when it carries a signature or a digest already.
    """
    fields = read_fields(message.headers)
    for name in ("signature", "signature-input", "content-digest"):
        if name in fields:
            raise SignatureError(Reason.AMBIGUOUS_HEADER, name)
    headers: list[tuple[bytes, bytes]] = []
    if message.body:
        fields["content-digest"] = make_digest(message.body)
        headers.append((b"content-digest", fields["content-digest"].encode("ascii")))
    created = int(now)
    components = _COVERAGE[bool(message.body), AUTHORIZATION in fields]
    signature_input = serialize_input(
        components,
        {
            "created": created,
            "expires": created + lifetime,
            "nonce": nonce or new_nonce(),
            "alg": key.public.algorithm.value,
            "keyid": key.public.keyid,
            "tag": TAG,
        },
    )
    values = _values(message.method, message.target_uri, fields)
    found = FoundSignature(LABEL, components, {}, key.sign(signature_base(components, values, signature_input)))
    headers.append((b"signature-input", f"{LABEL}={signature_input}".encode("ascii")))
    headers.append((b"signature", f"{LABEL}={found.signature_member}".encode("ascii")))
    binding = RequestBinding(
        message.method,
        message.target_uri,
        fields.get("content-digest"),
        LABEL,
        found.signature_member,
        signature_input,
    )
    return SignedRequest(tuple(headers), binding)


def new_nonce() -> str:
    """128 random bits in base64url, 22 characters."""
    return urlsafe_b64encode(urandom(NONCE_BYTES)).rstrip(b"=").decode("ascii")


def find_key(keys: KeyLookup, keyid: str, algorithm: Algorithm) -> KeyRecord:
    """The active key of that name and algorithm.

    Raises:
        SignatureError: unknown-key, revoked-key (also for one not yet approved) or algorithm-mismatch.
    """
    record = keys.find(keyid)
    if record is None:
        raise SignatureError(Reason.UNKNOWN_KEY, "keyid")
    if record.status is not KeyStatus.ACTIVE:
        raise SignatureError(Reason.REVOKED_KEY, "keyid")
    if record.key.algorithm is not algorithm:
        raise SignatureError(Reason.ALGORITHM_MISMATCH, "alg")
    return record


def _read_message(message: RequestMessage, limits: Limits) -> dict[str, str]:
    check_size(message.headers, message.body, limits)
    if len(message.target_uri) > limits.target:
        raise SignatureError(Reason.TOO_LARGE, "@target-uri")
    if not clean_method(message.method):
        raise SignatureError(Reason.BAD_TARGET, "@method")
    fields = read_fields(message.headers)
    if "content-encoding" in fields:
        raise SignatureError(Reason.CONTENT_CODING, "content-encoding")
    return fields


def _check_coverage(found: FoundSignature, fields: Mapping[str, str], body: bool) -> None:
    required = _COVERAGE[body, AUTHORIZATION in fields]
    if found.components != required and sorted(found.components) != sorted(required):
        raise SignatureError(Reason.WRONG_COVERAGE, "signature-input")


def _values(method: str, target: str, fields: Mapping[str, str]) -> dict[str, str]:
    values = {_QUOTED[name]: value for name, value in fields.items()}
    values['"@method"'] = method
    values['"@target-uri"'] = target
    return values
