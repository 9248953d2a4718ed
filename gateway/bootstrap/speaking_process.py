"""A process of this deployment that says how far it is on standard output, a JSON line each; and who listens to it.

Invariants: it has the settings in its environment, as every command does; it ends with whoever listens, however that
ends. Does not: know what is said.
"""

import asyncio
import contextlib
import json
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final

from gateway.deployment.settings import Settings

_LONGEST_LINE: Final = 1 << 24
_PATIENCE: Final = 5.0
"""Seconds to end by itself once it was asked to."""


@dataclass(frozen=True, slots=True)
class Speaking:
    """The process while it runs."""

    process: asyncio.subprocess.Process

    async def lines(self) -> AsyncIterator[dict[str, Any]]:
        """What it says, until its end. Raises ValueError for what is no JSON object."""
        while self.process.stdout is not None and (line := await self.process.stdout.readline()):
            told = json.loads(line)
            if not isinstance(told, dict):
                raise ValueError("a line is no object")
            yield told

    async def hear(self, word: str) -> None:
        """Say a word to it. Raises OSError where it has ended."""
        if self.process.stdin is None:
            raise BrokenPipeError
        self.process.stdin.write(f"{word}\n".encode())
        await self.process.stdin.drain()

    def interrupt(self, signal: int) -> None:
        """Send a signal; nothing happens where it has ended."""
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(signal)


@asynccontextmanager
async def speaking(settings: Settings, module: str, *arguments: str) -> AsyncIterator[Speaking]:
    """`python -m module arguments`, while in the context."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", module, *arguments,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
        env={**os.environ, **settings.to_environment()}, limit=_LONGEST_LINE,
    )  # fmt: skip
    try:
        yield Speaking(process)
    finally:
        await _ended(process)


async def _ended(process: asyncio.subprocess.Process) -> None:
    if process.returncode is not None:
        return
    with contextlib.suppress(ProcessLookupError):
        process.terminate()
    try:
        await asyncio.wait_for(process.wait(), _PATIENCE)
    except TimeoutError:
        process.kill()
        await process.wait()
