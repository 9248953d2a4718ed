"""The requester asks again: waiting, refused, lapsed, released; what leaves goes the whole way once more."""

import asyncio
import datetime
from dataclasses import replace
from typing import Any

from gateway.domain.decision import Deny, Reason
from gateway.domain.disclosure import ObligationRef
from gateway.domain.request import Ground, Released, SubjectIdentifier
from gateway.service.answer import Disclosed, Referred, Refused
from gateway.service.evidence import apart
from gateway.service.referral.collecting import Closed, NoSuchReferral, Waiting
from tests.simulator import REVISION
from tests.unit.referral.desk import ROY, Desk, desk, determined, rule

ISB = {"unit": "esdc-isb", "officer": ROY}


def released(made: Desk, *elements: str, ground: Ground = Ground.EMERGENCY, **changes: Any) -> str:
    async def go() -> str:
        await made.order()
        number = (await made.refer(ground)).id
        await made.deciding.release(number, determined(*elements), because="b", **ISB, **changes)
        return number

    return asyncio.run(go())


def collect(made: Desk, number: str, **call: str) -> Any:
    return asyncio.run(made.collecting.collect(number, made.call(**call)))


def test_what_was_released_leaves_and_nothing_else() -> None:
    made = desk()
    number = released(made, "status")
    answer = collect(made, number)
    assert isinstance(answer, Disclosed)
    assert answer.records == ({"status": "open"},)
    assert answer.agreement is None
    entry = made.world.log.submissions[-1].entry
    assert (entry.kind, entry.ground, entry.refers_to) == (
        "disclosure",
        "emergency",
        len(made.world.log.submissions) - 2,
    )
    assert [item.element for item in entry.disclosed] == ["status"]
    assert [item.element for item in entry.withheld] == ["notes"]
    assert entry.obligations == (), "the notices came with the decision"
    private: Any = made.world.log.private()
    assert private["determination"] == {"authorities": ["DESDA-37", "PA-8-2-m"], "elements": {"status": "plain"}}
    assert private["settled"] == ["notify-privacy-commissioner", "mail-notice", "after-review"]


def test_before_a_decision_it_is_waiting_and_leaves_no_entry() -> None:
    made = desk()
    number = asyncio.run(made.refer()).id
    before = len(made.world.log.submissions)
    assert isinstance(collect(made, number), Waiting)
    assert len(made.world.log.submissions) == before


def test_another_party_learns_nothing_of_it() -> None:
    made = desk()
    number = released(made, "status")
    assert collect(made, number, party="cbsa-inland") == NoSuchReferral()
    assert asyncio.run(made.collecting.standing(number, "cbsa-inland")) == NoSuchReferral()
    assert collect(made, "r-0000") == NoSuchReferral()


def test_a_refusal_and_a_lapse_are_told() -> None:
    made = desk()
    number = asyncio.run(made.refer()).id
    made.clock.time += datetime.timedelta(minutes=60)
    lapsed = collect(made, number)
    assert isinstance(lapsed, Closed)
    assert lapsed.code == "referral-lapsed"
    asyncio.run(made.ticking.tick())
    assert collect(made, number).code == "referral-lapsed"
    asyncio.run(made.order())
    other = asyncio.run(made.refer()).id
    asyncio.run(made.deciding.refuse(other, because="b", **ISB))
    assert collect(made, other).code == "referral-refused"


def test_a_release_ends() -> None:
    made = desk()
    number = released(made, "status")
    made.clock.time += datetime.timedelta(minutes=119)
    assert isinstance(asyncio.run(made.collecting.standing(number, "ircc-cpn")), Released)
    made.clock.time += datetime.timedelta(minutes=1)
    assert collect(made, number).code == "release-ended"


def test_nothing_leaves_before_a_notice_that_comes_first() -> None:
    made = desk()
    number = released(made, "status", ground=Ground.PUBLIC_INTEREST)
    waiting = collect(made, number)
    assert isinstance(waiting, Waiting)
    assert waiting.waiting_for == ("notify-privacy-commissioner",)
    made.world.log.done.add(ObligationRef(len(made.world.log.submissions) - 1, 0))
    assert isinstance(collect(made, number), Disclosed)


def test_a_notice_first_that_is_not_practicable_says_why_and_follows() -> None:
    made = desk()
    number = released(made, "status", ground=Ground.PUBLIC_INTEREST, not_first="the office is closed tonight")
    kept: Any = made.last()
    assert kept["details"]["not_first"] == "the office is closed tonight"
    assert isinstance(collect(made, number), Disclosed)


def test_the_law_of_the_moment_still_decides() -> None:
    made = desk()
    number = released(made, "status")
    made.world.engine.rule = lambda _query: Deny((Reason("no-discloser-authority"),), REVISION)
    assert isinstance(collect(made, number), Refused)


def test_a_record_that_is_gone_is_not_available() -> None:
    made = desk()
    number = released(made, "status")
    made.world.source.records.clear()
    answer = collect(made, number)
    assert isinstance(answer, Refused)
    assert answer.decision.reasons[0].code == "not-available"


def test_the_same_call_again_is_a_redelivery() -> None:
    made = desk()
    number = released(made, "status")
    first = collect(made, number)
    again = collect(made, number)
    assert isinstance(again, Disclosed)
    assert again.redelivered
    assert again.receipt == first.receipt


def test_the_same_request_again_tells_the_same_referral() -> None:
    made = desk()
    asked = made.world.request(ground=Ground.EMERGENCY, agreement=None)
    first = asyncio.run(made.world.disclose(asked))
    again = asyncio.run(made.world.disclose(replace(asked, nonce="another")))
    assert isinstance(first, Referred)
    assert isinstance(again, Referred)
    assert again.referral.id == first.referral.id
    assert len(asyncio.run(made.referrals.all())) == 1


def test_an_investigative_request_is_filed_apart_from_the_person() -> None:
    made = desk(rule)
    asyncio.run(made.refer(Ground.INVESTIGATIVE_REQUEST))
    (part,) = made.world.log.submissions[-1].private
    person = SubjectIdentifier("uci", "0000-0001")
    assert part.subjects == (apart(person),)
    asyncio.run(made.refer(Ground.EMERGENCY))
    assert made.world.log.submissions[-1].private[0].subjects == (person,)
