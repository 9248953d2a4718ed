"""The parts of a log entry: how each is checked, and how it is written down in canonical JSON.

Invariant: a part is written only after its strings were found to be of a closed pattern (`audit.vocabulary`), in which
nothing has to be escaped; then text that is put together is the canonical form (RFC 8785), as a test compares with
`audit.canonical`. What a decision fixes of its entries is checked and written once, and remembered.
Does not: know the rules between members (`audit.entry`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal, get_args

from audit import vocabulary
from audit.errors import EntryError
from audit.quick import quick
from audit.remembered import Remembered

VERSION: Final = 1

Kind = Literal[
    "disclosure", "denial", "referral", "redelivery", "staff-action", "publication", "suspension",
    "correction", "notice", "disposal", "hold", "erasure", "key-change", "statistics",
]  # fmt: skip
Effect = Literal["permit", "deny", "refer", "indeterminate"]
Cardinality = Literal["single", "list"]

KINDS: Final = frozenset(get_args(Kind))
EFFECTS: Final = frozenset(get_args(Effect))
CARDINALITIES: Final = frozenset(get_args(Cardinality))


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


@quick
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


def require(valid: Callable[[str], bool], name: str, value: object) -> None:
    if not isinstance(value, str) or not valid(value):
        raise EntryError(f"{name} does not have its closed form")


def require_each(valid: Callable[[str], bool], name: str, values: Sequence[object]) -> None:
    for value in values:
        if not isinstance(value, str) or not valid(value):
            raise EntryError(f"{name} does not have its closed form")
    if len(set(values)) != len(values):
        raise EntryError(f"{name} holds the same item twice")


def require_count(value: object, name: str) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 1 << 53:
        raise EntryError(f"{name} is not a count")


def text(value: str | None) -> str:
    """As JSON writes a string of a closed pattern, in which nothing has to be escaped."""
    return "null" if value is None else '"' + value + '"'


def texts(values: Sequence[str]) -> str:
    return '"' + '","'.join(values) + '"' if values else ""


def number(value: int) -> str:
    return int.__repr__(value)


@dataclass(frozen=True, slots=True)
class Fixed:
    """The text of an entry around what is its own; the same for every entry that rests on the same decision."""

    until_disclosed: str
    until_obligations: str
    until_private: str
    until_records: str
    requester: str
    end: str


def _remembered(make: Callable[..., Fixed]) -> Callable[..., Fixed]:
    """What was made of the same members before; members that cannot be looked up (lists) are taken as they are."""
    kept = lru_cache(maxsize=4096)(make)

    def look_up(*members: object) -> Fixed:
        try:
            return kept(*members)
        except TypeError:
            return make(*members)

    return look_up


@_remembered
def fixed_text(
    kind: str,
    requester: str,
    recipient: str | None,
    custodian: str | None,
    agreement: AgreementRef | None,
    clauses: tuple[str, ...],
    authorities: Authorities,
    record_type: str | None,
    purpose: str | None,
    ground: str | None,
    cardinality: str | None,
    effect: str | None,
    reasons: tuple[str, ...],
    withheld: tuple[Withheld, ...],
    policy_revision: str | None,
) -> Fixed:
    """Check the members that a decision fixes, and write them down. Raises EntryError."""
    identifier, name, digest = vocabulary.is_identifier, vocabulary.is_name, vocabulary.is_digest
    require(KINDS.__contains__, "kind", kind)
    require(identifier, "requester", requester)
    for member, valid, value in (
        ("recipient", identifier, recipient),
        ("custodian", identifier, custodian),
        ("record_type", name, record_type),
        ("purpose", name, purpose),
        ("ground", name, ground),
        ("cardinality", CARDINALITIES.__contains__, cardinality),
        ("effect", EFFECTS.__contains__, effect),
        ("policy_revision", digest, policy_revision),
    ):
        if value is not None:
            require(valid, member, value)
    cited = "null"
    if agreement is not None:
        require(identifier, "agreement.id", agreement.id)
        require(vocabulary.is_version, "agreement.version", agreement.version)
        require(digest, "agreement.digest", agreement.digest)
        cited = f'{{"digest":{text(agreement.digest)},"id":{text(agreement.id)},"version":{text(agreement.version)}}}'
    require_each(identifier, "clauses", clauses)
    require_each(identifier, "authorities.discloser", authorities.discloser)
    require_each(identifier, "authorities.recipient", authorities.recipient)
    require_each(name, "reasons", reasons)
    require_each(name, "withheld.element", [part.element for part in withheld])
    for part in withheld:
        require(name, "withheld.reason", part.reason)
    kept_back = [f'{{"element":{text(part.element)},"reason":{text(part.reason)}}}' for part in withheld]
    return Fixed(
        f'{{"agreement":{cited},"authorities":{{"discloser":[{texts(authorities.discloser)}],"recipient":'
        f'[{texts(authorities.recipient)}]}},"cardinality":{text(cardinality)},"clauses":[{texts(clauses)}],'
        f'"custodian":{text(custodian)},"disclosed":[',
        f'],"effect":{text(effect)},"ground":{text(ground)},"kind":{text(kind)},"obligations":[',
        f'],"policy_revision":{text(policy_revision)},"private":[',
        f'],"purpose":{text(purpose)},"reasons":[{texts(reasons)}],"recipient":{text(recipient)},'
        f'"record_type":{text(record_type)},"records":',
        f',"requester":{text(requester)}',
        f'","v":{VERSION},"withheld":[{",".join(kept_back)}]}}',
    )


def disclosed_texts(parts: Sequence[Disclosed]) -> str:
    """Check what left, and write it down. Raises EntryError."""
    if not parts:
        return ""
    if len({part.element for part in parts}) != len(parts):
        raise EntryError("disclosed.element holds the same item twice")
    for part in parts:
        if not isinstance(part.commitment, str) or not vocabulary.is_digest(part.commitment):
            raise EntryError("disclosed.commitment does not have its closed form")
    return ",".join(['{"commitment":"' + part.commitment + _named(part.element, part.form) for part in parts])


@lru_cache(maxsize=8192)
def _named(element: str, form: str) -> str:
    require(vocabulary.is_name, "disclosed.element", element)
    require(vocabulary.is_form, "disclosed.form", form)
    return '","element":"' + element + '","form":"' + form + '"}'


def _duties(obligations: Sequence[Obligation]) -> str:
    for duty in obligations:
        require(vocabulary.is_name, "obligations.code", duty.code)
        if duty.due is not None:
            require(vocabulary.is_date, "obligations.due", duty.due)
    return ",".join([f'{{"code":{text(duty.code)},"due":{text(duty.due)}}}' for duty in obligations])


_duties_of: Final = Remembered(_duties)


def obligation_texts(obligations: Sequence[Obligation]) -> str:
    """Check the duties, and write them down. Raises EntryError."""
    return _duties_of(obligations) if type(obligations) is tuple else _duties(obligations)


def state_text(row: StateSeal) -> str:
    return '{"revision":' + number(row.revision) + ',"seal":"' + row.seal + '","tag":"' + row.tag + '"}'
