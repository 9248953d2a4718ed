"""Writing a world down: a SQLite database with a table for each record type, and the files beside it.

Byte for byte the same for the same seed and size: rows and indexes are made in one order, nothing holds a time of day
or a path of this machine. The files appear under their names only when they are complete.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from audit.canonical import JsonValue
from gateway.domain.element import RecordType
from gateway.domain.names import look_up_name

ROWS_PER_INSERT = 1000
_JSON = json.JSONEncoder(ensure_ascii=False)
_SQL_TYPES: Mapping[str, str] = {"integer": "INTEGER", "boolean": "BOOLEAN"}


def table_name(record_type: RecordType) -> str:
    return record_type.id.replace("-", "_")


class TableWriter:
    """One record type's table; `names` are elements that also get a column with their look-up form."""

    def __init__(self, database: sqlite3.Connection, record_type: RecordType, key: str, names: Sequence[str]) -> None:
        self._database = database
        self._type = record_type
        self._key = key
        self._names = tuple(names)
        self._encoders = [(name, _encoder(element.type)) for name, element in record_type.elements.items()]
        columns = [
            f'"{name}" {_SQL_TYPES.get(element.type, "TEXT")}' + (" PRIMARY KEY NOT NULL" if name == key else "")
            for name, element in record_type.elements.items()
        ]
        columns += [f'"{name}_key" TEXT' for name in self._names]
        database.execute(f'CREATE TABLE "{table_name(record_type)}" ({", ".join(columns)})')
        self._insert = f'INSERT INTO "{table_name(record_type)}" VALUES ({", ".join("?" * len(columns))})'
        self._rows: list[tuple[Any, ...]] = []

    def add(self, values: Mapping[str, JsonValue]) -> None:
        row = [values[name] if encode is None else encode(values[name]) for name, encode in self._encoders]
        row += [look_up_name(str(values[name] or "")) or None for name in self._names]
        self._rows.append(tuple(row))
        if len(self._rows) >= ROWS_PER_INSERT:
            self.flush()

    def flush(self) -> None:
        self._database.executemany(self._insert, self._rows)
        self._rows.clear()

    def index(self) -> None:
        """Look-ups by every identifier and name; lists by every filter, in the order of the key."""
        table = table_name(self._type)
        identifiers = dict.fromkeys([*self._type.identifiers.values(), *(f"{name}_key" for name in self._names)])
        for column in identifiers:
            if column != self._key:
                self._database.execute(f'CREATE INDEX "{table}_{column}" ON "{table}" ("{column}")')
        for column in self._type.filters:
            self._database.execute(f'CREATE INDEX "{table}_by_{column}" ON "{table}" ("{column}", "{self._key}")')


def _encoder(kind: str) -> Callable[[Any], Any] | None:
    if kind == "string-list":
        return lambda value: None if value is None else _JSON.encode(value)
    if kind == "boolean":
        return lambda value: None if value is None else int(value)
    return None


def open_new(path: Path) -> sqlite3.Connection:
    """An empty database, fast to fill: a generated file needs no protection against a power cut."""
    path.unlink(missing_ok=True)
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("PRAGMA journal_mode = OFF")
    database.execute("PRAGMA synchronous = OFF")
    database.execute("BEGIN")
    return database


def write_json(path: Path, value: Mapping[str, Any]) -> None:
    """An object with one member a line, and a list in it with one item a line."""
    members = []
    for name, member in value.items():
        if isinstance(member, list):
            written = "[\n  " + ",\n  ".join(map(_JSON.encode, member)) + "\n ]"
        else:
            written = _JSON.encode(member)
        members.append(f" {json.dumps(name)}: {written}")
    _replace(path, "{\n" + ",\n".join(members) + "\n}\n")


def write_published_list(path: Path, rows: Iterable[Sequence[str]]) -> None:
    """A list in the form ESDC publishes: padded cells, commas in quotes."""
    header = (
        "Province/Territory",
        "Program Stream",
        "Employer",
        "Address",
        "Occupation",
        "Incorporate Status",
        "Approved LMIAs",
        "Approved Positions",
    )
    lines = [",".join(header)]
    lines += (",".join(f'"{cell}"' if "," in cell else cell for cell in row) for row in rows)
    _replace(path, "\n".join(lines) + "\n")


def write_sources(path: Path, database: str, tables: Iterable[tuple[RecordType, str, Mapping[str, Any]]]) -> None:
    """A sources.yaml that declares the tables: (record type, key column, look-ups)."""
    sources: list[dict[str, Any]] = []
    for record_type, key, look_ups in tables:
        source: dict[str, Any] = {
            "record_type": record_type.id,
            "kind": "sql",
            "database": f"sqlite:///{database}",
            "table": table_name(record_type),
            "key": key,
            "system": record_type.system,
            "custodian": record_type.custodian,
            "program": record_type.program,
            "regime": record_type.regime,
            "information_bank": record_type.information_bank,
            "identifiers": dict(record_type.identifiers),
        }
        if look_ups:
            source["look_ups"] = dict(look_ups)
        sources.append(source)
    text = "# Where the records of the sample world are. Everyone in it is invented.\n"
    _replace(path, text + yaml.safe_dump({"version": 1, "sources": sources}, sort_keys=False, allow_unicode=True))


def _replace(path: Path, text: str) -> None:
    part = path.with_name(path.name + ".part")
    part.write_text(text, encoding="utf-8", newline="\n")
    part.replace(path)
