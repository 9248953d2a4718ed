"""Breaches that are on record: each with its duties and their clocks; and what was said of one, for who answers for it.

Invariants: a breach is its entry and the duties that came with it, so the list is as true as the work list; reading
what happened is itself an entry, made durable before anything is shown. Does not: put a breach on record
(`gateway.service.obligation.breach`), or name anybody.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from audit.entry import Entry
from gateway.domain.actor import Actor
from gateway.domain.errors import GatewayError
from gateway.domain.private_record import PrivateRecord
from gateway.domain.submission import Receipt
from gateway.service.log.staff_action import put_on_record, staff_submission
from gateway.service.obligation.agenda import AgendaStore, Window
from gateway.service.obligation.breach_facts import LETTER, NOTICE, REPORT
from gateway.service.obligation.work_list import Work, WorkList
from gateway.service.ports import Clock, DisclosureLog

DETERMINED: Final = "breach-determined"
MOST_LISTED: Final = 500
_KINDS: Final = (REPORT, NOTICE, LETTER)


class BreachUnknownError(GatewayError):
    """No entry of this number puts a breach on record, as far as this unit may know."""

    code = "unknown"


class Archive(Protocol):
    """Raises LogUnavailableError."""

    async def entry(self, entry_index: int) -> Receipt | None: ...

    async def private_part(self, entry_index: int) -> bytes | None: ...


@dataclass(frozen=True, slots=True)
class Breach:
    """One breach; `duties` are its reports, notices and letter by position."""

    entry_index: int
    entry: Entry
    duties: tuple[Work, ...]


@dataclass(frozen=True, slots=True)
class BreachRecord:
    """A breach with what was said of it: `said` as `BreachAccount` writes it, with the agreements and entries
    concerned; None where it was erased."""

    breach: Breach
    said: Mapping[str, Any] | None = field(repr=False)


class Breaches:
    """The use cases."""

    def __init__(
        self, store: AgendaStore, work_list: WorkList, archive: Archive, log: DisclosureLog, clock: Clock
    ) -> None:
        self._store = store
        self._work_list = work_list
        self._archive = archive
        self._log = log
        self._clock = clock

    async def on_record(self, units: Sequence[str]) -> tuple[Breach, ...]:
        """Breaches whose duties bind these units (none: any), the latest first. Raises LogUnavailableError."""
        rows = [
            row
            for window in (Window(), Window(done=True))
            for row in await self._store.within(window, units, _KINDS, MOST_LISTED, 0)
        ]
        indexes = sorted({row.ref.entry_index for row in rows}, reverse=True)
        found = [await self.find(index) for index in indexes]
        return tuple(one for one in found if one is not None)

    async def find(self, entry_index: int) -> Breach | None:
        """The breach that this entry puts on record. Raises LogUnavailableError."""
        receipt = await self._archive.entry(entry_index) if entry_index >= 0 else None
        entry = None if receipt is None else Entry.from_bytes(receipt.entry)
        if entry is None or entry.reasons != (DETERMINED,):
            return None
        return Breach(entry_index, entry, await self._work_list.of_entry(entry_index))

    async def read(self, entry_index: int, *, actor: Actor) -> BreachRecord:
        """What is on record of a breach; the reading first. Raises BreachUnknownError, LogUnavailableError."""
        breach = await self.find(entry_index)
        if breach is None or not self._work_list.may_act(actor.unit, breach.entry.requester):
            raise BreachUnknownError("no breach is on record under this entry")
        reading = staff_submission(action="breach-read", actor=actor, now=self._clock.now(), refers_to=entry_index)
        await put_on_record(self._log, reading, "the reading of this breach")
        plaintext = await self._archive.private_part(entry_index)
        part = None if plaintext is None else PrivateRecord.opened(plaintext).body["details"]
        said = None if part is None else {key: part[key] for key in part if key not in ("notices", "duties_on")}
        return BreachRecord(breach, said)
