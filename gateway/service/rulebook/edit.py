"""One change of a document of the rulebook: a member gets a value, a list gets an item, something goes.

Invariant: a change names its place by members and positions, as findings do, and holds plain JSON data. Does not: know
how a document is written (an adapter edits its text and leaves everything else of it as it stands).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, TypeAlias

from gateway.domain.errors import GatewayError

Place: TypeAlias = tuple[str | int, ...]
_NAMED_BY: Final = ("id", "name", "attribute", "organization", "unit")
"""Members that name an item of a list, so that an item that changed is told from one that is new."""


class EditError(GatewayError):
    """The document does not allow the change; nothing was done."""

    code = "edit"


class EditKind(StrEnum):
    """`add` puts an item at the end of the list at the place."""

    SET = "set"
    ADD = "add"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class Edit:
    kind: EditKind
    at: Place
    value: Any = None

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> "Edit":
        """Raises EditError."""
        try:
            kind, at = EditKind(row["kind"]), tuple(row["at"])
        except (KeyError, TypeError, ValueError):
            raise EditError("edits: each has a kind (set, add, remove) and a place") from None
        if not at or not all(isinstance(part, str | int) and not isinstance(part, bool) for part in at):
            raise EditError("edits: a place is made of names of members and positions in lists")
        return cls(kind, at, row.get("value"))


def value_at(value: Any, at: Place) -> Any:
    """What stands at a place; None where nothing does."""
    for part in at:
        try:
            value = value[part]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def applied(value: Any, edits: Sequence[Edit]) -> Any:
    """A document as data with the edits; the given one is left as it is. Raises EditError where a place is none."""
    for edit in edits:
        value = _applied(value, edit, edit.at)
    return value


def _applied(value: Any, edit: Edit, at: Place) -> Any:
    match value, at:
        case _, ():
            if edit.kind is EditKind.ADD:
                if not isinstance(value, list):
                    raise _nowhere()
                return [*value, edit.value]
            return edit.value
        case dict(), (str() as name,) if edit.kind is EditKind.SET:
            return {**value, name: edit.value}
        case dict(), (str() as name, *rest) if name in value:
            if not rest and edit.kind is EditKind.REMOVE:
                return {key: one for key, one in value.items() if key != name}
            return {**value, name: _applied(value[name], edit, tuple(rest))}
        case list(), (int() as index, *rest) if 0 <= index < len(value):
            if not rest and edit.kind is EditKind.REMOVE:
                return [*value[:index], *value[index + 1 :]]
            return [*value[:index], _applied(value[index], edit, tuple(rest)), *value[index + 1 :]]
        case _:
            raise _nowhere()


def _nowhere() -> EditError:
    return EditError("the document has no such place; look at it as it is now")


def difference(old: Any, new: Any, at: Place = ()) -> list[Edit]:
    """The smallest edits that make `old` say what `new` says; the order of a list's items stays that of `old`."""
    if old == new:
        return []
    if isinstance(old, dict) and isinstance(new, dict):
        return _of_members(old, new, at)
    if isinstance(old, list) and isinstance(new, list) and old and new:
        return _of_items(old, new, at)
    return [Edit(EditKind.SET, at, new)]


def _of_members(old: Mapping[str, Any], new: Mapping[str, Any], at: Place) -> list[Edit]:
    edits = [Edit(EditKind.REMOVE, (*at, name)) for name in old if name not in new]
    for name, value in new.items():
        edits += difference(old[name], value, (*at, name)) if name in old else [Edit(EditKind.SET, (*at, name), value)]
    return edits


def _of_items(old: Sequence[Any], new: Sequence[Any], at: Place) -> list[Edit]:
    """Changed items first, then new ones behind them, then what goes, from the end: so no position moves meanwhile."""
    names = [_name(one) for one in old]
    wanted = {_name(one): one for one in new}
    if len(set(map(repr, names))) != len(old) or len(wanted) != len(new):
        return [Edit(EditKind.SET, at, list(new))]
    edits = []
    for index, (name, one) in enumerate(zip(names, old, strict=True)):
        if name in wanted:
            edits += difference(one, wanted[name], (*at, index))
    edits += [Edit(EditKind.ADD, at, one) for name, one in wanted.items() if name not in names]
    gone = [index for index, name in enumerate(names) if name not in wanted]
    return edits + [Edit(EditKind.REMOVE, (*at, index)) for index in reversed(gone)]


def _name(item: Any) -> Any:
    """What tells an item from the others of its list."""
    if not isinstance(item, dict):
        return repr(item)
    return next((item[member] for member in _NAMED_BY if member in item), repr(item))
