"""The part of the staff's desk that reads the projection of the log.

Does not: read settings or open anything; the composition root gives the parts.
"""

from dataclasses import dataclass

from gateway.service.projection.exporting import Exporting
from gateway.service.projection.reading import Follower, Projection
from gateway.service.review.coverage import Coverage


@dataclass(frozen=True, slots=True)
class ProjectionDesk:
    """The use cases. `following` tells that this process keeps the projection up with the log by itself."""

    reading: Projection
    follower: Follower
    exporting: Exporting
    coverage: Coverage
    following: bool
