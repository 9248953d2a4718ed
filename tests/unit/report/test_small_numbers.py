"""From a published table nobody finds a count of 1 to 4: every table that looks the same is tried."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from gateway.service.report.small_numbers import column_shown


def possible(shown: list[int | None], total: int | None, small: list[bool]) -> list[tuple[int, ...]]:
    """Every table of counts up to 14 that a reader may believe in: hidden as small is 1 to 4, else at least 5."""
    places = [
        (count,) if count is not None else tuple(range(1, 5)) if few else tuple(range(5, 15))
        for count, few in zip(shown, small, strict=True)
    ]
    return [one for one in product(*places) if total is None or sum(one) == total]


@given(st.lists(st.integers(0, 9), min_size=1, max_size=4))
def test_no_small_count_follows(counts: list[int]) -> None:
    shown, total = column_shown(counts, adds_up=True)
    small = [0 < count < 5 for count in counts]
    assert all(told is None or told == count for told, count in zip(shown, counts, strict=True))
    assert total in (None, sum(counts))
    believed = possible(shown, total, small)
    for at, few in enumerate(small):
        if few:
            assert shown[at] is None
            assert len({one[at] for one in believed}) > 1


def test_no_more_is_hidden_than_needs_be() -> None:
    assert column_shown([0, 7, 12], adds_up=True) == ([0, 7, 12], 19)
    assert column_shown([3, 7, 12], adds_up=True) == ([None, None, 12], 22)
    assert column_shown([3, 2, 12], adds_up=True) == ([None, None, 12], 17)
    assert column_shown([1, 1, 12, 20], adds_up=True) == ([None, None, None, 20], 34)
    assert column_shown([3, 0], adds_up=True) == ([None, 0], None)
    assert column_shown([3, 7, 12], adds_up=False) == ([None, 7, 12], 22)
