"""Invariant 13: which rulebook decides is on record before anything is answered, once for each change."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import text

from audit.entry import Entry
from audit.vocabulary import digest_text
from gateway.adapters.db.state_records import StateTable
from gateway.adapters.log.vault import Vault
from gateway.domain.errors import LogUnavailableError
from gateway.domain.rulebook import RulebookState
from gateway.service.rulebook.in_force import RulebookInForce
from tests.unit.log.samples import KEYS, new_database
from tests.unit.log.world import SetClock, World, play, reconcile_on

FIRST = RulebookState(digest_text(b"p" * 32), {"isa-1": digest_text(b"a" * 32)})
NARROWED = RulebookState(digest_text(b"p" * 32), {"isa-1": digest_text(b"b" * 32)})


def in_force(world: World) -> RulebookInForce:
    return RulebookInForce(StateTable(world.engine, Vault(KEYS), world.proven), world.log, SetClock())


def entries(world: World) -> list[Entry]:
    with world.engine.connect() as connection:
        bodies = connection.execute(text("SELECT body FROM entry ORDER BY entry_index")).scalars()
        return [Entry.from_bytes(body) for body in bodies]


def test_a_change_is_an_entry_and_the_same_rulebook_is_none(tmp_path: Path) -> None:
    async def scenario(world: World) -> None:
        made = await in_force(world).put_on_record(FIRST)
        (entry,) = entries(world)
        assert (entry.kind, entry.reasons, entry.policy_revision) == (
            "publication", ("rulebook-in-force",), FIRST.policy_revision,
        )  # fmt: skip
        assert await in_force(world).put_on_record(FIRST) == made
        assert len(entries(world)) == 1
        changed = await in_force(world).put_on_record(NARROWED)
        assert (changed.revision, changed.agreements) == (made.revision + 1, NARROWED.agreements)
        assert entries(world)[1].refers_to == made.entry_index
        back = await in_force(world).put_on_record(FIRST)
        assert back.revision == changed.revision + 1, "to go back to an earlier rulebook is a change too"

    play(new_database(tmp_path), scenario)


def test_of_two_gateways_that_start_at_once_one_puts_it_on_record(tmp_path: Path) -> None:
    async def scenario(world: World) -> None:
        made = await asyncio.gather(*(in_force(world).put_on_record(FIRST) for _ in range(4)))
        assert len(entries(world)) == 1
        assert len({one.revision for one in made}) == 1

    play(new_database(tmp_path), scenario)


def test_a_record_that_was_altered_is_found_and_stops_the_next_start(tmp_path: Path) -> None:
    async def scenario(world: World) -> None:
        await in_force(world).put_on_record(FIRST)
        with world.engine.begin() as connection:
            connection.execute(text("UPDATE case_record SET body = x'7b7d'"))
        assert {fault.kind for fault in reconcile_on(world.opened).rows().faults} == {"state-unproven"}
        with pytest.raises(LogUnavailableError, match="gateway log reconcile"):
            await in_force(world).put_on_record(FIRST)

    play(new_database(tmp_path), scenario)


def test_a_record_that_was_taken_away_is_found_and_stops_the_next_start(tmp_path: Path) -> None:
    async def scenario(world: World) -> None:
        await in_force(world).put_on_record(FIRST)
        with world.engine.begin() as connection:
            connection.execute(text("DELETE FROM case_record"))
        assert {fault.kind for fault in reconcile_on(world.opened).rows().faults} == {"state-missing"}
        for rulebook in (FIRST, NARROWED):
            with pytest.raises(LogUnavailableError, match="gateway log reconcile"):
                await in_force(world).put_on_record(rulebook)

    play(new_database(tmp_path), scenario)
