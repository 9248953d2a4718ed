"""What a load would replace, and whether it may: an older list, or one that loses much, needs to be asked for.

A list that is republished corrects itself and grows; one that shrinks by more than a tenth, or comes before the one
that stands, is more likely the wrong file. Invariant: nothing is replaced that the report does not name.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Table, func, select

from gateway.adapters.sources.errors import LoadError
from gateway.adapters.sources.load.formats import ListFormat
from gateway.adapters.sources.load.report import LoadReport, Replaced

MOST_LOST = 0.1


@dataclass(frozen=True, slots=True)
class Standing:
    """An edition that is loaded: its rows, and what they weigh (positions, where the list has them)."""

    edition: str
    digest: str
    rows: int
    weight: int


def standing(connection: Connection, loads: Table, form: ListFormat, edition: str) -> tuple[Standing, ...]:
    """The loaded editions that cannot stay beside `edition`."""
    remembered = {
        str(row.edition): str(row.digest)
        for row in connection.execute(
            select(loads.c.edition, loads.c.digest).where(loads.c.table_name == form.table.name)
        )
    }
    found = []
    for name in _editions(connection, form, remembered):
        if form.supersedes(edition, name):
            rows, weight = _size(connection, form, name)
            if rows or name in remembered:
                found.append(Standing(name, remembered.get(name, ""), rows, weight))
    return tuple(found)


def allow(report: LoadReport, form: ListFormat, there: Sequence[Standing], asked: bool) -> None:
    """Raises LoadError where what stands may not be replaced without being asked for."""
    if asked or not there:
        return
    reasons = [f"{old.edition} is newer" for old in there if form.older(report.edition, old.edition)]
    reasons += [
        f"{old.edition} is another edition of the same quarters" for old in there
        if form.edition_column is not None and old.edition != report.edition
    ]  # fmt: skip
    rows, weight = sum(old.rows for old in there), sum(old.weight for old in there)
    if report.loaded.rows < rows * (1 - MOST_LOST):
        reasons.append(f"it has {report.loaded.rows:,} rows, what stands has {rows:,}")
    elif report.loaded.positions < weight * (1 - MOST_LOST):
        reasons.append(f"it has {report.loaded.positions:,} positions, what stands has {weight:,}")
    if reasons:
        raise LoadError(
            f"{report.file}: {report.edition} would replace {', '.join(old.edition for old in there)}: "
            f"{'; '.join(reasons)}. Nothing was changed; to replace it all the same, say so (--replace)"
        )


def replaced(there: Sequence[Standing]) -> tuple[Replaced, ...]:
    """For the report."""
    return tuple(Replaced(old.edition, old.rows, old.digest) for old in there)


def _editions(connection: Connection, form: ListFormat, remembered: dict[str, str]) -> list[str]:
    if form.edition_column is None:
        return sorted(remembered) or ["?"]
    column = form.table.columns[form.edition_column]
    held = {str(row[0]) for row in connection.execute(select(column).distinct())}
    return sorted(held | remembered.keys())


def _size(connection: Connection, form: ListFormat, edition: str) -> tuple[int, int]:
    table = form.table
    weight = func.sum(table.columns[form.weight_column]) if form.weight_column else func.sum(0)
    counting = select(func.count(), weight).select_from(table)
    if form.edition_column is not None:
        counting = counting.where(table.columns[form.edition_column] == edition)
    rows, heavy = connection.execute(counting).one()
    return int(rows), int(heavy or 0)
