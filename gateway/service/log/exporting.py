"""Taking the log itself away, entries and tiles, for somebody who verifies it elsewhere: on record first.

Invariant: the entry is durable before a tile is read for it; the size and root of the checkpoint that was taken are in
its private part. Does not: write a file (whoever asked does), or say who may see entries (ADR 2).
"""

import asyncio
from dataclasses import dataclass
from typing import Final

from audit.canonical import JsonValue
from audit.encoding import to_base64
from gateway.domain.actor import Actor
from gateway.domain.errors import GatewayError
from gateway.domain.submission import Receipt
from gateway.service.log.signed_history import SignedHead, SignedHistory
from gateway.service.log.staff_action import put_on_record, staff_submission
from gateway.service.ports import Clock, DisclosureLog

ACTION: Final = "log-exported"


class UnknownCheckpointError(GatewayError):
    """The log did not sign a checkpoint of this size."""

    code = "unknown-checkpoint"

    def __init__(self) -> None:
        super().__init__("size: the log signed no checkpoint of this size; take one of the list")


@dataclass(frozen=True, slots=True)
class LogExport:
    """What may be taken now."""

    head: SignedHead
    receipt: Receipt


class LogExporting:
    """The use case."""

    def __init__(self, history: SignedHistory, log: DisclosureLog, clock: Clock) -> None:
        self._history = history
        self._log = log
        self._clock = clock

    async def begin(self, size: int, *, actor: Actor) -> LogExport:
        """Put on record that the log up to a signed checkpoint is taken.

        Raises UnknownCheckpointError, LogUnavailableError."""
        head = await asyncio.to_thread(self._history.of_size, size) if 0 <= size < 1 << 62 else None
        if head is None or not head.genuine:
            raise UnknownCheckpointError
        details: dict[str, JsonValue] = {"size": head.size, "root": to_base64(head.root)}
        submission = staff_submission(action=ACTION, actor=actor, now=self._clock.now(), details=details)
        return LogExport(head, await put_on_record(self._log, submission, "the export"))
