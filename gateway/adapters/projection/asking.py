"""A question as SQL over the tables of the projection.

Invariant: values of a question are bound, never written into a statement; a code that nobody used matches nothing.
What narrows is answered over patterns, of which there are few, and counted over the sums of whole periods; entries are
read only to show them. Does not: run the statement that it makes.
"""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import Connection, text

from gateway.adapters.projection.folding import month_of
from gateway.adapters.projection.patterns import NO_CODE
from gateway.adapters.projection.tables import (
    ALL,
    DISCLOSED,
    LIST_NUMBERS,
    MONTHS_BELOW,
    WEEKS_FROM,
    WITHHELD,
    sql_name,
)
from gateway.domain.due import OTTAWA
from gateway.service.projection.columns import ELEMENTS, LISTS, ORGANIZATIONS, Column
from gateway.service.projection.questions import NONE, Question

_ALL: Final = ((ALL, ALL),)
_NOTHING: Final = -1
_LATEST: Final = 3_700_000
_UNITS: Final = {
    Column.REQUESTER_ORGANIZATION: "requester",
    Column.RECIPIENT_ORGANIZATION: "recipient",
    Column.CUSTODIAN_ORGANIZATION: "custodian",
}
_ELEMENT: Final[Mapping[Column, tuple[str, int | None]]] = {
    Column.ELEMENT: ("element", None),
    Column.DISCLOSED: ("element", DISCLOSED),
    Column.WITHHELD: ("element", WITHHELD),
    Column.FORM: ("detail", DISCLOSED),
    Column.WITHHELD_REASON: ("detail", WITHHELD),
}
"""The column of `projection_element`, and what became of the element."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question comes to. `on_pattern` are conditions on a pattern `p`; `on_element` those on its element `e`, by
    what became of it (None: whichever); `on_listed` are the codes of a list, as numbers in SQL. The numbers are the
    projection's own, never a value of the question."""

    on_pattern: tuple[str, ...]
    on_element: Mapping[int | None, tuple[str, ...]]
    on_listed: Mapping[Column, str]

    @property
    def where(self) -> str:
        """Every condition on a pattern, after WHERE; what narrows nothing is true."""
        conditions = list(self.on_pattern)
        conditions += [
            f"p.id IN (SELECT e.pattern FROM projection_element e WHERE {self.of_element(how)})"
            for how in self.on_element
        ]
        conditions += [
            f"p.id IN (SELECT l.pattern FROM projection_listed l WHERE {self.of_list(column, 'l')})"
            for column in self.on_listed
        ]
        return " AND ".join(conditions) or "true"

    @property
    def narrows(self) -> bool:
        """Whether there is a condition at all."""
        return bool(self.on_pattern or self.on_element or self.on_listed)

    def of_element(self, how: int | None) -> str:
        """The conditions on an element `e` that became this."""
        became = [f"e.how = {how}"] if how else []
        conditions = self.on_element.get(how, self.on_element.get(None, ()))
        return " AND ".join([*became, *conditions]) or "true"

    def of_elements(self, how: int | None) -> str:
        """The conditions on every element that the question names, of those that became this."""
        if how is not None or not self.on_element:
            return self.of_element(how)
        return "(" + " OR ".join(f"({self.of_element(each)})" for each in self.on_element) + ")"

    def of_list(self, column: Column, alias: str) -> str:
        """The conditions on a row of a list."""
        codes = self.on_listed.get(column)
        return f"{alias}.list = {LIST_NUMBERS[column]}" + (f" AND {alias}.code IN ({codes})" if codes else "")


def asked(connection: Connection, question: Question) -> Asked:
    """What the question comes to, with its codes as numbers."""
    on_pattern, on_element, on_listed = list[str](), dict[int | None, list[str]](), dict[Column, str]()
    for column, values in question.where.items():
        named = [value for value in values if value != NONE]
        if column in ORGANIZATIONS:
            on_pattern.append(_of_institutions(connection, _UNITS[column], named, none=NONE in values))
            continue
        codes = _numbers(_codes(connection, named))
        if column in LISTS:
            if NONE in values:
                on_pattern.append(_none_or("projection_listed", f"x.list = {LIST_NUMBERS[column]}", "x.code", codes))
            else:
                on_listed[column] = codes
        elif column in ELEMENTS:
            cell, how = _ELEMENT[column]
            if NONE in values:
                on_pattern.append(
                    _none_or("projection_element", f"x.how = {how}" if how else "true", f"x.{cell}", codes)
                )
            else:
                on_element.setdefault(how, []).append(f"e.{cell} IN ({codes})")
        else:
            none = f", {NO_CODE}" if NONE in values else ""
            on_pattern.append(f"p.{sql_name(column)} IN ({codes}{none})")
    if question.institution is not None:
        units = _numbers(_units_of(connection, [question.institution]))
        on_pattern.append("(" + " OR ".join(f"p.{cell} IN ({units})" for cell in _UNITS.values()) + ")")
    whichever = on_element.get(None, [])
    if whichever and len(on_element) > 1:
        # Of an element that is named, and what became of it: the same element.
        on_element = {how: [*asks, *whichever] for how, asks in on_element.items() if how is not None}
    return Asked(tuple(on_pattern), {how: tuple(asks) for how, asks in on_element.items()}, on_listed)


def organization_cell(column: Column) -> tuple[str, str]:
    """The expression of an institution, as text, and what the patterns `p` are joined with for it."""
    unit = _UNITS[column]
    join = (
        f" LEFT JOIN projection_code c_{unit} ON c_{unit}.id = p.{unit}"
        f" LEFT JOIN projection_unit u_{unit} ON u_{unit}.unit = c_{unit}.code"
    )
    return f"u_{unit}.organization", join


def element_cell(column: Column) -> tuple[str, int | None]:
    """The column of `projection_element`, and what became of the element."""
    return _ELEMENT[column]


def periods_of(first: date | None, last: date | None) -> Sequence[tuple[int, int]]:
    """The fewest ranges of periods (both ends included) that together are the days from `first` to `last`."""
    if first is None and last is None:
        return _ALL
    begins, ends = first or date(1, 1, 1), last or date(9998, 12, 31)
    first_month, last_month = month_of(begins), month_of(ends)
    whole_from = first_month if begins.day == 1 else first_month + 1
    whole_to = last_month if ends.day == monthrange(ends.year, ends.month)[1] else last_month - 1
    if whole_from > whole_to:
        return ((begins.toordinal(), ends.toordinal()),)
    ranges = [(whole_to * MONTHS_BELOW, whole_from * MONTHS_BELOW)]
    if whole_from > first_month:
        ranges.append((begins.toordinal(), _month_begins(whole_from).toordinal() - 1))
    if whole_to < last_month:
        ranges.append((_month_begins(last_month).toordinal(), ends.toordinal()))
    return ranges


def days_of(first: date | None, last: date | None) -> Sequence[tuple[int, int]]:
    """The same days, each a period."""
    return (((first or date(1, 1, 1)).toordinal(), (last or date(9998, 12, 31)).toordinal()),)


def buckets_of(column: Column, first: date | None, last: date | None) -> tuple[Sequence[tuple[int, int]], bool]:
    """The ranges of periods from which days, weeks or months are made, and whether some of them are days, which
    `bucket` brings into their week or month."""
    if column is Column.DAY:
        return days_of(first, last), False
    if column is Column.MONTH:
        ranges = ((-_LATEST, -1),) if first is None and last is None else periods_of(first, last)
        return ranges, any(low > 0 for low, _ in ranges)
    begins = None if first is None else first.toordinal()
    ends = None if last is None else last.toordinal()
    # Weeks that are whole within the days, and the days before and after them.
    whole_from = 1 if begins is None else begins + -date.fromordinal(begins).weekday() % 7
    whole_to = _LATEST if ends is None else ends - (date.fromordinal(ends).weekday() + 1) % 7
    if begins is not None and ends is not None and whole_from > whole_to:
        return ((begins, ends),), True
    ranges = [(whole_from + WEEKS_FROM, whole_to - 1 + WEEKS_FROM)]
    if begins is not None and begins < whole_from:
        ranges.append((begins, whole_from - 1))
    if ends is not None and ends > whole_to:
        ranges.append((whole_to + 1, ends))
    return ranges, len(ranges) > 1


def bucket(column: Column, period: int) -> str:
    """The name of the day, week or month that a period is, or is in."""
    if period < 0:
        month = period // MONTHS_BELOW
        return f"{month // 12:04d}-{month % 12 + 1:02d}"
    day = date.fromordinal(period - WEEKS_FROM if period > WEEKS_FROM else period)
    if column is Column.MONTH:
        return f"{day:%Y-%m}"
    return (day - timedelta(days=day.weekday()) if column is Column.WEEK else day).isoformat()


def in_periods(alias: str, ranges: Sequence[tuple[int, int]]) -> str:
    """The condition that a period is in one of the ranges."""
    cell = f"{alias}.period"
    each = [f"{cell} = {low}" if low == high else f"{cell} BETWEEN {low} AND {high}" for low, high in ranges]
    return "(" + " OR ".join(each) + ")"


def times_of(first: date | None, last: date | None) -> tuple[int | None, int | None]:
    """The milliseconds from which and until before which the days last, in Ottawa."""
    begins = None if first is None else _midnight(first)
    ends = None if last is None else _midnight(last + timedelta(days=1))
    return begins, ends


def _month_begins(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def _midnight(day: date) -> int:
    return int(datetime.combine(day, time(), OTTAWA).astimezone(UTC).timestamp()) * 1000


def _codes(connection: Connection, values: Sequence[str]) -> list[int]:
    found: list[Any] = []
    for value in values:
        found += connection.execute(
            text("SELECT id FROM projection_code WHERE code = :code"), {"code": value}
        ).scalars()
    return [int(number) for number in found]


def _units_of(connection: Connection, institutions: Sequence[str]) -> list[int]:
    found: list[Any] = []
    for institution in institutions:
        found += connection.execute(
            text(
                "SELECT c.id FROM projection_unit u JOIN projection_code c ON c.code = u.unit "
                "WHERE u.organization = :institution"
            ),
            {"institution": institution},
        ).scalars()
    return [int(number) for number in found]


def _of_institutions(connection: Connection, cell: str, institutions: Sequence[str], *, none: bool) -> str:
    one = f"p.{cell} IN ({_numbers(_units_of(connection, institutions))})"
    if not none:
        return one
    known = "SELECT c.id FROM projection_unit u JOIN projection_code c ON c.code = u.unit"
    return f"({one} OR p.{cell} NOT IN ({known}))"


def _none_or(table: str, rows: str, cell: str, codes: str) -> str:
    """Patterns without such rows, or with one of these codes."""
    has = f"(SELECT x.pattern FROM {table} x WHERE {rows}"
    return f"(p.id NOT IN {has}) OR p.id IN {has} AND {cell} IN ({codes})))"


def _numbers(numbers: Sequence[int]) -> str:
    """Numbers of the projection's own making, as a list in SQL; one that there is not where there are none."""
    return ", ".join(map(str, numbers)) or str(_NOTHING)
