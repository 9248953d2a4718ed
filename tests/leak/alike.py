"""Whether two kinds of answer take the same time, by ranks.

The answers are taken in turns, and each is compared with its neighbour of the other kind: what slows a machine down for
a while slows both. Of the ratios of these pairs only their order counts, so that a few answers that took ten times as
long (a commit that waited for the disk, another process) weigh no more than any other. The interval is that of the sign
test for the median ratio: it holds whatever the distribution of the times is. Does not: measure.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

NOTICED: Final = 0.02
"""A difference of this share is noticed on any machine, or the comparison says that it could not tell. A quiet machine
notices a tenth of it."""
WIDTH: Final = 3.29
"""Standard deviations of the sign test's interval: one time in a thousand it misses the true median."""


@dataclass(frozen=True, slots=True)
class Compared:
    """By how much the second kind takes longer, as a share of the first: at least `low`, at most `high`."""

    low: float
    median: float
    high: float

    @property
    def different(self) -> bool:
        """Further apart than the noise explains."""
        return self.low > 0 or self.high < 0

    @property
    def conclusive(self) -> bool:
        """Near enough to the truth for a difference of `NOTICED` to have shown."""
        return self.high - self.low < NOTICED


def compare(first: Sequence[float], second: Sequence[float]) -> Compared:
    """Two kinds measured in turns, in seconds, as many of one as of the other (at least 100 each)."""
    ratios = sorted(later / sooner - 1 for sooner, later in zip(first, second, strict=True))
    count = len(ratios)
    assert count >= 100, "too few to judge by"
    aside = int(WIDTH * sqrt(count) / 2) + 1
    middle = count // 2
    return Compared(ratios[middle - aside], ratios[middle], ratios[middle + aside])
