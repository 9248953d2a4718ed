"""How the last checks of the whole log ended, read back from what is on record.

Invariant: a result is that of an entry; where its private part cannot be read, the outcome that the entry itself says
is told without figures. Does not: check anything (`gateway.service.log.checking`).
"""

from collections.abc import Mapping
from typing import Any, Final

from audit.vocabulary import format_time
from gateway.service.log.checking import ENDED, Check, CheckResult
from gateway.service.oversight.acts import private_body
from gateway.service.ports import EntryArchive
from gateway.service.projection.columns import Column
from gateway.service.projection.questions import Question
from gateway.service.projection.reading import Projection

_NOTHING: Final[Mapping[str, Any]] = {}


class CheckResults:
    """The use case."""

    def __init__(self, projection: Projection, archive: EntryArchive) -> None:
        self._projection = projection
        self._archive = archive

    async def last(self, check: Check) -> CheckResult | None:
        """The last check of this kind that came to an end; None where there is none yet.

        Raises ProjectionError, LogUnavailableError."""
        holds, fails = ENDED[check]
        question = Question({Column.KIND: ("staff-action",), Column.REASON: (holds, fails)})
        page = await self._projection.page(question, limit=1)
        if not page.rows:
            return None
        row = page.rows[0]
        details = (await private_body(self._archive, row.entry_index)).get("details") or _NOTHING
        return CheckResult(
            check=check,
            ok=row.pattern.reasons == (holds,),
            entry_index=row.entry_index,
            time=format_time(row.at),
            unit=row.pattern.requester,
            findings=tuple(details.get("findings", ())),
            facts=details.get("facts", _NOTHING),
        )
