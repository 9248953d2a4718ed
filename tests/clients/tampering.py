"""What somebody on the way to a client may make of an answer; a client must believe none of it but `nothing`."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from gateway.httpsig.keys import SigningKey
from gateway.httpsig.message import RequestMessage
from gateway.httpsig.request import RequestBinding
from gateway.httpsig.response import bind_request, sign_response
from tests.clients.between import Answer, Change

SIGNED = ("content-digest", "signature-input", "signature")


@dataclass(slots=True)
class Tampering:
    """`own` is the gateway's key, for answers that it signed and that are still not the answer to this question."""

    own: SigningKey = field(repr=False)
    foreign: SigningKey = field(default_factory=SigningKey.generate, repr=False)
    first: Answer | None = field(default=None, repr=False)

    def changes(self) -> Mapping[str, Change]:
        made = (self.body, self.body_and_digest, self.status, self.media_type, self.unsigned, self.foreign_key)
        bound = (
            self.foreign_key_under_the_pin,
            self.of_another_question,
            self.stale,
            self.from_tomorrow,
            self.not_bound,
        )
        return {change.__name__: change for change in (*made, *bound)}

    def nothing(self, request: RequestMessage, answer: Answer) -> Answer:
        """Signed again as the gateway does it."""
        return self._signed(answer, bind_request(request), self.own) if request.method == "POST" else answer

    def body(self, _request: RequestMessage, answer: Answer) -> Answer:
        return replace(answer, body=answer.body.replace(b"Confirmed", b"Cancelled"))

    def body_and_digest(self, request: RequestMessage, answer: Answer) -> Answer:
        other = self.body(request, answer)
        made = self._signed(other, bind_request(request), self.foreign)
        digest = tuple(line for line in made.headers if line[0] == b"content-digest")
        return replace(other, headers=(*other.without("content-digest").headers, *digest))

    def status(self, _request: RequestMessage, answer: Answer) -> Answer:
        return replace(answer, status=201)

    def media_type(self, _request: RequestMessage, answer: Answer) -> Answer:
        return replace(answer, headers=(*answer.without("content-type").headers, (b"content-type", b"text/plain")))

    def unsigned(self, _request: RequestMessage, answer: Answer) -> Answer:
        return answer.without(*SIGNED)

    def foreign_key(self, request: RequestMessage, answer: Answer) -> Answer:
        """Another key, published as such."""
        if request.method == "GET":
            return self._publishing(answer, self.foreign.public.to_jwk())
        return self._signed(self.body(request, answer), bind_request(request), self.foreign)

    def foreign_key_under_the_pin(self, request: RequestMessage, answer: Answer) -> Answer:
        """Another key, published and named under the thumbprint of the gateway's."""
        if request.method == "GET":
            return self._publishing(answer, {**self.foreign.public.to_jwk(), "kid": self.own.public.keyid})
        named = SigningKey(self.own.public, self.foreign.raw)
        return self._signed(self.body(request, answer), bind_request(request), named)

    def of_another_question(self, request: RequestMessage, answer: Answer) -> Answer:
        """What the gateway answered first, again; the very first time it is the right one."""
        if request.method == "GET":
            return answer
        self.first = self.first or answer
        return self.first

    def stale(self, request: RequestMessage, answer: Answer) -> Answer:
        return self._signed(answer, bind_request(request), self.own, -3600)

    def from_tomorrow(self, request: RequestMessage, answer: Answer) -> Answer:
        return self._signed(answer, bind_request(request), self.own, 86_400)

    def not_bound(self, request: RequestMessage, answer: Answer) -> Answer:
        """As the gateway answers a request whose signature did not arrive."""
        bare = tuple(line for line in request.headers if line[0].decode() not in SIGNED)
        return self._signed(answer, bind_request(replace(request, headers=bare)), self.own)

    def _publishing(self, answer: Answer, key: Mapping[str, str]) -> Answer:
        return replace(answer.without(*SIGNED), body=json.dumps({"keys": [key]}).encode())

    def _signed(self, answer: Answer, binding: RequestBinding, key: SigningKey, later: int = 0) -> Answer:
        bare = answer.without(*SIGNED)
        added = sign_response(bare.status, bare.headers, bare.body, binding, key, time.time() + later)
        return replace(bare, headers=(*bare.headers, *added))
