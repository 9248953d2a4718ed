"""Who may open which address: every route states the roles it is for, and whether it is kept to one's own institution.

Invariants: a route without a rule does not start; whoever may not open an address gets the answer of one that does not
exist. Does not: decide what a staff call does (`gateway.staff`), which judges the actor once more.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from gateway.domain.actor import ALL_ROLES, Actor, Role


class Limit(StrEnum):
    """Whose matters a route shows."""

    OWN = "own"
    """Those of the actor's institution alone."""
    EVERY = "every"
    """The log holds them for every institution, and they name no person."""
    NONE = "none"
    """It shows nothing of any institution."""


@dataclass(frozen=True, slots=True)
class Rule:
    """`step_up`: the actor has to have proven who they are within the last minutes. `public`: nobody is signed in."""

    roles: frozenset[Role]
    limit: Limit
    step_up: bool = False
    public: bool = False

    def admits(self, actor: Actor | None) -> bool:
        """Whether the actor may open the address at all."""
        return self.public or (actor is not None and bool(self.roles & actor.roles))


PUBLIC: Final = Rule(frozenset(), Limit.NONE, public=True)
SIGNED_IN: Final = Rule(ALL_ROLES, Limit.NONE)


def own(*roles: Role, step_up: bool = False) -> Rule:
    """For these roles, about their own institution."""
    return Rule(frozenset(roles), Limit.OWN, step_up)


def every(*roles: Role, step_up: bool = False) -> Rule:
    """For these roles, about every institution."""
    return Rule(frozenset(roles), Limit.EVERY, step_up)
