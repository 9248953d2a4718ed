"""The situations of this repository, and what is told of them together; their format is the product's.

Does not: read a file (`gateway.adapters.rulebook.situation_files`), or run anything.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from gateway.adapters.rulebook.situation_files import read
from gateway.service.simulation.situation import Situation

HERE = Path(__file__).parent
FOLDER = HERE / "situations"
EXTRA_AGREEMENTS = HERE / "agreements"
MISSING = "(missing)"


@cache
def all_situations() -> tuple[Situation, ...]:
    """By name. Files that do not hold against the schema are left to the test of the format."""
    found = (
        Situation(path.relative_to(FOLDER).with_suffix("").as_posix(), read(path.read_text("utf-8")))
        for path in paths()
    )
    return tuple(found)


def paths() -> list[Path]:
    return sorted(FOLDER.rglob("*.yaml"))


def facts(body: Any, *place: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    """The facts of a situation: everything but its words and expectations, one by one; a list is one fact."""
    if isinstance(body, Mapping):
        for member, value in body.items():
            if place or member in {"when", "ask", "record", "before"}:
                yield from facts(value, *place, member)
    else:
        yield place, body


def differences(one: Situation, other: Situation) -> list[tuple[str, ...]]:
    """The facts in which two situations differ."""
    left, right = dict(facts(one.body)), dict(facts(other.body))
    return sorted(
        place for place in left.keys() | right.keys() if left.get(place, MISSING) != right.get(place, MISSING)
    )
