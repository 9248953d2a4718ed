"""Taking rows of the projection out of the gateway: on record first, with what was asked and how many rows it is.

Invariant: the entry is durable before a row is read for it; the question, which is codes and days, and the number of
rows are in its private part. The rows are those up to the entry that the projection had read then, whenever they are
written. Does not: write a file (`gateway.adapters.projection.export`).
"""

from dataclasses import dataclass
from typing import Final, Literal

from audit.canonical import JsonValue
from gateway.domain.actor import Actor
from gateway.domain.submission import Receipt
from gateway.service.log.staff_action import put_on_record, staff_submission
from gateway.service.ports import Clock, DisclosureLog
from gateway.service.projection.questions import Question
from gateway.service.projection.reading import Projection

Format = Literal["csv", "parquet"]
ACTION: Final = "log-rows-exported"


@dataclass(frozen=True, slots=True)
class Export:
    """What may be written now: `rows` rows, of entries below `up_to`."""

    question: Question
    rows: int
    up_to: int
    receipt: Receipt


class Exporting:
    """The use case."""

    def __init__(self, projection: Projection, log: DisclosureLog, clock: Clock) -> None:
        self._projection = projection
        self._log = log
        self._clock = clock

    async def begin(self, question: Question, form: Format, *, actor: Actor) -> Export:
        """Put an export on record. Raises ProjectionError, LogUnavailableError."""
        counted = await self._projection.count(question)
        details: dict[str, JsonValue] = {
            "question": question.as_json(),
            "rows": counted.entries,
            "up_to": counted.up_to,
            "format": form,
        }
        submission = staff_submission(action=ACTION, actor=actor, now=self._clock.now(), details=details)
        receipt = await put_on_record(self._log, submission, "the export")
        return Export(question, counted.entries, counted.up_to, receipt)
