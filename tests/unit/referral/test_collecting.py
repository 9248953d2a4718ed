"""The requester asks again: waiting, refused, lapsed, released; what leaves goes the whole way once more."""

import asyncio
import datetime
from dataclasses import replace
from typing import Any

import pytest

from gateway.domain.actor import Actor
from gateway.domain.decision import Deny, Permit, Reason
from gateway.domain.errors import LogUnavailableError
from gateway.domain.ground import Ground
from gateway.domain.referral import KIND
from gateway.domain.request import Released
from gateway.domain.submission import ObligationRef
from gateway.domain.target import ListQuery, SubjectIdentifier, separate_file
from gateway.service.disclosure.answer import Disclosed, KeyReused, Referred, Refused
from gateway.service.disclosure.collecting import Closed, NoSuchReferral, Waiting
from tests.simulator import REVISION, SimulatedCases
from tests.unit.referral.desk import COTE, ROY, Desk, desk, determined, rule

ISB: dict[str, Any] = {"actor": Actor.stated("esdc-isb", ROY)}


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
    assert asyncio.run(SimulatedCases(made.world.log).count(KIND)) == 1


def reviewed(made: Desk, number: str, *, upheld: bool) -> None:
    asyncio.run(made.deciding.review(number, upheld=upheld, because="b", actor=Actor.stated("esdc-isb", COTE)))


def test_what_a_review_upholds_may_still_be_collected_and_nothing_else() -> None:
    made = desk()
    number = released(made, "status")
    reviewed(made, number, upheld=True)
    answer = collect(made, number)
    assert isinstance(answer, Disclosed)
    assert answer.records == ({"status": "open"},)
    other = desk()
    number = released(other, "status")
    reviewed(other, number, upheld=False)
    assert collect(other, number).code == "release-ended"


def test_after_the_review_the_notice_that_comes_first_still_does() -> None:
    made = desk()
    number = released(made, "status", ground=Ground.PUBLIC_INTEREST)
    ruling = len(made.world.log.submissions) - 1
    reviewed(made, number, upheld=True)
    waiting = collect(made, number)
    assert isinstance(waiting, Waiting)
    made.world.log.done.add(ObligationRef(ruling, 0))
    assert isinstance(collect(made, number), Disclosed)


def test_a_release_that_a_review_ends_while_the_record_is_read_does_not_leave() -> None:
    made = desk()
    number = released(made, "status")

    async def review() -> None:
        made.world.source.meanwhile = None
        await made.deciding.review(number, upheld=False, because="b", actor=Actor.stated("esdc-isb", COTE))

    made.world.source.meanwhile = review
    with pytest.raises(LogUnavailableError, match="changed just now"):
        collect(made, number)
    assert made.world.log.submissions[-1].entry.reasons == ("decision-not-upheld",)
    assert collect(made, number).code == "release-ended"


def test_one_key_for_two_referrals_is_a_conflict() -> None:
    """The digest of the call says which referral is meant; the party's key is for one of them."""
    made = desk()
    first, second = released(made, "status"), released(made, "status")
    assert isinstance(collect(made, first, key="same"), Disclosed)
    again = collect(made, second, key="same")
    assert isinstance(again, KeyReused)
    assert again.code == "idempotency-key-reused"
    assert isinstance(collect(made, second, key="other"), Disclosed)


def test_a_list_is_collected_from_where_it_was_asked() -> None:
    made = desk()
    made.world.source.records[:] = [
        {"uci": f"0000-000{n}", "status": f"s{n}", "notes": "", "region": "W", "do_not_disclose": False}
        for n in range(5)
    ]

    async def go() -> str:
        await made.order()
        number = (await made.refer(Ground.EMERGENCY, target=ListQuery({"region": "W"}, 2, "2"))).id
        await made.deciding.release(number, determined("status"), because="b", **ISB)
        return number

    made.world.engine.rule = lambda query: no_notices(rule(query))
    answer = collect(made, asyncio.run(go()))
    assert isinstance(answer, Disclosed)
    assert [record["status"] for record in answer.records] == ["s2", "s3"]


def no_notices(decision: Any) -> Any:
    return replace(decision, obligations=()) if isinstance(decision, Permit) else decision


def test_an_investigative_request_is_filed_apart_from_the_person() -> None:
    made = desk(rule)
    asyncio.run(made.refer(Ground.INVESTIGATIVE_REQUEST))
    (part,) = made.world.log.submissions[-1].private
    person = SubjectIdentifier("uci", "0000-0001")
    assert part.subjects == (separate_file(person),)
    asyncio.run(made.refer(Ground.EMERGENCY))
    assert made.world.log.submissions[-1].private[0].subjects == (person,)
