"""The staff calls about partner keys: propose, approve, revoke, list. JSON in, JSON out.

Invariant: a key is approved by another person than who proposed it (`gateway.service.partner.partner_keys`).
Does not: make a key, or print.
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, time, timedelta
from typing import Any, Final, Protocol

from gateway.domain.actor import Actor
from gateway.domain.due import OTTAWA
from gateway.domain.errors import GatewayError
from gateway.httpsig.errors import SignatureError
from gateway.httpsig.keys import PublicKey
from gateway.service.partner.partner_keys import KeyChange, KeyChanged, PartnerKeys
from gateway.service.ports import Clock
from gateway.service.projection.columns import Column
from gateway.service.projection.questions import Question
from gateway.staff.oversight_desk import OversightDesk
from gateway.staff.reading import day_of
from gateway.staff.refusal import WorkRefusedError

Json = Any
LONGEST_REASON: Final = 500
REQUEST_KINDS: Final = ("disclosure", "denial", "referral", "redelivery")

_REFUSALS: Final[Mapping[str, str]] = {
    "unknown-key": "no key with this thumbprint is registered",
    "known-key": "this key is registered already",
    "not-proposed": "this key is not waiting for approval",
    "not-on-record": "no entry of the log bears this key out: its row was written past the gateway; revoke it",
    "same-person": "a key is approved by another person than the one who proposed it",
    "too-many-active": "the unit has two active keys; revoke one first",
    "already-revoked": "this key is revoked already",
}


class KeyRefusedError(GatewayError):
    """The key is not changed; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(f"not done: {_REFUSALS[code]}")
        self.code = code


class KeyDesk(Protocol):
    """What these calls need of the staff's desk."""

    @property
    def keys(self) -> PartnerKeys: ...

    @property
    def organizations(self) -> Mapping[str, str]: ...

    @property
    def oversight(self) -> OversightDesk: ...

    @property
    def clock(self) -> Clock: ...


async def key_propose(
    desk: KeyDesk, actor: Actor, *, unit: str, jwk: Mapping[str, Any], until: str | None = None
) -> Json:
    """Register a partner's public key, which signs for `unit`, to the end of the day `until` in Ottawa where one is
    given. It counts for nothing until a second person approves it."""
    if unit not in desk.organizations:
        raise WorkRefusedError(
            "party-unknown", "the unit is not in parties.yaml; `gateway agreements list` shows where they are"
        )
    try:
        key = PublicKey.from_jwk(jwk)
    except SignatureError:
        raise WorkRefusedError("key-unreadable", "jwk: this is no public P-256 or Ed25519 JWK") from None
    return _changed(await desk.keys.propose(key, unit, actor=actor, valid_until=_end(desk, until)))


async def key_approve(desk: KeyDesk, actor: Actor, *, keyid: str) -> Json:
    """Make a proposed key active."""
    return _changed(await desk.keys.approve(keyid, actor=actor))


async def key_revoke(desk: KeyDesk, actor: Actor, *, keyid: str, because: str = "") -> Json:
    """Revoke a key for good; `because` is kept with the entry, for those who may open it."""
    if len(because) > LONGEST_REASON:
        raise WorkRefusedError("argument-malformed", f"because: at most {LONGEST_REASON} characters")
    return _changed(await desk.keys.revoke(keyid, actor=actor, because=because.strip()))


async def key_signed(desk: KeyDesk, actor: Actor, *, keyid: str, first: str, last: str) -> Json:
    """Which entries a key signed between two days (in Ottawa, both included), newest first; on record first."""
    key = next((one for one in await desk.keys.every() if one.keyid == keyid), None)
    if key is None:
        raise KeyRefusedError("unknown-key")
    days = day_of(first, "first"), day_of(last, "last")
    where: dict[Column, tuple[str, ...]] = {Column.REQUESTER: (key.unit,), Column.KIND: REQUEST_KINDS}
    found = await desk.oversight.signed_by.entries(keyid, Question(where, *days), actor=actor)
    return {
        "keyid": keyid,
        "unit": key.unit,
        "signed": [row.as_json() for row in found.signed],
        "others": found.others,
        "unknown": [row.as_json() for row in found.unknown],
        "left_off": found.left_off,
        "entry_index": found.receipt.entry_index,
    }


async def key_list(desk: KeyDesk, actor: Actor) -> Json:
    """Every registered key; who proposed or approved it is not told. `on_record` says whether the log bears it out."""
    found = await desk.keys.every()
    return [
        {
            "keyid": key.keyid,
            "unit": key.unit,
            "algorithm": key.algorithm,
            "status": key.status,
            "on_record": key.on_record,
            "valid_from": key.valid_from,
            "valid_until": key.valid_until,
        }
        for key in found
    ]


KEY_CALLS: Final[Mapping[str, Callable[..., Awaitable[Json]]]] = {
    "key.propose": key_propose,
    "key.approve": key_approve,
    "key.revoke": key_revoke,
    "key.signed": key_signed,
    "key.list": key_list,
}


def _changed(outcome: KeyChange) -> Json:
    if isinstance(outcome, KeyChanged):
        return {"keyid": outcome.keyid, "entry_index": outcome.receipt.entry_index}
    raise KeyRefusedError(outcome.code)


def _end(desk: KeyDesk, until: str | None) -> int | None:
    """The first second that a key does not count any more. Raises ArgumentError, WorkRefusedError."""
    if until is None:
        return None
    last = day_of(until, "until")
    end = datetime.combine(last + timedelta(days=1), time(), OTTAWA)
    if end <= desk.clock.now():
        raise WorkRefusedError("until-past", "until: this day is over; a key is registered for days to come")
    return int(end.timestamp())
