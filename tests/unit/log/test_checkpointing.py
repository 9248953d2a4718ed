"""Two processes sign one log: that the other appended and signed meanwhile is no rollback."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from gateway.service.log.checkpointing import Checkpointing, CheckpointMemory, LogRolledBackError, Tree
from tests.unit.log.samples import new_database, submission
from tests.unit.log.world import LOG_KEY, World, play


@dataclass
class Busy:
    """A log that another process appends to, and signs, in the moment in which what was signed is read: until then its
    head is `before`."""

    tree: Tree
    memory: CheckpointMemory
    other: Checkpointing
    before: tuple[int, bytes]
    moved: bool = False

    def head(self) -> tuple[int, bytes]:
        return self.tree.head() if self.moved else self.before

    def consistency(self, old: int, new: int) -> Sequence[bytes]:
        return self.tree.consistency(old, new)

    def last(self) -> str | None:
        self.other.sign()
        self.moved = True
        return self.memory.last()

    def remember(self, size: int, note: str, signed_at: int) -> None:
        self.memory.remember(size, note, signed_at)


def test_what_another_process_signs_meanwhile_is_no_rollback(tmp_path: Path) -> None:
    async def scenario(world: World) -> None:
        await world.log.commit(submission())
        before = world.reader.head()
        await world.log.commit(submission())
        busy = Busy(world.reader, world.opened.table, world.signer, before)
        halted: list[str] = []
        mine = Checkpointing(busy, LOG_KEY, [busy])
        mine.tell(lambda _size: None, halted.append)
        assert mine.sign().splitlines()[1] == "2"
        assert not halted, "the process goes on appending"

    play(new_database(tmp_path), scenario)


def test_a_log_that_is_smaller_than_what_it_signed_stops_the_writer(tmp_path: Path) -> None:
    async def scenario(world: World) -> None:
        await world.log.commit(submission())
        before = world.reader.head()
        await world.log.commit(submission())
        world.signer.sign()
        restored = Busy(world.reader, world.opened.table, world.signer, before)
        restored.last = world.opened.table.last  # type: ignore[method-assign]
        halted: list[str] = []
        mine = Checkpointing(restored, LOG_KEY, [restored])
        mine.tell(lambda _size: None, halted.append)
        with pytest.raises(LogRolledBackError):
            mine.sign()
        assert halted

    play(new_database(tmp_path), scenario)
