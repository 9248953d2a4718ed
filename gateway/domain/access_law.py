"""Under which Act a person has access to what a unit holds about them: the Privacy Act, or Ontario's FIPPA or MFIPPA.

Does not: say what such an Act keeps back (`gateway.service.person.hold_back`).
"""

from typing import Literal

from gateway.domain.party import Unit

AccessLaw = Literal["privacy-act", "fippa", "mfippa"]


def access_law(unit: Unit | None) -> AccessLaw | None:
    """The Act of a unit; None for one that is not known or under none of them (a shelter, a foreign state)."""
    regimes = unit.regimes if unit else ()
    if "mfippa" in regimes:
        return "mfippa"
    if "fippa" in regimes:
        return "fippa"
    return "privacy-act" if "privacy-act" in regimes else None
