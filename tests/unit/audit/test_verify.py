"""The verifier finds what a curious employee, a stolen key or a restored backup could have done to the log."""

import datetime
import subprocess
import sys
from pathlib import Path

import pytest

from audit import checkpoint as checkpoints
from audit.entry import Entry
from audit.merkle import leaf_hash
from audit.report import MAX_FINDINGS, Report
from audit.tiles import Tile, split_hashes
from audit.verify import verify_log
from tests.unit.audit.simulator import (
    LOG_KEY,
    OTHER_KEY,
    SECOND_WITNESS_KEY,
    START,
    WITNESS_KEY,
    LogSimulator,
    entry,
    tamper,
)

VKEY = LOG_KEY.verifier


def codes(report: Report) -> set[str]:
    return {finding.code for finding in report.findings}


@pytest.fixture
def log() -> LogSimulator:
    simulator = LogSimulator()
    simulator.fill(530)
    simulator.publish()
    return simulator


@pytest.mark.parametrize("size", [0, 1, 255, 256, 257, 530])
def test_an_honest_log_verifies(size: int) -> None:
    log = LogSimulator()
    log.fill(size)
    log.publish()
    report = verify_log(log.read, VKEY)
    assert report.ok, report.findings
    assert report.facts["size"] == report.facts["entries_read"] == size
    assert report.facts["kinds"] == ({"denial": size} if size else {})


def test_an_export_in_a_directory_verifies(log: LogSimulator, tmp_path: Path) -> None:
    log.write(tmp_path)
    seen: list[tuple[int, int]] = []
    report = verify_log(tmp_path, VKEY, progress=lambda done, size: seen.append((done, size)))
    assert report.ok
    assert seen == [(256, 530), (512, 530), (530, 530)]


def test_a_full_tile_serves_where_the_partial_one_was_deleted(log: LogSimulator) -> None:
    old = dict(log.files)
    log.fill(300)
    log.publish()
    grown = {path: data for path, data in log.files.items() if ".p/" not in path}
    grown["checkpoint"] = old["checkpoint"]
    grown["tile/1/000.p/2"] = old["tile/1/000.p/2"]
    log.files = grown
    report = verify_log(log.read, VKEY)
    assert report.ok, report.findings
    assert report.facts["entries_read"] == 530


@pytest.mark.parametrize("index", [0, 255, 256, 529])
def test_a_changed_entry_is_found(log: LogSimulator, index: int) -> None:
    tamper(log, index, entry(index, reasons=("suspended",)).to_bytes())
    report = verify_log(log.read, VKEY)
    assert {"root-mismatch", "tile-mismatch"} <= codes(report)


def test_swapped_entries_are_found(log: LogSimulator) -> None:
    first, second = log.entries[10], log.entries[11]
    tamper(log, 10, second)
    tamper(log, 11, first)
    assert "root-mismatch" in codes(verify_log(log.read, VKEY))


def test_a_rewritten_history_signed_with_the_stolen_key_is_found_with_a_kept_checkpoint(
    log: LogSimulator,
) -> None:
    kept = log.publish()
    forged = LogSimulator()
    for number in range(530):
        forged.append(entry(number, reasons=("suspended",)) if number == 7 else entry(number))
    forged.fill(20)
    forged.publish()
    assert verify_log(forged.read, VKEY).ok, "a forger with the key can sign anything"
    assert codes(verify_log(forged.read, VKEY, known=kept)) == {"history-changed"}


def test_a_split_view_of_one_size_is_found_with_a_kept_checkpoint(log: LogSimulator) -> None:
    other = LogSimulator()
    other.fill(529)
    other.append(entry(529, reasons=("suspended",)))
    assert codes(verify_log(log.read, VKEY, known=other.publish())) == {"history-changed"}


def test_a_restored_backup_is_found(log: LogSimulator) -> None:
    backup = dict(log.files)
    log.fill(1)
    kept = log.publish()
    log.files = backup
    report = verify_log(log.read, VKEY, known=kept)
    assert codes(report) == {"rolled-back"}
    assert "530" in str(report.findings[0])
    assert "531" in str(report.findings[0])


@pytest.mark.parametrize("size", [0, 1, 256, 300, 529, 530])
def test_a_log_extends_every_checkpoint_it_gave(size: int) -> None:
    log = LogSimulator()
    log.fill(size)
    kept = log.publish()
    log.fill(530 - size)
    log.publish()
    report = verify_log(log.read, VKEY, known=kept)
    assert report.ok, report.findings
    assert report.facts["known_size"] == size


def test_the_kept_checkpoint_must_be_the_logs_own(log: LogSimulator) -> None:
    forged = checkpoints.sign(log.checkpoint(), OTHER_KEY)
    assert codes(verify_log(log.read, VKEY, known=forged)) == {"signature-missing"}


def test_a_withheld_tail_is_found(log: LogSimulator) -> None:
    del log.files["tile/entries/002.p/18"]
    report = verify_log(log.read, VKEY)
    assert codes(report) == {"tile-missing"}
    assert report.findings[0].index == 512


def test_a_missing_bundle_in_the_middle_is_found(log: LogSimulator) -> None:
    del log.files["tile/entries/001"]
    assert codes(verify_log(log.read, VKEY)) == {"tile-missing"}


def test_a_truncated_bundle_is_found(log: LogSimulator) -> None:
    log.files["tile/entries/001"] = log.files["tile/entries/001"][:-1]
    assert codes(verify_log(log.read, VKEY)) == {"tile-malformed"}


@pytest.mark.parametrize("path", ["tile/0/001", "tile/0/002.p/18", "tile/1/000.p/2"])
def test_a_wrong_or_missing_hash_tile_is_found(log: LogSimulator, path: str) -> None:
    good = log.files[path]
    log.files[path] = bytes([good[0] ^ 1]) + good[1:]
    assert codes(verify_log(log.read, VKEY)) == {"tile-mismatch"}
    log.files[path] = good[:-1]
    assert codes(verify_log(log.read, VKEY)) == {"tile-malformed"}
    del log.files[path]
    assert codes(verify_log(log.read, VKEY)) == {"tile-missing"}


def test_tiles_that_agree_with_a_changed_entry_do_not_help_the_forger(log: LogSimulator) -> None:
    forged = entry(3, reasons=("suspended",)).to_bytes()
    tamper(log, 3, forged)
    tile = Tile(0, 0).path()
    hashes = split_hashes(log.files[tile], 256)
    hashes[3] = leaf_hash(forged)
    log.files[tile] = b"".join(hashes)
    assert codes(verify_log(log.read, VKEY)) == {"tile-mismatch", "root-mismatch"}


def test_a_checkpoint_of_another_key_is_refused(log: LogSimulator) -> None:
    log.key = OTHER_KEY
    log.publish()
    assert codes(verify_log(log.read, VKEY)) == {"signature-missing"}


def test_a_missing_checkpoint_is_found(log: LogSimulator) -> None:
    del log.files["checkpoint"]
    assert codes(verify_log(log.read, VKEY)) == {"tile-missing"}


def test_an_entry_outside_the_schema_is_found_even_if_it_was_logged() -> None:
    log = LogSimulator()
    log.append(entry(0).to_bytes().replace(b'"rcmp"', b'"Smith, Jane"'))
    log.append(b"not an entry")
    log.publish()
    report = verify_log(log.read, VKEY)
    assert [(finding.code, finding.index) for finding in report.findings] == [
        ("entry-malformed", 0),
        ("entry-malformed", 1),
    ]
    assert "Smith" not in str(report.to_dict())


def test_times_that_run_backwards_are_found_beyond_the_tolerance() -> None:
    log = LogSimulator()
    for offset in (100, 40, 39.9, 101):
        log.append(entry(offset))
    log.publish()
    report = verify_log(log.read, VKEY)
    assert [(finding.code, finding.index) for finding in report.findings] == [("time-backwards", 2)]
    assert verify_log(log.read, VKEY, tolerance=datetime.timedelta(seconds=61)).ok


def test_an_entry_later_than_its_witness_is_found() -> None:
    log = LogSimulator()
    log.append(entry(0))
    log.append(entry(120))
    log.publish(WITNESS_KEY, timestamp=int(START.timestamp()) + 30)
    report = verify_log(log.read, VKEY, witnesses=[WITNESS_KEY.verifier], quorum=1)
    assert [(finding.code, finding.index) for finding in report.findings] == [("time-in-future", 1)]


def test_a_reference_to_itself_or_a_later_entry_is_found() -> None:
    log = LogSimulator()
    log.append(entry(0))
    log.append(entry(1, refers_to=0))
    log.append(entry(2, refers_to=2))
    log.publish()
    report = verify_log(log.read, VKEY)
    assert [(finding.code, finding.index) for finding in report.findings] == [("refers-forward", 2)]


def test_witnesses_are_counted(log: LogSimulator) -> None:
    witnesses = [WITNESS_KEY.verifier, SECOND_WITNESS_KEY.verifier]
    log.publish(WITNESS_KEY)
    report = verify_log(log.read, VKEY, witnesses=witnesses, quorum=1)
    assert report.ok
    assert report.facts["cosigned_by"] == ["witness.example/w1"]
    assert codes(verify_log(log.read, VKEY, witnesses=witnesses, quorum=2)) == {"signature-missing"}


def test_findings_are_capped_but_counted() -> None:
    log = LogSimulator()
    for _ in range(MAX_FINDINGS + 5):
        log.append(b"{}")
    log.publish()
    report = verify_log(log.read, VKEY)
    assert len(report.findings) == MAX_FINDINGS
    assert report.total_findings == MAX_FINDINGS + 5
    assert not report.ok


def test_a_file_too_large_to_be_a_bundle_is_refused(log: LogSimulator, tmp_path: Path) -> None:
    log.write(tmp_path)
    with (tmp_path / "tile" / "entries" / "000").open("wb") as file:
        file.truncate(17_000_000)
    assert codes(verify_log(tmp_path, VKEY)) == {"tile-malformed"}


def test_entries_survive_the_way_through_an_export(log: LogSimulator) -> None:
    assert [Entry.from_bytes(data) for data in log.entries[:3]] == [entry(number) for number in range(3)]


def test_the_verifier_imports_only_the_standard_library_and_cryptography() -> None:
    program = (
        "import sys; before = set(sys.modules)\n"
        "import audit.verify, audit.__main__\n"
        "roots = {name.partition('.')[0] for name in set(sys.modules) - before}\n"
        "foreign = roots - set(sys.stdlib_module_names) - {'audit', 'cryptography', '_cffi_backend', '_openssl'}\n"
        "print(sorted(foreign))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
