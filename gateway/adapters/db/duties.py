"""Which obligations are still open.

Invariant 13: one counts as fulfilled only where an entry of the log says so, because a release may wait for it.
Does not: mark any done; that comes with an entry, in the log's transaction.
"""

import asyncio
from collections.abc import Sequence

from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from gateway.adapters.log.proven import ProvenState
from gateway.adapters.log.state import StateRow, done_row
from gateway.domain.errors import LogUnavailableError
from gateway.domain.submission import ObligationRef

_DONE = text("SELECT 1 FROM obligation WHERE entry_index = :index AND position = :position AND done_at IS NOT NULL")


class DutyTable:
    """The `gateway.service.disclosure.collecting.OpenDuties` port."""

    def __init__(self, engine: Engine, proven: ProvenState) -> None:
        self._engine = engine
        self._proven = proven

    async def open_among(self, duties: Sequence[ObligationRef]) -> Sequence[ObligationRef]:
        """Those that are not on record as fulfilled, in the same order. Raises LogUnavailableError."""
        return await asyncio.to_thread(self._open_among, duties)

    def _open_among(self, duties: Sequence[ObligationRef]) -> Sequence[ObligationRef]:
        checked = self._proven.borne_out(lambda: self._done(duties), _row)
        done = {duty for duty, holds in checked if holds}
        return [duty for duty in duties if duty not in done]

    def _done(self, duties: Sequence[ObligationRef]) -> Sequence[ObligationRef]:
        """Those that the table says are fulfilled."""
        try:
            with self._engine.connect() as connection:
                return [
                    duty
                    for duty in duties
                    if connection.execute(_DONE, {"index": duty.entry_index, "position": duty.position}).first()
                ]
        except SQLAlchemyError as error:
            raise LogUnavailableError(f"obligations cannot be read ({type(error).__name__})") from None


def _row(duty: ObligationRef) -> StateRow:
    return done_row(duty.entry_index, duty.position)
