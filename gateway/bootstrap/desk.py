"""The staff's desk for one command, where no gateway runs beside it on the same SQLite file."""

import contextlib
from collections.abc import AsyncIterator

from gateway.bootstrap.jobs import jobs_of
from gateway.bootstrap.log import SystemClock, append_log, partner_keys, read_log, signed_log, staff_token
from gateway.bootstrap.looking_back import looking_back_desk
from gateway.bootstrap.officers import staff_callers
from gateway.bootstrap.projection import open_projection
from gateway.bootstrap.reconciling import before_account
from gateway.bootstrap.rulebook import open_rulebook
from gateway.bootstrap.rulebook_desk import rulebook_desk
from gateway.bootstrap.staff_desk import institutions, staff_desk
from gateway.bootstrap.vocabulary import vocabulary
from gateway.bootstrap.when_asked import AdoptionWhenAsked, EngineWhenAsked, ReplayWhenAsked, SourcesWhenAsked
from gateway.deployment.folder import read_log_key
from gateway.deployment.settings import Settings
from gateway.staff.desk import StaffDesk
from gateway.staff.identity import Callers


@contextlib.asynccontextmanager
async def own_desk(settings: Settings) -> AsyncIterator[tuple[StaffDesk, Callers]]:
    """A desk of one command's own, and who may be at it.

    Raises ConfigurationError, LogUnavailableError."""
    log = read_log(settings)
    sources: SourcesWhenAsked | None = None
    try:
        rulebook, _state = open_rulebook(settings, log)
        callers = staff_callers(settings, rulebook.parties)
        engine, sources = EngineWhenAsked(settings, rulebook), SourcesWhenAsked(settings, rulebook)
        commit = append_log(settings, log)
        organizations = institutions(rulebook)
        projection = open_projection(settings, log, lambda: organizations)
        jobs = jobs_of(settings, commit, SystemClock())
        try:
            desk = staff_desk(
                rulebook,
                log,
                commit,
                engine=engine,
                sources=sources,
                clock=SystemClock(),
                words=vocabulary(rulebook),
                staff_token=staff_token(settings),
                tables=before_account(log, settings),
                signed=signed_log(settings, log),
                keys=partner_keys(settings, log, commit),
                replay=ReplayWhenAsked(settings, log, commit),
                adoption=AdoptionWhenAsked(settings, log, commit),
                rulebook_desk=rulebook_desk(settings, log, commit, SystemClock(), organizations),
                projection=projection.desk(rulebook, commit, SystemClock()),
                jobs=jobs,
                log_key=read_log_key(settings.log_key).verifier,
                looking_back=looking_back_desk(settings, rulebook, log, commit, SystemClock(), projection),
                sandbox=settings.sandbox,
            )
            yield desk, callers
        finally:
            await jobs.close()
            projection.close()
            if callers.sign_in is not None:
                await callers.sign_in.close()
            await commit.close()
            log.checkpoints.sign()
            await engine.close()
    finally:
        if sources is not None:
            sources.close()
        log.engine.dispose()
