"""The staff's desk for one command, where no gateway runs beside it on the same SQLite file."""

import contextlib
from collections.abc import AsyncIterator

from gateway.adapters.pdp.cache import CachedEngine
from gateway.adapters.pdp.server import OpaServerEngine
from gateway.adapters.sources.registry import open_sources
from gateway.bootstrap.log import SystemClock, append_log, before_account, derived, read_log, staff_token
from gateway.bootstrap.policy import policy_engine
from gateway.bootstrap.rulebook import open_rulebook
from gateway.settings import Settings
from gateway.staff.assembly import staff_desk
from gateway.staff.desk import StaffDesk
from gateway.staff.vocabulary import vocabulary


@contextlib.asynccontextmanager
async def own_desk(settings: Settings) -> AsyncIterator[StaffDesk]:
    """A desk of one command's own.

    Raises ConfigurationError, LogUnavailableError."""
    rulebook = open_rulebook(settings)
    engine = policy_engine(settings, rulebook)
    sources = open_sources(settings.sources_file, rulebook.catalogue, derived(settings, b"cursor"))
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
                staff_token=staff_token(settings),
                completeness=before_account(log, settings),
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
