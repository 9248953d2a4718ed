"""Whether what a staff call is given is of the kind that it takes, before anything of it runs.

Invariant: a complaint starts with the name of the argument and holds no value. Does not: know what an argument means.
"""

import functools
import inspect
from collections.abc import Mapping
from typing import Any, get_type_hints

from pydantic import ConfigDict, TypeAdapter, ValidationError

from gateway.domain.free_text import is_readable
from gateway.staff.calls import Call

_STRICT = ConfigDict(strict=True)


def misfit_of(call: Call, arguments: Mapping[str, Any]) -> str | None:
    """What is wrong with the first argument that is not of its kind, or that holds a text that cannot be read; or None.

    The arguments are those that the call takes."""
    kinds = _kinds(call)
    for name, value in arguments.items():
        try:
            kinds[name].validate_python(value)
        except ValidationError:
            return f"{name}: is not of the kind that this call takes; nothing was done"
        if not all(is_readable(text, prose=True) for text in _texts(value) if text):
            return f"{name}: write visible characters, spaces and line ends only; nothing was done"
    return None


@functools.cache
def _kinds(call: Call) -> Mapping[str, TypeAdapter[Any]]:
    hints = get_type_hints(call)
    names = list(inspect.signature(call).parameters)[2:]
    return {name: TypeAdapter(hints[name], config=_STRICT) for name in names}


def _texts(value: Any) -> list[str]:
    """Every text in the value, however deep; a loop, because what is deep came from outside."""
    found, waiting = [], [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            found.append(item)
        elif isinstance(item, Mapping):
            waiting.extend((*item.keys(), *item.values()))
        elif isinstance(item, list | tuple):
            waiting.extend(item)
    return found
