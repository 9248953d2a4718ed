"""`python -m audit`: exit statuses, findings in words, and JSON."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from audit.__main__ import main
from audit.note_key import VerifierKey
from tests.unit.audit.simulator import LOG_KEY, OTHER_KEY, WITNESS_KEY, LogSimulator, disclosure, entry, tamper

VKEY = str(LOG_KEY.verifier)
WITNESS = str(WITNESS_KEY.verifier)
RECORDS: list[dict[str, Any]] = [{"noc": "11100", "wage": "canary-9931"}]


@pytest.fixture
def log() -> LogSimulator:
    simulator = LogSimulator()
    simulator.fill(260)
    simulator.publish(WITNESS_KEY)
    return simulator


@pytest.fixture
def export(log: LogSimulator, tmp_path: Path) -> Path:
    log.write(tmp_path / "export")
    return tmp_path / "export"


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    status = main([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def test_a_good_export(capsys: pytest.CaptureFixture[str], export: Path) -> None:
    status, out, _ = run(capsys, "verify", export, "--key", VKEY, "--witness", WITNESS)
    assert status == 0
    assert "size: 260" in out
    assert "cosigned by: witness.example/w1" in out
    assert out.endswith("The evidence holds.\n")


def test_the_key_may_come_from_a_file(capsys: pytest.CaptureFixture[str], export: Path) -> None:
    key = export / "log.vkey"
    key.write_text(VKEY + "\n")
    assert run(capsys, "verify", export, "--key", f"@{key}")[0] == 0


def test_a_changed_export_fails_in_words_and_in_json(
    capsys: pytest.CaptureFixture[str], log: LogSimulator, export: Path
) -> None:
    tamper(log, 7, entry(7, reasons=("suspended",)).to_bytes())
    log.write(export)
    status, out, _ = run(capsys, "verify", export, "--key", VKEY)
    assert status == 1
    assert "FAILS  the entries do not give the root hash that the log signed [root-mismatch]" in out
    assert out.endswith("The evidence does not hold.\n")
    status, out, _ = run(capsys, "verify", export, "--key", VKEY, "--json")
    report = json.loads(out)
    assert status == 1
    assert report["ok"] is False
    assert {finding["code"] for finding in report["findings"]} == {"root-mismatch", "tile-mismatch"}


def test_an_earlier_checkpoint(capsys: pytest.CaptureFixture[str], log: LogSimulator, export: Path) -> None:
    kept = export / "kept"
    kept.write_bytes(log.files["checkpoint"])
    log.fill(300)
    log.publish()
    log.write(export)
    assert run(capsys, "verify", export, "--key", VKEY, "--checkpoint", kept)[0] == 0
    head = export / "checkpoint"
    status, out, _ = run(capsys, "checkpoint", head, "--key", VKEY, "--old", kept, "--log", export)
    assert (status, "size: 560" in out) == (0, True)
    status, out, _ = run(capsys, "checkpoint", kept, "--key", VKEY, "--old", head, "--log", export)
    assert status == 1
    other = LogSimulator()
    for number in range(260):
        other.append(entry(number, reasons=("suspended",)))
    kept.write_text(other.publish())
    assert run(capsys, "verify", export, "--key", VKEY, "--checkpoint", kept)[0] == 1
    assert run(capsys, "checkpoint", head, "--key", VKEY, "--old", kept, "--log", export)[0] == 1


def test_a_checkpoint_without_enough_witnesses(capsys: pytest.CaptureFixture[str], export: Path) -> None:
    other = str(VerifierKey.make("witness.example/w9", b"9" * 32, 4))
    head = export / "checkpoint"
    assert run(capsys, "checkpoint", head, "--key", VKEY, "--witness", WITNESS)[0] == 0
    assert run(capsys, "checkpoint", head, "--key", VKEY, "--witness", WITNESS, "--witness", other)[0] == 1
    arguments = ("checkpoint", head, "--key", VKEY, "--witness", WITNESS, "--witness", other, "--quorum", "1")
    assert run(capsys, *arguments)[0] == 0
    assert run(capsys, "checkpoint", head, "--key", VKEY, "--quorum", "1")[0] == 2


@pytest.fixture
def answer(log: LogSimulator, tmp_path: Path) -> Path:
    made, openings, _ = disclosure(RECORDS, 300)
    index = log.append(made)
    log.publish()
    path = tmp_path / "answer.json"
    path.write_text(json.dumps({"records": RECORDS, "receipt": log.receipt(index, openings).to_dict()}))
    return path


def test_an_answer_with_its_receipt(capsys: pytest.CaptureFixture[str], answer: Path) -> None:
    status, out, _ = run(capsys, "receipt", answer, "--key", VKEY)
    assert status == 0
    assert "elements: noc, wage" in out
    assert "values checked: yes" in out
    assert "canary" not in out


def test_a_receipt_and_its_answer_in_two_files(capsys: pytest.CaptureFixture[str], answer: Path) -> None:
    content = json.loads(answer.read_text())
    receipt = answer.with_name("receipt.json")
    receipt.write_text(json.dumps(content["receipt"]))
    records = answer.with_name("records.json")
    records.write_text(json.dumps(RECORDS))
    assert run(capsys, "receipt", receipt, "--key", VKEY, "--answer", records)[0] == 0
    assert run(capsys, "receipt", receipt, "--key", VKEY, "--answer", answer)[0] == 0
    status, out, _ = run(capsys, "receipt", receipt, "--key", VKEY)
    assert (status, "values checked: no" in out) == (0, True)


def test_a_changed_answer_fails_without_showing_a_value(capsys: pytest.CaptureFixture[str], answer: Path) -> None:
    answer.write_text(answer.read_text().replace("canary-9931", "canary-9932"))
    status, out, err = run(capsys, "receipt", answer, "--key", VKEY)
    assert status == 1
    assert "element wage" in out
    assert "canary" not in out + err


def test_a_pending_receipt(capsys: pytest.CaptureFixture[str], answer: Path) -> None:
    content = json.loads(answer.read_text())
    content["receipt"]["proof"] = None
    answer.write_text(json.dumps(content))
    assert run(capsys, "receipt", answer, "--key", VKEY)[0] == 1
    assert run(capsys, "receipt", answer, "--key", VKEY, "--allow-pending")[0] == 0


def test_an_entry_is_proven_from_an_export(capsys: pytest.CaptureFixture[str], export: Path) -> None:
    status, out, _ = run(capsys, "prove", export, 258, "--key", VKEY)
    assert status == 0
    proof = export / "258.tlog-proof"
    proof.write_text(out)
    status, out, _ = run(capsys, "proof", proof, "--key", VKEY)
    assert (status, "entry index: 258" in out) == (0, True)
    assert run(capsys, "proof", proof, "--key", str(OTHER_KEY.verifier))[0] == 1
    proof.write_text(proof.read_text().replace("index 258", "index 257"))
    assert run(capsys, "proof", proof, "--key", VKEY)[0] == 1
    status, out, err = run(capsys, "prove", export, 260, "--key", VKEY)
    assert (status, out) == (1, "")
    assert "tree-range" in err


def test_a_proof_that_does_not_carry_its_entry(
    capsys: pytest.CaptureFixture[str], log: LogSimulator, export: Path
) -> None:
    _, out, _ = run(capsys, "prove", export, 3, "--key", VKEY)
    proof = export / "3.tlog-proof"
    proof.write_text("\n".join(line for line in out.split("\n") if not line.startswith("extra ")))
    assert run(capsys, "proof", proof, "--key", VKEY)[0] == 2
    content = export / "3.json"
    content.write_bytes(log.entries[3])
    assert run(capsys, "proof", proof, "--key", VKEY, "--entry", content)[0] == 0
    content.write_bytes(log.entries[4])
    assert run(capsys, "proof", proof, "--key", VKEY, "--entry", content)[0] == 1


def test_wrong_usage(capsys: pytest.CaptureFixture[str], export: Path, tmp_path: Path) -> None:
    text = tmp_path / "text"
    text.write_text('{"a": 1, "a": 2}')
    numbers = tmp_path / "numbers"
    numbers.write_text('{"records": [1]}')
    head = export / "checkpoint"
    for arguments in (
        ("verify", export / "missing", "--key", VKEY),
        ("verify", export, "--key", "no-key"),
        ("verify", export, "--key", f"@{tmp_path / 'missing'}"),
        ("verify", export, "--key", VKEY, "--checkpoint", tmp_path / "missing"),
        ("receipt", text, "--key", VKEY),
        ("receipt", numbers, "--key", VKEY),
        ("checkpoint", head, "--key", VKEY, "--old", head),
    ):
        status, out, err = run(capsys, *arguments)
        assert (status, out) == (2, "")
        assert err.startswith("python -m audit ")
    for wrong in (["verify"], ["prove", str(export), "-1", "--key", VKEY], []):
        with pytest.raises(SystemExit) as caught:
            main(wrong)
        assert caught.value.code == 2


def test_help_shows_examples_and_exit_statuses() -> None:
    done = subprocess.run([sys.executable, "-m", "audit", "--help"], capture_output=True, text=True, check=True)
    assert "python -m audit verify export/ --key @log.vkey" in done.stdout
    assert "0 the evidence holds, 1 it does not, 2 wrong usage" in done.stdout


@pytest.mark.parametrize(("changed", "status"), [(False, 0), (True, 1)])
def test_a_reader_that_stops_does_not_change_what_the_status_says(
    log: LogSimulator, export: Path, changed: bool, status: int
) -> None:
    if changed:
        tamper(log, 7, entry(7, reasons=("suspended",)).to_bytes())
        log.write(export)
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "audit", "verify", str(export), "--key", VKEY]
    for streams in ({"stdout": writing, "stderr": subprocess.PIPE}, {"stdout": writing, "stderr": writing}):
        done = subprocess.run(command, text=True, check=False, **streams)  # type: ignore[call-overload]
        assert done.returncode == status
        assert not done.stderr or "Traceback" not in done.stderr
    os.close(writing)
