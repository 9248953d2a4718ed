"""The staff calls about consents on file: register, withdraw. JSON in, JSON out.

Does not: say what a consent permits, or print.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from gateway.domain.actor import Actor
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


CONSENT_CALLS: Final[Mapping[str, Callable[..., Awaitable[Json]]]] = {
    "consent.register": consent_register,
    "consent.withdraw": consent_withdraw,
}
