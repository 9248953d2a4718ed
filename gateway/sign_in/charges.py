"""From the claims of a verified token to an officer: which unit they act for, in which roles.

Invariants: a role is given by a line of the deployment's file and by nothing else; whoever has lines of several units
acts for the first of them, in the roles of that unit alone. Does not: verify a token.
"""

from collections.abc import Mapping
from typing import Any

from gateway.deployment.console_file import Charge, Provider
from gateway.domain.actor import Actor, Identified, Role
from gateway.domain.officer import OfficerError, written_officer


def actor_of(claims: Mapping[str, Any], declared: Provider, units: frozenset[str]) -> Actor | None:
    """Who it is, or None: nobody that the file knows. `units` are those of the register."""
    try:
        officer = written_officer("officer", claims.get(declared.officer_claim))
    except OfficerError:
        return None
    held = [charge for charge in declared.charges if _has(claims, charge) and charge.unit in units]
    if not held:
        return None
    unit = held[0].unit
    roles = frozenset[Role]().union(*(charge.roles for charge in held if charge.unit == unit))
    return Actor(officer, unit, roles, Identified.SIGN_IN)


def _has(claims: Mapping[str, Any], charge: Charge) -> bool:
    found = claims.get(charge.claim)
    return found == charge.value or (isinstance(found, list) and charge.value in found)
