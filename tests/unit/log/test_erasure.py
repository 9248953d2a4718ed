"""Invariant 10: a person can be erased, nothing else breaks, and nobody is erased too early."""

import asyncio
import sqlite3
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from audit.verify import verify_log
from gateway.adapters.db.state_records import StateTable
from gateway.adapters.log.rotation import rewrap_keys
from gateway.adapters.log.vault import PrivatePartError, Vault, VaultKeys
from gateway.domain.actor import Actor
from gateway.domain.submission import Receipt
from gateway.domain.target import separate_file
from gateway.service.log.completeness import NotCompleteError
from gateway.service.person.erasure import (
    MINIMUM_FEDERAL,
    MINIMUM_ONTARIO,
    Erased,
    Erasure,
    Held,
    NothingKept,
    TooRecent,
)
from gateway.service.person.holds import HoldError, Holds
from gateway.service.person.lookup import Lookup
from tests.unit.log.samples import KEYS, TIME, new_database, part, subject, submission
from tests.unit.log.world import LOG_KEY, SetClock, World, before_account_on, play

WHO, OTHER, FILE = subject(1), subject(2), subject(3)
OFFICER: dict[str, Any] = {"authority": "PA-6-3", "actor": Actor.stated("esdc-isb", "officer-canary")}


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return new_database(tmp_path)


def erasure(world: World, days: int) -> Erasure:
    return Erasure(world.log, SetClock().after(days), before_account_on(world.opened))


def holds_on(world: World) -> Holds:
    cases = StateTable(world.engine, Vault(KEYS), world.proven)
    return Holds(cases, world.log, SetClock(), {"esdc-isb": "esdc", "ircc-work-permits": "ircc"})


def verifies(world: World) -> bool:
    note = world.signer.sign().encode()
    return verify_log(lambda path: note if path == "checkpoint" else world.reader.read(path), LOG_KEY.verifier).ok


def test_erasure_removes_the_person_and_every_proof_still_holds(database: Path) -> None:
    wrapped: list[bytes] = []

    async def scenario(world: World) -> None:
        await world.log.commit(submission(WHO))
        await world.log.commit(submission(FILE, WHO))
        await world.log.commit(submission(OTHER))
        with world.engine.connect() as connection:
            wrapped.extend(row[0] for row in connection.exec_driver_sql("SELECT wrapped FROM subject_key"))
            wrapped.extend(row[0] for row in connection.exec_driver_sql("SELECT ciphertext FROM private_part"))
        before = [await world.proofs.inclusion(index) for index in range(3)]
        done = await erasure(world, 800).erase(WHO, minimum=MINIMUM_FEDERAL, **OFFICER)
        assert isinstance(done, Erased)
        assert (done.receipt.entry_index, done.parts) == (3, 2)
        assert [await world.archive.private_part(index) for index in (0, 1)] == [None, None]
        assert await world.archive.private_part(2) is not None
        assert await world.archive.filed_under(WHO) == ()
        assert await world.archive.filed_under(FILE) == ()
        assert [await world.proofs.inclusion(index) for index in range(3)] == before
        assert verifies(world)
        # A later disclosure about the same person gets a new key, and is readable.
        again = await world.log.commit(submission(WHO))
        assert isinstance(again, Receipt)
        assert await world.archive.private_part(again.entry_index) is not None
        with world.engine.connect() as connection:
            left = {row[0] for row in connection.exec_driver_sql("SELECT wrapped FROM subject_key")}
            left |= {row[0] for row in connection.exec_driver_sql("SELECT ciphertext FROM private_part")}
        gone = set(wrapped) - left
        assert len(gone) == 3
        stored = b"".join(path.read_bytes() for path in database.parent.iterdir())
        assert not [one for one in gone if one in stored]

    play(database, scenario)


def test_nobody_is_erased_within_the_minimum_retention_or_while_held(database: Path) -> None:
    async def scenario(world: World) -> None:
        await world.log.commit(submission(WHO))
        early = await erasure(world, 730).erase(WHO, minimum=MINIMUM_FEDERAL, **OFFICER)
        assert isinstance(early, TooRecent)
        holds = holds_on(world)
        reference, _placed = await holds.place(WHO, "access-request", actor=Actor.stated("esdc-isb", "officer-canary"))
        held = await erasure(world, 800).erase(WHO, minimum=MINIMUM_FEDERAL, **OFFICER)
        assert held == Held(("access-request",))
        assert await erasure(world, 800).erase(OTHER, minimum=MINIMUM_FEDERAL, **OFFICER) == NothingKept()
        assert await world.archive.private_part(0) is not None
        assert await world.archive.entry(2) is None
        await holds.lift(reference, WHO, actor=Actor.stated("esdc-isb", "officer-canary"))
        done = await erasure(world, 800).erase(WHO, minimum=MINIMUM_FEDERAL, **OFFICER)
        assert isinstance(done, Erased)

    play(database, scenario)


def test_a_hold_is_lifted_by_who_placed_it_for_the_person_it_is_on(database: Path) -> None:
    async def scenario(world: World) -> None:
        holds = holds_on(world)
        reference, placed = await holds.place(WHO, "litigation", actor=Actor.stated("esdc-isb", "officer-canary"))
        assert b"canary" not in placed.entry
        ours = {"actor": Actor.stated("esdc-isb", "officer-canary")}
        for which, who, staff in (
            (reference, OTHER, ours),
            ("h-0", WHO, ours),
            (reference, WHO, {"actor": Actor.stated("ircc-work-permits", "officer-canary")}),
            (reference, WHO, {"actor": Actor.stated("nobody", "officer-canary")}),
        ):
            with pytest.raises(HoldError):
                await holds.lift(which, who, **staff)
        with pytest.raises(HoldError):
            await holds.place(WHO, "Not a code", **ours)
        found, count = await holds.open()
        assert [(one.reference, one.reason, one.organization, one.placed) for one in found] == [
            (reference, "litigation", "esdc", placed.entry_index)
        ]
        assert count == 1
        await holds.lift(reference, WHO, **ours)
        assert await holds.open() == ([], 0)
        with pytest.raises(HoldError):
            await holds.lift(reference, WHO, **ours)

    play(database, scenario)


@pytest.mark.parametrize(
    "tampered",
    ["DELETE FROM case_record", "UPDATE case_record SET state = 'lifted'", "UPDATE case_record SET token = x'00'"],
)
def test_a_hold_that_somebody_took_away_stops_every_erasure(database: Path, tampered: str) -> None:
    async def scenario(world: World) -> None:
        await world.log.commit(submission(WHO))
        await holds_on(world).place(WHO, "litigation", actor=Actor.stated("esdc-isb", "officer-canary"))
        with world.engine.begin() as connection:
            connection.exec_driver_sql(tampered)
        with pytest.raises(NotCompleteError, match="a hold may be missing, so nothing is erased"):
            await erasure(world, 800).erase(WHO, minimum=MINIMUM_FEDERAL, **OFFICER)
        assert await world.archive.private_part(0) is not None

    play(database, scenario)


def test_what_was_filed_apart_is_erased_with_the_person(database: Path) -> None:
    async def scenario(world: World) -> None:
        await world.log.commit(submission(separate_file(WHO)))
        await world.log.commit(submission(separate_file(OTHER)))
        early = await erasure(world, 730).erase(WHO, minimum=MINIMUM_FEDERAL, **OFFICER)
        assert isinstance(early, TooRecent), "there is something, and it is too recent"
        done = await erasure(world, 800).erase(WHO, minimum=MINIMUM_FEDERAL, **OFFICER)
        assert isinstance(done, Erased)
        assert done.parts == 1
        assert await world.archive.private_part(0) is None
        assert await world.archive.private_part(1) is not None
        with world.engine.connect() as connection:
            token = Vault(KEYS).token(separate_file(WHO))
            kept = connection.exec_driver_sql("SELECT count(*) FROM subject_key WHERE token = ?", (token,))
            assert kept.scalar_one() == 0
        assert await erasure(world, 800).erase(WHO, minimum=MINIMUM_FEDERAL, **OFFICER) == NothingKept()
        assert verifies(world)

    play(database, scenario)


def test_a_file_apart_that_is_too_recent_or_held_keeps_both(database: Path) -> None:
    async def scenario(world: World) -> None:
        recent = TIME + timedelta(days=400)
        await world.log.commit(submission(WHO))
        await world.log.commit(submission(separate_file(WHO), when=recent))
        assert await erasure(world, 800).erase(WHO, minimum=MINIMUM_FEDERAL, **OFFICER) == TooRecent(recent)
        ontario = await erasure(world, 800).erase(WHO, minimum=MINIMUM_ONTARIO, **OFFICER)
        assert ontario == TooRecent(recent), "what was filed apart is kept two years"
        holds = holds_on(world)
        reference, _placed = await holds.place(
            separate_file(WHO), "litigation", actor=Actor.stated("esdc-isb", "officer-canary")
        )
        held = await erasure(world, 2000).erase(WHO, minimum=MINIMUM_FEDERAL, **OFFICER)
        assert held == Held(("litigation",))
        assert None not in [await world.archive.private_part(index) for index in (0, 1)]
        await holds.lift(reference, separate_file(WHO), actor=Actor.stated("esdc-isb", "officer-canary"))
        done = await erasure(world, 2000).erase(WHO, minimum=MINIMUM_FEDERAL, **OFFICER)
        assert isinstance(done, Erased)
        assert [await world.archive.private_part(index) for index in (0, 1)] == [None, None]

    play(database, scenario)


def test_a_look_up_is_an_entry_finds_all_and_does_not_prolong_retention(database: Path) -> None:
    async def scenario(world: World) -> None:
        await world.log.commit(submission(WHO, nonce=None, parts=(part(WHO, note="seen"),)))
        await world.log.commit(submission(OTHER))
        await world.log.commit(submission(FILE, WHO))
        lookup = Lookup(world.archive, world.log, SetClock().after(700))
        found = await lookup.accesses(WHO, actor=Actor.stated("esdc-isb", "officer-canary"))
        assert [one.entry_index for one in found] == [0, 2]
        assert found[0].private is not None
        assert found[0].private["note"] == "seen"
        looked = await world.archive.entry(3)
        assert looked is not None
        assert b"person-looked-up" in looked.entry
        assert b"canary" not in looked.entry
        assert WHO.value.encode() not in looked.entry
        await lookup.accesses(WHO, actor=Actor.stated("esdc-isb", "officer-canary"))
        done = await erasure(world, 740).erase(WHO, minimum=MINIMUM_FEDERAL, **OFFICER)
        assert isinstance(done, Erased)
        assert await world.archive.private_part(3) is None

    play(database, scenario)


def test_parts_moved_altered_or_opened_with_another_key_are_refused(database: Path) -> None:
    async def fill(world: World) -> None:
        await asyncio.gather(*(world.log.commit(submission(WHO)) for _ in range(2)))

    async def moved(world: World) -> None:
        with pytest.raises(PrivatePartError):
            await world.archive.private_part(0)

    async def wrong_key(world: World) -> None:
        with pytest.raises(PrivatePartError):
            await world.archive.private_part(1)

    play(database, fill)
    connection = sqlite3.connect(database)
    connection.execute(
        "UPDATE private_part SET ciphertext = (SELECT ciphertext FROM private_part WHERE entry_index = 1) "
        "WHERE entry_index = 0"
    )
    connection.commit()
    connection.close()
    play(database, moved)
    stolen = VaultKeys(search=KEYS.search, key_encryption={1: b"x" * 32})
    play(database, wrong_key, keys=stolen)


def test_a_new_key_encryption_key_reads_what_the_old_one_wrapped(database: Path) -> None:
    async def fill(world: World) -> None:
        await world.log.commit(submission(WHO))

    async def rotated(world: World) -> None:
        await world.log.commit(submission(OTHER))
        await world.log.commit(submission(WHO))
        assert all([await world.archive.private_part(index) for index in range(3)])

    play(database, fill)
    both = VaultKeys(search=KEYS.search, key_encryption={1: b"k" * 32, 2: b"m" * 32})

    async def rewrapped(world: World) -> None:
        assert rewrap_keys(world.engine, Vault(both)) == 1
        assert rewrap_keys(world.engine, Vault(both)) == 0

    async def old_key_destroyed(world: World) -> None:
        assert all([await world.archive.private_part(index) for index in range(3)])

    play(database, rotated, keys=both)
    connection = sqlite3.connect(database)
    versions = connection.execute("SELECT kek_version FROM subject_key ORDER BY kek_version").fetchall()
    connection.close()
    assert versions == [(1,), (2,)]
    play(database, rewrapped, keys=both)
    play(database, old_key_destroyed, keys=VaultKeys(search=KEYS.search, key_encryption={2: b"m" * 32}))


def test_retention_constants_are_never_short_of_the_law() -> None:
    assert timedelta(days=2 * 365) < MINIMUM_FEDERAL
