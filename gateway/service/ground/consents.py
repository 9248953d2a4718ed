"""Consents on file: a person's own agreement that certain elements go to one recipient for one purpose, for a time.

Invariants: a consent is specific (elements, recipient, purpose), expires, and ends the moment it is withdrawn; it is
filed under the person's keyed token, and the paper only by its SHA-256. Only the institution that holds the records
files or withdraws it. Registering, withdrawing and looking for one are entries of the log.
Privacy Act 8(1), MFIPPA 32(b).
Does not: open anything (Rego does; information of ESDC programs it never opens).
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Protocol

from audit import canonical
from audit.canonical import JsonValue
from audit.vocabulary import is_digest
from gateway.domain.actor import Actor
from gateway.domain.errors import GatewayError
from gateway.domain.state_record import StateRecord
from gateway.domain.submission import Receipt, StateChange, Submission
from gateway.domain.target import SubjectIdentifier
from gateway.service.log.staff_action import listed_codes, put_on_record, staff_submission
from gateway.service.ports import Clock, DisclosureLog

KIND: Final = "consent"
ON_FILE: Final = "on-file"
WITHDRAWN: Final = "withdrawn"
LONGEST_DAYS: Final = 366


class ConsentError(GatewayError):
    """The consent cannot be registered or withdrawn. The message says which member is wrong, never its value."""

    code = "consent-refused"


@dataclass(frozen=True, slots=True)
class Consent:
    """`organization` is the institution whose records it opens; dates are days in Ottawa, half-open."""

    organization: str
    record_type: str
    elements: tuple[str, ...]
    recipient: str
    purpose: str
    valid_from: date
    valid_until: date


def consent_of(case: StateRecord) -> Consent:
    """The consent that a case of this kind is."""
    body: Any = case.body
    return Consent(
        organization=body["organization"],
        record_type=body["record_type"],
        elements=tuple(body["elements"]),
        recipient=body["recipient"],
        purpose=body["purpose"],
        valid_from=date.fromisoformat(body["from"]),
        valid_until=date.fromisoformat(body["until"]),
    )


class ConsentCases(Protocol):
    async def find(self, kind: str, case_id: str) -> StateRecord | None: ...

    async def filed_under(self, kind: str, subject: SubjectIdentifier) -> Sequence[StateRecord]:
        """Every case of the kind that is filed under this person, oldest first."""

    def concerns(self, case: StateRecord, subject: SubjectIdentifier) -> bool: ...


@dataclass(frozen=True, slots=True)
class Filed:
    """A consent under its reference, as it stands; `filed` is the entry that put it on file."""

    reference: str
    on_file: bool
    filed: int
    consent: Consent


@dataclass(frozen=True, slots=True)
class Known:
    """What a consent may name: elements and the custodian's organization by record type, the organization of each unit,
    purposes."""

    elements: Mapping[str, frozenset[str]]
    custodians: Mapping[str, str]
    organizations: Mapping[str, str]
    purposes: frozenset[str]


class Consents:
    """The use cases. `known` says what a consent may name."""

    def __init__(self, cases: ConsentCases, log: DisclosureLog, clock: Clock, known: Known) -> None:
        self._cases = cases
        self._log = log
        self._clock = clock
        self._known = known

    async def register(
        self,
        subject: SubjectIdentifier,
        *,
        record_type: str,
        elements: tuple[str, ...],
        recipient: str,
        purpose: str,
        valid_from: date,
        valid_until: date,
        document: str,
        actor: Actor,
    ) -> tuple[str, Receipt]:
        """Put a consent on file; its reference and the entry that says so.

        Raises ConsentError, LogUnavailableError."""
        self._check(record_type, elements, recipient, purpose, valid_from, valid_until)
        if not is_digest(document):
            raise ConsentError("document: the SHA-256 of the signed paper, base64url without padding (43 characters)")
        self._check_unit(actor.unit, self._known.custodians[record_type])
        reference = f"c-{secrets.token_hex(12)}"
        body: dict[str, JsonValue] = {
            "organization": self._known.custodians[record_type],
            "record_type": record_type,
            "elements": elements,
            "recipient": recipient,
            "purpose": purpose,
            "from": valid_from.isoformat(),
            "until": valid_until.isoformat(),
        }
        submission = staff_submission(
            action="consent-registered",
            actor=actor,
            now=self._clock.now(),
            subject=subject,
            details={**body, "consent": reference, "document": document},
            changes=(StateChange(KIND, reference, 0, ON_FILE, canonical.encode(body), subject=subject),),
        )
        return reference, await self._record(submission)

    async def withdraw(self, reference: str, subject: SubjectIdentifier, *, actor: Actor) -> Receipt:
        """End a consent at once. Raises ConsentError, LogUnavailableError."""
        case = await self._cases.find(KIND, reference)
        if case is None or case.state != ON_FILE or not self._cases.concerns(case, subject):
            raise ConsentError("this person has no consent on file under this reference")
        self._check_unit(actor.unit, consent_of(case).organization)
        body = canonical.encode(dict(case.body))
        submission = staff_submission(
            action="consent-withdrawn",
            actor=actor,
            now=self._clock.now(),
            subject=subject,
            details={"consent": reference},
            refers_to=case.opened_index,
            changes=(StateChange(KIND, reference, case.revision, WITHDRAWN, body, subject=subject),),
        )
        return await self._record(submission)

    async def find(self, subject: SubjectIdentifier, *, actor: Actor) -> Sequence[Filed]:
        """This person's consents for records of the actor's institution, withdrawn and expired ones too, oldest first;
        the look-up is on record before anything is shown. Raises ConsentError, LogUnavailableError."""
        own = self._known.organizations.get(actor.unit)
        if own is None:
            raise ConsentError("unit: not a unit of the register of parties; write its code, for example esdc-isb")
        looked = staff_submission(action="consents-looked-up", actor=actor, now=self._clock.now(), subject=subject)
        await put_on_record(self._log, looked, "the look-up")
        found = [
            Filed(case.id, case.state == ON_FILE, case.opened_index, consent_of(case))
            for case in await self._cases.filed_under(KIND, subject)
        ]
        return [one for one in found if one.consent.organization == own]

    async def _record(self, submission: Submission) -> Receipt:
        conflict = ConsentError("somebody else changed this consent just now; look at it again")
        return await put_on_record(self._log, submission, "the consent", conflict)

    def _check_unit(self, unit: str, organization: str) -> None:
        found = self._known.organizations.get(unit)
        if found is None:
            raise ConsentError("unit: not a unit of the register of parties; write its code, for example esdc-isb")
        if found != organization:
            raise ConsentError("unit: a consent is filed and withdrawn by the institution that holds the records")

    def _check(
        self,
        record_type: str,
        elements: tuple[str, ...],
        recipient: str,
        purpose: str,
        valid_from: date,
        valid_until: date,
    ) -> None:
        known = self._known.elements.get(record_type)
        if known is None:
            raise ConsentError("record type: not in the catalogue")
        unknown = [name for name in elements if name not in known]
        if unknown:
            raise ConsentError(f"elements: {listed_codes(unknown)} is not an element of the record type {record_type}")
        if not elements:
            raise ConsentError("elements: name at least one of the record type; a consent is never blanket")
        if recipient not in self._known.organizations:
            raise ConsentError("recipient: not a unit of the register of parties")
        if purpose not in self._known.purposes:
            raise ConsentError("purpose: not in the closed list")
        if not valid_from < valid_until or (valid_until - valid_from).days > LONGEST_DAYS:
            raise ConsentError(f"period: a consent ends after it begins, within {LONGEST_DAYS} days")
