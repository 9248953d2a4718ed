"""How long it takes to raise flags, draw a sample and make a report over a large log.

    python -m tests.bench.flags                     1,000,000 entries, on SQLite and on PostgreSQL where there is one
    python -m tests.bench.flags --entries 200000

Entries as in `tests.bench.projection`. Private parts are opened from a log of their own with 20,000 real ones. Each is
done three times, and the median is told. The last line of standard output is one JSON object.
"""

import argparse
import asyncio
import json
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from audit.note_key import SignerKey
from gateway.adapters.log.appending import open_commit
from gateway.adapters.log.assembly import open_log
from gateway.adapters.log.seen_requests import RequestTokens
from gateway.adapters.projection.hours import HoursReader
from gateway.adapters.projection.reader import ProjectionReader
from gateway.domain.element import Catalogue
from gateway.service.flags.drawing import drawn
from gateway.service.flags.rules import Looking, of_hours
from gateway.service.flags.thresholds import Thresholds
from gateway.service.projection.questions import Question
from gateway.service.report.figures import tables_of
from tests.bench.projection import LAST, fill, say
from tests.postgres import PostgresServer, find_postgres
from tests.projected import ORGANIZATIONS, LogOfEntries, entries
from tests.unit.log.samples import KEYS, subject, submission

ROUNDS = 3
PARTS = 20_000


def median_of(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return round(statistics.median(taken) * 1000, 1)


def over_projection(url: str, count: int) -> dict[str, float]:
    log = LogOfEntries(url)
    log.append(list(entries(1, 3_000)))
    builder, place = log.builder()
    while builder.advance(3_000):
        pass
    fill(place, count)
    limits, reader, hours = Thresholds(), ProjectionReader(place), HoursReader(place)
    last = LAST
    first = last - timedelta(days=limits.shown_days + limits.habit_days)
    looking = Looking("esdc", last - timedelta(days=limits.shown_days - 1), last, limits)
    seen = asyncio.run(hours.since(first))
    mine = [one for one in seen.rows if ORGANIZATIONS.get(one.pattern.requester) or one.pattern.custodian]
    month = Question(first=date(2026, 9, 1), last=date(2026, 9, 30), institution="esdc")
    year = Question(first=date(2025, 11, 1), last=date(2026, 10, 31), institution="esdc")

    def draw() -> None:
        drawn(bytes(32), (row.entry_index for rows in reader.rows(month, count) for row in rows), 10)

    def report() -> None:
        tables_of(asyncio.run(reader.patterns(year)), "esdc", ORGANIZATIONS, Catalogue({}))

    found = {
        "entries in the window": float(sum(one.entries for one in seen.rows)),
        "hours and patterns": float(len(seen.rows)),
        "read the window, ms": median_of(lambda: asyncio.run(hours.since(first))),
        "rules over it, ms": median_of(lambda: list(of_hours(mine, looking))),
        "draw a month, ms": median_of(draw),
        "figures of a year, ms": median_of(report),
    }
    place.dispose()
    log.engine.dispose()
    return found


async def _record(url: str, log: Any) -> None:
    commit = open_commit(url, log)
    for start in range(0, PARTS, 500):
        await asyncio.gather(*(commit.commit(submission(subject(at % 5_000))) for at in range(start, start + 500)))
    await commit.close()


def over_parts(folder: Path) -> dict[str, float]:
    url = f"sqlite:///{folder / 'parts.db'}"
    log = open_log(url, KEYS, SignerKey.generate("test.example/log"))
    asyncio.run(_record(url, log))
    taken = median_of(lambda: asyncio.run(RequestTokens(log.engine, log.vault, bytes(32)).since(0)))
    log.engine.dispose()
    return {"open 20,000 private parts, ms": taken, "one, µs": round(taken * 1000 / PARTS, 1)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=1_000_000)
    count = parser.parse_args().entries
    found: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(prefix="flags-bench-") as scratch:
        folder = Path(scratch)
        found["sqlite"] = over_projection(f"sqlite:///{folder / 'log.db'}", count)
        say(f"SQLite: {found['sqlite']}")
        binaries = find_postgres()
        if binaries is not None:
            server = PostgresServer(binaries)
            try:
                server.start()
                found["postgresql"] = over_projection(server.create_database(), count)
            finally:
                server.remove()
            say(f"PostgreSQL: {found['postgresql']}")
        found["private parts"] = over_parts(folder)
        say(f"private parts: {found['private parts']}")
    print(json.dumps({"entries": count, **found}))


if __name__ == "__main__":
    main()
