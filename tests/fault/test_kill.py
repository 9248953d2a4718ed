"""kill -9 at any moment under load: no acknowledged entry is lost, no index is given twice, the log verifies.

ISA_KILL_ROUNDS sets the number of rounds (default 5; 50 take under three minutes on two cores).
"""

import os
import random
import select
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from audit.merkle import Frontier, leaf_hash
from audit.verify import verify_log
from gateway.adapters.db.engine import open_engine
from gateway.adapters.db.schema import prepare as prepare_schema
from gateway.adapters.log.checkpoints import CheckpointTable
from gateway.adapters.log.reader import LogReader
from gateway.service.log.checkpointing import Checkpointing
from tests.unit.log.world import LOG_KEY

ROUNDS = int(os.environ.get("ISA_KILL_ROUNDS", "5"))
ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Witness:
    """Follows a log from outside: what was acknowledged, and the tree it read so far."""

    engine: Engine
    acknowledged: dict[int, str] = field(default_factory=dict)
    frontier: Frontier = field(default_factory=Frontier)
    leaves: list[str] = field(default_factory=list)

    def acknowledge(self, line: bytes) -> None:
        index, leaf = line.decode().split()
        assert int(index) not in self.acknowledged, "an index was given twice"
        self.acknowledged[int(index)] = leaf

    def check(self) -> None:
        """Read what is new; compare with the head and with everything acknowledged."""
        # One view of all tables: a server may finish the commit of a client that was killed while this reads.
        one_view = {"isolation_level": "REPEATABLE READ"} if self.engine.dialect.name == "postgresql" else {}
        with self.engine.connect().execution_options(**one_view) as connection:
            head = connection.execute(text("SELECT size, root FROM log_head")).one()
            rows = connection.execute(
                text("SELECT entry_index, body FROM entry WHERE entry_index >= :first ORDER BY entry_index"),
                {"first": self.frontier.size},
            ).all()
            counts = connection.execute(
                text(
                    "SELECT (SELECT count(*) FROM entry), (SELECT count(*) FROM spent_nonce), "
                    "(SELECT count(*) FROM private_part), (SELECT count(*) FROM search_token), "
                    "(SELECT count(*) FROM obligation)"
                )
            ).one()
        for index, body in rows:
            leaf = leaf_hash(bytes(body))
            assert self.frontier.append(leaf) == index
            self.leaves.append(leaf.hex())
        assert tuple(head) == (self.frontier.size, self.frontier.root())
        assert set(counts) == {self.frontier.size}, "a transaction was torn"
        lost = [index for index, leaf in self.acknowledged.items() if self.leaves[index : index + 1] != [leaf]]
        assert not lost, "acknowledged entries were lost"


def start(url: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.fault.appending", url]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def kill_at_random(process: subprocess.Popen[bytes], witness: Witness, chance: random.Random) -> None:
    """Wait for the first receipt, a random moment more, kill, and note every receipt the process reported."""
    assert process.stdout is not None
    assert process.stderr is not None
    output = process.stdout
    select.select([output], [], [], 30)
    deadline = time.monotonic() + chance.uniform(0, 0.4)
    received = b""
    while (left := deadline - time.monotonic()) > 0:
        if select.select([output], [], [], left)[0]:
            received += os.read(output.fileno(), 65_536)
    process.kill()
    while rest := os.read(output.fileno(), 65_536):
        received += rest
    error = process.stderr.read()
    assert process.wait() == -9, error.decode()
    process.stdout.close()
    process.stderr.close()
    for line in received.split(b"\n")[:-1]:
        witness.acknowledge(line)


def play(url: str, processes: int, rounds: int = ROUNDS) -> None:
    engine = open_engine(url)
    prepare_schema(engine)
    witness = Witness(engine)
    chance = random.Random(20261120)
    try:
        for _ in range(rounds):
            running = [start(url) for _ in range(processes)]
            for process in running:
                kill_at_random(process, witness, chance)
            witness.check()
        assert len(witness.acknowledged) > 10 * rounds, "there was no load"
        reader = LogReader(engine)
        note = Checkpointing(reader, LOG_KEY, [CheckpointTable(engine)]).sign().encode()
        report = verify_log(lambda path: note if path == "checkpoint" else reader.read(path), LOG_KEY.verifier)
        assert report.ok, report.findings
        # PostgreSQL may finish a COMMIT that a killed process had sent; nobody was told of it, and it is whole.
        witness.check()
        signed = report.facts["size"]
        assert isinstance(signed, int)
        assert max(witness.acknowledged) < signed <= witness.frontier.size
    finally:
        engine.dispose()


@pytest.mark.timeout(600)
def test_killed_on_sqlite(tmp_path: Path) -> None:
    play(f"sqlite:///{tmp_path / 'log.sqlite'}", 1)


@pytest.mark.timeout(600)
def test_killed_on_postgres(postgres_url: str) -> None:
    play(postgres_url, 1)


def test_one_of_two_replicas_killed_on_postgres(postgres_url: str) -> None:
    play(postgres_url, 2, rounds=2)
