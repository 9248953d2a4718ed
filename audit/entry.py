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

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, get_args

from audit import canonical, vocabulary
from audit.errors import CanonicalError, EntryError

VERSION: Final = 1
MAX_ENTRY_SIZE: Final = 65_535

Kind = Literal[
    "disclosure", "denial", "referral", "redelivery", "staff-action", "publication", "suspension",
    "correction", "notice", "disposal", "hold", "erasure", "key-change", "statistics",
]  # fmt: skip
Effect = Literal["permit", "deny", "refer", "indeterminate"]
Cardinality = Literal["single", "list"]

KINDS: Final = frozenset(get_args(Kind))
EFFECTS: Final = frozenset(get_args(Effect))
CARDINALITIES: Final = frozenset(get_args(Cardinality))
_DISCLOSING: Final = frozenset({"disclosure", "redelivery"})
_WITHHOLDING: Final = {"denial": frozenset({"deny", "indeterminate"}), "referral": frozenset({"refer"})}


@dataclass(frozen=True, slots=True)
class AgreementRef:
    """A published agreement version. `digest` is SHA-256 of its canonical content."""

    id: str
    version: str
    digest: str


@dataclass(frozen=True, slots=True)
class Authorities:
    """Identifiers of the provisions relied on, by side."""

    discloser: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Disclosed:
    """A data element that left, the form it left in, and the commitment to its values."""

    element: str
    form: str
    commitment: str


@dataclass(frozen=True, slots=True)
class Withheld:
    """A data element that did not leave, and the reason code that the recipient may know."""

    element: str
    reason: str


@dataclass(frozen=True, slots=True)
class Obligation:
    """A duty that came with the decision. `due` is a date, YYYY-MM-DD, or None."""

    code: str
    due: str | None = None


@dataclass(frozen=True, slots=True)
class StateSeal:
    """A row beside the log (a key, a consent, an order, a release) that this entry changed: `tag` stands for the row,
    `seal` for all of its content at `revision`. Both are HMAC-SHA256 under a key of the operator, so they say nothing
    to others; the operator shows with them that a row is the one this entry made."""

    tag: str
    revision: int
    seal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
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
    authorities: Authorities = Authorities()
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
        _check_members(self)
        _check_meaning(self)

    def to_bytes(self) -> bytes:
        """Return the canonical bytes, which the leaf hash covers. Raises EntryError when too large."""
        agreement, authorities = self.agreement, self.authorities
        data = canonical.encode_checked(
            {
                "v": VERSION,
                "time": self.time,
                "kind": self.kind,
                "requester": self.requester,
                "recipient": self.recipient,
                "custodian": self.custodian,
                "agreement": agreement
                and {"id": agreement.id, "version": agreement.version, "digest": agreement.digest},
                "clauses": self.clauses,
                "authorities": {"discloser": authorities.discloser, "recipient": authorities.recipient},
                "record_type": self.record_type,
                "purpose": self.purpose,
                "ground": self.ground,
                "cardinality": self.cardinality,
                "effect": self.effect,
                "reasons": self.reasons,
                "disclosed": [
                    {"element": part.element, "form": part.form, "commitment": part.commitment}
                    for part in self.disclosed
                ],
                "withheld": [{"element": part.element, "reason": part.reason} for part in self.withheld],
                "obligations": [{"code": part.code, "due": part.due} for part in self.obligations],
                "records": self.records,
                "policy_revision": self.policy_revision,
                "request_digest": self.request_digest,
                "private": self.private,
                "refers_to": self.refers_to,
                **self._state(),
            }
        )
        if len(data) > MAX_ENTRY_SIZE:
            raise EntryError("the entry is larger than 65,535 bytes")
        return data

    def _state(self) -> dict[str, Any]:
        if not self.state:
            return {}
        rows = [{"tag": row.tag, "revision": row.revision, "seal": row.seal} for row in self.state]
        return {"state": rows}

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


_ENTRY_MEMBERS: Final = frozenset({"v", *Entry.__slots__})
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


def _require(valid: Callable[[str], bool], name: str, value: object) -> None:
    if not isinstance(value, str) or not valid(value):
        raise EntryError(f"{name} does not have its closed form")


def _require_each(valid: Callable[[str], bool], name: str, values: Sequence[object]) -> None:
    for value in values:
        if not isinstance(value, str) or not valid(value):
            raise EntryError(f"{name} does not have its closed form")
    if len(set(values)) != len(values):
        raise EntryError(f"{name} holds the same item twice")


def _require_count(value: object, name: str) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 1 << 53:
        raise EntryError(f"{name} is not a count")


def _check_members(entry: Entry) -> None:
    identifier, name, digest = vocabulary.is_identifier, vocabulary.is_name, vocabulary.is_digest
    _require(vocabulary.is_time, "time", entry.time)
    _require(KINDS.__contains__, "kind", entry.kind)
    _require(identifier, "requester", entry.requester)
    for member, valid, value in (
        ("recipient", identifier, entry.recipient),
        ("custodian", identifier, entry.custodian),
        ("record_type", name, entry.record_type),
        ("purpose", name, entry.purpose),
        ("ground", name, entry.ground),
        ("cardinality", CARDINALITIES.__contains__, entry.cardinality),
        ("effect", EFFECTS.__contains__, entry.effect),
        ("policy_revision", digest, entry.policy_revision),
        ("request_digest", digest, entry.request_digest),
    ):
        if value is not None:
            _require(valid, member, value)
    if (agreement := entry.agreement) is not None:
        _require(identifier, "agreement.id", agreement.id)
        _require(vocabulary.is_version, "agreement.version", agreement.version)
        _require(digest, "agreement.digest", agreement.digest)
    _require_each(identifier, "clauses", entry.clauses)
    _require_each(identifier, "authorities.discloser", entry.authorities.discloser)
    _require_each(identifier, "authorities.recipient", entry.authorities.recipient)
    _require_each(name, "reasons", entry.reasons)
    _require_each(digest, "private", entry.private)
    _require_each(name, "disclosed.element", [part.element for part in entry.disclosed])
    _require_each(name, "withheld.element", [part.element for part in entry.withheld])
    for disclosed in entry.disclosed:
        _require(vocabulary.is_form, "disclosed.form", disclosed.form)
        _require(digest, "disclosed.commitment", disclosed.commitment)
    for withheld in entry.withheld:
        _require(name, "withheld.reason", withheld.reason)
    for duty in entry.obligations:
        _require(name, "obligations.code", duty.code)
        if duty.due is not None:
            _require(vocabulary.is_date, "obligations.due", duty.due)
    if entry.state:
        _require_each(digest, "state.tag", [row.tag for row in entry.state])
        for row in entry.state:
            _require(digest, "state.seal", row.seal)
            _require_count(row.revision, "state.revision")
    _require_count(entry.records, "records")
    if entry.refers_to is not None:
        _require_count(entry.refers_to, "refers_to")


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
