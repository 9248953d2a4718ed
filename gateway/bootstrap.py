"""The only composition root: settings become parts, parts become a gateway. Nothing is made at import.

`application` opens everything a request needs and refuses to start, in plain words, where something does not fit.
`read_log` and `append_log` open the disclosure log alone, for the commands that work on it.
"""

import asyncio
import contextlib
import hmac
import shutil
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from datetime import UTC, date, datetime
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from fastapi import FastAPI

from audit import canonical
from gateway.adapters import agreements
from gateway.adapters.agreements import Rulebook
from gateway.adapters.commit import GroupCommit
from gateway.adapters.db.cases import CaseTable
from gateway.adapters.db.documents import KeptDocuments
from gateway.adapters.db.duties import DutyTable
from gateway.adapters.db.partner_keys import PartnerKeyTable
from gateway.adapters.kept_agreements import AGREEMENT, KeptAgreements
from gateway.adapters.keyring import Keyring
from gateway.adapters.log.adopting import Adopting
from gateway.adapters.log.assembly import OpenLog, open_commit, open_log
from gateway.adapters.log.standing import SignedCheckpoints
from gateway.adapters.log.vault import VaultKeys
from gateway.adapters.log.watch import keep_snapshot, keep_snapshots, tell
from gateway.adapters.pdp.cache import CachedEngine
from gateway.adapters.pdp.kept import KeptPolicies
from gateway.adapters.pdp.revision import read_sources
from gateway.adapters.pdp.server import OpaServerEngine
from gateway.adapters.pdp.wasm import WasmEngine
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
from gateway.api.telemetry import Telemetry
from gateway.deployment import read_log_key, read_secret, read_signing_key
from gateway.domain.errors import ConfigurationError, DependencyError, PolicyEngineError
from gateway.domain.officer import folded
from gateway.domain.pseudonym import PseudonymKey
from gateway.domain.redact import RedactionContext
from gateway.httpsig.message import normal_origin
from gateway.logs import Event, diagnostic_log
from gateway.service.disclose import Disclose
from gateway.service.entitlements import Entitlements
from gateway.service.ground.evidence_facts import EvidenceReader
from gateway.service.partner_keys import PartnerKeys
from gateway.service.ports import Clock
from gateway.service.receipts import Receipts
from gateway.service.redelivery import Redelivery
from gateway.service.referral.collecting import Collecting
from gateway.service.referral.opening import Opening
from gateway.service.referral.register import ReferralRegister
from gateway.service.replay import Replay
from gateway.settings import Settings
from gateway.staff.assembly import institutions, staff_desk
from gateway.staff.desk import StaffDesk
from gateway.staff.socket import serving
from gateway.staff.vocabulary import vocabulary

AUDITOR = "auditor"


class SystemClock:
    """The `Clock` port."""

    def now(self) -> datetime:
        return datetime.now(UTC)


def product_version() -> str:
    try:
        return version("information-sharing-gateway")
    except PackageNotFoundError:
        return "0"


def read_log(settings: Settings) -> OpenLog:
    """The disclosure log, open for reading. Raises ConfigurationError."""
    keys = VaultKeys(read_secret(settings.search_key), {1: read_secret(settings.key_encryption_key)})
    log = open_log(settings.database_url, keys, read_log_key(settings.log_key), settings.checkpoint_file)
    tell(log.proven)
    return log


def append_log(settings: Settings, log: OpenLog) -> GroupCommit:
    """The same log, open for appending in this process.

    Raises ConfigurationError, and LogUnavailableError where the log was rolled back or rewritten.
    """
    return open_commit(settings.database_url, log, max_queued=settings.queue_size)


def open_rulebook(settings: Settings) -> Rulebook:
    """Agreements, parties, authorities and catalogue. Raises AgreementFilesError with every gap."""
    extra = [settings.extra_agreements_dir] if settings.extra_agreements_dir is not None else []
    return agreements.load(settings.agreements_dir, extra)


def partner_keys(settings: Settings, log: OpenLog, commit: GroupCommit) -> PartnerKeys:
    """The use cases of the key registry."""
    return PartnerKeys(PartnerKeyTable(log.engine, log.proven), commit, SystemClock(), _staff_token(settings))


def adopting(settings: Settings, log: OpenLog) -> Adopting:
    """The use case that puts rows from before there were seals on record."""
    tables = (PartnerKeyTable(log.engine, log.proven), CaseTable(log.engine, log.vault, log.proven))
    return Adopting(log.engine, log.archive, log.proven, tables, log.vault.state_key, _staff_token(settings))


@contextlib.asynccontextmanager
async def own_desk(settings: Settings) -> AsyncIterator[StaffDesk]:
    """A desk of one command's own, where no gateway runs beside it on the same SQLite file.

    Raises ConfigurationError, LogUnavailableError."""
    rulebook = open_rulebook(settings)
    engine = _policy_engine(settings, rulebook)
    sources = open_sources(settings.sources_file, rulebook.catalogue, _derived(settings, b"cursor"))
    log = read_log(settings)
    try:
        commit = append_log(settings, log)
        if isinstance(engine, OpaServerEngine):
            await engine.start()
        try:
            yield staff_desk(
                rulebook,
                log,
                commit,
                engine=CachedEngine(engine),
                sources=sources,
                clock=SystemClock(),
                words=vocabulary(rulebook),
                staff_token=_staff_token(settings),
                sandbox=settings.sandbox,
            )
        finally:
            await commit.close()
            log.checkpoints.sign()
            closing = engine.close()
            if closing is not None:
                await closing
    finally:
        sources.close()
        log.engine.dispose()


def _staff_token(settings: Settings) -> Callable[[str], str]:
    secret = read_secret(settings.search_key)

    def staff_token(officer: str) -> str:
        spelt = folded(officer).encode("utf-8", "surrogatepass")
        return hmac.digest(secret, b"isa-gateway/staff/v1\x00" + spelt, "sha256").hex()[:32]

    return staff_token


def application(settings: Settings, clock: Clock | None = None) -> App:
    """The partner API, ready to be served by one worker. `clock` is the system's unless told.

    Raises ConfigurationError (with file and line where a file is at fault) or LogUnavailableError.
    """
    clock = clock or SystemClock()
    origin = _origin(settings)
    rulebook = open_rulebook(settings)
    engine = _policy_engine(settings, rulebook)
    sources = open_sources(settings.sources_file, rulebook.catalogue, _derived(settings, b"cursor"))
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
    cases = CaseTable(log.engine, log.vault, log.proven)
    referrals = ReferralRegister(cases)
    staff_token = _staff_token(settings)
    disclose = Disclose(
        catalogue=rulebook.catalogue,
        agreements=rulebook.register,
        engine=cached,
        sources=sources,
        log=commit,
        redelivery=Redelivery(log.archive),
        purposes=frozenset(rulebook.purposes),
        redaction=_redaction(settings),
        schemes=rulebook.schemes,
        evidence=EvidenceReader(cases, institutions(rulebook), rulebook.schemes, sandbox=settings.sandbox),
        opening=Opening(rulebook.grounds, staff_token, cases),
        referrals=referrals,
        alarm=source_alarm(telemetry),
        sandbox=settings.sandbox,
    )
    desk = staff_desk(
        rulebook,
        log,
        commit,
        engine=cached,
        sources=sources,
        clock=clock,
        words=vocabulary(rulebook),
        staff_token=staff_token,
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
        checks={"log": _log_answers(log), "checkpoints": log.checkpoints.signs, "policy": _policy_answers(engine)},
        telemetry=telemetry,
    )
    auditors = frozenset(unit.id for unit in rulebook.parties.units.values() if AUDITOR in unit.roles)
    log_api = LogApi(log.latest_checkpoint, log.tile, auditors.__contains__, commit)
    app = partner_app(
        partner,
        public,
        log_api,
        product_version(),
        _lifespan(log, commit, keyring, engine, sources, desk, pace, settings.staff_socket),
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


def _origin(settings: Settings) -> str:
    """As clients sign for it: a slash at the end or a default port would make every signature wrong."""
    try:
        return normal_origin(settings.origin)
    except ValueError:
        raise ConfigurationError("the setting ORIGIN is not of the form https://host[:port]") from None


def _policy_engine(settings: Settings, rulebook: Rulebook) -> WasmEngine | OpaServerEngine:
    sources = read_sources()
    if settings.policy_engine == "embedded":
        return WasmEngine(sources, rulebook.policy_data)
    return OpaServerEngine(settings.policy_engine, sources, rulebook.policy_data)


def kept_agreements(log: OpenLog) -> KeptAgreements:
    """Agreement versions by digest, as entries cite them."""
    return KeptAgreements(KeptDocuments(log.engine))


def kept_policies(settings: Settings, log: OpenLog) -> KeptPolicies:
    """Policies by revision, as entries cite them."""
    seal_key = _derived(settings, b"policy-build")
    return KeptPolicies(KeptDocuments(log.engine), read_sources(), seal_key, shutil.which("opa"))


def signed_log(settings: Settings, log: OpenLog) -> SignedCheckpoints:
    """Entries against the last signed checkpoint."""
    return SignedCheckpoints(log.reader, log.table, read_log_key(settings.log_key).verifier)


def replay(settings: Settings, log: OpenLog, commit: GroupCommit) -> Replay:
    """The use case that recomputes a decision."""
    return Replay(
        archive=log.archive,
        signed=signed_log(settings, log),
        agreements=kept_agreements(log),
        policies=kept_policies(settings, log),
        log=commit,
        clock=SystemClock(),
    )


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


def _derived(settings: Settings, purpose: bytes) -> bytes:
    return hmac.digest(read_secret(settings.search_key), b"isa-gateway/derived/v1\x00" + purpose, "sha256")


def _log_answers(log: OpenLog) -> Callable[[], Coroutine[Any, Any, bool]]:
    async def check() -> bool:
        try:
            await asyncio.to_thread(log.reader.head)
        except DependencyError:
            return False
        return True

    return check


def _policy_answers(engine: WasmEngine | OpaServerEngine) -> Callable[[], Coroutine[Any, Any, bool]]:
    async def check() -> bool:
        try:
            document = "{}"
            await engine.evaluate(document) if isinstance(engine, OpaServerEngine) else engine.evaluate(document)
        except PolicyEngineError:
            return False
        return True

    return check


def _lifespan(
    log: OpenLog,
    commit: GroupCommit,
    keyring: Keyring,
    engine: WasmEngine | OpaServerEngine,
    sources: SourceRegistry,
    desk: StaffDesk,
    pace: Pace,
    staff_socket: Path | None,
) -> Callable[[FastAPI], contextlib.AbstractAsyncContextManager[None]]:
    @contextlib.asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        if isinstance(engine, OpaServerEngine):
            await engine.start()
        tasks = [
            asyncio.create_task(log.checkpoints.run(_failed(Event.CHECKPOINT_REFUSED))),
            asyncio.create_task(keyring.run(_failed(Event.DEPENDENCY_FAILED))),
            asyncio.create_task(desk.referral_clock.run()),
            asyncio.create_task(keep_snapshots(log.proven)),
        ]
        diagnostic_log().info(Event.STARTED, policy_revision=engine.revision)
        try:
            async with serving(desk, staff_socket) if staff_socket else contextlib.nullcontext():
                yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            pace.close()
            await commit.close()
            keep_snapshot(log.proven)
            log.engine.dispose()
            closing = engine.close()
            if closing is not None:
                await closing
            sources.close()
            diagnostic_log().info(Event.STOPPED)

    return lifespan


def _failed(event: Event) -> Callable[[DependencyError], None]:
    return lambda error: diagnostic_log().error(event, code=error.code, exception=type(error).__name__)
