"""The worked example of docs/signatures.md, computed: the blocks that must stand there word for word."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from gateway.httpsig.base import signature_base
from gateway.httpsig.keys import SigningKey
from gateway.httpsig.message import Headers, RequestMessage, ResponseMessage
from gateway.httpsig.request import SignedRequest, sign_request
from gateway.httpsig.response import sign_response

PARTNER = SigningKey.from_raw(Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
GATEWAY = SigningKey.from_raw(Ed25519PrivateKey.from_private_bytes(bytes(range(32, 64))))
CREATED = 1_800_000_000
NONCE = "Zk3mR8tQw1YxV5bNc7dLhA"
BODY = (
    b'{"agreement":"esdc-ircc-tfw","purpose":"lmia-refresh","record_type":"lmia","elements":["decision"],'
    b'"subject":{"scheme":"lmia-system-file-number","value":"8000001"},"case_reference":"W000000001"}'
)
ANSWER = b'{"type":"/problems/denied","title":"Denied","status":403,"code":"denied"}'
HEADERS: Headers = (
    (b"content-type", b"application/json"),
    (b"idempotency-key", b"3f0c1a52-7a0e-4b06-9d0a-0b5a54ce1c11"),
)
REQUEST = RequestMessage("POST", "https://gateway.example/v1/disclosures", HEADERS, BODY)
ANSWER_HEADERS: Headers = ((b"content-type", b"application/problem+json"),)


def signed_request() -> SignedRequest:
    return sign_request(REQUEST, PARTNER, CREATED, nonce=NONCE)


def received_request() -> RequestMessage:
    return RequestMessage(REQUEST.method, REQUEST.target_uri, (*HEADERS, *signed_request().headers), BODY)


def answer() -> ResponseMessage:
    added = sign_response(403, ANSWER_HEADERS, ANSWER, signed_request().binding, GATEWAY, CREATED + 1)
    return ResponseMessage(403, (*ANSWER_HEADERS, *added), ANSWER)


def request_base() -> str:
    """Put together by hand from the parts, line by line."""
    fields = {name.decode(): value.decode() for name, value in received_request().headers}
    names = ("@method", "@target-uri", "content-type", "content-digest", "idempotency-key")
    values = {**fields, "@method": REQUEST.method, "@target-uri": REQUEST.target_uri}
    quoted = {f'"{name}"': values[name] for name in names}
    return signature_base(quoted, quoted, fields["signature-input"].removeprefix("sig1=")).decode()


def answer_base() -> str:
    fields = {name.decode(): value.decode() for name, value in answer().headers}
    asked = {name.decode(): value.decode() for name, value in received_request().headers}
    values = {
        '"@status"': "403",
        '"content-type"': fields["content-type"],
        '"content-digest"': fields["content-digest"],
        '"@method";req': "POST",
        '"@target-uri";req': REQUEST.target_uri,
        '"content-digest";req': asked["content-digest"],
        '"signature";req;key="sig1"': asked["signature"].removeprefix("sig1="),
        '"signature-input";req;key="sig1"': asked["signature-input"].removeprefix("sig1="),
    }
    return signature_base(values, values, fields["signature-input"].removeprefix("sig1=")).decode()


def field_lines(headers: Headers) -> str:
    names = {b"signature": "Signature", b"signature-input": "Signature-Input", b"content-digest": "Content-Digest"}
    titles = {b"content-type": "Content-Type", b"idempotency-key": "Idempotency-Key", **names}
    return "\n".join(f"{titles[name]}: {value.decode()}" for name, value in headers)


def blocks() -> dict[str, str]:
    """The fenced blocks of the example by what they show."""
    return {
        "request": "POST /v1/disclosures HTTP/1.1\nHost: gateway.example\n"
        f"{field_lines(received_request().headers)}\n\n{BODY.decode()}",
        "request base": request_base(),
        "answer": f"HTTP/1.1 403 Forbidden\n{field_lines(answer().headers)}\n\n{ANSWER.decode()}",
        "answer base": answer_base(),
    }
