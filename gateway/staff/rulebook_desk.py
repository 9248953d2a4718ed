"""The part of the staff's desk about the rulebook: drafts, publishing, suspending, and what is in force.

Does not: read settings or open anything; the composition root gives the parts.
"""

from dataclasses import dataclass

from gateway.service.ports import AgreementArchive, Clock
from gateway.service.review.reviewing import Reviewing
from gateway.service.review.workshop import Workshop
from gateway.service.rulebook.drafts import Drafts
from gateway.service.rulebook.in_force import RulebookInForce
from gateway.service.rulebook.publishing import Publishing, PublishingClock
from gateway.service.rulebook.stopping import StoppingAgreements


@dataclass(frozen=True, slots=True)
class RulebookDesk:
    """The use cases; `archive` has every agreement version by its digest."""

    drafts: Drafts
    publishing: Publishing
    publishing_clock: PublishingClock
    stopping: StoppingAgreements
    in_force: RulebookInForce
    reviewing: Reviewing
    workshop: Workshop
    archive: AgreementArchive
    clock: Clock
