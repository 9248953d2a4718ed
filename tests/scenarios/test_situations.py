"""Every situation, told to a real gateway on each policy engine."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from gateway.service.simulation.situation import Situation
from tests.policy_server import policy_server
from tests.scenarios.gateway import Hosted, hosted
from tests.scenarios.situations import all_situations
from tests.scenarios.telling import Teller

Running = tuple[asyncio.Runner, Hosted]


@pytest.fixture(scope="module", params=["embedded", "opa-server"])
def running(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder: Path = tmp_path_factory.mktemp("s")
    if request.param == "embedded":
        yield from _running(folder, "embedded")
    else:
        with policy_server(request.getfixturevalue("opa_binary")) as url:
            yield from _running(folder, url)


def _running(folder: Path, engine: str) -> Iterator[Running]:
    with asyncio.Runner() as runner:
        context = hosted(folder, engine, all_situations())
        gateway = runner.run(context.__aenter__())
        try:
            yield runner, gateway
        finally:
            runner.run(context.__aexit__(None, None, None))


@pytest.mark.parametrize("situation", all_situations(), ids=lambda situation: situation.name)
def test_situation(running: Running, situation: Situation) -> None:
    runner, gateway = running
    runner.run(Teller(gateway, situation).tell())
