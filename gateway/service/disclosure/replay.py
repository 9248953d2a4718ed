"""Recomputes a decision as of its date: the recorded policy revision, the recorded agreement version, what was seen.

Invariant 8: same input, same revision, same date, same decision. The input is put together from the entry and its
private part; what a record held is gone, but what the policy saw of it was kept, and so was what redaction refused.
The entry is first held against the log's signature. Opening a private part is a staff action: it is on record before
the part is opened. Does not: fetch from a source, compare values (the recipient's receipt does that), or replay under
any other revision than the one recorded (`gateway.service.simulation.simulate` does).
"""

import asyncio
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from audit.entry import Entry, Obligation
from audit.vocabulary import parse_time
from gateway.domain.actor import Actor
from gateway.domain.agreement import AgreementVersion
from gateway.domain.decision import Permit
from gateway.domain.submission import Receipt
from gateway.service.disclosure.recompute import (
    DECISIONS,
    Asked,
    Recomputed,
    ReplayError,
    asked_of,
    opened,
    recompute,
)
from gateway.service.disclosure.submission import effect_of, withheld_of
from gateway.service.log.staff_action import put_on_record, staff_submission
from gateway.service.log.standing import SignedLog, Standing
from gateway.service.obligation.due import obligations_due, stated
from gateway.service.ports import AgreementArchive, Clock, DisclosureLog, EntryArchive, PolicyEngine

ACTION: Final = "decision-replayed"


class PolicyArchive(Protocol):
    def engine(self, revision: str) -> PolicyEngine | None:
        """An engine for exactly this revision, None where it is not kept. Raises GatewayError."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A member of the entry or of its private part that comes out otherwise. Codes only, never a value."""

    member: str
    recorded: str
    recomputed: str


@dataclass(frozen=True, slots=True)
class ReplayReport:
    """What became of a replay; on record at `receipt.entry_index`. `standing` is None while the entry is not signed."""

    entry_index: int
    policy_revision: str
    agreement: str | None
    standing: Standing | None
    receipt: Receipt
    differences: tuple[Difference, ...]

    @property
    def equal(self) -> bool:
        return not self.differences


class Replay:
    """The use case."""

    def __init__(
        self,
        *,
        archive: EntryArchive,
        signed: SignedLog,
        agreements: AgreementArchive,
        policies: PolicyArchive,
        log: DisclosureLog,
        clock: Clock,
    ) -> None:
        self._archive = archive
        self._signed = signed
        self._agreements = agreements
        self._policies = policies
        self._log = log
        self._clock = clock

    async def __call__(self, entry_index: int, *, actor: Actor) -> ReplayReport:
        """Recompute the decision of an entry, for an officer of a unit, who is on record with it.

        Raises:
            ReplayError: there is nothing to recompute, or something it rests on is gone.
            LogUnavailableError: the replay could not be put on record, or the entry or what was kept was altered.
            GatewayError: the policy could not be run.
        """
        receipt = await self._archive.entry(entry_index)
        if receipt is None:
            raise ReplayError(f"the log has no entry {entry_index}")
        # On other threads, because a policy takes a part of a second to open, in which a gateway answers others.
        standing = await asyncio.to_thread(self._signed.standing, receipt)
        entry = Entry.from_bytes(receipt.entry)
        engine, agreement = await asyncio.to_thread(kept_for, entry, self._agreements, self._policies)
        noted = await self._note(entry_index, actor)
        part = opened(entry, await self._archive.private_part(entry_index))
        asked = asked_of(entry, part, agreement)
        recomputed = await recompute(engine, asked.query(agreement), asked)
        return ReplayReport(
            entry_index=entry_index,
            policy_revision=engine.revision,
            agreement=f"{agreement.id} {agreement.version}" if agreement else None,
            standing=standing,
            receipt=noted,
            differences=tuple(_differences(entry, asked, frozenset(part["reasons"]), recomputed)),
        )

    async def _note(self, entry_index: int, actor: Actor) -> Receipt:
        now = self._clock.now()
        noted = staff_submission(action=ACTION, actor=actor, now=now, refers_to=entry_index)
        return await put_on_record(self._log, noted, "the replay")


def kept_for(
    entry: Entry, agreements: AgreementArchive, policies: PolicyArchive
) -> tuple[PolicyEngine, AgreementVersion | None]:
    """What the decision rests on besides its input, exactly as the entry names it. Raises ReplayError, GatewayError."""
    if entry.kind not in DECISIONS:
        raise ReplayError("the entry is not a decision; there is nothing to recompute")
    if entry.purpose is None or entry.policy_revision is None:
        raise ReplayError("the request was refused before the policy was asked; there is nothing to recompute")
    agreement = None
    if entry.agreement is not None:
        agreement = agreements.version(entry.agreement.digest)
        if agreement is None:
            raise ReplayError("the agreement version of this entry is not kept; restore it from an export")
    engine = policies.engine(entry.policy_revision)
    if engine is None:
        raise ReplayError("the policy revision of this entry is not kept; restore it from an export")
    if engine.revision != entry.policy_revision:
        raise ReplayError("the engine runs another policy revision than the entry names")
    return engine, agreement


def _differences(entry: Entry, asked: Asked, reasons: frozenset[str], recomputed: Recomputed) -> Iterator[Difference]:
    """`reasons` are those of the private part."""
    decision = recomputed.decision
    permit = decision if isinstance(decision, Permit) else None
    due = stated(obligations_due(decision, parse_time(entry.time), asked.settled))
    forms = {item.element: item.form for item in entry.disclosed}
    withheld = {item.element: item.reason for item in entry.withheld}
    compared: tuple[tuple[str, object, object], ...] = (
        ("effect", entry.effect, effect_of(decision)),
        ("clauses", entry.clauses, permit.clauses if permit else ()),
        ("authorities.discloser", entry.authorities.discloser, permit.discloser_authorities if permit else ()),
        ("authorities.recipient", entry.authorities.recipient, permit.recipient_authorities if permit else ()),
        ("forms", forms, {name: grant.form.code for name, grant in permit.grants.items()} if permit else {}),
        (
            "withheld",
            withheld,
            {item.element: item.reason for item in withheld_of(decision, asked.elements)},
        ),
        ("obligations", _due(entry.obligations), _due(due)),
        ("reasons", entry.reasons, tuple(dict.fromkeys(reason.code for reason in decision.reasons))),
        ("records", entry.records, recomputed.records),
        ("private.outcome", asked.outcome, recomputed.outcome),
        ("private.reasons", sorted(reasons), sorted({reason.code for reason in recomputed.reasons})),
    )
    for member, recorded, now in compared:
        if recorded != now:
            yield Difference(member, _text(recorded), _text(now))


def _due(obligations: Iterable[Obligation]) -> tuple[str, ...]:
    return tuple(f"{item.code} {item.due}" if item.due else item.code for item in obligations)


def _text(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {said}" for name, said in sorted(value.items()))
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
