"""How much longer a piece of work takes when what it works on is twice as long: about 2 where it is linear, 4 where it
is quadratic. Each size is measured several times and the shortest counts, because a busy machine only ever adds."""

import time
from collections.abc import Callable
from typing import TypeVar

Input = TypeVar("Input")
LINEAR = 3.0
"""Between the 2 of linear work and the 4 of quadratic work."""


def growth(work: Callable[[Input], object], make: Callable[[int], Input], size: int, rounds: int = 5) -> float:
    """The time of `work(make(size))` by that of `work(make(size // 2))`; an exception of the work counts as its end."""
    halves, wholes = make(size // 2), make(size)
    shortest = [float("inf"), float("inf")]
    for _ in range(rounds):
        for place, value in enumerate((halves, wholes)):
            started = time.perf_counter()
            try:
                work(value)
            except Exception:  # noqa: BLE001, S110 - a refusal is an answer as good as any
                pass
            shortest[place] = min(shortest[place], time.perf_counter() - started)
    return shortest[1] / shortest[0]
