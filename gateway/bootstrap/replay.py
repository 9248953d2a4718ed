"""The use case that recomputes a decision, over the log of this deployment."""

from gateway.adapters.log.assembly import OpenLog
from gateway.adapters.log.group_commit import GroupCommit
from gateway.bootstrap.log import SystemClock, signed_log
from gateway.bootstrap.policy import kept_policies
from gateway.bootstrap.rulebook import kept_agreements
from gateway.deployment.settings import Settings
from gateway.service.disclosure.replay import Replay


def replaying(settings: Settings, log: OpenLog, commit: GroupCommit) -> Replay:
    """The use case that recomputes a decision."""
    return Replay(
        archive=log.archive,
        signed=signed_log(settings, log),
        agreements=kept_agreements(log),
        policies=kept_policies(settings, log),
        log=commit,
        clock=SystemClock(),
    )
