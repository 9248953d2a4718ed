"""What comes out otherwise has a change, what does not has none, and what becomes possible comes first."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.service.simulation.change import OPENS, ORDER, Change, ChangeKind, Recorded, changes, recorded

CODES = st.sampled_from(["a", "b", "c"])
FORMS = st.sampled_from(["plain", "mask:3", "mask:4", "generalize:year", "exists"])


@st.composite
def decisions(draw: st.DrawFn) -> Recorded:
    """As an entry states one: every element leaves or stays, and only a permit has forms and a basis."""
    effect = draw(st.sampled_from(["permit", "deny", "refer", "indeterminate"]))
    names = ["x", "y", "z"]
    left = draw(st.lists(st.sampled_from(names), unique=True)) if effect == "permit" else []
    return recorded(
        effect=effect,
        reasons=draw(st.lists(CODES, min_size=1)),
        forms=[(name, draw(FORMS)) for name in left],
        withheld=[(name, draw(CODES)) for name in names if name not in left],
        basis=draw(st.lists(CODES)) if effect == "permit" else [],
        duties=draw(st.lists(CODES)),
    )


@given(decisions(), decisions())
def test_there_is_a_change_exactly_where_something_differs(before: Recorded, after: Recorded) -> None:
    found = changes(before, after)
    assert bool(found) == (before != after)
    assert [ORDER[one.kind] for one in found] == sorted(ORDER[one.kind] for one in found)


@given(decisions(), decisions())
def test_what_leaves_more_is_among_what_opens(before: Recorded, after: Recorded) -> None:
    """An element that leaves and did not, or leaves as it is and did not."""
    gave, gives = dict(before.forms), dict(after.forms)
    more = {name for name, form in gives.items() if gave.get(name) is None or (form == "plain" != gave[name])}
    if more:
        assert {one.kind for one in changes(before, after)} & OPENS


BEFORE = recorded(
    effect="permit",
    reasons=["permitted"],
    forms=[("wage", "plain"), ("account", "mask:3")],
    withheld=[("notes", "not-in-clause")],
    basis=["clause-1", "PA-4"],
    duties=["dispose 100"],
)


@pytest.mark.parametrize(
    ("after", "change"),
    [
        (
            replace(BEFORE, forms=(("account", "mask:3"),), withheld=(("notes", "not-in-clause"), ("wage", "no"))),
            Change(ChangeKind.ELEMENT_WITHHELD, "wage", ("plain",), (), ("no",)),
        ),
        (
            replace(BEFORE, forms=(("account", "mask:3"), ("notes", "scrub"), ("wage", "plain")), withheld=()),
            Change(ChangeKind.ELEMENT_GIVEN, "notes", (), ("scrub",), ("not-in-clause",)),
        ),
        (
            replace(BEFORE, forms=(("account", "mask:4"), ("wage", "plain"))),
            Change(ChangeKind.FORM_WIDER, "account", ("mask:3",), ("mask:4",), ()),
        ),
        (
            replace(BEFORE, forms=(("account", "mask:3"), ("wage", "mask:2"))),
            Change(ChangeKind.FORM_NARROWER, "wage", ("plain",), ("mask:2",), ()),
        ),
        (
            replace(BEFORE, duties=("dispose 200",)),
            Change(ChangeKind.OTHER_DUTIES, None, ("dispose 100",), ("dispose 200",), ()),
        ),
        (
            replace(BEFORE, basis=("PA-4", "clause-2")),
            Change(ChangeKind.OTHER_BASIS, None, ("clause-1",), ("clause-2",), ()),
        ),
        (
            recorded(effect="deny", reasons=["no-clause"], forms=[], withheld=[], basis=[], duties=[]),
            Change(ChangeKind.NOW_REFUSED, None, ("permit",), ("deny",), ("no-clause",)),
        ),
    ],
)
def test_each_is_told_as_what_it_is(after: Recorded, change: Change) -> None:
    assert changes(BEFORE, after) == (change,)
