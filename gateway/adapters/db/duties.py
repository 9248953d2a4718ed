"""Which obligations are still open. Does not: mark any done; that comes with an entry, in the log's transaction."""

import asyncio
from collections.abc import Sequence

from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from gateway.domain.disclosure import ObligationRef
from gateway.domain.errors import LogUnavailableError

_DONE = text("SELECT 1 FROM obligation WHERE entry_index = :index AND position = :position AND done_at IS NOT NULL")


class DutyTable:
    """The `gateway.service.referral.collecting.OpenDuties` port."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def open_among(self, duties: Sequence[ObligationRef]) -> Sequence[ObligationRef]:
        """Those that are not on record as fulfilled, in the same order. Raises LogUnavailableError."""
        return await asyncio.to_thread(self._open_among, duties)

    def _open_among(self, duties: Sequence[ObligationRef]) -> Sequence[ObligationRef]:
        try:
            with self._engine.connect() as connection:
                return [
                    duty
                    for duty in duties
                    if not connection.execute(_DONE, {"index": duty.entry_index, "position": duty.position}).first()
                ]
        except SQLAlchemyError as error:
            raise LogUnavailableError(f"obligations cannot be read ({type(error).__name__})") from None
