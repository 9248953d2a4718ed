"""What each step of a permit costs in CPU, beside the floor: `make bench BENCH=--steps`.

The whole way runs in this process, from a signed request as the server hands it over to the signed answer, 32 in
flight, over a real SQLite log; the clock of each step is the thread's CPU time, so that other processes and the disk
do not count. The floors are what no structure can save: one signature checked, one made, one row read, one row written
as a thirty-second of a commit, one request over a bare route of the same server.
A figure is the least of several rounds: CPU time is never measured too short, and often too long.
"""

import asyncio
import contextlib
import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, MutableMapping, Sequence
from pathlib import Path
from typing import Any

import uvloop

from gateway.adapters.log import group_commit
from gateway.api import exchange, partner
from gateway.api.routed import App
from gateway.bootstrap.partner import application
from gateway.httpsig.keys import SigningKey
from gateway.service.disclosure import disclose
from gateway.service.disclosure.gather import Gatherer

ROUNDS = 8
IN_FLIGHT = 32
STEPS: Sequence[tuple[str, Any, str]] = (
    ("check the signature", exchange, "verify_request"),
    ("read the body", partner, "_body_of"),
    ("decide, fetch, decide, redact", Gatherer, "__call__"),
    ("write the evidence down", disclose, "evidence_of"),
    ("make it ready for the batch", group_commit, "prepare"),
    ("commit, a share of the batch", group_commit.Appender, "_append"),
    ("write the answer", partner, "_render"),
    ("sign the answer", exchange, "sign_response"),
)
Requests = list[tuple[list[tuple[bytes, bytes]], bytes]]


class Clock:
    """Thread CPU time by step. A step that awaits is one that does not wait: an indexed read of SQLite."""

    def __init__(self) -> None:
        self.spent: dict[str, int] = {}

    def _add(self, name: str, since: int) -> None:
        self.spent[name] = self.spent.get(name, 0) + time.thread_time_ns() - since

    def timed(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        if asyncio.iscoroutinefunction(call):

            async def awaited(*arguments: Any, **named: Any) -> Any:
                since = time.thread_time_ns()
                try:
                    return await call(*arguments, **named)
                finally:
                    self._add(name, since)

            return awaited

        def called(*arguments: Any, **named: Any) -> Any:
            since = time.thread_time_ns()
            try:
                return call(*arguments, **named)
            finally:
                self._add(name, since)

        return called

    @contextlib.contextmanager
    def over(self, steps: Sequence[tuple[str, Any, str]]) -> Iterator[None]:
        """Clocks the steps of the running gateway while it lasts."""
        before = [(place, attribute, vars(place)[attribute]) for _name, place, attribute in steps]
        try:
            for name, place, attribute in steps:
                setattr(place, attribute, self.timed(name, vars(place)[attribute]))
            yield
        finally:
            for place, attribute, call in before:
                setattr(place, attribute, call)


@contextlib.asynccontextmanager
async def _started(app: App) -> AsyncIterator[None]:
    asked: asyncio.Queue[MutableMapping[str, Any]] = asyncio.Queue()
    told: asyncio.Queue[MutableMapping[str, Any]] = asyncio.Queue()

    async def run() -> None:
        await app({"type": "lifespan", "state": {}}, asked.get, told.put)

    running = asyncio.create_task(run())
    await asked.put({"type": "lifespan.startup"})
    started = await told.get()
    if started["type"] != "lifespan.startup.complete":
        raise RuntimeError("the gateway did not start")
    try:
        yield
    finally:
        await asked.put({"type": "lifespan.shutdown"})
        await told.get()
        await running


async def _one(app: App, path: str, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
    async def receive() -> MutableMapping[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: MutableMapping[str, Any]) -> None:
        if message.get("status", 200) != 200:
            raise RuntimeError(f"answered {message['status']}")

    scope = {
        "type": "http",
        "method": "POST",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": headers,
        "scheme": "http",
        "http_version": "1.1",
        "client": None,
        "server": None,
    }
    await app(scope, receive, send)


async def _all(app: App, path: str, requests: Requests) -> None:
    async def some() -> None:
        while requests:
            await _one(app, path, *requests.pop())

    await asyncio.gather(*(some() for _ in range(IN_FLIGHT)))


def parsed(requests: Sequence[bytes]) -> Requests:
    """From the bytes of requests to header lines and body."""
    read = []
    for request in requests:
        head, _, body = request.partition(b"\r\n\r\n")
        lines = [line.split(b": ", 1) for line in head.split(b"\r\n")[1:]]
        read.append(([(name, value) for name, value in lines], body))
    return read


def measured(
    settings: Any, path: str, make: Callable[[int], Sequence[bytes]], count: int
) -> tuple[float, dict[str, float]]:
    """Microseconds of CPU: the whole way in this process, and each step of it."""

    async def run() -> tuple[float, dict[str, float]]:
        app = application(settings)
        clock = Clock()
        whole: list[float] = []
        steps: list[dict[str, float]] = []
        async with _started(app):
            await _all(app, path, parsed(make(500)))
            for number in range(2 * ROUNDS):
                requests = parsed(make(count))
                clock.spent.clear()
                with clock.over(STEPS if number % 2 else ()):
                    since = time.thread_time_ns()
                    await _all(app, path, requests)
                    spent = time.thread_time_ns() - since
                if number % 2:
                    steps.append({name: clock.spent[name] / count / 1000 for name, *_ in STEPS})
                else:
                    whole.append(spent / count / 1000)
        return min(whole), {name: min(step[name] for step in steps) for name, *_ in STEPS}

    return uvloop.run(run())


def _least(call: Callable[[], object], repeats: int) -> float:
    found = []
    for _ in range(ROUNDS):
        since = time.thread_time_ns()
        for _again in range(repeats):
            call()
        found.append((time.thread_time_ns() - since) / repeats / 1000)
    return min(found)


def floors(world: Path, folder: Path) -> dict[str, float]:
    """Microseconds of CPU of what every permit needs at least."""
    key, data = SigningKey.generate(), bytes(700)
    signature = key.sign(data)
    reading = sqlite3.connect(f"file:{world}?mode=ro", uri=True, isolation_level=None)
    (value,) = reading.execute('SELECT system_file_number FROM "lmia" LIMIT 1').fetchone()
    writing = sqlite3.connect(folder / "floor.db", isolation_level=None)
    writing.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE row(id INTEGER, body BLOB);")
    rows = [item for number in range(IN_FLIGHT) for item in (number, bytes(1500))]
    insert = f"INSERT INTO row(id, body) VALUES {','.join(['(?,?)'] * IN_FLIGHT)}"

    def write() -> None:
        writing.execute("BEGIN IMMEDIATE")
        writing.execute(insert, rows)
        writing.execute("COMMIT")

    select = 'SELECT * FROM "lmia" WHERE system_file_number = ?'
    try:
        return {
            "one signature checked": _least(lambda: key.public.verifies(signature, data), 300),
            "one signature made": _least(lambda: key.sign(data), 300),
            "one row read": _least(lambda: reading.execute(select, (value,)).fetchall(), 300),
            "one row written": _least(write, 30) / IN_FLIGHT,
        }
    finally:
        reading.close()
        writing.close()


def table(whole: float, steps: Mapping[str, float], floor: Mapping[str, float]) -> str:
    """As Markdown."""
    beside = {
        "check the signature": "one signature checked",
        "decide, fetch, decide, redact": "one row read",
        "commit, a share of the batch": "one row written",
        "sign the answer": "one signature made",
    }
    lines = ["| step | µs | share | floor | µs |", "|---|---|---|---|---|"]
    for name, spent in steps.items():
        least = beside.get(name, "")
        cost = f"{floor[least]:.0f}" if least else ""
        lines.append(f"| {name} | {spent:.0f} | {100 * spent / whole:.0f} % | {least} | {cost} |")
    rest = whole - sum(steps.values())
    lines.append(f"| the rest: exchange, route, waiting for the batch | {rest:.0f} | {100 * rest / whole:.0f} % | | |")
    lines.append(f"| all, without the server | {whole:.0f} | 100 % | all | {sum(floor.values()):.0f} |")
    return "\n".join(lines)
