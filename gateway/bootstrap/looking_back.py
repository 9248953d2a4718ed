"""Puts the part of the staff's desk together that looks back: flags, the monthly sample, the annual figures.

Does not: open a database, or start anything.
"""

from gateway.adapters.db.state_records import StateTable
from gateway.adapters.log.assembly import OpenLog
from gateway.adapters.log.group_commit import GroupCommit
from gateway.adapters.log.seen_requests import RequestTokens
from gateway.adapters.projection.following import ProjectionFollower
from gateway.adapters.projection.hours import HoursReader
from gateway.adapters.rulebook.load import Rulebook
from gateway.bootstrap.log import derived
from gateway.bootstrap.projection import OpenProjection
from gateway.deployment.flags_file import read_thresholds
from gateway.deployment.settings import Settings
from gateway.service.flags.reviewing import Flags
from gateway.service.flags.sampling import Sampling
from gateway.service.ports import Clock
from gateway.service.report.reporting import Reporting
from gateway.service.review.coverage import Coverage
from gateway.staff.looking_back_desk import LookingBackDesk


def looking_back_desk(
    settings: Settings, rulebook: Rulebook, log: OpenLog, commit: GroupCommit, clock: Clock, projection: OpenProjection
) -> LookingBackDesk:
    """The use cases over the parts of a running gateway or of one command. Raises ConfigurationError."""
    states = StateTable(log.engine, log.vault, log.proven)
    organizations = {str(name): str(unit.organization) for name, unit in rulebook.parties.units.items()}
    follower = ProjectionFollower(projection.builder)
    return LookingBackDesk(
        flags=Flags(
            HoursReader(projection.place),
            RequestTokens(log.engine, log.vault, derived(settings, b"flag-tokens")),
            states,
            log.archive,
            commit,
            clock,
            organizations,
            read_thresholds(settings.flags_file),
        ),
        sampling=Sampling(
            projection.reader,
            follower,
            projection.reader,
            log.reader,
            states,
            log.archive,
            commit,
            clock,
            settings.sample_size,
        ),
        reporting=Reporting(
            projection.reader,
            projection.reader,
            follower,
            Coverage(rulebook.agreements, projection.reader, follower, clock),
            rulebook.parties,
            rulebook.catalogue,
            commit,
            clock,
        ),
    )
