"""The day of the law is that of Ottawa and Toronto, the day of an agreement that of the zone its term states."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from gateway.adapters.packaged import packaged
from gateway.adapters.rulebook import build
from gateway.adapters.rulebook import load as agreements
from gateway.adapters.rulebook.files import Item
from gateway.adapters.rulebook.located import Located
from gateway.domain.due import legal_day


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2026, 3, 26, 3, 59, 59, tzinfo=UTC), date(2026, 3, 25)),
        (datetime(2026, 3, 26, 4, 0, 0, tzinfo=UTC), date(2026, 3, 26)),
        (datetime(2026, 11, 20, 4, 59, 59, tzinfo=UTC), date(2026, 11, 19)),
        (datetime(2026, 11, 20, 5, 0, 0, tzinfo=UTC), date(2026, 11, 20)),
    ],
)
def test_a_day_begins_where_the_legislature_sits(at: datetime, day: date) -> None:
    assert legal_day(at) == day


def test_an_agreement_begins_at_the_start_of_a_day_in_the_zone_of_its_term() -> None:
    shipped = agreements.load(packaged("agreements")).register.find("ircc-on-dci")
    assert shipped is not None
    at = datetime(2026, 4, 1, 4, 0, tzinfo=UTC)
    assert shipped.day(at) == date(2026, 4, 1)
    zones = {"America/St_Johns": date(2026, 4, 1), "America/Vancouver": date(2026, 3, 31)}
    for zone, day in zones.items():
        assert replace(shipped, time_zone=zone).day(at) == day


def test_a_version_that_is_kept_from_before_terms_stated_a_zone_counts_in_ottawa() -> None:
    shipped = agreements.load(packaged("agreements")).register.find("ircc-on-dci")
    assert shipped is not None
    term = {name: value for name, value in shipped.document["term"].items() if name != "time_zone"}
    document = {**shipped.document, "term": term}
    assert build.agreement(Item(Located("agreement", document), (), document)).time_zone == "America/Toronto"
