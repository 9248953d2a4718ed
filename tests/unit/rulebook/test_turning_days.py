"""Between two days that the rulebook names every day is like another: the Rego is read for it, and days are tried."""

import re
from datetime import date, timedelta

import pytest

from gateway.adapters.packaged import packaged
from gateway.service.simulation.turning_days import TurningDays, days_in

RULES = sorted(path for path in packaged("policies").rglob("*.rego") if not path.name.endswith("_test.rego"))
DAYS = re.compile(r"input\.(?:agreement_)?date\b")
COMPARED = re.compile(
    r"[a-z_.]+\.[a-z_]+ <= input\.(?:agreement_)?date\b|input\.(?:agreement_)?date < [a-z_.]+\.[a-z_]+\b"
)


def test_a_rule_only_asks_whether_a_day_comes_before_one_that_is_named() -> None:
    """Whoever writes a rule that does more with the day has to look at `TurningDays`."""
    found = 0
    for path in RULES:
        for line in path.read_text("utf-8").splitlines():
            mentions = DAYS.findall(line)
            assert len(mentions) == len(COMPARED.findall(line)), f"{path.name}: {line.strip()}"
            found += len(mentions)
    assert found >= 10


@pytest.mark.parametrize(
    ("day", "turning"),
    [
        (date(2026, 3, 31), date.min),
        (date(2026, 4, 1), date(2026, 4, 1)),
        (date(2026, 4, 2), date(2026, 4, 1)),
        (date(2027, 1, 1), date(2027, 1, 1)),
        (date(2030, 1, 1), date(2027, 1, 1)),
    ],
)
def test_the_last_turning_day_stands_for_those_after_it(day: date, turning: date) -> None:
    days = TurningDays({"a": ["2026-04-01", {"until": "2027-01-01"}], "b": "no day", "c": 20260401})
    assert days.last_until(day) == turning


def test_every_comparison_comes_out_the_same() -> None:
    named = [date(2026, 4, 1), date(2026, 4, 2), date(2026, 12, 31)]
    days = TurningDays(named)
    for number in range(-3, 400):
        day = date(2026, 4, 1) + timedelta(days=number)
        stands_for_it = days.last_until(day)
        assert [one <= day for one in named] == [one <= stands_for_it for one in named]


def test_days_are_found_however_deep() -> None:
    assert list(days_in({"a": ({"b": ["2026-04-01"]}, "2026-13-01"), "c": date(2026, 1, 1)})) == [
        date(2026, 4, 1),
        date(2026, 1, 1),
    ]
