"""What the policy decided, as values that cannot be mistaken for one another.

Rego decides; this module only gives its output a shape. Invariants kept here: a permit cites clause, discloser
authority, recipient authority and policy revision (invariant 4); what is permitted is a subset of what was
requested (invariant 2); a permit names its obligations, even if none (invariant 5).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from gateway.domain.element import Form


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: a stable code, and the provisions or clauses it rests on (ids of the register, `agreement/clause`)."""

    code: str
    citations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grant:
    """One element that may go: in which form, and under which clause; None on another ground than an agreement."""

    element: str
    form: Form
    clause: str | None


@dataclass(frozen=True, slots=True)
class PartlyWithheld:
    """An element that left of some records of an answer and not of those at `positions`, counted from 0."""

    element: str
    reason: str
    positions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Withheld:
    """One requested element that does not go, with the reason code."""

    element: str
    reason: str


@dataclass(frozen=True, slots=True)
class Obligation:
    """A duty that comes with a permit. `due_days` counts from the disclosure, None where it has no date."""

    code: str
    on: str
    due_days: int | None = None
    citations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Permit:
    clauses: tuple[str, ...]
    discloser_authorities: tuple[str, ...]
    recipient_authorities: tuple[str, ...]
    grants: Mapping[str, Grant]
    withheld: tuple[Withheld, ...]
    obligations: tuple[Obligation, ...]
    reasons: tuple[Reason, ...]
    policy_revision: str


@dataclass(frozen=True, slots=True)
class Deny:
    """`obligations` are those that a refusal brings too, such as keeping the request (Privacy Act 8(4))."""

    reasons: tuple[Reason, ...]
    policy_revision: str
    obligations: tuple[Obligation, ...] = ()


@dataclass(frozen=True, slots=True)
class Refer:
    """A named person has to decide, weighing the provisions that the reasons cite."""

    reasons: tuple[Reason, ...]
    policy_revision: str
    obligations: tuple[Obligation, ...] = ()


@dataclass(frozen=True, slots=True)
class Indeterminate:
    """The policy could not be evaluated; enforced as a denial and counted apart."""

    reasons: tuple[Reason, ...]
    policy_revision: str


Decision: TypeAlias = Permit | Deny | Refer | Indeterminate
