"""Who acts: an officer of a unit, what they may do, and how it is known that it is they.

Invariants: the officer is in the one spelling of `gateway.domain.officer`, so that two people are never one nor one
two; only who merely states who they are may leave the officer or the unit out. Does not: find out who somebody is
(`gateway.staff.identity`), or know which call needs which role (`gateway.staff.authorization`).
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self

from gateway.domain.officer import written_officer


class Role(StrEnum):
    """What an officer may be charged with."""

    PRIVACY_OFFICER = "privacy-officer"
    DELEGATED_HEAD = "delegated-head"
    POLICY_EDITOR = "policy-editor"
    POLICY_APPROVER = "policy-approver"
    POLICY_PUBLISHER = "policy-publisher"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


ALL_ROLES = frozenset(Role)


class Identified(StrEnum):
    """How it is known who acts."""

    PEER_CREDENTIALS = "peer-credentials"
    """The operating system said which of its users calls."""
    SIGN_IN = "sign-in"
    STATED = "stated"
    """They said so themselves; whoever can open the socket or the files is believed."""
    GATEWAY = "gateway"
    """Nobody acts: the gateway does it by itself."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, for which unit. Raises OfficerError."""

    officer: str = field(repr=False)
    unit: str
    roles: frozenset[Role]
    identified: Identified

    def __post_init__(self) -> None:
        if self.officer or self.identified is not Identified.STATED:
            object.__setattr__(self, "officer", written_officer("officer", self.officer))

    @classmethod
    def stated(cls, unit: str | None = None, officer: str | None = None) -> Self:
        """Somebody who says who they are, where nobody else knows. They may do everything. Raises OfficerError."""
        return cls(officer or "", unit or "", ALL_ROLES, Identified.STATED)

    @classmethod
    def gateway(cls, unit: str, officer: str = "gateway") -> Self:
        """The gateway itself, for the unit whose time has come; it has no role and makes no call."""
        return cls(officer, unit, frozenset(), Identified.GATEWAY)
