"""From what a database driver or a JSON parser returns to the conventions of a record.

A record holds strings, integers, booleans, null and lists of strings; decimals are strings, dates and times ISO 8601
strings, floats never occur. A value that cannot be brought into the form of its element's type is an `UnfitValueError`
that names source and element; the record goes on without it, because one bad value must not tell by an error that there
is a record. Whether it is a *valid* SIN or postal code is judged later, by `gateway.domain`.
"""

import json
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, TypeAlias

from audit.canonical import JsonValue
from gateway.domain.errors import UnfitValueError

Convert: TypeAlias = Callable[[Any], JsonValue]


class _UnfitError(Exception):
    """Internal: the value has the wrong shape; the caller, who knows the element, makes an UnfitValueError of it."""


def _text(value: Any) -> JsonValue:
    if type(value) is str or value is None:
        return value
    if isinstance(value, bool | float | bytes | dict | list):
        raise _UnfitError
    if isinstance(value, datetime):
        return _datetime(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def _integer(value: Any) -> JsonValue:
    if value is None or type(value) is int:
        return value
    if isinstance(value, Decimal) and value == value.to_integral_value():
        return int(value)
    if isinstance(value, str) and value.lstrip("-").isdecimal() and value.isascii():
        return int(value)
    raise _UnfitError


def _decimal(value: Any) -> JsonValue:
    if value is None:
        return None
    if isinstance(value, bool):
        raise _UnfitError
    if isinstance(value, int | float | str):
        try:
            value = Decimal(repr(value) if isinstance(value, float) else value)
        except ArithmeticError as error:
            raise _UnfitError from error
    if not isinstance(value, Decimal) or not value.is_finite():
        raise _UnfitError
    return format(value, "f")


def _boolean(value: Any) -> JsonValue:
    if value is None or type(value) is bool:
        return value
    if type(value) is int and value in (0, 1):
        return value == 1
    raise _UnfitError


def _date(value: Any) -> JsonValue:
    if value is None or (type(value) is str and len(value) == 10):
        return value
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    raise _UnfitError


def _datetime(value: Any) -> JsonValue:
    if value is None or type(value) is str:
        return value
    if isinstance(value, datetime):
        aware = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
        return aware.isoformat().replace("+00:00", "Z")
    raise _UnfitError


def _strings(value: Any) -> JsonValue:
    if value is None:
        return None
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError as error:
            raise _UnfitError from error
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise _UnfitError
    return value


_BY_TYPE: dict[str, Convert] = {
    "integer": _integer,
    "decimal": _decimal,
    "boolean": _boolean,
    "date": _date,
    "datetime": _datetime,
    "string-list": _strings,
}


def converter(source: str, element: str, element_type: str) -> Convert:
    """A function that brings one element's values into record form.

    It raises UnfitValueError naming `source` and `element`, never the value."""
    convert = _BY_TYPE.get(element_type, _text)

    def apply(value: Any) -> JsonValue:
        try:
            return convert(value)
        except _UnfitError:
            raise UnfitValueError(f"source of {source}: element {element} does not hold a {element_type}") from None

    return apply


def converted(
    converters: Iterable[tuple[str, Convert]], given: Iterable[Any]
) -> tuple[dict[str, JsonValue], frozenset[str]]:
    """Values by element, and the elements whose value does not fit: element and converter, and what was given."""
    values: dict[str, JsonValue] = {}
    unfit: list[str] = []
    for (name, convert), value in zip(converters, given, strict=True):
        try:
            values[name] = convert(value)
        except UnfitValueError:
            unfit.append(name)
    return values, frozenset(unfit) if unfit else _NONE


_NONE: frozenset[str] = frozenset()
