"""When answers leave that must not tell whether a record exists: at a step, whatever the work took."""

import asyncio
import json
from collections.abc import AsyncIterable, AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest

from gateway.api.pace import Pace
from gateway.domain.decision import Decision, Permit
from gateway.domain.element import Form, FormKind
from gateway.service.ports import DecisionQuery
from tests.partner_api import Headers, SimulatedGateway, question
from tests.simulator import permit, world
from tests.unit.test_disclose import PROTECTED, RECORD, protecting

LONG = 60.0
"""A step that no work reaches, in seconds; these tests do not wait for it."""


@dataclass
class Time:
    """Seconds that pass only when somebody sleeps or says so."""

    now: float = 100.0
    left_at: list[float] = field(default_factory=list)

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        self.left_at.append(self.now)


@pytest.mark.parametrize(
    ("took", "left"), [(0.0, 1), (0.002, 1), (0.0199, 1), (0.02, 1), (0.0201, 2), (0.039, 2), (0.5001, 26)]
)
def test_an_answer_leaves_at_the_next_whole_step(took: float, left: int) -> None:
    time = Time()
    pace = Pace(0.02, time.monotonic, time.sleep)
    time.now += took
    assert asyncio.run(pace.next_step(100.0)) == left
    assert time.left_at == [pytest.approx(100 + 0.02 * left, abs=1e-9)]
    pace.close()


def test_a_thread_that_comes_late_does_not_wait_longer() -> None:
    """Nor does a sleep of less than nothing fail."""
    time = Time()
    moments = iter([100.001, 100.5])
    pace = Pace(0.02, lambda: next(moments), time.sleep)
    assert asyncio.run(pace.next_step(100.0)) == 1
    assert time.left_at == [100.0]
    pace.close()


def existence(query: DecisionQuery) -> Decision:
    judged = protecting(query)
    return permit(query, {"status": Form(FormKind.EXISTS)}) if isinstance(judged, Permit) else judged


def gateway(rule: Any = protecting) -> tuple[SimulatedGateway, list[float]]:
    waited: list[float] = []
    place = world([RECORD, PROTECTED], rule)
    return SimulatedGateway(place, pace=Pace(LONG, sleep=waited.append)), waited


def send(place: SimulatedGateway, key: str = "key-1", **changes: Any) -> httpx.Response:
    return asyncio.run(place.send(json.dumps(question(**changes)).encode(), idempotency_key=key))


OPEN, HIDDEN, NOBODY = ({"scheme": "uci", "value": f"0000-000{digit}"} for digit in (1, 2, 9))


@pytest.mark.parametrize("subject", [HIDDEN, NOBODY])
def test_a_refusal_that_hides_a_record_waits(subject: dict[str, str]) -> None:
    place, waited = gateway()
    assert send(place, subject=subject).status_code == 404
    assert len(waited) == 1


@pytest.mark.parametrize("subject", [OPEN, HIDDEN, NOBODY])
def test_an_existence_answer_waits(subject: dict[str, str]) -> None:
    place, waited = gateway(existence)
    assert send(place, subject=subject).status_code == 200
    assert len(waited) == 1


@pytest.mark.parametrize("records", [[], [PROTECTED]])
def test_an_empty_page_waits(records: list[dict[str, object]]) -> None:
    waited: list[float] = []
    place = SimulatedGateway(world(records, protecting), pace=Pace(LONG, sleep=waited.append))
    answer = send(place, subject=..., list={"filter": {"region": "ON"}})
    assert (answer.status_code, answer.json()["records"]) == (200, [])
    assert len(waited) == 1


def test_the_same_key_for_another_record_waits() -> None:
    place, waited = gateway()
    send(place)
    assert waited == []
    assert send(place, subject=HIDDEN).status_code == 409
    assert len(waited) == 1


def test_what_tells_nothing_of_a_record_leaves_at_once() -> None:
    place, waited = gateway()
    assert send(place).status_code == 200
    assert send(place, "key-4", subject=..., list={"filter": {"region": "ON"}}).json()["records"]
    assert send(place, "key-2", purpose="unknown").status_code == 422
    place.world.source.fail_next = True
    assert send(place, "key-3").status_code == 503
    assert waited == []


def test_a_source_that_takes_longer_for_a_record_it_holds_does_not_show() -> None:
    async def slowly() -> None:
        await asyncio.sleep(0.2)

    place, waited = gateway()
    place.world.source.meanwhile = slowly
    send(place, subject=HIDDEN)
    place.world.source.meanwhile = None
    send(place, "key-2", subject=NOBODY)
    assert waited[1] - waited[0] > 0.1, "what the work took more is waited less"


class Dawdling(SimulatedGateway):
    """Its partner sends the body a second after the head."""

    async def raw(
        self, method: str, path: str, lines: Headers, body: bytes | AsyncIterable[bytes] = b""
    ) -> httpx.Response:
        async def late() -> AsyncIterator[bytes]:
            await asyncio.sleep(1)
            assert isinstance(body, bytes)
            yield body

        return await super().raw(method, path, lines, late())


def test_a_caller_that_sends_slowly_does_not_move_the_step() -> None:
    waited: list[float] = []
    place = Dawdling(world([RECORD, PROTECTED], protecting), pace=Pace(LONG, sleep=waited.append))
    assert send(place, subject=HIDDEN).status_code == 404
    assert waited[0] > LONG - 0.9


def test_a_step_that_is_too_short_is_counted() -> None:
    place = SimulatedGateway(world([RECORD, PROTECTED], protecting), pace=Pace(1e-6))
    send(place, subject=HIDDEN)
    assert b"gateway_late_steps_total 1.0" in place.telemetry.render()
