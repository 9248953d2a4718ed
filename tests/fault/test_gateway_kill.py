"""kill -9 of the whole gateway under load: no acknowledged entry is lost, no index is given twice, the log verifies.

An acknowledgement is a 200 whose signature and receipt the client verified. ISA_KILL_GATEWAY_ROUNDS sets the number of
rounds for each database (default 5; each starts the whole gateway again).
"""

import asyncio
import contextlib
import os
import random
import signal
import time
from pathlib import Path

import httpx
import pytest

from audit.encoding import from_base64url
from gateway.client.calls import AsyncGateway
from gateway.client.errors import UnavailableError
from gateway.deployment.folder import read_signing_key
from tests.fault.partner import Partner, question_about, verify_export
from tests.live import Deployment, deploy

IN_FLIGHT = 16
ROUNDS = int(os.environ.get("ISA_KILL_GATEWAY_ROUNDS", "5"))


async def load(deployment: Deployment, partner: Partner, pid: int, kill_after: float) -> int:
    """16 clients ask until the process is killed, `kill_after` seconds after the first answer; how many had no answer.

    Whatever was acknowledged goes into `partner.acknowledged`.
    """
    pins = [read_signing_key(deployment.settings.response_key).public.keyid]
    vkey = (deployment.folder / "gateway" / "log.vkey").read_text("utf-8").strip()
    first, unanswered = asyncio.Event(), 0

    async def client(number: int) -> None:
        nonlocal unanswered
        party, question = question_about(deployment, "lmia" if number % 2 else "protection-case")
        origin, key = deployment.settings.origin, deployment.keys[party]
        async with AsyncGateway(origin, key, pins=pins, log_vkey=vkey) as gateway:
            while True:
                try:
                    answer = await gateway.disclose(question)
                except httpx.TransportError:
                    unanswered += 1
                    return
                except UnavailableError:
                    continue
                assert answer.entry_index not in partner.acknowledged, "an index was given twice"
                partner.remember(answer.entry_index, from_base64url(answer.receipt.members["entry"]))
                first.set()

    async def kill() -> None:
        await first.wait()
        await asyncio.sleep(kill_after)
        os.kill(pid, signal.SIGKILL)

    await asyncio.gather(kill(), *(client(number) for number in range(IN_FLIGHT)))
    return unanswered


def play(deployment: Deployment, tmp_path: Path) -> None:
    partner, chance = Partner(deployment), random.Random(20261122)
    for turn in range(ROUNDS):
        before = len(partner.acknowledged)
        with deployment.start() as live:
            unanswered = asyncio.run(load(deployment, partner, live.pid, chance.uniform(0.05, 0.7)))
            with contextlib.suppress(ChildProcessError):
                assert os.waitstatus_to_exitcode(os.waitpid(live.pid, 0)[1]) == -signal.SIGKILL
        assert len(partner.acknowledged) > before
        assert unanswered == IN_FLIGHT
        size = partner.check_log()
        assert size >= len(partner.acknowledged), f"round {turn}"
    with deployment.start() as live:
        assert partner.ask().status == 200
        size = partner.check_log()
        assert max(partner.acknowledged) == size - 1
        time.sleep(1.5)
        assert f"size: {size}\n" in verify_export(live.settings, tmp_path / "export")
        assert "Traceback" not in live.output()


@pytest.mark.timeout(900)
def test_the_gateway_killed_on_sqlite(tmp_path: Path) -> None:
    play(deploy(tmp_path, workers=50), tmp_path)


@pytest.mark.timeout(900)
def test_the_gateway_killed_on_postgres(postgres_url: str, tmp_path: Path) -> None:
    play(deploy(tmp_path, workers=50, database_url=postgres_url), tmp_path)
