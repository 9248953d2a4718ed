"""The only composition root: settings become parts, parts become a gateway. Nothing is made at import.

`application` opens everything a request needs and refuses to start, in plain words, where something does not fit.
`open_log` opens the disclosure log alone, for the commands that work on it.
"""

import asyncio
import contextlib
import hmac
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, cast

from fastapi import FastAPI
from sqlalchemy import Engine, make_url

from audit import canonical
from audit.errors import TileError, TileMissingError, TreeError
from audit.note_key import SignerKey
from gateway.adapters import agreements
from gateway.adapters.agreements import Rulebook
from gateway.adapters.commit import GroupCommit
from gateway.adapters.db import schema
from gateway.adapters.db.documents import KeptDocuments
from gateway.adapters.db.engine import open_engine
from gateway.adapters.db.partner_keys import PartnerKeyTable
from gateway.adapters.keyring import Keyring
from gateway.adapters.log.archive import EntryArchive, InclusionProofs
from gateway.adapters.log.checkpoints import CheckpointFile, CheckpointTable
from gateway.adapters.log.postgres_store import PostgresStore
from gateway.adapters.log.reader import LogReader
from gateway.adapters.log.rows import BatchStore
from gateway.adapters.log.sqlite_store import SqliteStore
from gateway.adapters.log.vault import Vault, VaultKeys
from gateway.adapters.pdp.cache import CachedEngine
from gateway.adapters.pdp.revision import read_sources
from gateway.adapters.pdp.server import OpaServerEngine
from gateway.adapters.pdp.wasm import WasmEngine
from gateway.adapters.scrub.scrubber import PresidioScrubber
from gateway.adapters.sources.registry import SourceRegistry, open_sources
from gateway.api.app import partner_app
from gateway.api.exchange import App, SignedExchange
from gateway.api.log_tiles import LogApi
from gateway.api.partner import PartnerApi
from gateway.api.public import PublicApi
from gateway.api.rate_limit import RateLimit
from gateway.api.telemetry import Telemetry
from gateway.deployment import read_log_key, read_secret, read_signing_key
from gateway.domain.errors import DependencyError, PolicyEngineError
from gateway.domain.pseudonym import PseudonymKey
from gateway.domain.redact import RedactionContext
from gateway.logs import Event, diagnostic_log
from gateway.service.checkpointing import CheckpointMemory, Checkpointing
from gateway.service.disclose import Disclose
from gateway.service.entitlements import Entitlements
from gateway.service.partner_keys import PartnerKeys
from gateway.service.ports import PolicyEngine
from gateway.service.receipts import Receipts
from gateway.service.redelivery import Redelivery
from gateway.settings import Settings

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


@dataclass(frozen=True, slots=True)
class Log:
    """The disclosure log, open for appending in this process."""

    engine: Engine
    vault: Vault
    commit: GroupCommit
    reader: LogReader
    archive: EntryArchive
    checkpointing: Checkpointing
    key: SignerKey

    async def close(self) -> None:
        await self.commit.close()
        self.engine.dispose()


def open_log(settings: Settings) -> Log:
    """Open database and keys, and check that the log is the one last signed.

    Raises ConfigurationError, and LogUnavailableError where the log was rolled back or rewritten.
    """
    url = make_url(settings.database_url)
    sqlite = url.get_backend_name() == "sqlite"
    key = read_log_key(settings.log_key)
    vault = Vault(VaultKeys(read_secret(settings.search_key), {1: read_secret(settings.key_encryption_key)}))
    engine = open_engine(settings.database_url)
    schema.prepare(engine)
    # The SQLite store takes the lock that makes this process the only writer.
    store: BatchStore = SqliteStore(Path(str(url.database))) if sqlite else PostgresStore(settings.database_url)
    commit = GroupCommit(store, vault, threaded=not sqlite, max_queued=settings.queue_size)
    reader = LogReader(engine)
    memories: list[CheckpointMemory] = [CheckpointTable(engine)]
    if settings.checkpoint_file is not None:
        memories.append(CheckpointFile(settings.checkpoint_file))
    checkpointing = Checkpointing(reader, key, memories, on_signed=commit.require_size)
    checkpointing.sign()
    archive = EntryArchive(engine, vault)
    return Log(engine, vault, commit, reader, archive, checkpointing, key)


def open_rulebook(settings: Settings) -> Rulebook:
    """Agreements, parties, authorities and catalogue. Raises AgreementFilesError with every gap."""
    extra = [settings.extra_agreements_dir] if settings.extra_agreements_dir is not None else []
    return agreements.load(settings.agreements_dir, extra)


def partner_keys(settings: Settings, log: Log, on_change: Callable[[], None] = lambda: None) -> PartnerKeys:
    """The use cases of the key registry."""
    secret = read_secret(settings.search_key)

    def staff_token(officer: str) -> str:
        return hmac.digest(secret, b"isa-gateway/staff/v1\x00" + officer.encode(), "sha256").hex()[:32]

    return PartnerKeys(PartnerKeyTable(log.engine), log.commit, SystemClock(), staff_token, on_change)


def application(settings: Settings) -> App:
    """The partner API, ready to be served by one worker.

    Raises ConfigurationError (with file and line where a file is at fault) or LogUnavailableError.
    """
    rulebook = open_rulebook(settings)
    engine = _policy_engine(settings, rulebook)
    sources = open_sources(settings.sources_file, rulebook.catalogue, _derived(settings, b"cursor"))
    log = open_log(settings)
    _keep_documents(log, rulebook, engine)
    keyring = Keyring(PartnerKeyTable(log.engine))
    keyring.refresh()
    signer = read_signing_key(settings.response_key)
    telemetry = Telemetry()
    disclose = Disclose(
        catalogue=rulebook.catalogue,
        agreements=rulebook.register,
        engine=CachedEngine(engine),
        sources=sources,
        log=log.commit,
        redelivery=Redelivery(log.archive),
        purposes=frozenset(rulebook.purposes),
        redaction=_redaction(settings),
        sandbox=settings.sandbox,
    )
    partner = PartnerApi(
        disclose=disclose,
        entitlements=Entitlements(rulebook.register, rulebook.catalogue),
        receipts=Receipts(log.archive, InclusionProofs(log.reader, log.checkpointing, log.key.verifier)),
        nonces=log.commit,
        titles=lambda code: rulebook.reasons[code].title if code in rulebook.reasons else {"en": code, "fr": code},
        now=SystemClock().now,
        telemetry=telemetry,
    )
    public = PublicApi(
        jwks={"keys": [signer.public.to_jwk()]},
        log_vkey=str(log.key.verifier),
        checks={"log": _log_answers(log), "policy": _policy_answers(engine)},
        telemetry=telemetry,
    )
    auditors = frozenset(unit.id for unit in rulebook.parties.units.values() if AUDITOR in unit.roles)
    log_api = LogApi(_checkpoint(log), _tile(log), auditors.__contains__, log.commit)
    app = partner_app(partner, public, log_api, product_version(), _lifespan(log, keyring, engine, sources))
    return SignedExchange(
        cast(App, app),
        origin=settings.origin,
        keys=keyring,
        signer=signer,
        clock=time.time,
        rate_limit=RateLimit(settings.requests_per_minute, time.monotonic),
        telemetry=telemetry,
    )


def _policy_engine(settings: Settings, rulebook: Rulebook) -> WasmEngine | OpaServerEngine:
    sources = read_sources()
    if settings.policy_engine == "embedded":
        return WasmEngine(sources, rulebook.policy_data)
    return OpaServerEngine(settings.policy_engine, sources, rulebook.policy_data)


def _keep_documents(log: Log, rulebook: Rulebook, engine: PolicyEngine) -> None:
    """Invariant 8: what decisions rest on is kept as long as the log is."""
    documents = KeptDocuments(log.engine)
    for agreement in rulebook.agreements:
        documents.keep("agreement", canonical.encode(dict(agreement.document)))
    sources = read_sources()
    revision = {"sources": dict(sources.modules), "data": dict(rulebook.policy_data), "revision": engine.revision}
    documents.keep("policy", canonical.encode(revision))


def _redaction(settings: Settings) -> Callable[[str, str, date], RedactionContext]:
    secret = read_secret(settings.pseudonym_key)
    scrubber = PresidioScrubber()

    @lru_cache(maxsize=1024)
    def pseudonyms(recipient: str, agreement: str) -> PseudonymKey:
        return PseudonymKey.derive(secret, recipient, agreement)

    return lambda recipient, agreement, on: RedactionContext(on, pseudonyms(recipient, agreement), scrubber)


def _derived(settings: Settings, purpose: bytes) -> bytes:
    return hmac.digest(read_secret(settings.search_key), b"isa-gateway/derived/v1\x00" + purpose, "sha256")


def _log_answers(log: Log) -> Callable[[], Coroutine[Any, Any, bool]]:
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


def _checkpoint(log: Log) -> Callable[[], Coroutine[Any, Any, str | None]]:
    async def latest() -> str | None:
        return log.checkpointing.latest or None

    return latest


def _tile(log: Log) -> Callable[[str], Coroutine[Any, Any, bytes | None]]:
    async def read(path: str) -> bytes | None:
        try:
            return await asyncio.to_thread(log.reader.read, path)
        except (TileError, TileMissingError, TreeError):
            return None

    return read


def _lifespan(
    log: Log, keyring: Keyring, engine: WasmEngine | OpaServerEngine, sources: SourceRegistry
) -> Callable[[FastAPI], contextlib.AbstractAsyncContextManager[None]]:
    @contextlib.asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        if isinstance(engine, OpaServerEngine):
            await engine.start()
        tasks = [
            asyncio.create_task(log.checkpointing.run(_failed(Event.CHECKPOINT_REFUSED))),
            asyncio.create_task(keyring.run(_failed(Event.DEPENDENCY_FAILED))),
        ]
        diagnostic_log().info(Event.STARTED, policy_revision=engine.revision)
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await log.close()
            closing = engine.close()
            if closing is not None:
                await closing
            sources.close()
            diagnostic_log().info(Event.STOPPED)

    return lifespan


def _failed(event: Event) -> Callable[[DependencyError], None]:
    return lambda error: diagnostic_log().error(event, code=error.code, exception=type(error).__name__)
