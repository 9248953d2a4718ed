"""One entry of the disclosure log: what was asked, decided, disclosed and withheld, and on whose authority.

Invariant: an entry is a canonical JSON object with exactly the members below, every string of a closed
pattern (`audit.vocabulary`), under 65,536 bytes (the limit of a C2SP tlog-tiles entry bundle), so it holds
no personal value. A disclosure under an agreement cites agreement, clause, discloser authority, recipient
authority and policy revision; a denial or referral discloses nothing. The entry may be shown to its
recipient: what tells "no such record" from "protected record" belongs in the private part, which is here
only as a salted commitment.
Does not: hold the private part, salts, or the entry's own index (that is its place in the tree).

Digests and commitments are 32 bytes in base64url without padding. `time` is UTC, RFC 3339, milliseconds, `Z`.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any, Final

from audit import canonical, vocabulary
from audit.entry_parts import (
    KINDS,
    VERSION,
    AgreementRef,
    Authorities,
    Cardinality,
    Disclosed,
    Effect,
    Fixed,
    Kind,
    Obligation,
    StateSeal,
    Withheld,
    disclosed_texts,
    fixed_text,
    number,
    obligation_texts,
    require,
    require_count,
    require_each,
    state_text,
    text,
    texts,
)
from audit.errors import CanonicalError, EntryError
from audit.quick import quick

__all__ = [
    "KINDS",
    "MAX_ENTRY_SIZE",
    "AgreementRef",
    "Authorities",
    "Cardinality",
    "Disclosed",
    "Effect",
    "Entry",
    "Kind",
    "Obligation",
    "StateSeal",
    "Withheld",
]

MAX_ENTRY_SIZE: Final = 65_535

_NO_AUTHORITIES: Final = Authorities()
_DISCLOSING: Final = frozenset({"disclosure", "redelivery"})
_WITHHOLDING: Final = {"denial": frozenset({"deny", "indeterminate"}), "referral": frozenset({"refer"})}


class _Written:
    """Where an entry keeps the text of what was checked; no members of it."""

    __slots__ = ("_disclosed", "_duties", "_fixed")

    _fixed: Fixed
    _disclosed: str
    _duties: str


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(_Written):
    """An entry; making one checks it (EntryError names the member at fault).

    `requester` and `recipient` are units, never people. `refers_to` is the index of an earlier entry.
    `private` holds the commitments to the private part. `records` counts the records disclosed.
    For a staff action, `reasons` names the action. `state` is in the bytes only where the entry changed such a row.
    """

    time: str
    kind: Kind
    requester: str
    recipient: str | None = None
    custodian: str | None = None
    agreement: AgreementRef | None = None
    clauses: tuple[str, ...] = ()
    authorities: Authorities = _NO_AUTHORITIES
    record_type: str | None = None
    purpose: str | None = None
    ground: str | None = None
    cardinality: Cardinality | None = None
    effect: Effect | None = None
    reasons: tuple[str, ...] = ()
    disclosed: tuple[Disclosed, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    records: int = 0
    policy_revision: str | None = None
    request_digest: str | None = None
    private: tuple[str, ...] = ()
    refers_to: int | None = None
    state: tuple[StateSeal, ...] = ()

    def __post_init__(self) -> None:
        fixed = (
            *(self.kind, self.requester, self.recipient, self.custodian, self.agreement, self.clauses),
            *(self.authorities, self.record_type, self.purpose, self.ground, self.cardinality, self.effect),
            *(self.reasons, self.withheld, self.policy_revision),
        )
        object.__setattr__(self, "_fixed", fixed_text(*fixed))
        object.__setattr__(self, "_disclosed", disclosed_texts(self.disclosed))
        object.__setattr__(self, "_duties", obligation_texts(self.obligations))
        _check_own(self)
        _check_meaning(self)

    def to_bytes(self) -> bytes:
        """Return the canonical bytes, which the leaf hash covers. Raises EntryError when too large."""
        fixed = self._fixed
        data = "".join(
            (
                fixed.until_disclosed,
                self._disclosed,
                fixed.until_obligations,
                self._duties,
                fixed.until_private,
                texts(self.private),
                fixed.until_records,
                number(self.records),
                ',"refers_to":',
                "null" if self.refers_to is None else number(self.refers_to),
                ',"request_digest":',
                text(self.request_digest),
                fixed.requester,
                ',"state":[' + ",".join([state_text(row) for row in self.state]) + "]" if self.state else "",
                ',"time":"' + self.time,
                fixed.end,
            )
        ).encode("ascii")
        if len(data) > MAX_ENTRY_SIZE:
            raise EntryError("the entry is larger than 65,535 bytes")
        return data

    @classmethod
    def from_bytes(cls, data: bytes) -> "Entry":
        """Read an entry. Raises EntryError for anything that `to_bytes` would not have written."""
        if len(data) > MAX_ENTRY_SIZE:
            raise EntryError("the entry is larger than 65,535 bytes")
        try:
            members = canonical.parse(data)
        except CanonicalError as error:
            raise EntryError(f"the entry is not canonical: {error}") from None
        if isinstance(members, dict):
            members.setdefault("state", [])
        _exact_members(members, "entry", _ENTRY_MEMBERS)
        if members.pop("v") != VERSION:
            raise EntryError("the entry has an unknown schema version")
        if members["agreement"] is not None:
            agreement = _exact_members(members["agreement"], "agreement", _AGREEMENT)
            members["agreement"] = AgreementRef(**agreement)
        sides = _exact_members(members["authorities"], "authorities", _AUTHORITIES)
        members["authorities"] = Authorities(
            **{side: tuple(_listed(sides[side], f"authorities.{side}")) for side in _AUTHORITIES}
        )
        for name in ("clauses", "reasons", "private"):
            members[name] = tuple(_listed(members[name], name))
        for name, part, names in _PARTS:
            members[name] = tuple(part(**_exact_members(item, name, names)) for item in _listed(members[name], name))
        entry = cls(**members)
        if entry.to_bytes() != data:
            raise EntryError("the entry is not canonical: the bytes are JSON, but not in canonical form")
        return entry


_ENTRY_MEMBERS: Final = frozenset({"v", *(member.name for member in fields(Entry))})
_AGREEMENT: Final = frozenset({"id", "version", "digest"})
_AUTHORITIES: Final = frozenset({"discloser", "recipient"})
_PARTS: Final[tuple[tuple[str, Callable[..., Any], frozenset[str]], ...]] = (
    ("disclosed", Disclosed, frozenset({"element", "form", "commitment"})),
    ("withheld", Withheld, frozenset({"element", "reason"})),
    ("obligations", Obligation, frozenset({"code", "due"})),
    ("state", StateSeal, frozenset({"tag", "revision", "seal"})),
)


def _exact_members(value: object, name: str, expected: frozenset[str]) -> dict[str, Any]:
    if not isinstance(value, dict) or value.keys() != expected:
        raise EntryError(f"{name} does not have exactly the members of its schema")
    return value


def _listed(value: object, name: str) -> list[Any]:
    if not isinstance(value, list):
        raise EntryError(f"{name} is not a list")
    return value


def _check_own(entry: Entry) -> None:
    """Check the members that are this entry's own."""
    digest = vocabulary.is_digest
    require(vocabulary.is_time, "time", entry.time)
    if entry.request_digest is not None:
        require(digest, "request_digest", entry.request_digest)
    require_each(digest, "private", entry.private)
    if entry.state:
        require_each(digest, "state.tag", [row.tag for row in entry.state])
        for row in entry.state:
            require(digest, "state.seal", row.seal)
            require_count(row.revision, "state.revision")
    require_count(entry.records, "records")
    if entry.refers_to is not None:
        require_count(entry.refers_to, "refers_to")


def _check_meaning(entry: Entry) -> None:
    """Hold to the rules between members: nothing leaves outside a permit, no permit without citations."""
    if allowed := _WITHHOLDING.get(entry.kind):
        if entry.effect not in allowed:
            raise EntryError("effect does not fit the kind of entry")
        if entry.disclosed or entry.records:
            raise EntryError("disclosed is not empty in an entry that discloses nothing")
    if entry.kind in _DISCLOSING:
        if entry.effect != "permit":
            raise EntryError("effect does not fit the kind of entry")
        cited = (entry.recipient, entry.custodian, entry.record_type, entry.ground, entry.policy_revision)
        if None in cited or not entry.authorities.discloser:
            raise EntryError("authorities are not cited by a disclosure")
        if entry.ground == "agreement" and not (entry.agreement and entry.clauses and entry.authorities.recipient):
            raise EntryError("agreement, clauses and both authorities are not cited by a disclosure")
    elif entry.disclosed:
        raise EntryError("disclosed is only for entries that disclose")
    if {part.element for part in entry.disclosed} & {part.element for part in entry.withheld}:
        raise EntryError("an element is both disclosed and withheld")
