"""A load generator that costs little: prepared HTTP/1.1 requests over kept-open connections, times per answer.

Latencies are in seconds, from the first byte written to the last byte read. Any answer but the expected status fails
the measurement, so that a fast refusal never counts as speed.
"""

import asyncio
import os
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Measured:
    """One run against one server. `cpu` is CPU seconds of the server process."""

    requests: int
    seconds: float
    latencies: tuple[float, ...]
    cpu: float

    @property
    def rate(self) -> float:
        return self.requests / self.seconds

    @property
    def cpu_milliseconds(self) -> float:
        return 1000 * self.cpu / self.requests

    def quantile_milliseconds(self, fraction: float) -> float:
        ordered = sorted(self.latencies)
        return 1000 * ordered[min(len(ordered) - 1, int(len(ordered) * fraction))]


def http_request(method: str, path: str, headers: Sequence[tuple[bytes, bytes]], body: bytes, host: str) -> bytes:
    """The bytes of one request on a kept-open connection."""
    lines = [f"{method} {path} HTTP/1.1".encode(), b"host: " + host.encode()]
    lines += [name + b": " + value for name, value in headers]
    lines.append(b"content-length: %d" % len(body))
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


async def _connection(
    port: int, requests: list[bytes], latencies: list[float], expected: bytes, sizes: list[int]
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        while requests:
            request = requests.pop()
            started = time.perf_counter()
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0])
            await reader.readexactly(length)
            latencies.append(time.perf_counter() - started)
            sizes.append(length)
            if head[9:12] != expected:
                raise RuntimeError(f"answered {head[9:12].decode()} instead of {expected.decode()}")
    finally:
        writer.close()


def cpu_seconds(pid: int) -> float:
    """User and system time of a process."""
    with open(f"/proc/{pid}/stat") as stat:
        fields = stat.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def measure(port: int, pid: int, requests: Sequence[bytes], in_flight: int, expected: int = 200) -> Measured:
    """Send every request once, `in_flight` at a time."""
    waiting, latencies, sizes = list(requests), [], []  # type: ignore[var-annotated]

    async def run() -> float:
        started = time.perf_counter()
        status = str(expected).encode()
        await asyncio.gather(*(_connection(port, waiting, latencies, status, sizes) for _ in range(in_flight)))
        return time.perf_counter() - started

    before = cpu_seconds(pid)
    seconds = asyncio.run(run())
    return Measured(len(requests), seconds, tuple(latencies), cpu_seconds(pid) - before)


def median(values: Sequence[float]) -> float:
    return statistics.median(values)
