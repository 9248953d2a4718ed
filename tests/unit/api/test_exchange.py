"""The signed exchange: the order of checks, one answer for every signature failure, and every answer signed."""

import asyncio
import hashlib
import json
from typing import Any

import httpx
import pytest

from gateway.adapters.keyring import KeyRegistryUnavailableError
from gateway.api.exchange import traced
from gateway.httpsig.keys import SigningKey
from tests.partner_api import Headers, SimulatedGateway, question
from tests.simulator import world
from tests.unit.test_disclose import PROTECTED, RECORD, protecting

BODY = json.dumps(question()).encode()
CANARY = "cnry-never-echo"


def gateway() -> SimulatedGateway:
    return SimulatedGateway(world([RECORD, PROTECTED], protecting))


def send(place: SimulatedGateway, body: bytes = BODY, **options: Any) -> httpx.Response:
    return asyncio.run(place.send(body, **options))


def test_a_good_request_is_answered_signed_and_not_cached() -> None:
    answer = send(gateway())
    assert answer.status_code == 200
    assert answer.json()["records"] == [{"status": "open"}]
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["ratelimit"].startswith('"party";r=')


def test_every_signature_failure_is_the_same_answer() -> None:
    place = gateway()

    def tampered_body(lines: Headers, _body: bytes) -> tuple[Headers, bytes]:
        return lines, BODY.replace(b"0000-0001", b"0000-0002")

    def no_signature(lines: Headers, body: bytes) -> tuple[Headers, bytes]:
        return [line for line in lines if line[0] not in (b"signature", b"signature-input")], body

    def other_type(lines: Headers, body: bytes) -> tuple[Headers, bytes]:
        return [(name, b"text/plain" if name == b"content-type" else value) for name, value in lines], body

    answers = [send(place, after_signing=change) for change in (tampered_body, no_signature, other_type)]
    answers.append(send(place, key=SigningKey.generate()))
    send(place, nonce="AbCdEfGhIjKlMnOpQrStUv")
    answers.append(send(place, nonce="AbCdEfGhIjKlMnOpQrStUv"))
    place.now += 61
    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.content for answer in answers}) == 1
    assert len(place.world.log.submissions) == 1


def test_the_durable_record_refuses_a_nonce_that_memory_forgot() -> None:
    place = gateway()
    assert send(place, nonce="AbCdEfGhIjKlMnOpQrStUv").status_code == 200
    place.app._seen.clear()
    assert send(place, nonce="AbCdEfGhIjKlMnOpQrStUv", idempotency_key="key-2").status_code == 401


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b'{"a":1,"a":2}', 400, "malformed-json"),
        (b'{"a":NaN}', 400, "malformed-json"),
        (b'{"a":1.5}', 400, "malformed-json"),
        (b"\xff\xfe", 400, "malformed-json"),
        (b"[" * 40 + b"]" * 40, 400, "malformed-json"),
        (b"[" * 60_000, 400, "malformed-json"),
        (b'"text"', 400, "malformed-json"),
        (b'{"a":"\\ud800"}', 400, "malformed-json"),
        (b"{}", 422, "malformed-request"),
        (json.dumps(question(cnry_member=CANARY)).encode(), 422, "malformed-request"),
        (json.dumps(question(purpose=CANARY.upper())).encode(), 422, "malformed-request"),
        (json.dumps(question(elements=[])).encode(), 422, "malformed-request"),
        (json.dumps(question(elements=["status", "status"])).encode(), 422, "malformed-request"),
        (json.dumps(question(list={"filter": {}})).encode(), 422, "malformed-request"),
        (json.dumps(question(subject=...)).encode(), 422, "malformed-request"),
        (json.dumps(question(subject=..., list={"limit": 0})).encode(), 422, "malformed-request"),
        (json.dumps(question(subject={"scheme": "uci", "value": CANARY})).encode(), 422, "malformed-identifier"),
        (json.dumps(question(elements=["cnry_element"])).encode(), 422, "unknown-element"),
    ],
)
def test_unreadable_requests_name_the_fault_never_the_value_and_are_on_record(
    body: bytes, status: int, code: str
) -> None:
    place = gateway()
    answer = send(place, body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert "cnry" not in answer.text.lower()
    entry = place.world.log.submissions[answer.json()["entry_index"]].entry
    assert (entry.kind, entry.reasons) == ("denial", (code,))
    assert b"cnry" not in entry.to_bytes().lower()


def test_a_wrong_media_type_is_refused_after_the_signature() -> None:
    place = gateway()
    answer = send(place, content_type="text/plain")
    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported-media-type")
    assert len(place.world.log.submissions) == 1


def test_a_large_body_is_refused_before_the_signature() -> None:
    place = gateway()
    assert send(place, b" " * 70_000).status_code == 413
    assert place.world.log.submissions == []


def test_two_host_fields_are_refused() -> None:
    place = gateway()
    assert send(place, headers=[(b"host", b"other.test")], after_signing=lambda lines, b: (lines, b)).status_code == 401


def test_absent_and_protected_look_alike_on_the_wire() -> None:
    place = gateway()
    answers = [
        send(place, json.dumps(question(subject={"scheme": "uci", "value": uci})).encode(), idempotency_key=uci)
        for uci in ("0000-0002", "0000-0009")
    ]
    bodies = [answer.json() for answer in answers]
    assert [body.pop("entry_index") for body in bodies] == [0, 1]
    assert bodies[0] == bodies[1]
    assert [answer.status_code for answer in answers] == [404, 404]


def test_a_failing_part_is_503_and_discloses_nothing() -> None:
    for part in ("engine", "source", "log"):
        place = gateway()
        getattr(place.world, part).fail_next = True
        answer = send(place)
        assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
        assert "open" not in answer.text
        assert answer.headers["retry-after"] == "1"


def test_a_crash_is_a_signed_500_without_a_trace() -> None:
    place = gateway()

    def crash(_query: object) -> Any:
        raise RuntimeError(CANARY)

    place.world.engine.rule = crash
    answer = send(place)
    assert answer.status_code == 500
    assert CANARY not in answer.text


def test_a_party_that_asks_too_often_waits() -> None:
    place = SimulatedGateway(world([RECORD]), quota=2)
    codes = [send(place, idempotency_key=f"k{i}").status_code for i in range(3)]
    assert codes == [200, 200, 429]


def test_what_is_not_there_is_a_signed_problem_in_the_callers_language() -> None:
    answer = asyncio.run(gateway().send(method="GET", path="/v1/nothing", headers=[(b"accept-language", b"fr-CA")]))
    assert answer.status_code == 404
    assert answer.json()["title"].startswith("Il n'y a rien")
    assert asyncio.run(gateway().send(method="GET", path="/v1/disclosures")).status_code == 405


def test_the_api_describes_itself_in_openapi_3_1_with_examples() -> None:
    answer = asyncio.run(gateway().raw("GET", "/openapi.json", []))
    described = answer.json()
    assert described["openapi"].startswith("3.1")
    assert described["paths"]["/v1/disclosures"]["post"]["requestBody"]["content"]["application/json"]["examples"]


def test_a_receipt_is_for_its_party_only() -> None:
    place = gateway()
    send(place)
    answer = asyncio.run(place.send(method="GET", path="/v1/receipts/0", key=place.auditor))
    assert answer.status_code == 404
    assert asyncio.run(place.send(method="GET", path="/v1/receipts/99")).status_code == 404


def test_a_trace_id_reaches_the_logs_only_as_a_digest() -> None:
    number = b"00000000000000000000000046454286"
    scope = {"headers": [(b"traceparent", b"00-" + number + b"-0000000000000001-01")]}
    assert traced(scope) == {"trace": hashlib.sha256(number).hexdigest()[:16]}
    assert traced({"headers": [(b"traceparent", b"rubbish")]}) == {}


def test_an_answer_for_want_of_the_key_registry_is_bound_to_the_request() -> None:
    """The signature could not be checked; the partner can still tell which request the 503 is for."""

    class NoRegistry:
        def find(self, _keyid: str) -> None:
            raise KeyRegistryUnavailableError("the registry cannot be read")

    place = gateway()
    place.app._keys = NoRegistry()
    answer = send(place)
    assert answer.status_code == 503
    assert not place.world.log.submissions
