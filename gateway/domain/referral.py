"""A referral: a request that only a named person may decide, and what became of it.

    requested → under-review → released | partly-released | refused | lapsed → after-review

Invariants: every change of state is one of `NEXT`, so that a decision after a lapse or a second decision is none; what
is released is a subset of what was requested; nothing here names a person or an officer (officers are keyed tokens).
Times are UTC. Does not: know who may decide (delegation orders say so) or whether a release is lawful (Rego does).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from audit.canonical import JsonValue
from audit.vocabulary import format_time, parse_time
from gateway.domain.ground import Determination
from gateway.domain.state_record import StateRecord

KIND: Final = "referral"


class ReferralState(StrEnum):
    REQUESTED = "requested"
    UNDER_REVIEW = "under-review"
    RELEASED = "released"
    PARTLY_RELEASED = "partly-released"
    REFUSED = "refused"
    LAPSED = "lapsed"
    AFTER_REVIEW = "after-review"


_DECIDED: Final = (ReferralState.RELEASED, ReferralState.PARTLY_RELEASED, ReferralState.REFUSED, ReferralState.LAPSED)
NEXT: Final[Mapping[ReferralState, frozenset[ReferralState]]] = {
    ReferralState.REQUESTED: frozenset({ReferralState.UNDER_REVIEW, *_DECIDED}),
    ReferralState.UNDER_REVIEW: frozenset(_DECIDED),
    **{state: frozenset({ReferralState.AFTER_REVIEW}) for state in _DECIDED},
    ReferralState.AFTER_REVIEW: frozenset(),
}
OPEN: Final = frozenset({ReferralState.REQUESTED, ReferralState.UNDER_REVIEW})
RELEASING: Final = frozenset({ReferralState.RELEASED, ReferralState.PARTLY_RELEASED})


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the decision-maker ruled; the case's last entry says so.

    collect_until: how long a release may be collected. settled: obligations that came with the ruling and need not
    come again with the disclosure. first: positions of those obligations that must be done before anything leaves."""

    officer: str
    delegation: str
    at: datetime
    determination: Determination | None
    collect_until: datetime | None
    settled: tuple[str, ...] = ()
    first: tuple[int, ...] = ()

    def as_json(self) -> Mapping[str, JsonValue]:
        """As the case keeps it."""
        return {
            "officer": self.officer,
            "delegation": self.delegation,
            "at": format_time(self.at),
            "determination": self.determination.as_json() if self.determination else None,
            "collect_until": format_time(self.collect_until) if self.collect_until else None,
            "settled": self.settled,
            "first": self.first,
        }


@dataclass(frozen=True, slots=True)
class Referral:
    """`weigh` are the provisions to weigh; `requester_officer` and `reviewer` are keyed tokens of people, or None;
    `decide_by` is when it lapses, `escalate_at` when it goes one level up; `escalated` says that it did; `upheld` is
    what the review found and `ruled_index` the entry of the ruling, both None before it."""

    id: str
    state: ReferralState
    revision: int
    opened_index: int
    entry_index: int
    requester: str
    recipient: str
    custodian: str
    agreement: str | None
    record_type: str
    purpose: str
    ground: str
    elements: tuple[str, ...]
    weigh: tuple[str, ...]
    asked_at: datetime
    escalate_at: datetime
    decide_by: datetime
    requester_officer: str | None = None
    reviewer: str | None = None
    escalated: bool = False
    ruling: Ruling | None = None
    upheld: bool | None = None
    ruled_index: int | None = None

    @property
    def ruling_index(self) -> int:
        """The entry of the ruling, whose obligations and notices came with it."""
        return self.entry_index if self.ruled_index is None else self.ruled_index

    @property
    def clock(self) -> datetime | None:
        """When something happens by itself next, or None."""
        if self.state not in OPEN:
            return None
        return self.decide_by if self.escalated else self.escalate_at

    def moved(self, state: ReferralState, **changes: Any) -> "Referral":
        """The referral in its next state. Raises ValueError for a step that is not of the way."""
        if state not in NEXT[self.state]:
            raise ValueError(f"a referral does not go from {self.state} to {state}")
        return replace(self, state=state, **changes)

    def body(self) -> Mapping[str, JsonValue]:
        """What the case keeps besides state and clock: codes, times and tokens."""
        return {
            "requester": self.requester,
            "recipient": self.recipient,
            "custodian": self.custodian,
            "agreement": self.agreement,
            "record_type": self.record_type,
            "purpose": self.purpose,
            "ground": self.ground,
            "elements": self.elements,
            "weigh": self.weigh,
            "asked_at": format_time(self.asked_at),
            "escalate_at": format_time(self.escalate_at),
            "decide_by": format_time(self.decide_by),
            "requester_officer": self.requester_officer,
            "reviewer": self.reviewer,
            "escalated": self.escalated,
            "ruling": self.ruling.as_json() if self.ruling else None,
            "upheld": self.upheld,
            "ruled_index": self.ruled_index,
        }


def referral_of(case: StateRecord) -> Referral:
    """The referral that a case of this kind is."""
    body: Any = case.body
    ruling = body["ruling"]
    return Referral(
        id=case.id,
        state=ReferralState(case.state),
        revision=case.revision,
        opened_index=case.opened_index,
        entry_index=case.entry_index,
        requester=body["requester"],
        recipient=body["recipient"],
        custodian=body["custodian"],
        agreement=body["agreement"],
        record_type=body["record_type"],
        purpose=body["purpose"],
        ground=body["ground"],
        elements=tuple(body["elements"]),
        weigh=tuple(body["weigh"]),
        asked_at=parse_time(body["asked_at"]),
        escalate_at=parse_time(body["escalate_at"]),
        decide_by=parse_time(body["decide_by"]),
        requester_officer=body["requester_officer"],
        reviewer=body["reviewer"],
        escalated=body["escalated"],
        ruling=ruling and _ruling(ruling),
        upheld=body["upheld"],
        ruled_index=body["ruled_index"],
    )


def _ruling(body: Mapping[str, Any]) -> Ruling:
    until = body["collect_until"]
    determined = body["determination"]
    return Ruling(
        officer=body["officer"],
        delegation=body["delegation"],
        at=parse_time(body["at"]),
        determination=Determination.from_json(determined) if determined else None,
        collect_until=parse_time(until) if until else None,
        settled=tuple(body["settled"]),
        first=tuple(body["first"]),
    )
