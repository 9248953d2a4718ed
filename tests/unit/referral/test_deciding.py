"""Who may decide on a referral, when, on what; each refusal by its code, and each without a trace."""

import asyncio
import datetime
from collections.abc import Coroutine
from dataclasses import replace
from typing import Any

import pytest

from gateway.domain.actor import Actor
from gateway.domain.errors import SourceError
from gateway.domain.ground import Ground
from gateway.domain.referral import KIND, ReferralState
from gateway.domain.submission import StateConflict
from gateway.domain.target import SubjectIdentifier, separate_file
from gateway.service.obligation.notices import NoticeError
from gateway.service.referral.asked import ReferralError
from gateway.service.referral.delegations import DelegationError
from gateway.service.referral.release import IN_CONFIDENCE, Address
from tests.simulator import SimulatedCases
from tests.unit.referral.desk import COTE, ROY, Desk, desk, determined

ISB: dict[str, Any] = {"actor": Actor.stated("esdc-isb", ROY)}
HOUR = datetime.timedelta(hours=1)


def refused(desk_: Desk, step: Coroutine[Any, Any, Any]) -> str:
    """The code of a step that is not taken; nothing was written for it."""
    before = len(desk_.world.log.submissions)

    async def take() -> str:
        with pytest.raises((ReferralError, NoticeError)) as told:
            await step
        return str(told.value.code)

    code = asyncio.run(take())
    assert len(desk_.world.log.submissions) == before
    return code


def referred(made: Desk, *, ordered: bool = True, **changes: Any) -> str:
    async def open_one() -> str:
        if ordered:
            await made.order()
        return (await made.refer(**changes)).id

    return asyncio.run(open_one())


def test_a_release_is_on_record_with_its_reasons_its_order_and_its_notices() -> None:
    made = desk()
    number = referred(made)
    ruled = asyncio.run(made.deciding.release(number, determined("status"), because="BALANCING", **ISB))
    assert ruled.referral.state is ReferralState.PARTLY_RELEASED
    submission = made.world.log.submissions[-1]
    entry = submission.entry
    assert (entry.kind, entry.reasons, entry.requester) == ("staff-action", ("referral-partly-released",), "esdc-isb")
    assert entry.authorities.discloser == ("DESDA-37",)
    assert entry.refers_to == ruled.referral.opened_index
    assert [item.code for item in submission.obligations] == [
        "notify-privacy-commissioner",
        "mail-notice",
        "after-review",
    ]
    assert "BALANCING" not in entry.to_bytes().decode()
    kept: Any = made.last()
    assert kept["acting_officer"] == ROY
    assert kept["details"]["because"] == "BALANCING"
    assert kept["details"]["determination"]["elements"] == {"status": "plain"}
    assert [notice["code"] for notice in kept["details"]["notices"]] == ["notify-privacy-commissioner", "mail-notice"]
    facts = made.drafts.facts[0]
    assert (facts.elements, facts.before_release, facts.because) == (("status",), False, "BALANCING")


def test_releasing_everything_is_a_release_and_less_is_a_part() -> None:
    made = desk()
    number = referred(made, elements=("status", "name"))
    ruled = asyncio.run(made.deciding.release(number, determined("status", "name"), because="b", **ISB))
    assert ruled.referral.state is ReferralState.RELEASED


def test_a_refusal_is_on_record_and_final() -> None:
    made = desk()
    number = referred(made)
    ruled = asyncio.run(made.deciding.refuse(number, because="WHY", **ISB))
    assert ruled.referral.state is ReferralState.REFUSED
    assert made.world.log.submissions[-1].entry.reasons == ("referral-refused",)
    assert refused(made, made.deciding.release(number, determined("status"), because="b", **ISB)) == "already-decided"


def test_taking_is_on_record_and_may_be_followed_by_a_decision() -> None:
    made = desk()
    number = referred(made)
    taken = asyncio.run(made.deciding.take(number, **ISB))
    assert taken.referral.state is ReferralState.UNDER_REVIEW
    assert refused(made, made.deciding.take(number, **ISB)) == "wrong-step"
    asyncio.run(made.deciding.refuse(number, because="b", **ISB))


@pytest.mark.parametrize(
    ("determination", "code"),
    [
        (determined("status", under=("PA-8-2-m",)), "not-lawful"),
        (determined("name"), "not-asked"),
        (determined(), "not-asked"),
        (determined("status", under=("DESDA-37", "PA-8-2-c")), "not-delegated"),
    ],
)
def test_a_release_is_within_the_request_the_law_and_the_order(determination: Any, code: str) -> None:
    made = desk()
    number = referred(made)
    assert refused(made, made.deciding.release(number, determination, because="b", **ISB)) == code


def test_what_the_law_withholds_is_not_released() -> None:
    made = desk()
    number = referred(made)
    plain = determined("status", "notes")
    plain.elements["notes"] = plain.elements["status"]  # type: ignore[index]
    assert refused(made, made.deciding.release(number, plain, because="b", **ISB)) == "not-lawful"


def test_reasons_are_given_in_writing() -> None:
    made = desk()
    number = referred(made)
    assert refused(made, made.deciding.release(number, determined("status"), because=" \n", **ISB)) == "reasons-missing"
    assert refused(made, made.deciding.refuse(number, because="", **ISB)) == "reasons-missing"


@pytest.mark.parametrize(
    ("unit", "officer", "code"),
    [
        ("ircc-cpn", ROY, "not-the-custodian"),
        ("esdc-isb", COTE, "not-delegated"),
        ("esdc-legal", ROY, "not-delegated"),
        ("nowhere", ROY, "not-the-custodian"),
    ],
)
def test_only_the_custodians_officer_with_an_order_decides(unit: str, officer: str, code: str) -> None:
    made = desk()
    number = referred(made)
    step = made.deciding.release(number, determined("status"), because="b", actor=Actor.stated(unit, officer))
    assert refused(made, step) == code


def test_nobody_acts_on_their_own_request() -> None:
    made = desk()
    number = referred(made, acting_officer=ROY)
    for step in (
        made.deciding.take(number, **ISB),
        made.deciding.release(number, determined("status"), because="b", **ISB),
        made.deciding.refuse(number, because="b", **ISB),
    ):
        assert refused(made, step) == "own-referral"


def test_an_officer_is_the_same_person_however_the_partner_writes_them() -> None:
    made = desk()
    number = referred(made, acting_officer=" \uff32.R\u200boy ")
    assert refused(made, made.deciding.refuse(number, because="b", **ISB)) == "own-referral"


def test_nobody_acts_on_the_request_of_their_own_unit() -> None:
    made = desk()
    number = referred(made, requester="esdc-isb", recipient="esdc-isb")
    assert refused(made, made.deciding.refuse(number, because="b", **ISB)) == "own-referral"


@pytest.mark.parametrize(("after", "decided"), [(59, True), (60, False), (61, False)])
def test_nothing_is_decided_from_the_lapse_on(after: int, decided: bool) -> None:
    made = desk()
    number = referred(made)
    made.clock.time += datetime.timedelta(minutes=after)
    step = made.deciding.release(number, determined("status"), because="b", **ISB)
    if decided:
        asyncio.run(step)
    else:
        assert refused(made, step) == "referral-lapsed"


@pytest.mark.parametrize(("early", "counts"), [(1, True), (0, False)])
def test_an_order_that_ended_this_second_counts_no_more(early: int, counts: bool) -> None:
    made = desk()
    asyncio.run(made.order(hours=0.5))
    made.clock.time += datetime.timedelta(minutes=5)
    number = referred(made, ordered=False)
    made.clock.time += datetime.timedelta(minutes=25) - datetime.timedelta(seconds=early)
    step = made.deciding.release(number, determined("status"), because="b", **ISB)
    if counts:
        asyncio.run(step)
    else:
        assert refused(made, step) == "not-delegated"


def test_a_revoked_order_counts_no_more() -> None:
    made = desk()
    order = asyncio.run(made.order())
    number = referred(made, ordered=False)
    asyncio.run(made.delegations.revoke(order, actor=Actor.stated("esdc-isb", "d.head")))
    assert refused(made, made.deciding.refuse(number, because="b", **ISB)) == "not-delegated"
    with pytest.raises(DelegationError):
        asyncio.run(made.delegations.revoke(order, actor=Actor.stated("esdc-isb", "d.head")))


@pytest.mark.parametrize(
    "wrong",
    [
        {"to": "d.head"},
        {"at": "nowhere"},
        {"actor": Actor.stated("ircc-cpn", "d.head")},
        {"provisions": ()},
        {"provisions": ("PA-4",)},
        {"hours": 0},
        {"hours": (5 * 365 + 2) * 24 + 1},
    ],
)
def test_an_order_is_given_within_one_institution_to_somebody_else_for_a_time(wrong: dict[str, Any]) -> None:
    made = desk()
    hours = wrong.pop("hours", 1)
    given = {
        "to": ROY,
        "at": "esdc-isb",
        "provisions": ("DESDA-37",),
        "begins": made.clock.time,
        "ends": made.clock.time + hours * HOUR,
        "actor": Actor.stated("esdc-isb", "d.head"),
    }
    with pytest.raises(DelegationError):
        asyncio.run(made.delegations.give(**(given | wrong)))
    assert made.world.log.submissions == []


def test_of_two_who_decide_at_once_one_is_on_record() -> None:
    made = desk()

    async def race() -> list[object]:
        await made.order()
        await made.order(to=COTE)
        number = (await made.refer()).id
        steps = (
            made.deciding.release(number, determined("status"), because="b", **ISB),
            made.deciding.refuse(number, because="b", actor=Actor.stated("esdc-isb", COTE)),
        )
        return list(await asyncio.gather(*steps, return_exceptions=True))

    outcomes = asyncio.run(race())
    told = [str(one.code) for one in outcomes if isinstance(one, ReferralError)]
    assert len(told) == 1
    assert told[0] in {"overtaken", "already-decided"}
    decided = [one for one in made.world.log.submissions if one.entry.reasons[0].startswith("referral-")]
    assert len(decided) == 1


def test_a_notice_that_cannot_be_drafted_blocks_the_release() -> None:
    made = desk()
    number = referred(made)
    made.drafts.missing = "mail-notice"
    step = made.deciding.release(number, determined("status"), because="b", **ISB)
    assert refused(made, step) == "notice-incomplete"
    made.drafts.missing = None
    asyncio.run(made.deciding.release(number, determined("status"), because="b", **ISB))


def test_a_notice_to_housing_of_the_employer_is_held() -> None:
    made = desk()
    number = referred(made)
    made.addresses.found = Address(("1 Farm Road",), "employer-housing")
    ruled = asyncio.run(made.deciding.release(number, determined("status"), because="b", **ISB))
    assert [notice.held for notice in ruled.notices] == [None, "employer-housing"]


def test_a_decision_is_reviewed_by_somebody_else_once() -> None:
    made = desk()
    number = referred(made)
    asyncio.run(made.deciding.release(number, determined("status"), because="b", **ISB))
    review: Any = {"upheld": False, "because": "more than needed"}
    assert refused(made, made.deciding.review(number, actor=Actor.stated("esdc-isb", ROY), **review)) == "own-decision"
    reviewed = asyncio.run(made.deciding.review(number, actor=Actor.stated("esdc-isb", COTE), **review))
    assert reviewed.referral.state is ReferralState.AFTER_REVIEW
    assert made.world.log.submissions[-1].entry.reasons == ("decision-not-upheld",)
    assert {duty.position for duty in made.world.log.done} == {2}, "the duty to review is done with it"
    assert refused(made, made.deciding.review(number, actor=Actor.stated("esdc-isb", COTE), **review)) == "not-decided"


def test_a_review_says_why_in_writing() -> None:
    made = desk()
    number = referred(made)
    asyncio.run(made.deciding.release(number, determined("status"), because="b", **ISB))
    step = made.deciding.review(number, upheld=True, because=" ", actor=Actor.stated("esdc-isb", COTE))
    assert refused(made, step) == "reasons-missing"


def test_an_order_revoked_while_the_notices_are_drafted_decides_nothing() -> None:
    made = desk()
    given = asyncio.run(made.order())
    number = referred(made, ordered=False)
    made.addresses.meanwhile = lambda: made.delegations.revoke(given, actor=Actor.stated("esdc-isb", "d.head"))

    async def release() -> str:
        with pytest.raises(ReferralError) as told:
            await made.deciding.release(number, determined("status"), because="b", **ISB)
        return told.value.code

    assert asyncio.run(release()) == "overtaken"
    assert made.world.log.submissions[-1].entry.reasons == ("delegation-revoked",)
    assert asyncio.run(made.found(number)).state is ReferralState.REQUESTED


@pytest.mark.parametrize(("minutes", "code"), [(60, "referral-lapsed"), (30, "not-delegated")])
def test_time_that_runs_out_while_the_notices_are_drafted_decides_nothing(minutes: int, code: str) -> None:
    made = desk()
    asyncio.run(made.order(hours=0.5 if code == "not-delegated" else 24))
    number = referred(made, ordered=False)

    async def wait() -> None:
        made.clock.time += datetime.timedelta(minutes=minutes)

    made.addresses.meanwhile = wait
    assert refused(made, made.deciding.release(number, determined("status"), because="b", **ISB)) == code


def test_an_empty_reason_does_not_put_the_notice_after_the_release() -> None:
    made = desk()
    number = referred(made, ground=Ground.PUBLIC_INTEREST)
    step = made.deciding.release(number, determined("status"), because="b", not_first=" ", **ISB)
    assert refused(made, step) == "reasons-missing"


def test_an_officer_with_orders_at_two_units_decides_at_either() -> None:
    made = desk()
    asyncio.run(made.order(at="esdc-legal"))
    number = referred(made)
    asyncio.run(made.deciding.refuse(number, because="b", **ISB))
    other = referred(made, ordered=False)
    asyncio.run(made.deciding.refuse(other, because="b", actor=Actor.stated("esdc-legal", ROY)))


@pytest.mark.parametrize("ground", [Ground.EMERGENCY, Ground.INVESTIGATIVE_REQUEST])
def test_every_step_is_filed_under_the_person(ground: Ground) -> None:
    """So that erasing the person erases the reasons too, and a look-up finds who looked."""
    made = desk()
    person = SubjectIdentifier("uci", "0000-0001")
    filed = separate_file(person) if ground is Ground.INVESTIGATIVE_REQUEST else person
    number = referred(made, ground=ground)
    asyncio.run(made.deciding.look(number, **ISB))
    asyncio.run(made.deciding.take(number, **ISB))
    asyncio.run(made.deciding.refuse(number, because="b", **ISB))
    asyncio.run(made.deciding.review(number, upheld=True, because="b", actor=Actor.stated("esdc-isb", COTE)))
    steps = [item for item in made.world.log.submissions if item.entry.refers_to is not None]
    assert [item.private[0].subjects for item in steps] == [(filed,)] * 4


def test_what_is_not_decided_is_not_reviewed() -> None:
    made = desk()
    number = referred(made)
    step = made.deciding.review(number, upheld=True, because="b", actor=Actor.stated("esdc-isb", COTE))
    assert refused(made, step) == "not-decided"


def test_looking_is_on_record_before_anything_is_shown() -> None:
    made = desk()
    number = referred(made)
    _, asked, banner = asyncio.run(made.deciding.look(number, **ISB))
    assert banner == "none"
    assert asked.form["texts"] == {"circumstances": "CIRCUMSTANCES"}
    assert made.world.log.submissions[-1].entry.reasons == ("referral-looked-at",)
    assert refused(made, made.deciding.look(number, actor=Actor.stated("ircc-cpn", ROY))) == "not-the-custodian"
    made.world.log.fail_next = True
    before = len(made.world.log.submissions)
    with pytest.raises(Exception, match="simulated failure"):
        asyncio.run(made.deciding.look(number, **ISB))
    assert len(made.world.log.submissions) == before


def test_the_clock_takes_it_one_level_up_and_then_it_lapses() -> None:
    made = desk()
    number = referred(made)
    assert asyncio.run(made.ticking.tick()) == 0
    made.clock.time += datetime.timedelta(minutes=15)
    assert asyncio.run(made.ticking.tick()) == 1
    assert asyncio.run(made.ticking.tick()) == 0
    found = asyncio.run(made.found(number))
    assert (found.state, found.escalated) == (ReferralState.REQUESTED, True)
    asyncio.run(made.deciding.take(number, **ISB))
    made.clock.time += datetime.timedelta(minutes=45)
    assert asyncio.run(made.ticking.tick()) == 1
    assert asyncio.run(made.found(number)).state is ReferralState.LAPSED
    assert asyncio.run(made.ticking.tick()) == 0
    actions = [one.entry.reasons[0] for one in made.world.log.submissions[-3:]]
    assert actions == ["referral-escalated", "referral-taken", "referral-lapsed"]
    assert refused(made, made.deciding.refuse(number, because="b", **ISB)) == "referral-lapsed"


def test_where_a_decision_and_the_lapse_meet_one_is_on_record() -> None:
    made = desk()
    number = referred(made)
    made.clock.time += datetime.timedelta(minutes=60)
    due = asyncio.run(SimulatedCases(made.world.log).due(KIND, made.clock.time))
    asyncio.run(made.ticking.tick())
    assert [one.id for one in due] == [number]
    stale = made.world.log.submissions[-1]
    assert asyncio.run(made.world.log.commit(stale)) == StateConflict()


def test_evidence_text_is_in_the_private_part_only() -> None:
    made = desk()
    referred(made, ground=Ground.PUBLIC_INTEREST)
    submission = made.world.log.submissions[-1]
    assert b"CIRCUMSTANCES" in submission.private[0].plaintext
    assert b"CIRCUMSTANCES" not in submission.entry.to_bytes()
    assert all(b"CIRCUMSTANCES" not in change.body for change in submission.changes)


def test_the_officer_is_told_of_a_banner_before_deciding() -> None:
    made = desk()
    number = referred(made)
    made.banners.found = True
    assert asyncio.run(made.deciding.look(number, **ISB))[2] == "weighed"
    interest = referred(made, ground=Ground.PUBLIC_INTEREST, ordered=False)
    assert asyncio.run(made.deciding.look(interest, **ISB))[2] == "holds"
    made.banners.down = True
    assert asyncio.run(made.deciding.look(number, **ISB))[2] == "unknown"


def test_nobody_releases_over_a_banner_without_saying_that_they_know() -> None:
    made = desk()
    number = referred(made)
    made.banners.found = True
    assert refused(made, made.deciding.release(number, determined("status"), because="b", **ISB)) == "banner-on-record"
    knowing = replace(determined("status"), despite_banner=True)
    released = asyncio.run(made.deciding.release(number, knowing, because="b", **ISB))
    assert released.referral.ruling is not None
    assert released.referral.ruling.determination == knowing
    kept: Any = made.last()
    assert kept["details"]["determination"]["despite_banner"] is True


def test_a_banner_holds_where_the_ground_does_not_weigh_it() -> None:
    made = desk()
    number = referred(made, ground=Ground.PUBLIC_INTEREST)
    made.banners.found = True
    knowing = replace(determined("status"), despite_banner=True)
    assert refused(made, made.deciding.release(number, knowing, because="b", **ISB)) == "banner-holds"


def test_nobody_releases_what_came_in_confidence_without_saying_that_the_source_agrees() -> None:
    made = desk()
    number = referred(made)
    confidential = replace(determined("status"), authorities=(IN_CONFIDENCE,))
    refusal = refused(made, made.deciding.release(number, confidential, because="b", **ISB))
    assert refusal == "source-has-not-agreed"


def test_that_the_source_agrees_is_kept_with_the_decision() -> None:
    made = desk()
    number = referred(made)
    agreed = replace(determined("status"), source_agreed=True)
    released = asyncio.run(made.deciding.release(number, agreed, because="b", **ISB))
    assert released.referral.ruling is not None
    assert released.referral.ruling.determination == agreed
    kept: Any = made.last()
    assert kept["details"]["determination"]["source_agreed"] is True


def test_a_source_that_does_not_answer_stops_the_release() -> None:
    made = desk()
    number = referred(made)
    made.banners.down = True
    with pytest.raises(SourceError):
        asyncio.run(made.deciding.release(number, determined("status"), because="b", **ISB))
