"""Which entries a partner's key signed, for whoever has to say what a stolen key was used for.

Invariants: looking is an act, on record before a private part is opened; of a private part nothing but the key's
thumbprint is read, so that no person is named to whoever asks. An entry whose private part was erased, or is from
before thumbprints were kept, is told as one that nobody can tell. Reading is bounded, newest first.
Does not: revoke a key (`gateway.service.partner.partner_keys`).
"""

from dataclasses import dataclass
from typing import Final

from audit.canonical import JsonValue
from gateway.domain.actor import Actor
from gateway.domain.submission import Receipt
from gateway.service.log.staff_action import put_on_record, staff_submission
from gateway.service.oversight.acts import private_body
from gateway.service.ports import Clock, DisclosureLog, EntryArchive
from gateway.service.projection.questions import Question
from gateway.service.projection.reading import Projection
from gateway.service.projection.rows import Row

ACTION: Final = "key-use-looked-up"
READ_AT_MOST: Final = 5_000
"""So many private parts are opened for one answer."""
_PAGE: Final = 500


@dataclass(frozen=True, slots=True)
class KeyUse:
    """`signed` are the entries of requests that this key signed, newest first; `others` requests were signed by
    another key; of `unknown` nobody can tell. `left_off` says that there are more in those days than were read."""

    signed: tuple[Row, ...]
    others: int
    unknown: tuple[Row, ...]
    left_off: bool
    receipt: Receipt


class SignedBy:
    """The use case."""

    def __init__(self, projection: Projection, archive: EntryArchive, log: DisclosureLog, clock: Clock) -> None:
        self._projection = projection
        self._archive = archive
        self._log = log
        self._clock = clock

    async def entries(self, keyid: str, question: Question, *, actor: Actor) -> KeyUse:
        """Of the entries of a question, which is about the key's unit and some days.

        Raises ProjectionError, LogUnavailableError."""
        details: dict[str, JsonValue] = {"keyid": keyid, "question": question.as_json()}
        submission = staff_submission(action=ACTION, actor=actor, now=self._clock.now(), details=details)
        receipt = await put_on_record(self._log, submission, "the look-up")
        signed: list[Row] = []
        unknown: list[Row] = []
        read, others, before = 0, 0, None
        while read < READ_AT_MOST:
            page = await self._projection.page(question, before=before, limit=_PAGE)
            for row in page.rows:
                read += 1
                known = (await private_body(self._archive, row.entry_index)).get("keyid")
                if known is None:
                    unknown.append(row)
                elif known == keyid:
                    signed.append(row)
                else:
                    others += 1
            before = page.before
            if before is None:
                break
        return KeyUse(tuple(signed), others, tuple(unknown), before is not None, receipt)
