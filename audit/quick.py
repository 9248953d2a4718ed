"""A frozen dataclass that costs half to make: `@quick` above `@dataclass(frozen=True, slots=True)`.

The standard library sets each field of a frozen class by `object.__setattr__`, which looks the slot up by its name; on
the way of a disclosure that is a tenth of all. Here each slot is set by its own descriptor. Invariant: nothing else
differs: the class is as frozen as before, takes the same arguments and defaults, and runs its `__post_init__`.
Does not: know fields that are not taken by `__init__`.
"""

from collections.abc import Callable
from dataclasses import MISSING, fields
from typing import Any, TypeVar

Made = TypeVar("Made")


def quick(cls: type[Made]) -> type[Made]:
    """The same class, with an `__init__` that sets its slots. Raises TypeError where it cannot be made like that."""
    positional: list[str] = ["self"]
    named: list[str] = []
    body: list[str] = []
    known: dict[str, Any] = {"_missing": MISSING}
    for item in fields(cls):  # type: ignore[arg-type]  # only dataclasses are given
        if not item.init or item.name not in _slots(cls):
            raise TypeError("a field is no slot, or is not taken by __init__")
        name, given, value = item.name, item.name, item.name
        known[f"_set_{name}"] = _slots(cls)[name].__set__
        if item.default is not MISSING:
            known[f"_default_{name}"] = item.default
            given = f"{name}=_default_{name}"
        elif item.default_factory is not MISSING:
            known[f"_make_{name}"] = item.default_factory
            given, value = f"{name}=_missing", f"_make_{name}() if {name} is _missing else {name}"
        (named if item.kw_only else positional).append(given)
        body.append(f"    _set_{name}(self, {value})")
    if hasattr(cls, "__post_init__"):
        body.append("    self.__post_init__()")
    parameters = ", ".join([*positional, *(["*", *named] if named else [])])
    source = f"def __init__({parameters}):\n" + "\n".join(body or ["    pass"])
    exec(source, known)  # noqa: S102 - the names of a class's own fields, as `dataclasses` does it
    made: Callable[..., None] = known["__init__"]
    made.__qualname__, made.__module__ = f"{cls.__qualname__}.__init__", cls.__module__
    made.__annotations__ = dict(cls.__init__.__annotations__)
    setattr(cls, "__init__", made)  # noqa: B010 - a type checker takes a method for one that nobody assigns
    return cls


def _slots(cls: type) -> dict[str, Any]:
    """The descriptors of the class's own slots."""
    return {name: vars(cls)[name] for name in vars(cls).get("__slots__", ())}
