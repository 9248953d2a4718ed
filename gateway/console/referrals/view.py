"""The review queue: what only a person may decide, the request as a page of reading, and the decision.

Invariants: looking at a request is on record before it is shown; who decides is judged by the use case, under a
delegation order, never here. Does not: weigh anything for the person who decides.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from starlette.responses import Response

from gateway.console.authorization import own
from gateway.console.layout.errors import error_words
from gateway.console.referrals.own import own_referrals
from gateway.console.referrals.words import WORDS
from gateway.console.topic import Topic, act, show
from gateway.console.visit import Problem, Visit
from gateway.domain.actor import Role
from gateway.service.obligation.notices import NOTICES
from gateway.service.words.forms import CODES, MEMBERS, TEXTS
from gateway.service.words.staff import HELD, STATES
from gateway.staff.asking import StaffCallError

DECIDED: Final = ("released", "partly-released", "refused", "lapsed", "after-review")
OPEN: Final = frozenset({"requested", "under-review"})
FORMS: Final = ("plain", "scrub", "exists", "pseudonym", "mask:3", "generalize:year", "generalize:month",
                "generalize:age-band", "generalize:fsa")  # fmt: skip
_FIELDS: Final[Mapping[str, str]] = {
    "reasons-missing": "because",
    "not-asked": "elements",
    "partner-twice": "no_partner",
    "banner-holds": "despite_banner",
}
_READERS: Final = (Role.PRIVACY_OFFICER, Role.DELEGATED_HEAD)


async def queue(visit: Visit) -> Response:
    """What waits, or what was decided."""
    decided = visit.asked("state") == "decided"
    rows = await own_referrals(visit, only_open=not decided, states=DECIDED if decided else ())
    return visit.page("queue.html", rows=rows, decided=decided, states=STATES[visit.lang])


async def review(visit: Visit, drafts: Sequence[Mapping[str, Any]] | None = None) -> Response:
    """The request, for who decides. Looking is on record first. `drafts` are the notices that were asked to be seen."""
    found = await visit.call("referral.show", referral=visit.part("referral"))
    similar = await _similar(visit, found)
    return visit.page(
        "review.html",
        one=found,
        facts=_facts(found, visit),
        form_lines=list(_form(found["form"], visit)) if found["form"] else [],
        similar=similar,
        states=STATES[visit.lang],
        waiting=found["state"] in OPEN and not found["overdue"],
        decides=visit.has_role(Role.DELEGATED_HEAD),
        reviewable=found["state"] in DECIDED[:-1],
        forms=[(code, visit.words(f"form-{code.replace(':', '-')}")) for code in FORMS],
        partners=sorted(
            ((code, visit.unit_name(code)) for code in visit.room.units.known if not visit.is_own(code)),
            key=lambda pair: pair[1],
        ),
        drafts=drafts,
    )


async def take(visit: Visit) -> Response:
    return await _step(visit, "referral.take")


async def release(visit: Visit) -> Response:
    """Exactly what is ticked, each in the form that is chosen."""
    wanted = _wanted(visit)
    if not wanted["elements"]:
        return await review(visit.with_problems(Problem(str(visit.words("tick-one")), "elements")))
    return await _step(visit, "referral.release", **wanted)


async def draft(visit: Visit) -> Response:
    """The notices beside the form, before anything is decided."""
    wanted = _wanted(visit)
    if not wanted["elements"]:
        return await review(visit.with_problems(Problem(str(visit.words("tick-one")), "elements")))
    try:
        notices = await visit.call("referral.draft", referral=visit.part("referral"), **wanted)
    except StaffCallError as error:
        return await review(visit.with_problems(_problem(error, visit)))
    return await review(visit, [_titled(one, visit) for one in notices])


async def refuse(visit: Visit) -> Response:
    return await _step(visit, "referral.refuse", because=visit.typed.get("because").strip())


async def after_review(visit: Visit) -> Response:
    """Somebody else's look at a decision."""
    upheld = {"yes": True, "no": False}.get(visit.typed.get("upheld"))
    if upheld is None:
        return await review(visit.with_problems(Problem(str(visit.words("say-upheld")), "upheld-yes")))
    return await _step(visit, "referral.review", upheld=upheld, because=visit.typed.get("because").strip())


async def _step(visit: Visit, call: str, **arguments: Any) -> Response:
    try:
        told = await visit.call(call, referral=visit.part("referral"), **arguments)
    except StaffCallError as error:
        return await review(visit.with_problems(_problem(error, visit)))
    if call == "referral.take":
        return visit.go(f"/referrals/{told['referral']}")
    return replace(visit, problems=()).page(
        "done.html", told=told, notices=_notices(told, visit), states=STATES[visit.lang]
    )


def _wanted(visit: Visit) -> dict[str, Any]:
    typed = visit.typed
    return {
        "provisions": typed.all("provisions"),
        "elements": {name: typed.get(f"form-{name}") or None for name in typed.all("elements")},
        "because": typed.get("because").strip(),
        "not_first": typed.get("not_first").strip() or None,
        "partner": typed.get("partner") or None,
        "no_partner": typed.get("no_partner").strip() or None,
        "despite_banner": typed.ticked("despite_banner"),
        "source_agreed": typed.ticked("source_agreed"),
    }


def _problem(error: StaffCallError, visit: Visit) -> Problem:
    return Problem(error_words(error.code, str(error), visit.lang, error.facts), _FIELDS.get(error.code))


async def _custodian(visit: Visit) -> str | None:
    custodian: str = (await visit.call("referral.facts", referral=visit.part("referral")))["custodian"]
    return custodian


async def _similar(visit: Visit, found: Mapping[str, Any]) -> Mapping[str, int]:
    """What became of decided requests on the same ground for the same kind of record, by state."""
    counts: dict[str, int] = {}
    for one in await own_referrals(visit, states=DECIDED):
        if (one["ground"], one["record_type"]) == (found["ground"], found["record_type"]):
            counts[one["state"]] = counts.get(one["state"], 0) + 1
    return counts


def _facts(found: Mapping[str, Any], visit: Visit) -> list[tuple[str, str, str]]:
    """Label, words, code."""
    titles, lang = found["titles"], visit.lang
    facts = [
        (str(visit.words(f"fact-{name}")), titles[name][lang], found[name])
        for name in ("ground", "requester", "recipient", "custodian", "record_type", "purpose")
        if name != "recipient" or found["recipient"] != found["requester"]
    ]
    if found["subject"] is not None:
        facts.append((str(visit.words("fact-person")), found["subject"]["value"], found["subject"]["scheme"]))
    facts += [
        (str(visit.words(f"fact-{name}")), found[name], "")
        for name in ("case_reference", "acting_officer")
        if found[name]
    ]
    return facts


def _form(stated: Mapping[str, Any], visit: Visit) -> list[tuple[str, str]]:
    """What the requester says, label and text."""
    lang, lines = visit.lang, []
    for name, label in MEMBERS[lang].items():
        match stated.get(name):
            case None | []:
                continue
            case {"scheme": scheme, "value": value}:
                said = f"{scheme} {value}"
            case [*codes]:
                said = ", ".join(CODES[lang].get(code, code) for code in codes)
            case code:
                said = CODES[lang].get(code, code)
        lines.append((label, said))
    lines.extend((TEXTS[lang].get(name, name), text) for name, text in stated["texts"].items())
    return lines


def _notices(told: Mapping[str, Any], visit: Visit) -> list[Mapping[str, Any]]:
    return [_titled(notice, visit) for notice in told["notices"]]


def _titled(notice: Mapping[str, Any], visit: Visit) -> Mapping[str, Any]:
    kind = NOTICES.get(notice["code"])
    title = notice["code"] if kind is None else kind.en if visit.lang == "en" else kind.fr
    held = HELD[visit.lang].get(notice["held"], notice["held"]) if notice["held"] else None
    return {**notice, "title": title, "held_words": held}


_ONE: Final = "/referrals/{referral}"
REFERRALS: Final = Topic(
    "referrals",
    WORDS,
    (
        show("/referrals", queue, own(*_READERS)),
        show(_ONE, review, own(*_READERS), _custodian),
        act(f"{_ONE}/take", take, own(Role.DELEGATED_HEAD), shows=review, owner=_custodian),
        act(f"{_ONE}/release", release, own(Role.DELEGATED_HEAD, step_up=True), shows=review, owner=_custodian),
        act(f"{_ONE}/draft", draft, own(Role.DELEGATED_HEAD), shows=review, owner=_custodian),
        act(f"{_ONE}/refuse", refuse, own(Role.DELEGATED_HEAD), shows=review, owner=_custodian),
        act(f"{_ONE}/review", after_review, own(*_READERS), shows=review, owner=_custodian),
    ),
    menu="/referrals",
)
