"""`python -m tests.storm`: 200 random publications and suspensions while partners ask, with kill -9 at random points.

Two processes on one PostgreSQL, then one on SQLite; afterwards the log is folded by somebody who knows nothing of what
the gateways thought (`tests.storm.checker`). Takes some minutes for each database; exits with 1 where something is
wrong.

    python -m tests.storm [--changes 200] [--kills 8] [--clients 3] [--seed 1] [--only postgresql|sqlite]
"""

import argparse
import asyncio
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import Any

from tests.live import deploy
from tests.postgres import PostgresServer, find_postgres
from tests.storm.storm import storm


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.storm")
    for name, usual in (("changes", 200), ("kills", 8), ("clients", 3), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=usual)
    parser.add_argument("--only", choices=["postgresql", "sqlite"])
    asked = parser.parse_args()
    code = 0
    for database, count in (("postgresql", 2), ("sqlite", 1)):
        if asked.only not in (None, database):
            continue
        with tempfile.TemporaryDirectory(prefix="storm-") as folder:
            code |= _play(Path(folder), database, count, asked)
    return code


def _play(folder: Path, database: str, count: int, asked: argparse.Namespace) -> int:
    server = None
    database_url: dict[str, Any] = {}
    if database == "postgresql":
        binaries = find_postgres()
        if binaries is None:
            print("PostgreSQL (initdb, postgres) is not on this machine", file=sys.stderr)
            return 1
        server = PostgresServer(binaries)
        server.start()
        database_url = {"database_url": server.create_database()}
    try:
        deployment = deploy(folder, workers=50, **database_url)
        made = asyncio.run(
            storm(
                deployment,
                count=count,
                changes=asked.changes,
                kills=asked.kills,
                clients=asked.clients,
                seed=asked.seed,
                told=partial(_tell, database),
            )
        )
    finally:
        if server is not None:
            server.remove()
    print(f"{database}, {count} {'process' if count == 1 else 'processes'}\n{made}\n", flush=True)
    try:
        made.require_sound()
    except AssertionError as faults:
        print(faults, file=sys.stderr)
        return 1
    return 0


def _tell(database: str, done: int) -> None:
    if done % 20 == 0:
        print(f"{database}: {done} changes", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
