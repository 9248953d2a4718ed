"""The part of the staff's desk that looks back: flags, the monthly sample, the annual figures.

Does not: read settings or open anything; the composition root gives the parts.
"""

from dataclasses import dataclass

from gateway.service.flags.reviewing import Flags
from gateway.service.flags.sampling import Sampling
from gateway.service.report.reporting import Reporting


@dataclass(frozen=True, slots=True)
class LookingBackDesk:
    """The use cases."""

    flags: Flags
    sampling: Sampling
    reporting: Reporting
