"""Puts the staff's desk together from the parts of a gateway, for the composition root.

Does not: read settings, open a database, or start anything.
"""

from collections.abc import Callable

from audit.note_key import VerifierKey
from gateway.adapters.db.documents import KeptDocuments
from gateway.adapters.db.state_records import StateTable
from gateway.adapters.letters.drafting import Letters
from gateway.adapters.log.assembly import OpenLog
from gateway.adapters.log.group_commit import GroupCommit
from gateway.adapters.log.signed_history import CheckpointHistory
from gateway.adapters.log.sizes import SizesOf
from gateway.adapters.rulebook.kept import KeptAgreements
from gateway.adapters.rulebook.load import Rulebook
from gateway.adapters.sources.addresses import SourceAddresses
from gateway.adapters.sources.banners import SourceBanners
from gateway.bootstrap.jobs import Jobs
from gateway.bootstrap.work_desk import work_desk
from gateway.domain.errors import DependencyError
from gateway.observability.logs import Event, diagnostic_log
from gateway.service.ground.consents import Consents, Known
from gateway.service.log.checking import LogChecks
from gateway.service.log.completeness import WholeTables
from gateway.service.log.exporting import LogExporting
from gateway.service.log.standing import SignedLog
from gateway.service.oversight.acts import StaffActs
from gateway.service.oversight.check_results import CheckResults
from gateway.service.oversight.rulebook_history import RulebookHistory
from gateway.service.oversight.signed_by import SignedBy
from gateway.service.partner.partner_keys import PartnerKeys
from gateway.service.person.concerned import Concerned
from gateway.service.person.erasure import Erasure
from gateway.service.person.holds import Holds
from gateway.service.person.lookup import Lookup
from gateway.service.ports import Clock, PolicyEngine, Sources
from gateway.service.referral.clock import ReferralClock
from gateway.service.referral.deciding import Deciding
from gateway.service.referral.delegations import Delegations
from gateway.service.referral.listing import ReferralListing
from gateway.service.referral.register import ReferralRegister
from gateway.service.referral.release import Releasing
from gateway.service.simulation.record import SimulationRecord
from gateway.service.words.explain import Vocabulary
from gateway.staff.desk import StaffDesk
from gateway.staff.log_calls import Adoption, Replaying
from gateway.staff.looking_back_desk import LookingBackDesk
from gateway.staff.oversight_desk import OversightDesk
from gateway.staff.projection_desk import ProjectionDesk
from gateway.staff.reading_calls import ReadingDesk
from gateway.staff.rulebook_desk import RulebookDesk


def institutions(rulebook: Rulebook) -> dict[str, str]:
    """The organization of every unit."""
    return {str(name): str(unit.organization) for name, unit in rulebook.parties.units.items()}


def _clock_failed(error: Exception) -> None:
    known = isinstance(error, DependencyError)
    diagnostic_log().error(
        Event.DEPENDENCY_FAILED if known else Event.UNEXPECTED_FAILURE,
        code=getattr(error, "code", "internal-error"),
        exception=type(error).__name__,
        part="referral-clock",
    )


def staff_desk(
    rulebook: Rulebook,
    log: OpenLog,
    commit: GroupCommit,
    *,
    engine: PolicyEngine,
    sources: Sources,
    clock: Clock,
    words: Vocabulary,
    staff_token: Callable[[str], str],
    tables: WholeTables,
    keys: PartnerKeys,
    replay: Replaying,
    adoption: Adoption,
    rulebook_desk: RulebookDesk,
    projection: ProjectionDesk,
    jobs: Jobs,
    log_key: VerifierKey,
    looking_back: LookingBackDesk,
    signed: SignedLog,
    sandbox: bool,
) -> StaffDesk:
    """The use cases of the staff, over the parts of a running gateway or of one command."""
    cases, organizations = StateTable(log.engine, log.vault, log.proven), institutions(rulebook)
    referrals = ReferralRegister(cases)
    weighed = frozenset(name for name, row in rulebook.authorities.items() if "grounds" in row)
    addresses, banners = SourceAddresses(rulebook.catalogue, sources), SourceBanners(rulebook.catalogue, sources)
    delegations = Delegations(
        cases, commit, clock, organizations=organizations, provisions=weighed, staff_token=staff_token
    )
    known = Known(
        elements={name: frozenset(found.elements) for name, found in rulebook.catalogue.record_types.items()},
        custodians={name: organizations[found.custodian] for name, found in rulebook.catalogue.record_types.items()},
        organizations=organizations,
        purposes=frozenset(rulebook.purposes),
    )
    return StaffDesk(
        consents=Consents(cases, commit, clock, known),
        holds=Holds(cases, commit, clock, organizations),
        lookup=Lookup(log.archive, commit, clock),
        concerned=Concerned(projection.reading, log.archive, commit, clock),
        erasure=Erasure(commit, clock, tables),
        delegations=delegations,
        deciding=Deciding(
            referrals=referrals,
            archive=log.archive,
            delegations=delegations,
            releasing=Releasing(engine, rulebook.register, Letters(words), addresses, banners, rulebook.grounds),
            rules=rulebook.grounds,
            organizations=organizations,
            log=commit,
            clock=clock,
            staff_token=staff_token,
        ),
        referrals=referrals,
        simulations=SimulationRecord(commit, clock),
        trials=jobs.trials,
        work=work_desk(rulebook, log, commit, clock=clock, words=words, completeness=tables),
        keys=keys,
        replay=replay,
        adoption=adoption,
        rulebook=rulebook_desk,
        projection=projection,
        oversight=_oversight(log, commit, clock, jobs.checks, log_key, rulebook_desk, projection),
        looking_back=looking_back,
        organizations=organizations,
        reading=ReadingDesk(
            archive=log.archive,
            signed=signed,
            sizes=SizesOf(log.reader, log.table),
            agreements=KeptAgreements(KeptDocuments(log.engine)),
            words=words,
            parties=rulebook.parties,
        ),
        listing=ReferralListing(cases),
        referral_clock=ReferralClock(cases, commit, clock, _clock_failed),
        catalogue=rulebook.catalogue,
        clock=clock,
        schemes=rulebook.schemes,
        sandbox=sandbox,
    )


def _oversight(
    log: OpenLog,
    commit: GroupCommit,
    clock: Clock,
    checks: LogChecks,
    log_key: VerifierKey,
    rulebook: RulebookDesk,
    projection: ProjectionDesk,
) -> OversightDesk:
    history = CheckpointHistory(log.engine, log.reader, log_key, log.vault.state_key)
    return OversightDesk(
        history=history,
        checks=checks,
        results=CheckResults(projection.reading, log.archive),
        exporting=LogExporting(history, commit, clock),
        acts=StaffActs(projection.reading, log.archive, commit, clock),
        signed_by=SignedBy(projection.reading, log.archive, commit, clock),
        rulebooks=RulebookHistory(rulebook.in_force, log.archive),
    )
