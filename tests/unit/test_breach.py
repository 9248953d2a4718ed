"""Who has to be told of a material breach by when: the register's dates, the regime, the other parties."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from audit.entry import Entry
from audit.merkle import leaf_hash
from gateway.domain.disclosure import CommitOutcome, Receipt, Submission
from gateway.domain.errors import LogUnavailableError
from gateway.service.breach import BreachReport, Duty
from tests.unit.letters.accesses import entry
from tests.unit.letters.facts import letters, rulebook

EVER = datetime(2027, 6, 1, tzinfo=UTC)


class Log:
    """Entries in memory; refuses when `down`."""

    def __init__(self, *entries: Entry, down: bool = False) -> None:
        self.submissions: list[Submission] = []
        self._entries = list(entries)
        self._down = down

    async def commit(self, submission: Submission) -> CommitOutcome:
        if self._down:
            raise LogUnavailableError("down")
        self.submissions.append(submission)
        body = submission.entry.to_bytes()
        return Receipt(len(self._entries) + len(self.submissions) - 1, body, leaf_hash(body))

    async def entry(self, entry_index: int) -> Receipt | None:
        if not 0 <= entry_index < len(self._entries):
            return None
        body = self._entries[entry_index].to_bytes()
        return Receipt(entry_index, body, leaf_hash(body))


class Now:
    def now(self) -> datetime:
        return EVER


def report(log: Log, *, unit: str, determined_at: datetime, **concerned: Any) -> tuple[Duty, ...]:
    provisions: Mapping[str, Mapping[str, Any]] = concerned.pop("provisions", rulebook().authorities)
    use_case = BreachReport(
        parties=rulebook().parties,
        agreements=rulebook().register,
        provisions=provisions,
        drafting=letters(),
        entries=log,
        log=log,
        clock=Now(),
    )
    making = use_case(
        unit=unit,
        officer="officer-canary",
        determined_at=determined_at,
        people=1,
        what="what-canary",
        measures="measures-canary",
        **concerned,
    )
    return asyncio.run(making)[1]


@pytest.mark.parametrize(
    ("unit", "agreement", "day", "told"),
    [
        ("esdc-isb", "esdc-ircc-tfw", datetime(2026, 11, 24, 15, tzinfo=UTC), {"privacy-commissioner", "tbs"}),
        ("esdc-isb", "esdc-ircc-tfw", datetime(2024, 10, 9, tzinfo=UTC), {"privacy-commissioner", "tbs"}),
        ("esdc-isb", "esdc-ircc-tfw", datetime(2024, 10, 8, 23, 59, 59, tzinfo=UTC), set()),
        ("on-mlitsd-labour-inspection", "esdc-on-labour-findings", datetime(2025, 7, 1, tzinfo=UTC),
         {"ipc-ontario", "people-concerned"}),
        ("on-mlitsd-labour-inspection", "esdc-on-labour-findings", datetime(2025, 6, 30, 23, tzinfo=UTC), set()),
        ("london-ontario-works", "london-icm", datetime(2027, 1, 1, tzinfo=UTC), {"ipc-ontario", "people-concerned"}),
        ("london-ontario-works", "london-icm", datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC), set()),
    ],
)  # fmt: skip
def test_reports_follow_the_regime_and_the_dates_of_the_register(
    unit: str, agreement: str, day: datetime, told: set[str]
) -> None:
    duties = report(Log(), unit=unit, determined_at=day, agreements=(agreement,))
    reports = [duty for duty in duties if duty.code == "breach-report"]
    assert {duty.notice.addressee for duty in reports} == told
    within = timedelta(days=7) if unit.startswith("esdc") else timedelta(0)
    assert {duty.due for duty in reports} <= {day + within}


@pytest.mark.parametrize(
    ("day", "reports"), [(datetime(2027, 2, 28, 23, tzinfo=UTC), 2), (datetime(2027, 3, 1, tzinfo=UTC), 0)]
)
def test_a_provision_that_ended_demands_nothing(day: datetime, reports: int) -> None:
    ended = {"TBS-BREACH": {"effective": {"from": None, "until": "2027-03-01"}}}
    duties = report(Log(), unit="esdc-isb", determined_at=day, agreements=("esdc-ircc-tfw",), provisions=ended)
    assert [duty.code for duty in duties].count("breach-report") == reports


def test_every_other_party_is_told_at_once_and_nobody_of_the_own_institution() -> None:
    day = datetime(2026, 11, 24, 15, tzinfo=UTC)
    duties = report(Log(), unit="esdc-isb", determined_at=day, agreements=("esdc-ircc-tfw",))
    notices = [duty for duty in duties if duty.code == "breach-notice"]
    agreement = rulebook().register.find("esdc-ircc-tfw")
    assert agreement is not None
    others = {unit for unit in agreement.parties if not unit.startswith("esdc")}
    assert {duty.notice.addressee for duty in notices} == others
    assert {duty.due for duty in notices} == {day}


def test_entries_bring_their_agreement_and_their_parties() -> None:
    day = datetime(2026, 11, 24, 15, tzinfo=UTC)
    log = Log(entry(0), entry(1, agreement=None, ground="emergency", clauses=(), recipient="cbsa-border-services"))
    duties = report(log, unit="esdc-isb", determined_at=day, entries=(0, 1))
    addressees = {duty.notice.addressee for duty in duties if duty.code == "breach-notice"}
    assert {"ircc-work-permits", "cbsa-border-services"} <= addressees
    made = log.submissions[0]
    assert (made.entry.refers_to, made.entry.kind) == (0, "staff-action")
    assert [item.code for item in made.obligations] == [duty.code for duty in duties]
    assert {item.on for item in made.obligations} == {"esdc-isb"}
    assert b"canary" not in made.entry.to_bytes()
    assert b"what-canary" in made.private[0].plaintext
    assert made.private[0].subjects == ()


def test_without_the_log_nothing_is_reported() -> None:
    with pytest.raises(LogUnavailableError):
        report(Log(down=True), unit="esdc-isb", determined_at=EVER, agreements=("esdc-ircc-tfw",))
