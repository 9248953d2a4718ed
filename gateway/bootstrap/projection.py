"""The projection of the log, for the running gateway and for commands.

Invariant: it has connections of its own, and a place of its own on SQLite, so that nothing of it stands in the way of a
disclosure; where it cannot be opened, everything else runs. Does not: start the task that follows the log
(`gateway.bootstrap.running`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import Engine

from gateway.adapters.log.assembly import OpenLog
from gateway.adapters.projection.building import Builder
from gateway.adapters.projection.following import ProjectionFollower
from gateway.adapters.projection.reader import ProjectionReader
from gateway.adapters.projection.tables import open_place
from gateway.adapters.rulebook.load import Rulebook
from gateway.deployment.settings import Settings
from gateway.service.ports import Clock, DisclosureLog
from gateway.service.projection.exporting import Exporting
from gateway.service.review.coverage import Coverage
from gateway.staff.projection_desk import ProjectionDesk


@dataclass(frozen=True, slots=True)
class OpenProjection:
    """Close with `close`; opening it connected to nothing yet. `following` tells that this process builds it."""

    place: Engine
    builder: Builder
    reader: ProjectionReader
    following: bool

    def desk(self, rulebook: Rulebook, log: DisclosureLog, clock: Clock) -> ProjectionDesk:
        """The use cases over it, for a staff's desk under a rulebook."""
        follower = ProjectionFollower(self.builder)
        return ProjectionDesk(
            reading=self.reader,
            follower=follower,
            exporting=Exporting(self.reader, log, clock),
            coverage=Coverage(rulebook.agreements, self.reader, follower, clock),
            following=self.following,
        )

    def close(self) -> None:
        self.place.dispose()


def open_projection(
    settings: Settings, log: OpenLog, organizations: Callable[[], Mapping[str, str]], *, following: bool = False
) -> OpenProjection:
    """`organizations` is the institution of every unit today. Raises ConfigurationError."""
    place = open_place(settings.database_url)
    entries = log.engine if place.dialect.name == "sqlite" else place
    builder = Builder(entries, place, organizations, polite=following)
    return OpenProjection(place, builder, ProjectionReader(place), following)
