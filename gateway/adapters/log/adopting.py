"""Rows from before entries carried seals: what the private parts of the log bear out is put on record, by a person.

    adopting.look()             every row that the log never sealed, and why it cannot be adopted, where it cannot
    await adopting.adopt(...)   an entry `state-adopted` for each that can

Invariant: a row is adopted only where an entry from before the first seal says what the row says: the last step of a
key, consent, order or referral and its opening, read from their private parts, which nobody forges without the keys.
What a person with write access to the tables inserted or changed is named and left out.
Does not: change a row. The seal of an adopted row covers the entries that it names (`state.StateRow.place`).
"""

import asyncio
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, Protocol

from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from audit.entry import Entry
from audit.errors import AuditError
from gateway.adapters.log.archive import EntryArchive
from gateway.adapters.log.proven import ADOPTED, ProvenState
from gateway.adapters.log.state import StateRow, adopted
from gateway.domain.actor import Actor
from gateway.domain.errors import LogUnavailableError
from gateway.domain.private_record import PrivateRecord
from gateway.domain.submission import Precondition, Receipt
from gateway.httpsig.errors import SignatureError
from gateway.httpsig.keys import PublicKey
from gateway.service.log.staff_action import staff_submission
from gateway.service.partner.partner_keys import KIND as PARTNER_KEY
from gateway.service.ports import Clock, DisclosureLog

_ENTRIES: Final = text("SELECT entry_index, body FROM entry WHERE entry_index >= :first AND entry_index < :until")
_CHUNK: Final = 1_000
_KINDS: Final = (b'"kind":"key-change"', b'"kind":"staff-action"', b'"kind":"referral"')
_NAMED: Final[Mapping[str, str]] = {
    "keyid": PARTNER_KEY,
    "consent": "consent",
    "delegation": "delegation",
    "referral": "referral",
}
"""The member of a private part that names a row, and the row's kind."""
_NO_STEP: Final = frozenset({"referral-looked-at"})
_AFTER: Final[Mapping[str, frozenset[str]]] = {
    "key-proposed": frozenset({"proposed", "revoked"}),
    "key-approval-failed": frozenset({"proposed", "revoked"}),
    "key-approved": frozenset({"active", "revoked"}),
    "key-revoked": frozenset({"revoked"}),
    "consent-registered": frozenset({"on-file"}),
    "consent-withdrawn": frozenset({"withdrawn"}),
    "delegation-given": frozenset({"in-force"}),
    "delegation-revoked": frozenset({"revoked"}),
    "referral-taken": frozenset({"under-review"}),
    "referral-escalated": frozenset({"requested", "under-review"}),
    "referral-released": frozenset({"released"}),
    "referral-partly-released": frozenset({"partly-released"}),
    "referral-refused": frozenset({"refused"}),
    "referral-lapsed": frozenset({"lapsed"}),
    "decision-upheld": frozenset({"after-review"}),
    "decision-not-upheld": frozenset({"after-review"}),
}
"""What state a row is in after each step."""


@dataclass(frozen=True, slots=True)
class Unsealed:
    """A row that the log never sealed; `because` says why it cannot be adopted, None where it can."""

    row: StateRow = field(repr=False)
    because: str | None

    @property
    def name(self) -> str:
        return f"{self.row.kind} {self.row.id} ({self.row.state})"


@dataclass(frozen=True, slots=True)
class _Step:
    entry_index: int
    entry: Entry
    details: Mapping[str, Any] = field(repr=False)


class Rows(Protocol):
    """Rows of one table, as they are sealed. Raises LogUnavailableError."""

    def unproven(self) -> Sequence[StateRow]: ...


class Adopting:
    """Reads on the calling thread; `staff_token` turns an officer's identifier into what rows keep."""

    def __init__(
        self,
        engine: Engine,
        archive: EntryArchive,
        proven: ProvenState,
        tables: Sequence[Rows],
        state_key: bytes,
        staff_token: Callable[[str], str],
    ) -> None:
        self._engine = engine
        self._archive = archive
        self._proven = proven
        self._tables = tables
        self._key = state_key
        self._token = staff_token

    def look(self) -> Sequence[Unsealed]:
        """Rows of which the log never said anything sealed. Raises LogUnavailableError."""
        self._proven.catch_up()
        rows = [
            row for table in self._tables for row in table.unproven() if self._proven.word(row.kind, row.id) is None
        ]
        if not rows:
            return []
        steps = self._steps()
        return [Unsealed(row, self._gap(row, steps.get((row.kind, row.id), ()))) for row in rows]

    async def adopt(
        self, found: Sequence[Unsealed], log: DisclosureLog, clock: Clock, *, actor: Actor
    ) -> Sequence[Receipt]:
        """Put on record every row that can be adopted. Raises LogUnavailableError."""
        receipts: list[Receipt] = []
        for one in found:
            if one.because is not None:
                continue
            row = one.row
            submission = staff_submission(
                action=ADOPTED,
                actor=actor,
                now=clock.now(),
                details={"kind": row.kind, "id": row.id, "state": row.state},
                refers_to=None if row.place is None else row.place[0],
            )
            entry = replace(submission.entry, state=(adopted(self._key, row),))
            preconditions = (Precondition(row.kind, row.id, row.revision),)
            outcome = await log.commit(replace(submission, entry=entry, preconditions=preconditions))
            if not isinstance(outcome, Receipt):
                raise LogUnavailableError("a row changed while it was adopted; run the command again")
            receipts.append(outcome)
        await asyncio.to_thread(self._proven.catch_up)
        return receipts

    def _gap(self, row: StateRow, steps: Sequence[_Step]) -> str | None:
        """The first thing that the log does not say of the row."""
        if row.kind == "referral":
            steps = (*self._opening(row), *steps)
        if not steps:
            return "no entry names it"
        first, last = steps[0], steps[-1]
        if row.place is not None and row.place != (first.entry_index, last.entry_index):
            return "it names other entries than those that name it"
        last_said = last.entry.reasons[-1] if last.entry.reasons else ""
        if len(steps) == 1 and row.kind == "referral":
            expected = frozenset({"requested"})
        else:
            expected = _AFTER.get(last_said, frozenset())
        if row.state not in expected:
            return "it is in another state than its last entry says"
        body: Mapping[str, Any] = json.loads(row.body)
        return None if self._same(row.kind, body, steps) else "it says something else than its entries"

    def _same(self, kind: str, body: Mapping[str, Any], steps: Sequence[_Step]) -> bool:
        opening = steps[0]
        if kind == PARTNER_KEY:
            try:
                named = PublicKey.from_jwk(body["jwk"])
            except SignatureError:
                return False
            return bool(named.keyid == opening.details["keyid"] and body["unit"] == opening.entry.requester)
        if kind == "referral":
            return _same_referral(body, steps)
        if kind == "delegation":
            body = {**body, "given to": body.get("officer")}
            said = {**opening.details, "given to": self._token(str(opening.details.get("officer")))}
            return all(said.get(name) == value for name, value in body.items() if name != "officer")
        return all(opening.details.get(name) == value for name, value in body.items())

    def _opening(self, row: StateRow) -> Sequence[_Step]:
        entry = self._entry(row.place[0]) if row.place else None
        return (_Step(row.place[0], entry, {}),) if row.place and entry and entry.kind == "referral" else ()

    def _entry(self, index: int) -> Entry | None:
        found = list(self._entries(index, index + 1))
        return found[0][1] if found else None

    def _steps(self) -> Mapping[tuple[str, str], Sequence[_Step]]:
        """By row, the entries from before the first seal that name it in their private part, oldest first."""
        steps: dict[tuple[str, str], list[_Step]] = {}
        for index, entry in self._entries(0, self._proven.first_sealed):
            if entry.kind == "referral" or not entry.private or not _NO_STEP.isdisjoint(entry.reasons):
                continue
            plain = self._archive.open_part(index, 0)
            if plain is None:
                continue
            details = PrivateRecord.opened(plain).details
            for member, kind in _NAMED.items():
                if isinstance(name := details.get(member), str) and entry.reasons[-1] in _AFTER:
                    steps.setdefault((kind, name), []).append(_Step(index, entry, details))
        return steps

    def _entries(self, first: int, until: int) -> Iterator[tuple[int, Entry]]:
        for start in range(first, until, _CHUNK):
            try:
                with self._engine.connect() as connection:
                    values = {"first": start, "until": min(start + _CHUNK, until)}
                    rows = connection.execute(_ENTRIES, values).all()
            except SQLAlchemyError as error:
                raise LogUnavailableError(f"the disclosure log cannot be read ({type(error).__name__})") from None
            for index, body in sorted(rows):
                if any(mark in bytes(body) for mark in _KINDS):
                    try:
                        yield int(index), Entry.from_bytes(bytes(body))
                    except AuditError:
                        raise LogUnavailableError("an entry is malformed; run `gateway log verify`") from None


def _same_referral(body: Mapping[str, Any], steps: Sequence[_Step]) -> bool:
    entry = steps[0].entry
    asked = (body["requester"], body["recipient"], body["custodian"], body["record_type"], body["purpose"])
    if asked != (entry.requester, entry.recipient, entry.custodian, entry.record_type, entry.purpose):
        return False
    if set(body["elements"]) != {part.element for part in entry.withheld} or body["ground"] != entry.ground:
        return False
    rulings = [step for step in steps if "determination" in step.details]
    ruling = body["ruling"] or {}
    return bool(ruling.get("determination") == (rulings[-1].details["determination"] if rulings else None))
