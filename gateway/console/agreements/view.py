"""The agreements in force: the list with what waits and what is due, an agreement in plain words, how it is used, its
text to take away; suspend, resume and terminate.

Invariants: who stops or takes up an agreement acts for a party to it and has just proven who they are; two people take
one up or end it. Does not: change a text (`gateway.console.drafts`).
"""

from collections.abc import Mapping
from typing import Any, Final

from starlette.responses import Response

from gateway.console.agreements.errors import step_words
from gateway.console.agreements.names import names_for
from gateway.console.agreements.words import WORDS
from gateway.console.authorization import every, own
from gateway.console.topic import Topic, act, show
from gateway.console.visit import Problem, Visit
from gateway.domain.actor import Role
from gateway.staff.asking import StaffCallError

POLICY: Final = (Role.POLICY_EDITOR, Role.POLICY_APPROVER, Role.POLICY_PUBLISHER)
READERS: Final = (*POLICY, Role.PRIVACY_OFFICER, Role.DELEGATED_HEAD, Role.AUDITOR, Role.ADMINISTRATOR)
DRAFT_READERS: Final = (*POLICY, Role.PRIVACY_OFFICER, Role.AUDITOR)
USE_READERS: Final = (*POLICY, Role.PRIVACY_OFFICER, Role.DELEGATED_HEAD, Role.AUDITOR)
STOPPERS: Final = (Role.DELEGATED_HEAD, Role.POLICY_APPROVER, Role.POLICY_PUBLISHER)
AGENDA_DAYS: Final = 90


async def listing(visit: Visit) -> Response:
    """Agreements, what waits for somebody, what is due, drafts."""
    found = (await visit.call("agreement.list"))["agreements"]
    agenda = (await visit.call("agreement.agenda", days=AGENDA_DAYS))["items"]
    drafts = await visit.call("draft.list") if visit.has_role(*DRAFT_READERS) else None
    titles = {one["agreement"]: one["title"] for one in found}
    return visit.page(
        "list.html",
        rows=sorted(found, key=lambda one: one["title"][visit.lang].casefold()),
        waiting=[(one, step) for one in found for step in one["waiting"]],
        agenda=agenda,
        days=AGENDA_DAYS,
        today=visit.room.now().date().isoformat(),
        drafts=drafts,
        titles=titles,
        names=await names_for(visit),
        edits=visit.has_role(Role.POLICY_EDITOR),
    )


async def page(visit: Visit) -> Response:
    """An agreement in plain words, with what may be done about it."""
    name = visit.part("agreement")
    found = await visit.call("workshop.agreement", agreement=name)
    history = await visit.call("agreement.history", agreement=name)
    drafts = await visit.call("draft.list") if visit.has_role(*DRAFT_READERS) else []
    return visit.page(
        "page.html",
        one=found,
        doc=found["content"],
        names=await names_for(visit),
        steps=list(reversed(history["steps"])),
        drafts=[one for one in drafts if found["path"] in one["files"]],
        stops=visit.has_role(*STOPPERS) and _concerns(visit, found),
        edits=visit.has_role(Role.POLICY_EDITOR) and _concerns(visit, found),
        sees_use=visit.has_role(*USE_READERS),
        asked=[step["step"] for step in found["waiting"]],
    )


async def use(visit: Visit) -> Response:
    """How often each clause and element was asked for, given and withheld."""
    name = visit.part("agreement")
    found = await visit.call("workshop.agreement", agreement=name)
    try:
        told = (await visit.call("agreements.coverage", agreement=name))["agreements"]
    except StaffCallError as error:
        if error.code not in {"agreement-unknown", "projection-unavailable"}:
            raise
        told = []
    return visit.page("use.html", one=found, use=told[0] if told else None, names=await names_for(visit))


async def text(visit: Visit) -> Response:
    """The document as it is written."""
    return visit.page("text.html", one=await visit.call("workshop.agreement", agreement=visit.part("agreement")))


async def file(visit: Visit) -> Response:
    found = await visit.call("workshop.agreement", agreement=visit.part("agreement"))
    return visit.send(found["text"].encode("utf-8"), "application/yaml", found["path"].rsplit("/", 1)[-1])


async def amend(visit: Visit) -> Response:
    """Open a draft of the agreement."""
    name = visit.part("agreement")
    try:
        made = await visit.call("draft.amend", agreement=name)
    except StaffCallError as error:
        return await page(visit.with_problems(Problem(step_words(error, visit.lang))))
    return visit.go(f"/drafts/{made['draft']}/edit/{name}")


async def suspend(visit: Visit) -> Response:
    return await _stop(visit, "agreement.suspend", "suspend-", reasons=True)


async def resume(visit: Visit) -> Response:
    return await _stop(visit, "agreement.resume", "resume-", reasons=False)


async def terminate(visit: Visit) -> Response:
    return await _stop(visit, "agreement.terminate", "terminate-", reasons=True)


async def _stop(visit: Visit, call: str, prefix: str, *, reasons: bool) -> Response:
    name = visit.part("agreement")
    stated = {f"reason_{lang}": visit.typed.get(f"{prefix}{lang}").strip() for lang in ("en", "fr")} if reasons else {}
    missing = [lang for lang in ("en", "fr") if reasons and not stated[f"reason_{lang}"]]
    if missing:
        return await page(
            visit.with_problems(
                *(Problem(str(visit.words(f"reason-{lang}-missing")), prefix + lang) for lang in missing)
            )
        )
    try:
        await visit.call(call, agreement=name, **stated)
    except StaffCallError as error:
        return await page(visit.with_problems(Problem(step_words(error, visit.lang))))
    return visit.go(f"/agreements/{name}")


def _concerns(visit: Visit, found: Mapping[str, Any]) -> bool:
    return visit.room.units.organization(visit.actor.unit) in found["parties"]


async def party(visit: Visit) -> str | None:
    """A unit of the actor's institution where it is a party to the agreement, else one of a party."""
    found = await visit.call("workshop.agreement", agreement=visit.part("agreement"))
    if _concerns(visit, found):
        return visit.actor.unit
    unit: str = found["content"]["parties"][0]["units"][0]
    return unit


_ONE: Final = "/agreements/{agreement}"
_STOP: Final = own(*STOPPERS, step_up=True)
AGREEMENTS: Final = Topic(
    "agreements",
    WORDS,
    (
        show("/agreements", listing, every(*READERS)),
        show(_ONE, page, every(*READERS)),
        show(f"{_ONE}/use", use, every(*USE_READERS)),
        show(f"{_ONE}/text", text, every(*READERS)),
        show(f"{_ONE}/agreement.yaml", file, every(*READERS)),
        act(f"{_ONE}/amend", amend, own(Role.POLICY_EDITOR), shows=page, owner=party),
        act(f"{_ONE}/suspend", suspend, _STOP, shows=page, owner=party),
        act(f"{_ONE}/resume", resume, _STOP, shows=page, owner=party),
        act(f"{_ONE}/terminate", terminate, _STOP, shows=page, owner=party),
    ),
    menu="/agreements",
)
