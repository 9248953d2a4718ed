"""Puts the part of the staff's desk about the rulebook together, for the composition root.

Does not: open a database, or start anything.
"""

from gateway.adapters.db.state_records import StateTable
from gateway.adapters.log.assembly import OpenLog
from gateway.adapters.log.group_commit import GroupCommit
from gateway.adapters.pdp.revision import read_sources
from gateway.adapters.rulebook.document_texts import YamlTexts
from gateway.adapters.rulebook.documents import KeptRulebookDocuments
from gateway.adapters.rulebook.load import Rulebook
from gateway.bootstrap.log import staff_token
from gateway.bootstrap.reviewing import KeptRulebooksForReview
from gateway.bootstrap.rulebook import kept_agreements, kept_rulebooks
from gateway.deployment.settings import FROM_DATABASE, Settings
from gateway.service.ports import Clock
from gateway.service.review.reviewing import Reviewing
from gateway.service.review.workshop import Workshop
from gateway.service.rulebook.drafts import Drafts
from gateway.service.rulebook.in_force import RulebookInForce
from gateway.service.rulebook.publishing import Publishing, PublishingClock
from gateway.service.rulebook.stopping import StoppingAgreements
from gateway.staff.rulebook_desk import RulebookDesk


def rulebook_desk(
    settings: Settings, log: OpenLog, commit: GroupCommit, clock: Clock, organizations: dict[str, str]
) -> RulebookDesk:
    """The use cases over the parts of a running gateway or of one command."""
    records = StateTable(log.engine, log.vault, log.proven)
    in_force = RulebookInForce(records, commit, clock)
    sources = read_sources()

    def revision(rulebook: Rulebook) -> str:
        return sources.revision(rulebook.policy_data)

    drafts = Drafts(
        records,
        in_force,
        KeptRulebookDocuments(kept_rulebooks(settings, log), revision),
        commit,
        clock,
        staff_token=staff_token(settings),
        organizations=organizations,
        living=settings.rulebook == FROM_DATABASE,
    )
    publishing = Publishing(
        records, drafts, in_force, commit, clock,
        organizations=organizations, both_parties=settings.approval_by_both_parties,
    )  # fmt: skip
    archive = kept_agreements(log)
    reviewing = Reviewing(drafts, in_force, KeptRulebooksForReview(kept_rulebooks(settings, log)), archive, clock)
    return RulebookDesk(
        drafts=drafts,
        publishing=publishing,
        publishing_clock=PublishingClock(publishing),
        stopping=StoppingAgreements(
            records,
            publishing,
            in_force,
            archive,
            commit,
            clock,
            staff_token=staff_token(settings),
            organizations=organizations,
        ),
        in_force=in_force,
        reviewing=reviewing,
        workshop=Workshop(drafts, reviewing, YamlTexts(), organizations),
        archive=archive,
        clock=clock,
    )
