"""Everything the staff of an institution can do, put together: the use cases behind the command line and the console.

Made by `gateway.bootstrap`, once in a running gateway, or for one command where none runs. Does not: know who is at the
keyboard (`gateway.staff.identity`), or who may do what (`gateway.staff.authorization`).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from gateway.domain.element import Catalogue
from gateway.domain.identifiers import DeclaredScheme, normalise
from gateway.domain.target import SubjectIdentifier
from gateway.service.ground.consents import Consents
from gateway.service.partner.partner_keys import PartnerKeys
from gateway.service.person.concerned import Concerned
from gateway.service.person.erasure import Erasure
from gateway.service.person.holds import Holds
from gateway.service.person.lookup import Lookup
from gateway.service.ports import Clock
from gateway.service.referral.clock import ReferralClock
from gateway.service.referral.deciding import Deciding
from gateway.service.referral.delegations import Delegations
from gateway.service.referral.listing import ReferralListing
from gateway.service.referral.register import ReferralRegister
from gateway.service.simulation.record import SimulationRecord
from gateway.service.simulation.trials import DraftTrials
from gateway.staff.log_calls import Adoption, Replaying
from gateway.staff.looking_back_desk import LookingBackDesk
from gateway.staff.oversight_desk import OversightDesk
from gateway.staff.projection_desk import ProjectionDesk
from gateway.staff.reading_calls import ReadingDesk
from gateway.staff.rulebook_desk import RulebookDesk
from gateway.staff.work_desk import WorkDesk


@dataclass(frozen=True, slots=True)
class StaffDesk:
    """The use cases; `organizations` is the institution of each unit, `schemes` are how the deployment spells
    identifiers, `sandbox` whether never-issued SINs count."""

    consents: Consents
    holds: Holds
    lookup: Lookup
    concerned: Concerned
    erasure: Erasure
    delegations: Delegations
    deciding: Deciding
    referrals: ReferralRegister
    listing: ReferralListing
    referral_clock: ReferralClock
    work: WorkDesk
    keys: PartnerKeys
    replay: Replaying
    adoption: Adoption
    rulebook: RulebookDesk
    simulations: SimulationRecord
    trials: DraftTrials
    projection: ProjectionDesk
    oversight: OversightDesk
    looking_back: LookingBackDesk
    organizations: Mapping[str, str]
    reading: ReadingDesk
    catalogue: Catalogue
    clock: Clock
    schemes: Mapping[str, DeclaredScheme]
    sandbox: bool

    def subject(self, scheme: str, value: str) -> SubjectIdentifier:
        """An identifier in its canonical spelling. Raises IdentifierError."""
        return SubjectIdentifier(scheme, normalise(scheme, value, sandbox=self.sandbox, declared=self.schemes))
