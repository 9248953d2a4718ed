"""The flags of an institution, and their sign-off: by whom, when, how, in words, on record.

Invariants: a sign-off is durable before it counts, is a row of state sealed by its entry, and holds for the entries up
to the flag's last one then: a flag comes back when entries are newer. Only the institution whose flag it is signs it
off. What was seen is kept, and read anew beside whoever asks, so that many readers cost one reading and none but the
first waits for it. Nothing is blocked.
Does not: say what is out of the ordinary (`gateway.service.flags.rules`).
"""

import asyncio
import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

from audit import canonical
from audit.canonical import JsonValue
from gateway.domain.actor import Actor
from gateway.domain.due import legal_day
from gateway.domain.errors import GatewayError
from gateway.domain.private_record import PrivateRecord
from gateway.domain.state_record import StateRecord
from gateway.domain.submission import Receipt, StateChange
from gateway.service.flags.flag import Flag
from gateway.service.flags.rules import Looking, of_hours, of_requests
from gateway.service.flags.seen import Hours, Requests, SeenHours, SeenRequests
from gateway.service.flags.thresholds import Thresholds
from gateway.service.flags.words import OUTCOMES
from gateway.service.log.staff_action import put_on_record, staff_submission
from gateway.service.ports import Clock, DisclosureLog

KIND: Final = "flag"
SIGNED: Final = "signed-off"
KEPT: Final = timedelta(minutes=5)
STALE: Final = timedelta(minutes=30)
MOST_WORDS: Final = 2_000
MOST_SIGNED: Final = 1_000


class FlagError(GatewayError):
    """A flag is not signed off. Names the member, never its value."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class Rows(Protocol):
    """Rows of state. Every method raises LogUnavailableError."""

    async def find(self, kind: str, case_id: str) -> StateRecord | None: ...

    async def page(
        self, kind: str, *, states: Sequence[str] = (), members: Mapping[str, str] = {}, limit: int, skip: int = 0
    ) -> Sequence[StateRecord]: ...


class PrivateParts(Protocol):
    async def private_part(self, entry_index: int) -> bytes | None:
        """Raises LogUnavailableError."""


@dataclass(frozen=True, slots=True)
class SignedOff:
    """`flag` as it was then, as JSON; `entry_index` is the act."""

    flag: Mapping[str, Any]
    outcome: str
    entry_index: int


@dataclass(frozen=True, slots=True)
class Raised:
    """The flags that wait, the newest first. `up_to` is how far the projection had read, `cases_to` how far cases and
    officers were looked at."""

    flags: tuple[Flag, ...]
    up_to: int
    cases_to: int
    looked: datetime


@dataclass(slots=True)
class _Kept:
    at: datetime
    hours: Hours
    requests: Requests


class Flags:
    """The use case. `organizations` is the institution of each unit."""

    def __init__(
        self,
        hours: SeenHours,
        requests: SeenRequests,
        rows: Rows,
        archive: PrivateParts,
        log: DisclosureLog,
        clock: Clock,
        organizations: Mapping[str, str],
        limits: Thresholds,
    ) -> None:
        self._hours = hours
        self._requests = requests
        self._rows = rows
        self._archive = archive
        self._log = log
        self._clock = clock
        self._organizations = organizations
        self._limits = limits
        self._kept: _Kept | None = None
        self._looking: asyncio.Task[None] | None = None

    async def raised(self, institution: str) -> Raised:
        """What waits for the institution. Raises ProjectionError, LogUnavailableError."""
        seen = await self._seen()
        flags = self._flags(institution, seen)
        signed = {one.id: one for one in await self._signed_rows(institution)}
        waits = [flag for flag in flags if not _covers(signed.get(flag.id), flag)]
        return Raised(tuple(waits), seen.hours.up_to, seen.requests.up_to, seen.at)

    async def find(self, institution: str, flag_id: str) -> tuple[Flag | None, SignedOff | None]:
        """A flag as it is now, and its last sign-off."""
        seen = await self._seen()
        flag = next((one for one in self._flags(institution, seen) if one.id == flag_id), None)
        row = await self._rows.find(KIND, flag_id)
        mine = row is not None and row.body["institution"] == institution
        return flag, _signed(row) if row is not None and mine else None

    async def signed(self, institution: str, *, limit: int = 50) -> Sequence[SignedOff]:
        """What was signed off, the newest first."""
        rows = sorted(await self._signed_rows(institution), key=lambda row: -row.entry_index)
        return [_signed(row) for row in rows[:limit]]

    async def words_of(self, one: SignedOff) -> Mapping[str, str] | None:
        """Who signed it off and in which words; None where that was erased."""
        part = await self._archive.private_part(one.entry_index)
        if part is None:
            return None
        record = PrivateRecord.opened(part)
        return {"officer": str(record.body["acting_officer"]), "words": str(record.details["words"])}

    async def sign_off(self, institution: str, flag_id: str, *, outcome: str, words: str, actor: Actor) -> Receipt:
        """Put a sign-off on record. Raises FlagError, ProjectionError, LogUnavailableError."""
        if outcome not in OUTCOMES["en"]:
            raise FlagError("flag-outcome", f"outcome: one of {', '.join(OUTCOMES['en'])}")
        said = words.strip()
        if not said or len(said) > MOST_WORDS:
            raise FlagError("flag-words", f"words: say in 1 to {MOST_WORDS} characters what was found")
        flag, _before = await self.find(institution, flag_id)
        row = await self._rows.find(KIND, flag_id)
        if flag is None or _covers(row, flag):
            raise FlagError("flag-none", "there is no open flag under this name; it may have been signed off just now")
        # Canonical JSON has no fractions.
        figures: dict[str, JsonValue] = {name: f"{value:g}" for name, value in flag.figures.items()}
        body: dict[str, JsonValue] = {**flag.as_json(), "outcome": outcome, "figures": figures}
        submission = staff_submission(
            action="flag-signed-off",
            actor=actor,
            now=self._clock.now(),
            details={"flag": flag_id, "kind": flag.kind.value, "outcome": outcome, "words": said},
            refers_to=flag.last_index,
            changes=(StateChange(KIND, flag_id, row.revision if row else 0, SIGNED, canonical.encode(body)),),
        )
        conflict = FlagError("flag-none", "somebody else signed this flag off just now")
        return await put_on_record(self._log, submission, "the sign-off", conflict)

    def _flags(self, institution: str, seen: _Kept) -> list[Flag]:
        today = legal_day(self._clock.now())
        first = today - timedelta(days=self._limits.shown_days - 1)
        looking = Looking(institution, first, today, self._limits)
        of = self._organizations.get
        hours = [
            row
            for row in seen.hours.rows
            if institution in (of(row.pattern.requester), of(row.pattern.custodian or ""))
        ]
        requests = [row for row in seen.requests.rows if institution in (of(row.requester), of(row.custodian or ""))]
        found = [*of_hours(hours, looking), *of_requests(requests, looking)]
        return sorted(found, key=lambda flag: (flag.day, flag.last_index), reverse=True)

    async def _seen(self) -> _Kept:
        """As it was at most half an hour ago; after five minutes it is read anew beside whoever asks."""
        age = None if self._kept is None else self._clock.now() - self._kept.at
        if self._kept is None or age is None or not timedelta() <= age < STALE:
            return await self._look()
        if age >= KEPT and (self._looking is None or self._looking.done()):
            self._looking = asyncio.create_task(self._look_again())
        return self._kept

    async def _look_again(self) -> None:
        with contextlib.suppress(GatewayError):
            await self._look()

    async def _look(self) -> _Kept:
        now = self._clock.now()
        back = self._limits.shown_days + self._limits.habit_days
        hours = await self._hours.since(legal_day(now) - timedelta(days=back))
        requests = await self._requests.since(hours.first_index)
        self._kept = _Kept(now, hours, requests)
        return self._kept

    async def _signed_rows(self, institution: str) -> Sequence[StateRecord]:
        return await self._rows.page(KIND, states=(SIGNED,), members={"institution": institution}, limit=MOST_SIGNED)


def _covers(row: StateRecord | None, flag: Flag) -> bool:
    return row is not None and flag.last_index <= int(str(row.body["last_index"]))


def _signed(row: StateRecord) -> SignedOff:
    flag: dict[str, Any] = {name: value for name, value in row.body.items() if name != "outcome"}
    written: Any = flag["figures"]
    flag["figures"] = {name: float(value) for name, value in written.items()}
    return SignedOff(flag, str(row.body["outcome"]), row.entry_index)
