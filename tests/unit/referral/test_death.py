"""How long the person of a request has been dead: a day more than the years that the law counts, and no day less."""

from datetime import date

import pytest

from gateway.service.ground.evidence_facts import dead_for

TODAY = date(2026, 11, 24)
BOTH = ("dead-over-20-years", "dead-over-30-years")


@pytest.mark.parametrize(
    ("died_on", "stated"),
    [
        (None, ()),
        (date(2026, 11, 24), ()),
        (date(2006, 11, 24), ()),
        (date(2006, 11, 23), BOTH[:1]),
        (date(1996, 11, 24), BOTH[:1]),
        (date(1996, 11, 23), BOTH),
        (date(1, 1, 1), BOTH),
        (date(2030, 1, 1), ()),
        (date(9999, 12, 31), ()),
    ],
)
def test_a_day_more_than_the_years(died_on: date | None, stated: tuple[str, ...]) -> None:
    assert dead_for(died_on, TODAY) == stated


@pytest.mark.parametrize(("today", "over"), [(date(2018, 2, 28), False), (date(2018, 3, 1), True)])
def test_who_died_on_29_february(today: date, over: bool) -> None:
    assert ("dead-over-30-years" in dead_for(date(1988, 2, 29), today)) == over
