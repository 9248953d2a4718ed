"""What a simulation costs: a log of random recorded requests is filled, then judged anew under an amended rulebook.

    python -m tests.bench.simulation --entries 1000000
    python -m tests.bench.simulation --entries 1000000 --url postgresql+psycopg://...
    python -m tests.bench.simulation --folder /tmp/kept      fills it once, and simulates again the next time

200 kinds of requests come again and again, on 240 days, about a new person every fifth time. `--written` of the entries
are written as the use case writes them; the rest are copies of their rows, which cost as much to read. Progress goes to
standard error; the last line of standard output is one JSON object: seconds of filling and of the simulation, and what
it found.
"""

import argparse
import asyncio
import dataclasses
import json
import resource
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import text

from audit.note_key import SignerKey
from gateway.adapters.log.appending import open_commit
from gateway.adapters.log.assembly import OpenLog, open_log
from gateway.adapters.log.recorded.passing import RecordedProcesses
from gateway.adapters.log.vault import VaultKeys
from gateway.bootstrap import simulating
from gateway.domain.target import SubjectIdentifier
from gateway.service.simulation.recorded import Period
from gateway.service.simulation.simulate import Simulation
from tests.integration.test_simulation import drafted
from tests.recorded import DAYS, FIRST, Judged, World, put_on_record
from tests.unit.policy.queries import rulebook

KINDS = 200
PER_PERSON = 5
STEP = 10_000
_COPIED = {"entry": "leaf_hash, body", "private_part": "part, key_token, tokens, ciphertext"}


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def about(one: Judged, number: int, entries: int) -> Judged:
    """The same request about another person, at its place in the 240 days."""
    at = datetime(FIRST.year, FIRST.month, FIRST.day, tzinfo=UTC) + timedelta(days=DAYS * number / entries)
    name, value = f"filled-{number}", f"{number // PER_PERSON:09d}"
    target = one.request.target
    request = dataclasses.replace(
        one.request,
        received_at=at,
        nonce=name,
        idempotency_key=name,
        request_digest=number.to_bytes(32, "big"),
        target=SubjectIdentifier(target.scheme, value) if isinstance(target, SubjectIdentifier) else target,
    )
    records = tuple(
        dataclasses.replace(record, reference=name, subject=None if record.subject is None else value)
        for record in one.outcome.records
    )
    return Judged(request, dataclasses.replace(one.outcome, records=records))


async def fill(url: str, log: OpenLog, entries: int, drawn: World, kinds: list[Judged]) -> None:
    there = log.reader.head()[0]
    commit = open_commit(url, log)
    try:
        for start in range(there, entries, STEP):
            numbers = range(start, min(start + STEP, entries))
            await put_on_record(commit, [about(drawn.rng.choice(kinds), one, entries) for one in numbers])
            say(f"filled {numbers.stop} of {entries}")
    finally:
        await commit.close()


def copy(log: OpenLog, entries: int) -> None:
    """Rows of the entries that are there once more, further on, until there are so many: enough for who only reads."""
    size = log.reader.head()[0]
    for start in range(size, entries, size):
        place = {"by": start, "until": min(size, entries - start)}
        with log.engine.begin() as connection:
            for table, columns in _COPIED.items():
                connection.execute(
                    text(
                        f"INSERT INTO {table} (entry_index, {columns}) "
                        f"SELECT entry_index + :by, {columns} FROM {table} WHERE entry_index < :until"
                    ),
                    place,
                )
            connection.execute(text("UPDATE log_head SET size = :size"), {"size": start + place["until"]})
        say(f"copied to {start + place['until']} of {entries}")


async def simulate(url: str, log: OpenLog) -> dict[str, object]:
    draft = drafted(1)
    recorded = RecordedProcesses(url, log.engine, log.vault)
    simulation = Simulation(recorded, simulating.candidate(draft, rulebook()), simulating.candidate(rulebook()))
    # Every agreement, as if the register had changed: the most that there can be to do.
    scope = dataclasses.replace(simulating.scope(rulebook(), draft, Period()), agreements=None)
    async for step in simulation.run(scope):
        if step.done % 100_000 < STEP:
            say(f"read {step.done} of {step.total}: {step.changed} change, {step.inputs} inputs")
    report = simulation.report()
    return {
        "requests": report.requests,
        "changed": report.changed,
        "inputs": report.inputs,
        "groups": len(report.groups),
    }


def _cpu() -> float:
    """Seconds of this process and of those that ended; not of a database server."""
    usage = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in usage)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--entries", type=int, default=1_000_000)
    options.add_argument("--written", type=int, default=100_000)
    options.add_argument("--url", help="database; without it, SQLite in the folder")
    options.add_argument("--folder", type=Path, help="where the SQLite file is kept; without it, a temporary folder")
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="isa-bench-simulation-") as temporary:
        folder = given.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        url = given.url or f"sqlite:///{folder / 'log.db'}"
        key = folder / "log.key"
        if not key.exists():
            key.write_text(SignerKey.generate("bench.example/log").to_secret(), "utf-8")
        log = open_log(url, VaultKeys(bytes(32), {1: b"\x01" * 32}), SignerKey.parse(key.read_text("utf-8")))
        drawn = World(20261127)
        kinds = [drawn.draw() for _ in range(KINDS)]
        started = time.perf_counter()
        written = min(given.written, given.entries)
        asyncio.run(fill(url, log, written, drawn, kinds))
        copy(log, given.entries)
        filled = time.perf_counter()
        used = _cpu()
        found = asyncio.run(simulate(url, log))
        ended = time.perf_counter()
        log.engine.dispose()
    usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    measured = {
        "entries": given.entries,
        "written": written,
        "fill_seconds": round(filled - started, 1),
        "seconds": round(ended - filled, 1),
        "cpu_seconds": round(_cpu() - used, 1),
        "peak_mib": max(one.ru_maxrss for one in usage) // 1024,
        **found,
    }
    print(json.dumps(measured))


if __name__ == "__main__":
    main()
