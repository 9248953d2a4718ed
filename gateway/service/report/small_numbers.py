"""Small numbers in what is published: 1 to 4 are shown as fewer than 5, so that nobody can be told from a table.

Where the rows of a table add up, a suppressed count might be found from the total and the other counts: then the next
smallest count is left out too, until it cannot, and where no count is left, the total. Nought is shown: it is about
nobody. Invariant: from a published table and its total no count of 1 to 4 follows. Does not: change what an officer of
the institution sees.
"""

from collections.abc import Sequence
from typing import Final

from gateway.service.report.figures import Table

LEAST_SHOWN: Final = 5
Shown = int | None
"""None stands for a count that is not shown."""


def published(table: Table) -> tuple[tuple[tuple[str, tuple[Shown, ...]], ...], tuple[Shown, ...]]:
    """The rows as they may be published, and their totals."""
    columns = [[counts[at] for _code, counts in table.rows] for at in range(len(table.columns))]
    if not table.about_people:
        return table.rows, tuple(sum(column) for column in columns)
    shown = [column_shown(column, adds_up=table.adds_up) for column in columns]
    rows = tuple((code, tuple(column[at] for column, _ in shown)) for at, (code, _) in enumerate(table.rows))
    return rows, tuple(total for _, total in shown)


def count_shown(count: int) -> Shown:
    """A count that stands alone."""
    return None if 0 < count < LEAST_SHOWN else count


def column_shown(counts: Sequence[int], *, adds_up: bool) -> tuple[list[Shown], Shown]:
    """The counts of one column and their total."""
    small = {at for at, count in enumerate(counts) if 0 < count < LEAST_SHOWN}
    total, more = count_shown(sum(counts)), set[int]()
    if adds_up and total is not None:
        others = sorted((count, at) for at, count in enumerate(counts) if count >= LEAST_SHOWN)
        while small and _follows([counts[at] for at in small | more], len(small), len(more)):
            if not others:
                total = None
                break
            more.add(others.pop(0)[1])
    hidden = small | more
    return [None if at in hidden else count for at, count in enumerate(counts)], total


def _follows(hidden: Sequence[int], small: int, more: int) -> bool:
    """Whether one of the `small` counts (each 1 to 4) follows from the sum of all that are hidden, of which `more` are
    known to be at least 5."""
    least_others = small - 1 + LEAST_SHOWN * more
    highest = min(LEAST_SHOWN - 1, sum(hidden) - least_others)
    lowest = 1 if more else max(1, sum(hidden) - (LEAST_SHOWN - 1) * (small - 1))
    return lowest == highest
