"""The OpenAPI description says what the gateway does: it is valid, its examples are what a running gateway answers, and
no signed body, described or not, gets anything but a signed answer that the description allows and a log entry."""

import asyncio
import itertools
import json
from collections.abc import Iterator, Mapping
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from audit.receipt import open_receipt
from gateway.api.description import OPERATIONS, recorded
from gateway.api.problems import CONTENT_TYPE, PROBLEMS
from gateway.api.wire import REQUEST_EXAMPLES
from gateway.domain.decision import Decision, Deny, Reason
from gateway.httpsig.keys import SigningKey
from gateway.service.ports import DecisionQuery
from tests.docs.api_examples import answered
from tests.live import LiveGateway, deploy
from tests.partner_api import SimulatedGateway, question
from tests.simulator import REVISION, world
from tests.unit.test_disclose import PROTECTED, RECORD, protecting

STALE = "the recorded examples are stale: run `python -m tests.docs.api_examples`"
FUZZ = settings(max_examples=200, deadline=None, database=None, suppress_health_check=list(HealthCheck))
KEYS = itertools.count()


def rule(query: DecisionQuery) -> Decision:
    """As the policy does, without an agreement nothing is permitted."""
    return Deny((Reason("no-agreement"),), REVISION) if query.agreement is None else protecting(query)


GATEWAY = SimulatedGateway(world([RECORD, PROTECTED], rule), quota=10**9)
DOCUMENT: Mapping[str, Any] = asyncio.run(GATEWAY.raw("GET", "/openapi.json", [])).json()
ROUTES = [(path, method) for path, item in DOCUMENT["paths"].items() for method in item]
DISCLOSURES = DOCUMENT["paths"]["/v1/disclosures"]["post"]


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveGateway]:
    with deploy(tmp_path_factory.mktemp("openapi")).start() as running:
        yield running


def fits(value: object, schema: Mapping[str, Any]) -> None:
    Draft202012Validator({**schema, "components": DOCUMENT["components"]}).validate(value)


def references(node: object) -> Iterator[str]:
    if isinstance(node, Mapping):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        for value in node.values():
            yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)


def test_the_description_is_valid_openapi_3_1() -> None:
    assert DOCUMENT["openapi"].startswith("3.1")
    schemathesis.openapi.from_dict(dict(DOCUMENT)).validate()
    for schema in DOCUMENT["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


def test_every_reference_leads_somewhere() -> None:
    for reference in references(DOCUMENT):
        node: Any = DOCUMENT
        for part in reference.removeprefix("#/").split("/"):
            node = node[part]


def test_every_route_is_described() -> None:
    assert sorted(ROUTES) == sorted((path, method) for method, path in OPERATIONS)
    for path, method in ROUTES:
        operation = DOCUMENT["paths"][path][method]
        assert operation["summary"]
        assert operation["responses"]["200"]["content"]
        assert "422" not in operation["responses"] or CONTENT_TYPE in operation["responses"]["422"]["content"]
        assert bool(operation["security"]) == path.startswith("/v1/")


def test_a_member_that_may_be_null_is_no_choice_between_schemas_that_have_a_type() -> None:
    schemas = DOCUMENT["components"]["schemas"]
    assert schemas["WithheldElement"]["properties"]["records"]["type"] == ["array", "null"]
    assert schemas["DisclosureAnswer"]["properties"]["next_cursor"]["type"] == ["string", "null"]
    choices = [
        value for schema in schemas.values() for value in schema.get("properties", {}).values() if "anyOf" in value
    ]
    assert [choice["anyOf"][1] for choice in choices] == [{"type": "null"}] * len(choices)
    assert all("$ref" in choice["anyOf"][0] and "default" not in choice for choice in choices)


def test_operations_have_the_names_that_clients_call() -> None:
    names = [DOCUMENT["paths"][path][method]["operationId"] for path, method in ROUTES]
    assert DISCLOSURES["operationId"] == "disclose"
    assert len(set(names)) == len(names)
    assert all(name.isalpha() for name in names)


def test_every_problem_of_a_disclosure_has_an_example() -> None:
    shown = {
        name
        for status, response in DISCLOSURES["responses"].items()
        if int(status) >= 400
        for name in response["content"][CONTENT_TYPE]["examples"]
    }
    elsewhere = {"not-found", "method-not-allowed", "referral-refused", "referral-lapsed", "release-ended"}
    assert shown == set(PROBLEMS) - elsewhere


@pytest.mark.parametrize(("path", "method"), ROUTES)
def test_every_example_fits_its_schema(path: str, method: str) -> None:
    operation = DOCUMENT["paths"][path][method]
    bodies = [operation["requestBody"]] if "requestBody" in operation else []
    for part in [*bodies, *operation["responses"].values()]:
        for media in part["content"].values():
            for example in media.get("examples", {}).values():
                fits(example["value"], media["schema"])


def test_the_receipts_in_the_examples_open_the_records_beside_them() -> None:
    key = recorded()["keys"]["log_vkey"]
    for name in REQUEST_EXAMPLES:
        answer = recorded()[name]
        assert open_receipt(answer["receipt"], answer["records"], key).entry_index == answer["entry_index"]
    assert open_receipt(recorded()["receipt"], recorded()["one-record"]["records"], key).proven


def test_the_examples_are_what_a_running_gateway_answers(live: LiveGateway) -> None:
    served = httpx.get(f"{live.settings.origin}/openapi.json").json()
    assert served["paths"] == DOCUMENT["paths"]
    schemas = {
        "receipt": "Receipt",
        "referred": "ReferralAnswer",
        "agreements": "AgreementsAnswer",
        "keys": "KeysAnswer",
    }
    for name, answer in answered(live):
        fits(answer, {"$ref": f"#/components/schemas/{schemas.get(name, 'DisclosureAnswer')}"})
        assert lasting(answer) == lasting(recorded()[name]), STALE


def test_the_refusal_in_the_examples_is_what_a_running_gateway_answers(live: LiveGateway) -> None:
    asked = {**REQUEST_EXAMPLES["one-record"], "case_reference": None}
    with live.client("ircc-work-permits") as client:
        answer = client._http.post(
            "/v1/disclosures", content=json.dumps(asked), headers={"content-type": "application/json"}
        ).json()
    shown = DISCLOSURES["responses"]["403"]["content"][CONTENT_TYPE]["examples"]["denied"]["value"]
    assert {**answer, "entry_index": 0} == {**shown, "entry_index": 0}, STALE


def lasting(answer: Any) -> Any:
    """What is the same in every deployment: no index, digest, key, salt, cursor or proof."""
    passing = {"entry_index", "digest", "policy_revision", "receipt", "entry", "openings", "proof", "keys", "log_vkey"}
    passing |= {"referral", "decide_by"}
    if isinstance(answer, Mapping):
        kept = {name: lasting(value) for name, value in answer.items() if name not in passing}
        return {**kept, **({"next_cursor": bool(kept["next_cursor"])} if "next_cursor" in kept else {})}
    return [lasting(item) for item in answer] if isinstance(answer, list) else answer


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"body": b"{}", "key": SigningKey.generate()}, 401),
        ({"body": b" " * 70_000}, 413),
        ({"method": "GET", "path": "/v1/receipts/999999"}, 404),
    ],
    ids=["stranger", "too-large", "no-receipt"],
)
def test_what_is_refused_before_it_is_read_has_the_described_form_too(asked: Mapping[str, Any], status: int) -> None:
    before = len(GATEWAY.world.log.submissions)
    answer = asyncio.run(GATEWAY.send(**asked))
    assert answer.status_code == status
    path, method = ("/v1/receipts/{entry_index}", "get") if "path" in asked else ("/v1/disclosures", "post")
    described = DOCUMENT["paths"][path][method]["responses"][str(status)]
    fits(answer.json(), described["content"][CONTENT_TYPE]["schema"])
    assert len(GATEWAY.world.log.submissions) == before


NAMES = st.sampled_from(["status", "notes", "name", "uci", "region", "do_not_disclose", "absent_element"])
NEAR = st.fixed_dictionaries(
    {},
    optional={
        "agreement": st.sampled_from(["isa-1", "isa-2", None]),
        "purpose": st.sampled_from(["protection", "other"]),
        "record_type": st.sampled_from(["worker-case", "other"]),
        "elements": st.lists(NAMES, max_size=4),
        "subject": st.fixed_dictionaries(
            {"scheme": st.sampled_from(["uci", "sin"])},
            optional={"value": st.sampled_from(["0000-0001", "0000-0002", "1"]) | st.text(max_size=20)},
        )
        | st.none(),
        "list": st.fixed_dictionaries(
            {},
            optional={
                "filter": st.dictionaries(st.sampled_from(["region", "status"]), st.text(max_size=8), max_size=2),
                "limit": st.integers(-1, 300),
                "cursor": st.text(max_size=10) | st.none(),
            },
        )
        | st.none(),
        "case_reference": st.text(max_size=220) | st.none(),
        "recipient": st.sampled_from(["ircc-cpn", "esdc-isb", None]),
    },
).map(lambda changes: json.dumps({**question(), **changes}).encode())
TREES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
)
DESCRIBED = (
    schemathesis.openapi.from_dict(dict(DOCUMENT))["/v1/disclosures"]["POST"]
    .as_strategy()
    .map(lambda case: json.dumps(case.body).encode())
)


def ask(body: bytes, content_type: str = "application/json") -> httpx.Response:
    """Signed with a fresh key and nonce; the answer's signature is checked (tests.partner_api)."""
    return asyncio.run(GATEWAY.send(body, content_type=content_type, idempotency_key=f"fuzz-{next(KEYS)}"))


def accounted_for(body: bytes, content_type: str = "application/json") -> httpx.Response:
    """Never a crash; exactly one entry; an answer of the described form."""
    before = len(GATEWAY.world.log.submissions)
    answer = ask(body, content_type)
    assert answer.status_code < 500
    media = answer.headers["content-type"]
    fits(answer.json(), DISCLOSURES["responses"][str(answer.status_code)]["content"][media]["schema"])
    assert len(GATEWAY.world.log.submissions) == before + 1
    assert answer.json()["entry_index"] == before
    return answer


@FUZZ
@given(st.binary(min_size=1, max_size=400) | TREES.map(lambda tree: json.dumps(tree).encode()))
def test_rubbish_is_refused_signed_and_on_record(body: bytes) -> None:
    assert accounted_for(body).status_code in (400, 422)


@FUZZ
@given(NEAR)
def test_nearly_right_requests_are_answered_signed_and_on_record(body: bytes) -> None:
    answer = accounted_for(body)
    if answer.status_code == 200:
        asked = json.loads(body)["elements"]
        assert all(set(record) <= set(asked) for record in answer.json()["records"])


@settings(FUZZ, max_examples=80)
@given(DESCRIBED)
def test_whatever_fits_the_description_is_not_called_malformed(body: bytes) -> None:
    assert accounted_for(body).json().get("code") != "malformed-request"


@settings(FUZZ, max_examples=30)
@given(st.from_regex(r"\A[a-z]{1,8}/[a-z+-]{1,8}(;[a-z]{1,4}=[a-z]{1,4})?\Z"))
def test_any_other_media_type_is_refused_signed_and_on_record(content_type: str) -> None:
    assert accounted_for(json.dumps(question()).encode(), content_type).status_code == 415
