"""Gateway processes over one log: each with its own port, staff socket and diagnostic log; killed and started at will.

Does not: ask anything of them.
"""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import httpx

from gateway.demo.play import free_port
from gateway.deployment.settings import Settings
from tests.live import Deployment

START_SECONDS = 240.0


@dataclass(slots=True)
class Process:
    """One process of a deployment. `alive` are the times (Unix) from ready to killed of each of its lives."""

    number: int
    settings: Settings
    port: int
    output: Path
    alive: list[list[float]] = field(default_factory=list)
    _running: subprocess.Popen[bytes] | None = None

    @property
    def socket(self) -> Path:
        found = self.settings.staff_socket
        assert found is not None
        return found

    async def start(self) -> None:
        """Start it and wait until it is ready. Raises AssertionError where it does not become so."""
        await asyncio.to_thread(self._run)
        running = self._running
        assert running is not None
        deadline = time.monotonic() + START_SECONDS
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{self.port}", timeout=2, trust_env=False) as client:
            while not await _ready(client):
                ended = self.output.read_text("utf-8", "replace")[-800:]
                assert running.poll() is None, f"ended: {ended}"
                assert time.monotonic() < deadline, f"did not become ready: {ended}"
                await asyncio.sleep(0.1)
        self.alive.append([time.time(), float("inf")])

    def _run(self) -> None:
        environment = {**os.environ, **self.settings.to_environment()}
        command = [sys.executable, "-m", "gateway", "serve", "--port", str(self.port)]
        with self.output.open("ab") as log:
            self._running = subprocess.Popen(command, env=environment, stdout=log, stderr=log)

    def kill(self) -> None:
        """kill -9."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        if self._running is not None and self._running.poll() is None:
            self._end(signal.SIGTERM)

    def _end(self, sent: signal.Signals) -> None:
        running = self._running
        assert running is not None
        if self.alive:
            self.alive[-1][1] = time.time()
        running.send_signal(sent)
        try:
            running.wait(timeout=20)
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()

    def events(self, name: str) -> Iterator[tuple[float, dict[str, object]]]:
        """The events of this name in its diagnostic log: when, and their members."""
        for line in self.output.read_text("utf-8", "replace").splitlines():
            if f'"{name}"' not in line:
                continue
            told = json.loads(line)
            if told.get("event") == name:
                yield datetime.fromisoformat(told["timestamp"]).timestamp(), told


def processes(deployment: Deployment, count: int) -> list[Process]:
    """`count` processes of a deployment, not started yet. Each is asked at an origin of its own."""
    made = []
    for number in range(count):
        port = deployment.port if number == 0 else free_port()
        folder = deployment.settings.response_key.parent
        settings = replace(
            deployment.settings,
            origin=f"http://127.0.0.1:{port}",
            staff_socket=folder / f"staff-{number}.sock",
            checkpoint_file=folder / f"checkpoint-{number}.note",
        )
        made.append(Process(number, settings, port, folder / f"process-{number}.log"))
    return made


async def _ready(client: httpx.AsyncClient) -> bool:
    try:
        return (await client.get("/health/ready")).status_code == 200
    except httpx.HTTPError:
        return False
