"""Publications, suspensions and kill -9 while partners ask; then the log is folded (`tests.storm`).

A small storm; the whole of it, 200 changes on both databases, is `python -m tests.storm`. ISA_STORM_CHANGES sets how
many changes there are for each database.
"""

import asyncio
import os
from pathlib import Path

import pytest

from tests.live import deploy
from tests.storm.storm import storm

CHANGES = int(os.environ.get("ISA_STORM_CHANGES", "5"))


@pytest.mark.timeout(900)
def test_two_processes_on_postgres(postgres_url: str, tmp_path: Path) -> None:
    deployment = deploy(tmp_path, workers=50, database_url=postgres_url)
    made = asyncio.run(storm(deployment, count=2, changes=CHANGES, kills=1, clients=2))
    made.require_sound(timed=False)
    assert made.changes.count >= CHANGES
    assert made.found.decisions["permit"] > 0


@pytest.mark.timeout(900)
def test_one_process_on_sqlite(tmp_path: Path) -> None:
    made = asyncio.run(storm(deploy(tmp_path, workers=50), count=1, changes=CHANGES, kills=1, clients=2, seed=2))
    made.require_sound(timed=False)
    assert made.changes.count >= CHANGES
    assert made.load.acknowledged
