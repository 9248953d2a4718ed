"""The part of the staff's desk for whoever audits: the log's integrity, acts of staff, the rulebook as it was, what a
key signed.

Does not: read settings or open anything; the composition root gives the parts.
"""

from dataclasses import dataclass

from gateway.service.log.checking import LogChecks
from gateway.service.log.exporting import LogExporting
from gateway.service.log.signed_history import SignedHistory
from gateway.service.oversight.acts import StaffActs
from gateway.service.oversight.check_results import CheckResults
from gateway.service.oversight.rulebook_history import RulebookHistory
from gateway.service.oversight.signed_by import SignedBy


@dataclass(frozen=True, slots=True)
class OversightDesk:
    """The use cases."""

    history: SignedHistory
    checks: LogChecks
    results: CheckResults
    exporting: LogExporting
    acts: StaffActs
    signed_by: SignedBy
    rulebooks: RulebookHistory
