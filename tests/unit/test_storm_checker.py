"""The checker of the storm finds what it is there to find: a log that a gateway must not have written."""

from pathlib import Path

import pytest

from audit.entry import AgreementRef, Authorities, Disclosed, Entry
from audit.vocabulary import digest_text, format_time
from gateway.adapters.rulebook import load as agreements
from tests.storm import checker
from tests.storm.checker import check_log, check_taking
from tests.storm.gateways import Process
from tests.unit.log.samples import TIME

(LONDON,) = [version for version in agreements.load().agreements if version.id == "london-icm"]
SECOND = digest_text(b"2" * 32)


def named(digest: str, version: str) -> AgreementRef:
    return AgreementRef(LONDON.id, version, digest)


def step(action: str, digest: str = LONDON.digest, version: str = "1") -> Entry:
    kind = "suspension" if action == "agreement-suspended" else "publication"
    return Entry(time=format_time(TIME), kind=kind, requester="esdc-isb", agreement=named(digest, version),  # type: ignore[arg-type]
                 reasons=(action,))  # fmt: skip


def permit(digest: str = LONDON.digest, version: str = "1") -> Entry:
    return Entry(
        time=format_time(TIME), kind="disclosure", requester="maple-bridge-employment",
        recipient="maple-bridge-employment", custodian="london-ontario-works", agreement=named(digest, version),
        clauses=("london-icm/caseworker-contact-1",), authorities=Authorities(("MF-32-b",), ("MF-28-2",)),
        record_type="caseworker-contact", purpose="caseworker-contact", ground="agreement", cardinality="single",
        effect="permit", disclosed=(Disclosed("office", "plain", SECOND),), records=1, policy_revision=SECOND,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("log", "wrong"),
    [
        ([permit(), step("rulebook-published", SECOND, "2"), permit(SECOND, "2")], []),
        ([step("agreement-suspended"), step("agreement-resumed"), permit()], []),
        ([step("rulebook-published", SECOND, "2"), permit()], ["1: permit under a version of london-icm"]),
        ([permit(SECOND, "2"), step("rulebook-published", SECOND, "2")], ["0: permit under a version of london-icm"]),
        ([step("agreement-suspended"), permit()], ["1: disclosed under", "1: permit of london-icm says otherwise"]),
        ([step("agreement-lost")], ["0: agreement-lost is no step"]),
    ],
)
def test_the_fold_finds_what_was_not_in_force(
    log: list[Entry], wrong: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checker, "entries", lambda _url: iter(log))
    found = check_log("", {}).wrong
    assert len(found) == len(wrong)
    assert all(one.startswith(said) for one, said in zip(found, wrong, strict=True))


def test_an_entry_that_was_acknowledged_and_is_not_there_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checker, "entries", lambda _url: iter([permit()]))
    assert len(check_log("", {0: b"other", 1: permit().to_bytes()}).wrong) == 2


def test_a_process_that_takes_a_rulebook_late_or_never_is_found(tmp_path: Path) -> None:
    output = tmp_path / "p.log"
    output.write_text(
        '{"event": "rulebook-taken", "entry_index": 3, "timestamp": "2026-11-20T12:00:03Z"}\n'
        '{"event": "rulebook-taken", "entry_index": 7, "timestamp": "2026-11-20T12:00:26Z"}\n'
    )
    start = TIME.timestamp()
    process = Process(0, None, 0, output, [[start - 10, start + 60]])  # type: ignore[arg-type]
    taking = check_taking([process], [(3, start), (7, start + 20), (9, start + 40), (11, start + 58)])
    assert [round(delay, 1) for delay in taking.delays[:2]] == [3.0, 6.0]
    assert [line.split(" s after")[0] for line in taking.late] == ["process 0 took entry 7 6.0"]
    assert taking.never == ["process 0 never took entry 9"]
