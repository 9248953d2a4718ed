"""A duty of so many days is due at the end of that day in Ottawa, across changes of the clock, and kept in UTC."""

from datetime import UTC, datetime

import pytest

from gateway.domain.decision import Grant, Obligation, Permit
from gateway.domain.due import end_of_day
from gateway.domain.element import Form, FormKind
from gateway.domain.submission import ObligationDue
from gateway.service.obligation.due import obligations_due, stated


@pytest.mark.parametrize(
    ("begins", "days", "due"),
    [
        ("2026-11-24T15:00:00Z", 0, "2026-11-25T04:59:59Z"),
        ("2026-11-24T04:59:59Z", 0, "2026-11-24T04:59:59Z"),
        ("2026-11-24T05:00:00Z", 0, "2026-11-25T04:59:59Z"),
        ("2026-11-24T15:00:00Z", 30, "2026-12-25T04:59:59Z"),
        ("2026-07-01T15:00:00Z", 0, "2026-07-02T03:59:59Z"),
        ("2027-03-13T15:00:00Z", 1, "2027-03-15T03:59:59Z"),
        ("2026-10-31T15:00:00Z", 1, "2026-11-02T04:59:59Z"),
        ("2028-02-28T15:00:00Z", 1, "2028-03-01T04:59:59Z"),
    ],
)
def test_a_day_ends_in_ottawa(begins: str, days: int, due: str) -> None:
    found = end_of_day(datetime.fromisoformat(begins), days)
    assert found == datetime.fromisoformat(due)
    assert found.tzinfo is UTC


def test_an_entry_states_the_day_in_ottawa() -> None:
    """In UTC the end of that day is the day after."""
    duties = (Obligation("dispose", "esdc-isb", 30, ()), Obligation("purpose-only", "esdc-isb", None, ()))
    permit = Permit((), (), (), {"a": Grant("a", Form(FormKind.PLAIN), None)}, (), duties, (), "r")
    due = obligations_due(permit, datetime(2026, 11, 24, 3, 30, tzinfo=UTC))
    assert due == (
        ObligationDue("dispose", "esdc-isb", datetime(2026, 12, 24, 4, 59, 59, tzinfo=UTC)),
        ObligationDue("purpose-only", "esdc-isb", None),
    )
    assert [(one.code, one.due) for one in stated(due)] == [("dispose", "2026-12-23"), ("purpose-only", None)]
    assert obligations_due(permit, datetime(2026, 11, 24, 3, 30, tzinfo=UTC), ("dispose",)) == due[1:]
