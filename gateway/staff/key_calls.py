"""The staff calls about partner keys: propose, approve, revoke, list. JSON in, JSON out.

Invariant: a key is approved by another person than who proposed it (`gateway.service.partner.partner_keys`).
Does not: make a key, or print.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final, Protocol

from gateway.domain.actor import Actor
from gateway.domain.errors import GatewayError
from gateway.httpsig.errors import SignatureError
from gateway.httpsig.keys import PublicKey
from gateway.service.partner.partner_keys import KeyChange, KeyChanged, PartnerKeys
from gateway.staff.refusal import WorkRefusedError

Json = Any

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


async def key_propose(desk: KeyDesk, actor: Actor, *, unit: str, jwk: Mapping[str, Any]) -> Json:
    """Register a partner's public key, which signs for `unit`. It counts for nothing until a second person approves
    it."""
    if unit not in desk.organizations:
        raise WorkRefusedError(
            "party-unknown", "the unit is not in parties.yaml; `gateway agreements list` shows where they are"
        )
    try:
        key = PublicKey.from_jwk(jwk)
    except SignatureError:
        raise WorkRefusedError("key-unreadable", "jwk: this is no public P-256 or Ed25519 JWK") from None
    return _changed(await desk.keys.propose(key, unit, actor=actor))


async def key_approve(desk: KeyDesk, actor: Actor, *, keyid: str) -> Json:
    """Make a proposed key active."""
    return _changed(await desk.keys.approve(keyid, actor=actor))


async def key_revoke(desk: KeyDesk, actor: Actor, *, keyid: str) -> Json:
    """Revoke a key for good."""
    return _changed(await desk.keys.revoke(keyid, actor=actor))


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
    "key.list": key_list,
}


def _changed(outcome: KeyChange) -> Json:
    if isinstance(outcome, KeyChanged):
        return {"keyid": outcome.keyid, "entry_index": outcome.receipt.entry_index}
    raise KeyRefusedError(outcome.code)
