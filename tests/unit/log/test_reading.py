"""Readers, signer and export: what the log tells others is what was committed, and the auditor agrees."""

import asyncio
import shutil
from pathlib import Path

import pytest

from audit import checkpoint
from audit.errors import TileMissingError
from audit.merkle import verify_consistency, verify_inclusion
from audit.verify import verify_log
from gateway.adapters.log.export import export_log
from gateway.domain.errors import LogUnavailableError
from gateway.domain.submission import Receipt
from gateway.service import ports
from gateway.service.log.checkpointing import LogRewrittenError, LogRolledBackError
from tests.unit.log.samples import new_database, subject, submission
from tests.unit.log.world import LOG_KEY, World, play


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return new_database(tmp_path)


async def append(world: World, count: int) -> list[Receipt]:
    outcomes = await asyncio.gather(*(world.log.commit(submission(subject(n % 9))) for n in range(count)))
    return [one for one in outcomes if isinstance(one, Receipt)]


def test_every_entry_is_proven_under_a_checkpoint_that_is_made_on_demand(database: Path) -> None:
    async def scenario(world: World) -> None:
        receipts = await append(world, 300)
        for receipt in (receipts[0], receipts[255], receipts[256], receipts[299]):
            proof = await world.proofs.inclusion(receipt.entry_index)
            head = checkpoint.verify(proof.checkpoint, LOG_KEY.verifier).checkpoint
            assert head.size == 300
            verify_inclusion(receipt.entry_index, 300, receipt.leaf_hash, proof.hashes, head.root)
            assert await world.archive.entry(receipt.entry_index) == receipt
        assert await world.archive.entry(300) is None
        assert await world.archive.entry(1 << 70) is None
        with pytest.raises(LogUnavailableError, match="does not reach"):
            await world.signer.covering(300)

    play(database, scenario)


def test_checkpoints_grow_consistently_and_are_not_signed_twice(database: Path) -> None:
    async def scenario(world: World) -> None:
        await append(world, 10)
        first = world.signer.sign()
        assert world.signer.sign() == first
        await append(world, 700)
        second = checkpoint.verify(world.signer.sign(), LOG_KEY.verifier).checkpoint
        earlier = checkpoint.verify(first, LOG_KEY.verifier).checkpoint
        proof = world.reader.consistency(10, 710)
        verify_consistency(10, 710, earlier.root, second.root, proof)

    play(database, scenario)


def test_an_export_is_resumed_extended_and_verified_by_the_auditor(database: Path, tmp_path: Path) -> None:
    folder = tmp_path / "export"

    async def scenario(world: World) -> None:
        await append(world, 600)
        first = world.signer.sign()
        assert export_log(world.reader, first, LOG_KEY.verifier, folder) == 7
        (folder / "tile/entries/001").unlink()
        assert export_log(world.reader, first, LOG_KEY.verifier, folder) == 1
        report = verify_log(folder, LOG_KEY.verifier)
        assert report.ok, report.findings
        await append(world, 300)
        export_log(world.reader, world.signer.sign(), LOG_KEY.verifier, folder)
        report = verify_log(folder, LOG_KEY.verifier, known=first)
        assert report.ok, report.findings
        assert report.facts["size"] == 900

    play(database, scenario)


def test_a_live_database_can_be_verified_through_the_reader(database: Path) -> None:
    async def scenario(world: World) -> None:
        await append(world, 300)
        note = world.signer.sign()
        await append(world, 40)

        def read(path: str) -> bytes:
            return note.encode() if path == "checkpoint" else world.reader.read(path)

        assert verify_log(read, LOG_KEY.verifier).ok
        with pytest.raises(TileMissingError):
            world.reader.read("tile/entries/001.p/200")
        with pytest.raises(TileMissingError):
            world.reader.read("tile/0/x999/999")

    play(database, scenario)


def test_a_restored_backup_is_neither_signed_nor_appended_to(database: Path, tmp_path: Path) -> None:
    backup, outside = tmp_path / "backup", tmp_path / "elsewhere.note"

    async def before(world: World) -> None:
        await append(world, 5)
        world.signer.sign()

    async def after(world: World) -> None:
        await append(world, 5)
        world.signer.sign()

    async def restored(world: World) -> None:
        with pytest.raises(LogRolledBackError, match="old backup"):
            world.signer.sign()

    async def restored_while_running(world: World) -> None:
        world.log.require_size(10)
        with pytest.raises(LogUnavailableError, match="old backup"):
            await world.log.commit(submission())

    play(database, before, outside=outside)
    shutil.copy(database, backup)
    play(database, after, outside=outside)
    shutil.copy(backup, database)
    play(database, restored, outside=outside)
    play(database, restored_while_running, outside=outside)


def test_a_rewritten_entry_is_not_signed_over(database: Path) -> None:
    async def scenario(world: World) -> None:
        await append(world, 20)
        world.signer.sign()
        await append(world, 1)
        with world.engine.begin() as connection:
            connection.exec_driver_sql("UPDATE entry SET leaf_hash = zeroblob(32) WHERE entry_index = 3")
        with pytest.raises(LogRewrittenError, match="evidence"):
            world.signer.sign()
        with pytest.raises(LogUnavailableError, match="evidence"):
            await world.log.commit(submission())
        assert world.reader.head()[0] == 21

    play(database, scenario)


def test_a_head_that_does_not_fit_its_tree_is_not_appended_to(database: Path) -> None:
    async def scenario(world: World) -> None:
        await append(world, 3)
        with world.engine.begin() as connection:
            connection.exec_driver_sql("UPDATE log_head SET size = 2")
        with pytest.raises(LogUnavailableError, match="fit"):
            await world.log.commit(submission())

    play(database, scenario)


def test_the_signer_follows_the_log_by_itself_and_tells_what_is_wrong(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gateway.service.log.checkpointing.INTERVAL_SECONDS", 0.01)
    told: list[LogUnavailableError] = []

    async def scenario(world: World) -> None:
        signing = asyncio.create_task(world.signer.run(told.append))
        await append(world, 3)
        await asyncio.sleep(0.2)
        assert checkpoint.verify(world.signer.latest, LOG_KEY.verifier).checkpoint.size == 3
        with world.engine.begin() as connection:
            connection.exec_driver_sql("UPDATE log_head SET size = 2")
        await asyncio.sleep(0.2)
        signing.cancel()
        assert isinstance(told[0], LogRolledBackError)

    play(database, scenario)


def test_the_parts_are_the_ports_of_the_use_cases(database: Path) -> None:
    async def scenario(world: World) -> None:
        log: ports.DisclosureLog = world.log
        nonces: ports.Nonces = world.log
        archive: ports.EntryArchive = world.archive
        proofs: ports.Proofs = world.proofs
        assert None not in (log, nonces, archive, proofs)

    play(database, scenario)
