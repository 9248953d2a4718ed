"""What a list format is: a table, and a way to read rows from records.

A format reads; it does not open files or write (`loader` does). A new published list is a new module with a
`ListFormat` and one entry in `known`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import Table

from gateway.adapters.sources.load.report import Totals
from gateway.adapters.sources.load.text import CsvRecord


@dataclass(frozen=True, slots=True)
class Row:
    """One record after reading: `values` for the table, or None with `reason`. `totals` are what it says of LMIAs
    and positions; `notes` are codes."""

    line: int
    totals: Totals
    values: Mapping[str, Any] | None
    reason: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Header:
    """Where the headers were found, and the reader of the rows after it."""

    line: int
    read: Callable[[Iterable[CsvRecord]], Iterator[Row]]


class ListFormat(Protocol):
    """`key` is the table's unique column; `name_look_ups` are identifier schemes looked up by employer's name, with
    the columns that hold its look-up form; `edition_column` tells rows of one edition, None where a file replaces
    everything."""

    @property
    def name(self) -> str: ...
    @property
    def table(self) -> Table: ...
    @property
    def key(self) -> str: ...
    @property
    def name_look_ups(self) -> Mapping[str, tuple[str, ...]]: ...
    @property
    def edition_column(self) -> str | None: ...

    def edition(self, file_name: str, given: str | None) -> str:
        """Quarter or month of the file. Raises LoadError."""

    def header(self, record: CsvRecord, edition: str) -> Header | None:
        """The header, where `record` is it."""
