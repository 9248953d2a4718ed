"""How long questions to the projection of the log take, and how fast it is built.

    python -m tests.bench.projection                       10,000,000 entries on PostgreSQL, 1,000,000 on SQLite
    python -m tests.bench.projection --entries 500000      both with so many

Patterns come from random entries that the builder folds; the other entries are filled in by the database, with patterns
as unevenly spread as in life (one in fifteen makes seven of eight entries), over a year and a month. Each question is
asked five times, and the median is told, and the slowest. The last line of standard output is one JSON object.
"""

import argparse
import asyncio
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import Engine, text

from gateway.adapters.projection.reader import ProjectionReader
from gateway.service.projection.columns import Column
from gateway.service.projection.questions import Question
from tests.postgres import PostgresServer, find_postgres
from tests.projected import LogOfEntries, entries

PATTERNS = 3_000
ROUNDS = 5
BEGIN = datetime(2025, 10, 20, tzinfo=UTC)
SPAN_MS = 395 * 86_400_000
FIRST, LAST = date(2025, 11, 5), date(2026, 11, 4)


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def fill(place: Engine, count: int) -> None:
    """Entries beyond those that were folded, and the sums of all."""
    postgres = place.dialect.name == "postgresql"
    begin_ms = int(BEGIN.timestamp()) * 1000
    chance = "random()" if postgres else "(abs(random()) / 9223372036854775807.0)"
    series = (
        f"generate_series({PATTERNS}, {count - 1}) g(value)"
        if postgres
        else f"(WITH RECURSIVE s(value) AS (SELECT {PATTERNS} UNION ALL SELECT value + 1 FROM s "
        f"WHERE value < {count - 1}) SELECT value FROM s) g"
    )
    day = (
        "((to_timestamp(at_ms / 1000) AT TIME ZONE 'America/Toronto')::date - date '0001-01-01' + 1)"
        if postgres
        # Near enough: one offset for the whole year.
        else "(CAST((at_ms - 5 * 3600000) / 86400000 AS INTEGER) + 719163)"
    )
    cast = "CAST(floor({0}) AS integer)" if postgres else "CAST({0} AS INTEGER)"
    number = cast.format(f"{PATTERNS} * {' * '.join([chance] * 5)}")
    statements = [
        "DELETE FROM projection_entry",
        "DELETE FROM projection_sum",
        "DELETE FROM projection_period",
        f"INSERT INTO projection_entry SELECT g.value - {PATTERNS}, "
        f"{begin_ms} + CAST((g.value - {PATTERNS}) * {SPAN_MS / count} AS {'bigint' if postgres else 'INTEGER'}), "
        f"1 + {number}, 1, NULL FROM {series}",
        f"INSERT INTO projection_sum SELECT {day}, pattern, count(*), sum(records), min(entry_index), "
        f"max(entry_index), max(at_ms) FROM projection_entry GROUP BY 1, 2",
    ]
    of_day = "date '0001-01-01' + r.period - 1" if postgres else "date((r.period - 719163) * 86400, 'unixepoch')"
    month = (
        f"-(EXTRACT(YEAR FROM {of_day})::int * 12 + EXTRACT(MONTH FROM {of_day})::int - 1)"
        if postgres
        else f"-(strftime('%Y', {of_day}) * 12 + strftime('%m', {of_day}) - 1)"
    )
    with place.begin() as connection:
        if postgres:
            connection.execute(text("SET LOCAL statement_timeout = 0"))
        for statement in statements:
            connection.execute(text(statement))
        # The first day of all is a Monday.
        for period in ("10000000 + r.period - (r.period - 1) % 7", month, "0"):
            connection.execute(
                text(
                    f"INSERT INTO projection_sum SELECT {period}, r.pattern, sum(r.entries), sum(r.records), "
                    "min(r.first_index), max(r.last_index), max(r.last_ms) FROM projection_sum r "
                    "WHERE r.period BETWEEN 1 AND 3700000 GROUP BY 1, 2"
                )
            )
        connection.execute(
            text(
                "INSERT INTO projection_period SELECT period, sum(entries), sum(records), min(first_index), "
                "max(last_index), max(last_ms) FROM projection_sum GROUP BY period"
            )
        )
        connection.execute(text("UPDATE projection_state SET position = :size"), {"size": count - PATTERNS})
    with place.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE" if postgres else "ANALYZE"))


Ask = Callable[[], Awaitable[object]]


def questions(reader: ProjectionReader, size: int) -> dict[str, Ask]:
    """What screens and reports ask."""
    year = Question(first=FIRST, last=LAST)
    narrow = Question({Column.CUSTODIAN: ("esdc-pob",), Column.WITHHELD: ("wage_hourly",)}, first=FIRST, last=LAST)
    rare = Question(
        {Column.KIND: ("denial",), Column.AGREEMENT: ("isa-2",), Column.REQUESTER: ("cbsa-inland",),
         Column.WITHHELD: ("interview_notes",), Column.REASON: ("agreement-suspended",)}
    )  # fmt: skip
    own = Question(institution="cbsa")
    return {
        "count all": lambda: reader.count(Question()),
        "count a year": lambda: reader.count(year),
        "count narrowed, a year": lambda: reader.count(narrow),
        "count own institution": lambda: reader.count(own),
        "group by element": lambda: reader.group(Question(), [Column.ELEMENT]),
        "group by element, a year": lambda: reader.group(year, [Column.ELEMENT]),
        "group by withheld and reason, a year": lambda: reader.group(year, [Column.WITHHELD, Column.WITHHELD_REASON]),
        "group by clause and custodian": lambda: reader.group(Question(), [Column.CLAUSE, Column.CUSTODIAN]),
        "group by reason, own, a year": lambda: reader.group(
            Question(institution="cbsa", first=FIRST, last=LAST),
            [Column.REASON],
        ),
        "group by month": lambda: reader.group(Question(), [Column.MONTH]),
        "group by month and kind, a year": lambda: reader.group(year, [Column.MONTH, Column.KIND]),
        "group by week and kind, a year": lambda: reader.group(year, [Column.WEEK, Column.KIND]),
        "group by day, all": lambda: reader.group(Question(), [Column.DAY]),
        "group by day and recipient, a year": lambda: reader.group(year, [Column.DAY, Column.RECIPIENT], limit=10_000),
        "group by day and element, all": lambda: reader.group(Question(), [Column.DAY, Column.ELEMENT], limit=10_000),
        "page, newest": lambda: reader.page(Question()),
        "page, in the middle": lambda: reader.page(Question(), before=size // 2),
        "page of a day a year ago": lambda: reader.page(Question(first=date(2025, 12, 1), last=date(2025, 12, 1))),
        "page narrowed": lambda: reader.page(narrow),
        "page narrowed, in the middle": lambda: reader.page(narrow, before=size // 2),
        "page of what is rare": lambda: reader.page(rare, limit=200),
        "page of own institution": lambda: reader.page(own),
        "patterns of an agreement, a year": lambda: reader.patterns(
            Question({Column.AGREEMENT: ("isa-1",)}, first=FIRST, last=LAST)
        ),
    }


def measured(reader: ProjectionReader, size: int) -> dict[str, tuple[float, float]]:
    """Median and slowest, in milliseconds."""
    found = {}

    async def ask() -> None:
        for name, question in questions(reader, size).items():
            times = []
            for _ in range(ROUNDS):
                began = time.perf_counter()
                await question()
                times.append(1000 * (time.perf_counter() - began))
            found[name] = (round(statistics.median(times), 1), round(max(times), 1))
            say(f"  {name:45} {found[name][0]:8.1f} ms   slowest {found[name][1]:8.1f} ms")

    asyncio.run(ask())
    return found


def bench(url: str, count: int) -> dict[str, object]:
    """Fill and ask one database."""
    log = LogOfEntries(url)
    log.append(list(entries(2, PATTERNS, BEGIN)))
    builder, place = log.builder()
    began = time.process_time()
    while builder.advance(1_000):
        pass
    new = 1e6 * (time.process_time() - began) / PATTERNS
    began = time.perf_counter()
    fill(place, count + PATTERNS)
    say(f"{place.dialect.name}: {count} entries filled in {time.perf_counter() - began:.0f} s")
    with place.connect() as connection:
        rows = connection.execute(text("SELECT count(*) FROM projection_sum")).scalar_one()
    say(f"  {builder.standing().patterns} patterns, {rows} sums")
    found = measured(ProjectionReader(place), count)
    place.dispose()
    log.engine.dispose()
    return {"entries": count, "sums": rows, "new_pattern_us": round(new), "milliseconds": found}


def following(count: int) -> dict[str, float]:
    """CPU and time for each entry whose pattern is known, on SQLite, as the builder reads a log."""
    with tempfile.TemporaryDirectory(prefix="isa-bench-projection-") as folder:
        log = LogOfEntries.on_sqlite(Path(folder))
        pick = random.Random(3)
        kinds = list(entries(4, 300, BEGIN))
        log.append([pick.choice(kinds) for _ in range(count)])
        builder, place = log.builder()
        builder.advance(count // 2)
        began, cpu = time.perf_counter(), time.process_time()
        while builder.advance(1_000):
            pass
        spent, used = time.perf_counter() - began, time.process_time() - cpu
        place.dispose()
        log.engine.dispose()
    return {"cpu_us": round(2e6 * used / count, 1), "entries_per_second": round(count / 2 / spent)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int)
    parser.add_argument("--only", choices=["sqlite", "postgresql", "following"])
    asked = parser.parse_args()
    report: dict[str, object] = {}
    if asked.only in (None, "following"):
        report["following"] = following(40_000)
        say(f"following: {report['following']}")
    if asked.only in (None, "sqlite"):
        with tempfile.TemporaryDirectory(prefix="isa-bench-projection-") as folder:
            report["sqlite"] = bench(f"sqlite:///{Path(folder) / 'log.db'}", asked.entries or 1_000_000)
    if asked.only in (None, "postgresql"):
        binaries = find_postgres()
        assert binaries is not None, "PostgreSQL is not installed"
        server = PostgresServer(binaries)
        try:
            server.start()
            report["postgresql"] = bench(server.create_database(), asked.entries or 10_000_000)
        finally:
            server.remove()
    print(json.dumps(report))


if __name__ == "__main__":
    main()
