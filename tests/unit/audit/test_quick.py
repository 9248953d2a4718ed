"""A quick class differs from a plain one in what it costs, and in nothing else."""

import copy
import inspect
from dataclasses import FrozenInstanceError, dataclass, field, replace
from typing import Any

import pytest

from audit.entry import Entry
from audit.quick import quick


@dataclass(frozen=True, slots=True)
class Plain:
    first: int
    second: str = "b"
    third: list[int] = field(default_factory=list, repr=False)
    fourth: int | None = field(default=None, kw_only=True)

    def __post_init__(self) -> None:
        if self.first < 0:
            raise ValueError("first")


@quick
@dataclass(frozen=True, slots=True)
class Quick:
    first: int
    second: str = "b"
    third: list[int] = field(default_factory=list, repr=False)
    fourth: int | None = field(default=None, kw_only=True)

    def __post_init__(self) -> None:
        if self.first < 0:
            raise ValueError("first")


def test_it_takes_what_a_plain_one_takes_and_is_the_same_then() -> None:
    calls: Any = [
        *[((1,), {}), ((1, "x"), {"fourth": 4}), ((1, "x", [2]), {}), ((), {"first": 1, "third": [3]})],
    ]
    for arguments, words in calls:
        plain, made = Plain(*arguments, **words), Quick(*arguments, **words)
        assert repr(made) == repr(plain).replace("Plain", "Quick")
        assert (made.first, made.second, made.third, made.fourth) == (
            *(plain.first, plain.second, plain.third, plain.fourth),
        )
        assert made == Quick(*arguments, **words) == copy.copy(made) == replace(made, second=made.second)
    assert Quick(1).third is not Quick(1).third
    assert list(inspect.signature(Quick).parameters) == list(inspect.signature(Plain).parameters)


def test_it_refuses_what_a_plain_one_refuses() -> None:
    wrong: list[tuple[tuple[Any, ...], dict[str, Any]]] = [
        *[((), {}), ((1, "x", [], 4), {}), ((1,), {"first": 1}), ((1,), {"fifth": 1})],
    ]
    for given, named in wrong:
        for kind in (Plain, Quick):
            with pytest.raises(TypeError):
                kind(*given, **named)
    with pytest.raises(ValueError, match="first"):
        Quick(-1)


def test_it_is_frozen_and_has_slots_only() -> None:
    made = Quick(1)
    with pytest.raises(FrozenInstanceError):
        made.first = 2  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        del made.first
    assert not hasattr(made, "__dict__")


def test_a_class_that_it_cannot_make_is_refused() -> None:
    @dataclass(frozen=True, slots=True)
    class Derived:
        first: int = field(init=False, default=1)

    @dataclass(frozen=True)
    class Loose:
        first: int

    for kind in (Derived, Loose):
        with pytest.raises(TypeError):
            quick(kind)


def test_an_entry_is_still_checked_when_it_is_made() -> None:
    assert "_check_own" in inspect.getsource(Entry.__post_init__)
    with pytest.raises(Exception, match="time"):
        Entry(time="yesterday", kind="denial", requester="rcmp", effect="deny")
