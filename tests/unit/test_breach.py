"""Who has to be told of a material breach by when: the register's dates, the regime, the other parties."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from audit.entry import AgreementRef, Entry
from audit.merkle import leaf_hash
from audit.vocabulary import digest_text
from gateway.domain.actor import Actor
from gateway.domain.agreement import AgreementVersion
from gateway.domain.errors import LogUnavailableError
from gateway.domain.submission import CommitOutcome, Receipt, Submission
from gateway.service.obligation.breach import BreachError, BreachReport, Duty
from tests.unit.letters.accesses import entry
from tests.unit.letters.facts import breach_said, letters, rulebook

EVER = datetime(2027, 6, 1, tzinfo=UTC)
TODAY = datetime(2027, 6, 1, 3, 59, 59, tzinfo=UTC)
"""The end of the day of EVER in Ottawa, where it is still May."""


ONCE = rulebook().register.find("esdc-ircc-tfw")
assert ONCE is not None
ONCE = replace(ONCE, id="esdc-ircc-once", digest=digest_text(b"w" * 32))


class Archive:
    """Keeps the one version that the register no longer has."""

    def version(self, digest: str) -> AgreementVersion | None:
        return ONCE if ONCE is not None and digest == ONCE.digest else None


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
        archive=Archive(),
        entries=log,
        log=log,
        clock=Now(),
    )
    said = {"what": "what-canary", "measures": "measures-canary", "occurred": None, "discovered": None}
    making = use_case(
        actor=Actor.stated(unit, "officer-canary"),
        determined_at=determined_at,
        said=breach_said(**said | concerned.pop("said", {})),
        **concerned,
    )
    return asyncio.run(making)[1]


@pytest.mark.parametrize(
    ("unit", "agreement", "day", "told"),
    [
        ("esdc-isb", "esdc-ircc-tfw", datetime(2026, 11, 24, 15, tzinfo=UTC), {"privacy-commissioner", "tbs"}),
        ("esdc-isb", "esdc-ircc-tfw", datetime(2024, 10, 9, 4, tzinfo=UTC), {"privacy-commissioner", "tbs"}),
        ("esdc-isb", "esdc-ircc-tfw", datetime(2024, 10, 9, 3, 59, 59, tzinfo=UTC), set()),
        ("on-mlitsd-labour-inspection", "esdc-on-labour-findings", datetime(2025, 7, 1, 4, tzinfo=UTC),
         {"ipc-ontario"}),
        ("on-mlitsd-labour-inspection", "esdc-on-labour-findings", datetime(2025, 7, 1, 3, tzinfo=UTC), set()),
        ("london-ontario-works", "london-icm", datetime(2027, 1, 1, 5, tzinfo=UTC), {"ipc-ontario"}),
        ("london-ontario-works", "london-icm", datetime(2027, 1, 1, 4, 59, 59, tzinfo=UTC), set()),
    ],
)  # fmt: skip
def test_reports_follow_the_regime_and_the_dates_of_the_register(
    unit: str, agreement: str, day: datetime, told: set[str]
) -> None:
    log = Log()
    duties = report(log, unit=unit, determined_at=day, agreements=(agreement,))
    reports = [duty for duty in duties if duty.code == "breach-report"]
    assert {duty.notice.addressee for duty in reports} == told
    provisions = {duty.notice.provision for duty in reports}
    assert set(log.submissions[0].entry.authorities.discloser) == provisions
    (letter,) = [duty for duty in duties if duty.code == "breach-letter"]
    ontario = bool(told) and not unit.startswith("esdc")
    assert (letter.notice.addressee, letter.due) == ("people-concerned", TODAY)
    assert letter.notice.provision in (provisions if ontario else {None})
    if ontario:
        assert {duty.due for duty in reports} == {TODAY}


@pytest.mark.parametrize(
    ("determined", "due"),
    [
        (datetime(2026, 11, 24, 15, tzinfo=UTC), datetime(2026, 12, 2, 4, 59, 59, tzinfo=UTC)),
        (datetime(2026, 11, 24, 4, 59, tzinfo=UTC), datetime(2026, 12, 1, 4, 59, 59, tzinfo=UTC)),
        (datetime(2027, 3, 10, 15, tzinfo=UTC), datetime(2027, 3, 18, 3, 59, 59, tzinfo=UTC)),
    ],
)
def test_a_report_is_due_at_the_end_of_the_seventh_day_in_ottawa(determined: datetime, due: datetime) -> None:
    """The clock runs from the determination, across a change to summer time too."""
    duties = report(Log(), unit="esdc-isb", determined_at=determined, agreements=("esdc-ircc-tfw",))
    assert {duty.due for duty in duties if duty.code == "breach-report"} == {due}


def test_a_breach_of_what_went_out_under_an_agreement_that_was_withdrawn_is_reported() -> None:
    assert ONCE is not None
    cited = AgreementRef(ONCE.id, ONCE.version, ONCE.digest)
    log = Log(entry(0, agreement=cited), entry(1, agreement=replace(cited, digest=digest_text(b"x" * 32))))
    duties = report(log, unit="esdc-isb", determined_at=EVER, entries=(0,))
    assert "ircc-work-permits" in {duty.notice.addressee for duty in duties}
    assert log.submissions[0].entry.agreement == cited
    for concerned in ({"entries": (1,)}, {"agreements": (ONCE.id,)}):
        with pytest.raises(BreachError, match="name the entries concerned") as failed:
            report(log, unit="esdc-isb", determined_at=EVER, **concerned)
        assert failed.value.code == "unknown-agreement"


def test_where_people_have_to_be_told_their_letter_is_not_left_out() -> None:
    asked: dict[str, Any] = {"unit": "on-mlitsd-labour-inspection", "determined_at": EVER,
                             "agreements": ("esdc-on-labour-findings",)}  # fmt: skip
    nothing = {"for_people": None, "for_people_fr": None}
    for told in (None, "no", "later"):
        log = Log()
        with pytest.raises(BreachError) as failed:
            report(log, **asked, said={**nothing, "people_told": told})
        assert (failed.value.code, log.submissions) == ("letter-missing", [])
    duties = report(Log(), **asked, said={**nothing, "people_told": "yes"})
    assert "breach-letter" not in [duty.code for duty in duties]
    federal = report(Log(), unit="esdc-isb", determined_at=EVER, agreements=("esdc-ircc-tfw",), said=nothing)
    assert "breach-letter" not in [duty.code for duty in federal]


@pytest.mark.parametrize(
    ("said", "option"),
    [
        ({"discovered": date(2027, 6, 1)}, "discovered"),
        ({"occurred": date(2027, 5, 20), "discovered": date(2027, 5, 19)}, "occurred"),
        ({"occurred": date(2027, 6, 1)}, "occurred"),
    ],
)
def test_dates_of_a_breach_are_in_order(said: dict[str, date], option: str) -> None:
    with pytest.raises(BreachError, match=f"^{option}: ") as failed:
        report(Log(), unit="esdc-isb", determined_at=EVER, agreements=("esdc-ircc-tfw",), said=said)
    assert failed.value.code == "dates-out-of-order"


@pytest.mark.parametrize(
    ("day", "reports"),
    [(datetime(2027, 3, 1, 4, 59, 59, tzinfo=UTC), 2), (datetime(2027, 3, 1, 5, tzinfo=UTC), 0)],
)
def test_a_provision_that_ended_demands_nothing(day: datetime, reports: int) -> None:
    ended = {"TBS-BREACH": {"effective": {"from": None, "until": "2027-03-01"}}}
    duties = report(Log(), unit="esdc-isb", determined_at=day, agreements=("esdc-ircc-tfw",), provisions=ended)
    assert [duty.code for duty in duties].count("breach-report") == reports


def test_every_other_party_is_told_on_the_day_and_nobody_of_the_own_institution() -> None:
    day = datetime(2026, 11, 24, 15, tzinfo=UTC)
    duties = report(Log(), unit="esdc-isb", determined_at=day, agreements=("esdc-ircc-tfw",))
    notices = [duty for duty in duties if duty.code == "breach-notice"]
    agreement = rulebook().register.find("esdc-ircc-tfw")
    assert agreement is not None
    others = {unit for unit in agreement.parties if not unit.startswith("esdc")}
    assert {duty.notice.addressee for duty in notices} == others
    assert {duty.due for duty in notices} == {TODAY}


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
