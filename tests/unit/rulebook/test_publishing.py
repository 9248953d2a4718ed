"""Publishing: what was approved and nothing else, now or by the clock, once, on top of what is in force then."""

import asyncio
import datetime
from pathlib import Path

import pytest

from gateway.domain.actor import Actor
from gateway.domain.draft import Draft, DraftState
from gateway.domain.errors import GatewayError
from gateway.domain.submission import Receipt
from gateway.service.rulebook.errors import DraftError, RulebookChangedError
from tests.unit.log.world import SetClock
from tests.unit.rulebook.office import (
    APPROVER,
    EDITOR,
    LANTERN,
    OTHER,
    PUBLISHER,
    REASON,
    TFW,
    Office,
    lantern,
    narrowed,
    play,
    shipped,
    who,
)
from tests.unit.rulebook.office import (
    office as another_office,
)
from tests.unit.rulebook.test_drafts import refused

HOUR = datetime.timedelta(hours=1)


async def published(office: Office, draft: Draft) -> Receipt:
    return await office.desk.publishing.publish(PUBLISHER, draft.id, draft.digest)


def test_of_two_publishers_one_puts_it_in_force(tmp_path: Path) -> None:
    async def scenario(office: Office) -> None:
        draft = await office.approved(narrowed())
        outcomes = await asyncio.gather(*(published(office, draft) for _ in range(3)), return_exceptions=True)
        assert len([one for one in outcomes if isinstance(one, Receipt)]) == 1
        assert {type(one) for one in outcomes} == {Receipt, RulebookChangedError}
        assert office.actions().count("rulebook-published") == 1

    play(tmp_path, scenario)


def test_two_drafts_published_at_once_lose_nothing_of_each_other(tmp_path: Path) -> None:
    """The second is judged on the rulebook that the first made, or told; it never puts back what it saw before."""

    async def scenario(office: Office) -> None:
        drafts = [await office.approved(narrowed()), await office.approved(lantern())]
        for _ in range(3):
            await asyncio.gather(*(published(office, draft) for draft in drafts), return_exceptions=True)
        state = await office.state()
        read = await asyncio.to_thread(office.documents.read, state.files)
        assert {name: one.digest for name, one in read.agreements.items()} == dict(state.agreements)
        assert {read.agreements[name].version for name in ("esdc-ircc-tfw", "esdc-lantern-support")} == {"2"}

    play(tmp_path, scenario)


def test_a_draft_on_top_of_what_is_no_longer_in_force_is_told_so(tmp_path: Path) -> None:
    async def scenario(office: Office) -> None:
        late = await office.approved(narrowed("3"))
        await office.published(narrowed("2"))
        told = await refused(published(office, late), "draft-outdated")
        assert TFW in str(told)
        assert (await office.state()).agreements["esdc-ircc-tfw"] == office.entries()[-1].agreement.digest  # type: ignore[union-attr]
        await refused(office.desk.drafts.approve(OTHER, late.id, late.digest, ""), "draft-outdated")

    play(tmp_path, scenario)


def test_publishing_against_a_suspension_keeps_the_suspension(tmp_path: Path) -> None:
    async def scenario(office: Office) -> None:
        draft = await office.approved(narrowed())
        outcomes = await asyncio.gather(
            published(office, draft),
            office.desk.stopping.suspend(who("h.head"), "esdc-ircc-tfw", REASON),
            return_exceptions=True,
        )
        lost = [one for one in outcomes if not isinstance(one, Receipt)]
        assert all(isinstance(one, RulebookChangedError) for one in lost)
        assert len(lost) == 1
        if (await office.state()).standing("esdc-ircc-tfw") == "in-force":
            await office.desk.stopping.suspend(who("h.head"), "esdc-ircc-tfw", REASON)
        else:
            await published(office, draft)
        state = await office.state()
        assert state.standing("esdc-ircc-tfw") == "suspended"
        assert office.actions()[-2:] in (
            ["agreement-suspended", "rulebook-published"], ["rulebook-published", "agreement-suspended"]
        )  # fmt: skip

    play(tmp_path, scenario)


def test_what_was_terminated_stays_so_under_any_version(tmp_path: Path) -> None:
    async def scenario(office: Office) -> None:
        draft = await office.approved(narrowed())
        await office.desk.stopping.terminate(EDITOR, "esdc-ircc-tfw", REASON)
        await office.desk.stopping.terminate(OTHER, "esdc-ircc-tfw", REASON)
        told = await refused(published(office, draft), "agreement-terminated")
        assert "another id" in str(told)
        assert (await office.state()).standing("esdc-ircc-tfw") == "terminated"

    play(tmp_path, scenario)


def test_both_parties_approve_where_the_deployment_asks_for_it(tmp_path: Path) -> None:
    async def scenario(office: Office) -> None:
        draft = await office.approved(narrowed())
        told = await refused(published(office, draft), "party-not-agreed")
        assert str(told).endswith("still missing: ircc")
        drafts = office.desk.drafts
        await drafts.approve(who("another.one"), draft.id, draft.digest, "Chief")
        await refused(published(office, draft), "party-not-agreed")
        await drafts.approve(who("partner", "ircc-cpn"), draft.id, draft.digest, "Director, Partnerships")
        await published(office, draft)
        found = await drafts.find(draft.id)
        assert [(one.organization, one.office) for one in found.approvals] == [
            ("esdc", "Director"), ("esdc", "Chief"), ("ircc", "Director, Partnerships"),
        ]  # fmt: skip

    play(tmp_path, scenario, both_parties=True)


def test_a_scheduled_draft_goes_into_force_with_nobody_awake(tmp_path: Path) -> None:
    async def scenario(office: Office) -> None:
        publishing, clock = office.desk.publishing, office.desk.publishing_clock
        draft = await office.approved(narrowed())
        await refused(publishing.schedule(PUBLISHER, draft.id, draft.digest, office.clock.now()), "time-passed")
        scheduled = await publishing.schedule(PUBLISHER, draft.id, draft.digest, office.clock.now() + HOUR)
        assert scheduled.state is DraftState.SCHEDULED
        await refused(office.desk.drafts.save(EDITOR, draft.id, scheduled.revision, lantern()), "wrong-state")
        assert await clock.tick() == 0
        assert (await office.state()).revision == 1
        office.clock.time += HOUR
        assert await clock.tick() == 1
        assert (await office.desk.drafts.find(draft.id)).state is DraftState.PUBLISHED
        assert office.entries()[-1].requester == "esdc-isb"
        assert await clock.tick() == 0, "once"

    play(tmp_path, scenario)


def test_of_two_processes_with_clocks_that_differ_one_publishes_what_is_due(tmp_path: Path) -> None:
    async def scenario(office: Office) -> None:
        draft = await office.approved(narrowed())
        await office.desk.publishing.schedule(PUBLISHER, draft.id, draft.digest, office.clock.now() + HOUR)
        ahead = await another_office(office.world, clock=SetClock(office.clock.now() + HOUR), fresh=False)
        behind = await another_office(office.world, clock=SetClock(office.clock.now() - HOUR), fresh=False)
        assert await behind.desk.publishing_clock.tick() == 0
        assert await ahead.desk.publishing_clock.tick() == 1
        assert await behind.desk.publishing_clock.tick() == 0
        # Both see it due in the same moment: neither fails, one publishes.
        second = await office.approved(lantern())
        await office.desk.publishing.schedule(PUBLISHER, second.id, second.digest, office.clock.now() + HOUR)
        office.clock.time += 2 * HOUR
        behind.clock.time += 4 * HOUR
        ticked = await asyncio.gather(
            *(one.desk.publishing_clock.tick() for one in (office, ahead, behind)), return_exceptions=True
        )
        assert sum(one for one in ticked if isinstance(one, int)) == 1
        assert not [one for one in ticked if isinstance(one, GatewayError)]
        assert office.actions().count("rulebook-published") == 2

    play(tmp_path, scenario)


def test_what_cannot_be_published_at_its_time_goes_back_to_review_once(tmp_path: Path) -> None:
    async def scenario(office: Office) -> None:
        publishing, clock = office.desk.publishing, office.desk.publishing_clock
        late, good = await office.approved(narrowed("3")), await office.approved(lantern())
        for draft in (late, good):
            await publishing.schedule(PUBLISHER, draft.id, draft.digest, office.clock.now() + HOUR)
        await office.published(narrowed("2"))
        office.clock.time += HOUR
        await refused(clock.tick(), "draft-outdated")
        assert (await office.desk.drafts.find(good.id)).state is DraftState.PUBLISHED, "one failure stops no other"
        back = await office.desk.drafts.find(late.id)
        assert (back.state, back.publish_at) == (DraftState.IN_REVIEW, None)
        assert "draft-not-published" in office.actions()
        assert await clock.tick() == 0

    play(tmp_path, scenario)


def test_what_is_scheduled_can_be_published_earlier_withdrawn_or_given_another_time(tmp_path: Path) -> None:
    async def scenario(office: Office) -> None:
        publishing, drafts = office.desk.publishing, office.desk.drafts
        draft = await office.approved(narrowed())
        first = await publishing.schedule(PUBLISHER, draft.id, draft.digest, office.clock.now() + HOUR)
        second = await publishing.schedule(PUBLISHER, draft.id, draft.digest, office.clock.now() + 3 * HOUR)
        office.clock.time += 2 * HOUR
        assert (await office.desk.publishing_clock.tick(), first.revision + 1) == (0, second.revision)
        await published(office, draft)
        other = await office.approved(lantern())
        planned = await publishing.schedule(PUBLISHER, other.id, other.digest, office.clock.now() + HOUR)
        await drafts.withdraw(EDITOR, other.id, planned.revision)
        office.clock.time += 2 * HOUR
        assert await office.desk.publishing_clock.tick() == 0

    play(tmp_path, scenario)


def test_a_new_document_and_one_that_goes_are_published_too(tmp_path: Path) -> None:
    async def scenario(office: Office) -> None:
        text = shipped()[LANTERN].replace(b"id: esdc-lantern-support\n", b"id: lantern-second\n")
        await office.published({"extra/isa/lantern-second.yaml": text})
        state = await office.state()
        assert {"esdc-lantern-support", "lantern-second"} <= set(state.agreements)
        assert "extra/isa/lantern-second.yaml" in state.files
        told = await office.desk.publishing.history("lantern-second")
        assert told is not None
        assert told["version"] == "1"

    play(tmp_path, scenario)


def test_the_gateway_itself_makes_no_draft_and_approves_none(tmp_path: Path) -> None:
    async def scenario(office: Office) -> None:
        draft = await office.drafted(narrowed())
        with pytest.raises(DraftError):
            await office.desk.publishing.publish(Actor.gateway("esdc-isb"), draft.id, draft.digest)
        assert not (await office.desk.drafts.find(draft.id)).approvals
        assert APPROVER.officer

    play(tmp_path, scenario)
