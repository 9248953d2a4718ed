"""The staff call that puts a correction of a person's record on record. JSON in, JSON out.

Does not: find who is told (`gateway.service.person.correction`), or print.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final

from audit.vocabulary import format_time
from gateway.domain.actor import Actor
from gateway.service.person.correction import KINDS
from gateway.staff.account_calls import AccountDesk
from gateway.staff.refusal import WorkRefusedError, past_day


async def correction_record(
    desk: AccountDesk,
    actor: Actor,
    *,
    identifiers: Sequence[Mapping[str, str]],
    kind: str,
    record_type: str,
    elements: Sequence[str],
    requested: str,
) -> Any:
    """The entry of a correction or notation, and the duties to tell who received the elements, with their due time."""
    work = desk.work
    found = next((one for one in KINDS if one == kind), None)
    if found is None:
        raise WorkRefusedError("argument-malformed", f"--kind: write one of {', '.join(KINDS)}")
    subjects = [desk.subject(one["scheme"], one["value"]) for one in identifiers]
    if not subjects:
        raise WorkRefusedError("no-identifier", "--scheme: name at least one identifier of the person")
    recorded = await work.corrections(
        subjects,
        kind=found,
        record_type=record_type,
        elements=elements,
        requested_on=past_day(requested, "--requested", work.clock.now()),
        actor=actor,
    )
    duties = [
        {"position": at, "code": notice.code, "addressee": notice.addressee, "held": notice.held,
         "due": format_time(recorded.due)}
        for at, notice in enumerate(recorded.notices)
    ]  # fmt: skip
    return {"entry_index": recorded.receipt.entry_index, "duties": duties}


CORRECTION_CALLS: Final[Mapping[str, Callable[..., Awaitable[Any]]]] = {"correction.record": correction_record}
