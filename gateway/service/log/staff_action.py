"""What staff do to the log is in the log: the submission of a staff action.

Invariant 6: the entry names the unit, the action and its authority; the officer and whom it concerned are in the
private part only. Does not: decide whether the officer may act.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from audit import vocabulary
from audit.canonical import JsonValue
from audit.entry import Authorities, Entry, Kind
from audit.vocabulary import digest_text, format_time
from gateway.domain.actor import Actor
from gateway.domain.errors import GatewayError, LogUnavailableError
from gateway.domain.officer import written_officer
from gateway.domain.private_record import PrivateRecord, said_of
from gateway.domain.submission import ObligationRef, Receipt, StateChange, StateConflict, Submission
from gateway.domain.target import SubjectIdentifier
from gateway.service.ports import DisclosureLog


def staff_submission(
    *,
    action: str,
    actor: Actor,
    now: datetime,
    unit: str | None = None,
    kind: Kind = "staff-action",
    authority: str | None = None,
    subject: SubjectIdentifier | None = None,
    also_known_as: Sequence[SubjectIdentifier] = (),
    details: Mapping[str, JsonValue] | None = None,
    refers_to: int | None = None,
    changes: tuple[StateChange, ...] = (),
    done: tuple[ObligationRef, ...] = (),
) -> Submission:
    """A submission without nonce and Idempotency-Key. `now` is aware. It is filed under the subject and the subject's
    other identifiers. The entry names the unit of the actor, or `unit` where it is about another one.

    Raises OfficerError, and EntryError for a malformed code."""
    body: dict[str, JsonValue] = {
        "outcome": action,
        "acting_officer": written_officer("officer", actor.officer),
        "identified": actor.identified.value,
        "subject": said_of(subject),
        "details": dict(details or {}),
    }
    part = PrivateRecord.fresh(body).seal(tuple(dict.fromkeys((subject, *also_known_as))) if subject else ())
    entry = Entry(
        time=format_time(now),
        kind=kind,
        requester=actor.unit if unit is None else unit,
        authorities=Authorities((authority,) if authority else ()),
        reasons=(action,),
        private=(digest_text(part.commitment),),
        refers_to=refers_to,
    )
    return Submission(entry, (part,), (), None, None, changes, done)


def listed_codes(codes: Iterable[str]) -> str:
    """Codes that staff typed, for a message; what is no code is not repeated."""
    return ", ".join(code if vocabulary.is_identifier(code) or vocabulary.is_name(code) else "?" for code in codes)


async def put_on_record(
    log: DisclosureLog, submission: Submission, what: str, conflict: GatewayError | None = None
) -> Receipt:
    """Make an act of staff durable before it counts or anything is shown.

    Raises `conflict` where somebody else changed meanwhile what it changes or rests on (without it, like everything
    else that is no receipt, LogUnavailableError: `what` is its subject)."""
    outcome = await log.commit(submission)
    if isinstance(outcome, Receipt):
        return outcome
    if isinstance(outcome, StateConflict) and conflict is not None:
        raise conflict
    raise LogUnavailableError(f"{what} could not be put on record; nothing was done or shown")
