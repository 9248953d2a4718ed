"""Groups of entries by one or two columns, from the sums of patterns.

Invariants: an entry is in a group once, though its pattern may name the group's value twice; a list or element that the
question names is grouped only as far as it is named. What a group is called is found for patterns, and patterns that
are in the same groups are added up together, so that sums of days are read once and entries never.
Does not: order anything by what a reader may not see.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from sqlalchemy import Connection, text

from gateway.adapters.projection.asking import (
    Asked,
    asked,
    bucket,
    buckets_of,
    element_cell,
    in_periods,
    organization_cell,
    periods_of,
)
from gateway.adapters.projection.folding import time_of
from gateway.adapters.projection.tables import LIST_NUMBERS, sql_name
from gateway.service.projection.columns import ELEMENTS, LISTS, ORGANIZATIONS, PERIODS, Column
from gateway.service.projection.questions import Question
from gateway.service.projection.rows import Group

Key = tuple[Any, ...]
_SUMMED: Final = {
    "sqlite": "sum(r.entries), sum(r.records), max(r.last_ms), max(r.last_index)",
    # The sum of a bigint is a decimal there, which is slow; a double is exact far beyond any count.
    "postgresql": "sum(CAST(r.entries AS double precision)), sum(CAST(r.records AS double precision)), "
    "max(r.last_ms), max(r.last_index)",
}
_MAKE_CLASSES: Final = text("CREATE TEMPORARY TABLE IF NOT EXISTS asked (pattern INTEGER PRIMARY KEY, class INTEGER)")


def group_answer(
    connection: Connection, question: Question, by: Sequence[Column], most: int
) -> tuple[tuple[Group, ...], bool]:
    """At most `most` groups, and whether there are more."""
    period = next((column for column in by if column in PERIODS), None)
    conditions = asked(connection, question)
    named = [column for column in by if column is not period]
    if period is None:
        ranges, pieces = periods_of(question.first, question.last), False
    else:
        ranges, pieces = buckets_of(period, question.first, question.last)
    summed = _SUMMED[connection.dialect.name]
    if not named and not conditions.narrows:
        keys: dict[int, list[Key]] = {0: [()]}
        sums = _rows(connection, f"SELECT r.period, 0, {summed} FROM projection_period r", ranges, "r.period")
    else:
        keys, members = _classes(_keys(connection, conditions, named))
        sums = _sums(connection, ranges, members, by_period=period is not None)
    found: dict[Key, list[int]] = {}
    for at, number, *counted in sums:
        called = None if period is None else bucket(period, int(at)) if pieces else int(at)
        for key in keys[int(number)]:
            _add(found, (called, *key), counted)
    if period is not None and not pieces:
        found = {(bucket(period, key[0]), *key[1:]): counted for key, counted in found.items()}
    return _ordered(connection, by, period, found, most)


def _keys(connection: Connection, conditions: Asked, named: Sequence[Column]) -> Iterable[Sequence[Any]]:
    """Each pattern with each combination of values that it has, codes as their numbers."""
    joins, cells = "", list[str]()
    elements = [column for column in named if column in ELEMENTS]
    if elements:
        how = next((found for column in elements if (found := element_cell(column)[1])), None)
        joins += f" LEFT JOIN projection_element e ON e.pattern = p.id AND {conditions.of_elements(how)}"
    for column in named:
        if column in ELEMENTS:
            cells.append(f"e.{element_cell(column)[0]}")
        elif column in LISTS:
            alias = f"l{LIST_NUMBERS[column]}"
            on = conditions.of_list(column, alias)
            joins += f" LEFT JOIN projection_listed {alias} ON {alias}.pattern = p.id AND {on}"
            cells.append(f"{alias}.code")
        elif column in ORGANIZATIONS:
            cell, join = organization_cell(column)
            joins += join
            cells.append(cell)
        else:
            cells.append(f"p.{sql_name(column)}")
    selected = ", ".join(["p.id", *cells])
    return connection.execute(text(f"SELECT {selected} FROM projection_pattern p{joins} WHERE {conditions.where}"))


def _classes(rows: Iterable[Sequence[Any]]) -> tuple[dict[int, list[Key]], list[tuple[int, int]]]:
    """The groups of each class of patterns, and the class of each pattern."""
    groups: dict[int, dict[Key, None]] = {}
    for pattern, *key in rows:
        groups.setdefault(pattern, {})[tuple(key)] = None
    numbers: dict[frozenset[Key], int] = {}
    members = [(pattern, numbers.setdefault(frozenset(keys), len(numbers))) for pattern, keys in groups.items()]
    return {number: list(keys) for keys, number in numbers.items()}, members


def _sums(
    connection: Connection, ranges: Sequence[tuple[int, int]], members: Sequence[tuple[int, int]], *, by_period: bool
) -> Iterable[Sequence[Any]]:
    """The sums of each class, by period where asked: period, class, entries, records, last time, last index."""
    patterns, classes = [pattern for pattern, _ in members], [number for _, number in members]
    if connection.dialect.name == "postgresql":
        source = "(SELECT * FROM unnest(CAST(:p AS integer[]), CAST(:c AS integer[])) x(pattern, class)) m"
        values: dict[str, Any] = {"p": patterns, "c": classes}
    else:
        connection.execute(_MAKE_CLASSES)
        connection.execute(text("DELETE FROM asked"))
        if members:
            rows = ", ".join(f"({pattern}, {number})" for pattern, number in members)
            connection.exec_driver_sql(f"INSERT INTO asked VALUES {rows}")
        source, values = "asked m", {}
    summed = _SUMMED[connection.dialect.name]
    period, grouped = ("r.period", "r.period, m.class") if by_period else ("0", "m.class")
    statement = f"SELECT {period}, m.class, {summed} FROM projection_sum r JOIN {source} ON m.pattern = r.pattern"
    return _rows(connection, statement, ranges, grouped, values)


def _rows(
    connection: Connection,
    statement: str,
    ranges: Sequence[tuple[int, int]],
    grouped: str,
    values: dict[str, Any] | None = None,
) -> Iterable[Sequence[Any]]:
    return connection.execute(text(f"{statement} WHERE {in_periods('r', ranges)} GROUP BY {grouped}"), values or {})


def _add(found: dict[Key, list[int]], key: Key, counted: Sequence[Any]) -> None:
    entries, records, last_ms, last_index = map(int, counted)
    sums = found.get(key)
    if sums is None:
        found[key] = [entries, records, last_ms, last_index]
        return
    sums[0] += entries
    sums[1] += records
    sums[2] = max(sums[2], last_ms)
    sums[3] = max(sums[3], last_index)


def _ordered(
    connection: Connection, by: Sequence[Column], period: Column | None, found: dict[Key, list[int]], most: int
) -> tuple[tuple[Group, ...], bool]:
    """By period the newest first, then the largest, then by what they are called."""
    named = [column for column in by if column is not period]
    codes = {code for key in found for column, code in zip(named, key[1:], strict=True) if column not in ORGANIZATIONS}
    texts = _texts(connection, [code for code in codes if code])
    groups = []
    for key, (entries, records, last_ms, last_index) in found.items():
        values = iter(key[1:])
        called = tuple(key[0] if column is period else _called(column, next(values), texts) for column in by)
        groups.append(Group(called, entries, records, time_of(last_ms), last_index))
    groups.sort(key=lambda group: (-group.entries, [value or "" for value in group.values]))
    if period is not None:
        place = by.index(period)
        groups.sort(key=lambda group: group.values[place] or "", reverse=True)
    return tuple(groups[:most]), len(groups) > most


def _called(column: Column, value: Any, texts: dict[int, str]) -> str | None:
    return value if column in ORGANIZATIONS else texts.get(value)


def _texts(connection: Connection, codes: Sequence[int]) -> dict[int, str]:
    if not codes:
        return {}
    listed = ", ".join(map(str, codes))
    rows = connection.execute(text(f"SELECT id, code FROM projection_code WHERE id IN ({listed})"))
    return {int(number): str(code) for number, code in rows}
