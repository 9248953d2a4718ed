"""Each rule raises its flag exactly at its threshold, and not just below it."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.domain.due import OTTAWA
from gateway.service.flags.flag import Flag, FlagKind
from gateway.service.flags.rules import Looking, of_hours, of_requests
from gateway.service.flags.seen import HourSum, SeenRequest
from gateway.service.flags.thresholds import Thresholds
from gateway.service.projection.rows import Pattern

LIMITS = Thresholds()
DAY = date(2026, 11, 24)
"""A Tuesday without a holiday near it but Remembrance Day."""
LOOKING = Looking("esdc", DAY, DAY, LIMITS)


def at(day: date, hour: int = 10) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=OTTAWA).astimezone(UTC)


def hour(
    day: date,
    entries: int,
    *,
    hour: int = 10,
    kind: str = "disclosure",
    elements: Sequence[str] = ("wage",),
    at_: int = 0,
) -> HourSum:
    disclosed = tuple((name, "plain") for name in elements)
    pattern = Pattern(kind=kind, requester="ircc-permits", custodian="esdc-pob", disclosed=disclosed)  # type: ignore[arg-type]
    return HourSum(at(day, hour), pattern, entries, at_, at_ + max(0, entries - 1))


def habit(each: int, *, hour_: int = 10) -> list[HourSum]:
    """Twenty-eight days on each of which the partner asked so often."""
    return [hour(DAY - timedelta(days=back), each, hour=hour_) for back in range(1, 29)]


def kinds(flags: Sequence[Flag]) -> list[FlagKind]:
    return [flag.kind for flag in flags]


def hours(*rows: HourSum) -> list[Flag]:
    return list(of_hours(rows, LOOKING))


@given(st.integers(0, 200))
def test_volume_is_flagged_from_three_times_the_habit_on(usual: int) -> None:
    limit = max(LIMITS.volume_least, 3 * usual)
    before = habit(usual) if usual else habit(0)
    assert kinds(hours(*before, hour(DAY, limit))) == [FlagKind.VOLUME]
    assert hours(*before, hour(DAY, limit - 1)) == []


@given(st.integers(0, 40))
def test_after_hours_is_flagged_against_what_is_usual_then(usual: int) -> None:
    limit = max(LIMITS.after_hours_least, 3 * usual)
    # Enough by day that the volume is nothing out of the ordinary.
    before = [*habit(60), *habit(usual, hour_=22)]
    assert kinds(hours(*before, hour(DAY, limit, hour=22))) == [FlagKind.AFTER_HOURS]
    assert hours(*before, hour(DAY, limit - 1, hour=22)) == []
    assert hours(*before, hour(DAY, limit, hour=18)) == []


@pytest.mark.parametrize("when", [date(2026, 11, 28), date(2026, 11, 11), date(2026, 12, 25)])
def test_a_weekend_and_a_holiday_are_after_hours_all_day(when: date) -> None:
    looking = Looking("esdc", when, when, LIMITS)
    before = [
        hour(when - timedelta(days=back), 60) for back in range(1, 29) if (when - timedelta(days=back)).weekday() < 5
    ]
    found = list(of_hours([*before, hour(when, LIMITS.after_hours_least, hour=11)], looking))
    assert kinds(found) == [FlagKind.AFTER_HOURS]


def test_a_partner_without_a_habit_is_flagged_for_refusals_alone() -> None:
    days = [hour(DAY - timedelta(days=back), 1) for back in range(1, LIMITS.habit_least_days)]
    new = hour(DAY, 5_000, hour=23, elements=("never-asked",))
    assert hours(*days, new) == []
    assert FlagKind.VOLUME in kinds(hours(*days, hour(DAY - timedelta(days=20), 1), new))


@given(st.integers(0, 60))
def test_refusals_are_flagged_from_half_of_the_day_on(given_: int) -> None:
    refused = max(LIMITS.refusals_least, given_)
    rows = [hour(DAY, given_)] if given_ else []
    found = hours(*rows, hour(DAY, refused, kind="denial", at_=1_000))
    assert kinds(found) == [FlagKind.REFUSALS]
    assert (found[0].first_index, found[0].last_index) == (1_000, 1_000 + refused - 1)
    fewer = hours(*rows, hour(DAY, refused - 1, kind="denial"))
    assert fewer == []


def test_an_element_outside_the_habit_is_flagged_once_it_is_asked_often_enough() -> None:
    asked = hour(DAY, LIMITS.element_least, elements=("wage", "interview_notes"), at_=500)
    found = hours(*habit(5), asked)
    assert [(flag.kind, flag.element, flag.first_index) for flag in found] == [
        (FlagKind.NEW_ELEMENT, "interview_notes", 500)
    ]
    assert hours(*habit(5), hour(DAY, LIMITS.element_least - 1, elements=("interview_notes",))) == []
    known = hour(DAY - timedelta(days=28), 1, elements=("interview_notes",))
    assert hours(*habit(5), known, asked) == []


def seen(
    index: int, *, day: date = DAY, unit: str = "ircc-permits", case: str | None = None, officer: str | None = None,
    closed: bool = False,
) -> SeenRequest:  # fmt: skip
    return SeenRequest(index, at(day), unit, unit, "esdc-isb", case, officer, closed)


def requests(rows: Sequence[SeenRequest]) -> list[Flag]:
    return list(of_requests(rows, LOOKING))


@given(st.integers(1, 12))
def test_one_case_is_flagged_by_how_many_different_people_ask(people: int) -> None:
    rows = [seen(index, case="c", officer=f"o-{index % people}") for index in range(24)]
    found = requests(rows)
    assert kinds(found) == ([FlagKind.ONE_CASE] if people >= LIMITS.case_askers else [])
    if found:
        assert found[0].figures == {"askers": people, "units": 1, "count": 24}
        assert found[0].entries == tuple(range(24))


def test_people_of_two_units_are_different_people_and_no_case_is_no_case() -> None:
    rows = [seen(index, unit=f"unit-{index}", case="c") for index in range(LIMITS.case_askers)]
    assert kinds(requests(rows)) == [FlagKind.ONE_CASE]
    assert requests([seen(index, unit=f"unit-{index}") for index in range(20)]) == []
    assert requests([seen(index, unit=f"unit-{index}", case=f"c-{index}") for index in range(20)]) == []


def test_closed_cases_are_counted_by_partner_and_day() -> None:
    rows = [seen(index, closed=True) for index in range(LIMITS.closed_least)]
    assert kinds(requests(rows)) == [FlagKind.CLOSED_CASE]
    assert requests(rows[:-1]) == []
    assert requests([*rows[:-1], seen(9, closed=True, unit="cbsa-inland")]) == []
    assert requests([*rows[:-1], seen(9, closed=True, day=DAY - timedelta(days=1))]) == []


@given(st.integers(1, 20))
def test_one_officer_is_compared_with_colleagues_of_the_same_unit(usual: int) -> None:
    limit = max(LIMITS.officer_least, 5 * usual)
    peers = [
        seen(index, day=DAY - timedelta(days=1), officer=f"peer-{peer}")
        for peer in range(LIMITS.officer_peers)
        for index in range(usual)
    ]
    much = [seen(1_000 + index, officer="x") for index in range(limit)]
    assert kinds(requests([*peers, *much])) == [FlagKind.ONE_OFFICER]
    assert requests([*peers, *much[:-1]]) == []
    assert requests([*[one for one in peers if one.officer != "peer-0"], *much]) == []
    elsewhere = [seen(one.entry_index, day=DAY, unit="cbsa-inland", officer=one.officer) for one in peers]
    assert FlagKind.ONE_OFFICER not in kinds(requests([*elsewhere, *much]))


def test_the_same_thing_is_the_same_flag_and_names_nobody() -> None:
    one, again = (requests([seen(i, case="token", officer=f"o-{i}") for i in range(5 + more)])[0] for more in (0, 3))
    assert one.id == again.id
    assert again.last_index == 7
    assert "token" not in repr(one)
    other = next(
        of_requests([seen(i, case="token", officer=f"o-{i}") for i in range(5)], Looking("ircc", DAY, DAY, LIMITS))
    )
    assert other.id != one.id


@pytest.mark.parametrize(
    "wrong", [{"habit_days": 6}, {"refusals_share": 1.5}, {"office_begins": 20}, {"case_askers": 1}]
)
def test_a_threshold_out_of_its_range_is_named(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong)).replace("office_begins", "office_ends")):
        Thresholds(**wrong)
