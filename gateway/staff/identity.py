"""Who makes a staff call: what the operating system says where its users are mapped to officers, else what they say.

Invariants: where there is a mapping, nobody becomes somebody by saying so, and a user who is not in it learns nothing
else; an officer or unit that a command names then may only be the caller's own. A token proves who signed a command in,
whichever user brings it who is not in the mapping. Without a mapping and without tokens whoever can open the socket or
the files states who they are. One user is nobody themselves and says who signed in: the console's.
Does not: read the mapping, verify a token (`gateway.sign_in`), or know what an actor may do.
"""

import socket
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from audit.vocabulary import is_identifier
from gateway.domain.actor import Actor, Identified, Role
from gateway.domain.errors import GatewayError
from gateway.domain.officer import written_officer
from gateway.service.words.acting import IDENTITY, USUAL_UNIT
from gateway.staff.proof import ProofError, Proven, TokenProof
from gateway.staff.reading import ArgumentError

_CREDENTIALS: Final = struct.Struct("3i")
_PARTS: Final = frozenset({"unit", "officer"})


class IdentityError(GatewayError):
    """Nobody is served; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(IDENTITY["en"][code])
        self.code = code


@dataclass(frozen=True, slots=True)
class Callers:
    """`officers` is who each user of the operating system is, by number; None where no user is mapped. `console` is
    the user of the staff console, which says who signed in there, in which roles. `sign_in` says whose a token is;
    where commands are signed in, nobody is believed who only says who they are, `sandbox` apart."""

    officers: Mapping[int, Actor] | None = None
    console: int | None = None
    sign_in: TokenProof | None = None
    sandbox: bool = False

    @property
    def believes_anybody(self) -> bool:
        """Whether whoever calls is who they say they are."""
        return self.officers is None and (self.sign_in is None or self.sandbox)

    def is_mapped(self, user: int | None) -> bool:
        """Whether the operating system says which officer this user is; their sign-in is not looked at then."""
        return user is not None and self.officers is not None and user in self.officers

    def is_console(self, user: int | None) -> bool:
        """Whether this user is nobody themselves and says who signed in."""
        return self.console is not None and user == self.console

    def known(self, user: int | None) -> Actor | None:
        """Who this user is; None where users are not mapped. Raises IdentityError for one who is not in the mapping."""
        if self.officers is None or self.is_console(user):
            return None
        found = None if user is None else self.officers.get(user)
        if found is None:
            raise IdentityError("caller-unknown")
        return found


async def identified(callers: Callers, user: int | None, stated: object) -> Proven:
    """Who acts, by the token that the command brings or by the user of the machine who calls.

    Raises ProofError, IdentityError, ArgumentError, OfficerError."""
    said, token = stated, None
    if callers.sign_in is not None and isinstance(stated, Mapping) and not callers.is_console(user):
        said = {name: value for name, value in stated.items() if name != "token"}
        token = stated.get("token")
    if callers.sign_in is None or callers.is_console(user) or callers.is_mapped(user):
        return Proven(actor_of(callers, user, said), fresh=True)
    if isinstance(token, str):
        proven = await callers.sign_in.who(token)
        acting(proven.actor, said)
        return proven
    actor = actor_of(callers, user, said)
    if actor.identified is Identified.STATED and not callers.sandbox:
        raise ProofError("sign-in-needed")
    return Proven(actor, fresh=True)


def actor_of(callers: Callers, user: int | None, stated: object) -> Actor:
    """Who acts, by the user of the machine who calls. Roles are stated by the console, and where nobody is mapped and
    everybody has all of them anyway.

    Raises IdentityError, ArgumentError, OfficerError."""
    if callers.is_console(user):
        return signed_in(stated, proven=True)
    known = callers.known(user)
    if known is None and isinstance(stated, Mapping) and "roles" in stated:
        return signed_in(stated, proven=False)
    return acting(known, stated)


def acting(known: Actor | None, stated: object) -> Actor:
    """Who acts: `known`, if nothing else is `stated` (`{"unit": ..., "officer": ...}`, each may be left out).

    Raises IdentityError, ArgumentError, OfficerError."""
    said = _said(stated)
    unit, officer = said.get("unit"), said.get("officer")
    if known is None:
        return Actor.stated(unit, None if officer is None else written_officer("officer", officer))
    if officer is not None and written_officer("officer", officer) != known.officer:
        raise IdentityError("another-officer")
    if unit is not None and unit != known.unit:
        raise IdentityError("another-unit")
    return known


def signed_in(stated: object, *, proven: bool) -> Actor:
    """Who the console says has signed in there; `proven` where the system says that it is the console.

    Raises ArgumentError, OfficerError."""
    if not isinstance(stated, Mapping) or not isinstance(roles := stated.get("roles"), list):
        raise ArgumentError("who signed in is said with their roles; nothing was done")
    said = _said({name: value for name, value in stated.items() if name != "roles"})
    try:
        held = frozenset(Role(role) for role in roles)
    except ValueError:
        raise ArgumentError("roles: one of them is not a role; nothing was done") from None
    identified = Identified.SIGN_IN if proven else Identified.STATED
    return Actor(written_officer("officer", said.get("officer")), said.get("unit", ""), held, identified)


def peer_of(connection: Any) -> int | None:
    """The number of the user at the other end of a Unix socket, None where the system does not say."""
    try:
        credentials = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size)
        _process, user, _group = _CREDENTIALS.unpack(credentials)
    except (OSError, AttributeError, struct.error):
        return None
    return int(user)


def _said(stated: object) -> Mapping[str, str]:
    if not isinstance(stated, Mapping) or not stated.keys() <= _PARTS:
        raise ArgumentError("who acts is said by unit and officer alone; nothing was done")
    said = {name: value for name, value in stated.items() if value is not None}
    if not all(isinstance(value, str) for value in said.values()):
        raise ArgumentError("who acts is said in text; nothing was done")
    if "unit" in said and not is_identifier(said["unit"]):
        raise ArgumentError(f"unit: write a code, such as {USUAL_UNIT}; nothing was done")
    return said
