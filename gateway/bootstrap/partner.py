"""The partner API of a running gateway. It refuses to start, in plain words, where something does not fit."""

import contextlib
import time
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version

from audit import canonical
from gateway.adapters.db.documents import AGREEMENT, KeptDocuments
from gateway.adapters.db.duties import DutyTable
from gateway.adapters.db.partner_keys import PartnerKeyTable
from gateway.adapters.db.state_records import StateTable
from gateway.adapters.keyring import Keyring
from gateway.adapters.log.assembly import OpenLog
from gateway.adapters.log.group_commit import GroupCommit
from gateway.adapters.log.watch import check_sample, tell
from gateway.adapters.pdp.cache import CachedEngine
from gateway.adapters.rulebook.load import Rulebook
from gateway.adapters.sources.registry import SourceRegistry, open_sources
from gateway.api.alarms import source_alarm
from gateway.api.app import partner_app
from gateway.api.exchange import SignedExchange
from gateway.api.log_tiles import LogApi
from gateway.api.pace import Pace
from gateway.api.partner import PartnerApi
from gateway.api.public import PublicApi
from gateway.api.rate_limit import RateLimit
from gateway.api.routed import App
from gateway.bootstrap.log import SystemClock, append_log, derived, partner_keys, read_log, staff_token
from gateway.bootstrap.officers import staff_door
from gateway.bootstrap.policy import kept_policies, policy_engine
from gateway.bootstrap.reconciling import before_account, reconcile
from gateway.bootstrap.rulebook import open_rulebook
from gateway.bootstrap.running import lifespan, log_answers, policy_answers
from gateway.bootstrap.staff_desk import institutions, staff_desk
from gateway.bootstrap.vocabulary import vocabulary
from gateway.bootstrap.when_asked import AdoptionWhenAsked, ReplayWhenAsked
from gateway.deployment.folder import read_log_key, read_secret, read_signing_key
from gateway.deployment.settings import Settings
from gateway.domain.errors import ConfigurationError, LogUnavailableError
from gateway.domain.pseudonym import PseudonymKey
from gateway.domain.redact import RedactionContext
from gateway.httpsig.message import normal_origin
from gateway.observability.metrics import Telemetry
from gateway.service.disclosure.collecting import Collecting
from gateway.service.disclosure.disclose import Disclose
from gateway.service.disclosure.redelivery import Redelivery
from gateway.service.ground.evidence_facts import EvidenceReader
from gateway.service.log.receipts import Receipts
from gateway.service.log.rulebook_in_force import RulebookInForce, RulebookVersion
from gateway.service.partner.entitlements import Entitlements
from gateway.service.ports import Clock, PolicyEngine
from gateway.service.referral.opening import Opening
from gateway.service.referral.register import ReferralRegister

AUDITOR = "auditor"


def product_version() -> str:
    try:
        return version("information-sharing-gateway")
    except PackageNotFoundError:
        return "0"


def application(settings: Settings, clock: Clock | None = None) -> App:
    """The partner API, ready to be served by one worker. `clock` is the system's unless told.

    Raises ConfigurationError (with file and line where a file is at fault) or LogUnavailableError.
    """
    clock = clock or SystemClock()
    origin = _origin(settings)
    rulebook = open_rulebook(settings)
    engine = policy_engine(settings, rulebook)
    sources = open_sources(settings.sources_file, rulebook.catalogue, derived(settings, b"cursor"))
    log = read_log(settings)
    commit = append_log(settings, log)
    _keep_documents(settings, log, rulebook)
    telemetry = Telemetry()
    tell(log.proven, telemetry.unproven)
    log.proven.catch_up()
    log.proven.keep()
    keyring = Keyring(PartnerKeyTable(log.engine, log.proven))
    keyring.refresh()
    signer = read_signing_key(settings.response_key)
    pace = Pace(settings.refusal_step_ms / 1000)
    cached = CachedEngine(engine)
    cases = StateTable(log.engine, log.vault, log.proven)
    referrals = ReferralRegister(cases)
    disclose = _disclose(settings, rulebook, log, commit, engine=cached, sources=sources, telemetry=telemetry)
    desk = staff_desk(
        rulebook,
        log,
        commit,
        engine=cached,
        sources=sources,
        clock=clock,
        words=vocabulary(rulebook),
        staff_token=staff_token(settings),
        tables=before_account(log, settings),
        keys=partner_keys(settings, log, commit, _refreshing(keyring)),
        replay=ReplayWhenAsked(settings, log, commit),
        adoption=AdoptionWhenAsked(settings, log, commit),
        sandbox=settings.sandbox,
    )
    partner = PartnerApi(
        disclose=disclose,
        collecting=Collecting(referrals, log.archive, DutyTable(log.engine, log.proven), disclose, clock),
        entitlements=Entitlements(rulebook.register, rulebook.catalogue),
        receipts=Receipts(log.archive, log.proofs),
        nonces=commit,
        titles=lambda code: rulebook.reasons[code].title if code in rulebook.reasons else {"en": code, "fr": code},
        now=clock.now,
        telemetry=telemetry,
        pace=pace,
    )
    public = PublicApi(
        origin=origin,
        jwks={"keys": [signer.public.to_jwk()]},
        log_vkey=str(read_log_key(settings.log_key).verifier),
        checks={"log": log_answers(log), "checkpoints": log.checkpoints.signs, "policy": policy_answers(engine)},
        telemetry=telemetry,
    )
    auditors = frozenset(unit.id for unit in rulebook.parties.units.values() if AUDITOR in unit.roles)
    log_api = LogApi(log.latest_checkpoint, log.tile, auditors.__contains__, commit)
    app = partner_app(
        partner,
        public,
        log_api,
        product_version(),
        lifespan(
            *(log, commit, keyring, engine, sources, desk, pace, staff_door(settings, rulebook.parties)),
            begin=lambda: RulebookInForce(cases, commit, clock).put_on_record(_version(rulebook, engine.revision)),
            check=lambda: check_sample(reconcile(log, settings), telemetry.not_whole),
        ),
    )
    return SignedExchange(
        app,
        origin=origin,
        keys=keyring,
        signer=signer,
        clock=lambda: clock.now().timestamp(),
        rate_limit=RateLimit(settings.requests_per_minute, time.monotonic),
        telemetry=telemetry,
    )


def _disclose(
    settings: Settings,
    rulebook: Rulebook,
    log: OpenLog,
    commit: GroupCommit,
    *,
    engine: PolicyEngine,
    sources: SourceRegistry,
    telemetry: Telemetry,
) -> Disclose:
    """The main use case over the parts of this process."""
    cases = StateTable(log.engine, log.vault, log.proven)
    return Disclose(
        catalogue=rulebook.catalogue,
        agreements=rulebook.register,
        engine=engine,
        sources=sources,
        log=commit,
        redelivery=Redelivery(log.archive),
        purposes=frozenset(rulebook.purposes),
        units=frozenset(rulebook.parties.units),
        redaction=_redaction(settings),
        schemes=rulebook.schemes,
        evidence=EvidenceReader(cases, institutions(rulebook), rulebook.schemes, sandbox=settings.sandbox),
        opening=Opening(rulebook.grounds, staff_token(settings), cases),
        referrals=ReferralRegister(cases),
        alarm=source_alarm(telemetry),
        sandbox=settings.sandbox,
    )


def _refreshing(keyring: Keyring) -> Callable[[], None]:
    """A key that staff change here counts, or stops counting, here at once; every other process follows by itself."""

    def refresh() -> None:
        with contextlib.suppress(LogUnavailableError):
            keyring.refresh()

    return refresh


def _origin(settings: Settings) -> str:
    """As clients sign for it: a slash at the end or a default port would make every signature wrong."""
    try:
        return normal_origin(settings.origin)
    except ValueError:
        raise ConfigurationError("the setting ORIGIN is not of the form https://host[:port]") from None


def _version(rulebook: Rulebook, policy_revision: str) -> RulebookVersion:
    return RulebookVersion(policy_revision, {version.id: version.digest for version in rulebook.agreements})


def _keep_documents(settings: Settings, log: OpenLog, rulebook: Rulebook) -> None:
    """Invariant 8: what decisions rest on is kept as long as the log is."""
    documents = KeptDocuments(log.engine)
    for agreement in rulebook.agreements:
        documents.keep(AGREEMENT, canonical.encode(dict(agreement.document)))
    kept_policies(settings, log).keep(rulebook.policy_data)


def _redaction(settings: Settings) -> Callable[[str, str, date], RedactionContext]:
    # Takes a second to import, which the commands that only open the log should not pay.
    from gateway.adapters.scrub.scrubber import PresidioScrubber

    secret = read_secret(settings.pseudonym_key)
    scrubber = PresidioScrubber()

    @lru_cache(maxsize=1024)
    def pseudonyms(recipient: str, agreement: str) -> PseudonymKey:
        return PseudonymKey.derive(secret, recipient, agreement)

    return lambda recipient, agreement, on: RedactionContext(on, pseudonyms(recipient, agreement), scrubber)
