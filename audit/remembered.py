"""What is made of a value once and kept beside it, such as the text of what the decisions of a day have in common.

Invariant: it is given again for that very object only, which is held so long; equal objects are not compared, because
that would cost what is saved. Only for values that nobody changes. Does not: keep more than `capacity` of them.
"""

from collections.abc import Callable
from typing import Final, Generic, TypeVar

CAPACITY: Final = 4_096

Of = TypeVar("Of")
Made = TypeVar("Made")


class Remembered(Generic[Of, Made]):
    """Call it like `make`."""

    def __init__(self, make: Callable[[Of], Made], capacity: int = CAPACITY) -> None:
        self._make = make
        self._capacity = capacity
        self._kept: dict[int, tuple[Of, Made]] = {}

    def __call__(self, value: Of) -> Made:
        kept = self._kept.get(id(value))
        if kept is not None and kept[0] is value:
            return kept[1]
        made = self._make(value)
        if len(self._kept) >= self._capacity:
            self._kept.clear()
        self._kept[id(value)] = value, made
        return made
