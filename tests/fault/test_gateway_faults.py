"""A part fails under a real gateway: every answer is a signed 503 that says what to do, or a disclosure on record.

Nothing is disclosed without a durable entry, nothing acknowledged is lost, and the service recovers by itself.
"""

import os
import resource
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import yaml

from gateway.adapters.packaged import packaged
from gateway.demo.play import free_port
from tests.fault.partner import Partner, Reply, comes_back, refused_for_now, verify_export
from tests.fault.rubbish_source import MARK, NOT_BELIEVED, UNUSABLE, RubbishSource, rubbish_source
from tests.live import LiveGateway, deploy
from tests.policy_server import Opa
from tests.postgres import PostgresServer


@pytest.fixture(scope="module")
def source() -> Iterator[RubbishSource]:
    with rubbish_source() as server:
        yield server


@pytest.fixture(scope="module")
def live(source: RubbishSource, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveGateway]:
    """LMIAs come from the JSON service, everything else from the sample world's database."""
    folder = tmp_path_factory.mktemp("faults")
    file = folder / "world" / "with-rest.yaml"
    deployment = deploy(folder, sources_file=file)
    declared = yaml.safe_load((folder / "world" / "sources.yaml").read_text("utf-8"))
    declared["sources"] = [item for item in declared["sources"] if item["record_type"] != "lmia"]
    url = f"http://127.0.0.1:{source.server_address[1]}"
    declared["sources"].append({"record_type": "lmia", "kind": "rest", "url": url, "timeout_ms": 500})
    file.write_text(yaml.safe_dump(declared), "utf-8")
    with deployment.start() as running:
        yield running


@pytest.fixture(scope="module")
def asking(live: LiveGateway) -> Partner:
    return Partner(live)


@pytest.fixture
def partner(asking: Partner) -> Iterator[Partner]:
    """After each test the gateway answers as before, and the log holds what was acknowledged."""
    yield asking
    reply = comes_back(asking.ask)
    assert reply.status == 200, reply.members.get("code")
    asking.check_log()


@pytest.mark.parametrize("mode", UNUSABLE)
def test_a_source_that_is_slow_or_answers_rubbish(partner: Partner, source: RubbishSource, mode: str) -> None:
    before, key, asked = partner.check_log(), f"rubbish-{mode.replace(' ', '-')}", source.asked
    source.mode = mode
    try:
        started = time.monotonic()
        reply = partner.ask("lmia", key=key)
        assert time.monotonic() - started < 5
    finally:
        source.mode = "good"
    assert refused_for_now(reply)
    assert source.asked > asked
    assert MARK not in reply.text
    assert partner.check_log() == before
    again = partner.ask("lmia", key=key)
    assert again.members["records"] == [{"decision": "Confirmed", "positions_remaining": 3}]


def test_values_that_cannot_be_stay(partner: Partner, source: RubbishSource) -> None:
    try:
        source.mode = "a value out of range"
        reply = partner.ask("lmia")
        assert reply.members["records"] == [{"positions_remaining": 3}]
        assert [item["element"] for item in reply.members["withheld"]] == ["decision"]
        source.mode = "only values out of range"
        nothing = partner.ask("lmia")
        assert nothing.members["records"] == [{"positions_remaining": None}]
        source.mode = "more than was asked"
        more = partner.ask("lmia")
        assert more.members["records"] == [{"decision": "Confirmed", "positions_remaining": 3}]
        assert not any(MARK in said.text for said in (reply, nothing, more))
    finally:
        source.mode = "good"


def test_values_of_another_type_stay(partner: Partner, source: RubbishSource) -> None:
    try:
        source.mode = "a value of another type"
        reply = partner.ask("lmia")
        assert reply.members["records"] == [{"decision": "Confirmed"}]
        assert [item["element"] for item in reply.members["withheld"]] == ["positions_remaining"]
        source.mode = "only values of another type"
        nothing = partner.ask("lmia")
        assert nothing.members["code"] == "not-available"
        assert not any(MARK in said.text for said in (reply, nothing))
    finally:
        source.mode = "good"


@pytest.mark.parametrize("mode", NOT_BELIEVED)
def test_a_source_that_gives_something_else_is_not_believed(
    partner: Partner, source: RubbishSource, live: LiveGateway, mode: str
) -> None:
    source.mode = mode
    try:
        reply = partner.ask("lmia")
    finally:
        source.mode = "good"
    assert (reply.status, reply.members["code"]) == (404, "not-available")
    assert "source-not-believed" in live.output().splitlines()[-1]
    told = httpx.get(f"http://127.0.0.1:{live.port}/metrics").text
    assert 'gateway_source_doubts_total{doubt="' in told


def test_a_source_that_is_down(partner: Partner, live: LiveGateway) -> None:
    world = live.folder / "world" / "world.db"
    with sqlite3.connect(world) as database:
        database.execute("ALTER TABLE protection_case RENAME TO away")
    database.close()
    reply = partner.ask()
    with sqlite3.connect(world) as database:
        database.execute("ALTER TABLE away RENAME TO protection_case")
    database.close()
    assert refused_for_now(reply)
    assert "source-unavailable" in live.output().splitlines()[-1]


def test_a_source_that_is_locked(partner: Partner, live: LiveGateway) -> None:
    lock = sqlite3.connect(live.folder / "world" / "world.db", isolation_level=None)
    lock.execute("BEGIN EXCLUSIVE")
    try:
        assert refused_for_now(partner.ask())
        assert partner.ask("lmia").status == 200
    finally:
        lock.execute("ROLLBACK")
        lock.close()


def test_a_log_locked_by_another_connection(partner: Partner, live: LiveGateway) -> None:
    before = partner.check_log()
    lock = sqlite3.connect(live.folder / "gateway" / "log.db", isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")
    try:
        assert refused_for_now(partner.ask(key="while-locked"))
    finally:
        lock.execute("ROLLBACK")
        lock.close()
    assert partner.check_log() == before
    assert partner.ask(key="while-locked").status == 200
    assert partner.check_log() == before + 1


def test_a_full_disk(partner: Partner, live: LiveGateway) -> None:
    """No file of the gateway may grow: what a full disk or a quota does to it."""
    before = partner.check_log()
    log = live.folder / "gateway"
    largest = max(path.stat().st_size for path in log.iterdir())
    old = resource.prlimit(live.pid, resource.RLIMIT_FSIZE, (100, resource.RLIM_INFINITY))
    assert largest > 100
    try:
        for _ in range(3):
            assert refused_for_now(partner.ask(key="while-full"))
    finally:
        resource.prlimit(live.pid, resource.RLIMIT_FSIZE, old)
    assert partner.check_log() == before
    assert comes_back(lambda: partner.ask(key="while-full")).status == 200
    assert partner.check_log() == before + 1


def test_a_second_process_on_the_same_log_does_not_start(partner: Partner, live: LiveGateway) -> None:
    command = [sys.executable, "-m", "gateway", "serve", "--port", str(free_port())]
    environment = {**os.environ, **live.settings.to_environment()}
    second = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert second.returncode == 1
    assert "another process writes to this SQLite database; stop it first" in second.stderr
    assert "Traceback" not in second.stderr
    assert partner.ask().status == 200


def test_the_log_of_all_this_verifies(partner: Partner, live: LiveGateway, tmp_path: Path) -> None:
    time.sleep(1.5)
    assert f"size: {partner.check_log()}\n" in verify_export(live.settings, tmp_path / "export")
    assert "Traceback" not in live.output()


def load(partner: Partner, stop: threading.Event, replies: list[Reply], *, afresh: bool = False) -> threading.Thread:
    def work() -> None:
        while not stop.is_set():
            replies.append(partner.ask("lmia", afresh=afresh))

    thread = threading.Thread(target=work)
    thread.start()
    return thread


def test_the_policy_engine_dies_in_flight_and_comes_back_empty(opa_binary: str, tmp_path: Path) -> None:
    opa = Opa(opa_binary)
    opa.start(packaged("policies"))
    stop, replies = threading.Event(), list[Reply]()
    try:
        with deploy(tmp_path, policy_engine=opa.url).start() as live:
            partner = Partner(live)
            assert partner.ask("lmia").status == 200
            threads = [load(partner, stop, replies, afresh=True) for _ in range(4)]
            time.sleep(0.5)
            opa.stop()
            # A decision made before is still good: the cache answers for the same input, revision and date.
            assert partner.ask("lmia").status == 200
            assert refused_for_now(partner.ask("lmia", afresh=True))
            assert httpx.get(f"{live.settings.origin}/health/ready", timeout=10).status_code == 503
            opa.start()
            assert comes_back(lambda: partner.ask("lmia", afresh=True)).status == 200
            stop.set()
            for thread in threads:
                thread.join()
            assert {reply.status for reply in replies} == {200, 503}
            assert all(refused_for_now(reply) for reply in replies if reply.status == 503)
            partner.check_log()
            assert "Traceback" not in live.output()
    finally:
        stop.set()
        opa.stop()


@pytest.mark.timeout(180)
def test_postgresql_crashes_and_comes_back(postgres_server: PostgresServer, postgres_url: str, tmp_path: Path) -> None:
    stop, replies = threading.Event(), list[Reply]()
    with deploy(tmp_path, database_url=postgres_url).start() as live:
        partner = Partner(live)
        assert partner.ask().status == 200
        threads = [load(partner, stop, replies) for _ in range(4)]
        try:
            time.sleep(0.5)
            postgres_server.stop(signal.SIGQUIT)
            try:
                assert refused_for_now(partner.ask(key="while-down"))
                assert httpx.get(f"{live.settings.origin}/health/ready", timeout=10).status_code == 503
            finally:
                postgres_server.start()
            assert comes_back(lambda: partner.ask(key="while-down")).status == 200
        finally:
            stop.set()
            for thread in threads:
                thread.join()
        assert {reply.status for reply in replies} == {200, 503}
        assert all(refused_for_now(reply) for reply in replies if reply.status == 503)
        partner.check_log()
        time.sleep(1.5)
        assert f"size: {partner.check_log()}\n" in verify_export(live.settings, tmp_path / "export")
        assert "Traceback" not in live.output()
