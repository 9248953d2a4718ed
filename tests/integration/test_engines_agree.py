"""Invariant 8: the embedded module and a real OPA server give the same output for the same input."""

import asyncio
import json
import random
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, seed, settings

from gateway.adapters.pdp.document import InputWriter
from gateway.adapters.pdp.revision import read_sources
from gateway.adapters.pdp.server import OpaServerEngine
from gateway.domain.errors import ConfigurationError, PolicyEngineError
from tests.policy_server import policy_server
from tests.property.policy_inputs import ground_queries, queries
from tests.unit.policy.queries import engine, lmia, rulebook

CASES = 300


@pytest.fixture(scope="module")
def opa_url(opa_binary: str) -> Iterator[str]:
    with policy_server(opa_binary) as url:
        yield url


def server_engine(url: str, data: dict[str, Any] | None = None) -> OpaServerEngine:
    return OpaServerEngine(url, read_sources(), rulebook().policy_data if data is None else data, timeout=10)


def generated() -> list[str]:
    """Input documents: generated requests, then weird ones made of them by exchanging members."""
    documents: list[str] = []
    writer = InputWriter()

    @seed(20260501)
    @settings(max_examples=CASES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(queries() | ground_queries())
    def collect(query: Any) -> None:
        documents.append(writer.write(query))

    collect()
    chance = random.Random(7)
    weird: list[Any] = [None, True, 0, -1, "", "é\u2028", [], {}, [None], {"a": []}, 2**53, "2026-13-99"]
    for text in documents[:120]:
        document = json.loads(text)
        for _ in range(chance.randint(1, 3)):
            target: Any = document
            while isinstance(target, dict | list) and target:
                keys = list(target) if isinstance(target, dict) else list(range(len(target)))
                key = chance.choice(keys)
                if chance.random() < 0.4 or not isinstance(target[key], dict | list) or not target[key]:
                    target[key] = chance.choice(weird)
                    break
                target = target[key]
        documents.append(json.dumps(document))
    return documents


def test_equal_outputs_over_generated_and_weird_inputs(opa_url: str) -> None:
    async def outputs() -> list[tuple[str, Any, Any]]:
        served = server_engine(opa_url)
        await served.start()
        try:
            return [(text, engine().evaluate(text), await served.evaluate(text)) for text in generated()]
        finally:
            await served.close()

    compared = asyncio.run(outputs())
    differing = [text for text, embedded, served in compared if embedded != served]
    assert not differing, differing[0]
    effects = {output["effect"] for _, output, _ in compared}
    assert effects == {"permit", "deny", "refer"}
    assert len(compared) >= CASES


def test_both_give_the_same_decision_under_the_same_revision(opa_url: str) -> None:
    async def decide() -> None:
        served = server_engine(opa_url)
        await served.start()
        try:
            assert served.revision == engine().revision
            assert await served.decide(lmia()) == await engine().decide(lmia())
        finally:
            await served.close()

    asyncio.run(decide())


def test_a_policy_exchanged_behind_the_gateway_stops_decisions(opa_url: str) -> None:
    async def decide() -> None:
        served = server_engine(opa_url)
        await served.start()
        other = server_engine(opa_url, {**rulebook().policy_data, "parties": {}})
        await other.start()
        try:
            with pytest.raises(PolicyEngineError, match="another revision"):
                await served.decide(lmia())
        finally:
            await served.close()
            await other.close()

    asyncio.run(decide())


def test_a_server_that_is_down_or_not_prepared_gives_no_decision() -> None:
    async def decide() -> None:
        served = server_engine("http://127.0.0.1:9")
        with pytest.raises(PolicyEngineError, match="not prepared"):
            await served.decide(lmia())
        with pytest.raises(PolicyEngineError, match="could not be prepared"):
            await served.start()
        await served.close()

    asyncio.run(decide())


@pytest.mark.parametrize("url", ["ftp://host", "http://", "http://host/path", "http://host?x=1", "host:8181"])
def test_the_url_is_host_and_port(url: str) -> None:
    with pytest.raises(ConfigurationError):
        server_engine(url)
