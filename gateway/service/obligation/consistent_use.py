"""A new consistent use: the Privacy Commissioner is told of a use that the published index does not yet include.

Invariant: only an institution under the Privacy Act gives this notice, about an information bank of its own and a
purpose that a schedule of the agreement is written for; the duty, its draft and the act of staff are one entry. Privacy
Act 9(4). Does not: judge whether a use is consistent (people do, and the register then names it), or send anything.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, Protocol

from audit.entry import AgreementRef
from gateway.domain.actor import Actor
from gateway.domain.agreement import AgreementVersion
from gateway.domain.due import end_of_day
from gateway.domain.element import Catalogue
from gateway.domain.errors import GatewayError
from gateway.domain.party import Parties, Unit
from gateway.domain.submission import ObligationDue, Receipt
from gateway.service.log.staff_action import put_on_record, staff_submission
from gateway.service.obligation.due import stated
from gateway.service.obligation.notices import Notice, notice_as_json
from gateway.service.ports import Clock, DisclosureLog

PROVISION: Final = "PA-9-4"
DUTY: Final = "notify-consistent-use"


class ConsistentUseError(GatewayError):
    """The notice cannot be given; `code` says why."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class ConsistentUse:
    """What the notice states, in codes. `elements` are the data elements by record type of the bank; `recipients` the
    units that the clauses name; `noted_at` is UTC."""

    unit: str
    bank: str
    agreement: AgreementVersion
    purpose: str
    recipients: tuple[str, ...]
    elements: Mapping[str, tuple[str, ...]]
    noted_at: datetime


class UseDrafting(Protocol):
    def draft_use(self, use: ConsistentUse) -> Notice:
        """The notice to the Commissioner. Raises NoticeError."""


class Agreements(Protocol):
    def find(self, agreement: str) -> AgreementVersion | None: ...


class ConsistentUses:
    """The use case."""

    def __init__(
        self,
        *,
        parties: Parties,
        catalogue: Catalogue,
        agreements: Agreements,
        drafting: UseDrafting,
        log: DisclosureLog,
        clock: Clock,
    ) -> None:
        self._parties = parties
        self._catalogue = catalogue
        self._agreements = agreements
        self._drafting = drafting
        self._log = log
        self._clock = clock

    async def __call__(
        self, *, agreement: str, purpose: str, bank: str, actor: Actor
    ) -> tuple[Receipt, ObligationDue, Notice]:
        """Put a new consistent use on record, with the duty to tell the Commissioner and its draft.

        Raises ConsistentUseError, NoticeError, LogUnavailableError; nothing is on record then."""
        now = self._clock.now()
        use = self._use(agreement, purpose, bank, self._unit(actor.unit), now)
        notice = self._drafting.draft_use(use)
        due = ObligationDue(DUTY, actor.unit, end_of_day(now, 0))
        made = staff_submission(
            action="consistent-use-noted",
            actor=actor,
            now=now,
            authority=PROVISION,
            details={"bank": bank, "purpose": purpose, "notices": [notice_as_json(notice)], "duties_on": [actor.unit]},
        )
        cited = AgreementRef(use.agreement.id, use.agreement.version, use.agreement.digest)
        entry = replace(made.entry, agreement=cited, purpose=purpose, obligations=stated((due,)))
        submission = replace(made, entry=entry, obligations=(due,))
        receipt = await put_on_record(self._log, submission, "the new use")
        return receipt, due, notice

    def _unit(self, unit: str) -> Unit:
        known = self._parties.find(unit)
        if known is None:
            raise ConsistentUseError("party-unknown", "unit: it is not known")
        if "privacy-act" not in known.regimes:
            raise ConsistentUseError(
                "not-privacy-act", "unit: only an institution under the Privacy Act gives this notice"
            )
        return known

    def _use(self, agreement: str, purpose: str, bank: str, unit: Unit, now: datetime) -> ConsistentUse:
        kinds = {name: one for name, one in self._catalogue.record_types.items() if one.information_bank == bank}
        if not any(self._ours(unit, one.custodian) for one in kinds.values()):
            raise ConsistentUseError("bank-unknown", "bank: name an information bank of your institution's records")
        version = self._agreements.find(agreement)
        if version is None:
            raise ConsistentUseError("unknown-agreement", "agreement: it is not known")
        schedules = version.schedules_for(purpose)
        clauses: list[Mapping[str, Any]] = [clause for schedule in schedules for clause in schedule["clauses"]]
        ours = [
            clause
            for clause in clauses
            if clause["record_type"] in kinds and self._ours(unit, clause["discloser"]["unit"])
        ]
        if not ours:
            raise ConsistentUseError(
                "purpose-not-agreed",
                "purpose: no clause of the agreement has records of this bank disclosed for it",
            )
        elements = {
            name: tuple(dict.fromkeys(one["name"] for clause in ours if clause["record_type"] == name
                                      for one in clause["elements"]))
            for name in dict.fromkeys(clause["record_type"] for clause in ours)
        }  # fmt: skip
        recipients = dict.fromkeys(one for clause in ours for one in clause["recipient"]["units"])
        return ConsistentUse(unit.id, bank, version, purpose, tuple(recipients), elements, now)

    def _ours(self, unit: Unit, other: str) -> bool:
        known = self._parties.find(other)
        return known is not None and known.organization == unit.organization
