"""The staff calls that read breaches: those on record, one with what was said of it, and whom and what a breach to come
concerns. JSON in, JSON out.

Invariant: counts and codes name nobody; what was said of a breach, and whom it concerns, is told after a reading that
is on record, and to the institution concerned alone. Does not: put a breach on record (`gateway.staff.breach_calls`).
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final, Protocol

from gateway.domain.actor import Actor
from gateway.service.obligation.breach_list import Breach
from gateway.service.partner.partner_keys import PartnerKeys
from gateway.service.person.concerned import MOST_ENTRIES, Asked, Concerned
from gateway.staff.agenda_calls import units_of
from gateway.staff.authorization import UnitUnknownError
from gateway.staff.reading import day_of
from gateway.staff.refusal import WorkRefusedError
from gateway.staff.work_desk import WorkDesk
from gateway.staff.work_rows import row_as_json

Json = Any


class Desk(Protocol):
    """What these calls need of the staff's desk."""

    @property
    def work(self) -> WorkDesk: ...

    @property
    def concerned(self) -> Concerned: ...

    @property
    def keys(self) -> PartnerKeys: ...

    @property
    def organizations(self) -> Mapping[str, str]: ...


async def breach_list(desk: Desk, actor: Actor, *, institution: str | None = None) -> Json:
    """Breaches on record, the latest first: of the actor's institution, or for an auditor of all or one."""
    units = units_of(desk, actor, None, institution)
    return [_breach(desk.work, one) for one in await desk.work.breaches.on_record(units)]


async def breach_facts(desk: Desk, actor: Actor, *, entry: int) -> Json:
    """A breach in codes, with its duties."""
    found = await desk.work.breaches.find(entry)
    if found is None:
        raise WorkRefusedError("unknown", "no breach is on record under this entry")
    return _breach(desk.work, found)


async def breach_show(desk: Desk, actor: Actor, *, entry: int) -> Json:
    """A breach with what was said of it; reading it is on record first."""
    found = await desk.work.breaches.read(entry, actor=actor)
    return {**_breach(desk.work, found.breach), "said": None if found.said is None else dict(found.said)}


async def breach_scope(
    desk: Desk,
    actor: Actor,
    *,
    first: str,
    last: str,
    recipient: str | None = None,
    agreement: str | None = None,
    keyid: str | None = None,
) -> Json:
    """What left between two days, to an institution, under an agreement, or at the request of a key's unit: counts and
    elements. `people` and `indexes` are null where there are more than `most` entries."""
    asked = await _asked(desk, actor, first, last, recipient, agreement, keyid)
    found = await desk.concerned.scope(asked)
    names = desk.work.words
    return {
        "entries": found.entries,
        "records": found.records,
        "people": found.people,
        "indexes": None if found.indexes is None else list(found.indexes),
        "most": MOST_ENTRIES,
        "elements": [
            {"record_type": kind, "element": element, "entries": count, "titles": _labels(desk, kind, element)}
            for (kind, element), count in found.elements.items()
        ],
        "recipients": [
            {"unit": unit, "title": dict(names.units.get(unit, {"en": unit, "fr": unit})), "entries": count}
            for unit, count in found.recipients.items()
        ],
        "agreements": dict(found.agreements),
        "requester": asked.requester,
        "up_to": found.up_to,
    }


async def breach_people(
    desk: Desk,
    actor: Actor,
    *,
    first: str,
    last: str,
    recipient: str | None = None,
    agreement: str | None = None,
    keyid: str | None = None,
) -> Json:
    """Whom it concerns, with the entries that name each; reading it is on record first."""
    found = await desk.concerned.named(await _asked(desk, actor, first, last, recipient, agreement, keyid), actor=actor)
    return [
        {"scheme": subject.scheme, "value": subject.value, "entries": list(entries)}
        for subject, entries in found.items()
    ]


BREACH_READING_CALLS: Final[Mapping[str, Callable[..., Awaitable[Json]]]] = {
    "breach.list": breach_list,
    "breach.facts": breach_facts,
    "breach.show": breach_show,
    "breach.scope": breach_scope,
    "breach.people": breach_people,
}


async def _asked(
    desk: Desk,
    actor: Actor,
    first: str,
    last: str,
    recipient: str | None,
    agreement: str | None,
    keyid: str | None,
) -> Asked:
    own = desk.organizations.get(actor.unit)
    if own is None:
        raise UnitUnknownError
    begins, ends = day_of(first, "first"), day_of(last, "last")
    if ends < begins:
        raise WorkRefusedError("days-turned", "last: is before first")
    requester = None
    if keyid is not None:
        key = next((one for one in await desk.keys.every() if one.keyid == keyid), None)
        if key is None:
            raise WorkRefusedError("unknown-key", "keyid: no such key is registered")
        requester = key.unit
    return Asked(own, begins, ends, recipient, requester, agreement)


def _breach(work: WorkDesk, one: Breach) -> Json:
    now = work.clock.now()
    unit = one.entry.requester
    return {
        "entry_index": one.entry_index,
        "time": one.entry.time,
        "unit": {"code": unit, **work.words.units.get(unit, {"en": unit, "fr": unit})},
        "agreement": one.entry.agreement.id if one.entry.agreement else None,
        "duties": [dict(row_as_json(work, duty, now)) for duty in one.duties],
    }


def _labels(desk: Desk, kind: str, element: str) -> Json:
    known = desk.work.words.catalogue.find(kind)
    part = None if known is None else known.elements.get(element)
    return {
        "record_type": {"en": kind, "fr": kind} if known is None else {"en": known.label_en, "fr": known.label_fr},
        "element": {"en": element, "fr": element} if part is None else {"en": part.label_en, "fr": part.label_fr},
    }
