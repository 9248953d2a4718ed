"""Writes what was folded, each table with one statement, so that the interpreter is not held for every row.

Invariant: everything is written on the connection, and so in the transaction, of the caller. Does not: fold entries, or
know how far the projection is.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection, text

Rows = Sequence[Sequence[Any]]
_ADD: Final = (
    " ON CONFLICT ({key}) DO UPDATE SET entries = {table}.entries + excluded.entries, "
    "records = {table}.records + excluded.records, "
    "first_index = {least}({table}.first_index, excluded.first_index), "
    "last_index = {greatest}({table}.last_index, excluded.last_index), "
    "last_ms = {greatest}({table}.last_ms, excluded.last_ms)"
)
_NAMES: Final[Mapping[str, Mapping[str, str]]] = {
    "sqlite": {"least": "min", "greatest": "max"},
    "postgresql": {"least": "least", "greatest": "greatest"},
}


def write(connection: Connection, table: str, rows: Rows) -> None:
    """Add rows, whose cells are in the order of the table and numbers, codes or None."""
    if not rows:
        return
    _WAYS[connection.dialect.name](connection, table, rows)


def write_binary(connection: Connection, statement: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add the few rows that hold bytes."""
    if rows:
        connection.execute(text(statement), rows)


def add_sums(connection: Connection, rows: Rows) -> None:
    """Add to the sums of patterns in periods."""
    _merge(connection, "projection_sum", "period, pattern", rows)


def add_periods(connection: Connection, rows: Rows) -> None:
    """Add to the sums of periods."""
    _merge(connection, "projection_period", "period", rows)


def _copy(connection: Connection, table: str, rows: Rows) -> None:
    lines = "".join("\t".join(r"\N" if cell is None else str(cell) for cell in row) + "\n" for row in rows)
    cursor: Any = connection.connection.cursor()
    with cursor, cursor.copy(f"COPY {table} FROM STDIN") as copy:
        copy.write(lines)


def _insert(connection: Connection, table: str, rows: Rows) -> None:
    connection.execute(text(f"INSERT INTO {table} {_from_json(len(rows[0]))}"), {"rows": json.dumps(rows)})


def _merge(connection: Connection, table: str, key: str, rows: Rows) -> None:
    if not rows:
        return
    conflict = _ADD.format(table=table, key=key, **_NAMES[connection.dialect.name])
    if connection.dialect.name == "sqlite":
        # An upsert from a SELECT needs a WHERE, or ON would be read as that of a join.
        statement = f"INSERT INTO {table} {_from_json(len(rows[0]))} WHERE true{conflict}"
        connection.execute(text(statement), {"rows": json.dumps(rows)})
        return
    columns = [[row[number] for row in rows] for number in range(len(rows[0]))]
    arrays = ", ".join(f"CAST(:c{number} AS bigint[])" for number in range(len(columns)))
    statement = f"INSERT INTO {table} SELECT * FROM unnest({arrays}){conflict}"
    connection.execute(text(statement), {f"c{number}": column for number, column in enumerate(columns)})


def _from_json(width: int) -> str:
    cells = ", ".join(f"json_extract(value, '$[{number}]')" for number in range(width))
    return f"SELECT {cells} FROM json_each(:rows)"


_WAYS: Final[Mapping[str, Callable[[Connection, str, Rows], None]]] = {"postgresql": _copy, "sqlite": _insert}
