"""Who may make which call: one table, every call in it, every role held against it."""

import asyncio
import inspect
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any, cast, get_type_hints

import pytest

from gateway.domain.actor import Actor, Identified, Role
from gateway.service.words.acting import IDENTITY, ROLES, refusal_words
from gateway.staff import answering
from gateway.staff.answering import perform
from gateway.staff.authorization import RULES
from gateway.staff.calls import CALLS
from gateway.staff.desk import StaffDesk

DESK = cast(StaffDesk, SimpleNamespace(organizations={"esdc-isb": "esdc"}))


def officer(*roles: Role, unit: str = "esdc-isb", known: Identified = Identified.PEER_CREDENTIALS) -> Actor:
    return Actor("r.roy", unit, frozenset(roles), known)


def performed(call: str, actor: Actor, monkeypatch: pytest.MonkeyPatch, desk: StaffDesk = DESK) -> Mapping[str, Any]:
    """What a call gives whose use case is left out; its arguments are those it needs."""

    async def reached(_desk: Any, _actor: Actor) -> str:
        return "reached"

    monkeypatch.setattr(answering, "CALLS", {**CALLS, call: reached})
    return asyncio.run(perform(desk, call, {}, actor))


def test_every_call_has_its_row_and_every_row_its_call() -> None:
    assert set(RULES) == set(CALLS)
    assert all(rule.roles for rule in RULES.values())


def test_every_call_takes_who_acts_and_nobody_else_who_might_be_taken_for_them() -> None:
    for name, call in CALLS.items():
        desk, actor, *_others = inspect.signature(call).parameters
        assert (desk, actor) == ("desk", "actor"), name
        assert get_type_hints(call)["actor"] is Actor, name
        assert not {"officer", "by"} & set(inspect.signature(call).parameters), name


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("call", CALLS)
def test_a_role_makes_the_calls_of_its_row_and_no_other(call: str, role: Role, monkeypatch: pytest.MonkeyPatch) -> None:
    told = performed(call, officer(role), monkeypatch)
    if role in RULES[call].roles:
        assert told == {"result": "reached"}
    else:
        assert told["error"]["code"] == "not-authorized"
        assert told["error"]["facts"]["roles"] == sorted(RULES[call].roles)
        assert "r.roy" not in str(told)


@pytest.mark.parametrize("call", CALLS)
def test_the_gateway_itself_and_an_officer_without_a_role_make_no_call(
    call: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for nobody in (officer(), Actor.gateway("esdc-isb")):
        assert performed(call, nobody, monkeypatch)["error"]["code"] == "not-authorized"


@pytest.mark.parametrize("call", CALLS)
def test_where_nobody_is_identified_whoever_states_who_they_are_does_everything(
    call: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert performed(call, Actor.stated("esdc-isb", "r.roy"), monkeypatch) == {"result": "reached"}
    told = performed(call, Actor.stated(), monkeypatch)
    if not RULES[call].known:
        assert told == {"result": "reached"}
        return
    assert told["error"]["code"] == "caller-not-stated"
    assert all(f"--{part}" in told["error"]["message"] for part in RULES[call].known)
    assert "ISA_GATEWAY_STAFF_OFFICERS" in told["error"]["message"]


@pytest.mark.parametrize("call", [name for name, rule in RULES.items() if rule.own_institution])
def test_what_is_limited_to_an_institution_needs_a_unit_of_one(call: str, monkeypatch: pytest.MonkeyPatch) -> None:
    told = performed(call, Actor.stated("no-such-unit", "r.roy"), monkeypatch)
    assert told["error"]["code"] == "party-unknown"
    assert "no-such-unit" not in told["error"]["message"]


def test_the_refusal_of_a_role_comes_before_anything_is_said_of_the_arguments() -> None:
    wrong = {"referral": 7, "because": "b"}
    told = asyncio.run(perform(DESK, "referral.refuse", wrong, officer(Role.AUDITOR)))
    assert told["error"]["code"] == "not-authorized"


def test_the_words_are_the_same_in_both_languages() -> None:
    assert IDENTITY["en"].keys() == IDENTITY["fr"].keys()
    assert ROLES["en"].keys() == ROLES["fr"].keys() == set(Role)
    for code in IDENTITY["en"]:
        assert "{" not in (refusal_words(code, "fr", {"roles": ["auditor"]} if code == "not-authorized" else {}) or "")
    assert "vérificateur" in (refusal_words("not-authorized", "fr", {"roles": ["auditor"]}) or "")
    assert refusal_words("hold-refused", "fr", {}) is None
