"""The staff calls about flags: list, show, sign off. JSON in, JSON out.

Invariant: an officer sees the flags of their own institution, an auditor those of any; nothing in an answer names a
person but who signed a flag off. Does not: raise a flag (`gateway.service.flags`), or print.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final, Protocol

from audit.vocabulary import format_time
from gateway.domain.actor import Actor, Role
from gateway.service.flags.reviewing import FlagError, SignedOff
from gateway.service.flags.words import KINDS, OUTCOMES, reason_of
from gateway.service.words.sentences import BOTH
from gateway.staff.authorization import UnitUnknownError
from gateway.staff.looking_back_desk import LookingBackDesk
from gateway.staff.reading import ArgumentError

Json = Any


class FlagDesk(Protocol):
    """What these calls need of the staff's desk."""

    @property
    def looking_back(self) -> LookingBackDesk: ...

    @property
    def organizations(self) -> Mapping[str, str]: ...


async def flag_list(desk: FlagDesk, actor: Actor, *, institution: str | None = None) -> Json:
    """The flags that wait, the newest first, and those signed off last."""
    of = institution_of(desk, actor, institution)
    found = await desk.looking_back.flags.raised(of)
    signed = await desk.looking_back.flags.signed(of)
    return {
        "institution": of,
        "flags": [_told(flag.as_json()) for flag in found.flags],
        "signed": [{**_told(one.flag), **_outcome(one)} for one in signed],
        "up_to": found.up_to,
        "cases_to": found.cases_to,
        "looked": format_time(found.looked),
    }


async def flag_show(desk: FlagDesk, actor: Actor, *, flag: str, institution: str | None = None) -> Json:
    """One flag as it is now, or as it was signed off, and by whom."""
    of = institution_of(desk, actor, institution)
    found, signed = await desk.looking_back.flags.find(of, flag)
    if found is None and signed is None:
        raise FlagError("flag-none", "there is no flag under this name")
    waits = found is not None and (signed is None or found.last_index > int(signed.flag["last_index"]))
    members = found.as_json() if found is not None else dict(signed.flag) if signed is not None else {}
    told = {**_told(members), "waits": waits, "signed": None}
    if signed is not None:
        told["signed"] = {**_outcome(signed), "said": await desk.looking_back.flags.words_of(signed)}
    return told


async def flag_sign(desk: FlagDesk, actor: Actor, *, flag: str, outcome: str, words: str) -> Json:
    """Sign a flag off; the entry."""
    receipt = await desk.looking_back.flags.sign_off(
        institution_of(desk, actor, None), flag, outcome=outcome, words=words, actor=actor
    )
    return {"flag": flag, "entry_index": receipt.entry_index}


def institution_of(desk: Any, actor: Actor, institution: str | None) -> str:
    """Whose matters a call is about: the actor's own, or for an auditor any. Raises UnitUnknownError, ArgumentError."""
    own = desk.organizations.get(actor.unit)
    if institution is None or institution == own:
        if own is None:
            raise UnitUnknownError
        return str(own)
    if Role.AUDITOR not in actor.roles:
        raise ArgumentError("institution: your roles let you read the matters of your own institution alone")
    if institution not in desk.organizations.values():
        raise ArgumentError("institution: write a code of the register of parties, such as esdc")
    return institution


def _told(flag: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **flag,
        "titles": {lang: KINDS[lang][flag["kind"]] for lang in BOTH},
        "reason": reason_of(flag["kind"], flag["figures"]),
    }


def _outcome(one: SignedOff) -> dict[str, Any]:
    return {
        "outcome": one.outcome,
        "outcomes": {lang: OUTCOMES[lang][one.outcome] for lang in BOTH},
        "signed_at": one.entry_index,
    }


FLAG_CALLS: Final[Mapping[str, Callable[..., Awaitable[Json]]]] = {
    "flag.list": flag_list,
    "flag.show": flag_show,
    "flag.sign": flag_sign,
}
