"""The staff calls about consents on file: register, withdraw, find. JSON in, JSON out.

Does not: say what a consent permits, or print.
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from typing import Any, Final

from gateway.domain.actor import Actor
from gateway.domain.due import legal_day
from gateway.service.ground.consents import Filed
from gateway.staff.desk import StaffDesk
from gateway.staff.reading import day_of

Json = Any


async def consent_register(
    desk: StaffDesk,
    actor: Actor,
    *,
    scheme: str,
    value: str,
    record_type: str,
    elements: list[str],
    recipient: str,
    purpose: str,
    begins: str,
    ends: str,
    document: str,
) -> Json:
    reference, receipt = await desk.consents.register(
        desk.subject(scheme, value),
        record_type=record_type,
        elements=tuple(elements),
        recipient=recipient,
        purpose=purpose,
        valid_from=day_of(begins, "begins"),
        valid_until=day_of(ends, "ends"),
        document=document,
        actor=actor,
    )
    return {"consent": reference, "entry_index": receipt.entry_index}


async def consent_withdraw(desk: StaffDesk, actor: Actor, *, consent: str, scheme: str, value: str) -> Json:
    receipt = await desk.consents.withdraw(consent, desk.subject(scheme, value), actor=actor)
    return {"consent": consent, "entry_index": receipt.entry_index}


async def consent_find(desk: StaffDesk, actor: Actor, *, scheme: str, value: str) -> Json:
    """The person's consents for records of the actor's institution; the look-up is on record first. `state` is
    `on-file`, `expired`, `not-yet` or `withdrawn`."""
    subject = desk.subject(scheme, value)
    today = legal_day(desk.clock.now())
    return [_consent(one, today) for one in await desk.consents.find(subject, actor=actor)]


CONSENT_CALLS: Final[Mapping[str, Callable[..., Awaitable[Json]]]] = {
    "consent.register": consent_register,
    "consent.withdraw": consent_withdraw,
    "consent.find": consent_find,
}


def _consent(one: Filed, today: date) -> Json:
    consent = one.consent
    state = "withdrawn"
    if one.on_file:
        ended, begun = consent.valid_until <= today, consent.valid_from <= today
        state = "expired" if ended else "on-file" if begun else "not-yet"
    return {
        "consent": one.reference,
        "state": state,
        "entry_index": one.filed,
        "record_type": consent.record_type,
        "elements": list(consent.elements),
        "recipient": consent.recipient,
        "purpose": consent.purpose,
        "begins": consent.valid_from.isoformat(),
        "ends": consent.valid_until.isoformat(),
    }
