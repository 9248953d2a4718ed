"""RestSource: what it asks, and that nothing rubbish comes through."""

import asyncio
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest

from gateway.adapters.sources.errors import SourceDeclarationError
from gateway.adapters.sources.registry import open_sources
from gateway.adapters.sources.rest import RestSource
from gateway.domain.errors import SourceError, SourceQueryError
from gateway.domain.record import SourcePage, SourceRecord
from gateway.domain.target import ListQuery, SubjectIdentifier
from tests.unit.sources import permits

SUBJECT = SubjectIdentifier("permit-id", "P-SECRET-1")
Handler = Callable[[httpx.Request], httpx.Response]


def ask(
    handler: Handler, options: Mapping[str, Any] | None = None, elements: tuple[str, ...] = ("holder", "fee")
) -> tuple[SourceRecord, ...]:
    async def run() -> tuple[SourceRecord, ...]:
        async with httpx.AsyncClient(transport=httpx.MockTransport(handler)) as client:
            return await source(client, options).fetch(SUBJECT, elements)

    return asyncio.run(run())


def source(client: httpx.AsyncClient, options: Mapping[str, Any] | None = None) -> RestSource:
    return RestSource(
        permits.record_type(),
        client,
        {"url": "https://records.example/api/", **(options or {})},
        timeout=0.3,
        concurrency=2,
    )


def answer(value: object, **headers: str) -> Handler:
    content = value if isinstance(value, bytes) else json.dumps(value).encode()
    return lambda request: httpx.Response(
        200, headers={"content-type": "application/json", **headers}, stream=httpx.ByteStream(content)
    )


def record(**values: object) -> dict[str, object]:
    return {"reference": "r-1", "values": values}


def test_the_identifier_is_in_the_body_and_never_in_the_url() -> None:
    seen: list[httpx.Request] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return answer({"records": [record(holder="H", fee=12.50, secret="not asked")]})(request)

    (found,) = ask(handler)
    assert found.reference == "r-1"
    assert found.values == {"holder": "H", "fee": "12.5"}
    assert seen[0].method == "POST"
    assert str(seen[0].url) == "https://records.example/api/lookup"
    assert "P-SECRET-1" not in str(seen[0].headers)
    assert json.loads(seen[0].content) == {
        "scheme": "permit-id",
        "value": "P-SECRET-1",
        "elements": ["holder", "fee", "permit_id"],
        "limit": 51,
    }


def test_decimals_keep_their_digits_and_floats_never_appear() -> None:
    (found,) = ask(answer(b'{"records":[{"reference":7,"values":{"holder":null,"fee":1234567890123.45}}]}'))
    assert (found.reference, found.values) == ("7", {"holder": None, "fee": "1234567890123.45"})


def test_an_existing_service_is_mapped_by_pointers() -> None:
    options = {
        "fetch_path": "/v2/find",
        "records": "/data/items",
        "reference": "/meta/id",
        "elements": {"holder": "/person/full~1name", "seats": "/n"},
    }
    body = {"data": {"items": [{"meta": {"id": "a"}, "person": {"full/name": "H"}, "n": 4, "fee": "9"}]}}
    (found,) = ask(answer(body), options, ("holder", "seats", "fee"))
    assert found.values == {"holder": "H", "seats": 4}


@pytest.mark.parametrize(
    ("handler", "said"),
    [
        (answer(b"<html>"), "not JSON"),
        (answer(b'{"records":[],"records":[]}'), "a key twice"),
        (answer(b'{"records":NaN}'), "not JSON"),
        (answer(b"\xff\xfe"), "not JSON"),
        (answer(b"[" * 100_000), "not JSON"),
        (answer([]), "no list of records"),
        (answer({"records": {}}), "no list of records"),
        (answer({"records": [1]}), "no reference"),
        (answer({"records": [{"reference": "", "values": {}}]}), "no reference"),
        (answer({"records": [{"reference": "x" * 500, "values": {}}]}), "no reference"),
        (answer({"records": [record()] * 52}), "more records than were asked for"),
        (answer({"records": []}, **{"content-type": "text/html"}), "not application/json"),
        (answer({"records": []}, **{"content-encoding": "br"}), "compressed"),
        (answer(b'{"records":[' + b" " * 5_000_000 + b"]}"), "too large"),
        (lambda request: httpx.Response(500, text="P-SECRET-2"), "status 500"),
        (lambda request: httpx.Response(302, headers={"location": "https://elsewhere.example"}), "status 302"),
        (lambda request: httpx.Response(204), "status 204"),
    ],
)
def test_rubbish_is_an_error_that_names_the_source_and_no_value(handler: Handler, said: str) -> None:
    with pytest.raises(SourceError) as failed:
        ask(handler)
    assert "dock-permit" in str(failed.value)
    assert said in str(failed.value)
    assert "P-SECRET" not in str(failed.value)


@pytest.mark.parametrize("values", [{"holder": ["P-SECRET-2"], "fee": "1"}, {"holder": {"a": 1}, "fee": "1"}])
def test_a_value_that_does_not_fit_is_no_value_and_no_error(values: Mapping[str, Any]) -> None:
    (found,) = ask(answer({"records": [record(**values)]}))
    assert found.unfit == frozenset({"holder"})
    assert found.values == {"fee": "1"}


@pytest.mark.parametrize(("value", "found_by"), [("P-1", "P-1"), (7, "7"), (None, None), (["P-1"], None), (True, None)])
def test_a_record_says_by_what_it_was_found(value: object, found_by: str | None) -> None:
    (found,) = ask(answer({"records": [record(permit_id=value)]}))
    assert found.found_by == (found_by,)
    options = {"found_by": {"permit-id": ["/number", "/values/permit_id"]}, "provenance": {"custodian": "/owner"}}
    (mapped,) = ask(answer({"records": [{**record(permit_id=value), "number": "P-2", "owner": "docks"}]}), options)
    assert (mapped.found_by, mapped.provenance) == (("P-2", found_by), {"custodian": "docks"})


def test_a_service_that_cannot_be_reached_or_is_slow() -> None:
    def refused(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("P-SECRET-1")

    with pytest.raises(SourceError, match=r"cannot be reached \(ConnectError\)"):
        ask(refused)

    async def slow(request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(5)
        return httpx.Response(200)

    async def run() -> None:
        async with httpx.AsyncClient(transport=httpx.MockTransport(slow)) as client:
            await source(client).fetch(SUBJECT, ["holder"])

    with pytest.raises(SourceError, match="too slow"):
        asyncio.run(run())


def test_pages_and_counts() -> None:
    bodies: list[Any] = []

    def handler(request: httpx.Request) -> httpx.Response:
        bodies.append((request.url.path, json.loads(request.content)))
        if request.url.path.endswith("count"):
            return answer({"count": 12})(request)
        return answer({"records": [record(holder="H")], "next_cursor": "abc"})(request)

    async def run() -> tuple[SourcePage, int]:
        async with httpx.AsyncClient(transport=httpx.MockTransport(handler)) as client:
            found = source(client)
            return await found.page(ListQuery({"province": "ON"}, 5, "x"), ["holder"]), await found.count({})

    page, count = asyncio.run(run())
    assert (page.next_cursor, count, len(page.records)) == ("abc", 12, 1)
    assert bodies == [
        ("/api/page", {"filter": {"province": "ON"}, "elements": ["holder"], "limit": 5, "cursor": "x"}),
        ("/api/count", {"filter": {}}),
    ]


@pytest.mark.parametrize(
    ("query", "part"),
    [
        (ListQuery({}, 0, None), "limit"),
        (ListQuery({}, 5, ""), "cursor"),
        (ListQuery({}, 5, "x" * 600), "cursor"),
        (ListQuery({"holder": "x"}, 5, None), "filter.holder"),
        (ListQuery({"zzz": "x"}, 5, None), "filter"),
    ],
)
def test_what_cannot_be_asked_is_not_sent(query: ListQuery, part: str) -> None:
    async def run() -> None:
        async with httpx.AsyncClient(transport=httpx.MockTransport(lambda request: pytest.fail("sent"))) as client:
            await source(client).page(query, ["holder"])

    with pytest.raises(SourceQueryError) as refused:
        asyncio.run(run())
    assert refused.value.part == part


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("url: http://records.example/api", "plain HTTP is for this machine only"),
        ("url: https://user:hunter2@records.example/", "url: must have pattern"),
        ("url: 'https://records.example/?key=hunter2'", "url: must have pattern"),
        ("url: https://records.example\n    bearer_token_file: nothing", "bearer_token_file cannot be read"),
    ],
)
def test_an_unsafe_declaration_stops_the_start(tmp_path: Path, line: str, said: str) -> None:
    text = f"sources:\n  - record_type: dock-permit\n    kind: rest\n    {line}\n"
    (tmp_path / "sources.yaml").write_text(text)
    with pytest.raises(SourceDeclarationError) as refused:
        open_sources(tmp_path / "sources.yaml", permits.CATALOGUE)
    assert said in str(refused.value)
    assert str(refused.value).startswith("sources.yaml:")
    assert "hunter2" not in str(refused.value)


def test_a_sound_declaration_opens_and_closes(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("abc\n")
    (tmp_path / "sources.yaml").write_text(
        "sources:\n  - record_type: dock-permit\n    kind: rest\n    url: http://127.0.0.1:9/\n"
        "    bearer_token_file: token\n"
    )
    registry = open_sources(tmp_path / "sources.yaml", permits.CATALOGUE)
    found = registry.find("dock-permit")
    assert isinstance(found, RestSource)
    assert found._client.headers["authorization"] == "Bearer abc"
    registry.close()
    assert registry.find("dock-permit") is None
