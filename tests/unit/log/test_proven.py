"""What grants counts only as far as the log bears it out: on SQLite, in a running process and in one that starts."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from audit.entry import Entry
from audit.merkle import leaf_hash
from gateway.adapters.db.duties import DutyTable
from gateway.adapters.log import proven as proven_module
from gateway.adapters.log.proven import LogAlteredError, ProvenState
from gateway.adapters.log.vault import Vault
from gateway.domain.actor import Actor
from gateway.domain.errors import LogUnavailableError
from gateway.domain.submission import NonceReplayed, NonceUse, ObligationRef, Receipt
from gateway.httpsig.keys import SigningKey
from gateway.service.partner.partner_keys import KeyChanged, KeyChangeRefused
from gateway.service.person.erasure import MINIMUM_FEDERAL, Erased, Erasure
from tests.unit.log import tampering
from tests.unit.log.samples import KEYS, new_database, subject, submission
from tests.unit.log.tampering import ACTIVE, FOREIGN, PROPOSED, REVOKED, TAMPERINGS, Tampering
from tests.unit.log.world import SetClock, WholeRows, World, play

pytestmark = pytest.mark.thorough

ANN, BOB = (Actor.stated(officer=name) for name in ("ann", "bob"))


@pytest.mark.parametrize("what", TAMPERINGS, ids=lambda what: what.name)
def test_a_row_that_no_entry_bears_out_grants_nothing_and_is_told(tmp_path: Path, what: Tampering) -> None:
    async def scenario(world: World) -> None:
        await tampering.check(tampering.desk_on(world.engine), world.log, what)

    play(new_database(tmp_path), scenario)


def test_an_old_seal_in_a_new_entry_brings_no_row_back(tmp_path: Path) -> None:
    async def scenario(world: World) -> None:
        desk = tampering.desk_on(world.engine)
        before = await tampering.put_on_record(desk, world.log)
        opened = before["case_record"]["c-3"]["opened_index"]
        receipt = world.reader.entry(opened)
        assert receipt is not None
        old = Entry.from_bytes(receipt.entry).state
        copied = submission(subject(3), nonce=None)
        await world.log.commit(replace(copied, entry=replace(copied.entry, state=old)))
        tampering.row_again("case_record", "id", "c-3")(tampering.writer(world.engine), before)
        for one in (desk, tampering.desk_on(world.engine)):
            assert await one.cases.find("consent", "c-3") is None

    play(new_database(tmp_path), scenario)


@pytest.mark.parametrize("rehashed", [False, True], ids=["body alone", "body and leaf hash"])
def test_where_the_entry_of_an_ending_was_emptied_nothing_that_needs_proof_counts(
    tmp_path: Path, rehashed: bool
) -> None:
    async def scenario(world: World) -> None:
        desk = tampering.desk_on(world.engine)
        before = await tampering.put_on_record(desk, world.log)
        case = await desk.cases.find("consent", "c-3")
        assert case is not None
        receipt = world.reader.entry(case.entry_index)
        assert receipt is not None
        emptied = replace(Entry.from_bytes(receipt.entry), state=()).to_bytes()
        write = tampering.writer(world.engine)
        write("UPDATE entry SET body = :body WHERE entry_index = :at", body=emptied, at=case.entry_index)
        if rehashed:
            hashed = leaf_hash(emptied)
            write("UPDATE entry SET leaf_hash = :leaf WHERE entry_index = :at", leaf=hashed, at=case.entry_index)
        tampering.row_again("case_record", "id", "c-3")(write, before)
        starting = tampering.desk_on(world.engine)
        with pytest.raises(LogAlteredError):
            await starting.cases.find("consent", "c-1")
        with pytest.raises(LogAlteredError):
            starting.keyring.refresh()

    play(new_database(tmp_path), scenario)


def test_a_running_process_stops_believing_once_what_came_since_was_altered_and_does_not_read_it_all_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scenario(world: World) -> None:
        desk = tampering.desk_on(world.engine)
        await tampering.put_on_record(desk, world.log)
        assert await desk.grants("consent", "c-1")
        read = desk.proven.size
        await world.log.commit(submission(subject(1)))
        changed = submission(subject(2)).entry.to_bytes()
        write = tampering.writer(world.engine)
        original = world.reader.entry(read)
        assert original is not None
        write("UPDATE entry SET body = :body WHERE entry_index = :at", body=changed, at=read)
        firsts: list[int] = []
        bodies = desk.proven._bodies

        def counted(first: int, until: int) -> object:
            firsts.append(first)
            return bodies(first, until)

        monkeypatch.setattr(desk.proven, "_bodies", counted)
        for _again in range(2):
            with pytest.raises(LogAlteredError):
                await desk.cases.find("consent", "c-1")
        assert firsts == [read, read]
        write("UPDATE entry SET body = :body WHERE entry_index = :at", body=original.entry, at=read)
        assert await desk.grants("consent", "c-1")

    play(new_database(tmp_path), scenario)


def test_an_old_snapshot_put_back_with_old_rows_is_a_longer_way_and_no_belief(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proven_module, "_SNAPSHOT_EVERY", 1)

    async def scenario(world: World) -> None:
        desk = tampering.desk_on(world.engine)
        before = await tampering.put_on_record(desk, world.log)
        older = ProvenState(world.engine, Vault(KEYS).state_key)
        older.catch_up()
        older.keep()
        kept = world.engine.connect()
        snapshot = bytes(kept.execute(text("SELECT body FROM state_snapshot")).scalar_one())
        kept.close()
        case = await desk.cases.find("consent", "c-1")
        assert case is not None
        ended = tampering.changed("consent", "c-1", 1, "withdrawn", dict(case.body), 1)
        assert isinstance(await world.log.commit(ended), Receipt)
        newer = ProvenState(world.engine, Vault(KEYS).state_key)
        newer.catch_up()
        newer.keep()
        write = tampering.writer(world.engine)
        write("UPDATE state_snapshot SET body = :body WHERE id = 1", body=snapshot)
        tampering.row_again("case_record", "id", "c-1")(write, before)
        starting = tampering.desk_on(world.engine)
        assert not await starting.grants("consent", "c-1")
        assert starting.alarms == ["consent"]
        forged = snapshot[:-1] + bytes([snapshot[-1] ^ 1])
        write("UPDATE state_snapshot SET body = :body WHERE id = 1", body=forged)
        assert await tampering.desk_on(world.engine).grants("consent", "c-2"), "read from the beginning instead"

    play(new_database(tmp_path), scenario)


def test_a_start_after_a_snapshot_reads_only_what_came_since(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proven_module, "_SNAPSHOT_EVERY", 1)

    async def scenario(world: World) -> None:
        desk = tampering.desk_on(world.engine)
        await tampering.put_on_record(desk, world.log)
        desk.proven.catch_up()
        desk.proven.keep()
        size = world.reader.head()[0]
        await world.log.commit(submission(subject(1)))
        read: list[int] = []
        starting = tampering.desk_on(world.engine)
        bodies = starting.proven._bodies

        def counted(first: int, until: int) -> object:
            read.append(first)
            return bodies(first, until)

        monkeypatch.setattr(starting.proven, "_bodies", counted)
        assert await starting.grants("consent", "c-1")
        assert read[0] == size

    play(new_database(tmp_path), scenario)


def test_what_this_process_wrote_it_does_not_read_again(tmp_path: Path) -> None:
    async def scenario(world: World) -> None:
        world.proven.catch_up()
        for number in range(3):
            await world.log.commit(tampering.changed("consent", f"c-{number}", 0, "on-file", {}, 1))
        assert world.proven.size == 3
        word = world.proven.word("consent", "c-2")
        assert word is not None
        assert (word.revision, word.opened_index, word.entry_index) == (1, 2, 2)
        read = ProvenState(world.engine, Vault(KEYS).state_key)
        read.catch_up()
        assert read.word("consent", "c-2") == word

    play(new_database(tmp_path), scenario)


def test_a_case_that_was_erased_with_its_person_is_not_put_back(tmp_path: Path) -> None:
    async def scenario(world: World) -> None:
        desk = tampering.desk_on(world.engine)
        before = await tampering.put_on_record(desk, world.log)
        erasure = Erasure(world.log, SetClock().after(days=800), WholeRows())
        await world.log.commit(submission(subject(1)))
        erased = await erasure.erase(
            subject(1), authority="PA-6-3", actor=Actor.stated("esdc-isb", "o"), minimum=MINIMUM_FEDERAL
        )
        assert isinstance(erased, Erased)
        assert await desk.cases.find("consent", "c-1") is None
        assert desk.alarms == []
        tampering.inserted("case_record", "id", "c-1", "c-1")(tampering.writer(world.engine), before)
        for one in (desk, tampering.desk_on(world.engine)):
            assert await one.cases.find("consent", "c-1") is None
            assert one.alarms == ["consent"]

    play(new_database(tmp_path), scenario)


def test_a_release_does_not_stop_waiting_because_a_row_says_that_a_notice_was_given(tmp_path: Path) -> None:
    async def scenario(world: World) -> None:
        for _number in range(2):
            await world.log.commit(submission(subject(1)))
        told, untold = ObligationRef(0, 0), ObligationRef(1, 0)
        await world.log.commit(replace(submission(subject(1), nonce=None), done=(told,)))
        write = tampering.writer(world.engine)
        desk = tampering.desk_on(world.engine)
        duties = DutyTable(world.engine, desk.proven)
        assert await duties.open_among([told, untold]) == [untold]
        assert desk.alarms == []
        write("UPDATE obligation SET done_at = 1 WHERE entry_index = 1")
        assert await duties.open_among([told, untold]) == [untold]
        assert desk.alarms == ["obligation"]

    play(new_database(tmp_path), scenario)


def test_of_many_forged_rows_none_takes_the_place_of_a_true_one(tmp_path: Path) -> None:
    async def scenario(world: World) -> None:
        desk = tampering.desk_on(world.engine)
        before = await tampering.put_on_record(desk, world.log)
        write = tampering.writer(world.engine)
        for number in range(450):
            name = f"a-{number}"
            tampering.inserted("case_record", "id", name, "c-1", opened_index=0, due=1)(write, before)
        assert [case.id for case in await desk.cases.page("consent", limit=2, skip=1)] == ["c-2", "c-3"]
        due = await desk.cases.due("consent", SetClock().after(days=9).now(), 2)
        assert [case.id for case in due] == ["c-1", "c-2"]

    play(new_database(tmp_path), scenario)


def test_a_key_that_was_revoked_before_the_commit_leaves_no_disclosure(tmp_path: Path) -> None:
    async def scenario(world: World) -> None:
        desk = tampering.desk_on(world.engine)
        await tampering.put_on_record(desk, world.log)
        size = world.reader.head()[0]

        def signed(keyid: str) -> NonceUse:
            spent = submission(subject(1)).nonce
            assert spent is not None
            return replace(spent, keyid=keyid)

        disclosure = submission(subject(1))
        assert isinstance(await world.log.commit(replace(disclosure, nonce=signed(ACTIVE.keyid))), Receipt)
        assert await world.log.commit(replace(submission(subject(1)), nonce=signed(REVOKED.keyid))) == NonceReplayed()
        assert not await world.log.spend(signed(REVOKED.keyid))
        desk.keys.stop(ACTIVE.keyid)
        assert await world.log.commit(replace(submission(subject(1)), nonce=signed(ACTIVE.keyid))) == NonceReplayed()
        assert world.reader.head()[0] == size + 1

    play(new_database(tmp_path), scenario)


def test_a_key_that_stopped_while_the_log_was_down_is_put_on_record_later(tmp_path: Path) -> None:
    async def scenario(world: World) -> None:
        desk = tampering.desk_on(world.engine)
        await tampering.put_on_record(desk, world.log)
        world.log.halt("down")
        keys = tampering.registry_on(desk, world.log)
        with pytest.raises(LogUnavailableError):
            await keys.revoke(ACTIVE.keyid, actor=BOB)
        assert not desk.counts(ACTIVE.keyid)
        world.log.halt("")
        assert isinstance(await keys.revoke(ACTIVE.keyid, actor=BOB), KeyChanged)
        assert await keys.revoke(ACTIVE.keyid, actor=BOB) == KeyChangeRefused("already-revoked")
        assert desk.alarms == []

    play(new_database(tmp_path), scenario)


def test_a_forged_proposal_is_not_approved_and_a_forged_key_can_be_revoked(tmp_path: Path) -> None:
    async def scenario(world: World) -> None:
        desk = tampering.desk_on(world.engine)
        before = await tampering.put_on_record(desk, world.log)
        keys = tampering.registry_on(desk, world.log)
        forged = tampering.inserted(*("partner_key", "keyid", FOREIGN.keyid, PROPOSED.keyid), jwk=tampering.FOREIGN_JWK)
        forged(tampering.writer(world.engine), before)
        assert await keys.approve(FOREIGN.keyid, actor=BOB) == KeyChangeRefused("not-on-record")
        assert isinstance(await keys.revoke(FOREIGN.keyid, actor=BOB), KeyChanged)
        found = desk.keys.find(FOREIGN.keyid)
        assert found is not None
        assert (found.status, found.on_record) == ("revoked", True)

    play(new_database(tmp_path), scenario)


def test_a_key_whose_row_was_deleted_is_not_proposed_as_if_it_were_new(tmp_path: Path) -> None:
    async def scenario(world: World) -> None:
        desk = tampering.desk_on(world.engine)
        await tampering.put_on_record(desk, world.log)
        tampering.writer(world.engine)("DELETE FROM partner_key WHERE keyid = :k", k=REVOKED.keyid)
        keys = tampering.registry_on(desk, world.log)
        assert await keys.propose(REVOKED, "ircc-network", actor=ANN) == KeyChangeRefused("known-key")

    play(new_database(tmp_path), scenario)


def test_of_two_approvals_at_once_no_unit_gets_a_third_key(tmp_path: Path) -> None:
    async def scenario(world: World) -> None:
        desk = tampering.desk_on(world.engine)
        keys = tampering.registry_on(desk, world.log)
        proposed = [SigningKey.generate().public for _ in range(5)]
        for key in proposed:
            await keys.propose(key, "ircc-network", actor=ANN)
        outcomes = await asyncio.gather(*(keys.approve(key.keyid, actor=BOB) for key in proposed))
        assert sum(isinstance(one, KeyChanged) for one in outcomes) == 2
        assert outcomes.count(KeyChangeRefused("too-many-active")) == 3

    play(new_database(tmp_path), scenario)


def test_rows_change_while_they_are_read_and_nobody_is_told_of_forgery(tmp_path: Path) -> None:
    async def scenario(world: World) -> None:
        desk = tampering.desk_on(world.engine)
        await world.log.commit(tampering.changed("consent", "c-1", 0, "on-file", {}, 1))

        async def change() -> None:
            for revision in range(1, 60):
                await world.log.commit(tampering.changed("consent", "c-1", revision, "on-file", {}, 1))

        changing = asyncio.create_task(change())
        while not changing.done():
            assert await desk.cases.find("consent", "c-1") is not None
            await asyncio.sleep(0)
        assert desk.alarms == []

    play(new_database(tmp_path), scenario)
