"""What a running gateway makes of a rulebook: policy, sources, the use cases of the partner API and the staff's desk.

Invariant 8: what decisions rest on is kept as long as the log is, before anything is decided by it. Does not: choose
the rulebook, or start anything.
"""

import contextlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import lru_cache

from gateway.adapters.db.duties import DutyTable
from gateway.adapters.db.state_records import StateTable
from gateway.adapters.keyring import Keyring
from gateway.adapters.log.assembly import OpenLog
from gateway.adapters.log.group_commit import GroupCommit
from gateway.adapters.pdp.cache import CachedEngine
from gateway.adapters.rulebook.load import Rulebook
from gateway.adapters.sources.registry import SourceRegistry, open_sources
from gateway.api.alarms import source_alarm
from gateway.api.rendering import Titles
from gateway.api.rules import PartnerRules
from gateway.bootstrap.following import Taken
from gateway.bootstrap.jobs import Jobs
from gateway.bootstrap.log import derived, partner_keys, signed_log, staff_token
from gateway.bootstrap.looking_back import looking_back_desk
from gateway.bootstrap.policy import RunningEngine, kept_policies, policy_engine
from gateway.bootstrap.projection import OpenProjection
from gateway.bootstrap.reconciling import before_account
from gateway.bootstrap.rulebook import kept_rulebooks
from gateway.bootstrap.rulebook_desk import rulebook_desk
from gateway.bootstrap.staff_desk import institutions, staff_desk
from gateway.bootstrap.vocabulary import vocabulary
from gateway.bootstrap.when_asked import AdoptionWhenAsked, ReplayWhenAsked
from gateway.deployment.folder import read_log_key, read_secret
from gateway.deployment.settings import Settings
from gateway.domain.errors import LogUnavailableError
from gateway.domain.pseudonym import PseudonymKey
from gateway.domain.redact import RedactionContext
from gateway.domain.rulebook import RulebookState
from gateway.observability.logs import Event, diagnostic_log
from gateway.observability.metrics import Telemetry
from gateway.service.disclosure.collecting import Collecting
from gateway.service.disclosure.disclose import Disclose
from gateway.service.disclosure.redelivery import Redelivery
from gateway.service.ground.evidence_facts import EvidenceReader
from gateway.service.partner.entitlements import Entitlements
from gateway.service.ports import Clock
from gateway.service.referral.opening import Opening
from gateway.service.referral.register import ReferralRegister
from gateway.service.rulebook.in_force import precondition


class Making:
    """Over the parts of this process that no rulebook changes."""

    def __init__(
        self,
        settings: Settings,
        log: OpenLog,
        commit: GroupCommit,
        keyring: Keyring,
        *,
        clock: Clock,
        telemetry: Telemetry,
        projection: OpenProjection,
        jobs: Jobs,
    ) -> None:
        self._settings = settings
        self._log = log
        self._commit = commit
        self._keyring = keyring
        self._clock = clock
        self._telemetry = telemetry
        self._projection = projection
        self._jobs = jobs
        self._kept = kept_rulebooks(settings, log)
        self._redaction = _redaction(settings)
        self._tables = before_account(log, settings)

    def state_of_files(self, rulebook: Rulebook) -> RulebookState:
        """What the folders on disk say, kept; its policy revision is not known yet."""
        return RulebookState("", digests_of(rulebook), self._kept.keep(self._kept.on_disk()))

    def warn_of_files(self, state: RulebookState) -> None:
        """Tell where the folders on disk hold something else than the rulebook that decides."""
        ignored = self._kept.differing(state)
        if ignored:
            diagnostic_log().warning(Event.RULEBOOK_FILES_IGNORED, size=len(ignored))

    def first(self, rulebook: Rulebook, state: RulebookState) -> Taken:
        """Raises ConfigurationError, LogUnavailableError."""
        engine = policy_engine(self._settings, rulebook)
        return self._taken(state, rulebook, engine, CachedEngine(engine), self._sources(rulebook))

    def next(self, before: Taken, state: RulebookState) -> Taken:
        """Raises ConfigurationError, LogUnavailableError; then what was opened is closed again."""
        if state.same_rules(before.state):
            return self._taken(state, before.rulebook, before.engine, before.cached, before.sources)
        rulebook = self._kept.load(state)
        engine, cached, sources = before.engine, before.cached, before.sources
        if rulebook.policy_data != before.rulebook.policy_data:
            engine = policy_engine(self._settings, rulebook)
            cached = CachedEngine(engine)
        if rulebook.catalogue != before.rulebook.catalogue:
            sources = self._sources(rulebook)
        try:
            return self._taken(state, rulebook, engine, cached, sources)
        except BaseException:
            if sources is not before.sources:
                sources.close()
            raise

    def _sources(self, rulebook: Rulebook) -> SourceRegistry:
        return open_sources(self._settings.sources_file, rulebook.catalogue, derived(self._settings, b"cursor"))

    def _taken(
        self,
        state: RulebookState,
        rulebook: Rulebook,
        engine: RunningEngine,
        cached: CachedEngine,
        sources: SourceRegistry,
    ) -> Taken:
        self._kept.keep_agreements(rulebook)
        kept_policies(self._settings, self._log).keep(rulebook.policy_data)
        return Taken(
            state=replace(state, agreements=digests_of(rulebook)),
            rulebook=rulebook,
            engine=engine,
            cached=cached,
            sources=sources,
            rules=self._rules(state, rulebook, cached, sources),
            desk=staff_desk(
                rulebook,
                self._log,
                self._commit,
                engine=cached,
                sources=sources,
                clock=self._clock,
                words=vocabulary(rulebook),
                staff_token=staff_token(self._settings),
                tables=self._tables,
                signed=signed_log(self._settings, self._log),
                keys=partner_keys(self._settings, self._log, self._commit, _refreshing(self._keyring)),
                replay=ReplayWhenAsked(self._settings, self._log, self._commit),
                adoption=AdoptionWhenAsked(self._settings, self._log, self._commit),
                rulebook_desk=rulebook_desk(
                    self._settings, self._log, self._commit, self._clock, institutions(rulebook)
                ),
                projection=self._projection.desk(rulebook, self._commit, self._clock),
                jobs=self._jobs,
                log_key=read_log_key(self._settings.log_key).verifier,
                looking_back=looking_back_desk(
                    self._settings, rulebook, self._log, self._commit, self._clock, self._projection
                ),
                sandbox=self._settings.sandbox,
            ),
        )

    def _rules(
        self, state: RulebookState, rulebook: Rulebook, engine: CachedEngine, sources: SourceRegistry
    ) -> PartnerRules:
        settings, log = self._settings, self._log
        cases = StateTable(log.engine, log.vault, log.proven)
        disclose = Disclose(
            catalogue=rulebook.catalogue,
            agreements=rulebook.register,
            engine=engine,
            sources=sources,
            log=self._commit,
            redelivery=Redelivery(log.archive),
            purposes=frozenset(rulebook.purposes),
            units=frozenset(rulebook.parties.units),
            redaction=self._redaction,
            schemes=rulebook.schemes,
            evidence=EvidenceReader(cases, institutions(rulebook), rulebook.schemes, sandbox=settings.sandbox),
            opening=Opening(rulebook.grounds, staff_token(settings), cases),
            referrals=ReferralRegister(cases),
            alarm=source_alarm(self._telemetry),
            sandbox=settings.sandbox,
            rulebook=precondition(state),
        )
        duties = DutyTable(log.engine, log.proven)
        return PartnerRules(
            disclose,
            Collecting(ReferralRegister(cases), log.archive, duties, disclose, self._clock),
            Entitlements(rulebook.register, rulebook.catalogue, state.stopped),
            _titles(rulebook),
        )


def digests_of(rulebook: Rulebook) -> dict[str, str]:
    """The digest of each agreement version, as entries cite it, by the agreement's id."""
    return {version.id: version.digest for version in rulebook.agreements}


def _refreshing(keyring: Keyring) -> Callable[[], None]:
    """A key that staff change here counts, or stops counting, here at once; every other process follows by itself."""

    def refresh() -> None:
        with contextlib.suppress(LogUnavailableError):
            keyring.refresh()

    return refresh


def _titles(rulebook: Rulebook) -> Titles:
    return lambda code: rulebook.reasons[code].title if code in rulebook.reasons else {"en": code, "fr": code}


def _redaction(settings: Settings) -> Callable[[str, str, date], RedactionContext]:
    # Takes a second to import, which the commands that only open the log should not pay.
    from gateway.adapters.scrub.scrubber import PresidioScrubber

    secret = read_secret(settings.pseudonym_key)
    scrubber = PresidioScrubber()

    @lru_cache(maxsize=1024)
    def pseudonyms(recipient: str, agreement: str) -> PseudonymKey:
        return PseudonymKey.derive(secret, recipient, agreement)

    return lambda recipient, agreement, on: RedactionContext(on, pseudonyms(recipient, agreement), scrubber)
