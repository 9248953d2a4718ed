"""Signing the answer to a request and verifying it, bound to that request (RFC 9421 section 2.4).

An answer covers its status, type and digest and, with `;req`, method, target, digest and signature of the
request:

    "@status" "content-type" "content-digest" "@method";req "@target-uri";req "content-digest";req
    "signature";req;key="sig1" "signature-input";req;key="sig1"

Invariant: an answer verifies for the very request it answers and for no other, not even for the same question
asked again. The answer to a request without a usable signature covers what there is of it; a client whose own
signature did arrive therefore never takes such an answer for its own.
"""

from base64 import b64encode
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import http_sf

from gateway.httpsig.base import component_identifier, covered_list, signature_base
from gateway.httpsig.digest import check_digest, make_digest
from gateway.httpsig.errors import Reason, SignatureError
from gateway.httpsig.keys import Algorithm, KeyLookup, SigningKey
from gateway.httpsig.message import (
    Headers,
    RequestMessage,
    ResponseMessage,
    check_size,
    clean_method,
    read_fields,
)
from gateway.httpsig.profile import DEFAULT_LIMITS, LABEL, MAX_LIFETIME, RESPONSE_PARAMETERS, TAG, Limits
from gateway.httpsig.request import RequestBinding, find_key
from gateway.httpsig.signed import find_signature, read_parameters
from gateway.httpsig.window import check_window

_STATUS: Final = component_identifier("@status")
_TYPE: Final = component_identifier("content-type")
_DIGEST: Final = component_identifier("content-digest")
_REQUEST_METHOD: Final = component_identifier("@method", req=True)
_REQUEST_TARGET: Final = component_identifier("@target-uri", req=True)
_REQUEST_DIGEST: Final = component_identifier("content-digest", req=True)


@dataclass(frozen=True, slots=True)
class VerifiedResponse:
    """An answer that one of the trusted keys signed for our request; `created` in Unix seconds, UTC."""

    keyid: str
    created: int


def sign_response(
    status: int, headers: Headers, body: bytes, request: RequestBinding, key: SigningKey, now: float
) -> tuple[tuple[bytes, bytes], ...]:
    """The header lines to add: Content-Digest, Signature-Input, Signature. `now` is Unix seconds in UTC.

    `request` is `VerifiedRequest.binding`, or `bind_request` of a request that did not verify.

    Raises:
        SignatureError: missing-component when a body has no content-type, bad-header or ambiguous-header.
    """
    fields = read_fields(headers)
    digest = fields["content-digest"] = make_digest(body)
    values = _values(status, fields, request)
    if body and _TYPE not in values:
        raise SignatureError(Reason.MISSING_COMPONENT, "content-type")
    created = int(now)
    signature_input = (
        f"{covered_list(values)};created={created};expires={created + MAX_LIFETIME}"
        f"{_named(key.public.algorithm, key.public.keyid)}"
    )
    signature = key.sign(signature_base(values, values, signature_input))
    return (
        (b"content-digest", digest.encode("ascii")),
        (b"signature-input", f"{LABEL}={signature_input}".encode("ascii")),
        (b"signature", LABEL.encode("ascii") + b"=:" + b64encode(signature) + b":"),
    )


def verify_response(
    message: ResponseMessage,
    request: RequestBinding,
    keys: KeyLookup,
    now: float,
    limits: Limits = DEFAULT_LIMITS,
) -> VerifiedResponse:
    """Verify that `message` answers the request of this binding; the order of checks is that of a request.

    Raises:
        SignatureError: with the reason of the first check that failed; wrong-coverage when the answer is
            not bound to everything that the request carried.
    """
    check_size(message.headers, message.body, limits)
    fields = read_fields(message.headers)
    if "content-encoding" in fields:
        raise SignatureError(Reason.CONTENT_CODING, "content-encoding")
    found = find_signature(fields, limits)
    parameters = read_parameters(found.parameters, RESPONSE_PARAMETERS)
    check_window(parameters.created, parameters.expires, now)
    if message.body and "content-type" not in fields:
        raise SignatureError(Reason.MISSING_COMPONENT, "content-type")
    if "content-digest" not in fields:
        raise SignatureError(Reason.DIGEST_MISSING, "content-digest")
    values = _values(message.status, fields, request)
    if sorted(found.components) != sorted(values):
        raise SignatureError(Reason.WRONG_COVERAGE, "signature-input")
    record = find_key(keys, parameters.keyid, parameters.algorithm)
    base = signature_base(found.components, values, found.signature_input)
    if not record.key.verifies(found.signature, base):
        raise SignatureError(Reason.BAD_SIGNATURE, "signature")
    check_digest(fields["content-digest"], message.body)
    return VerifiedResponse(record.key.keyid, parameters.created)


def bind_request(message: RequestMessage, limits: Limits = DEFAULT_LIMITS) -> RequestBinding:
    """What there is to cover of a request that did not verify. Never raises: a refusal must be signed too."""
    method = message.method if clean_method(message.method) else None
    target = message.target_uri
    clean_target = len(target) <= limits.target and target.isascii() and target.isprintable()
    unsigned = RequestBinding(method, target if clean_target else None)
    try:
        check_size(message.headers, b"", limits)
        fields = read_fields(message.headers)
        unsigned = RequestBinding(unsigned.method, unsigned.target_uri, fields.get("content-digest"))
        found = find_signature(fields, limits)
        covered = [http_sf.parse(component.encode("ascii"), tltype="item") for component in found.components]
        signature_input = http_sf.ser([(covered, dict(found.parameters))])  # type: ignore[list-item]
    except (SignatureError, ValueError):
        return unsigned
    return RequestBinding(
        unsigned.method,
        unsigned.target_uri,
        unsigned.content_digest,
        found.label,
        found.signature_member,
        signature_input,
    )


def _values(status: int, fields: dict[str, str], request: RequestBinding) -> dict[str, str]:
    values: dict[str, str] = {_STATUS: str(status)}
    if "content-type" in fields:
        values[_TYPE] = fields["content-type"]
    values[_DIGEST] = fields["content-digest"]
    if request.method is not None:
        values[_REQUEST_METHOD] = request.method
    if request.target_uri is not None:
        values[_REQUEST_TARGET] = request.target_uri
    if request.content_digest is not None:
        values[_REQUEST_DIGEST] = request.content_digest
    if request.label is not None and request.signature is not None and request.signature_input is not None:
        signature, signature_input = _of_request(request.label)
        values[signature] = request.signature
        values[signature_input] = request.signature_input
    return values


@lru_cache(maxsize=64)
def _named(algorithm: Algorithm, keyid: str) -> str:
    """The parameters that tell the key."""
    return f';alg="{algorithm.value}";keyid="{keyid}";tag="{TAG}"'


@lru_cache(maxsize=64)
def _of_request(label: str) -> tuple[str, str]:
    """The identifiers of the request's signature and of its parameters."""
    return (
        component_identifier("signature", req=True, key=label),
        component_identifier("signature-input", req=True, key=label),
    )
