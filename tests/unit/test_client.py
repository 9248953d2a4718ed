"""The client against a gateway that signs, logs and proves like the real one, and one that cheats."""

import asyncio
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

import httpx
import pytest

from audit.vocabulary import digest_text
from gateway.client.auth import GatewayAuth
from gateway.client.calls import AsyncGateway, Gateway
from gateway.client.errors import (
    ClientError,
    ConflictError,
    ForeignOriginError,
    MalformedAnswerError,
    NotAvailableError,
    ProblemError,
    RefusedError,
    UnauthorizedError,
    UnavailableError,
    UnprovenAnswerError,
    UntrustedKeysError,
    UnverifiedAnswerError,
)
from gateway.client.question import Question
from gateway.httpsig.errors import SignatureError
from gateway.httpsig.keys import KeyRecord, KeySet, SigningKey
from gateway.httpsig.message import RequestMessage, target_uri
from gateway.httpsig.request import RequestBinding, VerifiedRequest, verify_request
from gateway.httpsig.response import bind_request, sign_response
from tests.unit.audit.simulator import LOG_KEY, OTHER_KEY, LogSimulator, disclosure

ORIGIN = "https://gateway.example"
NOW = 1_800_000_000.0
PARTNER = SigningKey.generate()
SIGNER = SigningKey.generate()
VKEY = str(LOG_KEY.verifier)
CANARY = "canary-4b1d07"
ABOUT_ONE = Question(
    "esdc-ircc-tfw",
    "lmia-refresh",
    "lmia",
    ("decision", "employer_name"),
    scheme="lmia-system-file-number",
    value=CANARY,
    case_reference="W000000001",
)
LIST = Question("esdc-ircc-tfw", "open-lmia-list", "open-lmia", ("decision", "employer_name"), filter={"noc": "85101"})
RECORD = {"decision": "Confirmed", "employer_name": "Invented Orchards Ltd."}
Change = Callable[[dict[str, Any]], object]


@dataclass
class GatewaySimulator:
    """Verifies requests and answers them over a log of its own. The hooks are where a test makes it cheat."""

    signer: SigningKey = SIGNER
    clock: float = NOW
    records: list[dict[str, Any]] = field(default_factory=lambda: [dict(RECORD)])
    cursors: dict[str | None, str | None] = field(default_factory=lambda: {None: None})
    problem: dict[str, Any] | None = None
    change: Change = lambda members: None
    logged_body: bytes | None = None
    binding: RequestBinding | None = None
    tamper: Callable[[httpx.Response], httpx.Response] = lambda response: response
    requests: list[httpx.Request] = field(default_factory=list)
    log: LogSimulator = field(default_factory=LogSimulator)
    issued: dict[int, dict[str, bytes]] = field(default_factory=dict)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        if request.url.path == "/.well-known/jwks.json":
            return httpx.Response(200, json={"keys": [{"kty": "oct"}, self.signer.public.to_jwk()]})
        headers = [(name.lower(), value) for name, value in request.headers.raw]
        path, _, query = request.url.raw_path.partition(b"?")
        message = RequestMessage(request.method, target_uri(ORIGIN, path, query), headers, request.content)
        try:
            seen = verify_request(message, KeySet([KeyRecord(PARTNER.public, "ircc")]), self.clock)
        except SignatureError:
            problem = {"type": "/problems/unauthorized", "title": "No", "status": 401, "code": "unauthorized"}
            return self.answer(401, problem, bind_request(message))
        return self.route(request, seen)

    def route(self, request: httpx.Request, seen: VerifiedRequest) -> httpx.Response:
        if self.problem is not None:
            return self.answer(self.problem["status"], self.problem, seen.binding)
        if request.url.path == "/v1/agreements":
            return self.answer(200, {"agreements": [{"id": "esdc-ircc-tfw"}]}, seen.binding)
        if request.url.path.startswith("/v1/receipts/"):
            return self.answer(200, self.receipt(int(request.url.path.rsplit("/", 1)[1])), seen.binding)
        return self.answer(200, self.disclose(request.content), seen.binding)

    def disclose(self, body: bytes) -> dict[str, Any]:
        asked = json.loads(body)
        digest = digest_text(sha256(self.logged_body or body).digest())
        entry, openings, _ = disclosure(self.records, request_digest=digest)
        index = self.log.append(entry)
        self.issued[index] = openings
        pending = {
            "entry": self.log_receipt(index).to_dict()["entry"],
            "entry_index": index,
            "openings": self.log_receipt(index).to_dict()["openings"],
            "proof": None,
        }
        return {
            "entry_index": index,
            "decision": {"effect": "permit", "clauses": ["lmia-refresh#c1"]},
            "record_type": asked["record_type"],
            "records": [dict(record) for record in self.records],
            "forms": {"decision": "plain"},
            "withheld": [{"element": "contact_name", "reason": "not-in-clause"}],
            "obligations": [{"code": "dispose"}],
            "next_cursor": self.cursors[(asked.get("list") or {}).get("cursor")],
            "receipt": pending,
        }

    def log_receipt(self, index: int) -> Any:
        self.log.publish()
        return self.log.receipt(index, self.issued[index])

    def receipt(self, index: int) -> dict[str, Any]:
        members: dict[str, Any] = self.log_receipt(index).to_dict()
        return members

    def answer(self, status: int, members: dict[str, Any], binding: RequestBinding) -> httpx.Response:
        self.change(members)
        body = json.dumps(members).encode()
        headers = [(b"content-type", b"application/json")]
        bound = self.binding or binding
        headers += sign_response(status, headers, body, bound, self.signer, self.clock)
        return self.tamper(httpx.Response(status, headers=headers, content=body))


@pytest.fixture
def simulator() -> GatewaySimulator:
    return GatewaySimulator()


@pytest.fixture
def gateway(simulator: GatewaySimulator) -> Iterator[Gateway]:
    with connect(simulator) as client:
        yield client


def connect(simulator: GatewaySimulator, **changes: Any) -> Gateway:
    arguments: dict[str, Any] = {
        "log_vkey": VKEY,
        "jwks": {"keys": [SIGNER.public.to_jwk()]},
        "transport": httpx.MockTransport(simulator),
        "clock": lambda: NOW,
    }
    return Gateway(ORIGIN, PARTNER, **{**arguments, **changes})


def test_a_question_is_answered_and_its_receipt_checked(gateway: Gateway) -> None:
    answer = gateway.disclose(ABOUT_ONE)
    assert answer.records == [RECORD]
    assert answer.withheld == [{"element": "contact_name", "reason": "not-in-clause"}]
    assert (answer.entry_index, answer.record_type, answer.next_cursor) == (0, "lmia", None)
    assert answer.receipt.opened.entry.effect == "permit"
    assert not answer.receipt.proven


def test_the_proof_is_fetched_later_and_checked_against_the_records_kept(gateway: Gateway) -> None:
    answer = gateway.disclose(ABOUT_ONE)
    later = gateway.receipt(answer.entry_index, answer.records)
    assert later.proven
    assert later.opened.entry == answer.receipt.opened.entry
    with pytest.raises(UnprovenAnswerError) as refused:
        gateway.receipt(answer.entry_index, [{**RECORD, "decision": "Refused"}])
    assert refused.value.code == "commitment-mismatch"


def test_agreements(gateway: Gateway) -> None:
    assert gateway.agreements() == {"agreements": [{"id": "esdc-ircc-tfw"}]}


def test_the_body_is_what_the_api_defines(gateway: Gateway, simulator: GatewaySimulator) -> None:
    gateway.disclose(replace(ABOUT_ONE, recipient="ircc-ocm"))
    sent = simulator.requests[-1]
    assert json.loads(sent.content) == {
        "agreement": "esdc-ircc-tfw",
        "purpose": "lmia-refresh",
        "record_type": "lmia",
        "elements": ["decision", "employer_name"],
        "subject": {"scheme": "lmia-system-file-number", "value": CANARY},
        "case_reference": "W000000001",
        "acting_officer": None,
        "recipient": "ircc-ocm",
        "ground": None,
    }
    assert sent.headers["content-type"] == "application/json"
    assert sent.headers["accept-encoding"] == "identity"
    assert CANARY not in str(sent.url)


def test_every_call_has_a_fresh_nonce_and_idempotency_key_unless_it_is_given(
    gateway: Gateway, simulator: GatewaySimulator
) -> None:
    for _ in range(2):
        gateway.disclose(ABOUT_ONE)
        gateway.disclose(ABOUT_ONE, idempotency_key="the-same-question")
    keys = [request.headers["idempotency-key"] for request in simulator.requests]
    inputs = [request.headers["signature-input"] for request in simulator.requests]
    assert len(set(keys)) == 3
    assert keys[1] == keys[3] == "the-same-question"
    assert len(set(inputs)) == 4


def test_pages_follow_the_cursor_to_the_end(gateway: Gateway, simulator: GatewaySimulator) -> None:
    simulator.cursors = {None: "c1", "c1": "c2", "c2": None}
    pages = list(gateway.pages(replace(LIST, limit=7)))
    asked = [json.loads(request.content)["list"] for request in simulator.requests]
    assert [page.entry_index for page in pages] == [0, 1, 2]
    assert [part["cursor"] for part in asked] == [None, "c1", "c2"]
    assert asked[0] == {"filter": {"noc": "85101"}, "limit": 7, "cursor": None}


def test_a_list_that_never_ends_is_noticed(gateway: Gateway, simulator: GatewaySimulator) -> None:
    simulator.cursors = {None: "c1", "c1": "c1"}
    with pytest.raises(MalformedAnswerError) as refused:
        list(gateway.pages(LIST))
    assert refused.value.code == "endless-list"
    assert len(simulator.requests) == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"scheme": None},
        {"value": None},
        {"filter": {}},
        {"scheme": None, "value": None},
    ],
)
def test_a_question_has_exactly_one_target(gateway: Gateway, wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="either scheme and value, or a filter"):
        gateway.disclose(replace(ABOUT_ONE, **wrong))


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (401, UnauthorizedError),
        (403, RefusedError),
        (404, NotAvailableError),
        (409, ConflictError),
        (422, ProblemError),
        (429, UnavailableError),
        (500, ProblemError),
        (503, UnavailableError),
    ],
)
def test_a_signed_no_is_an_error_that_carries_the_problem(
    gateway: Gateway, simulator: GatewaySimulator, status: int, kind: type[ProblemError]
) -> None:
    simulator.problem = {
        "type": "/problems/some-code",
        "title": "A title",
        "titles": {"en": "A title", "fr": "Un titre"},
        "status": status,
        "detail": CANARY,
        "code": "some-code",
        "element": "elements[1]",
        "entry_index": 17,
        "reasons": [{"code": "no-clause", "citations": ["DESDA-34.1"]}],
    }
    with pytest.raises(ProblemError) as refused:
        gateway.disclose(ABOUT_ONE)
    problem = refused.value.problem
    assert type(refused.value) is kind
    assert (problem.status, problem.code, problem.element) == (status, "some-code", "elements[1]")
    assert (problem.title, problem.title_fr, problem.entry_index) == ("A title", "Un titre", 17)
    assert problem.reasons[0]["code"] == "no-clause"
    assert str(refused.value) == "some-code: elements[1]"
    assert CANARY not in repr(problem)


def test_a_refused_signature_is_still_a_signed_answer_to_it(simulator: GatewaySimulator) -> None:
    """The partner's key is unknown; the gateway's 401 is bound to the very signature it refused."""
    with (
        Gateway(
            ORIGIN,
            SigningKey.generate(),
            log_vkey=VKEY,
            jwks={"keys": [SIGNER.public.to_jwk()]},
            transport=httpx.MockTransport(simulator),
            clock=lambda: NOW,
        ) as gateway,
        pytest.raises(UnauthorizedError),
    ):
        gateway.disclose(ABOUT_ONE)


def strip(name: str) -> Callable[[httpx.Response], httpx.Response]:
    def without(response: httpx.Response) -> httpx.Response:
        del response.headers[name]
        return response

    return without


def rewrite(response: httpx.Response) -> httpx.Response:
    return httpx.Response(200, headers=response.headers, content=response.content.replace(b"Confirmed", b"Refused__"))


@pytest.mark.parametrize(
    ("tamper", "code"),
    [
        (strip("signature"), "missing-signature"),
        (strip("content-digest"), "digest-missing"),
        (rewrite, "digest-mismatch"),
        (lambda _: httpx.Response(502, text="Bad gateway"), "missing-signature"),
        (lambda _: httpx.Response(302, headers={"location": "https://evil.example/"}), "missing-signature"),
        (lambda found: httpx.Response(403, headers=found.headers, content=found.content), "bad-signature"),
    ],
)
def test_an_answer_changed_on_its_way_is_not_used(
    gateway: Gateway, simulator: GatewaySimulator, tamper: Any, code: str
) -> None:
    simulator.tamper = tamper
    with pytest.raises(UnverifiedAnswerError) as refused:
        gateway.disclose(ABOUT_ONE)
    assert refused.value.code == code


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_signed_question_is_not_carried_elsewhere(gateway: Gateway, simulator: GatewaySimulator, status: int) -> None:
    simulator.tamper = lambda _: httpx.Response(status, headers={"location": "https://evil.example/"})
    with pytest.raises(UnverifiedAnswerError):
        gateway.disclose(ABOUT_ONE)
    assert [request.url.host for request in simulator.requests] == ["gateway.example"]


def test_an_old_answer_played_back_is_not_used(gateway: Gateway, simulator: GatewaySimulator) -> None:
    kept: list[httpx.Response] = []

    def keep(response: httpx.Response) -> httpx.Response:
        kept.append(response)
        first = kept[0]
        return httpx.Response(first.status_code, headers=first.headers, content=first.content)

    simulator.tamper = keep
    gateway.disclose(ABOUT_ONE)
    with pytest.raises(UnverifiedAnswerError) as refused:
        gateway.disclose(ABOUT_ONE)
    assert refused.value.code == "bad-signature"


def test_an_answer_bound_to_nothing_is_not_used(gateway: Gateway, simulator: GatewaySimulator) -> None:
    simulator.binding = RequestBinding("POST", f"{ORIGIN}/v1/disclosures")
    with pytest.raises(UnverifiedAnswerError) as refused:
        gateway.disclose(ABOUT_ONE)
    assert refused.value.code == "wrong-coverage"


def test_another_signer_is_not_believed(gateway: Gateway, simulator: GatewaySimulator) -> None:
    simulator.signer = SigningKey.generate()
    with pytest.raises(UnverifiedAnswerError) as refused:
        gateway.disclose(ABOUT_ONE)
    assert refused.value.code == "unknown-key"


def test_pinned_keys_are_fetched_once_and_held_against_their_thumbprints(simulator: GatewaySimulator) -> None:
    with connect(simulator, jwks=None, pins=[SIGNER.public.keyid]) as gateway:
        gateway.agreements()
        gateway.disclose(ABOUT_ONE)
    paths = [request.url.path for request in simulator.requests]
    assert paths == ["/.well-known/jwks.json", "/v1/agreements", "/v1/disclosures"]
    assert "signature" not in simulator.requests[0].headers


def test_keys_without_the_pinned_thumbprint_are_not_trusted(simulator: GatewaySimulator) -> None:
    """Whoever controls the network can publish keys of its own; nothing is asked of it."""
    simulator.signer = SigningKey.generate()
    with connect(simulator, jwks=None, pins=[SIGNER.public.keyid]) as gateway, pytest.raises(UntrustedKeysError):
        gateway.disclose(ABOUT_ONE)
    assert len(simulator.requests) == 1


@pytest.mark.parametrize("trust", [{"jwks": None}, {"pins": ["x"]}])
def test_trust_is_said_in_exactly_one_way(simulator: GatewaySimulator, trust: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="jwks"):
        connect(simulator, **trust)


def lie(name: str, value: Any) -> Change:
    return lambda members: members.update({name: value})


@pytest.mark.parametrize(
    ("change", "kind", "code"),
    [
        (lie("records", [{**RECORD, "decision": "Refused"}]), UnprovenAnswerError, "commitment-mismatch"),
        (lie("records", []), UnprovenAnswerError, "receipt-invalid"),
        (lie("entry_index", 5), UnprovenAnswerError, "wrong-index"),
        (lie("entry_index", False), UnprovenAnswerError, "wrong-index"),
        (lie("receipt", {}), UnprovenAnswerError, "receipt-invalid"),
        (lie("receipt", None), MalformedAnswerError, "malformed-answer"),
        (lie("records", [{**RECORD, "sin": "x"}]), UnprovenAnswerError, "receipt-invalid"),
        (lie("records", None), MalformedAnswerError, "malformed-answer"),
        (lie("withheld", "x"), MalformedAnswerError, "malformed-answer"),
        (lie("record_type", None), MalformedAnswerError, "malformed-answer"),
        (lie("next_cursor", 7), MalformedAnswerError, "malformed-answer"),
        (lie("decision", []), MalformedAnswerError, "malformed-answer"),
    ],
)
def test_a_gateway_that_signs_an_answer_it_did_not_log(
    gateway: Gateway, simulator: GatewaySimulator, change: Change, kind: type[ClientError], code: str
) -> None:
    simulator.change = change
    with pytest.raises(ClientError) as refused:
        gateway.disclose(ABOUT_ONE)
    assert type(refused.value) is kind
    assert refused.value.code == code


def test_an_element_that_was_not_asked_for_is_not_accepted(gateway: Gateway, simulator: GatewaySimulator) -> None:
    """Logged and proven it may be: the recipient has no authority to collect it."""
    simulator.records = [{**RECORD, "sin": "x"}]
    with pytest.raises(MalformedAnswerError) as refused:
        gateway.disclose(ABOUT_ONE)
    assert (refused.value.code, refused.value.element) == ("unasked-element", "records")


def test_a_receipt_for_another_question_is_refused(gateway: Gateway, simulator: GatewaySimulator) -> None:
    simulator.logged_body = b"{}"
    with pytest.raises(UnprovenAnswerError):
        gateway.disclose(ABOUT_ONE)


def test_a_checkpoint_of_another_log_proves_nothing(simulator: GatewaySimulator) -> None:
    with connect(simulator) as gateway, connect(simulator, log_vkey=str(OTHER_KEY.verifier)) as other:
        index = gateway.disclose(ABOUT_ONE).entry_index
        assert gateway.receipt(index).proven
        with pytest.raises(UnprovenAnswerError):
            other.receipt(index)


def test_the_receipt_of_another_entry_is_refused(gateway: Gateway, simulator: GatewaySimulator) -> None:
    gateway.disclose(ABOUT_ONE)
    gateway.disclose(ABOUT_ONE)
    first = simulator.receipt(0)
    simulator.change = lambda members: members.update(first)
    with pytest.raises(UnprovenAnswerError) as refused:
        gateway.receipt(1)
    assert refused.value.code == "wrong-index"


@pytest.mark.parametrize("body", [b"[]", b"{", b'{"a":1,"a":2}', b"\xff", b"[" * 100_000])
def test_a_signed_answer_that_is_no_object(gateway: Gateway, simulator: GatewaySimulator, body: bytes) -> None:
    def rubbish(members: object, status: int, binding: RequestBinding) -> httpx.Response:
        headers = [(b"content-type", b"application/json")]
        headers += sign_response(200, headers, body, binding, SIGNER, NOW)
        return httpx.Response(200, headers=headers, content=body)

    simulator.answer = lambda status, members, binding: rubbish(members, status, binding)  # type: ignore[method-assign]
    with pytest.raises(MalformedAnswerError):
        gateway.agreements()


def test_nothing_is_signed_for_another_origin(simulator: GatewaySimulator) -> None:
    auth = GatewayAuth(ORIGIN, PARTNER, jwks={"keys": [SIGNER.public.to_jwk()]}, clock=lambda: NOW)
    with httpx.Client(auth=auth, transport=httpx.MockTransport(simulator)) as http:
        for url in ("https://evil.example/v1/agreements", "http://gateway.example/", "https://gateway.example:444/"):
            with pytest.raises(ForeignOriginError):
                http.get(url)
        assert simulator.requests == []
        assert http.get(f"{ORIGIN}:443/v1/agreements").status_code == 200


def test_a_request_sent_again_is_signed_anew(simulator: GatewaySimulator) -> None:
    auth = GatewayAuth(ORIGIN, PARTNER, jwks={"keys": [SIGNER.public.to_jwk()]}, clock=lambda: NOW)
    with httpx.Client(auth=auth, transport=httpx.MockTransport(simulator)) as http:
        request = http.build_request(
            "POST", f"{ORIGIN}/v1/disclosures", content=ABOUT_ONE.body(), headers={"content-type": "application/json"}
        )
        signatures = []
        for _ in range(2):
            assert http.send(request).status_code == 200
            signatures.append(request.headers["signature"])
    assert len(set(signatures)) == 2


def test_escapes_in_paths_and_queries_are_signed_as_they_are_sent(simulator: GatewaySimulator) -> None:
    auth = GatewayAuth(ORIGIN, PARTNER, jwks={"keys": [SIGNER.public.to_jwk()]}, clock=lambda: NOW)
    simulator.problem = {"status": 404, "code": "not-found"}
    with httpx.Client(auth=auth, transport=httpx.MockTransport(simulator)) as http:
        for target in ("/a%2Fb", "/a?x=%20y&z=+", "/caf%C3%A9", "/a?", "/x;y=1"):
            assert http.get(ORIGIN + target).status_code == 404


def test_no_value_in_any_representation_or_error(gateway: Gateway, simulator: GatewaySimulator) -> None:
    simulator.records = [{"decision": CANARY, "employer_name": CANARY}]
    answer = gateway.disclose(ABOUT_ONE)
    assert CANARY not in repr(ABOUT_ONE) + repr(answer) + repr(answer.receipt)
    simulator.change = lie("records", [{"decision": CANARY + "x", "employer_name": CANARY}])
    with pytest.raises(UnprovenAnswerError) as refused:
        gateway.disclose(ABOUT_ONE)
    assert CANARY not in f"{refused.value!r} {refused.value.__cause__!r}"


def test_the_asynchronous_client_does_the_same(simulator: GatewaySimulator) -> None:
    async def calls() -> None:
        async with AsyncGateway(
            ORIGIN,
            PARTNER,
            log_vkey=VKEY,
            pins=[SIGNER.public.keyid],
            transport=httpx.MockTransport(simulator),
            clock=lambda: NOW,
        ) as gateway:
            simulator.cursors = {None: "c1", "c1": None}
            assert [page.entry_index async for page in gateway.pages(LIST)] == [0, 1]
            assert (await gateway.receipt(1, [RECORD])).proven
            assert (await gateway.agreements())["agreements"]
            simulator.tamper = rewrite
            with pytest.raises(UnverifiedAnswerError):
                await gateway.disclose(ABOUT_ONE)

    asyncio.run(calls())
