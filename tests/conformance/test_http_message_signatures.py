"""Both directions with the independent library `http-message-signatures`, for both algorithms.

Its signatures of our profile verify here, and ours verify there: requests with and without a body, and
answers with components of their request.
"""

import datetime
import time
from dataclasses import dataclass, field
from typing import Any

import pytest
from http_message_signatures import (
    HTTPMessageSigner,
    HTTPMessageVerifier,
    InvalidSignature,
    MappingKeyResolver,
)
from http_message_signatures.algorithms import ECDSA_P256_SHA256, ED25519

from gateway.httpsig.digest import make_digest
from gateway.httpsig.keys import Algorithm, KeyRecord, KeySet, SigningKey
from gateway.httpsig.message import RequestMessage, ResponseMessage
from gateway.httpsig.request import RequestBinding, new_nonce, sign_request, verify_request
from gateway.httpsig.response import sign_response, verify_response

TARGET = "https://gateway.example/v1/dis%2Fclosures?page=%2F1"
BODY = b'{"purpose":"lmia-refresh"}'
FIELDS = {"content-type": "application/json", "idempotency-key": "3f0c1a52-7a0e"}
COVERED = ["@method", "@target-uri", "content-type", "content-digest", "idempotency-key"]
ANSWER_COVERED = [
    "@status",
    "content-type",
    "content-digest",
    '"@method";req',
    '"@target-uri";req',
    '"content-digest";req',
    '"signature";req;key="sig1"',
    '"signature-input";req;key="sig1"',
]
THEIRS = {Algorithm.ECDSA_P256_SHA256: ECDSA_P256_SHA256, Algorithm.ED25519: ED25519}
BOTH = pytest.mark.parametrize("algorithm", list(Algorithm))


@dataclass
class TheirRequest:
    method: str
    url: str
    headers: dict[str, str]


@dataclass
class TheirResponse:
    status_code: int
    headers: dict[str, str]
    request: TheirRequest
    method: str = field(init=False)
    url: str = field(init=False)

    def __post_init__(self) -> None:
        self.method, self.url = self.request.method, self.request.url


def handler(kind: type, algorithm: Algorithm, key: SigningKey) -> Any:
    keyid = key.public.keyid
    resolver = MappingKeyResolver(public_keys={keyid: key.public.raw}, private_keys={keyid: key.raw})
    return kind(signature_algorithm=THEIRS[algorithm], key_resolver=resolver)


def times() -> dict[str, datetime.datetime]:
    now = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
    return {"created": now, "expires": now + datetime.timedelta(seconds=60)}


def lines(headers: dict[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.lower().encode(), value.encode()) for name, value in headers.items()]


def texts(headers: list[tuple[bytes, bytes]]) -> dict[str, str]:
    return {name.decode(): value.decode() for name, value in headers}


def their_request(algorithm: Algorithm, key: SigningKey, body: bytes) -> TheirRequest:
    message = TheirRequest("POST" if body else "GET", TARGET, dict(FIELDS) if body else {})
    handler(HTTPMessageSigner, algorithm, key).sign(
        message,
        key_id=key.public.keyid,
        label="sig1",
        tag="isa-gateway-v1",
        nonce=new_nonce(),
        covered_component_ids=COVERED if body else COVERED[:2],
        body=body or None,
        **times(),
    )
    return message


@BOTH
@pytest.mark.parametrize("body", [BODY, b""])
def test_what_they_sign_verifies_here(algorithm: Algorithm, body: bytes) -> None:
    key = SigningKey.generate(algorithm)
    theirs = their_request(algorithm, key, body)
    message = RequestMessage(theirs.method, TARGET, lines(theirs.headers), body)
    seen = verify_request(message, KeySet([KeyRecord(key.public, "partner")]), time.time())
    assert (seen.party, seen.binding.label) == ("partner", "sig1")


@BOTH
@pytest.mark.parametrize("body", [BODY, b""])
def test_what_we_sign_verifies_there(algorithm: Algorithm, body: bytes) -> None:
    key = SigningKey.generate(algorithm)
    fields = lines(FIELDS) if body else []
    message = RequestMessage("POST" if body else "GET", TARGET, fields, body)
    signed = sign_request(message, key, time.time())
    theirs = TheirRequest(message.method, TARGET, texts([*fields, *signed.headers]))
    verifier = handler(HTTPMessageVerifier, algorithm, key)
    (result,) = verifier.verify(theirs, expect_tag="isa-gateway-v1")
    assert list(result.covered_components)[:-1] == [f'"{name}"' for name in (COVERED if body else COVERED[:2])]
    if body:
        assert verifier.content_digest_class.verify_components(result.covered_components, body)
    theirs.method = "PUT"
    with pytest.raises(InvalidSignature):
        verifier.verify(theirs, expect_tag="isa-gateway-v1")


@BOTH
def test_our_answer_verifies_there_with_the_parts_of_the_request(algorithm: Algorithm) -> None:
    key = SigningKey.generate(algorithm)
    asked = their_request(algorithm, key, BODY)
    request = RequestMessage("POST", TARGET, lines(asked.headers), BODY)
    binding = verify_request(request, KeySet([KeyRecord(key.public, "partner")]), time.time()).binding
    headers = [(b"content-type", b"application/json")]
    added = sign_response(200, headers, b"{}", binding, key, time.time())
    answer = TheirResponse(200, texts([*headers, *added]), asked)
    verifier = handler(HTTPMessageVerifier, algorithm, key)
    (result,) = verifier.verify(answer, expect_tag="isa-gateway-v1")
    assert len(result.covered_components) == len(ANSWER_COVERED) + 1
    asked.headers["content-digest"] = make_digest(b"another question")
    with pytest.raises(InvalidSignature):
        verifier.verify(answer, expect_tag="isa-gateway-v1")


@BOTH
def test_their_answer_verifies_here(algorithm: Algorithm) -> None:
    key = SigningKey.generate(algorithm)
    keys = KeySet([KeyRecord(key.public, "gateway")])
    fields = lines(FIELDS)
    signed = sign_request(RequestMessage("POST", TARGET, fields, BODY), key, time.time())
    asked = TheirRequest("POST", TARGET, texts([*fields, *signed.headers]))
    answer = TheirResponse(200, {"content-type": "application/json"}, asked)
    handler(HTTPMessageSigner, algorithm, key).sign(
        answer,
        key_id=key.public.keyid,
        label="gw",
        tag="isa-gateway-v1",
        covered_component_ids=ANSWER_COVERED,
        body=b"{}",
        **times(),
    )
    received = ResponseMessage(200, lines(answer.headers), b"{}")
    assert verify_response(received, signed.binding, keys, time.time()).keyid == key.public.keyid


def test_the_binding_is_what_was_sent() -> None:
    """What the client expects an answer to cover is, to the byte, what stood in its request."""
    key = SigningKey.generate()
    signed = sign_request(RequestMessage("POST", TARGET, lines(FIELDS), BODY), key, time.time())
    sent = texts([*lines(FIELDS), *signed.headers])
    assert signed.binding == RequestBinding(
        "POST",
        TARGET,
        make_digest(BODY),
        "sig1",
        sent["signature"].removeprefix("sig1="),
        sent["signature-input"].removeprefix("sig1="),
    )
