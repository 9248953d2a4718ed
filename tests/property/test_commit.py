"""Invariants 1 and 9 under random storage failures: what is acknowledged is there, and all of it or nothing."""

import shutil
import sqlite3
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit.merkle import Frontier, leaf_hash
from gateway.adapters.log.group_commit import Appender
from gateway.adapters.log.prepared import Prepared, prepare
from gateway.adapters.log.sqlite_store import SqliteStore
from gateway.adapters.log.vault import Vault
from gateway.domain.errors import LogUnavailableError
from gateway.domain.submission import KeyRepeated, NonceReplayed, Receipt
from tests.fault.faulty_sqlite import Fault, faulty_connector
from tests.unit.log.samples import KEYS, new_database, subject, submission

_VAULT = Vault(KEYS)


@dataclass(frozen=True)
class Step:
    """One batch: submissions as (nonce, key, body, person), and where the storage fails, if it does."""

    submissions: list[tuple[int, int | None, int, int]]
    fault: tuple[int, bool] | None


SUBMISSIONS = st.tuples(
    st.integers(0, 12), st.one_of(st.none(), st.integers(0, 5)), st.integers(0, 1), st.integers(0, 4)
)
STEPS = st.lists(
    st.builds(
        Step,
        st.lists(SUBMISSIONS, min_size=1, max_size=8),
        st.one_of(st.none(), st.tuples(st.integers(0, 13), st.booleans())),
    ),
    min_size=1,
    max_size=6,
)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty log to copy, because making the schema takes longer than most examples."""
    return new_database(tmp_path_factory.mktemp("template"))


def fresh_database(template: Path) -> Path:
    target = Path(tempfile.mkdtemp(dir=template.parent)) / template.name
    shutil.copy(template, target)
    return target


def made(step: Step) -> list[Prepared]:
    return [
        prepare(
            submission(
                subject(person), nonce=f"nonce-{nonce}", key=None if key is None else f"key-{key}", body=bytes([body])
            ),
            _VAULT,
        )
        for nonce, key, body, person in step.submissions
    ]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=STEPS)
def test_acknowledged_is_durable_and_a_transaction_is_whole(template: Path, steps: list[Step]) -> None:
    database, fault = fresh_database(template), Fault()
    appender = Appender(SqliteStore(database, faulty_connector(database, fault)), _VAULT)
    acknowledged: dict[int, bytes] = {}
    offered: dict[bytes, Prepared] = {}
    replayed: set[bytes] = set()
    repeated: list[tuple[bytes, KeyRepeated, bytes]] = []
    try:
        for step in steps:
            batch = made(step)
            offered.update({item.leaf: item for item in batch})
            fault.disarm()
            if step.fault is not None:
                fault.arm(step.fault[0], after=step.fault[1])
            try:
                outcomes = appender.append(batch)
            except LogUnavailableError:
                continue
            for item, outcome in zip(batch, outcomes, strict=True):
                match outcome:
                    case Receipt(index, body, leaf):
                        assert index not in acknowledged
                        assert (body, leaf) == (item.body, item.leaf)
                        acknowledged[index] = body
                    case NonceReplayed():
                        assert item.nonce is not None
                        replayed.add(item.nonce)
                    case KeyRepeated():
                        assert item.idempotency is not None
                        repeated.append((item.idempotency, outcome, item.request_digest))
                    case _:
                        raise AssertionError("a submission has an outcome")
    finally:
        fault.disarm()
        appender.close()
    check(database, acknowledged, offered, replayed, repeated)


def check(
    database: Path,
    acknowledged: dict[int, bytes],
    offered: dict[bytes, Prepared],
    replayed: set[bytes],
    repeated: list[tuple[bytes, KeyRepeated, bytes]],
) -> None:
    connection = sqlite3.connect(database)
    entries = connection.execute("SELECT entry_index, leaf_hash, body FROM entry ORDER BY entry_index").fetchall()
    nonces = {row[0] for row in connection.execute("SELECT digest FROM spent_nonce")}
    keys = {
        row[0]: (row[1], row[2])
        for row in connection.execute("SELECT digest, request_digest, entry_index FROM idempotency_key")
    }
    parts = connection.execute("SELECT entry_index, key_token FROM private_part ORDER BY entry_index").fetchall()
    subject_keys = {row[0] for row in connection.execute("SELECT token FROM subject_key")}
    tokens = connection.execute("SELECT count(*) FROM search_token").fetchone()[0]
    duties = connection.execute("SELECT count(*) FROM obligation").fetchone()[0]
    size, root = connection.execute("SELECT size, root FROM log_head").fetchone()
    connection.close()
    shutil.rmtree(database.parent)

    frontier = Frontier()
    for index, leaf, body in entries:
        assert leaf == leaf_hash(body)
        assert frontier.append(leaf) == index
    assert (size, root) == (frontier.size, frontier.root())
    stored = [offered[leaf] for _index, leaf, _body in entries]
    assert {item.nonce for item in stored} == nonces
    assert len(nonces) == len(stored)
    assert {
        item.idempotency: (item.request_digest, index) for index, item in enumerate(stored) if item.idempotency
    } == keys
    assert [index for index, _token in parts] == list(range(size))
    assert {token for _index, token in parts} == subject_keys
    assert tokens == duties == size
    assert all(entries[index][2] == body for index, body in acknowledged.items())
    assert replayed <= nonces, "a nonce counts as spent without an entry"
    for digest, outcome, request in repeated:
        assert keys[digest] == (keys[digest][0], outcome.entry_index)
        assert outcome.same_request == (keys[digest][0] == request)
