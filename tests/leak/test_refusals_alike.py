"""Invariant 7: a protected record and an absent one are told in the same bytes and in the same time.

Over the real API: 2,000 signed requests of each pair, in turns, for a single record and for an existence check.
"""

import asyncio
import gc
import json
import random
import time
from collections.abc import Iterator
from typing import Any

import pytest

from gateway.api.routed import Receive, Scope, Send
from gateway.service.simulation.situation import Situation
from tests.leak.alike import NOTICED, Compared, compare
from tests.scenarios.gateway import Hosted, hosted

PAIRS = 1000
ROUNDS = 3
UNPACED = 0.00225
"""45 us of a step of 20 ms: by how much a protected record took longer when answers left as soon as they were ready."""
VARYING = {"entry_index", "receipt"}
"""The number of the entry, and what is made from the entry."""
Running = tuple[asyncio.Runner, Hosted]


def situation(name: str, record_type: str, record: Any) -> Situation:
    return Situation(name, {"when": "2026-11-24", "ask": {"what": {"record_type": record_type}}, "record": record})


HELD = (
    situation("protected", "gcms-worker", {"do_not_disclose": True}),
    situation("absent", "gcms-worker", "absent"),
    situation("open-in-confidence", "inspection", {"case_open": True, "in_confidence": True}),
    situation("no-inspection", "inspection", "absent"),
)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with asyncio.Runner() as runner:
        context = hosted(tmp_path_factory.mktemp("a"), "embedded", HELD)
        gateway = runner.run(context.__aenter__())
        gateway.clock.moment = HELD[0].when
        try:
            yield runner, gateway
        finally:
            runner.run(context.__aexit__(None, None, None))


class Timed:
    """The gateway's application with a clock around it: the time from the request to the end of the answer."""

    def __init__(self, gateway: Hosted) -> None:
        self._app = gateway.app
        self.seconds = 0.0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = time.perf_counter()
        await self._app(scope, receive, send)
        self.seconds = time.perf_counter() - started


def question(gateway: Hosted, name: str) -> tuple[str, bytes]:
    """Who asks, and the body: the same but for the number."""
    numbers = gateway.records[name].numbers
    if "uci" in numbers:
        members = {
            "agreement": "ircc-cbsa-irpa",
            "purpose": "immigration-examination",
            "record_type": "gcms-worker",
            "elements": ["family_name", "given_names"],
            "subject": {"scheme": "uci", "value": numbers["uci"]},
        }
        who = "cbsa-border-services"
    else:
        members = {
            "agreement": "esdc-ircc-tfw",
            "purpose": "existence-check",
            "record_type": "inspection",
            "elements": ["inspection_id"],
            "subject": {"scheme": "bn15", "value": numbers["bn15"]},
        }
        who = "ircc-work-permits"
    return who, json.dumps({**members, "case_reference": "W000000001"}).encode()


async def in_turns(gateway: Hosted, first: str, second: str) -> tuple[set[tuple[int, str]], Compared]:
    """The different answers there were, apart from ids, and how long the second kind took beside the first."""
    timed = Timed(gateway)
    gateway.app, real = timed, gateway.app
    gateway.clients.clear()
    told: set[tuple[int, str]] = set()
    seconds: dict[str, list[float]] = {first: [], second: []}
    gc.disable()
    try:
        for turn in range(PAIRS):
            for name in (first, second) if turn % 2 else (second, first):
                who, body = question(gateway, name)
                answer = await gateway.post(who, "/v1/disclosures", body)
                seconds[name].append(timed.seconds)
                members = {member: value for member, value in answer.json().items() if member not in VARYING}
                told.add((answer.status_code, json.dumps(members)))
            gc.collect(0)
    finally:
        gc.enable()
        gateway.app = real
        gateway.clients.clear()
    return told, compare(seconds[first], seconds[second])


@pytest.mark.parametrize(("absent", "protected"), [("absent", "protected"), ("no-inspection", "open-in-confidence")])
def test_protected_and_absent_are_alike(running: Running, absent: str, protected: str) -> None:
    runner, gateway = running
    for _ in range(ROUNDS):
        told, compared = runner.run(in_turns(gateway, absent, protected))
        assert len(told) == 1, "two kinds of answer"
        if compared.conclusive and not compared.different:
            return
    assert compared.conclusive, compared
    assert not compared.different, compared


def made_up(seed: int, slower: float) -> Compared:
    """Times at a step of 20 ms on a noisy machine: late wake-ups, a long tail, steps that were missed, and bursts; the
    second kind is slower by a share."""
    chance = random.Random(seed)
    first: list[float] = []
    second: list[float] = []
    for turn in range(PAIRS):
        wake = 0.0001 * (1 + turn / PAIRS) * (3 if turn % 97 < 9 else 1)
        for kind, share in ((first, 0.0), (second, slower)):
            steps = chance.randint(2, 5) if chance.random() < 0.02 else 1
            kind.append((0.02 * steps + wake * chance.lognormvariate(0, 0.5)) * (1 + share))
    return compare(first, second)


@pytest.mark.parametrize("seed", range(20))
def test_the_comparison_notices_a_difference(seed: int) -> None:
    slower = made_up(seed, NOTICED)
    assert slower.different
    assert slower.conclusive
    assert made_up(seed, -NOTICED).high < 0
    assert made_up(seed, UNPACED).different


@pytest.mark.parametrize("seed", range(20))
def test_the_comparison_does_not_cry_wolf(seed: int) -> None:
    assert not made_up(seed, 0.0).different
