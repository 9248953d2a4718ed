"""Obligations as work, on a real log: SQLite and PostgreSQL. Nothing is dropped, and a duty is fulfilled once."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from audit import canonical
from audit.canonical import JsonValue
from audit.commitment import commit_private, fresh_salt
from audit.encoding import to_base64url
from audit.entry import Disclosed, Entry
from audit.note_key import SignerKey
from audit.vocabulary import digest_text, format_time
from gateway.adapters.db.state_records import StateTable
from gateway.adapters.log.appending import open_commit
from gateway.adapters.log.assembly import OpenLog, open_log
from gateway.adapters.log.group_commit import GroupCommit
from gateway.bootstrap.work_desk import work_desk
from gateway.domain.actor import Actor
from gateway.domain.due import end_of_day
from gateway.domain.referral import Referral, ReferralState
from gateway.domain.submission import ObligationDue, ObligationRef, PrivatePart, Receipt, Submission
from gateway.domain.target import SubjectIdentifier, separate_file
from gateway.service.log.completeness import NotCompleteError
from gateway.service.log.staff_action import staff_submission
from gateway.service.obligation.breach import BreachError
from gateway.service.obligation.consistent_use import ConsistentUseError
from gateway.service.obligation.notices import Notice, NoticeError, notice_as_json
from gateway.service.obligation.work_list import STATES, Fulfilled, NotFulfilled
from gateway.service.person.accounting import Answered
from gateway.service.person.correction import CorrectionError
from gateway.service.person.discretion import AccountError, Discretion
from gateway.service.person.lookup import Lookup
from gateway.service.referral.opening import change_of
from gateway.service.referral.register import ReferralRegister
from gateway.staff.work_desk import WorkDesk
from tests.unit.letters.accesses import entry, private, refusal
from tests.unit.letters.facts import WHO, breach_said, facts_for, letters, notice_facts, rulebook, words
from tests.unit.log.samples import KEYS
from tests.unit.log.world import SetClock, before_account_on

NOW = datetime.fromisoformat("2026-11-24T12:00:00+00:00")
OFFICER: dict[str, Any] = {"actor": Actor.stated("esdc-isb", "officer-canary")}
Play = Callable[[Callable[["Site"], Coroutine[Any, Any, None]]], None]


@dataclass(frozen=True)
class Site:
    """A log with the desk over it; `clock` can be set."""

    opened: OpenLog
    log: GroupCommit
    desk: WorkDesk
    clock: SetClock

    @property
    def engine(self) -> Engine:
        return self.opened.engine

    async def disclose(self, *due: ObligationDue, notices: tuple[Notice, ...] = (), **changes: Any) -> int:
        """An entry about WHO with these obligations; the drafts are in its private part. Returns its index."""
        body: dict[str, JsonValue] = private(details={"notices": [notice_as_json(one) for one in notices]})
        subject = separate_file(WHO) if changes.get("ground") == "investigative-request" else WHO
        made = [_part(body, subject)]
        stated = entry(1, private=tuple(digest_text(one.commitment) for one in made), **changes)
        receipt = await self.log.commit(replace(_submission(stated), private=tuple(made), obligations=due))
        assert isinstance(receipt, Receipt)
        return receipt.entry_index

    async def read(self, index: int) -> Entry:
        receipt = await self.opened.archive.entry(index)
        assert receipt is not None
        return Entry.from_bytes(receipt.entry)


def _part(body: dict[str, JsonValue], subject: SubjectIdentifier | None) -> PrivatePart:
    salt = fresh_salt()
    plaintext = canonical.encode({"part": body, "salt": to_base64url(salt)})
    return PrivatePart((subject,) if subject else (), plaintext, commit_private(salt, body))


def _submission(stated: Entry) -> Submission:
    return Submission(stated, (), (), None, None)


def duty(code: str, due: datetime | None, unit: str = "esdc-isb") -> ObligationDue:
    return ObligationDue(code, unit, due)


@asynccontextmanager
async def site_on(url: str) -> AsyncIterator[Site]:
    opened = open_log(url, KEYS, SignerKey.make("gateway.example/log", b"L" * 32))
    log = open_commit(url, opened)
    clock = SetClock(NOW)
    try:
        desk = work_desk(rulebook(), opened, log, clock=clock, words=words(), completeness=before_account_on(opened))
        yield Site(opened, log, desk, clock)
    finally:
        await log.close()
        opened.engine.dispose()


@pytest.fixture(params=["sqlite", "postgres"])
def play(request: pytest.FixtureRequest, tmp_path: Path) -> Play:
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'log.sqlite'}"
    else:
        url = request.getfixturevalue("postgres_url")

    def run(scenario: Callable[[Site], Coroutine[Any, Any, None]]) -> None:
        async def main() -> None:
            async with site_on(url) as site:
                await scenario(site)

        asyncio.run(main())

    return run


def rows_of(site: Site) -> int:
    with site.engine.connect() as connection:
        return int(connection.execute(text("SELECT count(*) FROM obligation")).scalar_one())


def test_every_obligation_is_in_one_state_and_the_counts_add_up(play: Play) -> None:
    async def scenario(site: Site) -> None:
        index = await site.disclose(
            duty("dispose", NOW - timedelta(seconds=1)),
            duty("record-of-disclosure", NOW),
            duty("retain-at-least", NOW + timedelta(days=731), "ircc-work-permits"),
            duty("purpose-only", None, "ircc-work-permits"),
            duty("as-of-label", NOW - timedelta(days=3)),
        )
        await site.desk.work_list.done(ObligationRef(index, 4), **OFFICER)
        listing = await site.desk.work_list.listing(STATES)
        assert listing.counts == {"overdue": 1, "due": 2, "standing": 1, "done": 1}
        assert sum(listing.counts.values()) == rows_of(site) == len(listing.work)
        for state in STATES:
            only = await site.desk.work_list.listing((state,))
            assert len(only.work) == listing.counts[state]
            assert {one.state for one in only.work} == {state}
            assert only.counts == listing.counts
        assert [one.row.ref.position for one in listing.work] == [4, 0, 1, 2, 3]
        theirs = await site.desk.work_list.listing(STATES, unit="ircc-work-permits")
        assert theirs.counts == {"overdue": 0, "due": 1, "standing": 1, "done": 0}
        assert {one.row.unit for one in theirs.work} == {"ircc-work-permits"}
        two = await site.desk.work_list.listing(STATES, limit=2)
        assert (len(two.work), two.counts) == (2, listing.counts)

    play(scenario)


def test_a_duty_is_overdue_once_its_second_has_passed(play: Play) -> None:
    async def scenario(site: Site) -> None:
        await site.disclose(duty("dispose", NOW))
        for moment, state in (
            (NOW - timedelta(seconds=1), "due"),
            (NOW, "due"),
            (NOW + timedelta(milliseconds=999), "due"),
            (NOW + timedelta(seconds=1), "overdue"),
        ):
            site.clock.time = moment
            listing = await site.desk.work_list.listing(STATES)
            assert [one.state for one in listing.work] == [state]
            assert {name for name, count in listing.counts.items() if count} == {state}

    play(scenario)


def test_two_people_who_mark_one_duty_give_one_entry(play: Play) -> None:
    async def scenario(site: Site) -> None:
        index = await site.disclose(duty("dispose", NOW))
        before = site.opened.reader.head()[0]
        marks = (
            site.desk.work_list.done(ObligationRef(index, 0), actor=Actor.stated("esdc-isb", f"officer-{n}"))
            for n in range(8)
        )
        outcomes = await asyncio.gather(*marks)
        done = [one for one in outcomes if isinstance(one, Fulfilled)]
        assert len(done) == 1
        assert outcomes.count(NotFulfilled("done-already")) == 7
        assert site.opened.reader.head()[0] == before + 1
        marked = await site.read(done[0].receipt.entry_index)
        assert (marked.kind, marked.refers_to, marked.reasons) == ("staff-action", index, ("obligation-done",))
        again = await site.desk.work_list.done(ObligationRef(index, 0), **OFFICER)
        assert again == NotFulfilled("done-already")

    play(scenario)


def test_a_held_notice_is_marked_as_sent_only_with_a_reason(play: Play) -> None:
    async def scenario(site: Site) -> None:
        notice = letters().draft("mail-notice", facts_for("mail-notice", address_kind="employer-housing"))
        index = await site.disclose(duty("mail-notice", NOW), notices=(notice,))
        ref = ObligationRef(index, 0)
        shown = await site.desk.work_list.show(ref, **OFFICER)
        assert shown == notice
        assert await site.desk.work_list.done(ref, **OFFICER) == NotFulfilled("held", "employer-housing")
        assert await site.desk.work_list.done(ref, **OFFICER, despite_hold="") == NotFulfilled(
            "held", "employer-housing"
        )
        done = await site.desk.work_list.done(ref, **OFFICER, despite_hold="handed over, reason-canary")
        assert isinstance(done, Fulfilled)
        marked = await site.read(done.receipt.entry_index)
        assert (marked.kind, marked.reasons) == ("notice", ("notice-sent-despite-hold",))
        assert b"canary" not in done.receipt.entry
        plaintext = await site.opened.archive.part(done.receipt.entry_index, 0)
        assert plaintext is not None
        assert b"reason-canary" in plaintext
        assert await site.desk.work_list.done(ref, **OFFICER) == NotFulfilled("done-already")

    play(scenario)


def test_reading_a_notice_is_an_entry_and_gives_the_draft_of_its_duty(play: Play) -> None:
    async def scenario(site: Site) -> None:
        first = letters().draft("notify-privacy-commissioner", notice_facts())
        second = letters().draft("notify-partner-entity", notice_facts())
        index = await site.disclose(
            duty("notify-privacy-commissioner", NOW),
            duty("notify-partner-entity", NOW),
            duty("dispose", None),
            notices=(first, second),
        )
        before = site.opened.reader.head()[0]
        assert await site.desk.work_list.show(ObligationRef(index, 1), **OFFICER) == second
        assert await site.desk.work_list.show(ObligationRef(index, 0), **OFFICER) == first
        assert await site.desk.work_list.show(ObligationRef(index, 2), **OFFICER) is None
        assert site.opened.reader.head()[0] == before + 2
        read = await site.read(before)
        assert (read.kind, read.reasons, read.refers_to) == ("staff-action", ("notice-read",), index)

    play(scenario)


def test_a_record_of_disclosure_is_drafted_from_the_entry(play: Play) -> None:
    async def scenario(site: Site) -> None:
        index = await site.disclose(duty("record-of-disclosure", NOW), duty("notify-privacy-commissioner", NOW))
        record = await site.desk.work_list.show(ObligationRef(index, 0), **OFFICER)
        assert isinstance(record, Notice)
        assert WHO.value in record.en
        assert f"Reference: entry {index} of the disclosure log" in record.en
        before = site.opened.reader.head()[0]
        with pytest.raises(NoticeError):
            await site.desk.work_list.show(ObligationRef(index, 1), **OFFICER)
        assert site.opened.reader.head()[0] == before
        done = await site.desk.work_list.done(ObligationRef(index, 1), **OFFICER, note="written by hand")
        assert isinstance(done, Fulfilled)

    play(scenario)


def test_only_the_institution_that_is_bound_marks_its_duty(play: Play) -> None:
    async def scenario(site: Site) -> None:
        index = await site.disclose(duty("dispose", NOW, "ircc-work-permits"))
        ref = ObligationRef(index, 0)
        for act in (site.desk.work_list.done, site.desk.work_list.show):
            assert await act(ref, **OFFICER) == NotFulfilled("not-bound")
            assert await act(ref, actor=Actor.stated("no-such-unit", "officer-canary")) == NotFulfilled("not-bound")
            for nowhere in (ObligationRef(index, 1), ObligationRef(index + 1, 0), ObligationRef(1 << 70, 0)):
                assert await act(nowhere, **OFFICER) == NotFulfilled("unknown")
        gone = await site.disclose(duty("dispose", NOW, "gone-unit"))
        stranger = await site.desk.work_list.done(ObligationRef(gone, 0), actor=Actor.stated("no-such-unit", "o"))
        assert stranger == NotFulfilled("not-bound")
        sister = await site.desk.work_list.done(ref, actor=Actor.stated("ircc-vulnerable-workers", "officer-canary"))
        assert isinstance(sister, Fulfilled)

    play(scenario)


def test_what_was_seen_of_the_records_of_a_list_counts_for_everyone_on_it(play: Play) -> None:
    """The part of one person of a list does not say whether a record was in confidence; the request's own part does."""

    async def scenario(site: Site) -> None:
        own = _part(private(subject=None, judged=[{"attributes": {"in_confidence": True}}]), None)
        listed = _part({"outcome": "disclosed", "subject": {"scheme": WHO.scheme, "value": WHO.value}}, WHO)
        stated = entry(1, cardinality="list", private=tuple(digest_text(one.commitment) for one in (own, listed)))
        assert isinstance(await site.log.commit(replace(_submission(stated), private=(own, listed))), Receipt)
        told: Answered = await site.desk.accounting(
            (WHO,), actor=Actor.stated("esdc-isb", "officer-canary"), received=NOW.date()
        )
        assert [one.why.reason for one in told.account.held] == ["in-confidence"]

    play(scenario)


def test_marking_a_duty_of_an_investigative_request_is_filed_apart(play: Play) -> None:
    async def scenario(site: Site) -> None:
        index = await site.disclose(
            duty("keep-request-and-record", NOW), ground="investigative-request", agreement=None, clauses=()
        )
        done = await site.desk.work_list.done(ObligationRef(index, 0), **OFFICER)
        assert isinstance(done, Fulfilled)
        marked = done.receipt.entry_index
        assert marked not in [at for at, _part in await site.opened.archive.filed_under(WHO)]
        found = await site.opened.archive.filed_under(separate_file(WHO))
        assert [at for at, _part in found] == [index, marked]

    play(scenario)


def test_a_breach_writes_its_reports_and_notices_with_their_due_times(play: Play) -> None:
    async def scenario(site: Site) -> None:
        determined = NOW - timedelta(hours=2)
        said = breach_said(what="what-canary", for_people="letter-canary", occurred=None, discovered=None)
        facts: dict[str, Any] = {"said": said, **OFFICER}
        receipt, duties = await site.desk.breach(determined_at=determined, agreements=("esdc-ircc-tfw",), **facts)
        made = await site.read(receipt.entry_index)
        assert (made.reasons, made.agreement and made.agreement.id) == (("breach-determined",), "esdc-ircc-tfw")
        assert made.authorities.discloser == ("TBS-BREACH",)
        assert b"canary" not in receipt.entry
        listing = await site.desk.work_list.listing(STATES)
        assert [one.row.code for one in listing.work].count("breach-report") == 2
        due = {one.row.due for one in listing.work if one.row.code == "breach-report"}
        assert due == {end_of_day(determined, 7)}
        assert not listing.counts["overdue"], "what is due at once is due today"
        told = {(one.row.code, one.addressee, one.provision) for one in listing.work}
        assert {
            ("breach-report", "privacy-commissioner", "TBS-BREACH"),
            ("breach-report", "tbs", "TBS-BREACH"),
            ("breach-notice", "ircc-work-permits", None),
            ("breach-letter", "people-concerned", None),
        } <= told
        shown = [await site.desk.work_list.show(one.row.ref, **OFFICER) for one in listing.work]
        addressees = sorted(one.addressee for one in shown if isinstance(one, Notice))
        assert addressees == sorted(one.notice.addressee for one in duties)
        assert {"privacy-commissioner", "tbs", "ircc-work-permits"} <= set(addressees)
        assert not [one for one in addressees if one.startswith("esdc-")]
        before = site.opened.reader.head()[0]
        for wrong, code in (
            ({"agreements": ("no-such",)}, "unknown-agreement"),
            ({"entries": (10_000,)}, "entry-unknown"),
            ({}, "nothing-concerned"),
            ({"agreements": ("esdc-ircc-tfw",), "actor": Actor.stated("nobody", "officer-canary")}, "party-unknown"),
        ):
            with pytest.raises(BreachError) as failed:
                await site.desk.breach(**{"determined_at": determined, **facts, **wrong})
            assert failed.value.code == code
        with pytest.raises(BreachError, match="before it is reported"):
            await site.desk.breach(determined_at=NOW + timedelta(seconds=1), agreements=("esdc-ircc-tfw",), **facts)
        wordless = {**facts, "said": breach_said(what=" ", occurred=None, discovered=None)}
        with pytest.raises(NoticeError):
            await site.desk.breach(determined_at=determined, agreements=("esdc-ircc-tfw",), **wordless)
        assert site.opened.reader.head()[0] == before

    play(scenario)


def test_the_account_is_on_record_before_it_is_shown_and_finds_what_is_filed_apart(play: Play) -> None:
    async def scenario(site: Site) -> None:
        first = await site.disclose()
        apart_from_it = await site.disclose(ground="investigative-request", agreement=None, clauses=())
        lookup = Lookup(site.opened.archive, site.log, site.clock)
        seen = await lookup.accesses(WHO, **OFFICER)
        assert [one.entry_index for one in seen] == [first, apart_from_it]
        looked: Answered = await site.desk.accounting(
            (WHO,), actor=Actor.stated("esdc-isb", "officer-canary"), received=NOW.date()
        )
        assert [line.entry_index for line in looked.account.lines] == [first]
        assert [one.why.reason for one in looked.account.held] == ["investigative-request"]
        made = await site.read(looked.reference)
        assert (made.kind, made.reasons) == ("staff-action", ("account-for-person",))
        other = SubjectIdentifier("case-id", "C-17")
        again = await site.desk.accounting(
            (WHO, other), actor=Actor.stated("esdc-isb", "officer-canary"), received=NOW.date()
        )
        assert (looked.reference, "staff-action") in again.account.no_disclosure
        filed = [index for index, _part in await site.opened.archive.filed_under(other)]
        assert filed == [again.reference]

    play(scenario)


def test_what_the_officer_decides_is_kept_encrypted_with_the_answer(play: Play) -> None:
    async def scenario(site: Site) -> None:
        ask: dict[str, Any] = {"actor": Actor.stated("esdc-isb", "officer-canary"), "received": NOW.date()}
        sealed = await site.disclose(ground="court-order", agreement=None, clauses=())
        plain = await site.disclose()
        before = site.opened.reader.head()[0]
        for wrong in (Discretion(tell=frozenset({plain}), because="b"), Discretion(tell=frozenset({sealed}))):
            with pytest.raises(AccountError):
                await site.desk.accounting((WHO,), **ask, discretion=wrong)
        assert site.opened.reader.head()[0] == before, "an account that is not given is not on record"
        decided = Discretion(frozenset({sealed}), frozenset({plain}), "because-canary")
        told = await site.desk.accounting((WHO,), **ask, discretion=decided)
        assert [line.entry_index for line in told.account.lines] == [sealed]
        assert [(one.entry_index, one.why.reason) for one in told.account.held] == [(plain, "officer-decided")]
        receipt = await site.opened.archive.entry(told.reference)
        assert receipt is not None
        assert b"canary" not in receipt.entry
        part = await site.opened.archive.part(told.reference, 0)
        assert part is not None
        kept = json.loads(part)["part"]["details"]
        assert (kept["tell"], kept["hold"], kept["because"]) == ([sealed], [plain], "because-canary")

    play(scenario)


def test_a_new_consistent_use_is_on_record_with_its_notice(play: Play) -> None:
    async def scenario(site: Site) -> None:
        use: dict[str, Any] = {
            "agreement": "esdc-ircc-tfw",
            "purpose": "owp-v-interview-notes",
            "bank": "ESDC-TFWP-PROTECTION",
        }
        receipt, due, notice = await site.desk.consistent_uses(**use, **OFFICER)
        made = await site.read(receipt.entry_index)
        assert (made.kind, made.reasons) == ("staff-action", ("consistent-use-noted",))
        assert made.authorities.discloser == ("PA-9-4",)
        (work,) = (await site.desk.work_list.listing(STATES)).work
        assert (work.row.code, work.addressee, work.state) == ("notify-consistent-use", "privacy-commissioner", "due")
        assert work.row.due == due.due == end_of_day(NOW, 0)
        assert await site.desk.work_list.show(work.row.ref, **OFFICER) == notice
        assert "Integrity Services Branch" in notice.en
        assert "Unité des travailleurs vulnérables et de la protection" in notice.fr
        before = site.opened.reader.head()[0]
        for wrong, code in (
            ({"actor": Actor.stated("london-ontario-works", "officer-canary")}, "not-privacy-act"),
            ({"actor": Actor.stated("nobody", "officer-canary")}, "party-unknown"),
            ({"bank": "LONDON-OW-CLIENTS"}, "bank-unknown"),
            ({"bank": "NO-SUCH-BANK"}, "bank-unknown"),
            ({"agreement": "no-such"}, "unknown-agreement"),
            ({"purpose": "caseworker-contact"}, "purpose-not-agreed"),
            ({"purpose": "lmia-refresh"}, "purpose-not-agreed"),
        ):
            with pytest.raises(ConsistentUseError) as failed:
                await site.desk.consistent_uses(**{**use, **OFFICER, **wrong})
            assert failed.value.code == code
        assert site.opened.reader.head()[0] == before

    play(scenario)


ASKED: dict[str, Any] = {
    "kind": "correction",
    "record_type": "protection-case",
    "elements": ["case_open"],
    "requested_on": date(2026, 11, 20),
    **OFFICER,
}


def test_whoever_received_a_corrected_element_in_the_window_is_told(play: Play) -> None:
    async def scenario(site: Site) -> None:
        first = format_time(datetime.fromisoformat("2024-11-20T05:00:00+00:00"))  # the first second of the window
        before = format_time(datetime.fromisoformat("2024-11-20T04:59:59+00:00"))
        told = [await site.disclose(time=first), await site.disclose(time=format_time(NOW))]
        apart_too = await site.disclose(
            recipient="ircc-vulnerable-workers", time=format_time(NOW), ground="investigative-request"
        )
        await site.disclose(recipient="cbsa-ies", time=before)
        await site.disclose(recipient="cbsa-ies", record_type="inspection")
        await site.disclose(recipient="cbsa-ies", custodian="ircc-work-permits")
        await site.disclose(recipient="cbsa-ies", disclosed=(Disclosed("channel", "plain", digest_text(b"d" * 32)),))
        await site.disclose(recipient="cbsa-ies", ground="own-information")
        listed = await site.disclose(recipient="on-mlitsd-employment-ontario", cardinality="list")
        recorded = await site.desk.corrections((WHO,), **ASKED)
        made = await site.read(recorded.receipt.entry_index)
        assert (made.kind, made.reasons, made.authorities.discloser) == (
            "correction", ("correction-recorded",), ("PA-12-2-c",),
        )  # fmt: skip
        assert [(one.addressee, one.held) for one in recorded.notices] == [
            ("ircc-work-permits", None),
            ("ircc-vulnerable-workers", None),
            ("on-mlitsd-employment-ontario", "person-not-named"),
        ]
        english = [one.en for one in recorded.notices]
        assert all(f"entry {index} of" in english[0] for index in told)
        assert f"entry {apart_too} of" in english[1]
        assert f"entry {listed} of" in english[2]
        assert WHO.value in english[0]
        assert WHO.value not in english[2]
        assert "every copy under your control" in english[1]
        assert "every copy under your control" not in english[2]
        work = (await site.desk.work_list.listing(STATES)).work
        assert [(one.addressee, one.provision, one.state) for one in work] == [
            (one.addressee, "PA-12-2-c", "due") for one in recorded.notices
        ]
        assert {one.row.due for one in work} == {end_of_day(datetime.fromisoformat("2026-11-20T12:00:00-05:00"), 30)}
        assert await site.desk.work_list.show(work[1].row.ref, **OFFICER) == recorded.notices[1]
        assert await site.desk.work_list.done(work[2].row.ref, **OFFICER) == NotFulfilled("held", "person-not-named")
        account = (
            await site.desk.accounting((WHO,), actor=Actor.stated("esdc-isb", "officer-canary"), received=NOW.date())
        ).account
        assert (recorded.receipt.entry_index, "correction") in account.no_disclosure

    play(scenario)


def test_a_correction_that_cannot_be_put_on_record_leaves_nothing(play: Play) -> None:
    async def scenario(site: Site) -> None:
        await site.disclose(time=format_time(NOW))
        before = site.opened.reader.head()[0]
        for wrong, code in (
            ({"actor": Actor.stated("nobody", "officer-canary")}, "party-unknown"),
            ({"actor": Actor.stated("harbour-lane-shelter", "officer-canary")}, "no-access-law"),
            ({"actor": Actor.stated("london-ontario-works", "officer-canary")}, "record-type-unknown"),
            ({"record_type": "no-such"}, "record-type-unknown"),
            ({"elements": ["no_such"]}, "element-unknown"),
            ({"elements": []}, "element-missing"),
        ):
            with pytest.raises(CorrectionError) as failed:
                await site.desk.corrections((WHO,), **{**ASKED, **wrong})
            assert failed.value.code == code
        nobody = await site.desk.corrections((SubjectIdentifier("uci", "00-0000-0099"),), **ASKED)
        assert nobody.notices == ()
        assert site.opened.reader.head()[0] == before + 1
        with site.engine.begin() as connection:
            connection.execute(text("DELETE FROM search_token"))
        with pytest.raises(NotCompleteError, match="the list of who received it would not be complete"):
            await site.desk.corrections((WHO,), **ASKED)
        assert site.opened.reader.head()[0] == before + 1

    play(scenario)


def test_a_referral_reaches_the_account_once_it_is_refused_or_lapsed(play: Play) -> None:
    async def scenario(site: Site) -> None:
        ask: dict[str, Any] = {"actor": Actor.stated("esdc-isb", "officer-canary"), "received": NOW.date()}
        waiting = await _refer(site, "r-1")
        again = await _refer(site, None, refers_to=waiting)
        told = (await site.desk.accounting((WHO,), **ask)).account
        assert [(one.entry_index, one.why.reason, one.why.sections) for one in told.held] == [
            (waiting, "pending", ""),
            (again, "pending", ""),
        ]
        assert not told.lines
        other = await _refer(site, "r-2")
        for referral, state in (("r-1", ReferralState.REFUSED), ("r-2", ReferralState.LAPSED)):
            found = await ReferralRegister(StateTable(site.engine, site.opened.vault, site.opened.proven)).find(
                referral
            )
            assert found is not None
            step = staff_submission(
                action=f"referral-{state}",
                actor=Actor.stated("esdc-isb", "officer-canary"),
                now=NOW,
                refers_to=found.opened_index,
                changes=(change_of(found.moved(state)),),
            )
            assert isinstance(await site.log.commit(step), Receipt)
        told = (await site.desk.accounting((WHO,), **ask)).account
        assert [(line.entry_index, line.refused) for line in told.lines] == [
            (waiting, True),
            (again, True),
            (other, True),
        ]
        assert not told.held

    play(scenario)


async def _refer(site: Site, referral: str | None, refers_to: int | None = None) -> int:
    """A request on public interest about WHO that waits for a decision, or that repeats one which does. Returns its
    index."""
    part = _part(private(outcome="denied"), WHO)
    referred = refusal(
        1, kind="referral", effect="refer", ground="public-interest", agreement=None,
        private=(digest_text(part.commitment),), refers_to=refers_to,
    )  # fmt: skip
    case = Referral(
        id=referral or "",
        state=ReferralState.REQUESTED,
        revision=0,
        opened_index=0,
        entry_index=0,
        requester=referred.requester,
        recipient="ircc-work-permits",
        custodian="esdc-isb",
        agreement=None,
        record_type="protection-case",
        purpose="public-interest-release",
        ground="public-interest",
        elements=("case_open",),
        weigh=("DESDA-37",),
        asked_at=NOW,
        escalate_at=NOW + timedelta(days=1),
        decide_by=NOW + timedelta(days=3),
    )
    changes = (change_of(case),) if referral else ()
    receipt = await site.log.commit(replace(_submission(referred), private=(part,), changes=changes))
    assert isinstance(receipt, Receipt)
    return receipt.entry_index
