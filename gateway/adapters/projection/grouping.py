"""Groups of entries by one or two columns, from the sums of patterns.

Invariant: sums are added up by pattern first, so that what follows works on patterns and never on entries. A list or
element that the question names is grouped only as far as it is named. Does not: count an entry twice in one group.
"""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection, text

from gateway.adapters.projection.asking import (
    Asked,
    asked,
    days_of,
    element_cell,
    grouped_cell,
    in_periods,
    period_text,
    periods_of,
)
from gateway.adapters.projection.folding import time_of
from gateway.adapters.projection.tables import LIST_NUMBERS, sql_name
from gateway.service.projection.columns import ELEMENTS, LISTS, ORGANIZATIONS, PERIODS, Column
from gateway.service.projection.questions import Question
from gateway.service.projection.rows import Group

_SUMMED: Final = (
    "sum(r.entries) AS entries, sum(r.records) AS records, max(r.last_ms) AS last_ms, max(r.last_index) AS last_index"
)
_BUCKETS: Final = {Column.DAY: "r.period", Column.WEEK: "c.week", Column.MONTH: "c.month"}


def group_answer(
    connection: Connection, question: Question, by: Sequence[Column], most: int
) -> tuple[tuple[Group, ...], bool]:
    """At most `most` groups, and whether there are more."""
    conditions = asked(connection, question)
    period = next((column for column in by if column in PERIODS), None)
    statement = _statement(conditions, question, by, period)
    rows = connection.execute(text(statement), {"most": most + 1}).all()
    groups = [
        Group(
            tuple(_value(column, row[number]) for number, column in enumerate(by)),
            int(row.entries),
            int(row.records),
            time_of(int(row.last_ms)),
            int(row.last_index),
        )
        for row in rows[:most]
    ]
    return tuple(groups), len(rows) > most


def _statement(conditions: Asked, question: Question, by: Sequence[Column], period: Column | None) -> str:
    joins, keys = _joins(conditions, by)
    narrow = f" WHERE {conditions.where}" if conditions.narrows else ""
    named = {column: f"k{number}" for number, column in enumerate(by)}
    # An entry is in a group once, though it may name the group's value in several rows of its pattern.
    distinct = [f"{cell} AS {named[column]}" for column, cell in keys.items()]
    keyed = f"SELECT DISTINCT p.id{''.join(', ' + one for one in distinct)} FROM projection_pattern p{joins}{narrow}"
    bucket = f"{_BUCKETS[period]} AS bucket, " if period else ""
    grouped = f"{_BUCKETS[period]}, r.pattern" if period else "r.pattern"
    calendar = " JOIN projection_period c ON c.period = r.period" if period in (Column.WEEK, Column.MONTH) else ""
    days = period in (Column.DAY, Column.WEEK)
    ranges = (days_of if days else _months_of if period else periods_of)(question.first, question.last)
    sums = (
        f"SELECT r.pattern, {bucket}{_SUMMED} FROM projection_sum r{calendar} WHERE {in_periods('r', ranges)} "
        f"GROUP BY {grouped}"
    )
    cells = ["t.bucket" if column is period else f"k.{named[column]}" for column in by]
    inner = (
        f"SELECT {', '.join(f'{cell} AS k{number}' for number, cell in enumerate(cells))}, "
        "sum(t.entries) AS entries, sum(t.records) AS records, max(t.last_ms) AS last_ms, "
        f"max(t.last_index) AS last_index FROM ({sums}) t JOIN ({keyed}) k ON k.id = t.pattern "
        f"GROUP BY {', '.join(cells)}"
    )
    return _named(inner, by, period)


def _months_of(first: object, last: object) -> Sequence[tuple[int, int]]:
    return periods_of(first, last) if first or last else ((-120_000, -1),)  # type: ignore[arg-type]


def _joins(conditions: Asked, by: Sequence[Column]) -> tuple[str, dict[Column, str]]:
    """What the patterns are joined with, and the cell of each column; codes are numbers still."""
    joins, keys = "", dict[Column, str]()
    elements = [column for column in by if column in ELEMENTS]
    if elements:
        hows = {how for column in elements if (how := element_cell(column)[1])}
        how = next(iter(hows), None)
        joins += f" LEFT JOIN projection_element e ON e.pattern = p.id AND {conditions.of_elements(how)}"
    for column in by:
        if column in PERIODS:
            continue
        if column in ELEMENTS:
            keys[column] = f"e.{element_cell(column)[0]}"
        elif column in LISTS:
            alias = f"l{LIST_NUMBERS[column]}"
            on = conditions.of_list(column, alias)
            joins += f" LEFT JOIN projection_listed {alias} ON {alias}.pattern = p.id AND {on}"
            keys[column] = f"{alias}.code"
        elif column in ORGANIZATIONS:
            keys[column], join = grouped_cell(column)
            joins += join
        else:
            keys[column] = f"p.{sql_name(column)}"
    return joins, keys


def _named(inner: str, by: Sequence[Column], period: Column | None) -> str:
    """The groups with codes as texts, in their order."""
    cells, joins = [], ""
    for number, column in enumerate(by):
        if column is period or column in ORGANIZATIONS:
            cells.append(f"g.k{number}")
        else:
            cells.append(f"n{number}.code")
            joins += f" LEFT JOIN projection_code n{number} ON n{number}.id = g.k{number}"
    order = [f"g.k{by.index(period)} DESC"] if period else []
    order += ["g.entries DESC", *(f"{cell} NULLS FIRST" for cell in cells)]
    return (
        f"SELECT {', '.join(cells)}, g.entries, g.records, g.last_ms, g.last_index FROM ({inner}) g{joins} "
        f"ORDER BY {', '.join(order)} LIMIT :most"
    )


def _value(column: Column, found: object) -> str | None:
    if found is None:
        return None
    return period_text(column, int(str(found))) if column in PERIODS else str(found)
