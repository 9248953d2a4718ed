"""How much longer a piece of work takes when what it works on is eight times as long: about 8 where it is linear,
64 where it is quadratic. Each size is measured several times and the shortest counts, because a busy machine only ever
adds; the collector is off meanwhile, because what it costs depends on what else the process holds."""

import contextlib
import gc
import time
from collections.abc import Callable
from typing import TypeVar

Input = TypeVar("Input")
LINEAR = 40.0
"""Between the 8 of linear work and the 64 of quadratic work."""


def growth(work: Callable[[Input], object], make: Callable[[int], Input], size: int, rounds: int = 5) -> float:
    """The time of `work(make(size))` by that of `work(make(size // 8))`; an exception of the work counts as its end."""
    part, whole = make(size // 8), make(size)
    shortest = [float("inf"), float("inf")]
    gc.disable()
    for _ in range(rounds):
        for place, value in enumerate((part, whole)):
            started = time.perf_counter()
            with contextlib.suppress(Exception):
                work(value)
            shortest[place] = min(shortest[place], time.perf_counter() - started)
    gc.enable()
    return shortest[1] / shortest[0]
