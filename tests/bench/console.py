"""How long the pages of the console take over a large log: server time, median and slowest, and a person's page.

    python -m tests.bench.console                     1,000,000 entries on SQLite
    python -m tests.bench.console --entries 50000 --postgres

The story of the demonstration is played first, then the log is filled through the real commit (one schedule, people of
five entries each), the gateway follows it, and the console asks it through the staff socket as in production. Every
page of every topic is asked for, by a role that may open it, in both languages. The last line is one JSON object.
"""

import argparse
import asyncio
import json
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from gateway.adapters.db.engine import parse
from gateway.adapters.log.appending import open_commit
from gateway.bootstrap.log import read_log
from gateway.console.topic import Route
from gateway.console.topics import TOPICS
from gateway.demo.play import Sandbox, free_port, play
from gateway.demo.story import story
from gateway.deployment.settings import Settings
from gateway.domain.actor import Role
from gateway.staff.asking import ask
from tests.bench.growth import Filler
from tests.console.examples import filled
from tests.console.house import House
from tests.live import deploy
from tests.postgres import PostgresServer, find_postgres

ROUNDS = 9
MOST_SECONDS = 3_600


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


async def fill(settings: Settings, count: int) -> None:
    """Append entries beside nobody: the gateway starts afterwards."""
    log = read_log(settings)
    commit = open_commit(settings.database_url, log)
    filler = Filler(commit)
    await filler.grow(count, lambda done, of: say(f"appended {done:,} of {of:,} entries"))
    await commit.close()
    log.checkpoints.sign()
    log.engine.dispose()


async def followed(socket: Path) -> None:
    """Until the projection has read every entry."""
    deadline = time.monotonic() + MOST_SECONDS
    while time.monotonic() < deadline:
        told = await ask(socket, "projection.status", {})
        if told["behind"] == 0:
            return
        await asyncio.sleep(1)
    raise RuntimeError("the projection did not catch up")


async def pages(house: House) -> dict[str, list[float]]:
    """Milliseconds by path: every page that a role may open."""
    found: dict[str, list[float]] = {}
    async with house.console() as console:
        for topic in TOPICS:
            for route in topic.routes:
                if route.method != "GET" or route.rule.public:
                    continue
                session = await console.session(*_roles(route))
                async with console.browser(session) as browser:
                    for number in range(ROUNDS):
                        path = await filled(route.path, house, console, session)
                        began = time.perf_counter()
                        answer = await browser.get(f"/{'fr' if number % 2 else 'en'}{path}")
                        spent = 1000 * (time.perf_counter() - began)
                        if answer.status_code >= 500:
                            raise RuntimeError(f"{route.path}: {answer.status_code}")
                        found.setdefault(route.path, []).append(spent)
                times = found[route.path]
                say(f"{route.path:50} {statistics.median(times):8.1f} ms, slowest {max(times):8.1f} ms")
    return found


def _roles(route: Route) -> tuple[Role, ...]:
    return tuple(route.rule.roles) or tuple(Role)


def bench(folder: Path, count: int, url: str | None) -> dict[str, Any]:
    changes: dict[str, Any] = {"console_origin": f"http://127.0.0.1:{free_port()}"}
    if url is not None:
        changes["database_url"] = url
    made = deploy(folder, workers=1_000, **changes)
    began = time.perf_counter()
    asyncio.run(fill(made.settings, count))
    say(f"filled in {time.perf_counter() - began:.0f} s")
    with made.start() as live:
        sandbox = Sandbox(live.settings, folder / "gateway", live.landmarks, live.keys, live.pid)
        for scene in story(live.landmarks):
            play(sandbox, scene)
        assert live.settings.staff_socket is not None
        began = time.perf_counter()
        asyncio.run(followed(live.settings.staff_socket))
        say(f"followed in {time.perf_counter() - began:.0f} s")
        waiting = asyncio.run(ask(live.settings.staff_socket, "referral.list", {"only_open": True}))
        settings = replace(live.settings, console_origin=f"http://127.0.0.1:{free_port()}")
        referrals = tuple(one["referral"] for one in waiting)
        house = House(live, settings, referrals, "f-none", dict(live.landmarks["protection_case"]))
        found = asyncio.run(pages(house))
    medians = {path: round(statistics.median(times), 1) for path, times in found.items()}
    return {
        "entries": count,
        "database": parse(made.settings.database_url).get_backend_name(),
        "milliseconds": medians,
        "slowest": max(medians, key=lambda path: medians[path]),
    }


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.console")
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--postgres", action="store_true", help="on a PostgreSQL made for this")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="isa-bench-console-") as folder:
        if not arguments.postgres:
            print(json.dumps(bench(Path(folder), arguments.entries, None)))
            return
        binaries = find_postgres()
        if binaries is None:
            raise SystemExit("PostgreSQL (initdb, postgres) is not on this machine")
        server = PostgresServer(binaries)
        server.start()
        try:
            print(json.dumps(bench(Path(folder), arguments.entries, server.create_database())))
        finally:
            server.remove()


if __name__ == "__main__":
    main()
