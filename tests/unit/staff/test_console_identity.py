"""Who acts when the staff console calls: the one user that is nobody themselves, and says who signed in."""

from typing import Any

import pytest

from gateway.domain.actor import ALL_ROLES, Actor, Identified, Role
from gateway.domain.errors import GatewayError
from gateway.staff.identity import Callers, actor_of

OFFICER = Actor("r.roy", "esdc-isb", frozenset({Role.AUDITOR}), Identified.PEER_CREDENTIALS)
CALLERS = Callers({1000: OFFICER}, console=2000)
SAID = {"unit": "esdc-isb", "officer": "p.singh", "roles": ["privacy-officer"]}


def test_the_console_says_who_signed_in_with_which_roles() -> None:
    expected = Actor("p.singh", "esdc-isb", frozenset({Role.PRIVACY_OFFICER}), Identified.SIGN_IN)
    assert actor_of(CALLERS, 2000, SAID) == expected


@pytest.mark.parametrize(
    "stated",
    [
        {},
        {"unit": "esdc-isb", "officer": "p.singh"},
        {**SAID, "roles": "privacy-officer"},
        {**SAID, "roles": ["everything"]},
        {**SAID, "roles": [["privacy-officer"]]},
        {**SAID, "officer": None},
        {**SAID, "unit": "not a code"},
        {**SAID, "identified": "peer-credentials"},
        None,
    ],
)
def test_the_console_is_nobody_by_itself(stated: Any) -> None:
    with pytest.raises(GatewayError):
        actor_of(CALLERS, 2000, stated)


@pytest.mark.parametrize("user", [1000, 3000, None])
def test_nobody_else_says_which_roles_they_have(user: int | None) -> None:
    with pytest.raises(GatewayError):
        actor_of(CALLERS, user, SAID)


def test_where_nobody_is_mapped_fewer_roles_than_all_may_be_stated() -> None:
    actor = actor_of(Callers(), 1000, SAID)
    assert (actor.roles, actor.identified) == (frozenset({Role.PRIVACY_OFFICER}), Identified.STATED)
    assert actor_of(Callers(), 1000, {"unit": "esdc-isb", "officer": "p.singh"}).roles == ALL_ROLES
