"""The description that generators of clients read: nothing partial, nothing that is null by default."""

import asyncio
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from gateway.api.wire import REFERRED_EXAMPLE, REQUEST_EXAMPLES
from tests.partner_api import ORIGIN, SimulatedGateway
from tests.simulator import world


@pytest.fixture(scope="module")
def described() -> Mapping[str, Any]:
    whole: dict[str, Any] = asyncio.run(SimulatedGateway(world([])).raw("GET", "/openapi.json", [])).json()
    return whole


def parts_of(schema: Any, described: Mapping[str, Any], seen: set[str]) -> Iterator[Mapping[str, Any]]:
    """The schema and everything below it, references followed."""
    if isinstance(schema, Mapping):
        yield schema
        reference = schema.get("$ref")
        if reference is not None and reference not in seen:
            seen.add(reference)
            yield from parts_of(described["components"]["schemas"][reference.rpartition("/")[2]], described, seen)
        for value in schema.values():
            yield from parts_of(value, described, seen)
    elif isinstance(schema, list):
        for item in schema:
            yield from parts_of(item, described, seen)


def test_a_body_is_one_of_two_schemas_written_out_in_full(described: Mapping[str, Any]) -> None:
    operation = described["paths"]["/v1/disclosures"]["post"]
    body = operation["requestBody"]["content"]["application/json"]["schema"]
    whole = described["components"]["schemas"][body["$ref"].rpartition("/")[2]]
    assert [choice["$ref"].rpartition("/")[2] for choice in whole["oneOf"]] == ["RecordRequest", "ListRequest"]
    assert set(whole) == {"title", "description", "oneOf"}
    for name, target, other in (("RecordRequest", "subject", "list"), ("ListRequest", "list", "subject")):
        schema = described["components"]["schemas"][name]
        assert {target, "purpose", "record_type", "elements"} == set(schema["required"])
        assert other not in schema["properties"]
        assert schema["additionalProperties"] is False
        for example in (*REQUEST_EXAMPLES.values(), REFERRED_EXAMPLE):
            assert (target in example) is (set(example) <= set(schema["properties"]))


def test_no_member_of_a_request_may_be_null(described: Mapping[str, Any]) -> None:
    body = described["paths"]["/v1/disclosures"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    for part in parts_of(body, described, set()):
        assert ("default", None) not in part.items()
        assert {"type": "null"} not in part.get("anyOf", [])


def test_public_routes_say_that_they_need_no_signature(described: Mapping[str, Any]) -> None:
    assert described["servers"] == [{"url": ORIGIN}]
    for path, methods in described["paths"].items():
        for operation in methods.values():
            assert operation["security"] == ([{"signature": []}] if path.startswith("/v1/") else [])
