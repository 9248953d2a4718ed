"""Duties by their clock, several at once, breaches on record, and consents of a person, on a real log: SQLite and
PostgreSQL."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from gateway.adapters.db.state_records import StateTable
from gateway.domain.actor import Actor
from gateway.domain.due import end_of_day
from gateway.domain.submission import ObligationRef, Receipt
from gateway.domain.target import SubjectIdentifier
from gateway.service.ground.consents import ConsentError, Consents, Known
from gateway.service.obligation.agenda import SLOTS, WEEK, Slot
from gateway.service.obligation.breach_list import BreachUnknownError
from gateway.service.obligation.work_list import Fulfilled, NotFulfilled
from tests.integration.test_work_list import NOW, OFFICER, Site, duty, rows_of, site_on
from tests.unit.letters.facts import WHO, breach_said, facts_for, letters

Play = Callable[[Callable[[Site], Coroutine[Any, Any, None]]], None]
OURS = ("esdc-isb", "esdc-pob")
OTHER: dict[str, Any] = {"actor": Actor.stated("ircc-cpn", "somebody")}


@pytest.fixture(params=["sqlite", "postgres"])
def play(request: pytest.FixtureRequest, tmp_path: Path) -> Play:
    url = f"sqlite:///{tmp_path / 'log.sqlite'}"
    if request.param == "postgres":
        url = request.getfixturevalue("postgres_url")

    def run(scenario: Callable[[Site], Coroutine[Any, Any, None]]) -> None:
        async def main() -> None:
            async with site_on(url) as site:
                await scenario(site)

        asyncio.run(main())

    return run


@pytest.mark.parametrize(
    ("due", "slot"),
    [
        (NOW - timedelta(seconds=1), "overdue"),
        (NOW, "today"),
        (end_of_day(NOW, 0), "today"),
        (end_of_day(NOW, 0) + timedelta(seconds=1), "week"),
        (end_of_day(NOW, WEEK), "week"),
        (end_of_day(NOW, WEEK) + timedelta(seconds=1), "later"),
        (None, "standing"),
    ],
)
def test_a_duty_is_in_the_slot_of_its_clock_to_the_second(play: Play, due: datetime | None, slot: Slot) -> None:
    async def scenario(site: Site) -> None:
        await site.disclose(duty("as-of-label", due))
        found = await site.desk.agenda.page(SLOTS)
        assert found.counts == {one: int(one == slot) for one in SLOTS}
        assert [row.row.code for row in found.work[slot]] == ["as-of-label"]

    play(scenario)


def test_no_duty_is_in_two_slots_or_in_none(play: Play) -> None:
    async def scenario(site: Site) -> None:
        hours = [-400, -1, 0, 5, 20, 60, 150, 200, 2000]
        await site.disclose(*(duty("as-of-label", NOW + timedelta(hours=one)) for one in hours), duty("dispose", None))
        index = await site.disclose(duty("status-label", NOW), duty("status-label", NOW, "ircc-cpn"))
        assert isinstance(await site.desk.work_list.done(ObligationRef(index, 0), **OFFICER), Fulfilled)
        found = await site.desk.agenda.page(SLOTS)
        assert sum(found.counts.values()) == rows_of(site)
        assert found.counts["done"] == 1
        named = await site.desk.agenda.page(SLOTS, units=OURS, codes=["status-label"])
        assert {slot: count for slot, count in named.counts.items() if count} == {"done": 1}
        assert list(named.codes) == ["as-of-label"]

    play(scenario)


def test_pages_go_on_from_slot_to_slot_and_miss_nothing(play: Play) -> None:
    async def scenario(site: Site) -> None:
        for hours in (-3, -2, -1, 1, 2, 30, 40):
            await site.disclose(duty("as-of-label", NOW + timedelta(hours=hours)))
        seen = []
        for skip in range(0, 9, 2):
            found = await site.desk.agenda.page(SLOTS, limit=2, skip=skip)
            seen += [one.row.due for slot in SLOTS for one in found.work.get(slot, ())]
        assert seen == sorted(one for one in seen if one)
        assert len(seen) == 7

    play(scenario)


def test_several_duties_are_as_many_entries_and_one_that_is_refused_stops_none(play: Play) -> None:
    async def scenario(site: Site) -> None:
        first = await site.disclose(duty("as-of-label", NOW), duty("after-review", NOW))
        held = letters().draft("mail-notice", facts_for("mail-notice", address_kind="employer-housing"))
        second = await site.disclose(duty("mail-notice", NOW), notices=(held,))
        other = await site.disclose(duty("as-of-label", NOW, "ircc-cpn"))
        third = await site.disclose(duty("status-label", NOW))
        refs = [ObligationRef(first, 0), ObligationRef(first, 1), ObligationRef(second, 0), ObligationRef(other, 0),
                ObligationRef(third, 0), ObligationRef(third, 0), ObligationRef(99, 0)]  # fmt: skip
        told = await site.desk.agenda.done_each(
            refs, actor=OFFICER["actor"], how="mail", sent_on=date(2026, 11, 24), note="note-canary"
        )
        assert [ref for ref, _outcome in told] == list(dict.fromkeys(refs))
        codes = [one.code if isinstance(one, NotFulfilled) else "" for _ref, one in told]
        assert codes == ["", "by-review-only", "held", "not-bound", "", "unknown"]
        entries = [one.receipt.entry_index for _ref, one in told if isinstance(one, Fulfilled)]
        assert len(set(entries)) == 2
        read = await site.read(entries[0])
        assert "canary" not in str(read)
        part = await site.opened.archive.private_part(entries[0])
        assert part is not None
        assert b'"how":"mail"' in part
        assert b'"sent_on":"2026-11-24"' in part

    play(scenario)


def test_the_person_of_a_duty_is_told_to_its_institution_alone(play: Play) -> None:
    async def scenario(site: Site) -> None:
        index = await site.disclose(duty("as-of-label", NOW))
        ref = ObligationRef(index, 0)
        assert await site.desk.work_list.people(ref, **OFFICER) == (WHO,)
        assert await site.desk.work_list.people(ref, **OTHER) == NotFulfilled("not-bound")
        assert await site.desk.work_list.people(ObligationRef(index, 7), **OFFICER) == NotFulfilled("unknown")

    play(scenario)


def test_a_breach_is_listed_with_its_clocks_and_read_on_record(play: Play) -> None:
    async def scenario(site: Site) -> None:
        receipt, duties = await site.desk.breach(
            **OFFICER, determined_at=NOW, said=breach_said(), agreements=["esdc-ircc-tfw"]
        )
        await site.disclose(duty("as-of-label", NOW))
        listed = await site.desk.breaches.on_record(OURS)
        assert [(one.entry_index, len(one.duties)) for one in listed] == [(receipt.entry_index, len(duties))]
        assert await site.desk.breaches.on_record(["ircc-cpn"]) == ()
        found = await site.desk.breaches.read(receipt.entry_index, **OFFICER)
        assert found.said is not None
        assert found.said["people"] == breach_said().people
        assert found.said["determined_at"] == "2026-11-24T12:00:00.000Z"
        assert "notices" not in found.said
        last = await site.read(receipt.entry_index + 2)
        assert (last.reasons, last.refers_to) == (("breach-read",), receipt.entry_index)
        with pytest.raises(BreachUnknownError):
            await site.desk.breaches.read(receipt.entry_index, **OTHER)
        with pytest.raises(BreachUnknownError):
            await site.desk.breaches.read(receipt.entry_index + 1, **OFFICER)

    play(scenario)


def test_people_are_counted_by_their_tokens(play: Play) -> None:
    async def scenario(site: Site) -> None:
        first, second = await site.disclose(duty("as-of-label", NOW)), await site.disclose(duty("as-of-label", NOW))
        receipt, _duties = await site.desk.breach(
            **OFFICER, determined_at=NOW, said=breach_said(), entries=[first], agreements=["esdc-ircc-tfw"]
        )
        assert await site.opened.archive.people_named([first, second, receipt.entry_index]) == 1
        assert await site.opened.archive.people_named([]) == 0
        assert await site.opened.archive.people_named(range(5_000)) == 1

    play(scenario)


def test_a_persons_consents_are_found_by_their_institution_after_a_look_up_on_record(play: Play) -> None:
    async def scenario(site: Site) -> None:
        known = Known(
            elements={"worker-case": frozenset({"status"})},
            custodians={"worker-case": "esdc"},
            organizations={"esdc-isb": "esdc", "ircc-cpn": "ircc"},
            purposes=frozenset({"protection"}),
        )
        table = StateTable(site.engine, site.opened.vault, site.opened.proven)
        consents = Consents(table, site.log, site.clock, known)
        given: dict[str, Any] = {
            "record_type": "worker-case",
            "elements": ("status",),
            "recipient": "ircc-cpn",
            "purpose": "protection",
            "valid_from": date(2026, 11, 1),
            "valid_until": date(2027, 2, 1),
            "document": "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU",
            **OFFICER,
        }
        reference, _receipt = await consents.register(WHO, **given)
        await consents.register(SubjectIdentifier("uci", "9999-9999"), **given)
        found = await consents.find(WHO, **OFFICER)
        assert [(one.reference, one.on_file) for one in found] == [(reference, True)]
        await consents.withdraw(reference, WHO, **OFFICER)
        assert [one.on_file for one in await consents.find(WHO, **OFFICER)] == [False]
        assert list(await consents.find(WHO, **OTHER)) == []
        with pytest.raises(ConsentError, match=r"^unit"):
            await consents.find(WHO, actor=Actor.stated("nowhere", "x"))
        looked = await site.read(2)
        assert looked.reasons == ("consents-looked-up",)
        assert isinstance(await site.opened.archive.entry(4), Receipt)

    play(scenario)
