"""The staff's desk for one command, where no gateway runs beside it on the same SQLite file."""

import contextlib
from collections.abc import AsyncIterator

from gateway.bootstrap.log import SystemClock, append_log, read_log, staff_token
from gateway.bootstrap.reconciling import before_account
from gateway.bootstrap.rulebook import open_rulebook
from gateway.bootstrap.staff_desk import staff_desk
from gateway.bootstrap.vocabulary import vocabulary
from gateway.bootstrap.when_asked import EngineWhenAsked, SourcesWhenAsked
from gateway.deployment.settings import Settings
from gateway.staff.desk import StaffDesk


@contextlib.asynccontextmanager
async def own_desk(settings: Settings) -> AsyncIterator[StaffDesk]:
    """A desk of one command's own.

    Raises ConfigurationError, LogUnavailableError."""
    log = read_log(settings)
    sources: SourcesWhenAsked | None = None
    try:
        rulebook, _state = open_rulebook(settings, log)
        engine, sources = EngineWhenAsked(settings, rulebook), SourcesWhenAsked(settings, rulebook)
        commit = append_log(settings, log)
        try:
            yield staff_desk(
                rulebook,
                log,
                commit,
                engine=engine,
                sources=sources,
                clock=SystemClock(),
                words=vocabulary(rulebook),
                staff_token=staff_token(settings),
                tables=before_account(log, settings),
                sandbox=settings.sandbox,
            )
        finally:
            await commit.close()
            log.checkpoints.sign()
            await engine.close()
    finally:
        if sources is not None:
            sources.close()
        log.engine.dispose()
