"""The staff calls about referrals: list, show, take, release, refuse, review, tick. JSON in, JSON out.

Does not: decide (`gateway.service.referral.deciding`), or print.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from audit.vocabulary import format_time, is_name
from gateway.domain.actor import Actor
from gateway.domain.element import Form, FormKind
from gateway.domain.ground import Determination
from gateway.domain.referral import OPEN, Referral, ReferralState
from gateway.service.obligation.notices import notice_as_json
from gateway.service.referral.asked import ReferralError
from gateway.service.referral.deciding import Ruled
from gateway.service.referral.listing import USUAL
from gateway.staff.desk import StaffDesk
from gateway.staff.reading import ArgumentError
from gateway.staff.referral_titles import addressee, titles

Json = Any
FORMS: Final = (
    "plain, scrub, exists, pseudonym, count, mask:N (the last N characters stay), generalize:year, generalize:month, "
    "generalize:age-band, generalize:fsa, generalize:band-N"
)


async def referral_list(
    desk: StaffDesk,
    actor: Actor,
    *,
    only_open: bool = False,
    states: Sequence[str] = (),
    custodian: str | None = None,
    limit: int = USUAL,
    skip: int = 0,
    counted: bool = False,
    titled: bool = False,
) -> Json:
    """A page of the referrals, oldest first; a referral names no person. With `counted`, how many come after it too;
    with `titled`, what its codes are called."""
    wanted = sorted(OPEN) if only_open else _states(states)
    found = await desk.listing.page(states=wanted, custodian=custodian, limit=limit, skip=skip)
    now = desk.clock.now()
    page = [_titled(_referral(one, now), one, desk) if titled else _referral(one, now) for one in found.referrals]
    return {"referrals": page, "left": found.left} if counted else page


async def referral_facts(desk: StaffDesk, actor: Actor, *, referral: str) -> Json:
    """What the referral itself says, in codes and titles; it names no person, so nothing is put on record."""
    found = await desk.referrals.find(referral)
    if found is None:
        raise ReferralError("unknown-referral", "there is no referral under this number")
    return _titled(_referral(found, desk.clock.now()), found, desk)


async def referral_show(desk: StaffDesk, actor: Actor, *, referral: str) -> Json:
    """What is asked and on what it rests; looking is on record first."""
    found, asked, banner = await desk.deciding.look(referral, actor=actor)
    subject = asked.subject
    return {
        **_referral(found, desk.clock.now()),
        "titles": titles(found, desk.work.words),
        "about": _about(desk, found),
        "subject": {"scheme": subject.scheme, "value": subject.value} if subject else None,
        "case_reference": asked.case_reference,
        "acting_officer": asked.acting_officer,
        "form": asked.form,
        "banner": banner,
    }


async def referral_take(desk: StaffDesk, actor: Actor, *, referral: str) -> Json:
    return _ruled(await desk.deciding.take(referral, actor=actor), desk)


async def referral_release(
    desk: StaffDesk,
    actor: Actor,
    *,
    referral: str,
    provisions: list[str],
    elements: Mapping[str, str | None],
    because: str,
    not_first: str | None = None,
    partner: str | None = None,
    no_partner: str | None = None,
    despite_banner: bool = False,
    source_agreed: bool = False,
) -> Json:
    """`elements` gives the form of each released element by its code (`mask:3`); None for the usual one: free text
    scrubbed, anything else plain. With no elements all that was asked is released; with no provisions, under those
    that the policy says to weigh."""
    determination = await _determined(
        desk, referral, provisions, elements, despite_banner=despite_banner, source_agreed=source_agreed
    )
    ruled = await desk.deciding.release(
        referral,
        determination,
        because=because,
        actor=actor,
        not_first=not_first,
        partner=partner,
        no_partner=no_partner,
    )
    return _ruled(ruled, desk)


async def referral_draft(
    desk: StaffDesk,
    actor: Actor,
    *,
    referral: str,
    provisions: list[str],
    elements: Mapping[str, str | None],
    because: str,
    not_first: str | None = None,
    partner: str | None = None,
    no_partner: str | None = None,
    despite_banner: bool = False,
    source_agreed: bool = False,
) -> Json:
    """The notices that a release of this kind would come with, in both languages; nothing is decided."""
    determination = await _determined(
        desk, referral, provisions, elements, despite_banner=despite_banner, source_agreed=source_agreed
    )
    notices = await desk.deciding.draft(
        referral,
        determination,
        because=because,
        actor=actor,
        not_first=not_first,
        partner=partner,
        no_partner=no_partner,
    )
    return [
        {**notice_as_json(notice), "addressee_title": addressee(notice.addressee, desk.work.words)}
        for notice in notices
    ]


async def referral_refuse(desk: StaffDesk, actor: Actor, *, referral: str, because: str) -> Json:
    return _ruled(await desk.deciding.refuse(referral, because=because, actor=actor), desk)


async def referral_review(desk: StaffDesk, actor: Actor, *, referral: str, upheld: bool, because: str) -> Json:
    ruled = await desk.deciding.review(referral, upheld=upheld, because=because, actor=actor)
    return _ruled(ruled, desk)


async def referral_tick(desk: StaffDesk, actor: Actor) -> Json:
    """Escalate and lapse what is due; a running gateway does it by itself."""
    return {"steps": await desk.referral_clock.tick()}


REFERRAL_CALLS: Final[Mapping[str, Callable[..., Awaitable[Json]]]] = {
    "referral.list": referral_list,
    "referral.facts": referral_facts,
    "referral.show": referral_show,
    "referral.take": referral_take,
    "referral.release": referral_release,
    "referral.draft": referral_draft,
    "referral.refuse": referral_refuse,
    "referral.review": referral_review,
    "referral.tick": referral_tick,
}


async def _determined(
    desk: StaffDesk,
    referral: str,
    provisions: list[str],
    elements: Mapping[str, str | None],
    *,
    despite_banner: bool,
    source_agreed: bool,
) -> Determination:
    """What is to be released, under what. Raises ReferralError, ArgumentError."""
    found = await desk.referrals.find(referral)
    if found is None:
        raise ReferralError("unknown-referral", "there is no referral under this number")
    wanted = dict(elements) or dict.fromkeys(found.elements)
    return Determination(
        tuple(provisions) or found.weigh,
        {name: _form(desk, found.record_type, name, code) for name, code in wanted.items()},
        despite_banner=despite_banner,
        source_agreed=source_agreed,
    )


def _form(desk: StaffDesk, record_type: str, name: str, code: str | None) -> Form:
    if code is not None:
        try:
            return Form.parse(code)
        except ValueError:
            raise ArgumentError(f"elements: the form of {_named(name)} is not one of {FORMS}") from None
    known = desk.catalogue.find(record_type)
    element = known.elements.get(name) if known else None
    return Form(FormKind.SCRUB if element is not None and element.type == "text" else FormKind.PLAIN)


def _named(name: str) -> str:
    """An element by its code; whatever is none is not repeated."""
    return f"'{name}'" if is_name(name) else "something that is no element"


def _states(states: Sequence[str]) -> list[ReferralState]:
    try:
        return [ReferralState(state) for state in states]
    except ValueError:
        raise ArgumentError(f"state: one of {', '.join(ReferralState)}") from None


def _referral(one: Referral, now: datetime) -> dict[str, Json]:
    ruling = one.ruling
    return {
        "referral": one.id,
        "state": one.state.value,
        "escalated": one.escalated,
        "overdue": one.state in OPEN and now >= one.decide_by,
        "requester": one.requester,
        "recipient": one.recipient,
        "custodian": one.custodian,
        "record_type": one.record_type,
        "purpose": one.purpose,
        "ground": one.ground,
        "elements": list(one.elements),
        "weigh": list(one.weigh),
        "asked_at": format_time(one.asked_at),
        "decide_by": format_time(one.decide_by),
        "entry_index": one.opened_index,
        "decided_at": format_time(ruling.at) if ruling else None,
        "upheld": one.upheld,
        "released": sorted(ruling.determination.elements) if ruling and ruling.determination else [],
        "collect_until": format_time(ruling.collect_until) if ruling and ruling.collect_until else None,
    }


def _titled(facts: dict[str, Json], one: Referral, desk: StaffDesk) -> dict[str, Json]:
    return {**facts, "titles": titles(one, desk.work.words)}


def _about(desk: StaffDesk, one: Referral) -> dict[str, Json]:
    """By element: how sensitive it is, whether it is free text, and the form it leaves in unless somebody says."""
    known = desk.catalogue.find(one.record_type)
    elements = {} if known is None else {name: known.elements[name] for name in one.elements if name in known.elements}
    return {
        name: {
            "sensitivity": item.sensitivity.name.lower(),
            "type": item.type,
            "form": _form(desk, one.record_type, name, None).code,
        }
        for name, item in elements.items()
    }


def _ruled(ruled: Ruled, desk: StaffDesk) -> dict[str, Json]:
    ruling = ruled.referral.ruling
    notices = [
        {
            "code": notice.code,
            "position": ruling.settled.index(notice.code),
            "addressee": notice.addressee,
            "addressee_title": addressee(notice.addressee, desk.work.words),
            "held": notice.held,
        }
        for notice in ruled.notices
        if ruling is not None
    ]
    facts = _referral(ruled.referral, desk.clock.now())
    return {**facts, "on_record": ruled.receipt.entry_index, "notices": notices}
