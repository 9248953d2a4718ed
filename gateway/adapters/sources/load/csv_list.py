"""Any list with a header line, by a mapping of elements to headers.

    columns: {permit_id: Permit, holder: "Name of holder"}

Types are the catalogue's where the caller knows them: integers and decimals (of the declared locale), booleans (true,
yes, 1, vrai, oui and their opposites) and lists (separated by `;`) are read as such; a value that is not one names its
row. Columns outside of the mapping are named in the report. The file replaces the whole table.
"""

import difflib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Index, MetaData, Table, Text

from gateway.adapters.sources.errors import LoadError
from gateway.adapters.sources.load.formats import Header, Reading, Row
from gateway.adapters.sources.load.numerals import Locale, decimal, integer
from gateway.adapters.sources.load.record import Record
from gateway.adapters.sources.load.report import Totals

_NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}")
_BOOLEANS: Mapping[str, bool] = {
    **dict.fromkeys(("true", "yes", "1", "vrai", "oui"), True),
    **dict.fromkeys(("false", "no", "0", "faux", "non"), False),
}
_COLUMN_TYPES: Mapping[str, Any] = {"integer": BigInteger, "boolean": Boolean}


class CsvList:
    """The format `csv`. `columns` is header by element, `types` catalogue type by element (default text), `locale` how
    its numbers are written."""

    name = "csv"
    edition_column = None
    weight_column = None
    name_look_ups: Mapping[str, tuple[str, ...]] = {}

    def __init__(
        self,
        table_name: str,
        key: str,
        columns: Mapping[str, str],
        *,
        types: Mapping[str, str] | None = None,
        indexed: Iterable[str] = (),
        locale: Locale = "en",
    ) -> None:
        for name in (table_name, *columns):
            if _NAME.fullmatch(name) is None:
                raise LoadError("the mapping: names of table and elements are lower case letters, digits and _")
        if key not in columns:
            raise LoadError(f"the mapping: the key {key!r} has no column")
        self._columns = dict(columns)
        self._types = dict(types or {})
        self._locale = locale
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

    def supersedes(self, edition: str, standing: str) -> bool:
        return True

    def older(self, edition: str, standing: str) -> bool:
        """Editions have an order where they are written alike (`2024-01` and `2024-02`)."""
        shapes = {re.sub(r"\d", "0", each) for each in (edition, standing)}
        return len(shapes) == 1 and "0" in shapes.pop() and edition < standing

    def header(self, record: Record, reading: Reading) -> Header | None:
        places = {cell: index for index, cell in reversed(list(enumerate(record.cells)))}
        missing = [header for header in self._columns.values() if header not in places]
        if missing:
            self._near_miss(record, reading, missing)
            return None
        twice = sorted({header for header in self._columns.values() if record.cells.count(header) > 1})
        if twice:
            raise LoadError(f"{reading.name}:{record.line}: headers: two columns {twice[0]!r}; nothing was changed")
        readers = [
            (name, places[header], _READERS.get(self._types.get(name, ""), _text))
            for name, header in self._columns.items()
        ]
        element = {header: name for name, header in self._columns.items()}
        read_as = tuple((cell, element.get(cell)) for cell in record.cells if cell)
        width = max((place for place, cell in enumerate(record.cells) if cell), default=0) + 1
        seen: set[str] = set()

        def fits(cells: Sequence[str]) -> bool:
            typed = [(place, read) for _, place, read in readers if read is not _text]
            if len(cells) != len(record.cells) or not typed or not cells[places[self._columns[self.key]]].strip():
                return False
            written = [(" ".join(cells[place].split()), read) for place, read in typed]
            try:
                return [read(cell, self._locale, False) for cell, read in written if cell] != []
            except (ValueError, KeyError):
                return False

        def read(records: Iterable[Record]) -> Iterator[Row]:
            for following in records:
                yield _row(following, readers, width, self.key, seen, self._locale)

        return Header(record.line, read, len(record.cells), fits, None, (), read_as)

    def _near_miss(self, record: Record, reading: Reading, missing: list[str]) -> None:
        """Raises LoadError where the line has at least half of the headers: then it is theirs, and some are missing."""
        if len(missing) * 2 > len(self._columns):
            return
        told = []
        for header in missing[:20]:
            near = difflib.get_close_matches(header, [cell[:100] for cell in record.cells[:100]], 1, 0.75)
            told.append(f"{header!r}" + (f" (near to {near[0]!r})" if near else ""))
        raise LoadError(
            f"{reading.name}:{record.line}: no line with the headers of the format csv: here is no {', no '.join(told)}"
        )


Reader = Callable[[str, Locale, bool], Any]


def _row(
    record: Record, readers: list[tuple[str, int, Reader]], width: int, key: str, seen: set[str], locale: Locale
) -> Row:
    def refused(reason: str) -> Row:
        return Row(record.line, Totals(1), None, reason, last=record.last)

    if record.fault is not None:
        return refused(record.fault)
    if not any(record.cells):
        return refused("blank")
    if any(record.cells[width:]):
        return refused("too-many-cells")
    try:
        values = {
            name: read(record.cells[place], locale, record.typed)
            if place < len(record.cells) and record.cells[place]
            else None
            for name, place, read in readers
        }
    except (ValueError, KeyError):
        return refused("value-unreadable")
    if values[key] is None:
        return refused("key-missing")
    if str(values[key]) in seen:
        return refused("key-twice")
    seen.add(str(values[key]))
    return Row(record.line, Totals(1), values, None, record.notes, record.last)


def _text(cell: str, locale: Locale, typed: bool) -> str:
    return cell


def _integer(cell: str, locale: Locale, typed: bool) -> int:
    number = integer(cell, locale, typed=typed)
    if number is None:
        raise ValueError
    return number


def _decimal(cell: str, locale: Locale, typed: bool) -> str:
    number = decimal(cell, locale, typed=typed)
    if number is None:
        raise ValueError
    return number


def _boolean(cell: str, locale: Locale, typed: bool) -> bool:
    return _BOOLEANS[cell.casefold()]


def _strings(cell: str, locale: Locale, typed: bool) -> str:
    return json.dumps([part.strip() for part in cell.split(";") if part.strip()], ensure_ascii=False)


_READERS: Mapping[str, Reader] = {
    "integer": _integer,
    "decimal": _decimal,
    "boolean": _boolean,
    "string-list": _strings,
}
