"""One signed exchange: check the request's signature before anything reads it, sign whatever answers it.

Order of checks (DESIGN.md "Signed calls"): size caps, then everything `httpsig.verify_request` checks, then the replay
cache; the durable nonce check comes with the commit. Every signature failure gives the same answer; its reason goes to
the security log only. Every answer is signed, problems and crashes too.
Every request needs a signature unless its path is that of a public route; what is routed decides, not a spelling.
Does not: read the body's JSON, decide, or know the routes.
"""

import re
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256

from starlette.responses import Response

from audit.quick import quick
from gateway.api.language import prefers_french
from gateway.api.problem_response import problem_response
from gateway.api.rate_limit import RateLimit
from gateway.api.routed import Message, PartnerApp, Receive, Scope, Send
from gateway.domain.errors import DependencyError
from gateway.httpsig.errors import Reason, SignatureError
from gateway.httpsig.keys import KeyLookup, SigningKey
from gateway.httpsig.message import RequestMessage, target_uri
from gateway.httpsig.request import RequestBinding, VerifiedRequest, verify_request
from gateway.httpsig.response import bind_request, sign_response
from gateway.observability.logs import Event, diagnostic_log, security_log
from gateway.observability.metrics import Telemetry
from gateway.service.referral.opening import TooManyOpenError

MAX_BODY = 65_536
REPLAY_CACHE_SIZE = 65_536
_UNBOUND = RequestBinding(None, None)
_TRACEPARENT = re.compile(rb"00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}")


@quick
@dataclass(frozen=True, slots=True)
class Exchange:
    """What a route may know of the request: its raw body, who signed it (None on unsigned routes), and when it had
    arrived whole (monotonic seconds)."""

    body: bytes = field(repr=False)
    verified: VerifiedRequest | None
    french: bool
    arrived: float


class TooLarge(Exception):  # noqa: N818 - control flow within this module
    pass


class SignedExchange:
    """The ASGI application around the partner API's two."""

    def __init__(
        self,
        app: PartnerApp,
        *,
        origin: str,
        keys: KeyLookup,
        signer: SigningKey,
        clock: Callable[[], float],
        rate_limit: RateLimit,
        telemetry: Telemetry,
    ) -> None:
        self._app = app
        self._origin = origin
        self._keys = keys
        self._signer = signer
        self._clock = clock
        self._rate_limit = rate_limit
        self._telemetry = telemetry
        self._seen: OrderedDict[tuple[str, str], None] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app.signed(scope, receive, _in_one_line(send))
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close"})
            return
        public = self._app.is_public(scope["path"])
        started = time.perf_counter()
        head: RequestMessage | None = None
        verified: VerifiedRequest | None = None
        french = prefers_french(scope["headers"])
        answer = _Answer()
        try:
            target = target_uri(self._origin, scope["raw_path"], scope["query_string"])
            head = RequestMessage(scope["method"], target, scope["headers"], b"")
            body = await _read_body(receive)
            arrived = time.monotonic()
            if not public:
                whole = RequestMessage(head.method, target, head.headers, body)
                verified = verify_request(whole, self._keys, self._clock())
                self._refuse_replay(verified)
            party = None if verified is None else verified.party
            refusal = None if party is None else self._rate_limit.check(party)
            if refusal is not None:
                security_log().warning(Event.RATE_LIMITED, party=party, **traced(scope))
                await problem_response("rate-limited", french=french, headers=refusal)(scope, receive, answer)
            else:
                scope["exchange"] = Exchange(body, verified, french, arrived)
                await (self._app.public if public else self._app.signed)(scope, receive, answer)
        except TooLarge:
            await problem_response("payload-too-large", french=french)(scope, receive, answer)
        except SignatureError as error:
            self._telemetry.signature_refused(error.code)
            party = verified.party if verified else None
            security_log().warning(Event.SIGNATURE_REFUSED, code=error.code, party=party, **traced(scope))
            await answer.replace(problem_response("unauthorized", french=french), scope, receive)
        except TooManyOpenError:
            problem = problem_response("rate-limited", french=french, headers={"retry-after": "3600"})
            await answer.replace(problem, scope, receive)
        except DependencyError as error:
            diagnostic_log().error(
                Event.DEPENDENCY_FAILED, code=error.code, exception=type(error).__name__, **traced(scope)
            )
            problem = problem_response("unavailable", french=french, headers={"retry-after": "1"})
            await answer.replace(problem, scope, receive)
        except Exception as error:  # noqa: BLE001 - the boundary: nothing may leave but a signed problem
            diagnostic_log().error(Event.UNEXPECTED_FAILURE, exception=type(error).__name__, **traced(scope))
            await answer.replace(problem_response("internal-error", french=french), scope, receive)
        if verified is not None:
            answer.headers.extend(self._rate_limit.headers(verified.party))
        await self._send(answer, _binding(head, verified, public), send)
        self._telemetry.answered(answer.status, time.perf_counter() - started)

    def _refuse_replay(self, verified: VerifiedRequest) -> None:
        """The usual replay ends here; the durable check, shared by all replicas, comes with the commit."""
        nonce = (verified.keyid, verified.nonce)
        if nonce in self._seen:
            raise ReplayedNonceError
        self._seen[nonce] = None
        if len(self._seen) > REPLAY_CACHE_SIZE:
            self._seen.popitem(last=False)

    async def _send(self, answer: "_Answer", binding: RequestBinding, send: Send) -> None:
        body = b"".join(answer.body)
        headers = [*answer.headers]
        try:
            headers.extend(sign_response(answer.status, headers, body, binding, self._signer, self._clock()))
        except SignatureError:
            # A request so broken that its parts cannot be covered still gets an answer signed for itself alone.
            headers.extend(sign_response(answer.status, headers, body, _UNBOUND, self._signer, self._clock()))
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        await send({"type": "http.response.body", "body": body})


class ReplayedNonceError(SignatureError):
    """The nonce was spent before: in this process's memory, or in the durable record."""

    def __init__(self) -> None:
        super().__init__(Reason.REPLAYED_NONCE, "nonce")


class UnsignedError(SignatureError):
    """No signature covers what the route needs one for."""

    def __init__(self, component: str) -> None:
        super().__init__(Reason.MISSING_COMPONENT if component != "signature" else Reason.MISSING_SIGNATURE, component)


class _Answer:
    """Holds an answer back until it is signed; also the `send` of the application."""

    def __init__(self) -> None:
        self.status = 500
        self.headers: list[tuple[bytes, bytes]] = []
        self.body: list[bytes] = []

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = list(message.get("headers", ()))
        elif message["type"] == "http.response.body":
            self.body.append(message.get("body", b""))

    async def replace(self, response: Response, scope: Scope, receive: Receive) -> None:
        self.headers, self.body = [], []
        await response(scope, receive, self)


def _binding(head: RequestMessage | None, verified: VerifiedRequest | None, public: bool) -> RequestBinding:
    """What the answer covers of the request: all of it that was signed, also where the signature could not be checked,
    because it is wrong or because the registry of keys is away."""
    if verified is not None:
        return verified.binding
    return _UNBOUND if public or head is None else bind_request(head)


def _in_one_line(send: Send) -> Send:
    """A start that fails says why; the framework would give the server the whole traceback to print."""

    async def told(message: Message) -> None:
        if message["type"] == "lifespan.startup.failed":
            message = {**message, "message": message["message"].strip().rpartition("\n")[2]}
        await send(message)

    return told


async def _read_body(receive: Receive) -> bytes:
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return b"".join(parts)
        part = message.get("body", b"")
        size += len(part)
        if size > MAX_BODY:
            raise TooLarge
        parts.append(part)
        if not message.get("more_body", False):
            return b"".join(parts)


def traced(scope: Scope) -> dict[str, str]:
    """A W3C traceparent for the logs: accepted, not trusted.

    The first 16 hex digits of the SHA-256 of the trace id, because a caller can write any number into an id."""
    for name, value in scope["headers"]:
        if name == b"traceparent" and (match := _TRACEPARENT.fullmatch(value)):
            return {"trace": sha256(match[1]).hexdigest()[:16]}
    return {}
