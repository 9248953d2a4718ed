"""Whose matter a change of the rulebook is: roles for agreements are limited to the institution of whoever acts.

Invariant: an agreement is approved, published, stopped or taken up by an officer of an organization that is a party to
it, and a record type by one of its custodian's; documents that belong to all (parties, purposes, identifier schemes) by
an officer of any. Anybody who may write may propose. Does not: know roles (`gateway.staff.authorization`).
"""

from collections.abc import Mapping, Set

from gateway.domain.actor import Actor, Identified
from gateway.service.rulebook.errors import DraftError


def require_concerned(actor: Actor, organizations: Mapping[str, str], concerned: Set[str]) -> None:
    """`organizations` gives that of a unit, `concerned` are those whose matter it is; empty where it is everybody's.

    Raises DraftError. The gateway itself only carries out what somebody concerned has decided."""
    if not concerned or actor.identified is Identified.GATEWAY or organizations.get(actor.unit) in concerned:
        return
    raise DraftError("not-concerned", concerned=[*sorted(concerned)])
