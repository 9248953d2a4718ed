"""One running gateway for the tests of a module: the story is played, and its referrals wait."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from gateway.demo.play import Sandbox, free_port, play
from gateway.demo.story import story
from gateway.staff.asking import ask
from tests.console.browser import chromium
from tests.console.house import OWN, House
from tests.live import deploy


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("console")
    origin = f"http://127.0.0.1:{free_port()}"
    thresholds = folder / "flags.yaml"
    thresholds.write_text("refusals_least: 1\nrefusals_share: 0.01\n")
    made = deploy(folder, workers=60, console_origin=origin, flags_file=thresholds)
    with made.start() as live:
        sandbox = Sandbox(live.settings, folder / "gateway", live.landmarks, live.keys, live.pid)
        for scene in story(live.landmarks):
            play(sandbox, scene)
        assert live.settings.staff_socket is not None
        found = asyncio.run(ask(live.settings.staff_socket, "referral.list", {"only_open": True}))
        flag = asyncio.run(_first_flag(live.settings.staff_socket))
        # The console of the tests is another one than the one that the gateway serves.
        settings = replace(live.settings, console_origin=f"http://127.0.0.1:{free_port()}")
        waiting = tuple(one["referral"] for one in found)
        yield House(live, settings, waiting, flag, dict(live.landmarks["protection_case"]))


async def _first_flag(socket: Path) -> str:
    """The projection follows the log within a second; what was seen is kept some minutes."""
    stated = {"unit": OWN, "officer": "t.tester"}
    for _ in range(600):
        if not (await ask(socket, "projection.status", {}))["behind"]:
            break
        await asyncio.sleep(0.1)
    found = await ask(socket, "flag.list", {}, stated)
    return str(found["flags"][0]["flag"])


@pytest.fixture(scope="module")
def browser(house: House) -> Iterator[Browser]:
    """After the house, which is built with an event loop of its own; the browser's fills the thread."""
    del house
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def origin(house: House) -> str:
    """The console that the gateway serves itself."""
    found = house.live.settings.console_origin
    assert found is not None
    return found
