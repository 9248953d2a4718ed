"""From where on something is out of the ordinary: the numbers behind every flag, with their defaults.

Invariant: a number out of its range is refused with its name when the deployment starts. What each means is in
docs/flags.md, which a test holds against this file. Does not: compute a flag (`gateway.service.flags.rules`).
"""

from dataclasses import dataclass, field, fields
from typing import Any


def _number(default: float, help_: str, least: float = 1, most: float = 1_000_000) -> Any:
    return field(default=default, metadata={"help": help_, "least": least, "most": most})


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """Raises ValueError with the name of the number that is out of its range."""

    shown_days: int = _number(30, "Days back from today for which flags are raised", most=90)
    habit_days: int = _number(28, "Days before a day that say what is habitual on it", 7, 90)
    habit_least_days: int = _number(5, "Days among those on which a partner asked, before it has a habit", 1, 90)
    volume_factor: float = _number(3.0, "Volume: times the middle of a partner's days of the same kind", 1.1)
    volume_least: int = _number(50, "Volume: requests in a day below which nothing is flagged")
    office_begins: int = _number(7, "After hours: the full hour at which offices open", 0, 23)
    office_ends: int = _number(19, "After hours: the full hour at which offices close", 1, 24)
    after_hours_factor: float = _number(3.0, "After hours: times the middle of a partner's days of the same kind", 1.1)
    after_hours_least: int = _number(10, "After hours: requests in a day below which nothing is flagged")
    case_askers: int = _number(5, "One case: different people (or systems) that asked about it", 2)
    element_least: int = _number(3, "Element outside habit: requests in a day that name it")
    closed_least: int = _number(3, "Closed case: requests in a day about cases that are closed")
    refusals_least: int = _number(10, "Refusals: refused requests in a day below which nothing is flagged")
    refusals_share: float = _number(0.5, "Refusals: part of a partner's requests of a day that was refused", 0.01, 1)
    officer_least: int = _number(30, "One officer: requests in a day below which nothing is flagged")
    officer_factor: float = _number(5.0, "One officer: times the middle of the days of colleagues", 1.1)
    officer_peers: int = _number(3, "One officer: colleagues that are needed for a comparison")

    def __post_init__(self) -> None:
        for one in fields(self):
            if not one.metadata["least"] <= getattr(self, one.name) <= one.metadata["most"]:
                raise ValueError(f"{one.name}: from {one.metadata['least']} to {one.metadata['most']}")
        if self.office_begins >= self.office_ends:
            raise ValueError("office_ends: after office_begins")
