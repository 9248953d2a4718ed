"""Signing for httpx: `GatewayAuth` signs what a client sends to one gateway and checks what comes back.

Invariant: no answer reaches the caller that a trusted key did not sign for this very request, and no request is
signed for another origin. Gateway keys are given, or fetched and held against given thumbprints; a key is
never trusted because it was fetched.
"""

import time
from collections.abc import Callable, Collection, Generator, Mapping
from typing import Any, Final
from uuid import uuid4

import httpx

from gateway.client.answers import read_json, read_object
from gateway.client.errors import ForeignOriginError, UntrustedKeysError, UnverifiedAnswerError
from gateway.httpsig.errors import KeyFormatError, SignatureError
from gateway.httpsig.keys import KeyRecord, KeySet, PublicKey, SigningKey
from gateway.httpsig.message import RequestMessage, ResponseMessage, normal_origin, target_uri
from gateway.httpsig.profile import Limits
from gateway.httpsig.request import SignedRequest, sign_request
from gateway.httpsig.response import verify_response

JWKS_PATH: Final = "/.well-known/jwks.json"
ANSWER_LIMITS: Final = Limits(body=67_108_864)
_STALE: Final = ("signature", "signature-input", "content-digest")


class GatewayAuth(httpx.Auth):
    """Signs what an httpx client sends to one gateway and refuses answers that are not signed for it.

    Adds `idempotency-key` to a body that has none. Trusted keys: a JWKS object, or RFC 7638 thumbprints (`pins`)
    against which the gateway's published keys are held. `clock` gives Unix seconds, UTC. Leave
    httpx's `follow_redirects` off: a redirect would carry the signed question to wherever it points, and httpx
    shows an auth class only the end of the chain.

    Raises:
        ValueError: no keys or pins are given, or the origin is none.
        KeyFormatError: a key of the JWKS is not acceptable.
    """

    requires_request_body = True
    requires_response_body = True

    def __init__(
        self,
        origin: str,
        key: SigningKey,
        *,
        jwks: Mapping[str, Any] | None = None,
        pins: Collection[str] = (),
        clock: Callable[[], float] = time.time,
    ) -> None:
        if (jwks is None) == (not pins):
            raise ValueError("give the gateway's keys as jwks, or their thumbprints as pins")
        self.origin = normal_origin(origin)
        self._key = key
        self._clock = clock
        self._pins = frozenset(pins)
        self._trusted = None if jwks is None else KeySet.from_jwks(jwks, self.origin)

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """One exchange; before the first, the published keys are fetched if only their thumbprints are known."""
        if normal_origin(f"{request.url.scheme}://{request.url.netloc.decode('ascii')}") != self.origin:
            raise ForeignOriginError("foreign-origin")
        if self._trusted is None:
            published = yield httpx.Request(
                "GET",
                f"{self.origin}{JWKS_PATH}",
                headers={"accept-encoding": "identity"},
                extensions=request.extensions,
            )
            self._trusted = self._hold_against_pins(published)
        signed = self._sign(request)
        answer = yield request
        message = ResponseMessage(answer.status_code, _lines(answer.headers), answer.content)
        try:
            verify_response(message, signed.binding, self._trusted, self._clock(), ANSWER_LIMITS)
        except SignatureError as refused:
            raise UnverifiedAnswerError(refused.code.value, refused.element) from refused

    def _sign(self, request: httpx.Request) -> SignedRequest:
        for name in _STALE:
            request.headers.pop(name, None)
        request.headers["accept-encoding"] = "identity"
        if request.content and "idempotency-key" not in request.headers:
            request.headers["idempotency-key"] = str(uuid4())
        path, _, query = request.url.raw_path.partition(b"?")
        target = target_uri(self.origin, path, query)
        message = RequestMessage(request.method, target, _lines(request.headers), request.content)
        signed = sign_request(message, self._key, self._clock())
        for raw_name, value in signed.headers:
            request.headers[raw_name.decode("ascii")] = value.decode("ascii")
        return signed

    def _hold_against_pins(self, published: httpx.Response) -> KeySet:
        keys = []
        for jwk in read_object(read_json(published), "keys").get("keys", []):
            try:
                keys.append(PublicKey.from_jwk(jwk))
            except KeyFormatError:
                continue
        pinned = KeySet(KeyRecord(key, self.origin) for key in keys if key.keyid in self._pins)
        if not len(pinned):
            raise UntrustedKeysError("untrusted-keys")
        return pinned


def _lines(headers: httpx.Headers) -> list[tuple[bytes, bytes]]:
    return [(name.lower(), value) for name, value in headers.raw]
