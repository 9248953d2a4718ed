"""Every step of a draft and of an agreement × every role × author or another × own and other institution: who may, and
what four eyes add.

The expectation is a rule of a few lines, written from the issue and not from the table it is held against.
"""

import contextlib
import itertools
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from gateway.domain.actor import Actor, Identified, Role
from gateway.domain.rulebook import AgreementStanding
from gateway.service.rulebook.errors import DraftError
from gateway.staff.answering import perform
from gateway.staff.authorization import RULES
from gateway.staff.rulebook_calls import RULEBOOK_CALLS
from tests.unit.rulebook.office import (
    APPROVER,
    EDITOR,
    ORGANIZATIONS,
    PUBLISHER,
    REASON,
    TFW,
    Office,
    narrowed,
    play,
    shipped,
)

WRITING = ("draft.open", "draft.save", "draft.submit", "draft.withdraw")
PUBLISHING = ("draft.publish", "draft.schedule")
STOPPING = ("agreement.suspend", "agreement.resume", "agreement.terminate")
STEPS = (*WRITING, "draft.approve", *PUBLISHING, *STOPPING)
LOOKING = ("draft.list", "draft.show", "agreement.list", "agreement.history", "rulebook.files")
WORDS = {"reason_en": REASON["en"], "reason_fr": REASON["fr"]}
DONE = "done"


def expected(step: str, role: Role, *, author: bool, own: bool = True) -> str:
    """`author` is who wrote the draft, or who asked first for what needs two; `own`: an institution that is a party."""
    if step in WRITING:
        may = {Role.POLICY_EDITOR}
    elif step in PUBLISHING:
        may = {Role.POLICY_PUBLISHER}
    elif step == "draft.approve":
        may = {Role.POLICY_APPROVER}
    else:
        may = {Role.DELEGATED_HEAD, Role.POLICY_APPROVER, Role.POLICY_PUBLISHER}
    if role not in may:
        return "not-authorized"
    if author and step == "draft.approve":
        return "own-draft"
    if not own and step not in WRITING:
        return "not-concerned"
    if author and step in ("agreement.resume", "agreement.terminate"):
        return "second-person"
    return DONE


def test_every_call_of_the_rulebook_is_a_step_or_a_look() -> None:
    known = {name for name in RULES if name.startswith(("draft.", "agreement.", "rulebook."))}
    assert {*STEPS, *LOOKING} <= known
    assert set(RULEBOOK_CALLS) <= known


def test_who_publishes_or_approves_by_role_alone_does_not_write() -> None:
    for step in STEPS:
        roles = {role for role in Role if expected(step, role, author=False) == DONE}
        assert roles == RULES[step].roles, step
        assert RULES[step].own_institution, f"{step} is limited to an institution"


@pytest.mark.thorough
@pytest.mark.parametrize("step", STEPS)
def test_a_step_by_every_role_and_by_its_author_or_another(step: str, tmp_path: Path) -> None:
    async def scenario(office: Office) -> None:
        for role in Role:
            for author, own in itertools.product((True, False), repeat=2):
                arguments = await before(office, step)
                actor = Actor(EDITOR.officer if author else "o.other", "esdc-isb" if own else "london-ssm",
                              frozenset({role}), Identified.PEER_CREDENTIALS)  # fmt: skip
                size = len(office.entries())
                told = await perform(office, step, arguments, actor)  # type: ignore[arg-type]
                outcome = told["error"]["code"] if "error" in told else DONE
                assert outcome == expected(step, role, author=author, own=own), (role, author, own, told)
                assert len(office.entries()) == size + (outcome == DONE), "what is refused leaves nothing"

    play(tmp_path, scenario)


async def before(office: Office, step: str) -> Mapping[str, Any]:
    """Bring everything to where the step can be made; its arguments."""
    stopping, drafts = office.desk.stopping, office.desk.drafts
    if step in STOPPING:
        state = await office.state()
        ended = {name for name, one in state.stopped.items() if one.standing is AgreementStanding.TERMINATED}
        agreement = min(name for name in set(state.agreements) - ended if "esdc" in name)
        if step == "agreement.suspend" and agreement in state.stopped:
            await stopping.resume(EDITOR, agreement)
            await stopping.resume(APPROVER, agreement)
        if step == "agreement.resume":
            if agreement not in state.stopped:
                await stopping.suspend(EDITOR, agreement, REASON)
            if office.actions()[-1] != "agreement-resume-asked":
                await stopping.resume(EDITOR, agreement)
            return {"agreement": agreement}
        if step == "agreement.terminate":
            with contextlib.suppress(DraftError):  # asked for already by the turn before
                await stopping.terminate(EDITOR, agreement, REASON)
        return {"agreement": agreement, **WORDS}
    in_force = office.documents.file((await office.state()).files[TFW])
    other = {TFW: shipped()[TFW]} if in_force != shipped()[TFW] else narrowed()
    if step == "draft.open":
        return {"files": {path: body.decode() for path, body in other.items()}}
    draft = await drafts.open(EDITOR, other)
    if step in ("draft.save", "draft.submit", "draft.withdraw"):
        files = {"files": {path: body.decode() for path, body in narrowed("3").items()}} if step == "draft.save" else {}
        return {"draft": draft.id, "revision": draft.revision, **files}
    draft = await drafts.submit(EDITOR, draft.id, draft.revision)
    named = {"draft": draft.id, "digest": draft.digest}
    if step in PUBLISHING:
        await drafts.approve(APPROVER, draft.id, draft.digest, "Director")
    return named if step != "draft.schedule" else {**named, "at": "2027-04-01T04:00:00.000Z"}


def test_somebody_of_no_institution_of_the_register_makes_no_step(tmp_path: Path) -> None:
    async def scenario(office: Office) -> None:
        for step in STEPS:
            told = await perform(office, step, {}, Actor.stated("of-nobody", "o.other"))  # type: ignore[arg-type]
            assert told["error"]["code"] in ("party-unknown", "call-malformed")
        assert PUBLISHER.unit in ORGANIZATIONS

    play(tmp_path, scenario)
