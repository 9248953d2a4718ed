"""What a referral is about: the private part of the entry that referred it, opened for who decides or collects.

Does not: decide who may look; opening it for an officer is a staff action that is on record first.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from gateway.domain.errors import GatewayError
from gateway.domain.ground import EvidenceFacts
from gateway.domain.private_record import PrivateRecord
from gateway.domain.referral import Referral
from gateway.domain.submission import Receipt
from gateway.domain.target import ListQuery, SubjectIdentifier


class ReferralError(GatewayError):
    """A step on a referral is not taken. `code` says why, the message what to do; neither holds a value."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class Archive(Protocol):
    async def private_part(self, entry_index: int) -> bytes | None:
        """Raises LogUnavailableError."""

    async def entry(self, entry_index: int) -> Receipt | None:
        """Raises LogUnavailableError."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The request as its entry keeps it; `form` are the members of the form, texts included."""

    target: SubjectIdentifier | ListQuery = field(repr=False)
    case_reference: str | None = field(repr=False)
    acting_officer: str | None = field(repr=False)
    form: Mapping[str, Any] = field(repr=False)
    facts: EvidenceFacts | None

    @property
    def subject(self) -> SubjectIdentifier | None:
        return self.target if isinstance(self.target, SubjectIdentifier) else None


async def asked_in(archive: Archive, referral: Referral) -> Asked:
    """Open what a referral is about. Raises ReferralError where it was erased, LogUnavailableError."""
    plaintext = await archive.private_part(referral.opened_index)
    if plaintext is None:
        raise ReferralError("referral-erased", "what was asked has been erased; the request has to be made anew")
    record = PrivateRecord.opened(plaintext)
    part, facts = record.body, record.body.get("evidence")
    return Asked(
        target=record.subject or ListQuery(part["filter"], part["limit"], part.get("cursor")),
        case_reference=part["case_reference"],
        acting_officer=part["acting_officer"],
        form=part.get("form") or {},
        facts=EvidenceFacts.from_json(facts) if facts else None,
    )
