"""Any CSV with a header line, by a mapping of elements to headers.

    columns: {permit_id: Permit, holder: "Name of holder"}

Types are the catalogue's where the caller knows them: integers, decimals, booleans (true/false, yes/no, 1/0) and lists
(separated by `;`) are read as such; a value that is not one names its row. The file replaces the whole table.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy import Boolean, Column, Index, Integer, MetaData, Table, Text

from gateway.adapters.sources.errors import LoadError
from gateway.adapters.sources.load.formats import Header, Row
from gateway.adapters.sources.load.report import Totals
from gateway.adapters.sources.load.text import CsvRecord

_NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}")
_BOOLEANS: Mapping[str, bool] = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_COLUMN_TYPES: Mapping[str, Any] = {"integer": Integer, "boolean": Boolean}


class CsvList:
    """The format `csv`. `columns` is header by element, `types` catalogue type by element (default text)."""

    name = "csv"
    edition_column = None
    name_look_ups: Mapping[str, tuple[str, ...]] = {}

    def __init__(
        self,
        table_name: str,
        key: str,
        columns: Mapping[str, str],
        *,
        types: Mapping[str, str] | None = None,
        indexed: Iterable[str] = (),
    ) -> None:
        for name in (table_name, *columns):
            if _NAME.fullmatch(name) is None:
                raise LoadError("the mapping: names of table and elements are lower case letters, digits and _")
        if key not in columns:
            raise LoadError(f"the mapping: the key {key!r} has no column")
        self._columns = dict(columns)
        self._types = dict(types or {})
        self.key = key
        self.table = Table(
            table_name,
            MetaData(),
            *(
                Column(name, _COLUMN_TYPES.get(self._types.get(name, ""), Text), primary_key=name == key)
                for name in columns
            ),
            *(
                Index(f"{table_name}_{name}", name)
                for name in dict.fromkeys(indexed)
                if name in columns and name != key
            ),
        )

    def edition(self, file_name: str, given: str | None) -> str:
        return given or "all"

    def header(self, record: CsvRecord, edition: str) -> Header | None:
        places = {cell: index for index, cell in reversed(list(enumerate(record.cells)))}
        if not all(header in places for header in self._columns.values()):
            return None
        readers = [
            (name, places[header], _READERS.get(self._types.get(name, ""), _text))
            for name, header in self._columns.items()
        ]
        width = len(record.cells)
        seen: set[str] = set()

        def read(records: Iterable[CsvRecord]) -> Iterator[Row]:
            for following in records:
                yield _row(following, readers, width, self.key, seen)

        return Header(record.line, read)


def _row(
    record: CsvRecord, readers: list[tuple[str, int, Callable[[str], Any]]], width: int, key: str, seen: set[str]
) -> Row:
    def refused(reason: str) -> Row:
        return Row(record.line, Totals(1), None, reason)

    if record.fault is not None:
        return refused(record.fault)
    if not any(record.cells):
        return refused("blank")
    if any(record.cells[width:]):
        return refused("too-many-cells")
    try:
        values = {
            name: read(record.cells[place]) if place < len(record.cells) and record.cells[place] else None
            for name, place, read in readers
        }
    except (ValueError, KeyError, InvalidOperation):
        return refused("value-unreadable")
    if values[key] is None:
        return refused("key-missing")
    if str(values[key]) in seen:
        return refused("key-twice")
    seen.add(str(values[key]))
    return Row(record.line, Totals(1), values)


def _text(cell: str) -> str:
    return cell


def _integer(cell: str) -> int:
    if len(cell) > 19:
        raise ValueError
    return int(cell)


def _decimal(cell: str) -> str:
    number = Decimal(cell.replace(",", ""))
    if not number.is_finite():
        raise ValueError
    return format(number, "f")


def _boolean(cell: str) -> bool:
    return _BOOLEANS[cell.casefold()]


def _strings(cell: str) -> str:
    return json.dumps([part.strip() for part in cell.split(";") if part.strip()], ensure_ascii=False)


_READERS: Mapping[str, Callable[[str], Any]] = {
    "integer": _integer,
    "decimal": _decimal,
    "boolean": _boolean,
    "string-list": _strings,
}
